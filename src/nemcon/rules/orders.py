"""Who may be first, last, or within a cut, where votes are ranges of whole numbers.

Each function gives every case that some votes within the ranges allow. Ranges are taken one by
one: a case may also be given which only the sum of the votes rules out, never one too few.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import TypeAlias

Span: TypeAlias = tuple[int, int]
MOST = 10
"""Among how many candidates who are close every case is looked at."""


class TooManyError(Exception):
    """There are more cases than can be looked at."""


def lowest(votes: Mapping[str, Span]) -> Iterator[tuple[str, ...]]:
    """Every set of candidates that may together have the fewest votes."""
    yield from highest({name: (-high, -low) for name, (low, high) in votes.items()})


def highest(votes: Mapping[str, Span]) -> Iterator[tuple[str, ...]]:
    """Every set of candidates that may together have the most votes."""
    for _, tied in cuts(votes, 1):
        yield tied


def cuts(
    votes: Mapping[str, Span], places: int
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Every way to fill so many places: who is above the last place, and who is level for it.

    If those above and those level are as many as the places, nobody competes for one.
    """
    if len(votes) <= places:
        return
    if all(low == high for low, high in votes.values()):
        yield _exact(votes, places)
        return
    above_all = sorted(low for low, _ in votes.values())[-places]
    never = [name for name in votes if votes[name][1] < above_all]
    close = [name for name in votes if name not in never]
    if len(close) > MOST:
        raise TooManyError
    for level in range(1, len(close) + 1):
        for tied in combinations(close, level):
            rest = [name for name in close if name not in tied]
            for number in range(max(0, places - level), min(places, len(rest) + 1)):
                for above in combinations(rest, number):
                    below = [name for name in (*rest, *never) if name not in above]
                    if _fits(votes, above, tied, below):
                        yield above, tied


def _exact(votes: Mapping[str, Span], places: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    cut = sorted(low for low, _ in votes.values())[-places]
    return (
        tuple(name for name in votes if votes[name][0] > cut),
        tuple(name for name in votes if votes[name][0] == cut),
    )


def _fits(
    votes: Mapping[str, Span], above: tuple[str, ...], tied: tuple[str, ...], below: list[str]
) -> bool:
    """Whether all who are tied can have one number, those above more and those below less."""
    least = max(votes[name][0] for name in tied)
    most = min(votes[name][1] for name in tied)
    least = max([least, *(votes[name][0] + 1 for name in below)])
    most = min([most, *(votes[name][1] - 1 for name in above)])
    return least <= most
