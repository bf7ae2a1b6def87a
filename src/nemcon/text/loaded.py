"""What reading a text gives: entries, where each stands, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from nemcon.entries import AnyEntry
from nemcon.findings import Finding, Place
from nemcon.saying import say

# What a file may say once for all its entries.
DEFAULTS = ("body", "matter", "source")


BESIDE = frozenset(
    {
        *("body", "organ", "party", "office", "term", "credential", "source", "meeting"),
        *("commitment", "statement", "remark", "expectation", "rule"),
    }
)
"""The kinds of entries without which an answer is poorer, but not another: what names them and
finds none tells so itself."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The entries of one text in its order, the place of each by id, and the findings.

    An entry with a finding of severity *error* is left out; all others are here. `left_out` names
    the matter ("": none) of each of those that could bear on an answer. Of the lines of
    an exported record, `proposed` are the ids that were only proposed there, `by` who brought an
    entry in, and `unreadable` how many entries could not be read when it was written.
    """

    entries: tuple[AnyEntry, ...]
    places: Mapping[str, Place]
    findings: tuple[Finding, ...]
    proposed: frozenset[str] = frozenset()
    by: Mapping[str, str] = field(default_factory=dict)
    unreadable: int = 0
    left_out: tuple[str, ...] = ()


@dataclass(slots=True)
class Collector:
    """Gathers what one file gives, keeps an entry said twice once, and reports that."""

    file: str
    entries: list[AnyEntry] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    proposed: set[str] = field(default_factory=set)
    by: dict[str, str] = field(default_factory=dict)
    unreadable: int = 0
    left_out: list[str] = field(default_factory=list)

    def place(self, line: int | None, name: str | None = None) -> Place:
        """The place of a line of this file, or of a field of the entry that starts there."""
        return Place(self.file, line, name)

    def take(self, read: AnyEntry | tuple[Finding, ...], place: Place, data: object = None) -> None:
        """Keep what `from_dict` gave for the entry at `place`; `data` is what it was given."""
        if isinstance(read, tuple):
            self.findings.extend(read)
            self.leave_out(data)
            return
        name = read.id
        if name in self.places:
            self.findings.append(_duplicate(name, self.places[name], place))
            return
        self.places[name] = place
        self.entries.append(read)

    def leave_out(self, data: object) -> None:
        """Keep that an entry of this data is missing, if it could bear on an answer."""
        told = data if isinstance(data, dict) else {}
        kind = told.get("kind")
        if not isinstance(kind, str) or kind not in BESIDE:
            matter = told.get("matter")
            self.left_out.append(matter if isinstance(matter, str) else "")

    def error(self, code: str, message: str, line: int | None, name: str | None = None) -> None:
        """Keep a problem of the file itself."""
        self.findings.append(Finding(code, "error", message, place=self.place(line, name)))

    def wrong_default(self, name: str, line: int | None) -> None:
        """Keep that a key for all entries of the file is no text."""
        message = say(
            "'{name}' is for all entries of the file; write its id as a text in quotes", name=name
        )
        self.error("wrong-type", message, line, name)

    def unknown_key(self, name: str, line: int | None) -> None:
        """Keep that `name` means nothing for a whole file."""
        message = say(
            "there is no key {name!r} for a whole file; write one of {defaults}, and put "
            "the fields of an entry into the entry",
            name=name[:60],
            defaults=", ".join(DEFAULTS),
        )
        self.error("unknown-key", message, line, field_name(name))

    def loaded(self) -> Loaded:
        """Everything gathered so far."""
        return Loaded(
            tuple(self.entries),
            self.places,
            tuple(self.findings),
            frozenset(self.proposed),
            self.by,
            self.unreadable,
            tuple(self.left_out),
        )


def field_name(name: object) -> str:
    """A name from a text as a place may show it: short, on one line."""
    text = str(name)[:60]
    return text if text.isprintable() else repr(text)


def _duplicate(name: str, first: Place, again: Place) -> Finding:
    where = "" if first.line is None else say(" in line {line}", line=first.line)
    message = say(
        "the same entry stands{where} already; it counts once, so remove one of the two",
        where=where,
    )
    return Finding("duplicate-entry", "warning", message, (name,), again)


def decode(data: bytes, file: str) -> str | Finding:
    """The bytes of a file as text; code points are kept as they are, a byte order mark too.

    Finding `not-utf-8` for anything that is not UTF-8 and for NUL bytes, with the byte.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_text(data, error.start, file)
    at = text.find("\0")
    return text if at < 0 else _not_text(data, len(text[:at].encode()), file)


def _not_text(data: bytes, at: int, file: str) -> Finding:
    line = data.count(b"\n", 0, at) + 1
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        what = "is UTF-16 text"
    elif data[at] == 0:
        what = say("holds a NUL byte at byte {at}; it is no text file, or is UTF-16", at=at)
    else:
        what = say("is not UTF-8 text: byte {at} is 0x{data:02X}", at=at, data=data[at])
    message = say("the file {what}; save it as UTF-8", what=what)
    return Finding("not-utf-8", "error", message, place=Place(file, line))


def without_mark(text: str) -> str:
    """The text without the byte order mark that some editors put first."""
    return text.removeprefix("\ufeff")


def in_order(loaded: Loaded) -> Loaded:
    """The same, with entries and findings in the order of their lines."""

    def line(place: Place | None) -> int:
        return place.line or 0 if place else 0

    entries = sorted(loaded.entries, key=lambda entry: line(loaded.places[entry.id]))
    findings = sorted(loaded.findings, key=lambda finding: line(finding.place))
    return replace(loaded, entries=tuple(entries), findings=tuple(findings))
