"""What would settle it: the smallest sets of open members whose word would decide the verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations, islice
from math import comb
from typing import Any, Literal

from nemcon.entries import Attribute
from nemcon.findings import Finding
from nemcon.rules.algebra import Term
from nemcon.rules.decide import exact, favourable
from nemcon.rules.procedure import Procedure, RuleError
from nemcon.state import State
from nemcon.worlds.attributes import attributes_at
from nemcon.worlds.conventions import Conventions
from nemcon.worlds.kept import Kept
from nemcon.worlds.supposed import NOTHING, Supposed, Word
from nemcon.worlds.verdict import Answer, Reckoning, answer

MAX_TRIES = 24
MAX_SHOWN = 8


@dataclass(frozen=True)
class Settling:
    """The smallest sets that would make the verdict for `candidate` *met*, and those for *not met*.

    Each set may stand for all that differ from it only by exchanging members that are `alike`; an
    empty tuple means that no set of open members would, None that there were too many to try.
    """

    candidate: str
    met: tuple[tuple[str, ...], ...] | None
    not_met: tuple[tuple[str, ...], ...] | None
    alike: tuple[tuple[str, ...], ...] = ()

    def choices(self, members: Sequence[str]) -> list[tuple[int, tuple[str, ...]]]:
        """A set as how many of which like members: (1, (a, b)) is any one of a and b."""
        groups = [*self.alike, *((m,) for m in members if not any(m in g for g in self.alike))]
        taken = [(len(set(group).intersection(members)), group) for group in groups]
        return [(number, group) for number, group in taken if number]

    def to_json(self) -> dict[str, Any]:
        """The sets as plain values."""
        return {
            "candidate": self.candidate or None,
            "met": None if self.met is None else [list(one) for one in self.met],
            "not met": None if self.not_met is None else [list(one) for one in self.not_met],
            "alike": [list(group) for group in self.alike],
        }


def settling(
    state: State,
    matter: str,
    procedure: Procedure | None,
    conventions: Conventions,
    found: Answer,
    supposed: Supposed = NOTHING,
    kept: Kept | None = None,
) -> Settling | None:
    """What would settle an open verdict, for the candidate nearest to it; None if it is settled."""
    running = [r for r in found.reckonings if r.can_meet and r.can_fail and r.open]
    if found.verdict != "cannot tell" or procedure is None or not running or not found.exact:
        return None
    one = max(running, key=lambda r: (r.support.least, r.support.most, r.candidate))
    trial = _Trial(state, matter, procedure, conventions, one, supposed, kept, found.findings)
    met, not_met = trial.smallest("met"), trial.smallest("not met")
    return Settling(one.candidate, met, not_met, trial.alike)


class _Trial:
    """Tries what the verdict would be if some open members were known to support, or to object."""

    def __init__(
        self,
        state: State,
        matter: str,
        procedure: Procedure,
        conventions: Conventions,
        one: Reckoning,
        supposed: Supposed = NOTHING,
        kept: Kept | None = None,
        told: Sequence[Finding] = (),
    ) -> None:
        self._supposed, self._kept, self._told = supposed, kept, told
        self._state, self._matter, self._procedure = state, matter, procedure
        self._conventions, self._candidate = conventions, one.candidate
        self._tries = 0
        self._clear = True
        self._classes = self._alike(one)

    def _alike(self, one: Reckoning) -> list[list[str]]:
        """The open members, those that can be exchanged together."""
        attributes = attributes_at(self._state)
        classes: dict[tuple[object, ...], list[str]] = {}
        for member in sorted(one.open):
            same = _alike(attributes.get(member, {}))
            key = (*same, member in one.always_on_roll, one.kinds.get(member, member))
            classes.setdefault(key, []).append(member)
        return list(classes.values())

    @property
    def alike(self) -> tuple[tuple[str, ...], ...]:
        """The classes of several members that can be exchanged."""
        return tuple(tuple(group) for group in self._classes if len(group) > 1)

    def smallest(self, wanted: Literal["met", "not met"]) -> tuple[tuple[str, ...], ...] | None:
        """The smallest sets that give the wanted verdict; None if there are too many to try.

        Tried are all but one, then the smallest sizes; then the size is found by halving, as more
        members never hurt. Where all together would contradict what is reported, or that is too
        hard, fewer may do: then all sizes are tried, the smallest first.
        """
        self._tries = 0
        self._clear = True
        members = [member for group in self._classes for member in group]
        if not self._gives(members, wanted):
            return () if self._clear else self._upwards(len(members), wanted)
        low, high, found = 1, len(members), [members]
        while low < high:
            small = low if self._tries < MAX_TRIES // 3 else (low + high) // 2
            size = high - 1 if self._tries == 1 else small
            sets = list(islice(self._sets(size), MAX_TRIES))
            if self._tries + len(sets) > MAX_TRIES:
                return None
            giving = [chosen for chosen in sets if self._gives(chosen, wanted)]
            low, high, found = (low, size, giving) if giving else (size + 1, high, found)
        return self._shown(found)

    def _upwards(
        self, most: int, wanted: Literal["met", "not met"]
    ) -> tuple[tuple[str, ...], ...] | None:
        for size in range(1, most):
            sets = list(islice(self._sets(size), MAX_TRIES))
            if self._tries + len(sets) > MAX_TRIES:
                break
            giving = [chosen for chosen in sets if self._gives(chosen, wanted)]
            if giving:
                return self._shown(giving)
        return None

    def _shown(self, found: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
        """The sets; where all open members are alike and there are few, each of them."""
        group, size = self._classes[0], len(found[0])
        if len(self._classes) == 1 and comb(len(group), size) <= MAX_SHOWN:
            return tuple(combinations(group, size))
        return tuple(tuple(one) for one in found[:MAX_SHOWN])

    def _sets(self, size: int) -> Iterator[list[str]]:
        """One set of that size for each way to split it over the classes."""

        def fill(classes: Sequence[Sequence[str]], left: int) -> Iterator[list[str]]:
            if left > sum(map(len, classes)):
                return
            if not classes:
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
        trial = answer(
            *(self._state, self._matter, self._procedure, self._conventions),
            only=self._candidate,
            kept=self._kept,
            supposed=self._supposed,
            word=Word(tuple(members), (stance, self._candidate)),
        )
        against = any(f.code == "conflict" and f not in self._told for f in trial.findings)
        self._clear = self._clear and trial.exact and not against
        return [r.verdict for r in trial.reckonings] == [wanted]


def won_over(
    state: State,
    matter: str,
    procedure: Procedure | None,
    conventions: Conventions,
    supposed: Supposed,
    kept: Kept | None,
    one: Reckoning,
) -> bool:
    """Whether the rule would be met if those who do not support did, with no word from others."""
    if procedure is None:
        return False
    won = [(member, ("support", one.candidate)) for member in one.against]
    others = [(m, stance) for m, stance in supposed.stances if m not in one.against]
    trial = replace(supposed, stances=(*others, *won))
    found = answer(
        *(state, matter, procedure, conventions), only=one.candidate, kept=kept, supposed=trial
    )
    return [r.verdict for r in found.reckonings] == ["met"]


def indispensable(
    procedure: Procedure,
    roll: Sequence[str],
    members: Sequence[str],
    attributes: Mapping[str, Mapping[str, Attribute]],
) -> tuple[str, ...]:
    """The members without whose support the rule is not met, even with that of all others.

    None for a rule that looks at more than totals.
    """
    if not procedure.sums:
        return ()
    try:
        with_all = {
            term: sum(procedure.counts(term, "support", attributes.get(m, {})) for m in roll)
            for term in procedure.totals()
        }
        alike = {_alike(attributes.get(m, {})): attributes.get(m, {}) for m in members}
        without = {same: _without(procedure, with_all, each) for same, each in alike.items()}
    except RuleError:
        return ()
    return tuple(m for m in members if not without[_alike(attributes.get(m, {}))])


def _alike(attributes: Mapping[str, Attribute]) -> tuple[object, ...]:
    """The same for members of whom every rule says the same (to which True is not 1)."""
    return tuple(sorted((name, type(value).__name__, value) for name, value in attributes.items()))


def _without(
    procedure: Procedure, with_all: Mapping[Term, Fraction | int], missing: Mapping[str, Attribute]
) -> bool:
    """Whether the rule may be met where all support it but one member, of these attributes.

    `with_all` are the totals where that one supports it too.
    """
    for stance in (*procedure.stances, "objection", "none", "other"):
        if stance == "support":
            continue
        totals = {
            term: total
            - procedure.counts(term, "support", missing)
            + procedure.counts(term, stance, missing)
            for term, total in with_all.items()
        }
        if favourable(procedure, exact(totals)):
            return True
    return False
