"""Dates of one entry that are in the wrong order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from nemcon.check.checked import Checked
from nemcon.check.words import days
from nemcon.entries import (
    AnyEntry,
    Candidacy,
    Credential,
    Decision,
    Entry,
    Matter,
    Meeting,
    Membership,
    Objection,
    Position,
    Reserve,
    Rule,
    Tally,
    Term,
)
from nemcon.findings import Finding
from nemcon.state import confirmed
from nemcon.worlds.days import LAST


class _Order(NamedTuple):
    first: str
    then: str
    words: str


_ORDERS: Mapping[type[Entry], _Order] = {
    Candidacy: _Order("told", "public", "the body was told on {}, after it became public on {}"),
    Reserve: _Order("happened", "lifted", "the reserve is dated {}, after it was lifted on {}"),
    Objection: _Order("happened", "ended", "the objection is dated {}, after it ended on {}"),
    Decision: _Order("happened", "announced", "it was decided on {}, after the announcement on {}"),
    Credential: _Order("happened", "end", "the credential starts on {}, after it ends on {}"),
    Rule: _Order("start", "end", "the rule starts on {}, after it ends on {}"),
}
_TOLD = (Candidacy, Decision, Meeting, Membership, Objection, Position, Reserve, Tally)


def dates_in_order(checked: Checked) -> Iterator[Finding]:
    """Entries of which one date is certainly after another that cannot come before it."""
    for entry in checked.all(*_ORDERS):
        order = _ORDERS[type(entry)]
        first, then = getattr(entry, order.first), getattr(entry, order.then)
        if first and then and first.after(then, checked.zone):
            yield _out_of_order(checked, entry, order.then, order.words.format(first, then))
    for matter in checked.state.all(Matter):
        for part in matter.completeness:
            if part.start and part.end and part.start.after(part.end, checked.zone):
                words = f"the record is said to be complete from {part.start} to {part.end}"
                yield _out_of_order(checked, matter, "completeness", words)


def _out_of_order(checked: Checked, entry: AnyEntry, name: str, words: str) -> Finding:
    message = f"{words}; correct one of the two dates"
    return checked.finding("dates-out-of-order", "error", message, [entry], name)


def told_before_it_happened(checked: Checked) -> Iterator[Finding]:
    """Facts that were known before the day on which they happened: plans, or wrong dates."""
    for entry in checked.all(*_TOLD, Term):
        known = _known(checked, entry) if confirmed(entry) else LAST
        for name in ("start", "end") if isinstance(entry, Term) else ("happened",):
            when = getattr(entry, name)
            if when is None:
                continue
            span = checked.days(entry) if name == "happened" else checked.day_range(when)
            # A day's grace: a source may be dated in another time zone than the body's.
            if span[0] > known + 1:
                yield _too_early(checked, entry, name, known)


def _known(checked: Checked, entry: AnyEntry) -> int:
    """The day from which an entry says, or its source shows, that it was known."""
    if entry.known is None and entry.source not in checked.state.sources:
        return LAST
    day = checked.state.known_day(entry)
    return day.toordinal() if day else LAST


def _too_early(checked: Checked, entry: AnyEntry, name: str, known: int) -> Finding:
    by = checked.told(entry) if entry.source and entry.known is None else "this entry"
    message = (
        f"{by} was known on {days((known, known))} and tells as a fact what is dated "
        f'{getattr(entry, name)}; write modality = "planned", or correct the date'
    )
    return checked.finding("told-before-it-happened", "warning", message, [entry], name)
