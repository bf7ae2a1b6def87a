"""Short words for writing small records: days of January 2024, members x y z, matter `m`."""

from collections.abc import Mapping
from typing import Any

from nemcon.entries import (
    ALL,
    AnyEntry,
    Attribute,
    Candidacy,
    Correction,
    Count,
    Decision,
    Expectation,
    Matter,
    Membership,
    Objection,
    Position,
    Reserve,
    Source,
    Tally,
)
from nemcon.when import When

MATTER = "m"
Date = int | str | None


def on(date: int | str) -> When:
    """A day of January 2024, or a range of its days ("1/3", "../2"), or an EDTF text."""
    if isinstance(date, int):
        return When.parse(f"2024-01-{date:02}")
    if "-" in date:
        return When.parse(date)
    first, _, last = date.partition("/")
    bounds = (end if end == ".." else f"2024-01-{int(end):02}" for end in (first, last))
    return When.parse("/".join(bounds))


def maybe(date: Date) -> When | None:
    """The date, if there is one."""
    return None if date is None else on(date)


def motion(**more: Any) -> Matter:
    """The matter, as a motion."""
    return Matter(name=MATTER, sort="motion", **more)


def selection(**more: Any) -> Matter:
    """The matter, as a selection."""
    return Matter(name=MATTER, sort="selection", **more)


def joins(member: str, date: int | str = "2020-01-01", **attributes: Attribute) -> Membership:
    """The member's accession; long ago if no date is given."""
    return Membership(member=member, happened=on(date), attributes=attributes)


def leaves(member: str, date: int | str) -> Membership:
    """The member's withdrawal from the body."""
    return Membership(member=member, change="withdrawal", happened=on(date))


def founders(names: str) -> list[AnyEntry]:
    """Members since long ago, one for each letter."""
    return [joins(name) for name in names]


def holds(
    who: str, date: Date, stance: str = "support", candidate: str = "", **more: Any
) -> Position:
    """A *holds* claim of the members (letters, or `all`)."""
    members = (ALL,) if who == ALL else tuple(who)
    return Position(
        members=members, happened=maybe(date), stance=stance, candidate=candidate, **more
    )


def changes(
    who: str, date: Date, stance: str = "support", candidate: str = "", **more: Any
) -> Position:
    """A *changes* claim of the members."""
    return holds(who, date, stance, candidate, claim="changes", **more)


def objects(member: str, date: Date, ended: Date = None, **more: Any) -> Objection:
    """An objection, and when it was withdrawn."""
    end: Any = "withdrawn" if ended is not None else ""
    return Objection(member=member, happened=maybe(date), end=end, ended=maybe(ended), **more)


def reserves(member: str, date: Date, lifted: Date = None, **more: Any) -> Reserve:
    """A reserve, and when it was lifted."""
    return Reserve(member=member, happened=maybe(date), lifted=maybe(lifted), **more)


def tally(date: Date, number: Mapping[str, int] | int, of: int = 0, **more: Any) -> Tally:
    """So many support, or so many hold each stance."""
    numbers = {"support": number} if isinstance(number, int) else number
    counts = tuple(Count(stance, n) for stance, n in numbers.items())
    return Tally(counts=counts, of=of, happened=maybe(date), **more)


def runs(candidate: str, change: str, date: Date, **more: Any) -> Candidacy:
    """A step of a candidacy."""
    step: Any = change
    return Candidacy(candidate=candidate, change=step, happened=maybe(date), **more)


def decided(date: Date, candidate: str = "", **more: Any) -> Decision:
    """The decision, for the candidate if there is one."""
    result: Any = "appointed" if candidate else "adopted"
    return Decision(happened=maybe(date), candidate=candidate, result=result, **more)


def expects(event: str, date: Date) -> Expectation:
    """Somebody expected the event, on that date."""
    return Expectation(expects=event, happened=maybe(date))


def report(name: str, date: int | str) -> Source:
    """A dated source."""
    return Source(name=name, date=on(date))


def corrects(wrong: AnyEntry, right: AnyEntry | None = None, **more: Any) -> Correction:
    """One entry instead of another, or nothing."""
    return Correction(corrects=wrong.id, replacement=right.id if right else "", **more)
