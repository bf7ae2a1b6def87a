"""Ballots that score the candidates: sums of points, and STAR, for one seat or several in a row.

STAR: the two with the highest sums go into a run-off on the same ballots, where each ballot counts
for whomever it scores higher. Bloc STAR does so for each seat among those not yet elected.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias

Scores: TypeAlias = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class RunOff:
    """The run-off for one seat: the sums of the two, how many ballots prefer each, or neither."""

    seat: int
    pair: tuple[str, str]
    sums: tuple[int, int]
    votes: tuple[int, int]
    equal: int


def sums(ballots: Sequence[Scores], candidates: Sequence[str]) -> dict[str, int]:
    """The points of each candidate; who is not scored on a ballot has none from it."""
    return {who: sum(ballot.get(who, 0) for ballot in ballots) for who in candidates}


def preferring(ballots: Sequence[Scores], one: str, other: str) -> tuple[int, int]:
    """How many ballots score one higher than the other, and how many the other way."""
    pairs = [(ballot.get(one, 0), ballot.get(other, 0)) for ballot in ballots]
    return sum(a > b for a, b in pairs), sum(a < b for a, b in pairs)


class Star:
    """STAR on these ballots. `policies`: which of `head to head` (for a tie on the way to the
    run-off) and `score` (for a tie in it) the rule knows.
    """

    def __init__(self, ballots: Sequence[Scores], policies: Sequence[str] = ()) -> None:
        self.ballots = ballots
        self.policies = policies

    def orders(self, candidates: Sequence[str], seat: int = 1) -> Iterator[list[str]]:
        """Every order in which the candidates may be elected, seat by seat."""
        if not candidates:
            yield []
            return
        for winner in self.winners(candidates):
            rest = [who for who in candidates if who != winner]
            for order in self.orders(rest, seat + 1):
                yield [winner, *order]

    def winners(self, candidates: Sequence[str]) -> list[str]:
        """Who may win one seat: several, where ties are not settled by the ballots."""
        if len(candidates) == 1:
            return list(candidates)
        found = [who for pair in self.pairs(candidates) for who in self._of(pair)]
        return list(dict.fromkeys(found))

    def pairs(self, candidates: Sequence[str]) -> list[tuple[str, str]]:
        """The pairs that may be in the run-off."""
        points = sums(self.ballots, candidates)
        second = sorted(points.values())[-2]
        above = [who for who in candidates if points[who] > second]
        level = [who for who in candidates if points[who] == second]
        places = 2 - len(above)
        if len(level) > places and "head to head" in self.policies:
            level = self._preferred(level, places)
        if places == 1:
            return [(above[0], who) for who in level]
        return list(combinations(level, 2))

    def _preferred(self, level: list[str], places: int) -> list[str]:
        """Those of the level whom the others do not beat head to head, if that settles it."""
        beaten = {
            who: sum(1 for other in level if other != who and self._beats(other, who))
            for who in level
        }
        ranked = sorted(level, key=lambda who: beaten[who])
        if beaten[ranked[places - 1]] < beaten[ranked[places]]:
            return ranked[:places]
        return [who for who in level if beaten[who] <= beaten[ranked[places - 1]]]

    def _beats(self, one: str, other: str) -> bool:
        votes = preferring(self.ballots, one, other)
        return votes[0] > votes[1]

    def _of(self, pair: tuple[str, str]) -> tuple[str, ...]:
        one, other = pair
        left, right = preferring(self.ballots, one, other)
        if left == right and "score" in self.policies:
            points = sums(self.ballots, pair)
            left, right = points[one], points[other]
        if left == right:
            return pair
        return (one,) if left > right else (other,)

    def run_off(self, candidates: Sequence[str], seat: int) -> RunOff | None:
        """The run-off for a seat, if it is clear between whom."""
        pairs = self.pairs(candidates) if len(candidates) > 1 else []
        if len(pairs) != 1:
            return None
        one, other = pairs[0]
        points = sums(self.ballots, pairs[0])
        votes = preferring(self.ballots, one, other)
        equal = len(self.ballots) - sum(votes)
        return RunOff(seat, (one, other), (points[one], points[other]), votes, equal)
