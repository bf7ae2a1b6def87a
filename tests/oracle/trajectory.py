"""One member through time: which stances it may have at the asked instant (ADR 0002, 12-17).

A member's claims, tally roles and the question are laid on the axis as a sequence of instants.
All trajectories are followed at once. Stances are bits of a mask. A trajectory is

* `HELD` v: v persists, known or unknown (rule 13: in one world it is one stance);
* `MOVED` v, w: has already moved from v to w, somewhere after its last claim, because of a claim
  or a tally that is yet to come. It must be borne out: v may not fit there, and w must.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

HELD, MOVED = 0, 1
State = tuple[int, int, int]


class Instant(NamedTuple):
    """What is said of one member at one instant, as masks of stances.

    `all`: every stance; `says`: what the claims allow (-1: no claim speaks); `leaves`: for
    *changes* claims, what it must not have been just before; `out`: ended by a tally that leaves
    the member out; `fits`: what a check, that moves nothing, allows; `opens`: unknown from here
    on; `asked`: the question.
    """

    all: int
    says: int = -1
    leaves: int = 0
    out: int = 0
    fits: int = -1
    opens: bool = False
    asked: bool = False


@lru_cache(maxsize=50_000)
def stances_when_asked(start: int, unknown: int, instants: tuple[Instant, ...]) -> int:
    """The stances possible when asked, as a mask; 0 if no trajectory satisfies every instant.

    `start` holds the stances that are possible before the first claim, `unknown` those that an
    unknown stance may be.
    """
    states = {(state, 0) for state in _any_of(start)}
    for instant in instants:
        states = {
            (after, held if instant.asked else answer)
            for state, answer in states
            for after, held in _through(state, instant, unknown)
        }
    out = 0
    for (mode, _, _), answer in states:
        if mode == HELD:
            out |= answer
    return out


def bits(mask: int) -> Iterator[int]:
    """The single stances of a mask."""
    while mask:
        low = mask & -mask
        yield low
        mask ^= low


def _any_of(stances: int) -> list[State]:
    return [(HELD, stance, 0) for stance in bits(stances)]


def _through(state: State, at: Instant, unknown: int) -> Iterator[tuple[State, int]]:
    """The states after an instant, each with the stance held there."""
    step = _silent if at.says == -1 else _spoken
    for after, stance in step(state, at, unknown):
        if not at.opens:
            yield after, stance
        elif after[0] == HELD:  # nothing here bears out an earlier move
            yield from ((new, new[1]) for new in _any_of(unknown))


def _silent(state: State, at: Instant, unknown: int) -> Iterator[tuple[State, int]]:
    """No claim speaks: a tally may end the stance, and the member may move ahead of a claim."""
    mode, held, moved = state
    fits = at.fits & ~at.out
    if mode == MOVED:
        if moved & fits and held & at.out:
            yield from _ended(moved & unknown, unknown)
        elif moved & fits:
            yield state, moved
    elif held & at.out:
        yield from _ended(fits & unknown, unknown)
    else:
        if held & fits:
            yield state, held
        yield from (((MOVED, held, other), other) for other in bits(fits & at.all & ~held))


def _spoken(state: State, at: Instant, unknown: int) -> Iterator[tuple[State, int]]:
    """Claims speak: a fitting stance stays, another moves; a change is never explained earlier."""
    mode, held, moved = state
    target = at.says & at.fits & ~at.out
    if mode == MOVED:
        if at.leaves or not moved & target:
            return
        if held & at.out & at.says:
            yield from _ended(moved, unknown)
        elif not held & at.says:
            yield (HELD, moved, 0), moved
    elif held & at.leaves:
        return
    elif held & target:
        yield state, held
    elif not held & at.says:
        yield from (((HELD, new, 0), new) for new in bits(target))
    elif held & at.out:  # the claim alone would let it stay; the tally ends it
        yield from _ended(target, unknown)


def _ended(there: int, unknown: int) -> Iterator[tuple[State, int]]:
    """Ended by a tally: something else at this instant, unknown from just after it (rule 16)."""
    for stance in bits(there):
        yield from ((new, stance) for new in _any_of(unknown))
