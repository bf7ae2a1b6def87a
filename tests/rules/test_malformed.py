"""A rule that cannot be read is told by its place, whatever stands where something else belongs."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemcon.rules.file import read_text
from nemcon.rules.place import RuleError
from nemcon.rules.polled import Asked
from nemcon.rules.procedure import read_procedure
from nemcon.rules.weigh import weigh
from tests.rules.strategies import rules

LINE = {"when": {"none": "objection"}, "is": "adopted"}

WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "an outcome that is no table": (
        {"outcome": [1]},
        "rule 'r', outcome 1: 1 is no table; write { when = predicate, is = \"adopted\" }",
    ),
    "no outcome at all": (
        {},
        "rule 'r': no [[outcome]] line; write at least one ([rounds], [choose] or [[chain]])",
    ),
    "an empty ladder": (
        {"outcome": []},
        "rule 'r', outcome: no [[outcome]] line; write at least one",
    ),
    "no name of an outcome": (
        {"outcome": [{"when": True}]},
        "rule 'r', outcome 1: no 'is'; name the outcome of this line",
    ),
    "an unknown key": (
        {"outcome": [{**LINE, "favorable": True}]},
        "rule 'r', outcome 1: unknown key 'favorable'; did you mean 'favourable'?",
    ),
    "an unknown key at the top": (
        {"outcome": [LINE], "normalize": []},
        "rule 'r': unknown key 'normalize'; did you mean 'normalise'?",
    ),
    "an unknown position": (
        {"positions": ["yes", "no"], "outcome": [LINE, {"when": {"some": "yess"}, "is": "x"}]},
        "rule 'r', outcome 1, when, none: unknown position 'objection'; did you mean 'no'?",
    ),
    "a misspelt position": (
        {
            "positions": {"No Opinion": [], "yes": []},
            "outcome": [{"when": {"cmp": [{"n": "no opinoin"}, ">", 1]}, "is": "x"}],
        },
        (
            "rule 'r', outcome 1, when, cmp, left, n: unknown position 'no opinoin'; "
            "did you mean 'no-opinion'?"
        ),
    ),
    "an unknown attribute": (
        {
            "attributes": {"permanent": ["p5"]},
            "outcome": [{"when": {"none": {"attr": ["permanant", True]}}, "is": "x"}],
        },
        (
            "rule 'r', outcome 1, when, none, attr 1: unknown attribute 'permanant'; "
            "did you mean 'permanent'?"
        ),
    ),
    "an unknown operator": (
        {"outcome": [{"when": {"cmp": [1, "==", 1]}, "is": "x"}]},
        "rule 'r', outcome 1, when, cmp, operator: '==' is no operator; did you mean '='?",
    ),
    "a number that is not exact": (
        {"outcome": [{"when": {"cmp": [{"mul": [0.55, {"n": "all"}]}, ">", 1]}, "is": "x"}]},
        (
            "rule 'r', outcome 1, when, cmp, left, mul 1: 0.55 is not exact; write it as a text: "
            "'0.55', or '2/3'"
        ),
    ),
    "a predicate that is none": (
        {"outcome": [{"when": {"nonee": "no"}, "is": "x"}]},
        "rule 'r', outcome 1, when: 'nonee' is no predicate; did you mean 'none'?",
    ),
    "a comparison of two": (
        {"outcome": [{"when": {"cmp": [1, ">"]}, "is": "x"}]},
        "rule 'r', outcome 1, when, cmp: write [measure, operator, measure]",
    ),
    "a definition by itself": (
        {"define": {"a": {"use": "a"}}, "outcome": [{"when": {"use": "a"}, "is": "x"}]},
        "rule 'r', define, a, use: 'a' is defined by itself; write it out",
    ),
    "a definition that is not there": (
        {"define": {"majority": True}, "outcome": [{"when": {"use": "majorty"}, "is": "x"}]},
        "rule 'r', outcome 1, when, use: nothing is defined as 'majorty'; did you mean 'majority'?",
    ),
    "a parameter that is not declared": (
        {"params": {"status": {}}, "outcome": [{"when": {"param": ["state", "x"]}, "is": "x"}]},
        "rule 'r', outcome 1, when, param 1: unknown parameter 'state'; did you mean 'status'?",
    ),
    "a step that is none": (
        {"outcome": [LINE], "normalise": [{"defalt": "yes"}]},
        "rule 'r', normalise 1: unknown key 'defalt'; did you mean 'default'?",
    ),
    "more seats of a class than there are": (
        {"outcome": [LINE], "roll": {"size": 3, "classes": {"p": {"true": 4}}}},
        "rule 'r', roll, classes, p: these are 4 seats, more than 'size' has",
    ),
    "a date that is none": (
        {"outcome": [LINE], "in_force": [{"from": "1965-31-08"}]},
        (
            "rule 'r', in_force 1, from: '1965-31-08' is not in the calendar "
            "(month must be in 1..12); correct the date"
        ),
    ),
    "numbers with blocs": (
        {
            "positions": {"number": {"low": "-1", "high": "1"}},
            "normalise": [{"bloc": "land"}],
            "outcome": [{"is": "x"}],
        },
        "rule 'r', normalise 1, bloc: no two numbers need be alike; map them to names first",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told_with_its_place(name: str) -> None:
    data, message = WRONG[name]
    with pytest.raises(RuleError) as raised:
        read_procedure({"id": "r", **data})
    assert str(raised.value) == message


def test_the_line_is_told_where_there_is_a_text() -> None:
    text = 'id = "r"\n\n[[outcome]]\nis = "a"\n\n[[outcome]]\nwhen = { none = 3 }\nis = "b"\n'
    with pytest.raises(RuleError) as raised:
        read_text(text, "r.toml")
    assert str(raised.value) == (
        "r.toml, line 6: rule 'r', outcome 2, when, none: 3 is not a set of members; "
        'write "all", a position, or a table with one of pos, attr, value, and, or, minus, '
        "not or use"
    )


@pytest.mark.parametrize(
    "text",
    ["", "id = ", "[[outcome]", "{", "[]", "3", '{"outcome": NaN}', "\0", "a." * 500 + "b = 1"],
)
def test_a_text_that_is_no_rule(text: str) -> None:
    with pytest.raises(RuleError):
        read_text(text, "r.toml")


def test_a_rule_that_grows_without_end() -> None:
    define: dict[str, Any] = {"a0": {"none": "no"}}
    for n in range(1, 30):
        define[f"a{n}"] = {"all": [{"use": f"a{n - 1}"}] * 2}
    with pytest.raises(RuleError, match="too many parts"):
        read_procedure(
            {"id": "r", "define": define, "outcome": [{"when": {"use": "a29"}, "is": "x"}]}
        )


def test_a_rule_that_nests_without_end() -> None:
    deep: Any = True
    for _ in range(900):
        deep = {"not": deep}
    with pytest.raises(RuleError, match="nests more than"):
        read_procedure({"id": "r", "outcome": [{"when": deep, "is": "x"}]})


# Anything in the place of anything

JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 5),
    st.floats(),
    st.text(max_size=4),
    st.sampled_from(["all", "yes", "2/3", "1/0", ">=", "no-such", "p", "value"]),
    st.just([]),
    st.just({}),
    st.lists(st.integers(0, 3), max_size=4),
    st.dictionaries(
        st.sampled_from(["n", "w", "attr", "and", "cmp", "if", "groups", "fewest", "use", "x"]),
        st.one_of(st.none(), st.integers(0, 3), st.just([]), st.just("all")),
        max_size=2,
    ),
)
WHOLE: dict[str, Any] = {
    "id": "r",
    "title": "R",
    "body": "b",
    "aka": ["s"],
    "positions": {"yes": ["for"], "no": [], "abstain": []},
    "attributes": {"p": [], "g": [], "w": [], "v": []},
    "params": {"status": {"about": "the status", "default": "bcp", "values": ["bcp", "info"]}},
    "roll": {"size": 5, "classes": {"p": {"true": 2, "false": 3}}, "eligible": "all"},
    "aggregates": {"five": {"p": True}},
    "define": {"majority": {"cmp": [{"n": "yes"}, ">", {"n": "no"}]}},
    "in_force": [{"from": "2000", "to": "2001"}],
    "clause": [{"text": "t", "cite": "c", "confidence": "seen", "for": "outcome 1"}],
    "normalise": [{"default": "abstain"}, {"map": {"silent": "no"}}, {"drop": "recused"}],
    "outcome": [
        {"when": {"use": "majority"}, "is": "a", "favourable": True, "binding_on": "yes"},
        {"when": {"param": ["status", "bcp"]}, "is": "b", "effects": ["e"], "then": "s"},
        {"when": {"attested": "found"}, "is": "c"},
        {"is": "d"},
    ],
    "clock": {"minimum": "PT72H"},
    "objections": {"needs": "reason"},
    "attest": [{"finding": "found", "by": "chair"}],
    "adopted_by": "vote",
    "shows": [{"label": "l", "when": {"none": "no"}}],
    "case": [{"title": "t", "date": "2000", "ballots": [], "expected": "a", "near_miss": False}],
}


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in plain values."""
    found = [path] if path else []
    items = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else ()
    )
    for key, value in items:
        found += places(value, (*path, key))
    return found


@st.composite
def broken(draw: st.DrawFn) -> Any:
    """A rule with something else in one or two places, or something missing or added."""
    data = deepcopy(draw(st.one_of(st.just(WHOLE), rules())))
    for _ in range(draw(st.integers(1, 2))):
        where = places(data)
        if not where:
            break
        *path, last = draw(st.sampled_from(where))
        inner = data
        for key in path:
            inner = inner[key]
        how = draw(st.integers(0, 3))
        if how == 0:
            del inner[last]
        elif how == 1 and isinstance(inner, dict):
            inner[draw(st.sampled_from(["x", "n", "is", "when", "pos"]))] = draw(JUNK)
        else:
            inner[last] = draw(JUNK)
    return data


@given(broken())
def test_a_rule_is_read_or_refused_and_never_breaks(data: Any) -> None:
    procedure, told = None, "rule '"
    try:
        procedure = read_procedure(data, "r")
    except RuleError as error:
        told = str(error)
    assert told.startswith("rule '")
    if procedure is None:
        return
    ballots = [{"pos": "yes", "count": 2, "p": True, "g": "a", "w": 1, "v": 1}]
    weigh(procedure, ballots, Asked(closed=True))


@given(JUNK)
def test_anything_at_all_is_read_or_refused(data: Any) -> None:
    with pytest.raises(RuleError):
        read_procedure(data, "r")


# Ballots of any shape

BALLOT = st.one_of(
    JUNK,
    st.dictionaries(
        st.sampled_from(["pos", "count", "voters", "member", "p", "w", "vote"]), JUNK, max_size=4
    ),
)


@given(
    st.one_of(
        JUNK,
        st.lists(BALLOT, max_size=3),
        st.dictionaries(
            st.sampled_from(
                ["ballots", "rows", "closed", "params", "on", "winner", "attestations"]
            ),
            st.one_of(
                JUNK, st.lists(BALLOT, max_size=3), st.dictionaries(st.text(max_size=3), JUNK)
            ),
            max_size=3,
        ),
    )
)
def test_ballots_are_read_or_told_and_never_break(data: Any) -> None:
    answer = weigh(read_procedure(WHOLE), data)
    assert answer.rule == "r"
    if answer.outcome is not None:
        assert not [finding for finding in answer.findings if finding.severity == "error"]
