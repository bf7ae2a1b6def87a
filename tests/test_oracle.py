"""The oracle gives the answers that were reasoned by hand."""

import pytest

from tests.oracle import answer
from tests.oracle.cases import CASES, Case
from tests.oracle.rules import RULES


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_oracle_answers_as_reasoned_by_hand(case: Case):
    found = answer(
        case.entries, case.matter, case.on, case.known, case.conventions, rule=RULES[case.rule]
    )
    assert found.verdict == case.verdict
    assert found.no_world is case.no_world
    tells = found.candidates
    assert {c: (tells[c].least, tells[c].most) for c in case.support} == case.support
    assert {c: (tells[c].roll_least, tells[c].roll_most) for c in case.of} == case.of
    sets = {
        c: tuple(
            "".join(sorted(some)) for some in (tells[c].certain, tells[c].open, tells[c].against)
        )
        for c in case.members
    }
    assert sets == case.members
    assert {c: sorted(tells[c].status) for c in case.status} == {
        c: sorted(status) for c, status in case.status.items()
    }
    if case.stages is not None:
        assert found.stages == frozenset(case.stages)
    assert found.carried == case.carried


def test_every_case_has_its_own_name():
    names = [case.name for case in CASES]
    assert sorted(set(names)) == sorted(names)
