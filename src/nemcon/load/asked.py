"""What the user asks about: entries with their places and texts, whatever they were read from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from nemcon.access.packs import missing_packs, pack, packs_named_in
from nemcon.entries import AnyEntry, Body, Source
from nemcon.findings import Finding, Place
from nemcon.load.files import File, LoadError, read_files
from nemcon.reading import Document, Reading, open_document, read
from nemcon.state import Logged, State, at, known_day
from nemcon.text import Loaded, decode, read_json, read_json_lines, read_toml
from nemcon.when import When

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Asked:
    """Everything that was read.

    `items` come from the user's files or record, `packed` from the built-in packs that they need.
    `live` is true for a record; else proposals of reports count as confirmed. `texts` holds the
    text of each source by name, `places` where each entry stands.
    """

    items: tuple[Logged, ...]
    packed: tuple[Logged, ...]
    packs: tuple[str, ...]
    texts: Mapping[str, str]
    places: Mapping[str, Place]
    findings: tuple[Finding, ...]
    now: datetime
    live: bool = False
    reading: Reading | None = None
    sealed: int = 0
    erased: int = 0

    def state(
        self,
        on: When | None = None,
        known: When | None = None,
        *,
        recorded: datetime | None = None,
        proposed: bool = False,
    ) -> State:
        """The state at `on` (else the default) as known at `known`."""
        return at(
            (*self.items, *self.packed),
            on or self.on,
            known,
            recorded=recorded,
            proposed=proposed or not self.live,
            sealed=self.sealed,
            erased=self.erased,
        )

    @property
    def on(self) -> When:
        """The date that is meant where none is given: now for a record, else the latest source."""
        if self.live:
            zone = State(((*(i.entry for i in (*self.items, *self.packed)),),), _ANY).zone
            return When.parse(self.now.astimezone(zone).replace(microsecond=0).isoformat())
        return When.day(self._latest_source() or self._latest_known() or self.now.date())

    def known_until(self, state: State) -> date | None:
        """How far the entries know: the latest day on which one became known.

        Those of a pack count only as far as `on`: it may tell of years that nobody asked about.
        """
        asked = state.on.last_day(state.zone)
        own = {item.entry.id for item in self.items}
        days = (
            day
            for entry in state.entries
            if (day := state.known_day(entry)) and (entry.id in own or (asked and day <= asked))
        )
        return max(days, default=None)

    def _latest_source(self) -> date | None:
        dates = (i.entry.date.last_day() for i in self.items if isinstance(i.entry, Source))
        return max(filter(None, dates), default=None)

    def _latest_known(self) -> date | None:
        """The latest day on which something here was known; what only lies ahead is left out."""
        days = (known_day(item.entry, {}, _UTC) for item in self.items)
        return max((day for day in days if day and day <= self.now.date()), default=None)


_ANY = When.parse("../..")
_UTC = State(((),), _ANY).zone


def load(
    names: Sequence[str],
    now: datetime,
    *,
    body: str = "",
    recorded: datetime | None = None,
    progress: Progress = lambda _: None,
) -> Asked:
    """Read everything behind `names`. The order of the names changes nothing.

    `body` says what reports are about; else they and the files tell. Raises `LoadError` for what
    cannot be opened; problems of content are findings.
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
    return _from_files(files, findings, now, body, progress)


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
    files: Sequence[File], findings: list[Finding], now: datetime, body: str, progress: Progress
) -> Asked:
    gathered = Gathered(findings=findings)
    for file in files:
        gathered.take(file)
    reading = _read_reports(gathered, body, progress) if gathered.documents else None
    if reading:
        gathered.take_reading(reading)
    entries = list(gathered.entries.values())
    packs = missing_packs(entries, [reading.body] if reading else ())
    proposed = {p.id for p in reading.proposals} if reading else set()
    return Asked(
        items=tuple(Logged(entry, entry.id in proposed) for entry in entries),
        packed=_packed(packs),
        packs=tuple(packs),
        texts=gathered.texts,
        places=gathered.places,
        findings=tuple(gathered.findings),
        now=now,
        reading=reading,
    )


@dataclass
class Gathered:
    """What the files give so far: each entry once, at the first place where it stands."""

    entries: dict[str, AnyEntry] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def take(self, file: File) -> None:
        """Read one file of entries or open one report."""
        if file.kind == "report":
            self._take_report(file)
            return
        loaded = _loaded(file)
        self.findings += loaded.findings
        for entry in loaded.entries:
            self._keep(entry, loaded.places[entry.id])
            if isinstance(entry, Source) and entry.text:
                self.texts.setdefault(entry.name, entry.text)

    def take_reading(self, reading: Reading) -> None:
        """Keep what the reports gave."""
        self.findings += reading.findings
        for source in reading.sources:
            self._keep(source, Place(self.names.get(source.name, source.name)))
        for proposal in reading.proposals:
            span = proposal.span
            self._keep(
                proposal.entry, Place(self.names[span.source], None, None, span.start, span.end)
            )

    def _keep(self, entry: AnyEntry, place: Place) -> None:
        self.entries.setdefault(entry.id, entry)
        self.places.setdefault(entry.id, place)

    def _take_report(self, file: File) -> None:
        opened = open_document(file.data, file.name)
        if isinstance(opened, Document):
            name = opened.source.name
            self.documents.setdefault(name, opened)
            self.names.setdefault(name, file.name)
            self.texts[name] = opened.text
            self.findings += opened.findings
        elif file.searched and all(f.code == "no-date" for f in opened):
            self.findings.append(_not_dated(file))
        else:
            self.findings += opened


def _loaded(file: File) -> Loaded:
    text = decode(file.data, file.name)
    if isinstance(text, Finding):
        return Loaded((), {}, (text,))
    readers = {"toml": read_toml, "json": read_json, "json-lines": read_json_lines}
    return readers[file.kind](text, file.name)


def _not_dated(file: File) -> Finding:
    message = (
        "a text without a date, left alone; to have it read as a report, begin it with "
        "' date YYYY-MM-DD '"
    )
    return Finding("no-date", "warning", message, place=Place(file.name))


def _read_reports(gathered: Gathered, body: str, progress: Progress) -> Reading:
    """Read the reports together; packs among the files go before the built-in ones."""
    entries = list(gathered.entries.values())
    declared = sorted({entry.name for entry in entries if isinstance(entry, Body)})
    named = sorted({entry.body for entry in entries if entry.body})
    wanted = body or (named[0] if len(named) == 1 else "")
    texts = [document.text for document in gathered.documents.values()]
    builtin = missing_packs(entries, [wanted]) if wanted else packs_named_in(texts)
    progress(f"reading {len(texts)} report{'s' if len(texts) != 1 else ''}")
    packs: list[tuple[AnyEntry, ...]] = [_own(name, entries, declared) for name in declared]
    packs += [
        (*pack(name).entries, *_own(name, entries, declared))
        for name in builtin
        if name not in declared
    ]
    return read(tuple(gathered.documents.values()), packs, wanted or None)


def _own(name: str, entries: Sequence[AnyEntry], declared: Sequence[str]) -> tuple[AnyEntry, ...]:
    """The entries of the user's files that are about the body `name`."""
    silent = declared == [name]
    return tuple(e for e in entries if e.body == name or (silent and not e.body))
