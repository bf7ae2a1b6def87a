"""The words that a statement rests on, with the source that holds them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nemcon.entries import AnyEntry, Source
from nemcon.views.phrases import source_words

if TYPE_CHECKING:
    from nemcon.load import Asked
    from nemcon.views.reasons import Reason


class Citations:
    """Quotations and sources of what was asked."""

    def __init__(self, found: Asked) -> None:
        self._entries: dict[str, AnyEntry] = {
            item.entry.id: item.entry for item in (*found.packed, *found.items)
        }
        self._sources: dict[str, str] = {}
        for item in found.items:
            if isinstance(item.entry, Source):
                self._sources[item.entry.name] = _source(item.entry, found)

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


def _source(source: Source, found: Asked) -> str:
    """A source in words, with the file that holds its text where that is not a record."""
    words = source_words(source)
    place = found.places.get(source.id)
    read = source.name in found.texts and not found.live
    return f"{words}, {place.file}" if read and place and place.file else words
