"""Dates of a record as an iCalendar file (RFC 5545): hand-overs, decisions, meetings, deadlines.

An uncertain date is an event of whole days that spans all of it, with the date in words: it is no
promise that the thing lasts so long. The UID of an event stays when its date is corrected.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from nemcon.entries import AnyEntry, Correction, Decision, Meeting, Silence
from nemcon.findings import Finding
from nemcon.state import State, confirmed
from nemcon.tables.handovers import changes, handed_over, office_of
from nemcon.views.dates import on_words, when_words
from nemcon.views.phrases import Titles, named, possessive, source_words, the
from nemcon.views.status import titles_of
from nemcon.when import When

if TYPE_CHECKING:
    from icalendar import Event


@dataclass(frozen=True)
class Happening:
    """One event to be: what, when, whether it is sure to be meant, and from which entries."""

    key: tuple[str, ...]
    when: When
    summary: str
    entries: tuple[AnyEntry, ...]
    tentative: bool = False
    cancelled: bool = False
    place: str = ""
    note: str = ""


def calendar(
    entries: Iterable[AnyEntry], state: State, stamp: datetime
) -> tuple[bytes, list[Finding], int]:
    """The calendar, findings, and the number of events. `stamp` is when it was made (UTC).

    Findings: `no-date` for what has no date at all, `nothing-dated` for an empty calendar.
    """
    import icalendar  # slow to import

    matters = {name: state.matter_title(name) or name for name in state.matters}
    titles = {**matters, **titles_of(state)}
    found = list(happenings(tuple(entries), state, titles))
    out = icalendar.Calendar()
    out.add("prodid", "-//nemcon//nemcon export//EN")
    out.add("version", "2.0")
    if state.body:
        out.add("x-wr-calname", state.body.title)
    findings: list[Finding] = []
    number = 0
    for each in found:
        if each.when.earliest is None and each.when.latest is None:
            ids = tuple(entry.id for entry in each.entries)
            message = f"'{each.summary}' has no date, so it is not in the calendar"
            findings.append(Finding("no-date", "note", message, ids))
            continue
        out.add_component(_event(each, state, stamp))
        number += 1
    if not number:
        message = (
            "nothing here has a date for a calendar: no terms of office, decisions that take "
            "effect, meetings or silence deadlines"
        )
        findings.append(Finding("nothing-dated", "note", message))
    return out.to_ical(), findings, number


def happenings(entries: Sequence[AnyEntry], state: State, titles: Titles) -> Iterator[Happening]:
    """What the entries say that a calendar holds, in the order of its keys."""
    found = [
        *_terms(entries, state, titles),
        *_decisions(entries, state, titles),
        *_meetings(entries, state, titles),
        *_deadlines(entries, state, titles),
    ]
    return iter(sorted(found, key=lambda each: each.key))


def _terms(entries: Sequence[AnyEntry], state: State, titles: Titles) -> Iterator[Happening]:
    """Starts and ends of terms; a hand-over on one day is one event."""
    found = changes(entries, state)
    pairs = handed_over(found, state)
    told = {id(end) for end in pairs.values()}
    for n, each in enumerate(found):
        if id(each) in told:
            continue
        end = pairs.get(n)
        who, what = named(each.holder, titles), named(each.office, titles)
        what = f"acting {what}" if each.acting else what
        if end is not None:
            summary = f"{who} succeeds {named(end.holder, titles)} as {what}"
        elif each.side == "end":
            summary = f"End of {possessive(who)} term as {what}"
        else:
            summary = f"{who} takes office as {what}"
        number = f"acting {each.number}" if each.acting else str(each.number)
        yield Happening(
            ("term", each.body, each.office, each.holder, each.side, number),
            each.when,
            summary if each.sure else f"Planned: {summary}",
            (*each.entries, *(end.entries if end else ())),
            tentative=not each.sure,
            cancelled=each.called_off,
            note="It was denied after it was planned." if each.called_off else "",
        )


def _decisions(entries: Sequence[AnyEntry], state: State, titles: Titles) -> Iterator[Happening]:
    """When decisions take effect: once a decision. Those that give an office are in `_terms`."""
    told: dict[tuple[str, ...], list[Decision]] = {}
    for entry in entries:
        if not isinstance(entry, Decision) or entry.modality == "denied":
            continue
        if entry.effective and not office_of(entry, state):
            key = ("effective", entry.body, entry.matter, entry.candidate, entry.draft)
            told.setdefault(key, []).append(entry)
    for event, decisions in told.items():
        sure = [each for each in decisions if each.effective_confirmed and confirmed(each)]
        when: When | None = None
        for each in sure or decisions:
            assert each.effective is not None, "only those with a day"
            # Where two sources disagree, the day is somewhere in the range of both.
            when = each.effective if when is None else _either(when, each.effective, state)
        assert when is not None, "there is at least one"
        first = decisions[0]
        matter = named(first.matter, titles)
        what = f"{named(first.candidate, titles)}, {matter}" if first.candidate else matter
        summary = (
            f"Decision takes effect ({what})"
            if sure
            else f"Planned: decision takes effect ({what})"
        )
        yield Happening(event, when, summary, tuple(decisions), tentative=not sure)


def _either(one: When, other: When, state: State) -> When:
    """The dates that both allow; if there is none, all from the first to the last of them."""
    both = one.overlap(other, state.zone)
    if both is not None:
        return both
    first, last = sorted([one, other], key=_first)
    return When.between(first.first_day(state.zone), last.last_day(state.zone))


def _first(when: When) -> date:
    return when.first_day() or when.last_day() or date.min


def _meetings(entries: Sequence[AnyEntry], state: State, titles: Titles) -> Iterator[Happening]:
    seen: set[tuple[str, str, str]] = set()
    for entry in entries:
        if not isinstance(entry, Meeting) or entry.happened is None:
            continue
        one = (entry.organ, entry.happened.text, entry.place)
        if one in seen:
            continue
        seen.add(one)
        summary = f"Meeting of {the(entry.organ, titles)}"
        level = f" ({entry.level})" if entry.level else ""
        yield Happening(
            ("meeting", entry.body, _root(entry, state)),
            entry.happened,
            summary + level,
            (entry,),
            tentative=entry.modality in ("planned", "conditional"),
            cancelled=entry.modality == "denied",
            place=named(entry.place, titles),
        )


def _root(entry: AnyEntry, state: State) -> str:
    """The id of the first entry of the chain of corrections that an entry is the last of."""
    before = {c.replacement: c.corrects for c in state.all(Correction) if c.replacement}
    ident, seen = entry.id, set[str]()
    while ident in before and ident not in seen:
        seen.add(ident)
        ident = before[ident]
    return ident


def _deadlines(entries: Sequence[AnyEntry], state: State, titles: Titles) -> Iterator[Happening]:
    """The deadline of each silence procedure, as it was set last."""
    steps: dict[tuple[str, str, str], list[Silence]] = {}
    for entry in entries:
        if isinstance(entry, Silence):
            steps.setdefault((entry.body, entry.matter, entry.draft), []).append(entry)
    for (body, matter, draft), of in sorted(steps.items()):
        of = sorted(of, key=lambda step: (_at(step, state), step.id))
        dated = [step for step in of if step.deadline and step.change in ("opened", "extended")]
        if not dated:
            continue
        last = dated[-1]
        assert last.deadline is not None, "only those with a deadline"
        changes = {step.change for step in of}
        about = named(draft or matter, titles)
        state_words = next(
            (
                words
                for change, words in (
                    ("broken", "Silence was broken."),
                    ("passed", "Silence has passed."),
                    ("suspended", "Silence is suspended." if "resumed" not in changes else ""),
                )
                if change in changes and words
            ),
            "",
        )
        yield Happening(
            ("silence", body, matter, draft),
            last.deadline,
            f"Silence deadline: {about}",
            tuple(of),
            tentative=state_words.endswith("suspended."),
            cancelled="broken" in changes,
            note=state_words,
        )


def _at(step: Silence, state: State) -> datetime:
    when = step.happened or step.known or step.deadline
    bound = when.latest or when.earliest if when else None
    if isinstance(bound, datetime):
        return bound
    if bound is None:
        return datetime.min.replace(tzinfo=UTC)
    return datetime(bound.year, bound.month, bound.day, tzinfo=state.zone)


def _event(each: Happening, state: State, stamp: datetime) -> Event:
    import icalendar

    event = icalendar.Event()
    event.add("uid", f"{hashlib.sha256(chr(31).join(each.key).encode()).hexdigest()[:32]}@nemcon")
    event.add("dtstamp", stamp.astimezone(UTC).replace(microsecond=0))
    low, high = each.when.earliest, each.when.latest
    summary = each.summary
    if low == high and isinstance(low, datetime):
        event.add("dtstart", low.astimezone(UTC))
    else:
        first, last = each.when.first_day(state.zone), each.when.last_day(state.zone)
        first, last = first or last, last or first
        assert first is not None, "undated ones are left out"
        assert last is not None, "as its first day is not"
        event.add("dtstart", first)
        if last < date.max:
            event.add("dtend", last + timedelta(days=1))
    if low != high:
        summary = f"{summary} ({when_words(each.when)})"
        event.add("transp", "TRANSPARENT")
    event.add("summary", summary)
    if each.cancelled:
        event.add("status", "CANCELLED")
    else:
        event.add("status", "TENTATIVE" if each.tentative else "CONFIRMED")
    if each.place:
        event.add("location", each.place)
    event.add("description", "\n".join(_described(each, state)))
    return event


def _described(each: Happening, state: State) -> Iterator[str]:
    """The date in words, with the zone of the body, and the sources."""
    if each.note:
        yield each.note
    if each.when.certain and isinstance(each.when.earliest, datetime):
        local = each.when.earliest.astimezone(state.zone)
        zone = state.body.zone if state.body else "UTC"
        yield f"{local:%H:%M} ({zone}), {on_words(each.when)}"
    elif not each.when.certain:
        yield f"The date is not certain: {on_words(each.when)}"
    sources = state.sources
    told = dict.fromkeys(
        source_words(sources[e.source]) if e.source in sources else e.cite for e in each.entries
    )
    for words in told:
        if words:
            yield f"Source: {words}"
