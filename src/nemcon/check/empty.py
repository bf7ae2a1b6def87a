"""Entries whose name, or that of whom they are about, is left empty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from nemcon.check.checked import Checked
from nemcon.check.words import quoted
from nemcon.entries import (
    AnyEntry,
    Body,
    Candidacy,
    Credential,
    Draft,
    Entry,
    Matter,
    Membership,
    Objection,
    Office,
    Organ,
    Party,
    Position,
    Reserve,
    Source,
    Term,
)
from nemcon.findings import Finding
from nemcon.saying import say

_NAMES: Mapping[type[Entry], tuple[str, ...]] = {
    **dict.fromkeys((Source, Body, Organ, Party, Office, Matter, Draft), ("name",)),
    **dict.fromkeys((Membership, Reserve, Objection), ("member",)),
    Term: ("office", "holder"),
    Credential: ("member", "person"),
    Candidacy: ("candidate",),
    Position: ("members", "excepted"),
}


def names_given(checked: Checked) -> Iterator[Finding]:
    """Names that are empty, or nothing but spaces: they would count as one more member."""
    for entry in checked.all(*_NAMES):
        for field in _left_empty(entry):
            message = say(
                "the name in {field} is empty; write whom or what this {kind} is about",
                field=quoted(field),
                kind=say(entry.kind),
            )
            yield checked.finding("empty-name", "error", message, [entry], field)


@lru_cache(maxsize=32_768)
def _left_empty(entry: AnyEntry) -> tuple[str, ...]:
    """The fields of names that are left empty."""
    return tuple([field for field in _NAMES[type(entry)] if _is_empty(entry, field)])


def _is_empty(entry: AnyEntry, field: str) -> bool:
    value: str | tuple[str, ...] = getattr(entry, field)
    names = (value,) if isinstance(value, str) else value
    return any(not name.strip() for name in names)
