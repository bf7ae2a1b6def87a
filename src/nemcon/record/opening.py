"""From what a store holds to what a reader gets: each row checked, problems as values.

Every store uses this, so that the same damage reads the same everywhere.
"""

from __future__ import annotations

from typing import NamedTuple

from nemcon.findings import Finding, Place
from nemcon.record.content import CommitmentError, UnsealError, unseal
from nemcon.record.leaf import Leaf, LeafError, decode
from nemcon.record.log import Damage, Erased, Record, Sealed
from nemcon.saying import say

_ADVICE = {
    "record-gap": say("put back the last copy of the record that still has them"),
    "record-key": say(
        "put back the key store that belongs to this record, or erase the entry to "
        "note that its key is gone for good"
    ),
}


class Row(NamedTuple):
    """What a store holds about one entry, unchecked.

    `secret` is None where the key store has no key for the entry; `instead` is set where the
    content must not or cannot be opened, whatever the secret.
    """

    seq: int
    leaf: bytes
    sealed: bytes
    secret: bytes | None
    instead: Erased | Sealed | None = None


def open_row(row: Row, place: str) -> Record | Damage:
    """Check one row and open its content. `place` names the log in findings."""
    try:
        leaf = decode(row.leaf)
    except LeafError as error:
        return damage(row.seq, row.seq, "record-leaf", str(error), place)
    if row.instead:
        return Record(row.seq, leaf.recorded, leaf.visibility, row.instead)
    if row.secret is None:
        return _closed(row, leaf, "record-key", say("its key is missing"), place)
    try:
        content = unseal(row.leaf, leaf.commitment, row.sealed, row.secret)
    except CommitmentError as error:
        return _closed(row, leaf, "record-commitment", str(error), place)
    except UnsealError as error:
        return _closed(row, leaf, "record-content", str(error), place)
    return Record(row.seq, leaf.recorded, leaf.visibility, content)


def damage(seq: int, through: int, code: str, why: str, place: str) -> Damage:
    """Entries `seq` to `through` of the log at `place` as damaged, and what to do about it."""
    which = (
        say("entry {seq}", seq=seq)
        if seq == through
        else say("entries {seq} to {through}", seq=seq, through=through)
    )
    advice = _ADVICE.get(code, say("put back a sound copy of the record from a backup"))
    message = say("{which} cannot be shown: {why}; {advice}", which=which, why=why, advice=advice)
    return Damage(seq, through, Finding(code, "error", message, place=Place(place, field=which)))


def _closed(row: Row, leaf: Leaf, code: str, why: str, place: str) -> Damage:
    found = damage(row.seq, row.seq, code, why, place)
    return Damage(row.seq, row.seq, found.finding, leaf.recorded, leaf.visibility)
