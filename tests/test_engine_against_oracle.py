"""The engine's answer equals brute force wherever brute force can list the worlds.

A wrong *met* or *not met* fails, and so does *cannot tell* where the oracle is certain.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import event, given, note, reject, settings

from nemcon.entries import AnyEntry
from nemcon.rules.procedure import Procedure, read_procedure
from nemcon.state import at
from nemcon.when import When
from nemcon.worlds.conventions import Conventions
from nemcon.worlds.course import declared, stage
from nemcon.worlds.verdict import Answer, answer
from tests.oracle import answer as oracle_answer
from tests.oracle.cases import CASES, Case
from tests.oracle.limit import TooSlowError, limited
from tests.oracle.rules import RULES
from tests.oracle.strategies import Question, questions

# The long form asks 100,000 questions, in parts: each for itself is small in memory, can be asked
# again alone, and beside others (-n).
ASKED = settings.default.max_examples if settings.default else 100
OF_A_PART = min(5_000, ASKED)
PARTS = ASKED // OF_A_PART
SECONDS = 20  # of processor time, for brute force to answer one question

VOCABULARY = frozenset({"support", "objection"})
SUPPORT, OBJECT = {"n": "support"}, {"n": "objection"}
VOTING = {"n": {"pos": ["support", "objection"]}}
MAJORITY = {"cmp": [SUPPORT, ">", OBJECT]}
ALGEBRA: Mapping[str, Any] = {
    "no-objection": {"none": "objection"},
    "support-of-all": {"cmp": [SUPPORT, "=", {"n": "all"}]},
    "majority": MAJORITY,
    "qualified": {
        "all": [
            {"cmp": [SUPPORT, ">=", {"mul": ["55/100", {"n": "all"}]}]},
            {
                "cmp": [
                    {"w": ["weight", "support"]},
                    ">=",
                    {"mul": ["0.65", {"w": ["weight", "all"]}]},
                ]
            },
            {"cmp": [{"w": ["weight", "all"]}, ">", 0]},
        ]
    },
    "quorum-majority": {"all": [{"cmp": [VOTING, ">=", {"mul": ["1/2", {"n": "all"}]}]}, MAJORITY]},
}


def procedure(name: str) -> Procedure:
    """The oracle's rule of that name, in the algebra."""
    return read_procedure(
        {
            "id": name,
            "stances": sorted(RULES[name].reads | VOCABULARY),
            "outcome": [{"when": ALGEBRA[name], "is": "yes", "favourable": True}, {"is": "no"}],
        }
    )


def conventions(settings: Mapping[str, object]) -> Conventions:
    return Conventions(**dict(settings))  # type: ignore[arg-type]


def engine(
    entries: Sequence[AnyEntry],
    matter: str,
    on: When,
    known: When | None,
    settings: Mapping[str, object],
    rule: str,
) -> tuple[Answer, dict[str, Any]]:
    """The engine's answer in the oracle's words."""
    counted = conventions(settings)
    state = at(entries, on, known)
    found = answer(state, matter, procedure(rule), counted)
    made = declared(state, matter, procedure(rule), counted)
    here = stage(state, found, made)
    return found, {
        "verdict": found.verdict,
        "candidates": {
            r.candidate: (
                r.verdict,
                (r.support.least, r.support.most),
                (r.roll.least, r.roll.most),
                frozenset(r.certain),
                frozenset(r.open),
                frozenset(r.against),
            )
            for r in found.reckonings
        },
        "stages": frozenset(here.possible),
        "carried": made.carried if made is not None and made.taken is not False else None,
        "no_world": "no-world" in [finding.code for finding in found.findings],
    }


def oracle(
    entries: Sequence[AnyEntry],
    matter: str,
    on: When,
    known: When | None,
    settings: Mapping[str, object],
    rule: str,
) -> dict[str, Any]:
    """The oracle's answer."""
    asked = replace(RULES[rule], reads=RULES[rule].reads | VOCABULARY)
    found = oracle_answer(entries, matter, on, known, settings, rule=asked)
    return {
        "verdict": found.verdict,
        "candidates": {
            name: (
                one.verdict,
                (one.least, one.most),
                (one.roll_least, one.roll_most),
                one.certain,
                one.open,
                one.against,
            )
            for name, one in found.candidates.items()
        },
        "stages": found.stages,
        "carried": found.carried,
        "no_world": found.no_world,
    }


def compare(question: Question | Case) -> None:
    """Put one question to both, and compare all that they say."""
    asked = (
        question.entries,
        question.matter,
        question.on,
        question.known,
        question.conventions,
        question.rule,
    )
    try:
        with limited(SECONDS):
            theirs = oracle(*asked)
    except TooSlowError:
        event("left, as brute force takes too long")
        reject()
    found, mine = engine(*asked)
    note(f"engine: {mine}")
    note(f"oracle: {theirs}")
    if not found.exact:
        assert theirs["verdict"] == "cannot tell", "given up where brute force is certain"
    elif theirs["no_world"]:
        assert mine["verdict"] == "cannot tell"
        assert "no-world" in [finding.code for finding in found.findings]
    else:
        assert mine == theirs


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_every_literal_case(case: Case) -> None:
    found, mine = engine(
        case.entries, case.matter, case.on, case.known, case.conventions, case.rule
    )
    assert mine["verdict"] == case.verdict
    for name, bounds in case.support.items():
        assert mine["candidates"][name][1] == bounds
    for name, bounds in case.of.items():
        assert mine["candidates"][name][2] == bounds
    for name, sets in case.members.items():
        assert mine["candidates"][name][3:] == tuple(map(frozenset, sets))
    for name, status in case.status.items():
        (one,) = (r for r in found.reckonings if r.candidate == name)
        assert one.standing.possible == tuple(sorted(status))
    if case.stages is not None:
        assert mine["stages"] == frozenset(case.stages)
    if case.carried is not None:
        assert mine["carried"] == case.carried


@pytest.mark.parametrize("part", range(PARTS))
@settings(max_examples=OF_A_PART)
@given(question=questions())
def test_the_engine_agrees_with_brute_force(part: int, question: Question) -> None:
    compare(question)


@pytest.mark.skipif(
    os.environ.get("NEMCON_LONG") != "1", reason="the long form: NEMCON_LONG=1 ./run pytest"
)
@settings(max_examples=5_000)
@given(questions(members=4, most=5, days=5))
def test_the_engine_agrees_with_brute_force_on_larger_records(question: Question) -> None:
    compare(question)
