"""Dates of one entry that are in the wrong order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import tzinfo
from functools import lru_cache
from typing import NamedTuple

from nemcon.check.checked import Checked
from nemcon.check.words import days, listed, quoted
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
    Source,
    Tally,
    Term,
)
from nemcon.findings import Finding
from nemcon.saying import marked, say, say_many
from nemcon.state import confirmed
from nemcon.worlds.days import LAST, day_range


class _Order(NamedTuple):
    first: str
    then: str
    words: str


_ORDERS: Mapping[type[Entry], _Order] = {
    Candidacy: _Order(
        "told",
        "public",
        *marked("the body was told on {first}, after it became public on {last}"),
    ),
    Reserve: _Order(
        "happened",
        "lifted",
        *marked("the reserve is dated {first}, after it was lifted on {last}"),
    ),
    Objection: _Order(
        "happened", "ended", *marked("the objection is dated {first}, after it ended on {last}")
    ),
    Decision: _Order(
        "happened",
        "announced",
        *marked("it was decided on {first}, after the announcement on {last}"),
    ),
    Credential: _Order(
        "happened", "end", *marked("the credential starts on {first}, after it ends on {last}")
    ),
    Rule: _Order("start", "end", *marked("the rule starts on {first}, after it ends on {last}")),
}
# What an entry tells as a fact, by the names of its dates.
_TOLD: Mapping[type[Entry], tuple[str, ...]] = {
    Candidacy: ("happened", "told", "public"),
    Decision: ("happened", "announced"),
    Meeting: ("happened",),
    Membership: ("happened",),
    Objection: ("happened", "ended"),
    Position: ("happened", "condition_met", "confirmed"),
    Reserve: ("happened", "lifted"),
    Tally: ("happened",),
    Term: ("start", "end"),
}


def dates_in_order(checked: Checked) -> Iterator[Finding]:
    """Entries of which one date is certainly after another that cannot come before it."""
    for entry in checked.all(*_ORDERS):
        order = _ORDERS[type(entry)]
        first, then = getattr(entry, order.first), getattr(entry, order.then)
        if first and then and first.after(then, checked.zone):
            yield _out_of_order(
                checked, entry, order.then, say(order.words, first=first, last=then)
            )
    for matter in checked.state.all(Matter):
        for part in matter.completeness:
            if part.start and part.end and part.start.after(part.end, checked.zone):
                words = say(
                    "the record is said to be complete from {start} to {end}",
                    start=part.start,
                    end=part.end,
                )
                yield _out_of_order(checked, matter, "completeness", words)


def _out_of_order(checked: Checked, entry: AnyEntry, name: str, words: str) -> Finding:
    message = say("{words}; correct one of the two dates", words=words)
    return checked.finding("dates-out-of-order", "error", message, [entry], name)


def told_before_it_happened(checked: Checked) -> Iterator[Finding]:
    """Facts that were known before the day on which they happened: plans, or wrong dates."""
    for entry in checked.all(*_TOLD):
        source = checked.state.sources.get(entry.source)
        if not _rests_on_source(entry):
            for name, known in _told_early(entry, source, checked.zone):
                yield _too_early(checked, entry, name, known)


def _rests_on_source(entry: AnyEntry) -> bool:
    """Whether only its source says when a coming or going was known."""
    return isinstance(entry, Membership) and entry.known is None


def memberships_after_their_source(checked: Checked) -> Iterator[Finding]:
    """Comings and goings dated after their source: once for each source, as most often the source
    at the top of a file, the statutes, was meant for other entries.
    """
    early: dict[str, list[AnyEntry]] = defaultdict(list)
    for entry in filter(_rests_on_source, checked.all(Membership)):
        if _told_early(entry, checked.state.sources.get(entry.source), checked.zone):
            early[entry.source].append(entry)
    for source, entries in sorted(early.items()):
        known = _known(entries[0], checked.state.sources.get(source), checked.zone)
        dates = sorted({str(entry.happened) for entry in entries})
        message = say_many(
            "{source} was known on {known}, and {n:,} membership that rests on it is dated "
            "{dates}; name the 'source' that tells it, or write in 'known' since when it is known "
            "(modality = {planned} only for one that was to come)",
            "{source} was known on {known}, and {n:,} memberships that rest on it are dated "
            "{dates}; name the 'source' that tells them, or write in 'known' since when they are "
            "known (modality = {planned} only for those that were to come)",
            len(entries),
            source=quoted(source),
            known=days((known, known)),
            n=len(entries),
            dates=listed(dates),
            planned='"planned"',
        )
        yield checked.finding("told-before-it-happened", "warning", message, entries, "source")


@lru_cache(maxsize=32_768)
def _told_early(
    entry: AnyEntry, source: Source | None, zone: tzinfo
) -> tuple[tuple[str, int], ...]:
    """The names of the facts that come after the day from which they were known, and that day."""
    known = _known(entry, source, zone) if confirmed(entry) else LAST
    # A day's grace: a source may be dated in another time zone than the body's.
    latest = known + 1
    facts = [(name, getattr(entry, name)) for name in _facts(entry)]
    return tuple([(n, known) for n, when in facts if when and day_range(when, zone)[0] > latest])


def _facts(entry: AnyEntry) -> tuple[str, ...]:
    """The names of the dates that an entry tells as facts."""
    if isinstance(entry, Decision) and entry.effective_confirmed:
        return (*_TOLD[Decision], "effective")
    return _TOLD[type(entry)]


def _known(entry: AnyEntry, source: Source | None, zone: tzinfo) -> int:
    """The day from which an entry says, or its source shows, that it was known."""
    when = entry.known or (source.date if source else None)
    return day_range(when, zone)[1]


def _too_early(checked: Checked, entry: AnyEntry, name: str, known: int) -> Finding:
    by = checked.told(entry) if entry.source and entry.known is None else say("this entry")
    if name not in ("happened", "start", "end"):
        message = say(
            "{by} was known on {known} and tells as a fact what is dated {date} in '{field}'; "
            "correct the date, or leave it out until a source says that it has come",
            by=by,
            known=days((known, known)),
            date=getattr(entry, name),
            field=name,
        )
        return checked.finding("told-before-it-happened", "warning", message, [entry], name)
    message = say(
        "{by} was known on {known} and tells as a fact what is dated {date}; write "
        'modality = "planned", or correct the date',
        by=by,
        known=days((known, known)),
        date=getattr(entry, name),
    )
    return checked.finding("told-before-it-happened", "warning", message, [entry], name)
