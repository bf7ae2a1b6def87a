"""Findings: problems in data, as values.

Bad data never raises: it gives findings, each with its place and what to do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem is: a file or source, a line (from 1), a field, or a span in code points."""

    file: str | None = None
    line: int | None = None
    field: str | None = None
    start: int | None = None
    end: int | None = None

    @property
    def order(self) -> tuple[str, int, int]:
        """What comes first: by file, then by line, then by span."""
        return self.file or "", self.line or 0, self.start or 0

    def __str__(self) -> str:
        place = self.file or ""
        if self.line is not None:
            place += f":{self.line}"
        elif self.start is not None:
            place += f"[{self.start}:{self.end}]"
        return f"{place} ({self.field})" if self.field and place else place or self.field or ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem as a value.

    `code` is a stable kebab-case name, `message` says what is wrong and what to do,
    `entries` are the ids of the entries it rests on. Severity *error* makes the
    command line exit with 1.
    """

    code: str
    severity: Severity
    message: str
    entries: tuple[str, ...] = ()
    place: Place | None = None

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place and str(self.place) else ""
        return f"{where}{self.severity}: {self.message} [{self.code}]"


def errors(findings: tuple[Finding, ...] | list[Finding]) -> list[Finding]:
    """Only the findings of severity *error*."""
    return [finding for finding in findings if finding.severity == "error"]


def placed(findings: Iterable[Finding], places: Mapping[str, Place]) -> tuple[Finding, ...]:
    """The findings, those without a place at the first of `places` (by id) of their entries."""
    return tuple(_placed(finding, places) for finding in findings)


def _placed(finding: Finding, places: Mapping[str, Place]) -> Finding:
    here = [places[ident] for ident in finding.entries if ident in places]
    if finding.place or not here:
        return finding
    return replace(finding, place=min(here, key=lambda place: place.order))


_OF_EVERYTHING = frozenset({"unreadable-entries"})


def not_told(findings: Iterable[Finding], told: Iterable[Finding]) -> Iterator[Finding]:
    """The findings but those that `told` holds in other words: the same code, the same entries, or
    a code that can only be told of everything.
    """
    seen = {
        (finding.code, finding.entries)
        for finding in told
        if finding.entries or finding.code in _OF_EVERYTHING
    }
    return (finding for finding in findings if (finding.code, finding.entries) not in seen)
