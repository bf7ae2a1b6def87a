"""The checks: literal cases, records that those cannot hold, questions for the oracle."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import just

from nemcon import library
from nemcon.entries import AnyEntry, Confirmation, Rejection, Term
from nemcon.rules.procedure import read_procedure
from nemcon.state import Logged, at
from nemcon.text import read_toml
from nemcon.when import When
from nemcon.worlds.verdict import Answer, answer
from tests.oracle.build import decided, founders, holds, joins, motion, on, runs, selection
from tests.oracle.cases import CASES
from tests.oracle.strategies import Question
from tests.oracle.strategies import questions as drawn
from tests.test_engine_against_oracle import compare, procedure, test_every_literal_case
from tests.worlds.build import ALL_SUPPORT, ask, back, roll, tally
from tests.worlds.build import motion as motion_m

Check: TypeAlias = tuple[str, Callable[[], None]]
ROOT = Path(__file__).resolve().parents[2]


def cases() -> Iterator[Check]:
    """The literal cases."""
    for case in CASES:
        yield case.name, partial(test_every_literal_case, case)


def records() -> Iterator[Check]:
    """What a case cannot say: proposals, terms, sealed entries, sizes, dates, and a real record."""
    found = (value for name, value in globals().items() if name.startswith("that_"))
    for check in found:
        yield check.__name__.replace("_", " "), check


def questions(count: int) -> Iterator[Check]:
    """The first questions that Hypothesis draws: the same in every run."""
    asked: list[Question] = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(drawn())
    def collect(question: Question) -> None:
        asked.append(question)

    collect()
    for number, question in enumerate(asked, 1):
        yield f"question {number}", partial(_compare, question)


def _compare(question: Question) -> None:
    @settings(max_examples=1, database=None, deadline=None, phases=[Phase.generate])
    @given(just(question))
    def one(asked: Question) -> None:
        compare(asked)

    one()


X_SUPPORTS: list[AnyEntry] = [motion(), *founders("x")]
PROPOSED = Logged(holds("x", 1), proposed=True, sequence=1)


def asked_of(items: list[Logged], **more: Any) -> Answer:
    """The answer to whether all support on day 2."""
    known = [Logged(entry) for entry in X_SUPPORTS]
    return answer(at([*known, *items], on(2), **more), "m", procedure("support-of-all"))


def that_a_proposal_counts_once_confirmed() -> None:
    yes = Logged(Confirmation(confirms=PROPOSED.entry.id), sequence=2)
    assert asked_of([PROPOSED]).verdict == "cannot tell"
    assert asked_of([PROPOSED, yes]).verdict == "met"


def that_a_proposal_counts_no_more_once_rejected() -> None:
    no = Logged(Rejection(rejects=PROPOSED.entry.id), sequence=2)
    assert asked_of([PROPOSED, no]).verdict == "cannot tell"


def that_the_later_of_confirmation_and_rejection_counts() -> None:
    no = Logged(Rejection(rejects=PROPOSED.entry.id), sequence=2)
    yes = Logged(Confirmation(confirms=PROPOSED.entry.id), sequence=3)
    assert asked_of([PROPOSED, no, yes]).verdict == "met"


def that_an_entry_that_cannot_be_read_could_say_anything() -> None:
    said = Logged(holds("x", 1))
    assert asked_of([said]).verdict == "met"
    assert asked_of([said], sealed=1).verdict == "cannot tell"
    assert asked_of([said], erased=1).verdict == "cannot tell"


def that_a_term_counts_on_its_first_day_and_not_on_its_last() -> None:
    term = Term(office="chair", holder="a", start=on(2), end=on(4))
    held = [bool(at([term], on(day)).holders("chair")) for day in (1, 2, 3, 4, 5)]
    assert held == [False, True, True, False, False]


def that_who_left_an_office_may_come_back() -> None:
    terms = [
        Term(office="chair", holder="a", start=on(1), end=on(2)),
        Term(office="chair", holder="a", start=on(4)),
    ]
    assert [bool(at(terms, on(day)).holders("chair")) for day in (1, 3, 5)] == [True, False, True]


def that_55_of_100_are_55_per_cent() -> None:
    rule = {"cmp": [{"n": "support"}, ">=", {"mul": ["55/100", {"n": "all"}]}]}
    data = {**ALL_SUPPORT, "outcome": [{"when": rule, "is": "yes", "favourable": True}]}
    data["outcome"] = [*data["outcome"], {"is": "no"}]
    for yes, verdict in ((55, "met"), (54, "not met")):
        spoken = [back(f"m{n}", 2) for n in range(yes)]
        spoken += [back(f"m{n}", 2, stance="objection") for n in range(yes, 100)]
        assert ask([motion_m(), *roll(100), *spoken], 2, data).verdict == verdict


def that_a_chain_of_tallies_is_counted_exactly() -> None:
    chain = [tally(28, 32, 1), tally(29, 32, 2), tally(29, 32, 3), tally(31, 32, 4)]
    answers = []
    for day in (1, 4, 6):
        found = ask([motion_m(), *roll(32), *chain], day)
        (one,) = found.reckonings
        answers.append((found.verdict, one.support.least, one.support.most))
    assert answers == [("not met", 28, 28), ("not met", 31, 31), ("cannot tell", 31, 32)]


def that_what_is_too_hard_is_left_open() -> None:
    """Tallies of a stated size, where hardly any accession has a settled date."""
    comings = [joins(f"m{n}", f"1/{n + 2}") for n in range(12)]
    tallies = [tally(2, n + 3, n + 2, bound="at-least") for n in range(12)]
    found = ask([motion_m(), *comings, *tallies], 14)
    assert found.verdict == "cannot tell"
    assert not found.exact


def that_events_each_before_the_other_leave_nothing_certain() -> None:
    record = [
        *[selection(), *founders("x"), holds("x", 1, candidate="Q")],
        runs("P", "withdrawn", 2, before="decision"),
        decided(2, "Q", before="candidacy/P/withdrawn"),
    ]
    for event in ("", "decision"):
        found = answer(at(record, on(3)), "m", procedure("support-of-all"), event=event)
        assert found.verdict == "cannot tell"


def that_a_range_may_come_before_or_after_what_it_overlaps() -> None:
    first, second, third = on("1/3"), on("2/4"), on("4/5")
    assert [first.before(second), first.before(third), third.before(first)] == [None, True, False]


def that_a_month_is_all_of_its_days() -> None:
    month = When.parse("2024-02")
    assert (month.first_day(), month.last_day()) == (date(2024, 2, 1), date(2024, 2, 29))


def that_an_instant_is_on_a_day_of_the_zone() -> None:
    moment = When.parse("2024-01-01T23:00Z")
    assert moment.last_day(ZoneInfo("Asia/Tokyo")) == date(2024, 1, 2)


def that_the_support_of_2024_grew_as_it_did() -> None:
    chain = read_toml((ROOT / "examples/nato-2024/tally-chain.toml").read_text("utf-8"), "chain")
    pack = read_toml(library.pack_text("nato"), "nato.toml")
    rule = read_procedure(ALL_SUPPORT)
    answers = []
    for day in ("2024-04-29", "2024-06-18", "2024-06-20"):
        state = at([*chain.entries, *pack.entries], When.parse(day))
        found = answer(state, "sg-2024", rule)
        (one,) = (r for r in found.reckonings if r.candidate == "mark-rutte")
        answers.append((one.verdict, one.support.least, one.support.most, one.roll.most))
    assert answers == [("not met", 29, 29, 32), ("not met", 31, 31, 32), ("met", 32, 32, 32)]
