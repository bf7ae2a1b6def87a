"""Entries as a record holds them: the content beside a leaf, and back.

A content is ``{"id", "entry"}`` with ``"proposed": true`` where nobody has confirmed it yet and
``"by"`` where somebody gave a name. What cannot be read is an unknown entry, never an absent one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from nemcon.entries import AnyEntry, to_dict
from nemcon.findings import Finding, Place
from nemcon.record.log import Content, Damage, Erased, Item, Log, Record, Sealed
from nemcon.saying import say
from nemcon.state import Logged
from nemcon.text import from_dict

PUBLIC, CONFIDENTIAL = "public", "confidential"


@dataclass(frozen=True)
class Stored:
    """All of a log: what can be read, how much cannot, and what is damaged."""

    items: tuple[Logged, ...]
    sealed: int
    erased: int
    findings: tuple[Finding, ...]


def item_of(entry: AnyEntry, *, proposed: bool = False, by: str = "") -> Item:
    """An entry as an item to append."""
    content: Content = {"id": entry.id, "entry": to_dict(entry)}
    if proposed:
        content["proposed"] = True
    if by:
        content["by"] = by
    hidden = getattr(entry, "confidential", False)
    return Item(content, CONFIDENTIAL if hidden else PUBLIC)


def stored(log: Log, place: str, recorded: datetime | None = None) -> Stored:
    """Everything that the log holds, or held at the instant `recorded`.

    `place` names the log in findings. Findings: damage, and `record-entry` for a content that
    this version cannot read as an entry.
    """
    return _sorted_out(log.read(recorded=recorded), place)


def _sorted_out(found: Iterable[Record | Damage], place: str) -> Stored:
    items: list[Logged] = []
    findings: list[Finding] = []
    sealed = erased = 0
    for each in found:
        if isinstance(each, Damage):
            findings.append(each.finding)
            sealed += each.through - each.seq + 1
        elif isinstance(each.content, Erased):
            erased += 1
        elif isinstance(each.content, Sealed):
            sealed += 1
        else:
            read = _read(each, each.content, place)
            if isinstance(read, Logged):
                items.append(read)
            else:
                findings.append(read)
                sealed += 1
    return Stored(tuple(items), sealed, erased, tuple(findings))


def _read(record: Record, content: Content, place: str) -> Logged | Finding:
    entry = from_dict(content.get("entry"))
    if isinstance(entry, tuple):
        return _unreadable(entry[0].message, Place(place, field=f"entry {record.seq}"))
    if entry.id != content.get("id"):
        why = say(
            "its id is {given!r} but its content gives {id}",
            given=content.get("id"),
            id=entry.id,
        )
        return _unreadable(why, Place(place, field=f"entry {record.seq}"))
    return Logged(entry, content.get("proposed") is True, record.recorded, record.seq)


def _unreadable(why: str, where: Place) -> Finding:
    message = say(
        "the entry cannot be read ({why}), so it counts as unknown; a newer version "
        "of nemcon may have written it: read it with that version",
        why=why,
    )
    return Finding("record-entry", "error", message, place=where)
