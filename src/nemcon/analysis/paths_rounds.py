"""Rounds under stated assumptions: every trial goes from ballot to ballot as the rule says.

Trials that stand alike (phase, ballots held, who is in the race) go on together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from nemcon.analysis.paths import PathsError
from nemcon.rules.phases import NO_RESULT, Cut, Phase, Rounds

Integers: TypeAlias = "npt.NDArray[np.int64]"
Race: TypeAlias = tuple[int, ...]
"""Who is in the race, by their place among the candidates."""
MOST_BALLOTS = 200
MOST_CANDIDATES = 30
STILL_OPEN = f"open after {MOST_BALLOTS} ballots"
ABSTAIN = "abstain"


class Voters(Protocol):
    """How voters are assumed to vote. The last column of what is drawn are abstentions."""

    number: int

    def start(self, trials: int, generator: np.random.Generator) -> None:
        """Begin so many trials."""

    def votes(self, race: Race, rows: Integers, generator: np.random.Generator) -> Integers:
        """The votes of one ballot, for each of these trials: a column for each in the race."""


@dataclass
class Independent:
    """Each voter on each ballot votes for one in the race, with chances as these weights; who is
    out leaves them to the others in proportion. The last weight is that of abstaining.
    """

    number: int
    weights: Sequence[Fraction]

    def start(self, trials: int, generator: np.random.Generator) -> None:
        """Nothing is settled beforehand."""

    def votes(self, race: Race, rows: Integers, generator: np.random.Generator) -> Integers:
        """One multinomial draw for each trial."""
        chosen = [self.weights[n] for n in race] + [self.weights[-1]]
        total = sum(chosen)
        if not total:
            raise PathsError(
                "nobody who is left in the race has a chance to be voted for; give each a weight"
            )
        chances = [float(each / total) for each in chosen]
        return generator.multinomial(self.number, chances, size=len(rows))


@dataclass
class Ranked:
    """Each voter has one of these rankings, with these chances, and keeps it: on each ballot it
    votes for the first in it who is in the race, and abstains if there is none.
    """

    number: int
    rankings: Sequence[tuple[int, ...]]
    chances: Sequence[Fraction]
    _held: Integers = field(default_factory=lambda: np.zeros((0, 0), dtype=np.int64))

    def start(self, trials: int, generator: np.random.Generator) -> None:
        """Draw who holds which ranking."""
        chances = [float(each) for each in self.chances]
        self._held = generator.multinomial(self.number, chances, size=trials)

    def votes(self, race: Race, rows: Integers, generator: np.random.Generator) -> Integers:  # noqa: ARG002
        """Each ranking counts for the first in it who is in the race."""
        goes = np.zeros((len(self.rankings), len(race) + 1), dtype=np.int64)
        place = {who: n for n, who in enumerate(race)}
        for n, ranking in enumerate(self.rankings):
            goes[n, next((place[who] for who in ranking if who in place), len(race))] = 1
        found: Integers = self._held[rows] @ goes
        return found


@dataclass(frozen=True)
class _Stand:
    """Where some trials stand."""

    phase: int
    held: int
    race: Race
    number: int = 0


@dataclass
class Rounded:
    """A rule of rounds, who may be voted for, how voters vote, and the ballots held already."""

    rounds: Rounds
    candidates: tuple[str, ...]
    voters: Voters
    held: Sequence[Mapping[str, int]] = ()
    params: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.rounds.seats != 1:
            raise PathsError("rounds that fill several seats at once cannot be imagined yet")
        if any(phase.points for phase in self.rounds.phases):
            raise PathsError("rounds in which voters give points cannot be imagined yet")
        if not 1 < len(self.candidates) <= MOST_CANDIDATES:
            raise PathsError(f"name 2 to {MOST_CANDIDATES} candidates")
        told = ["a tie that the rule leaves to a further ballot, a name or nobody is drawn by lot"]
        if self.rounds.excluded:
            told.append(f"those excluded by '{self.rounds.excluded}' are taken to be no voters")
        if any(phase.open for phase in self.rounds.phases):
            told.append("nobody enters the race later")
        if any(p.least != p.most for p in self.rounds.phases):
            told.append("a phase whose length is open takes the most ballots that it may")
        self.notes = (*self.notes, *told)

    def exact(self) -> Mapping[str, Fraction]:
        """Rounds are not listed."""
        return {}

    def trials(self, number: int, generator: np.random.Generator) -> tuple[Counter[str], int]:
        """Take so many trials from the first ballot to the end."""
        self.voters.start(number, generator)
        found: Counter[str] = Counter()
        everyone = tuple(range(len(self.candidates)))
        phase = self.rounds.first(len(everyone))
        stands: dict[_Stand, list[Integers]] = {
            _Stand(phase, 0, everyone): [np.arange(number, dtype=np.int64)]
        }
        ballots = 0
        while stands:
            stand = next(iter(stands))
            rows = np.concatenate(stands.pop(stand))
            if stand.number >= MOST_BALLOTS:
                found[STILL_OPEN] += len(rows)
                continue
            ballots += len(rows) * (stand.number >= len(self.held))
            for after, some in self._ballot(stand, rows, generator):
                if isinstance(after, str):
                    found[after] += len(some)
                else:
                    stands.setdefault(after, []).append(some)
        return found, ballots

    def _ballot(
        self, stand: _Stand, rows: Integers, generator: np.random.Generator
    ) -> Iterator[tuple[_Stand | str, Integers]]:
        """One ballot of trials that stand alike: where they stand then, or how they ended."""
        if stand.number < len(self.held):
            stand, votes = self._told(stand, len(rows))
        else:
            votes = self.voters.votes(stand.race, rows, generator)
        phase = self.rounds.phases[stand.phase]
        cast = votes[:, : len(stand.race)]
        top = cast.max(axis=1)
        won = self._reached(phase, votes, cast, top) & (top > 0)
        if won.any():
            best = _picked(cast[won] == top[won, None], generator)
            for n, who in enumerate(stand.race):
                some = rows[won][best == n]
                if len(some):
                    yield self.candidates[who], some
        if not won.all():
            yield from self._on(stand, phase, rows[~won], cast[~won], generator)

    def _told(self, stand: _Stand, trials: int) -> tuple[_Stand, Integers]:
        """A ballot that was held: the same votes in every trial, and who was voted for."""
        told = self.held[stand.number]
        race = tuple(n for n, name in enumerate(self.candidates) if name in told)
        if not set(race) <= set(stand.race):
            gone = [self.candidates[n] for n in race if n not in stand.race]
            raise PathsError(
                f"ballot {stand.number + 1}: {gone[0]} had fallen out before, as the ballots were "
                "told; 'nemcon rules decide' says how they have gone"
            )
        row = [told[self.candidates[n]] for n in race] + [told.get(ABSTAIN, 0)]
        votes = np.tile(np.asarray(row, dtype=np.int64), (trials, 1))
        return _Stand(stand.phase, stand.held, race, stand.number), votes

    def _reached(
        self, phase: Phase, votes: Integers, cast: Integers, top: Integers
    ) -> npt.NDArray[np.bool_]:
        """Whether the most votes are enough."""
        rule = phase.threshold
        if rule.plurality:
            return np.ones(len(top), dtype=np.bool_)
        base: Integers | int
        if rule.number is not None:
            scaled = rule.share * rule.number
            left = top * scaled.denominator
            enough = left > scaled.numerator if rule.strict else left >= scaled.numerator
            return np.asarray(enough, dtype=np.bool_)
        if rule.param:
            if rule.param not in self.params:
                raise PathsError(f"'{rule.param}' has to be said: --param {rule.param}=N")
            base = self.params[rule.param]
        elif rule.of in ("eligible", "members"):
            base = max(self.voters.number, self.params.get(rule.of, 0))
        else:
            base = votes.sum(axis=1) if rule.of == "voters" else cast.sum(axis=1)
        left, right = top * rule.share.denominator, base * rule.share.numerator
        return np.asarray(left > right if rule.strict else left >= right, dtype=np.bool_)

    def _on(
        self,
        stand: _Stand,
        phase: Phase,
        rows: Integers,
        cast: Integers,
        generator: np.random.Generator,
    ) -> Iterator[tuple[_Stand | str, Integers]]:
        """After a ballot without result: who falls out, and what comes then."""
        over = phase.most is not None and stand.held + 1 >= phase.most
        stays = self._stay(phase.after if over else phase.eliminate, cast, generator)
        for race, some in _alike(stand.race, stays, rows):
            number = stand.number + 1
            if not over:
                yield _Stand(stand.phase, stand.held + 1, race, number), some
            elif phase.following is not None:
                yield _Stand(phase.following, 0, race, number), some
            else:
                yield phase.word or NO_RESULT, some

    def _stay(
        self, cut: Cut, cast: Integers, generator: np.random.Generator
    ) -> npt.NDArray[np.bool_]:
        """Who stays in the race, for each trial."""
        stays: npt.NDArray[np.bool_] = np.ones(cast.shape, dtype=np.bool_)
        if cut.kind == "lowest" and cast.shape[1] > 1:
            low = cast == cast.min(axis=1)[:, None]
            alone = low.sum(axis=1)
            together = "together" in self.rounds.ties.last
            many = (alone > 1) & ~(together & (alone < cast.shape[1]))
            if many.any():
                chosen = _picked(low[many], generator)
                low[many] = np.arange(cast.shape[1]) == chosen[:, None]
            stays = ~low
        elif cut.kind == "keep" and cast.shape[1] > cut.number(1):
            keep = cut.number(1)
            mark = np.sort(cast, axis=1)[:, -keep]
            stays = cast >= mark[:, None]
            many = stays.sum(axis=1) > keep
            if many.any() and not (cut.ties_stay or "together" in self.rounds.ties.first):
                stays[many] = _kept(cast[many], keep, generator)
        return stays


def _picked(among: npt.NDArray[np.bool_], generator: np.random.Generator) -> Integers:
    """One of those marked in each row: the only one, else one by lot."""
    found: Integers = among.argmax(axis=1)
    many = among.sum(axis=1) > 1
    if many.any():
        lots = np.where(among[many], generator.random(among[many].shape), -1.0)
        found[many] = lots.argmax(axis=1)
    return found


def _kept(cast: Integers, keep: int, generator: np.random.Generator) -> npt.NDArray[np.bool_]:
    """The first `keep` of each row, those level for the last place by lot."""
    lots = generator.random(cast.shape)
    order = np.lexsort((lots, cast), axis=1)
    stays = np.zeros(cast.shape, dtype=np.bool_)
    np.put_along_axis(stays, order[:, -keep:], True, axis=1)
    return stays


def _alike(
    race: Race, stays: npt.NDArray[np.bool_], rows: Integers
) -> Iterator[tuple[Race, Integers]]:
    """The rows by who stays."""
    codes = stays @ (1 << np.arange(len(race), dtype=np.int64))
    for code in np.unique(codes):
        left = tuple(who for n, who in enumerate(race) if int(code) >> n & 1)
        yield left, rows[codes == code]
