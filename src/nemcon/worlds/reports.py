"""When an event was, by those who report it and those who still expected it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nemcon.entries import AnyEntry, Candidacy, Decision, Term
from nemcon.state import State
from nemcon.when import When
from nemcon.worlds.days import LAST, Domain, Range, Timing, agreeing, day_range, instant


def timing_of(
    key: str, reports: Sequence[AnyEntry], hopes: Mapping[str, Sequence[Range]], state: State
) -> Timing:
    """When the event was: what its reports leave, and those who still expected it."""
    whens = [(entry, _when_of(entry, key)) for entry in reports]
    ranges = [_report_range(entry, when, state) for entry, when in whens]
    domain = _told(reports, agreeing([*ranges, *hopes.get(key, ())]), state)
    moments = {point for _, when in whens if (point := instant(when, state.zone))}
    on_it = [point for point in moments if domain == ((point[0], point[0]),)]
    moment = on_it[0] if len(on_it) == 1 else None  # of two instants it may be either
    reported = any(when is not None for _, when in whens)
    return Timing(domain, at=moment, reported=reported)


def _told(reports: Sequence[AnyEntry], domain: Domain, state: State) -> Domain:
    """The days, none before the body was told; who tells of earlier ones knows of no telling."""
    told = [day_range(r.told, state.zone) for r in reports if isinstance(r, Candidacy) and r.told]
    if not told:
        return domain
    since = agreeing(told)[0][0]
    return tuple((max(low, since), high) if since <= high else (low, high) for low, high in domain)


def _report_range(entry: AnyEntry, when: When | None, state: State) -> Range:
    """The days that one report leaves for its event; no later than it was announced or known."""
    low, high = day_range(when, state.zone)
    if isinstance(entry, Decision) and entry.announced is not None:
        high = min(high, day_range(entry.announced, state.zone)[1])
    if when is None or when.latest is None:
        known = state.known_day(entry)
        high = min(high, known.toordinal() if known else LAST)
    return min(low, high), high


def _when_of(entry: AnyEntry, key: str) -> When | None:
    if isinstance(entry, Candidacy):
        return entry.public or entry.happened
    if isinstance(entry, Term):
        return entry.start if key.endswith("/start") else entry.end
    return entry.happened
