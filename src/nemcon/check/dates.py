"""Reports of one event that put it on different days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple, TypeAlias

from nemcon.check.checked import Checked
from nemcon.check.reports import Others, Report, contradictions
from nemcon.check.words import days, quoted
from nemcon.entries import AnyEntry, Candidacy, Decision, Source, Term
from nemcon.findings import Finding
from nemcon.saying import listed, marked_each, say
from nemcon.state import confirmed
from nemcon.when import When
from nemcon.worlds.candidates import OUT
from nemcon.worlds.days import LAST, Range

Key: TypeAlias = tuple[str, ...]


class Event(NamedTuple):
    """One entry's report of an event. Events of one `key` are the same event, told again,
    unless something of the lane `across` can lie between; this one itself is in `lane`. What
    happens but once has no lanes.
    """

    key: Key
    lane: Key
    across: Key
    days: Range
    entry: AnyEntry


def contradicting_reports(checked: Checked) -> Iterator[Finding]:
    """Reports of one event that have no day in common."""
    reports: dict[Key, list[Report]] = defaultdict(list)
    lanes: dict[Key, list[Range]] = defaultdict(list)
    across: dict[Key, Key] = {}
    for event in _events(checked):
        if event.lane:
            lanes[event.lane].append(event.days)
        across[event.key] = event.across
        reports[event.key].append(Report(event.days, event.entry))
    for key, found in reports.items():
        if len(found) > 1:
            others = Others(lanes.get(across[key], ()))
            for first, second in contradictions(found, [others]):
                yield contradiction(checked, _event_words(checked, key), first, second)


def contradiction(checked: Checked, what: str, first: Report, second: Report) -> Finding:
    """The finding for two reports of one thing that cannot both be right."""
    dates = listed(
        say("{date} ({source})", date=days(report.days), source=checked.told(report.entry))
        for report in (first, second)
    )
    message = say(
        "reports of {what} contradict each other: {dates}; correct the one that is "
        "wrong, or widen its date",
        what=what,
        dates=dates,
    )
    return checked.finding("contradicting-dates", "warning", message, [first.entry, second.entry])


def _events(checked: Checked) -> Iterator[Event]:
    kinds = (_candidacies, _decisions, _memberships, _terms, _sources)
    return chain.from_iterable(kind(checked) for kind in kinds)


def _days(checked: Checked, entry: AnyEntry, when: When) -> Range:
    """The days of a date, no later than the entry was known where it has no last one."""
    low, high = checked.day_range(when)
    if high == LAST:
        known = checked.state.known_day(entry)
        high = known.toordinal() if known else LAST
    return min(low, high), high


def _candidacies(checked: Checked) -> Iterator[Event]:
    for entry in checked.state.all(Candidacy):
        if not confirmed(entry):
            continue
        who = ("candidacy", checked.matter_of(entry), entry.candidate)
        out = entry.change in OUT
        lane, across = (*who, str(out)), (*who, str(not out))
        # That somebody runs may be said on any day; and several may nominate one.
        by = entry.id if entry.change == "running" else ""
        by = by or (entry.by if entry.change == "nominated" else "")
        public = entry.public or (None if entry.told else entry.happened)
        for when, side in ((public, "public"), (entry.told, "told")):
            if when is not None:
                key = (*who, entry.change, by, side)
                yield Event(key, lane, across, _days(checked, entry, when), entry)


def _decisions(checked: Checked) -> Iterator[Event]:
    for entry in checked.state.all(Decision):
        if not confirmed(entry):
            continue
        what = (checked.matter_of(entry), entry.result, entry.candidate, entry.draft)
        if entry.happened is not None:
            low, high = _days(checked, entry, entry.happened)
            if entry.announced is not None:
                high = min(high, checked.day_range(entry.announced)[1])
            key = ("decision", "taken", *what)
            yield Event(key, (), (), (min(low, high), high), entry)
        for name in ("announced", "effective"):
            when = getattr(entry, name)
            if when is not None:
                yield Event(("decision", name, *what), (), (), _days(checked, entry, when), entry)


def _memberships(checked: Checked) -> Iterator[Event]:
    for member, changes in checked.state.memberships.items():
        for entry in changes:
            if confirmed(entry) and entry.happened and entry.change != "attributes":
                joins = entry.change in ("accession", "resumption")
                lane, across = (
                    ("membership", member, str(joins)),
                    ("membership", member, str(not joins)),
                )
                key = ("membership", member, entry.change)
                yield Event(key, lane, across, _days(checked, entry, entry.happened), entry)


def _terms(checked: Checked) -> Iterator[Event]:
    for entry in checked.state.all(Term):
        if not confirmed(entry):
            continue
        who = ("term", entry.office, entry.holder)
        for which, other, when in (("start", "end", entry.start), ("end", "start", entry.end)):
            if when is not None:
                key = (*who, which, str(entry.acting))
                yield Event(key, (*who, which), (*who, other), _days(checked, entry, when), entry)


def _sources(checked: Checked) -> Iterator[Event]:
    for entry in checked.state.all(Source):
        yield Event(("source", entry.name), (), (), checked.day_range(entry.date), entry)


_STEPS = marked_each(
    {
        "declared": "the declaration of {who}",
        "nominated": "the nomination of {who}",
        "accepted": "the acceptance of {who}",
        "declined": "the refusal of {who}",
        "withdrawn": "the withdrawal of {who}",
        "eliminated": "the elimination of {who}",
    }
)
_CHANGES = marked_each(
    {
        "accession": "the accession of {who}",
        "withdrawal": "the withdrawal of {who}",
        "suspension": "the suspension of {who}",
        "resumption": "the resumption of {who}",
    }
)
_ENDS = marked_each(
    {
        "start": "the start of the term of {who} as {office}",
        "end": "the end of the term of {who} as {office}",
    }
)
_DECISIONS = {
    "taken": say("when the decision was taken"),
    "announced": say("when the decision was announced"),
    "effective": say("when the decision takes effect"),
}


def _event_words(checked: Checked, key: Key) -> str:
    match key:
        case ("candidacy", _, candidate, change, _, side):
            step = say(_STEPS[change], who=checked.title(candidate))
            return say("when the body was told of {step}", step=step) if side == "told" else step
        case ("decision", part, *_):
            return _DECISIONS[part]
        case ("membership", member, change):
            return say(_CHANGES[change], who=checked.title(member))
        case ("term", office, holder, which, _):
            return say(_ENDS[which], who=checked.title(holder), office=checked.title(office))
    return say("the date of the source {key}", key=quoted(key[-1]))
