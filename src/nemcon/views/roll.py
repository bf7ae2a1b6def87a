"""Members through time: who joined and left when, and how many there were then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nemcon.state import State
from nemcon.views.alphabet import by_name
from nemcon.views.status import titles_of
from nemcon.when import When
from nemcon.worlds.days import as_when, day_range
from nemcon.worlds.events import register_timings
from nemcon.worlds.roll import roll_changes


@dataclass(frozen=True)
class Step:
    """Members that joined or left at one date; `least` and `most` were on the roll after it."""

    when: When
    joined: tuple[str, ...]
    left: tuple[str, ...]
    least: int
    most: int
    ahead: bool


@dataclass(frozen=True)
class RollView:
    """Every change of the roll, the latest first. `ahead`: those after the date asked about."""

    steps: tuple[Step, ...]
    titles: Mapping[str, str]

    def to_json(self) -> dict[str, Any]:
        """The view as plain values."""
        return {
            "steps": [
                {
                    "when": str(step.when),
                    "joined": list(step.joined),
                    "left": list(step.left),
                    "roll": {"least": step.least, "most": step.most},
                    "ahead": step.ahead,
                }
                for step in self.steps
            ]
        }


def roll(state: State) -> RollView:
    """The roll through time, as known in the state; a change dated to a range counts from its end
    for certain, and from its start perhaps.
    """
    timings = register_timings(state)
    titles = titles_of(state)
    moves = [
        (timings[change.timing].domain, member, change.joins)
        for member, changes in roll_changes(state).items()
        for change in changes
    ]
    dates: dict[tuple[int, int], list[tuple[str, bool]]] = {}
    for domain, member, joins in moves:
        dates.setdefault((domain[-1][1], domain[0][0]), []).append((member, joins))
    whens = {(domain[-1][1], domain[0][0]): as_when(domain) for domain, _, _ in moves}
    asked = day_range(state.on, state.zone)[1]
    steps = []
    for (last, first), found in sorted(dates.items()):
        sure = sum(1 if j else -1 for domain, _, j in moves if domain[-1][1] <= last)
        maybe = [j for domain, _, j in moves if domain[0][0] <= last < domain[-1][1]]
        steps.append(
            Step(
                whens[last, first],
                _named(found, titles, joins=True),
                _named(found, titles, joins=False),
                sure - maybe.count(False),
                sure + maybe.count(True),
                first > asked,
            )
        )
    return RollView(tuple(reversed(steps)), titles)


def _named(
    found: list[tuple[str, bool]], titles: Mapping[str, str], *, joins: bool
) -> tuple[str, ...]:
    names = (member for member, joined in found if joined is joins)
    return tuple(sorted(names, key=lambda name: by_name(titles.get(name, name))))
