"""The oracle gives the answers that were reasoned by hand, and keeps its own promises."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.oracle import Answer, answer
from tests.oracle.cases import CASES, Case
from tests.oracle.rules import RULES
from tests.oracle.strategies import Question, questions


def ask(asked: Case | Question) -> Answer:
    return answer(
        asked.entries,
        asked.matter,
        asked.on,
        asked.known,
        asked.conventions,
        rule=RULES[asked.rule],
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_oracle_answers_as_reasoned_by_hand(case: Case):
    found = ask(case)
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


@given(questions(), st.randoms(use_true_random=False))
def test_the_order_of_entries_changes_no_answer(question: Question, chance: random.Random):
    shuffled = list(question.entries)
    chance.shuffle(shuffled)
    assert ask(replace(question, entries=tuple(shuffled))) == ask(question)


@given(questions())
def test_bounds_and_sets_agree_with_the_verdict(question: Question):
    found = ask(question)
    for tells in found.candidates.values():
        assert len(tells.certain) <= tells.least <= tells.most
        assert tells.most <= len(tells.certain | tells.open)
        assert tells.roll_least <= tells.roll_most
        if question.rule == "support-of-all" and tells.verdict == "met":
            assert not tells.against
            assert 1 <= tells.roll_least == tells.least
    if found.verdict != "cannot tell" and "decided" not in found.stages:
        assert found.stages == {"consensus" if found.verdict == "met" else "open"}
