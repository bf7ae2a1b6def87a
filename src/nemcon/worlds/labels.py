"""Stances folded to what matters: labels that claims and rule cannot tell apart are one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from nemcon.rules.algebra import Between
from nemcon.rules.procedure import Procedure
from nemcon.rules.scope import SILENT
from nemcon.rules.seating import named_positions, open_positions
from nemcon.worlds.atoms import Stance, StanceSet, each_once
from nemcon.worlds.claims import Claims

SUPPORT, OBJECTION, NONE, OTHER = "support", "objection", "none", "other"
_EVERYWHERE = frozenset({SUPPORT, OBJECTION, NONE, OTHER, "reserve", "abstention"})


@dataclass(frozen=True)
class Labels:
    """The classes of stances: each is a set of stances that nothing here distinguishes.

    A set of classes is a bit mask. `views` gives, for each candidate ("" in a motion), the stance
    towards it that each class stands for.
    """

    classes: tuple[frozenset[Stance], ...]
    views: dict[str, tuple[str, ...]]

    @property
    def every(self) -> int:
        """The mask of all classes."""
        return (1 << len(self.classes)) - 1

    def mask(self, stances: StanceSet) -> int:
        """The classes in a set of stances."""
        held = (any(stance in stances for stance in group) for group in self.classes)
        return sum(1 << n for n, one in enumerate(held) if one)

    @cached_property
    def none(self) -> int:
        """The class of *none*, as a mask."""
        return self.mask(StanceSet(frozenset({(NONE, "")})))

    @cached_property
    def objecting(self) -> int:
        """The classes of objection, to whomever, and of nothing else."""
        alone = (all(name == OBJECTION for name, _ in group) for group in self.classes)
        held = (1 << n for n, objects in enumerate(alone) if objects)
        return sum(held)


def fold(claims: Claims, procedure: Procedure, *, selection: bool) -> Labels:
    """The classes of stances that the claims, in the words of the rule, and the rule tell apart."""
    candidates = claims.candidates if selection else ("",)
    scoped = ("", *candidates) if selection else ("",)
    named = set(named_positions(procedure))
    words = {*procedure.stances, *named, SUPPORT, NONE, OTHER, OBJECTION, *_numbers(procedure)}
    vocabulary = {word_of(word, procedure) for word in words}
    sets = list(dict.fromkeys(_sets(claims)))
    stances = {(name, to) for name in vocabulary for to in scoped if name not in (NONE, OTHER)}
    stances |= {(NONE, ""), (OTHER, "")} | {s for group in sets for s in group.stances}
    if selection:
        stances.discard((SUPPORT, ""))
    groups: dict[tuple[object, ...], set[Stance]] = {}
    for stance in sorted(stances):
        views = tuple(_view(stance, candidate, procedure, named) for candidate in candidates)
        groups.setdefault((views, *(stance in one for one in sets)), set()).add(stance)
    ordered = list(groups.items())
    return Labels(
        tuple(frozenset(group) for _, group in ordered),
        {c: tuple(key[0][n] for key, _ in ordered) for n, c in enumerate(candidates)},  # type: ignore[index]
    )


def _numbers(procedure: Procedure) -> Iterable[str]:
    """Numbers that stand for all that members may say, where numbers are positions."""
    said = (p for p in open_positions(procedure) if not isinstance(p, str))
    for one in said:
        yield str((one.low + one.high) / 2 if isinstance(one, Between) else one)


def in_words_of(procedure: Procedure, claims: Claims, *, selection: bool) -> Claims:
    """The claims with every stance called what the rule calls it: support may be a *yes*.

    In a selection a *yes* to nobody in particular is one to somebody, as support is. Whoever holds
    a stance that the rule does not know (*veto*, a slip, an objection to a rule that lists
    no position like it) may stand anywhere, a tally of such stances says nothing, and no record
    with one is complete.
    """
    yes = word_of(SUPPORT, procedure)
    known: dict[StanceSet, StanceSet] = {}

    def told(sets: StanceSet) -> StanceSet:
        if sets not in known:
            spelt = {(word_of(name, procedure), to) for name, to in sets.stances}
            if selection and not sets.negated and yes != SUPPORT and (yes, "") in spelt:
                spelt = spelt - {(yes, "")} | {(yes, name) for name in claims.candidates}
            known[sets] = StanceSet(frozenset(spelt), sets.negated)
        return known[sets]

    distinct = dict.fromkeys(each_once(_sets(claims)).values())
    strange = {sets for sets in distinct if _is_strange(sets, procedure)}
    if not strange and all(told(sets) == sets for sets in distinct):
        return claims
    return replace(
        claims,
        atoms=tuple(
            replace(
                atom,
                stances=told(atom.stances),
                operation="open" if atom.stances in strange else atom.operation,
                stays=atom.stays and atom.stances not in strange,
            )
            for atom in claims.atoms
        ),
        aggregates=tuple(
            replace(one, parts=tuple((told(sets), low, high) for sets, low, high in one.parts))
            for one in claims.aggregates
            if strange.isdisjoint(sets for sets, _, _ in one.parts)
        ),
        completeness=() if strange else claims.completeness,
    )


def _is_strange(sets: StanceSet, procedure: Procedure) -> bool:
    """Whether there is one among these stances that the rule does not know."""
    if sets.negated:
        return False
    names = {name for name, _ in sets.stances}
    if not names.isdisjoint(procedure.unheard):
        return True
    return any(procedure.positions.find(name) is None for name in names - _EVERYWHERE)


def word_of(name: str, procedure: Procedure) -> str:
    """What the rule calls a stance; nothing said stays *none*, and a number is written one way."""
    position = procedure.position(name)
    return name if position == SILENT else str(position)


def _sets(claims: Claims) -> Iterable[StanceSet]:
    yield from (atom.stances for atom in claims.atoms)
    for aggregate in claims.aggregates:
        yield from (stances for stances, _, _ in aggregate.parts)


def _view(stance: Stance, candidate: str, procedure: Procedure, named: set[str]) -> str:
    """What a stance is towards one candidate, in the words that the rule reads."""
    name, to = stance
    if to not in ("", candidate):
        return OTHER
    if name in (SUPPORT, OBJECTION, NONE):
        return name
    position = procedure.position(name)
    for known in (SUPPORT, OBJECTION):
        if position == procedure.position(known):
            return known
    if position == SILENT:
        return NONE
    # A number is a position of its own, whatever the rule names.
    return str(position) if position in named or not isinstance(position, str) else OTHER
