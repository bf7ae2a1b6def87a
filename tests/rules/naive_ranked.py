"""An oracle for ranked ballots: the constitution's words, ballot by ballot and set by set."""

from fractions import Fraction
from itertools import combinations


def matrix(ballots: list[str], options: int) -> dict[tuple[int, int], int]:
    """V(i, j) for each pair, counted ballot by ballot."""
    found = {(i, j): 0 for i in range(options) for j in range(options) if i != j}
    for ballot in ballots:
        ranks = [99 if mark == "-" else int(mark) for mark in ballot]
        for i, j in found:
            if ranks[i] < ranks[j]:
                found[i, j] += 1
    return found


def innermost(options: list[int], defeats: set[tuple[int, int]]) -> set[int]:
    """The union of the smallest sets of options that nobody outside defeats.

    This is another definition of the Schwartz set than the one by chains of defeats.
    """
    found: list[set[int]] = []
    for size in range(1, len(options) + 1):
        for some in combinations(options, size):
            inside = set(some)
            beaten = any(x not in inside and y in inside for x, y in defeats)
            if not beaten and not any(other < inside for other in found):
                found.append(inside)
    return set().union(*found) if found else set()


def left(ballots: list[str], options: int) -> set[int]:
    """Who is left after all weakest defeats within the Schwartz set have been dropped."""
    votes = matrix(ballots, options)
    names = list(range(options))
    defeats = {(x, y) for x, y in votes if votes[x, y] > votes[y, x]}
    while True:
        inner = innermost(names, defeats)
        within = [(x, y) for x, y in defeats if x in inner and y in inner]
        if not within:
            return inner
        least = min(votes[pair] for pair in within)
        weak = [(x, y) for x, y in within if votes[x, y] == least]
        against = max(votes[y, x] for x, y in weak)
        defeats -= {(x, y) for x, y in weak if votes[y, x] == against}


def decide(ballots: list[str], options: int, quorum: int, times: Fraction) -> set[int]:
    """Who is left with the last option as default, a quorum and one majority for all others."""
    votes = matrix(ballots, options)
    default = options - 1
    stays = [
        x
        for x in range(options)
        if x == default
        or (
            votes[x, default] >= quorum
            and votes[x, default] > votes[default, x]
            and votes[x, default] >= times * votes[default, x]
        )
    ]
    packed = ["".join(ballot[x] for x in stays) for ballot in ballots]
    return {stays[x] for x in left(packed, len(stays))}
