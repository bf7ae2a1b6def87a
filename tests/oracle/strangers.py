"""Objections of somebody of whom the record knows nothing (ADR 0002, 24)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nemcon.entries import ALL, Objection, Position, Reserve, Tally
from nemcon.entries import AnyEntry as Entry
from tests.oracle.axis import Range


@dataclass(frozen=True)
class Said:
    """Something said towards a candidate ("" in a motion, or to nobody in particular)."""

    candidate: str
    span: Range


def by_strangers(entries: Iterable[tuple[Entry, Range]], known: set[str]) -> list[Said]:
    """The objections and reserves, not taken back, of names that no party and no member has."""
    found = []
    for entry, span in entries:
        match entry:
            case Position(stance="objection", negated=False):
                names = {*entry.members} - {ALL}
            case Objection() if entry.admitted is not False and not (entry.end or entry.ended):
                names = {entry.member}
            case Reserve(lifted=None):
                names = {entry.member}
            case _:
                continue
        if names - known:
            found.append(Said(entry.candidate, span))
    return found


def of_everybody(entries: Iterable[tuple[Entry, Range]]) -> list[Said]:
    """What is said of all members and leaves no place for an objection."""
    found = []
    for entry, span in entries:
        match entry:
            case Position(members=("all",), excepted=(), condition=""):
                fits = entry.negated is (entry.stance == "objection")
            case Tally() if entry.of and entry.bound != "about":
                fits = any(
                    count.number == entry.of and count.stance != "objection"
                    for count in entry.counts
                )
            case _:
                continue
        if fits:
            found.append(Said(entry.candidate, span))
    return found


def still_stands(
    objections: Sequence[Said], denials: Sequence[Said], candidate: str, until: int
) -> bool:
    """Whether one of the objections may stand against a candidate at the end of a day."""
    days = [said.span.low for said in denials if said.candidate == candidate]
    for said in objections:
        if said.candidate not in (candidate, "") or (said.span.low or until) > until:
            continue
        last = said.span.high
        if not any(last is not None and day is not None and last < day <= until for day in days):
            return True
    return False
