"""Short words for small records: members m0, m1, … and days of January 2024."""

from collections.abc import Iterable, Mapping
from typing import Any

from nemcon.entries import AnyEntry, Count, Matter, Membership, Position, Tally
from nemcon.rules.procedure import Procedure, read_procedure
from nemcon.state import at
from nemcon.when import When
from nemcon.worlds.conventions import Conventions
from nemcon.worlds.verdict import Answer, answer

ALL_SUPPORT: Mapping[str, Any] = {
    "id": "all-support",
    "stances": ["support", "objection"],
    "outcome": [
        {
            "when": {"cmp": [{"n": "support"}, "=", {"n": "all"}]},
            "is": "agreed",
            "favourable": True,
        },
        {"is": "not agreed"},
    ],
}
NO_OBJECTION: Mapping[str, Any] = {
    "id": "no-objection",
    "stances": ["support", "objection"],
    "outcome": [
        {"when": {"none": "objection"}, "is": "adopted", "favourable": True},
        {"is": "blocked"},
    ],
}


def rule(data: Mapping[str, Any]) -> Procedure:
    """A procedure from plain values."""
    return read_procedure(data)


def day(number: int) -> When:
    """A day of January 2024."""
    return When.parse(f"2024-01-{number:02d}")


def when(text: str | int) -> When:
    """A day of January 2024 by number, or any date in text."""
    return day(text) if isinstance(text, int) else When.parse(text)


def roll(count: int) -> list[Membership]:
    """Members m0 to m<count-1>, all since 2020."""
    return [Membership(member=f"m{n}", happened=When.parse("2020-01-01")) for n in range(count)]


def motion(**more: Any) -> Matter:
    """The matter of these records, a motion."""
    return Matter(name="m", sort="motion", **more)


def selection(**more: Any) -> Matter:
    """The matter of these records, a selection."""
    return Matter(name="m", sort="selection", **more)


def back(members: str | Iterable[str], on: str | int, **more: Any) -> Position:
    """These members support (or `stance=`) on a day."""
    named = (members,) if isinstance(members, str) else tuple(members)
    return Position(matter="m", members=named, happened=when(on), **more)


def tally(number: int, of: int, on: str | int, **more: Any) -> Tally:
    """`number` of `of` support on a day."""
    counts = (Count(more.pop("stance", "support"), number),)
    return Tally(matter="m", counts=counts, of=of, happened=when(on), **more)


def ask(
    entries: Iterable[AnyEntry],
    on: str | int,
    data: Mapping[str, Any] = ALL_SUPPORT,
    conventions: Conventions = Conventions(),
    event: str = "",
) -> Answer:
    """The engine's answer."""
    return answer(at(list(entries), when(on)), "m", rule(data), conventions, event)
