"""The library of procedures: every case of every file, and that no name decides anything."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from nemcon import library
from nemcon.load.polling import pack_roll
from nemcon.rules.answer import RuleAnswer
from nemcon.rules.counted import Counted
from nemcon.rules.file import read_text
from nemcon.rules.parts import Case
from nemcon.rules.polled import Asked
from nemcon.rules.procedure import Procedure, read_procedure
from nemcon.rules.weigh import weigh
from nemcon.when import When
from tests.cli.conftest import Nemcon, nemcon  # noqa: F401  (a fixture)
from tests.rules.expected import agrees

ORDINARY = ("ballots", "rows", "rounds", "reports", "rankings", "approvals", "scores", "totals")


def text_of(ident: str) -> str:
    return library.procedure_text(ident)


def cases() -> Iterator[tuple[str, Case]]:
    """Every case that one count or one set of rounds decides."""
    for ident in library.procedure_ids():
        for case in read_text(text_of(ident), f"{ident}.toml").cases:
            if any(form in case.ballots for form in ORDINARY):
                yield ident, case


def decided(procedure: Procedure, case: Case) -> RuleAnswer:
    """The answer for a case, with the roll of its body where the ballots leave it to that."""
    directory = None
    if case.date and (when := When.parse(case.date)).certain:
        directory, _ = pack_roll(procedure.roll.pack or procedure.body, when)
    return weigh(procedure, case.ballots, Asked(directory=directory, on=case.date or None))


def is_expected(answer: RuleAnswer, expected: Any) -> bool:
    """Whether the answer is what a case expects: the outcome, the events, or a table of them."""
    counted = Counted(
        answer.outcome,
        answer.possible,
        answer.certain,
        answer.verdict,
        answer.events,
        more={**answer.more, "line": answer.line, "declared": answer.more.get("declared")},
    )
    return agrees(counted, expected)


def told(answer: RuleAnswer) -> Any:
    """What an answer says, for the message of a test that fails."""
    return answer.outcome, answer.possible, answer.events, [str(f) for f in answer.findings]


CASES = list(cases())


@pytest.mark.parametrize(
    ("ident", "case"), CASES, ids=[f"{ident}: {case.title}" for ident, case in CASES]
)
def test_every_case_has_its_outcome(ident: str, case: Case) -> None:
    answer = decided(read_text(text_of(ident), f"{ident}.toml"), case)
    assert is_expected(answer, case.expected), told(answer)


def renamed(data: Mapping[str, Any], number: int) -> dict[str, Any]:
    """The same rule under another id and title."""
    return {**data, "id": f"rule-{number}", "title": f"Rule {number}"}


def test_no_name_of_a_procedure_decides_anything() -> None:
    """A copy of the library under other names gives the same answers."""
    ids = library.procedure_ids()
    for number, ident in enumerate(ids):
        data = tomllib.loads(text_of(ident))
        one, other = read_procedure(data, ident), read_procedure(renamed(data, number), "x")
        for case in one.cases:
            if any(form in case.ballots for form in ORDINARY):
                first, second = decided(one, case).to_json(), decided(other, case).to_json()
                assert without_names(first, one.id) == without_names(second, other.id)


def without_names(answer: dict[str, Any], ident: str) -> Any:
    """An answer without the id of its rule, also in messages."""
    return json.loads(json.dumps(answer).replace(f"'{ident}'", "'it'")) | {"rule": ""}


def test_every_ladder_has_a_near_miss_or_says_what_fails() -> None:
    """A library file with a ladder has a case that fails, so that a rule of 'always' is caught."""
    lacking = []
    for ident in library.procedure_ids():
        procedure = read_text(text_of(ident), f"{ident}.toml")
        outcomes = {line.outcome for line in procedure.ladder}
        expected = {str(c.expected) for c in procedure.cases if isinstance(c.expected, str)}
        both = len(expected & outcomes) > 1 or any(case.near_miss for case in procedure.cases)
        if len(outcomes) > 1 and procedure.cases and not both:
            lacking.append(ident)
    assert lacking == []


# The cases outside the project


def test_real_cases_through_the_command_line(
    shared: Path,
    tmp_path: Path,
    nemcon: Nemcon,  # noqa: F811
) -> None:
    """Each case with its library rule gives the outcome on record, and the exit code 0."""
    wrong = []
    listed = json.loads((shared / "cases" / "cases.json").read_text("utf-8"))["cases"]
    about = ("id", "title", "source", "note", "expected", "rule", "procedure", "confidence")
    for case in listed:
        if case["procedure"] not in library.procedure_ids():
            continue
        ballots = {key: value for key, value in case.items() if key not in about}
        path = tmp_path / f"{case['id']}.json"
        path.write_text(json.dumps(ballots), "utf-8")
        settled = case["expected"] if isinstance(case["expected"], dict) else {}
        vote = settled.get("casting_vote")
        more = ("--param", f"casting_vote={vote}") if vote else ()
        done = nemcon("rules", "decide", case["procedure"], "--ballots", str(path), "--json", *more)
        answer = json.loads(done.out)
        found = {"schwartz_set": answer.get("schwartz_set"), "casting_vote": answer["outcome"]}
        given = (answer["outcome"], answer["events"], found)
        if done.code or case["expected"] not in given:
            wrong.append((case["id"], case["expected"], given, answer["findings"]))
    assert wrong == []
