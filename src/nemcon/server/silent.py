"""Of whom nothing was said by the date asked about: what came later, and what only waits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from nemcon.entries import AnyEntry
from nemcon.state import State
from nemcon.views.board import STANCES, BoardView, Told


def said_later(ever: Told, shown: BoardView) -> Mapping[str, int]:
    """How many words there are, `ever`, about each member of a board that has none on it."""
    silent = (seat.member for side in shown.sides for seat in side.seats if not seat.words)
    return {member: number for member in dict.fromkeys(silent) if (number := ever.number(member))}


def waiting(whole: State, counting: State, matter: str) -> Mapping[str, tuple[AnyEntry, ...]]:
    """For each member what is said of it in the `whole`, and does not count yet."""
    count = {entry.id for entry in counting.of_matter(matter)}
    found: dict[str, list[AnyEntry]] = defaultdict(list)
    for entry in whole.of_matter(matter):
        if isinstance(entry, STANCES) and entry.id not in count:
            for member in _named(entry):
                found[member].append(entry)
    return {member: tuple(entries) for member, entries in found.items()}


def _named(entry: AnyEntry) -> Iterator[str]:
    """The members that an entry names."""
    yield from getattr(entry, "members", ())
    if member := getattr(entry, "member", ""):
        yield member
