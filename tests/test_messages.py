"""What a finding or an error tells can be told in another language, wherever it is made."""

from __future__ import annotations

import ast
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest

from nemcon.entries import KINDS
from nemcon.saying import Message, joined, listed, plural, say, say_many
from nemcon.views.tongue import Tongue, speaking, spoken

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "nemcon"
SHOWN = ("state.py", "worlds", "check", "access", "views", "tables/edited.py", "text")
"""Where whatever a finding says may come to stand on the page."""


def findings(path: Path) -> Iterator[tuple[int, ast.expr]]:
    """The messages of the findings that a file makes, with their lines."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
        if name in ("Finding", "finding") and len(node.args) > 2:
            yield node.lineno, node.args[2]


@pytest.mark.parametrize("part", SHOWN)
def test_no_finding_is_plain_english(part: str) -> None:
    place = PACKAGE / part
    paths = [place] if place.is_file() else sorted(place.rglob("*.py"))
    found = [(path, finding) for path in paths for finding in findings(path)]
    plain = [
        f"{path.relative_to(PACKAGE)}:{line}"
        for path, (line, message) in found
        if isinstance(message, ast.JoinedStr | ast.BinOp)
        or (isinstance(message, ast.Constant) and message.value)
    ]
    assert found or part in ("views", "text", "access")
    assert plain == []


def other(text: str) -> str:
    """Words of a language that puts everything the other way round."""
    return {
        "{some} and {last}": "{last} ja {some}",
        "{who} left on {day}": "{day}: {who} lähti",
        "position": "kanta",
        "the {kind} of {who}": "{who}: {kind}",
    }.get(text, text)


FINNISH = Tongue(
    "fi",
    other,
    lambda *told: "{n:,} jäsen" if told[2] == 1 else "{n:,} jäsentä",
    lambda number: f"{number:,}".replace(",", " "),
)


def test_a_message_is_english_and_knows_its_parts() -> None:
    message = say("{who} left on {day}", who=listed(["A", "B", "C"]), day="2024-06-20")
    assert message == "A, B and C left on 2024-06-20"
    assert f"{message}; check it" == "A, B and C left on 2024-06-20; check it"
    with speaking(FINNISH):
        assert spoken(message) == "2024-06-20: C ja A, B lähti"
        assert spoken("A left") == "A left"
    assert spoken(message) is message


def test_a_number_chooses_its_form_and_its_signs() -> None:
    with speaking(FINNISH):
        assert [spoken(plural(n, "member")) for n in (1, 1204)] == ["1 jäsen", "1 204 jäsentä"]
    assert plural(1204, "entry", "entries") == "1,204 entries"
    assert say_many("{n} is", "{n} are", 1, n=1) == "1 is"


def test_parts_of_parts_and_words_are_spoken_too() -> None:
    message = joined("; ", [say("the {kind} of {who}", kind=say("position"), who="Ana"), "x {y}"])
    assert message == "the position of Ana; x {y}"
    with speaking(FINNISH):
        assert spoken(message) == "Ana: kanta; x {y}"
    assert "position" in KINDS


def test_an_error_keeps_its_message_and_both_can_be_sent_on() -> None:
    error = ValueError(say("the {kind} of {who}", kind="end", who="Ana"))
    message = say("{place}: {error}", place="a.toml", error=error)
    assert isinstance(str(error), Message)
    for each in (message, pickle.loads(pickle.dumps(message))):
        assert each == "a.toml: the end of Ana"
        with speaking(FINNISH):
            assert spoken(each) == "a.toml: Ana: end"
