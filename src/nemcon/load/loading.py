"""Opening what the user named, and putting together what it holds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from nemcon.access.packs import missing_packs, names_of, pack
from nemcon.entries import AnyEntry, Body, Confirmation, Rejection, Source
from nemcon.findings import Finding, Place
from nemcon.library import packs
from nemcon.load.asked import Asked, Progress
from nemcon.load.files import File, LoadError, SeveralBodiesError, read_files
from nemcon.load.gathered import Gathered
from nemcon.saying import plural, say, say_many
from nemcon.state import Logged, taken_back
from nemcon.text import decode


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
    Raises `LoadError` for what cannot be opened, `SeveralBodiesError` where the entries are of
    several bodies and `body` is none of them; problems of content are findings, and `other-bodies`
    tells what is left out for the sake of `body`.
    """
    files, findings = read_files(names)
    records = [file.name for file in files if file.kind == "record"]
    if records and len(files) > 1:
        raise LoadError(
            say(
                "{record} is a record, and a record is asked by itself; to bring other "
                "files into it: nemcon add FILE... --record {record}",
                record=records[0],
            )
        )
    if records:
        return _from_record(records[0], now, recorded)
    if recorded is not None:
        raise LoadError(
            say("--recorded asks when a record learned something; files carry no such time")
        )
    gathered = Gathered(findings=findings)
    for file in files:
        gathered.take(file)
    if gathered.reports and body:
        _refuse_unknown(body, gathered, beside)
    _only_of_one_body(gathered, body)
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
        places=_Numbers(name, {item.entry.id: item.sequence for item in found.items}),
        findings=found.findings,
        now=now,
        live=True,
        sealed=found.sealed,
        erased=found.erased,
    )


class _Numbers(Mapping[str, Place]):
    """Where the entries of a record stand: few places are ever told."""

    def __init__(self, name: str, numbers: Mapping[str, int | None]) -> None:
        """`numbers` gives the number of each entry by its id."""
        self._name, self._numbers = name, numbers

    def __getitem__(self, ident: str) -> Place:
        return Place(self._name, field=f"entry {self._numbers[ident]}")

    def __contains__(self, ident: object) -> bool:
        return ident in self._numbers

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)


def _only_of_one_body(gathered: Gathered, body: str) -> None:
    """Keep the entries of one body: members of another would otherwise count as its members."""
    bodies = sorted({_body(entry) for entry in gathered.entries.values()} - {""})
    if len(bodies) < 2:
        return
    if body not in bodies:
        raise SeveralBodiesError(bodies)
    kept = {i: e for i, e in gathered.entries.items() if _body(e) in ("", body)}
    declared = [e for e in kept.values() if isinstance(e, Body) and e.name == body]
    names = {body, *(name for e in declared for name in (e.title, *e.aliases))} - {""}
    names |= set(names_of(body)) if body in packs() else set()
    about = [f for f in gathered.reports if any(name in _text(f) for name in names)]
    reports = len(gathered.reports) - len(about)
    others = ", ".join(each for each in bodies if each != body)
    entries = plural(len(gathered.entries) - len(kept), "entry", "entries")
    message = say(
        "{entries} of {others} left out: the question is about {body}",
        entries=entries,
        others=others,
        body=body,
    )
    if reports:
        message = say_many(
            "{entries} of {others}, and {n:,} report that names nothing of {body}, left out: the "
            "question is about {body}",
            "{entries} of {others}, and {n:,} reports that name nothing of {body}, left out: the "
            "question is about {body}",
            reports,
            entries=entries,
            others=others,
            body=body,
            n=reports,
        )
    gathered.findings.append(Finding("other-bodies", "note", message))
    gathered.entries, gathered.reports = kept, about


def _refuse_unknown(body: str, gathered: Gathered, beside: Asked | None) -> None:
    """Raise `LoadError` for a body that nothing describes by which reports could be read."""
    held = [item.entry for item in (*beside.items, *beside.packed)] if beside else []
    known = {_body(entry) for entry in (*gathered.entries.values(), *held)} | set(packs())
    if body not in known:
        from nemcon.rules.names import nearest  # seldom needed

        near = nearest(body, known)
        hint = f"did you mean '{near}'?" if near else f"there are {', '.join(sorted(known - {''}))}"
        raise LoadError(
            f"--body {body}: neither these files nor a built-in pack describe it; {hint}"
        )


def _text(file: File) -> str:
    text = decode(file.data, file.name)
    return text if isinstance(text, str) else ""


def _body(entry: AnyEntry) -> str:
    return entry.body or (entry.name if isinstance(entry, Body) else "")


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
        left_out=tuple(gathered.left_out),
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
        message = say_many(
            "{n:,} entry was only proposed in the record that the file comes from, and not "
            "confirmed there; in an answer they do not count",
            "{n:,} entries were only proposed in the record that the file comes from, and not "
            "confirmed there; in an answer they do not count",
            number,
            n=number,
        )
        yield Finding("not-confirmed", "note", message)
    if gathered.unreadable:
        number = gathered.unreadable
        message = say_many(
            "{n:,} entry could not be read, or had been erased, when the file was written; it "
            "could say anything, and so the verdict is 'cannot tell'",
            "{n:,} entries could not be read, or had been erased, when the file was written; they "
            "could say anything, and so the verdict is 'cannot tell'",
            number,
            n=number,
        )
        yield Finding("unreadable-entries", "warning", message)
