"""What is supposed for the sake of a question, and said by nobody: a stance, a coming, a going.

In every world that the record allows, the stance of a member at the question is replaced, a party
sits on the roll that decides, or a member is off it. Nothing before the question is touched: no
claim is contradicted, and no tally counts otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from nemcon.entries import Attribute
from nemcon.worlds.atoms import Atom, Stance, StanceSet
from nemcon.worlds.claims import Claims
from nemcon.worlds.days import Timing
from nemcon.worlds.labels import Labels
from nemcon.worlds.member import Ending

Attributes = tuple[tuple[str, Attribute], ...]


@dataclass(frozen=True, slots=True)
class Supposed:
    """The stances of members, who joins (with attributes) and who leaves, each member once.

    Who joins has the stances that the record leaves it, unless one is supposed. Of a stance, the
    second part is the candidate towards whom ("" in a motion).
    """

    stances: tuple[tuple[str, Stance], ...] = ()
    joins: tuple[tuple[str, Attributes], ...] = ()
    leaves: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.stances or self.joins or self.leaves)

    def about(self, member: str) -> tuple[object, ...]:
        """What is supposed of a member: equal for members that it leaves alike."""
        stance = next((stance for name, stance in self.stances if name == member), None)
        return stance, any(name == member for name, _ in self.joins), member in self.leaves

    def among(self, claims: Claims) -> Claims:
        """The claims, with room for who joins: never on the roll, so that no count speaks of it."""
        if not self.joins:
            return claims
        roll = {**claims.roll, **{m: () for m, _ in self.joins if m not in claims.roll}}
        attributes = dict(claims.attributes)
        for member, more in self.joins:
            attributes[member] = {**attributes.get(member, {}), **dict(more)}
        return replace(claims, roll=roll, attributes=attributes)

    def called(self, word_of: Callable[[str], str]) -> Supposed:
        """The same with every stance called what the rule calls it."""
        stances = ((member, (word_of(name), to)) for member, (name, to) in self.stances)
        return replace(self, stances=tuple(stances))

    def told_apart(self, claims: Claims) -> Claims:
        """The claims and what is supposed, for whoever asks which stances have to be told apart."""
        more = (Atom(member, "holds", _only(stance), "", "") for member, stance in self.stances)
        return replace(claims, atoms=(*claims.atoms, *more))

    def endings(
        self, members: tuple[tuple[str, frozenset[Ending]], ...], labels: Labels
    ) -> tuple[tuple[str, frozenset[Ending]], ...]:
        """How members may end, as it is supposed; their parts in tallies stay."""
        masks = {member: labels.mask(_only(stance)) for member, stance in self.stances}
        seats: Mapping[str, bool] = {
            **{member: True for member, _ in self.joins},
            **dict.fromkeys(self.leaves, False),
        }
        return tuple(
            (
                member,
                frozenset(
                    e._replace(mask=masks.get(member, e.mask), on_roll=seats.get(member, e.on_roll))
                    for e in found
                ),
            )
            if member in masks or member in seats
            else (member, found)
            for member, found in members
        )


def _only(stance: Stance) -> StanceSet:
    return StanceSet(frozenset({stance}))


NOTHING = Supposed()
"""Nothing is supposed: the record alone."""


@dataclass(frozen=True, slots=True)
class Word:
    """What members may still say: that each of them holds a stance at the instant asked about.

    Unlike what is supposed, it is taken as said: as if an entry of that instant said it.
    """

    members: tuple[str, ...]
    stance: Stance

    def added(self, claims: Claims, when: Timing) -> Claims:
        """The claims, and this word at the date `when`."""
        more = (Atom(m, "holds", _only(self.stance), _WORD, "") for m in self.members)
        timings = {**claims.timings, _WORD: when}
        return replace(claims, timings=timings, atoms=(*claims.atoms, *more))


_WORD = "word"
