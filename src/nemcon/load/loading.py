"""Opening what the user named, and putting together what it holds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime

from nemcon.access.packs import missing_packs, pack
from nemcon.entries import AnyEntry, Confirmation, Rejection, Source
from nemcon.findings import Finding, Place
from nemcon.load.asked import Asked, Progress
from nemcon.load.files import LoadError, read_files
from nemcon.load.gathered import Gathered
from nemcon.state import Logged, taken_back


def load(
    names: Sequence[str],
    now: datetime,
    *,
    body: str = "",
    recorded: datetime | None = None,
    beside: Asked | None = None,
    progress: Progress = lambda _: None,
) -> Asked:
    """Read everything behind `names`. The order of the names changes nothing.

    `body` says what reports are about; else they and the files tell. Reports are read together
    with those of `beside`, the record that they are for; what is already there is not repeated.
    Raises `LoadError` for what cannot be opened; problems of content are findings.
    """
    files, findings = read_files(names)
    records = [file.name for file in files if file.kind == "record"]
    if records and len(files) > 1:
        raise LoadError(
            f"{records[0]} is a record, and a record is asked by itself; to bring other files "
            f"into it: nemcon add FILE... --record {records[0]}"
        )
    if records:
        return _from_record(records[0], now, recorded)
    if recorded is not None:
        raise LoadError("--recorded asks when a record learned something; files carry no such time")
    gathered = Gathered(findings=findings)
    for file in files:
        gathered.take(file)
    return _from_files(gathered, now, body, beside, progress)


def _from_record(name: str, now: datetime, recorded: datetime | None) -> Asked:
    from nemcon.access.stored import stored  # SQLite and cryptography only where needed
    from nemcon.record.sqlite import SqliteLog

    with SqliteLog(name, readonly=True) as log:
        found = stored(log, name, recorded)
    entries = [item.entry for item in found.items]
    packs = missing_packs(entries)
    return Asked(
        items=found.items,
        packed=_packed(packs),
        packs=tuple(packs),
        texts={e.name: e.text for e in entries if isinstance(e, Source) and e.text},
        places={item.entry.id: Place(name, field=f"entry {item.sequence}") for item in found.items},
        findings=found.findings,
        now=now,
        live=True,
        sealed=found.sealed,
        erased=found.erased,
    )


def _packed(packs: Iterable[str]) -> tuple[Logged, ...]:
    return tuple(Logged(entry) for name in packs for entry in pack(name).entries)


def _from_files(
    gathered: Gathered, now: datetime, body: str, beside: Asked | None, progress: Progress
) -> Asked:
    reading = None
    if gathered.reports:
        from nemcon.load.reports import read_reports  # the reader only where it is needed

        reading = read_reports(gathered, body, beside, progress)
    entries = list(gathered.entries.values())
    packs = missing_packs(entries, [reading.body] if reading else ())
    proposed = {p.id for p in reading.proposals} if reading else set()
    waiting = _waiting(gathered)
    return Asked(
        items=tuple(_logged(entry, gathered, proposed) for entry in entries),
        packed=_packed(packs),
        packs=tuple(packs),
        texts=gathered.texts,
        places=gathered.places,
        findings=(*gathered.findings, *_not_counted(gathered, waiting)),
        now=now,
        reading=reading,
        sealed=gathered.unreadable,
        waiting=waiting,
    )


def _logged(entry: AnyEntry, gathered: Gathered, proposed: Collection[str]) -> Logged:
    """An entry of a file; of an exported record with what that held beside it, in its order."""
    ident = entry.id
    waits = ident in proposed or ident in gathered.proposed
    line = gathered.places[ident].line if gathered.proposed else None
    return Logged(entry, waits, sequence=line, by=gathered.by.get(ident, ""))


def _waiting(gathered: Gathered) -> frozenset[str]:
    """The entries that were only proposed in the record they come from, and not confirmed."""
    back = taken_back(Logged(e, e.id in gathered.proposed) for e in gathered.entries.values())
    answers: dict[str, bool] = {}
    for entry in gathered.entries.values():
        if isinstance(entry, Confirmation) and entry.id not in back:
            answers[entry.confirms] = True
        elif isinstance(entry, Rejection) and entry.id not in back:
            answers[entry.rejects] = False
    return frozenset(ident for ident in gathered.proposed if not answers.get(ident))


def _not_counted(gathered: Gathered, waiting: Collection[str]) -> Iterator[Finding]:
    """What an export of a record says of entries that do not count, or could not be read."""
    if waiting:
        number = len(waiting)
        entries = "1 entry was" if number == 1 else f"{number:,} entries were"
        message = (
            f"{entries} only proposed in the record that the file comes from, and not confirmed "
            "there; in an answer they do not count"
        )
        yield Finding("not-confirmed", "note", message)
    if gathered.unreadable:
        number = gathered.unreadable
        entries = "1 entry" if number == 1 else f"{number:,} entries"
        message = (
            f"{entries} could not be read, or had been erased, when the file was written; they "
            "count as unknown"
        )
        yield Finding("unreadable-entries", "warning", message)
