"""Questions to the ladder with answers that do not come from it: by brute force, or by hand.

What is asked is imported where it is asked, so that a test may put other modules in its place.
"""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, TypeAlias

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.rules import brute
from tests.rules.strategies import PLACES, attributes, rules

Question: TypeAlias = tuple[dict[str, Any], Any, dict[str, Any], Any]
"""A rule, ballots, what stands beside them (`roll` as rows), and what is possible."""
DRAWN = 120


@cache
def drawn() -> list[Question]:
    """The first questions that Hypothesis draws: the same in every run."""
    found: list[Question] = []
    everybody = st.tuples(st.sampled_from(PLACES), attributes())

    @settings(
        max_examples=DRAWN,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(rules(), st.lists(everybody, max_size=4), st.lists(attributes(), max_size=2))
    def collect(rule: Any, people: Any, open_: Any) -> None:
        rows = [held for _, held in people] + open_
        roll = [{"member": f"m{n}", **held} for n, held in enumerate(rows)]
        groups = [{"pos": p, "voters": [f"m{n}"]} for n, (p, _) in enumerate(people)]
        found.append((rule, groups, {"roll": roll}, brute.outcomes(rule, people, open_)))

    collect()
    return found


def rule(*lines: Any, **more: Any) -> dict[str, Any]:
    """A rule: conditions in their order give `1`, `2` …, and after the last comes `else`."""
    ladder = [{"when": when, "is": str(n), "favourable": n == 1} for n, when in enumerate(lines, 1)]
    positions = more.pop("positions", ["yes", "no", "abstain"])
    return {"id": "r", "positions": positions, "outcome": [*ladder, {"is": "else"}], **more}


def cmp(left: Any, operator: str, right: Any) -> dict[str, Any]:
    return {"cmp": [left, operator, right]}


def some(*groups: tuple[Any, int], **more: Any) -> list[dict[str, Any]]:
    """Groups of ballots, all with the same attributes."""
    return [{"pos": pos, "count": count, **more} for pos, count in groups]


YES, ALL = {"n": "yes"}, {"n": "all"}
VETO = {"some": {"and": ["no", {"attr": ["permanent", True]}]}}
COUNCIL = rule(
    cmp(YES, "<", 9),
    VETO,
    roll={"size": 15, "classes": {"permanent": {"true": 5, "false": 10}}},
)
NUMBERS = {"number": {"low": "-1", "high": "1"}}
BLOC = rule(
    cmp({"w": ["v", "yes"]}, ">", {"mul": ["1/2", {"w": ["v", "all"]}]}),
    normalise=[{"bloc": "land", "ignore": ["absent"]}],
)


VOTED = {"pos": "yes", "voters": ["a"]}


def half_of(state: str) -> list[dict[str, Any]]:
    """A roll of two, of whom one has voted in `VOTED`."""
    return [{"member": "a", "state": "x"}, {"member": "b", "state": state}]


def by_hand() -> Iterator[Question]:
    """Questions whose answers are worked out on paper."""
    for n, told in ((6, {"else"}), (7, {"1"})):
        need = cmp(YES, ">=", {"mul": ["2/3", ALL]})
        yield rule(need), some(("yes", n), ("no", 10 - n)), {}, told
    yield rule(cmp(YES, ">", {"n": "no"})), some(("yes", 3), ("no", 3)), {}, {"else"}
    yield rule(cmp(YES, "!=", 3)), some(("yes", 3)), {}, {"else"}
    yield COUNCIL, some(("yes", 9), ("no", 1), ("abstain", 5)), {}, {"2", "else"}
    yield COUNCIL, some(("yes", 8), ("no", 7)), {}, {"1"}
    yield COUNCIL, some(("yes", 9), ("abstain", 6)), {}, {"else"}
    yield COUNCIL, some(("yes", 10), ("no", 5)), {}, {"2", "else"}
    yield COUNCIL, some(("yes", 4), ("no", 11)), {}, {"1"}
    yield COUNCIL, some(("yes", 9)), {}, {"2", "else"}
    yield COUNCIL, some(("yes", 9)), {"closed": True}, {"else"}
    yield COUNCIL, some(("yes", 16)), {}, set()
    five = [*some(("yes", 9)), *some(("no", 6), permanent=True)]
    yield COUNCIL, five, {}, set()
    carried = [*some(("no", 1), permanent=True), *some(("yes", 9), ("abstain", 5))]
    yield COUNCIL, carried, {}, {"2"}
    carried = [*some(("yes", 5), permanent=True), *some(("yes", 4), ("no", 6))]
    yield COUNCIL, carried, {}, {"else"}
    three = rule({"some": "yes"}, roll={"size": 3})
    yield three, some(("yes", 4)), {}, set()
    # Who lacks what others carry has it as false.
    lacks = [*some(("yes", 1), permanent=True), *some(("no", 1))]
    yield rule(VETO), lacks, {}, {"else"}
    yield rule(VETO), some(("no", 1)), {}, {"1", "else"}
    # The five inputs are five.
    for position in ("silent", "absent", "not-participating", "recused", "invalid"):
        for n, other in enumerate(("silent", "absent", "notpart", "recuse", "spoilt")):
            told = {"1"} if INPUTS[n] == position else {"else"}
            yield rule({"some": position}), some((other, 1)), {}, told
    yield rule({"some": "silent"}), some((None, 1)), {}, {"1"}
    # Steps, in their order.
    first = [{"map": {"yes": "no"}}, {"map": {"no": "abstain"}}]
    yield rule({"some": "abstain"}, normalise=first), some(("yes", 1)), {}, {"1"}
    yield rule({"some": "no"}, normalise=first[::-1]), some(("yes", 1)), {}, {"1"}
    dropped = [{"drop": "abstain"}, {"default": "abstain"}]
    yield rule(cmp(ALL, "=", 1), normalise=dropped), some((None, 1), ("abstain", 1)), {}, {"1"}
    where = [{"where": {"attr": ["party", True]}, "to": "abstain"}]
    for value, told in ((True, {"else"}), (False, {"1"})):
        yield rule({"some": "no"}, normalise=where), some(("no", 1), party=value), {}, told
    # Blocs, and ballots that count as one.
    land = {"land": "bb", "v": 2}
    rest = [*some(("yes", 1), land="a", v=31), *some(("no", 1), land="b", v=34)]
    for positions, told in (
        (("yes", "yes"), {"1"}),
        (("yes", "no"), {"else"}),
        (("yes", "absent"), {"else"}),
    ):
        yield BLOC, [*rest, *some(*((p, 1) for p in positions), **land)], {}, told
    ignored = {**BLOC, "outcome": [{"when": cmp(YES, ">=", 1), "is": "1"}, {"is": "else"}]}
    yield ignored, some(("yes", 1), ("absent", 1), land="a"), {}, {"1"}
    mind = rule({"some": "yes"}, normalise=[{"bloc": "state"}])
    yield mind, some(("yes", 1), ("no", 1), state="x"), {}, {"else"}
    yield mind, [VOTED], {"roll": half_of("x")}, {"1", "else"}
    yield mind, [VOTED], {"roll": half_of("y")}, {"1"}
    one = rule(cmp(YES, ">", {"n": "no"}), normalise=[{"one_per": "firm"}])
    yield one, [*some(("yes", 3), firm="a"), *some(("no", 1), firm="b")], {}, {"else"}
    yield one, [*some(("yes", 3), firm="a"), *some(("yes", 1), ("no", 1), firm="b")], {}, {"1"}
    quorum = rule(cmp(ALL, ">=", 4), normalise=[{"one_per": "firm"}])
    yield quorum, some(("yes", 3), ("silent", 3), firm="a"), {}, {"1"}
    # Groups.
    within = {"by": "state", "where": cmp(YES, ">", {"mul": ["1/2", ALL]})}
    states = [
        *some(("yes", 2), ("no", 1), state="a", w=1),
        *some(("yes", 1), ("no", 1), state="b", w=5),
        *some(("no", 1), state="c", w=1),
    ]
    yield rule(cmp({"groups": within}, "=", 1)), states, {}, {"1"}
    heavy = {"groups": {**within, "where": cmp({"n": "no"}, "<=", YES), "weight": "w"}}
    yield rule(cmp(heavy, "=", 6)), states, {}, {"1"}
    yield rule(cmp({"groups": within}, "=", 1)), [VOTED], {"roll": half_of("x")}, {"1", "else"}
    yield rule({"some": {"attr": ["w", "!=", 1]}}), states, {}, {"1"}
    yield rule({"some": {"attr": ["w", "!=", 2]}}), some(("yes", 1), w=2), {}, {"else"}
    inside = {"groups": {**within, "in": {"not": "no"}}}
    yield rule(cmp(inside, "=", 2)), states, {}, {"1"}
    # The fewest that reach a measure.
    people = [*some(("yes", 2), w=4), *some(("no", 3), w=2)]
    for operator, wanted, number in ((">=", 8, 2), (">", 8, 3), (">=", 14, 5), (">", 14, 6)):
        need = {"fewest": ["w", "all", operator, wanted]}
        yield rule(cmp(need, "=", number)), people, {}, {"1"}
    # Nobody may say yes: then not even all of them are enough.
    two = {"fewest": ["w", "yes", ">", 4]}
    heavy_ = [{"member": "a", "w": 4}, {"member": "b", "w": 1}]
    yield rule(cmp(two, ">=", 2)), [], {"roll": heavy_}, {"1", "else"}
    # Measures.
    for measure, result in (
        ({"min": [3, YES]}, 2),
        ({"max": [1, YES]}, 2),
        ({"square": {"sub": [1, YES]}}, 1),
        ({"floor": {"mul": ["2/3", YES]}}, 1),
        ({"mul": [YES, YES]}, 4),
        ({"max": [{"mul": ["3/4", YES]}, 0]}, "3/2"),
        ({"add": [YES, ALL, 1]}, 5),
    ):
        yield rule(cmp(measure, "=", result)), some(("yes", 2)), {}, {"1"}
    # Numbers as positions.
    low = {"value": ["<", 0]}
    signed = rule(cmp({"w": ["value", "all"]}, ">=", 1), {"some": low}, positions=NUMBERS)
    yield signed, some(("1", 1), ("-1/2", 1)), {}, {"2"}
    yield signed, some(("1", 1), ("-0.5", 1), ("+1/2", 1)), {}, {"1"}
    roll = [{"member": "a"}, {"member": "b"}]
    yield signed, [{"pos": 1, "voters": ["a"]}], {"roll": roll}, {"1", "2"}
    # Bounds alone do not show that no sum of even numbers is odd.
    even = [{"member": "a", "w": 2}, {"member": "b", "w": 4}]
    yield rule(cmp({"w": ["w", "yes"]}, "=", 3)), [], {"roll": even}, {"else"}
    yield rule(cmp({"w": ["w", "yes"]}, "=", 4)), [], {"roll": even}, {"1", "else"}
    middle = {"and": [{"value": [">", 0]}, {"value": ["<", 1]}]}
    within_ = rule({"some": middle}, positions=NUMBERS)
    yield within_, [{"pos": 1, "voters": ["a"]}], {"roll": roll}, {"1", "else"}
    # What is said with the ballots.
    status = {"param": ["status", "bcp"]}
    asked = rule(status, params={"status": {"values": ["bcp", "info"]}})
    yield asked, some(("yes", 1)), {}, {"1", "else"}
    yield asked, some(("yes", 1)), {"params": {"status": "BCP"}}, {"1"}
    yield asked, some(("yes", 1)), {"params": {"status": "info"}}, {"else"}
    found = rule({"attested": "Rough consensus"})
    yield found, some(("yes", 1)), {}, {"1", "else"}
    yield found, some(("yes", 1)), {"attested": {"rough-consensus": True}}, {"1"}
    yield found, some(("yes", 1)), {"attested": {"rough consensus": False}}, {"else"}
    # Names.
    vote = rule({"some": "no opinion"}, positions={"No_Opinion": ["dunno"], "yes": []})
    for name in ("no-opinion", "No Opinion", "DUNNO"):
        yield vote, some((name, 1)), {}, {"1"}
    # Only who is eligible.
    may = rule(cmp(ALL, "=", 1), roll={"eligible": {"attr": ["paid", True]}})
    yield may, [*some(("yes", 1), paid=True), *some(("yes", 1), paid=False)], {}, {"1"}
    # Bad ballots give no outcome.
    for bad in (
        [{"pos": "yess", "count": 1}],
        [{"pos": "yes", "count": -1}],
        [{"pos": "yes", "count": 1, "voters": ["a", "b"]}],
        [{"pos": "yes", "voters": ["a"]}, {"pos": "no", "voters": ["A"]}],
        [{"pos": "yes", "voters": ["a"], "count": 1}, {"pos": "no", "voters": ["A"], "count": 1}],
        [{"pos": "yes", "voters": ["a"]}],
    ):
        yield rule({"some": "yes"}), bad, {}, set()


INPUTS = ("silent", "absent", "not-participating", "recused", "invalid")


def answered(question: Question) -> set[str]:
    """What the modules answer: everything possible."""
    from nemcon.rules.polled import Asked
    from nemcon.rules.procedure import read_procedure
    from nemcon.rules.roll import roll_of_rows
    from nemcon.rules.weigh import weigh

    data, ballots, beside, _ = question
    more = dict(beside)
    if "roll" in more:
        more["roll"] = roll_of_rows(more["roll"], "roll")[0]
    answer = weigh(read_procedure(data), ballots, Asked(**more))
    if answer.verdict != "cannot tell":
        assert answer.favourable == (answer.verdict == "met")
    return set(answer.possible)


def wrong(first: Callable[[], Iterator[Question]] = by_hand) -> Iterator[str]:
    """The questions that are answered otherwise than they should be."""
    for number, question in enumerate([*first(), *drawn()]):
        told = {name for name in question[3] if name is not None}
        if answered(question) != told:
            yield f"question {number}: {question}: {answered(question)}"
