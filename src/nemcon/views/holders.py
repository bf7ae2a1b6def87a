"""Who held an office before: terms that ended, put together from what is told of their two ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, tzinfo

from nemcon.entries import Term
from nemcon.state import State, confirmed
from nemcon.views.phrases import source_words
from nemcon.when import When


@dataclass(frozen=True)
class Held:
    """One term that ended; `told_by` cites what tells of its start and of its end."""

    holder: str
    acting: bool
    start: When | None
    end: When
    told_by: tuple[str, ...]


def past_holders(state: State, office: str) -> tuple[Held, ...]:
    """The terms of an office that ended by the state's `on`, the latest first."""
    terms: dict[str, list[Term]] = defaultdict(list)
    for term in state.all(Term):
        if office and term.office == office and confirmed(term):
            terms[term.holder].append(term)
    last = state.on.last_day(state.zone) or date.max
    found = [
        _held(ended, told, state)
        for told in terms.values()
        for ended in _exact([t for t in told if t.end], "end", state.zone)
        if _days(ended.end, state.zone)[1] <= last
    ]
    found.sort(key=lambda held: (_days(held.end, state.zone), held.holder), reverse=True)
    return tuple(found)


def _held(ended: Term, told: Iterable[Term], state: State) -> Held:
    """The term with this end: it began at the last start that is told before it."""
    end = _days(ended.end, state.zone)[1]
    starts = _exact([t for t in told if t.start], "start", state.zone)
    before = [t for t in starts if _days(t.start, state.zone)[1] <= end]
    began = max(before, key=lambda t: _days(t.start, state.zone), default=None)
    assert ended.end is not None, "only terms with an end are asked about"
    by = [_told_by(term, state) for term in (began, ended) if term]
    return Held(
        ended.holder,
        ended.acting or bool(began and began.acting),
        began.start if began else None,
        ended.end,
        tuple(dict.fromkeys(filter(None, by))),
    )


def _exact(terms: Iterable[Term], name: str, zone: tzinfo) -> list[Term]:
    """Of terms that may tell of the same start or end, the one that tells it most exactly."""
    days = {term.id: _days(getattr(term, name), zone) for term in terms}
    ordered = sorted(terms, key=lambda term: (days[term.id][1] - days[term.id][0], term.id))
    kept: list[Term] = []
    for term in ordered:
        low, high = days[term.id]
        if not any(low <= days[k.id][1] and days[k.id][0] <= high for k in kept):
            kept.append(term)
    return kept


def _days(when: When | None, zone: tzinfo) -> tuple[date, date]:
    first, last = (when.first_day(zone), when.last_day(zone)) if when else (None, None)
    return first or date.min, last or date.max


def _told_by(term: Term, state: State) -> str:
    source = state.sources.get(term.source)
    return source_words(source) if source and not term.cite else term.cite
