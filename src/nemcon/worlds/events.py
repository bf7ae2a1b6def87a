"""The dates of events, tightened by what is said to come after or before what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from nemcon.entries import AnyEntry, Candidacy, Decision, Expectation, Term, event_key
from nemcon.state import State, confirmed
from nemcon.worlds.days import FIRST, LAST, Range, Timing, clip, day_range, open_links
from nemcon.worlds.reports import timing_of
from nemcon.worlds.roll import comings_and_goings


def register_timings(state: State) -> Mapping[str, Timing]:
    """The date of each event that the register reports: memberships and terms."""
    return state.once("register timings", lambda: event_timings(state, ()))


def event_timings(
    state: State, entries: Sequence[AnyEntry], *, register: bool = True, terms: bool = True
) -> dict[str, Timing]:
    """The date of each event that entries of the matter, or the register, report; of the register
    without `terms` only comings and goings.
    """
    reports: dict[str, list[AnyEntry]] = defaultdict(list)
    own = [e for e in entries if isinstance(e, Candidacy | Decision)]
    for entry in [*own, *(state.all(Term) if register and terms else ())]:
        if confirmed(entry):
            for key in event_key(entry):
                reports[key].append(entry)
    hopes = _hopes(state, entries)
    timings = {key: timing_of(key, found, hopes, state) for key, found in reports.items()}
    after: dict[str, set[str]] = defaultdict(set)
    until: dict[str, set[str]] = defaultdict(set)
    for move in comings_and_goings(state) if register else ():
        hoped = move.name in hopes
        timings[move.name] = (
            timing_of(move.name, move.reports, hopes, state) if hoped else move.timing
        )
        reports[move.name].extend(move.reports)
        after[move.name] |= {move.follows} - {""}
    for key, entries_of_event in reports.items():
        after[key] |= {e.after for e in entries_of_event if e.after}
        until[key] |= {e.before for e in entries_of_event if e.before}
    return _linked(timings, after, until)


def _hopes(state: State, entries: Sequence[AnyEntry]) -> dict[str, list[Range]]:
    """For each event the days that those who still expected it leave for it."""
    hopes: dict[str, list[Range]] = defaultdict(list)
    for hope in entries:
        if isinstance(hope, Expectation) and confirmed(hope):
            hopes[hope.expects].append((day_range(hope.happened, state.zone)[0] + 1, LAST))
    return hopes


def _linked(
    timings: dict[str, Timing],
    after: Mapping[str, set[str]],
    until: Mapping[str, set[str]],
) -> dict[str, Timing]:
    """Tighten events that are said to come after or before others, and those others with them."""
    for key, timing in timings.items():
        later, sooner = (_known_links(key, links, timings) for links in (after, until))
        timings[key] = timing._replace(after=later, until=sooner)
    before: dict[str, Timing] = {}
    while before != timings:
        before = dict(timings)
        for key, timing in before.items():
            for link in timing.after:
                _tighten(timings, key, low=timings[link].domain[0][0])
                _tighten(timings, link, high=timings[key].domain[-1][1])
            for link in timing.until:
                _tighten(timings, key, high=timings[link].domain[-1][1])
                _tighten(timings, link, low=timings[key].domain[0][0])
    return {key: open_links(timing, timings) for key, timing in timings.items()}


def _known_links(
    key: str, links: Mapping[str, set[str]], timings: Mapping[str, Timing]
) -> tuple[str, ...]:
    known = (link for link in links.get(key, ()) if link in timings and link != key)
    return tuple(sorted(link for link in known if timings[link].reported))


def _tighten(timings: dict[str, Timing], key: str, low: int = FIRST, high: int = LAST) -> None:
    domain = clip(timings[key].domain, low, high)
    if domain:
        timings[key] = timings[key]._replace(domain=domain)
    else:
        timings[key] = timings[key]._replace(contradicted=True)
