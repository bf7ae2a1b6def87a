"""Proposals on review: each with the words of its report, and what became of it so far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal, TypeAlias

from nemcon.entries import AnyEntry, Confirmation, Correction, Rejection, Source, Span, to_dict
from nemcon.state import Logged, answers, taken_back
from nemcon.views.dates import when_words
from nemcon.views.phrases import named, source_words
from nemcon.views.report import SORTS, Kind
from nemcon.views.tongue import _, marked
from nemcon.views.words import describe

Became: TypeAlias = Literal["open", "accepted", "mended", "rejected"]

_MODALITY = {
    "asserted": "",
    "reported": "told on somebody's word",
    "planned": "announced, not done",
    "conditional": "on a condition",
    "denied": "denied",
}
_BASIS = {
    "stated": "",
    "relative": "worked out from the words of the report",
    "inferred-year": "its year inferred",
    "report-date": "the date of the report",
}
marked(
    "told on somebody's word",
    "announced, not done",
    "on a condition",
    "denied",
    "its year inferred",
)
marked("worked out from the words of the report", "the date of the report")
marked("kind", "date", "how it is said", "by the word of")
_AROUND = 400  # characters of the report before and after a quotation


@dataclass(frozen=True)
class Decision:
    """What somebody decided on a proposal: `answer` is the id that an undo names.

    `acts` are the ids of all entries that were written for it.
    """

    became: Became
    proposal: str
    answer: str
    acts: tuple[str, ...]
    replacement: str
    by: str
    reason: str
    recorded: datetime | None


@dataclass(frozen=True)
class Proposed:
    """One proposal. `number` counts those of its report, from 1; `of` is how many there are.

    `before`, `quote` and `after` are the words of the report; without its text `before` and
    `after` are empty. `said` is what a reader of the report makes of it, `facts` how sure it is.
    """

    entry: AnyEntry
    number: int
    of: int
    said: str
    sort: Kind
    source: str
    start: int
    end: int
    before: str
    quote: str
    after: str
    facts: tuple[tuple[str, str], ...]
    decision: Decision | None
    instead: str

    @property
    def id(self) -> str:
        """The id of the proposal."""
        return self.entry.id

    @property
    def became(self) -> Became:
        """What became of it."""
        return self.decision.became if self.decision else "open"


@dataclass(frozen=True)
class Pile:
    """The proposals of one report, in the order of its words; of none, `source` is None."""

    source: Source | None
    text: str
    proposals: tuple[Proposed, ...]

    @property
    def name(self) -> str:
        """The name of the report; empty for proposals that rest on none."""
        return self.source.name if self.source else ""

    @property
    def title(self) -> str:
        """The report, for people."""
        return source_words(self.source) if self.source else _("Entries without a report")

    @property
    def open(self) -> tuple[Proposed, ...]:
        """Those that wait for an answer."""
        return tuple(each for each in self.proposals if each.decision is None)


@dataclass(frozen=True)
class ReviewView:
    """All proposals of a record by their reports, the oldest first, and the last decision."""

    piles: tuple[Pile, ...]
    last: Decision | None
    titles: Mapping[str, str]

    @property
    def proposals(self) -> tuple[Proposed, ...]:
        """All of them, in order."""
        return tuple(each for pile in self.piles for each in pile.proposals)

    @property
    def open(self) -> tuple[Proposed, ...]:
        """Those that wait for an answer, in order."""
        return tuple(each for pile in self.piles for each in pile.open)

    def find(self, ident: str) -> Proposed | None:
        """The proposal with this id."""
        return next((each for each in self.proposals if each.id == ident), None)

    def pile_of(self, ident: str) -> Pile | None:
        """The report of a proposal."""
        return next((p for p in self.piles if any(each.id == ident for each in p.proposals)), None)

    def next_open(self, after: str) -> Proposed | None:
        """The next that waits after a proposal; in its report first, and from its top."""
        here = self.pile_of(after)
        order = [*(here.proposals if here else ())]
        place = next((n for n, each in enumerate(order) if each.id == after), -1)
        order = [*order[place + 1 :], *order[: place + 1], *self.proposals]
        return next((each for each in order if each.decision is None), None)

    def to_json(self) -> dict[str, Any]:
        """The view as plain values."""
        return {
            "open": len(self.open),
            "reports": [
                {
                    "source": pile.name or None,
                    "title": pile.title,
                    "open": len(pile.open),
                    "proposals": [_json(each) for each in pile.proposals],
                }
                for pile in self.piles
            ],
        }


def _json(each: Proposed) -> dict[str, Any]:
    decision = each.decision
    return {
        "id": each.id,
        "kind": each.entry.kind,
        "number": each.number,
        "of": each.of,
        "said": each.said,
        "became": each.became,
        "by": decision.by or None if decision else None,
        "reason": decision.reason or None if decision else None,
        "recorded": decision.recorded.isoformat() if decision and decision.recorded else None,
        "instead": (decision.replacement or None) if decision else None,
        "entry": to_dict(each.entry),
        "span": {"source": each.source, "start": each.start, "end": each.end, "quote": each.quote}
        if each.quote
        else None,
    }


def review(
    items: Iterable[Logged], texts: Mapping[str, str], titles: Mapping[str, str]
) -> ReviewView:
    """What there is to review in a record of `items`; `texts` holds the reports by name."""
    items = tuple(items)
    entries = {item.entry.id: item.entry for item in items}
    sources = {e.name: e for e in entries.values() if isinstance(e, Source)}
    made = decisions(items)
    piles: dict[str, list[AnyEntry]] = defaultdict(list)
    for item in {item.entry.id: item for item in items if item.proposed}.values():
        name = _place(item.entry).source
        piles[name if name in sources else ""].append(item.entry)
    last = {each.proposal: each for each in made}
    given = answers(items)
    for each in made:  # a mending may have confirmed another proposal
        answer = given.get(each.replacement)
        if answer and answer.entry.id in each.acts:
            last[each.replacement] = replace(
                each, became="accepted", proposal=each.replacement, replacement=""
            )
    found = []
    for name in sorted(piles, key=lambda n: (n == "", str(sources[n].date) if n else "", n)):
        text = texts.get(name, "")
        ordered = sorted(piles[name], key=lambda e: (_place(e).start, -_place(e).end, e.id))
        proposals = tuple(
            _proposed(e, n, len(ordered), text, last.get(e.id), entries, titles)
            for n, e in enumerate(ordered, 1)
        )
        found.append(Pile(sources.get(name), text, proposals))
    return ReviewView(tuple(found), made[-1] if made else None, titles)


def _place(entry: AnyEntry) -> Span:
    return entry.spans[0] if entry.spans else Span(entry.source, 0, 0, "")


def _proposed(
    entry: AnyEntry,
    number: int,
    of: int,
    text: str,
    decision: Decision | None,
    entries: Mapping[str, AnyEntry],
    titles: Mapping[str, str],
) -> Proposed:
    span = _place(entry)
    there = bool(span.quote) and text[span.start : span.end] == span.quote
    instead = entries.get(decision.replacement) if decision else None
    return Proposed(
        entry=entry,
        number=number,
        of=of,
        said=describe(entry, titles),
        sort=SORTS.get(entry.kind, "other"),
        source=span.source,
        start=span.start,
        end=span.end,
        before=_before(text, span.start) if there else "",
        quote=span.quote,
        after=_after(text, span.end) if there else "",
        facts=tuple(_facts(entry, titles)),
        decision=decision,
        instead=describe(instead, titles) if instead else "",
    )


def _before(text: str, start: int) -> str:
    """What stands before, from the beginning of its paragraph or of a word."""
    part = text[max(0, start - _AROUND) : start]
    _, paragraph, rest = part.rpartition("\n\n")
    part = rest if paragraph else part
    if paragraph or start <= _AROUND:
        return part.lstrip("\n")
    return "… " + part.partition(" ")[2]


def _after(text: str, end: int) -> str:
    part = text[end : end + _AROUND]
    rest, paragraph, _ = part.partition("\n\n")
    if paragraph or end + _AROUND >= len(text):
        return rest.rstrip("\n")
    return rest.rpartition(" ")[0] + " …"


def _facts(entry: AnyEntry, titles: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """What a person must know to judge it, beside its sentence."""
    yield "kind", entry.kind
    if entry.happened is not None:
        basis = _BASIS[entry.basis]
        yield "date", f"{when_words(entry.happened)}{f' ({_(basis)})' if basis else ''}"
    if said := _MODALITY[entry.modality]:
        yield "how it is said", _(said)
    if entry.speaker:
        yield "by the word of", named(entry.speaker, titles)


def decisions(items: Iterable[Logged]) -> list[Decision]:
    """The decisions on proposals that hold, and those they went before, in the order of the log.

    A rejection with a correction of the same instant is a mending; what was taken back is none.
    """
    items = sorted(items, key=lambda item: item.sequence or 0)
    back = taken_back(items)
    gone = {i.entry.corrects for i in items if isinstance(i.entry, Correction) and not i.proposed}
    mended = {
        (i.entry.corrects, str(i.entry.happened)): i.entry
        for i in items
        if isinstance(i.entry, Correction) and i.entry.id not in gone
    }
    proposed = {item.entry.id for item in items if item.proposed}
    given = [i for i in items if isinstance(i.entry, Confirmation | Rejection)]
    out: list[Decision] = []
    helping: set[str] = set()
    for item in given:
        if item.entry.id in back or not isinstance(item.entry, Rejection):
            continue
        if correction := mended.get((item.entry.rejects, str(item.entry.happened))):
            helping |= _helping(given, item.entry, correction)
    for item in given:
        entry = item.entry
        assert isinstance(entry, Confirmation | Rejection)
        target = entry.confirms if isinstance(entry, Confirmation) else entry.rejects
        if entry.id in back or entry.id in helping or target not in proposed:
            continue
        out.append(_decision(item, target, mended, given))
    return out


def _helping(
    given: Sequence[Logged], rejection: Rejection, correction: Correction
) -> frozenset[str]:
    """Confirmations that belong to a mending: of another proposal that says what was meant."""
    return frozenset(
        i.entry.id
        for i in given
        if isinstance(i.entry, Confirmation)
        and i.entry.happened == rejection.happened
        and i.entry.by == rejection.by
        and correction.replacement in ("", i.entry.confirms)
    )


def _decision(
    item: Logged,
    target: str,
    mended: Mapping[tuple[str, str], Correction],
    given: Sequence[Logged],
) -> Decision:
    entry = item.entry
    assert isinstance(entry, Confirmation | Rejection)
    if isinstance(entry, Confirmation):
        acts: tuple[str, ...] = (entry.id,)
        return Decision("accepted", target, entry.id, acts, "", entry.by, "", item.recorded)
    correction = mended.get((target, str(entry.happened)))
    if correction is None:
        return Decision(
            "rejected", target, entry.id, (entry.id,), "", entry.by, entry.reason, item.recorded
        )
    helping = _helping(given, entry, correction)
    confirmed = {i.entry.confirms for i in given if isinstance(i.entry, Confirmation)
                 and i.entry.id in helping}  # fmt: skip
    return Decision(
        "mended",
        target,
        entry.id,
        (*sorted(helping), correction.id, entry.id),
        correction.replacement or min(confirmed, default=""),
        entry.by,
        correction.reason,
        item.recorded,
    )
