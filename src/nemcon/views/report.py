"""A report's text cut into its sentences and spans, with what became of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal, TypeAlias

from nemcon.entries import AnyEntry, Source
from nemcon.reading import Reading, Sentence
from nemcon.views.words import describe

Kind: TypeAlias = Literal["position", "candidacy", "decision", "expectation", "other"]
KINDS: tuple[Kind, ...] = ("position", "candidacy", "decision", "expectation", "other")
"""What a span became, in five sorts that a reader can tell apart."""

SORTS: Mapping[str, Kind] = {
    **dict.fromkeys(("position", "tally", "reserve", "objection", "silence"), "position"),
    **dict.fromkeys(("candidacy",), "candidacy"),
    **dict.fromkeys(("decision", "attestation", "statement", "term"), "decision"),
    **dict.fromkeys(("expectation", "commitment"), "expectation"),
}


@dataclass(frozen=True)
class Became:
    """An entry that rests on words of the report. `number` counts them in the report, from 1."""

    number: int
    entry: AnyEntry
    text: str
    sort: Kind
    proposed: bool


@dataclass(frozen=True)
class Piece:
    """A run of text; `became` numbers the entries that rest on it."""

    text: str
    became: tuple[int, ...] = ()
    sort: Kind | Literal[""] = ""


Status: TypeAlias = Literal["", "proposed", "context", "not-read"]


@dataclass(frozen=True)
class Passage:
    """A sentence, or text between sentences (`status` is then empty).

    *not-read*: it holds a word that usually carries an entry and gave none, or could not be read.
    `ends` numbers the entries that rest on words which end in it, `main` those of them whose first
    quotation does; `paragraph`: a new one starts here.
    """

    status: Status
    pieces: tuple[Piece, ...]
    ends: tuple[int, ...] = ()
    main: tuple[int, ...] = ()
    paragraph: bool = False


@dataclass(frozen=True)
class ReportView:
    """One report, from its first character to its last.

    `judged` says whether it is known of each sentence if it was read; of the texts that a record
    keeps, only the spans of its entries are.
    """

    source: Source
    passages: tuple[Passage, ...]
    became: tuple[Became, ...]
    judged: bool

    @property
    def not_read(self) -> int:
        """How many sentences were not read."""
        return sum(passage.status == "not-read" for passage in self.passages)

    def to_json(self) -> dict[str, Any]:
        """The view as plain values."""
        return {
            "source": self.source.name,
            "judged": self.judged,
            "not_read": self.not_read,
            "passages": [
                {
                    "status": passage.status or None,
                    "pieces": [
                        {"text": piece.text, "became": list(piece.became)}
                        for piece in passage.pieces
                    ],
                }
                for passage in self.passages
            ],
            "became": [
                {"number": each.number, "entry": each.entry.id, "text": each.text}
                for each in self.became
            ],
        }


def reports(
    entries: Iterable[AnyEntry],
    texts: Mapping[str, str],
    reading: Reading | None,
    titles: Mapping[str, str],
) -> tuple[ReportView, ...]:
    """Every source among the entries whose text is here, the oldest first."""
    entries = list(entries)
    resting: dict[str, list[AnyEntry]] = defaultdict(list)
    for entry in entries:
        for name in sorted({span.source for span in entry.spans}):
            resting[name].append(entry)
    found = [e for e in entries if isinstance(e, Source) and e.name in texts]
    found.sort(key=lambda source: (str(source.date), source.name))
    proposed = frozenset(p.id for p in reading.proposals) if reading else frozenset()
    return tuple(
        _report(source, texts[source.name], resting[source.name], reading, titles, proposed)
        for source in found
    )


def _report(
    source: Source,
    text: str,
    entries: Sequence[AnyEntry],
    reading: Reading | None,
    titles: Mapping[str, str],
    proposed: frozenset[str],
) -> ReportView:
    spans = {
        entry.id: [(s.start, s.end) for s in entry.spans if s.source == source.name]
        for entry in entries
    }
    ordered = sorted(entries, key=lambda entry: (min(spans[entry.id]), entry.id))
    became = tuple(
        Became(n, entry, describe(entry, titles), _sort(entry), entry.id in proposed)
        for n, entry in enumerate(ordered, 1)
    )
    sentences = [s for s in reading.sentences if s.source == source.name] if reading else []
    cutter = _Cutter(text, became, {b.number: spans[b.entry.id] for b in became})
    return ReportView(source, tuple(cutter.passages(sentences)), became, bool(sentences))


def _sort(entry: AnyEntry) -> Kind:
    return SORTS.get(entry.kind, "other")


class _Cutter:
    """Cuts one text at the ends of its sentences and spans."""

    def __init__(
        self,
        text: str,
        became: Sequence[Became],
        spans: Mapping[int, Sequence[tuple[int, int]]],
    ) -> None:
        self.text, self.spans = text, spans
        self.sorts: dict[int, Kind] = {each.number: each.sort for each in became}
        self.cuts = sorted({end for found in spans.values() for span in found for end in span})

    def passages(self, sentences: Sequence[Sentence]) -> Iterable[Passage]:
        """The whole text in order; nothing is left out."""
        at = 0
        fresh = True
        for sentence in sorted(sentences, key=lambda each: each.start):
            start, end = max(sentence.start, at), max(sentence.end, at)
            if start > at:
                yield self._passage("", at, start)
                fresh = "\n\n" in self.text[at:start].replace("\r", "") or fresh
            yield self._passage(sentence.status, start, end, paragraph=fresh)
            at, fresh = end, False
        if at < len(self.text):
            yield self._passage("", at, len(self.text))

    def _passage(self, status: Status, start: int, end: int, *, paragraph: bool = False) -> Passage:
        ending = {
            number: [n for n, span in enumerate(spans) if start < span[1] <= end]
            for number, spans in self.spans.items()
        }
        ends = tuple(number for number, found in ending.items() if found)
        main = tuple(number for number in ends if 0 in ending[number])
        return Passage(status, self._pieces(start, end), ends, main, paragraph)

    def _pieces(self, start: int, end: int) -> tuple[Piece, ...]:
        ends = [start, *(cut for cut in self.cuts if start < cut < end), end]
        return tuple(self._piece(low, high) for low, high in pairwise(ends) if low < high)

    def _piece(self, low: int, high: int) -> Piece:
        numbers = tuple(
            number
            for number, spans in self.spans.items()
            if any(start <= low and high <= end for start, end in spans)
        )
        sorts = {self.sorts[number] for number in numbers}
        sort = next((each for each in KINDS if each in sorts), "")
        return Piece(self.text[low:high], numbers, sort)  # type: ignore[arg-type]
