"""The dates of what is said of one matter: each by name, as tied to the events that date it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo

from nemcon.entries import AnyEntry
from nemcon.findings import Finding
from nemcon.saying import say
from nemcon.state import State
from nemcon.when import When
from nemcon.worlds.days import (
    Domain,
    Point,
    Timing,
    clip,
    day_range,
    instant,
    meet,
    open_links,
)


class Dates:
    """Collects the dates of events and claims: `timings` by name, and `findings`: dates tied to
    events that nobody reports, or that the event's date excludes.
    """

    def __init__(self, state: State, zone: tzinfo, events: Mapping[str, Timing]) -> None:
        """`events` are the dates of the events by which others are dated."""
        self.zone = zone
        self.timings = dict(events)
        self.findings: list[Finding] = []
        self._state = state
        self._stated: dict[str, tuple[Point, Point]] = {}

    def register(
        self, entry: AnyEntry, when: When | None, name: str, *, at_end: bool, linked: bool = True
    ) -> str:
        """Keep a date of an entry, which is its `name`, and give what it is called here.

        `at_end`: what is so at the end of its day, else what happens at some instant of it;
        `linked`: whether the events count that the entry is dated by.
        """
        key = f"{entry.id}/{name}"
        when = when or self.until_known(entry)
        domain: Domain = (day_range(when, self.zone),)
        moment = instant(when, self.zone)
        before, after = (entry.before, entry.after) if linked else ("", "")
        if before or after:
            stated = Timing(domain, at_end, moment)
            self._stated[key] = stated.first, stated.last
        for link in filter(None, (before, after)):
            if not self._dates(link):
                self.findings.append(_no_anchor(entry, link))
        before = before if self._dates(before) else ""
        later = (after,) if self._dates(after) else ()
        if before and at_end:
            domain, moment = self._with(domain, self.timings[before].domain), None
        elif before:
            domain = clip(domain, high=self.timings[before].domain[-1][1])
        if later:
            domain = clip(domain, low=self.timings[after].domain[0][0])
        if not domain:
            self.findings.append(_off_anchor(entry))
        tied, until = (before, ()) if at_end else ("", (before,) if before else ())
        timing = Timing(domain, at_end, moment, tied, later, until)
        self.timings[key] = open_links(timing, self.timings) if domain else timing
        return key

    def _dates(self, event: str) -> bool:
        """Whether the event is one that other things can be dated by."""
        return event in self.timings and self.timings[event].reported

    @staticmethod
    def _with(domain: Domain, event: Domain) -> Domain:
        """The days of an event that a claim's own date allows; empty if there are none."""
        met = (meet(a, b) for a in domain for b in event)
        return tuple(sorted({part for part in met if part}))

    def until_known(self, entry: AnyEntry) -> When:
        """The days up to that on which the entry was known."""
        day = self._state.known_day(entry)
        return When.between(None, day) if day else When.parse("../..")

    def told(self, timing: str) -> tuple[Point, Point]:
        """The earliest and the latest that a claim can be by its own date, whatever dates it."""
        return self._stated.get(timing) or (self.timings[timing].first, self.timings[timing].last)


def _no_anchor(entry: AnyEntry, link: str) -> Finding:
    return Finding(
        "unknown-event",
        "warning",
        say(
            "this {kind} is dated by '{link}', an event that nothing here reports, so it "
            "keeps its own date; report it, or correct the link",
            kind=say(entry.kind),
            link=link,
        ),
        (entry.id,),
    )


def _off_anchor(entry: AnyEntry) -> Finding:
    return Finding(
        "event-date-differs",
        "warning",
        say(
            "this {kind} is dated outside the days that the event '{event}' leaves it; it "
            "is left out: check both dates",
            kind=say(entry.kind),
            event=entry.before or entry.after,
        ),
        (entry.id,),
    )
