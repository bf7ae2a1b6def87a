"""Whatever stands in the ballots, rounds and choices answer with findings, and never break down."""

from contextlib import suppress
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from nemcon.rules.choose import decide_choice
from nemcon.rules.place import RuleError
from nemcon.rules.rounds import decide_rounds
from tests.rules.library import IN_ONE_COUNT, IN_ROUNDS, choose, rounds

LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 60),
    st.just(10**30),
    st.floats(),
    st.sampled_from(["", "A", "12", "21", "1é", "\ud800", "unknown", "2/3", "nan"]),
)
KEYS = st.sampled_from(
    [
        *("A", "B", "_", "eligible", "members", "voters", "valid", "tiebreak", "first", "lot"),
        *("outstanding", "declared", "abstain", "invalid", "source", "rounds"),
    ]
)
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=12,
)
BESIDE = st.dictionaries(
    st.sampled_from(
        [
            *("rounds", "reports", "candidates", "seats", "closed", "totals", "approvals"),
            *("scores", "rankings", "ballots", "options", "default_option", "quorum"),
            *("majority", "developers", "outstanding", "appointed", "limit_kept", "lot"),
        ]
    ),
    ANYTHING,
    max_size=5,
)
TABLE = st.dictionaries(st.sampled_from(["A", "B", "C", "_"]), ANYTHING, max_size=4)


@given(
    st.sampled_from(IN_ROUNDS),
    st.one_of(BESIDE, st.fixed_dictionaries({"rounds": st.lists(TABLE, max_size=4)})),
    BESIDE,
)
def test_rounds(name: str, ballots: dict[str, Any], params: dict[str, Any]):
    decide_rounds(rounds(name), ballots)
    with suppress(RuleError):  # for a parameter that the rule does not have
        decide_rounds(rounds(name), ballots, params)


@given(st.sampled_from(IN_ONE_COUNT), BESIDE, BESIDE)
def test_choices(name: str, ballots: dict[str, Any], params: dict[str, Any]):
    decide_choice(choose(name), ballots)
    with suppress(RuleError):  # for a parameter that the rule does not have
        decide_choice(choose(name), ballots, params)
