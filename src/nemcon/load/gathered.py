"""What the user's files give, gathered file by file."""

from __future__ import annotations

from dataclasses import dataclass, field

from nemcon.entries import AnyEntry, Source
from nemcon.findings import Finding, Place
from nemcon.load.files import File
from nemcon.text import Loaded, decode, read_json, read_json_lines, read_toml


@dataclass
class Gathered:
    """What the files give so far: each entry once, at the first place where it stands.

    Reports wait in `reports`: they are read together, once the entries are known.
    """

    entries: dict[str, AnyEntry] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    reports: list[File] = field(default_factory=list)
    proposed: set[str] = field(default_factory=set)
    by: dict[str, str] = field(default_factory=dict)
    unreadable: int = 0
    left_out: list[str] = field(default_factory=list)

    def take(self, file: File) -> None:
        """Read one file of entries, or put a report aside."""
        if file.kind == "report":
            self.reports.append(file)
            return
        loaded = _loaded(file)
        self.findings += loaded.findings
        self.proposed |= loaded.proposed
        self.by.update(loaded.by)
        self.unreadable += loaded.unreadable
        self.left_out += loaded.left_out
        for entry in loaded.entries:
            self.keep(entry, loaded.places[entry.id])
            if isinstance(entry, Source) and entry.text:
                self.texts.setdefault(entry.name, entry.text)

    def keep(self, entry: AnyEntry, place: Place) -> None:
        """Keep an entry, once."""
        self.entries.setdefault(entry.id, entry)
        self.places.setdefault(entry.id, place)


def _loaded(file: File) -> Loaded:
    text = decode(file.data, file.name)
    if isinstance(text, Finding):
        return Loaded((), {}, (text,), left_out=("",))
    readers = {"toml": read_toml, "json": read_json, "json-lines": read_json_lines}
    return readers[file.kind](text, file.name)
