"""What a claim says: of one member, of all on a roll of known size, or of a number of members."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

Stance: TypeAlias = tuple[str, str]
Operation: TypeAlias = Literal["holds", "changes", "open"]


@dataclass(frozen=True, slots=True)
class StanceSet:
    """These stances, or with `negated` all others."""

    stances: frozenset[Stance]
    negated: bool = False

    def __contains__(self, stance: Stance) -> bool:
        return (stance in self.stances) is not self.negated

    def within(self, other: StanceSet) -> bool:
        """Whether all of these are among those of the other."""
        if self.negated:
            return other.negated and other.stances <= self.stances
        return all(stance in other for stance in self.stances)


def each_once(sets: Iterable[StanceSet]) -> dict[int, StanceSet]:
    """Each set as it is held, by `id`: many claims share a few, and looking at them takes long."""
    return {id(one): one for one in sets}


@dataclass(frozen=True, slots=True)
class Atom:
    """One member's claim: it *holds* or *changes* to a set of stances, or its stance is *open*.
    `dated` says that it dates a change.

    `timing` names the date that it shares with its claim, `follows` a claim that cannot come later
    (an objection ends after it was raised); `if_member`: only where the member is on the roll then;
    `stays`: a change of which we know that it still held at the end of its day; `gate`: the number
    of the `Gate` of a full count that it was expanded from, else -1.
    """

    member: str
    operation: Operation
    stances: StanceSet
    timing: str
    entry: str
    dated: bool = False
    stays: bool = False
    follows: str = ""
    if_member: bool = False
    gate: int = -1


@dataclass(frozen=True, slots=True)
class Gate:
    """A full count (*all 32*): its atoms act only where the roll at its date has `of` members."""

    of: int
    timing: str
    entry: str


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A tally: for each set of stances, from `low` to `high` members of the roll hold it.

    `exactly`: members outside the sets hold none of them. `of` is the size that the roll must
    have for it to act (0: any); `group` restricts it to members of that class.
    """

    parts: tuple[tuple[StanceSet, int, int], ...]
    exactly: bool
    of: int
    timing: str
    entry: str
    group: str = ""


def used_gates(
    atoms: tuple[Atom, ...], gates: tuple[Gate, ...]
) -> tuple[tuple[Atom, ...], tuple[Gate, ...]]:
    """Only the gates that an atom still depends on, and the atoms with their new numbers."""
    used = sorted({atom.gate for atom in atoms} - {-1})
    if len(used) == len(gates):
        return atoms, gates
    number = {old: new for new, old in enumerate(used)}
    moved = tuple(replace(a, gate=number[a.gate]) if a.gate >= 0 else a for a in atoms)
    return moved, tuple(gates[old] for old in used)
