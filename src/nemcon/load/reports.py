"""Reading the reports among the user's files, with the packs of the bodies they may be about."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace

from nemcon.access.packs import missing_packs, pack, packs_named_in
from nemcon.entries import AnyEntry, Body, Source
from nemcon.load.asked import Asked, Progress
from nemcon.load.gathered import Gathered
from nemcon.reading import Document, Reading, open_document, read
from nemcon.views.phrases import plural


def read_reports(
    gathered: Gathered, body: str, beside: Asked | None, progress: Progress
) -> Reading:
    """Read the reports together; packs among the files go before the built-in ones."""
    known = _standing(beside) if beside else ()
    entries = [*gathered.entries.values(), *known]
    declared = sorted({entry.name for entry in entries if isinstance(entry, Body)})
    named = sorted({entry.body for entry in entries if entry.body})
    wanted = body or (named[0] if len(named) == 1 else "")
    documents = {**_documents(known), **gathered.documents}
    texts = [document.text for document in documents.values()]
    builtin = missing_packs(entries, [wanted]) if wanted else packs_named_in(texts)
    packs: list[tuple[AnyEntry, ...]] = [_own(name, entries, declared) for name in declared]
    packs += [
        (*pack(name).entries, *_own(name, entries, declared))
        for name in builtin
        if name not in declared
    ]
    progress(f"reading {plural(len(documents), 'report')}")
    reading = read(tuple(documents.values()), packs, wanted or None)
    return _only(reading, gathered.documents) if beside else reading


def _standing(record: Asked) -> tuple[AnyEntry, ...]:
    """What a record holds on its own word: not what other reports made the reader propose."""
    proposed = {item.entry.id for item in record.items if item.proposed}
    return tuple(entry for entry in record.state().entries if entry.id not in proposed)


def _documents(entries: Sequence[AnyEntry]) -> dict[str, Document]:
    """The reports whose texts a record keeps, opened again."""
    found = {}
    for entry in entries:
        if isinstance(entry, Source) and entry.text:
            opened = open_document(entry.text, entry.name, entry.date)
            if isinstance(opened, Document) and opened.source.name == entry.name:
                found[entry.name] = opened
    return found


def _only(reading: Reading, names: Container[str]) -> Reading:
    """What the reports `names` give in a reading of several."""
    return replace(
        reading,
        sources=tuple(s for s in reading.sources if s.name in names),
        proposals=tuple(p for p in reading.proposals if p.span.source in names),
        sentences=tuple(s for s in reading.sentences if s.source in names),
    )


def _own(name: str, entries: Sequence[AnyEntry], declared: Sequence[str]) -> tuple[AnyEntry, ...]:
    """The entries of the user's files that are about the body `name`."""
    silent = declared == [name]
    return tuple(e for e in entries if e.body == name or (silent and not e.body))
