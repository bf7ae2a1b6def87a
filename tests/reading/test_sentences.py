"""Sentences of our own and what must be proposed for each: the whole of it, and nothing more."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from nemcon.entries import Entry, to_dict
from nemcon.reading import Document, open_document, read

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text("utf-8"))
# What a proposal carries whatever it says; spans have their own tests.
COMMON = ("body", "matter", "source", "spans")


def proposed(text: str, pack: tuple[Entry, ...]) -> list[dict[str, Any]]:
    document = open_document(f" date {CASES['date']} {CASES['lead']} {text}", "report.txt")
    assert isinstance(document, Document)
    entries = [to_dict(proposal.entry) for proposal in read([document], [pack]).proposals]
    for entry in entries:
        for name in COMMON:
            entry.pop(name, None)
    return [entry for entry in entries if entry["kind"] not in {"party", "matter"}]


def by_text(entries: list[dict[str, Any]]) -> list[str]:
    return sorted(repr(sorted(entry.items())) for entry in entries)


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["text"][:60])
def test_a_sentence_proposes_exactly_this(case: dict[str, Any], sample: tuple[Entry, ...]) -> None:
    assert by_text(proposed(case["text"], sample)) == by_text(case["expect"])


@pytest.mark.parametrize("text", CASES["traps"], ids=lambda text: text[:60])
def test_a_trap_proposes_nothing(text: str, sample: tuple[Entry, ...]) -> None:
    assert proposed(text, sample) == []


def test_half_of_the_sentences_are_traps() -> None:
    assert len(CASES["traps"]) >= len(CASES["case"]) >= 60
