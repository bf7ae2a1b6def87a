"""What else is told of a matter by a date: pledges, remarks, statements; they move no verdict."""

from __future__ import annotations

from nemcon.entries import AnyEntry, Commitment, Remark, Statement
from nemcon.state import State
from nemcon.worlds.days import day_range

BESIDES = (Commitment, Remark, Statement)


def besides(state: State, matter: str) -> tuple[AnyEntry, ...]:
    """Every such entry of the matter that may be of `on` or before, the latest first."""
    last = day_range(state.on, state.zone)[1]
    dated = [
        (day_range(entry.happened, state.zone), entry)
        for entry in state.of_matter(matter)
        if isinstance(entry, BESIDES)
    ]
    found = [(days, entry) for days, entry in dated if days[0] <= last]
    found.sort(key=lambda row: (-row[0][1], -row[0][0], row[1].id))
    return tuple(entry for _, entry in found)
