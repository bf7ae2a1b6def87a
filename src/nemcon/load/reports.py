"""Reading the reports among the user's files, with the packs of the bodies they may be about."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace

from nemcon.access.packs import missing_packs, pack, packs_named_in
from nemcon.entries import AnyEntry, Body, Source
from nemcon.findings import Finding, Place
from nemcon.load.asked import Asked, Progress
from nemcon.load.files import File
from nemcon.load.gathered import Gathered
from nemcon.reading import Document, Reading, open_document, read
from nemcon.saying import plural, say


def read_reports(
    gathered: Gathered, body: str, beside: Asked | None, progress: Progress
) -> Reading | None:
    """Read the reports together, and keep what they give; None if none of them can be opened.

    Packs among the files go before the built-in ones.
    """
    names: dict[str, str] = {}
    opened = _opened(gathered, names)
    if not opened:
        return None
    known = _standing(beside) if beside else ()
    documents = {**_documents(known), **opened}
    progress(say("reading {reports}", reports=plural(len(documents), "report")))
    packs, wanted = _packs([*gathered.entries.values(), *known], documents, body)
    reading = read(tuple(documents.values()), packs, wanted or None)
    if beside:
        reading = _only(reading, opened)
    gathered.findings += reading.findings
    for source in reading.sources:
        gathered.keep(source, Place(names.get(source.name, source.name)))
    for proposal in reading.proposals:
        span = proposal.span
        place = Place(names[span.source], start=span.start, end=span.end)
        gathered.keep(proposal.entry, place)
    return reading


def _opened(gathered: Gathered, names: dict[str, str]) -> dict[str, Document]:
    """The reports that can be read, by the name of their source; `names` learns their files."""
    found: dict[str, Document] = {}
    for file in gathered.reports:
        opened = open_document(file.data, file.name)
        if isinstance(opened, Document):
            name = opened.source.name
            found.setdefault(name, opened)
            names.setdefault(name, file.name)
            gathered.texts[name] = opened.text
            gathered.findings += opened.findings
        elif file.searched and all(finding.code == "no-date" for finding in opened):
            gathered.findings.append(_not_dated(file))
        elif _is_table(file.name):
            gathered.findings.append(_no_report(file))
        else:
            gathered.findings += opened
    return found


def _not_dated(file: File) -> Finding:
    message = say(
        "a text without a date, left alone; to have it read as a report, begin it "
        "with ' date YYYY-MM-DD '"
    )
    return Finding("no-date", "warning", message, place=Place(file.name))


def _is_table(name: str) -> bool:
    from nemcon.load.tabular import is_table  # seldom needed

    return is_table(name)


def _no_report(file: File) -> Finding:
    message = say(
        "a table, and no report; 'nemcon import {file} --record RECORD' brings it in, and 'nemcon "
        "rollcalls' compares votes by name",
        file=file.name,
    )
    return Finding("no-report", "error", message, place=Place(file.name))


def _packs(
    entries: Sequence[AnyEntry], documents: Mapping[str, Document], body: str
) -> tuple[list[tuple[AnyEntry, ...]], str]:
    """The packs that the reports may need, those of the user first, and the body if it is clear."""
    declared = sorted({entry.name for entry in entries if isinstance(entry, Body)})
    named = sorted({entry.body for entry in entries if entry.body})
    wanted = body or (named[0] if len(named) == 1 else "")
    texts = (document.text for document in documents.values())
    builtin = missing_packs(entries, [wanted]) if wanted else packs_named_in(texts)
    packs: list[tuple[AnyEntry, ...]] = [_own(name, entries, declared) for name in declared]
    packs += [
        (*pack(name).entries, *_own(name, entries, declared))
        for name in builtin
        if name not in declared
    ]
    return packs, wanted


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
