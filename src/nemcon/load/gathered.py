"""What the user's files give, gathered file by file."""

from __future__ import annotations

from dataclasses import dataclass, field

from nemcon.entries import AnyEntry, Source
from nemcon.findings import Finding, Place
from nemcon.load.files import File
from nemcon.reading import Document, Reading, open_document
from nemcon.text import Loaded, decode, read_json, read_json_lines, read_toml


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
