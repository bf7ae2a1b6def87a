"""A simple game: which coalitions win under a rule, as a formula over weighted thresholds.

A coalition is the set of members in favour; everybody else is against. Every rule of the library
that only adds up members is a combination, by "all" and "any", of conditions of one shape: the
weights of the members in favour reach a quota. A rule that counts groups (states, classes) in
which a rule holds nests one game in another.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from math import gcd
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Totals: TypeAlias = "npt.NDArray[np.int64] | npt.NDArray[np.object_]"
Truths: TypeAlias = "npt.NDArray[np.bool_]"


class GameError(ValueError):
    """The rule or roll makes no simple game; the message says why and what to do."""


class TooLargeError(GameError):
    """No method can count this game within the limit; the message holds an estimate."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """Holds, or fails, whoever is in favour."""

    value: bool


@dataclass(frozen=True, slots=True)
class Threshold:
    """The weights of the members in favour add up to the quota or more."""

    weights: tuple[int, ...]
    quota: int


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Groups:
    """The weights of the groups in which `formulas` hold add up to the quota or more.

    `members[g]` are the positions in the roll of the members of group g; its formula is over them.
    """

    members: tuple[tuple[int, ...], ...]
    formulas: tuple[Formula, ...]
    weights: tuple[int, ...]
    quota: int


Formula: TypeAlias = Fixed | Threshold | AllOf | AnyOf | Groups


@dataclass(frozen=True)
class Game:
    """The members, and the formula by which a coalition of them wins."""

    members: tuple[str, ...]
    formula: Formula


def threshold(weights: Sequence[int], quota: int) -> Formula:
    """The condition that weights reach a quota, in its simplest form: divided by what all weights
    share, and decided where it does not depend on the coalition.
    """
    least = sum(w for w in weights if w < 0)
    most = sum(w for w in weights if w > 0)
    if quota <= least:
        return Fixed(True)
    if quota > most:
        return Fixed(False)
    shared = gcd(*weights)
    return Threshold(tuple(w // shared for w in weights), -(-quota // shared))


def groups(
    members: Sequence[Sequence[int]],
    formulas: Sequence[Formula],
    weights: Sequence[int],
    quota: int,
) -> Formula:
    """The condition that enough groups hold, decided where no coalition matters."""
    if quota <= sum(w for w in weights if w < 0):
        return Fixed(True)
    if quota > sum(w for w in weights if w > 0):
        return Fixed(False)
    return Groups(tuple(tuple(m) for m in members), tuple(formulas), tuple(weights), quota)


def all_of(parts: Iterable[Formula]) -> Formula:
    """Every part, without those that always hold."""
    kept = list(dict.fromkeys(p for p in parts if p != Fixed(True)))
    if Fixed(False) in kept:
        return Fixed(False)
    if not kept:
        return Fixed(True)
    return kept[0] if len(kept) == 1 else AllOf(tuple(kept))


def any_of(parts: Iterable[Formula]) -> Formula:
    """At least one part, without those that never hold."""
    kept = list(dict.fromkeys(p for p in parts if p != Fixed(False)))
    if Fixed(True) in kept:
        return Fixed(True)
    if not kept:
        return Fixed(False)
    return kept[0] if len(kept) == 1 else AnyOf(tuple(kept))


def opposite(formula: Formula) -> Formula:
    """What holds exactly where the formula fails."""
    match formula:
        case Fixed():
            return Fixed(not formula.value)
        case Threshold():
            return Threshold(tuple(-w for w in formula.weights), 1 - formula.quota)
        case AllOf():
            return any_of(opposite(part) for part in formula.parts)
        case AnyOf():
            return all_of(opposite(part) for part in formula.parts)
        case Groups():
            # At most quota - 1 of the weight holds: the groups that fail make up the rest.
            rest = sum(formula.weights) - formula.quota + 1
            failing = [opposite(part) for part in formula.formulas]
            return groups(formula.members, failing, formula.weights, rest)


def nodes(formula: Formula) -> Iterator[Formula]:
    """The formula and all its parts, those inside of groups too."""
    yield formula
    match formula:
        case AllOf() | AnyOf():
            for part in formula.parts:
                yield from nodes(part)
        case Groups():
            for part in formula.formulas:
                yield from nodes(part)


def forms(formula: Formula) -> tuple[tuple[int, ...], ...]:
    """The different lists of weights that the formula adds up."""
    found = (node.weights for node in nodes(formula) if isinstance(node, Threshold))
    return tuple(dict.fromkeys(found))


def holds(formula: Formula, totals: Mapping[tuple[int, ...], Totals]) -> Truths:
    """Where the formula holds, from the totals of each form; arrays are broadcast together.

    Raises `TypeError` for groups, which are counted apart.
    """

    def total(node: Threshold | Groups) -> Totals:
        if isinstance(node, Groups):
            raise TypeError("groups are counted apart")
        return totals[node.weights]

    return holds_by(formula, total)


def holds_by(formula: Formula, total: Callable[[Threshold | Groups], Totals]) -> Truths:
    """Where the formula holds, from the total of each of its conditions."""
    match formula:
        case Fixed():
            return np.asarray(formula.value)
        case Threshold() | Groups():
            return np.asarray(total(formula) >= formula.quota, dtype=np.bool_)
        case AllOf():
            return reduce(operator.and_, (holds_by(part, total) for part in formula.parts))
        case AnyOf():
            return reduce(operator.or_, (holds_by(part, total) for part in formula.parts))


def wins(formula: Formula, coalition: Iterable[int]) -> bool:
    """Whether the members at these positions of the roll win together."""
    inside = set(coalition)
    match formula:
        case Fixed():
            return formula.value
        case Threshold():
            return sum(formula.weights[i] for i in inside) >= formula.quota
        case AllOf():
            return all(wins(part, inside) for part in formula.parts)
        case AnyOf():
            return any(wins(part, inside) for part in formula.parts)
        case Groups():
            won = 0
            for members, part, weight in zip(
                formula.members, formula.formulas, formula.weights, strict=True
            ):
                if wins(part, [n for n, i in enumerate(members) if i in inside]):
                    won += weight
            return won >= formula.quota


def may_fall(formula: Formula) -> bool:
    """Whether some condition can fail with one more member in favour; the whole may hold still."""
    return any(
        weight < 0
        for node in nodes(formula)
        if isinstance(node, Threshold | Groups)
        for weight in node.weights
    )
