"""Which entries count: known by then, corrections applied, and of the matter (ADR 0002, 1-3)."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date, tzinfo
from itertools import product

from nemcon.entries import (
    AnyEntry,
    Candidacy,
    Correction,
    Decision,
    Entry,
    Expectation,
    Matter,
    Objection,
    Position,
    Reserve,
    Source,
    Tally,
)
from nemcon.when import When
from tests.oracle.axis import moment_after

OF_A_MATTER = (Position, Reserve, Objection, Tally, Candidacy, Decision, Expectation)
NOT_RECORDED = {"known", "received", "roll_on", "effective"}


def known_when(entry: Entry, sources: dict[str, Source]) -> When | None:
    """`known`, else the date of its source, else the last day of what it records (rule 1)."""
    if entry.known is not None:
        return entry.known
    if isinstance(entry, Source):
        return entry.date
    if entry.source in sources:
        return sources[entry.source].date
    dates = [getattr(entry, f.name) for f in fields(entry) if f.name not in NOT_RECORDED]
    recorded = [w for w in dates if isinstance(w, When) and w.latest is not None]
    return max(recorded, key=lambda w: w.last_day() or date.min, default=None)


def is_known(entry: Entry, by: When | None, sources: dict[str, Source], zone: tzinfo) -> bool:
    """Rule 1: known at the latest possible day; an entry with no date at all is known always."""
    when = known_when(entry, sources)
    if by is None or by.latest is None or when is None or when.latest is None:
        return True
    return moment_after(when.latest, zone) <= moment_after(by.latest, zone)


def alternatives(
    entries: Sequence[AnyEntry], known: When | None, zone: tzinfo
) -> list[list[AnyEntry]]:
    """The records left by date and corrections: several where rivals correct one entry (rule 2)."""
    sources = {e.name: e for e in entries if isinstance(e, Source)}
    unique = {e.id: e for e in entries if is_known(e, known, sources, zone)}
    corrections = [e for e in unique.values() if isinstance(e, Correction)]
    standing = _standing(corrections)
    rivals: dict[str, list[str]] = {}
    for correction in standing:
        named = rivals.setdefault(correction.corrects, [])
        if correction.replacement not in named:
            named.append(correction.replacement)
    replacements = {e.replacement for e in entries if isinstance(e, Correction) and e.replacement}
    out = []
    for choice in product(*rivals.values()):
        kept = set(unique) - set(rivals) - (replacements - set(choice))
        out.append([e for e in unique.values() if e.id in kept])
    return out


def _standing(corrections: Iterable[Correction]) -> list[Correction]:
    """The corrections that are in: no correction that is in itself takes them out."""
    by_target: dict[str, list[Correction]] = {}
    for correction in corrections:
        by_target.setdefault(correction.corrects, []).append(correction)

    def is_in(correction: Correction) -> bool:
        return not any(is_in(other) for other in by_target.get(correction.id, ()))

    return [c for c in corrections if is_in(c)]


def of_matter(entries: Sequence[AnyEntry], matter: str) -> list[AnyEntry]:
    """What belongs to the matter (rule 3); the body's own entries stay."""
    matters = {e.name for e in entries if isinstance(e, Matter)}
    only = matter if matters <= {matter} else None
    return [e for e in entries if _belongs(e, matter, only)]


def _belongs(entry: AnyEntry, matter: str, only: str | None) -> bool:
    if isinstance(entry, Matter):
        return entry.name == matter
    return not isinstance(entry, OF_A_MATTER) or (entry.matter or only) == matter
