"""What would settle it: the smallest sets of open members whose word would decide the verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import comb
from typing import Any, Literal

from nemcon.entries import Position
from nemcon.rules.procedure import Procedure
from nemcon.state import State
from nemcon.worlds.claims import attributes_at
from nemcon.worlds.conventions import Conventions
from nemcon.worlds.verdict import Answer, Reckoning, answer

MAX_TRIES = 24
MAX_SHOWN = 8


@dataclass(frozen=True)
class Settling:
    """The smallest sets that would make the verdict for `candidate` *met*, and those for *not met*.

    Each set is listed once for all that differ only by exchanging like members; an empty tuple
    means that no set of open members would, None that there were too many to try.
    """

    candidate: str
    met: tuple[tuple[str, ...], ...] | None
    not_met: tuple[tuple[str, ...], ...] | None

    def to_json(self) -> dict[str, Any]:
        """The sets as plain values."""
        return {
            "candidate": self.candidate or None,
            "met": None if self.met is None else [list(one) for one in self.met],
            "not met": None if self.not_met is None else [list(one) for one in self.not_met],
        }


def settling(
    state: State,
    matter: str,
    procedure: Procedure | None,
    conventions: Conventions,
    found: Answer,
) -> Settling | None:
    """What would settle an open verdict, for the candidate nearest to it; None if it is settled."""
    running = [r for r in found.reckonings if r.can_meet and r.can_fail and r.open]
    if found.verdict != "cannot tell" or procedure is None or not running or not found.exact:
        return None
    one = max(running, key=lambda r: (r.support.least, r.support.most, r.candidate))
    trial = _Trial(state, matter, procedure, conventions, one)
    return Settling(one.candidate, trial.smallest("met"), trial.smallest("not met"))


class _Trial:
    """Tries what the verdict would be if some open members were known to support, or to object."""

    def __init__(
        self,
        state: State,
        matter: str,
        procedure: Procedure,
        conventions: Conventions,
        one: Reckoning,
    ) -> None:
        self._state, self._matter, self._procedure = state, matter, procedure
        self._conventions, self._candidate = conventions, one.candidate
        self._tries = 0
        self._classes = self._alike(one)

    def _alike(self, one: Reckoning) -> list[list[str]]:
        """The open members, those with equal attributes together."""
        attributes = attributes_at(self._state)
        classes: dict[tuple[object, ...], list[str]] = {}
        for member in sorted(one.open):
            key = tuple(sorted(attributes.get(member, {}).items()))
            classes.setdefault((*key, member in one.always_on_roll), []).append(member)
        return list(classes.values())

    def smallest(self, wanted: Literal["met", "not met"]) -> tuple[tuple[str, ...], ...] | None:
        """The smallest sets that give the wanted verdict; None if there are too many to try.

        Where all open members are alike, the size is found by halving: more of them never hurt.
        """
        self._tries = 0
        members = [member for group in self._classes for member in group]
        if not self._gives(members, wanted):
            return ()
        if len(self._classes) == 1:
            return self._of_one_class(members, wanted)
        for size in range(1, len(members) + 1):
            if self._tries + self._count(size) > MAX_TRIES:
                return None
            found = [chosen for chosen in self._sets(size) if self._gives(chosen, wanted)]
            if found:
                return tuple(tuple(one) for one in found[:MAX_SHOWN])
        return ()

    def _of_one_class(
        self, members: Sequence[str], wanted: Literal["met", "not met"]
    ) -> tuple[tuple[str, ...], ...]:
        low, high = 1, len(members)
        while low < high:
            middle = (low + high) // 2
            if self._gives(members[:middle], wanted):
                high = middle
            else:
                low = middle + 1
        shown = combinations(members, low) if comb(len(members), low) <= MAX_SHOWN else [members[:low]]
        return tuple(tuple(one) for one in shown)

    def _count(self, size: int) -> int:
        return sum(1 for _ in self._sets(size))

    def _sets(self, size: int) -> Iterator[list[str]]:
        """One set of that size for each way to split it over the classes."""

        def fill(classes: Sequence[Sequence[str]], left: int) -> Iterator[list[str]]:
            if not classes:
                if left == 0:
                    yield []
                return
            first, rest = classes[0], classes[1:]
            for taken in range(min(left, len(first)) + 1):
                for more in fill(rest, left - taken):
                    yield [*first[:taken], *more]

        return fill(self._classes, size)

    def _gives(self, members: Sequence[str], wanted: Literal["met", "not met"]) -> bool:
        self._tries += 1
        stance = "support" if wanted == "met" else "objection"
        said = Position(
            matter=self._matter,
            members=tuple(members),
            stance=stance,
            candidate=self._candidate,
            happened=self._state.on,
        )
        state = replace(
            self._state, variants=tuple((*entries, said) for entries in self._state.variants)
        )
        trial = answer(
            state, self._matter, self._procedure, self._conventions, only=self._candidate
        )
        return [r.verdict for r in trial.reckonings] == [wanted]
