"""What is said of one member at one instant, and what that makes of its stance.

The rules are those of `docs/adr/0002-how-entries-become-claims.md`, 11 to 17.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

AS_IT_MOVED = -1


class Stance(NamedTuple):
    """Where a member stands, in some worlds: its stance is `held` (one bit; an unknown one is any,
    but one in each world).

    With `moved` it has moved on from `held` to one of these, at some instant since its last claim:
    the next claim has to bear that out. `answer` is what it was at the question, None before it;
    AS_IT_MOVED: what it turns out to have moved to.
    """

    held: int
    moved: int = 0
    answer: int | None = None


class Said(NamedTuple):
    """Everything said of a member at one instant, as masks of stances.

    If `speaks`, claims (or a tally that counts the member) say that the stance lies in `says`, and
    it persists; just before, it was in none of `leaves` (what it changes to). An exact tally that
    leaves the member out ends the stances of `ended`; a tally in a complete record, which moves
    nobody, must find it in `found`. If it `opens`, the stance is unknown from here on: any of
    `free`.
    """

    says: int
    speaks: bool
    leaves: int
    ended: int
    found: int
    opens: bool
    free: int
    every: int

    def after(self, before: Stance, asked: bool) -> Iterator[Stance]:
        """Where the member may stand from this instant on; nowhere if it contradicts this.

        `asked`: this is the instant of the question.
        """
        step = self._spoken(before) if self.speaks else self._silent(before, asked)
        for held, moved, here in step:
            if not self.opens:
                yield Stance(held, moved, _answer(before, moved, here, asked))
            elif not moved:  # what is open from here on bears out no move
                answer = _answer(before, moved, here, False)
                for bit in bits_of(self.free):
                    yield Stance(bit, 0, bit if asked else answer)

    def _silent(self, before: Stance, asked: bool) -> Iterator[tuple[int, int, int]]:
        """No claim speaks: the stance stays, or an exact tally ends it; or, if that makes a
        difference to what is seen here, it has already moved towards the next claim.
        """
        held, fits = before.held, self.found & ~self.ended
        if before.moved:
            moved = before.moved & fits
            if moved and held & self.ended:
                yield from self._freed(moved & self.free)
            elif moved:
                yield held, moved, moved
        elif held & self.ended:
            yield from self._freed(fits & self.free)
        else:
            if held & fits:
                yield held, 0, held
            moved = fits & ~held
            if moved and (asked or self.found != self.every):
                yield held, moved, moved

    def _spoken(self, before: Stance) -> Iterator[tuple[int, int, int]]:
        """Claims speak: a stance that fits stays as it is, another has moved to one that does."""
        held, fits = before.held, self.says & self.found & ~self.ended
        if before.moved:
            moved = before.moved & fits
            if self.leaves:
                return  # the change is at this instant, not at an earlier one
            if held & self.ended & self.says:
                yield from self._freed(moved)
            elif not held & self.says:
                yield from ((bit, 0, bit) for bit in bits_of(moved))
        elif held & self.leaves:
            return
        elif held & fits:
            yield held, 0, held
        elif not held & self.says:
            yield from ((bit, 0, bit) for bit in bits_of(fits))
        elif held & self.ended:
            yield from self._freed(fits)

    def _freed(self, here: int) -> Iterator[tuple[int, int, int]]:
        """Ended by an exact tally, which binds nothing afterwards: one of `here`, then any."""
        if here:
            yield from ((bit, 0, here) for bit in bits_of(self.free))


@lru_cache(maxsize=4096)
def stances_after(said: Said, before: Stance, asked: bool) -> tuple[Stance, ...]:
    """`said.after(before, asked)`, worked out once: few things are said, of many members, often."""
    return tuple(said.after(before, asked))


def _answer(before: Stance, moved: int, here: int, asked: bool) -> int | None:
    """What the stance was at the question, by what it is `here`."""
    if asked or before.answer == AS_IT_MOVED:
        return AS_IT_MOVED if moved else here
    return before.answer


def bits_of(mask: int) -> list[int]:
    """The single stances of a mask."""
    bits = []
    while mask:
        low = mask & -mask
        bits.append(low)
        mask ^= low
    return bits
