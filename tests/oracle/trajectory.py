"""One member through time: which stances it may have at the asked instant (ADR 0002, 12-17).

A member's claims, tally roles and the question are laid on the axis as a sequence of instants.
All trajectories are followed at once. Stances are bits of a mask. A trajectory is

* `FREE`: unconstrained, at every instant anew;
* `HELD` v: v persists;
* `MOVED` v, w: has already moved from v to w, somewhere after its last claim, because of a claim
  or a tally that is yet to come. It must be borne out: v may not fit there, and w must.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

FREE, HELD, MOVED = 0, 1, 2
State = tuple[int, int, int]


class Instant(NamedTuple):
    """What is said of one member at one instant, as masks of stances.

    `says`: what the claims allow (-1: no claim speaks); `leaves`: for *changes* claims, what it
    must not have been just before; `sudden`: the claims explain no earlier move; `out`: ended by
    a tally that leaves the member out; `fits`: what a check, that moves nothing, allows;
    `fits_before`: the same just before; `opens`: free from here on; `asked`: the question.
    """

    says: int = -1
    leaves: int = 0
    sudden: bool = False
    out: int = 0
    fits: int = -1
    fits_before: int = -1
    opens: bool = False
    asked: bool = False


@lru_cache(maxsize=400_000)
def stances_when_asked(start: int, universe: int, instants: tuple[Instant, ...]) -> int:
    """The stances possible when asked, as a mask; 0 if no trajectory satisfies every instant.

    `start` is the stance before the first claim (0: free).
    """
    first: State = (HELD, start, 0) if start else (FREE, 0, 0)
    states: set[tuple[State, int]] = {(first, 0)}
    for instant in instants:
        following: set[tuple[State, int]] = set()
        for state, answer in states:
            for after, held in _through(state, instant, universe):
                if instant.asked:
                    following |= {(after, stance) for stance in bits(held)}
                else:
                    following.add((after, answer))
        states = following
    out = 0
    for (mode, _, _), answer in states:
        if mode != MOVED:
            out |= answer
    return out


def bits(mask: int) -> Iterator[int]:
    """The single stances of a mask."""
    while mask:
        low = mask & -mask
        yield low
        mask ^= low


def _through(state: State, at: Instant, universe: int) -> Iterator[tuple[State, int]]:
    """The states after an instant, each with the stances held there."""
    step = _silent if at.says == -1 else _spoken
    for after, held in step(state, at, universe):
        if not at.opens:
            yield after, held
        elif after[0] != MOVED:  # nothing bears out an earlier move here
            yield (FREE, 0, 0), universe


def _silent(state: State, at: Instant, universe: int) -> Iterator[tuple[State, int]]:
    """No claim speaks: a tally may end the stance, and the member may move ahead of a claim."""
    mode, held, moved = state
    fits = universe & at.fits & ~at.out
    if mode == FREE:
        if fits:
            yield state, fits
    elif mode == MOVED:
        if moved & fits:
            yield ((FREE, 0, 0) if held & at.out else state), moved
    elif held & at.out:
        if fits:
            yield (FREE, 0, 0), fits
    else:
        if held & fits:
            yield state, held
        for other in bits(fits & ~held):
            yield (MOVED, held, other), other


def _spoken(state: State, at: Instant, universe: int) -> Iterator[tuple[State, int]]:
    """Claims speak: a fitting stance stays, another moves; a change is never explained earlier."""
    mode, held, moved = state
    target = universe & at.says & at.fits & ~at.out
    if mode == FREE:
        if universe & at.fits_before & ~at.leaves:
            yield from (((HELD, new, 0), new) for new in bits(target))
    elif mode == MOVED:
        if moved & target and held & at.out & at.says:
            yield (FREE, 0, 0), moved
        elif moved & target and not held & at.says and not at.sudden:
            yield (HELD, moved, 0), moved
    elif held & at.leaves:
        return
    elif held & target:
        yield state, held
    elif not held & at.says:
        yield from (((HELD, new, 0), new) for new in bits(target))
    elif held & at.out and target:  # the claim alone would let it stay; the tally ends it
        yield (FREE, 0, 0), target
