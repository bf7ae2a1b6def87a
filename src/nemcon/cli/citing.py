"""The words that a statement rests on, with the source that holds them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING

from nemcon.entries import AnyEntry, Source
from nemcon.findings import Finding
from nemcon.views.phrases import plural, short_id, source_words
from nemcon.views.status import titles_of
from nemcon.views.words import describe

if TYPE_CHECKING:
    from nemcon.load import Asked
    from nemcon.views.reasons import Reason


_MOST = 4  # entries shown below a finding


class Citations:
    """Quotations and sources of what was asked; with `short`, files by their names alone."""

    def __init__(self, found: Asked, *, short: bool = False) -> None:
        self._found = found
        self._entries: dict[str, AnyEntry] = {
            item.entry.id: item.entry for item in (*found.packed, *found.items)
        }
        self._sources: dict[str, str] = {}
        for item in found.items:
            if isinstance(item.entry, Source):
                self._sources[item.entry.name] = _source(item.entry, found, short)

    def of(self, reason: Reason) -> Iterator[str]:
        """Each quotation of a reason with its source and place; else the source of its entry."""
        for span in reason.spans:
            source = self._sources.get(span.source, span.source)
            yield f"“{span.quote}” ({source}, characters {span.start} to {span.end})"
        if reason.spans:
            return
        entry = self._entries.get(reason.entries[0])
        if entry is not None and entry.source:
            yield f"source: {self._sources.get(entry.source, entry.source)}"

    def entries(self, finding: Finding) -> Iterator[str]:
        """The first entries that a finding rests on, in words, each with its place or source."""
        known = [self._entries[ident] for ident in finding.entries if ident in self._entries]
        for entry in known[:_MOST]:
            told = [short_id(entry.id), *([self._where(entry)] if self._where(entry) else [])]
            yield f"{describe(entry, self._titles)}  ({'; '.join(told)})"
        if len(known) > _MOST:
            yield f"and {plural(len(known) - _MOST, 'more', 'more')}"

    @cached_property
    def _titles(self) -> Mapping[str, str]:
        return titles_of(self._found.state(proposed=True))

    def _where(self, entry: AnyEntry) -> str:
        """The line of a file, else the source, else the place in a record."""
        place = self._found.places.get(entry.id)
        if entry.source and not (place and place.line):
            return self._sources.get(entry.source, entry.source)
        return str(place) if place else ""


def _source(source: Source, found: Asked, short: bool) -> str:
    """A source in words, with the file that holds its text where that is not a record."""
    words = source_words(source)
    place = found.places.get(source.id)
    read = source.name in found.texts and not found.live
    if not (read and place and place.file):
        return words
    return f"{words}, {PurePath(place.file).name if short else place.file}"
