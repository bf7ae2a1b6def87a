"""How fast ballots are imagined, beside the random numbers alone. Run as

    ./run python -m benchmarks.paths

A million ballots of a real rule of several rounds. The aim: at least 0.6 of the rate at which the
generator draws the votes of as many ballots and nothing else is done. Both are measured in one run.
"""

from __future__ import annotations

import sys
import time
from fractions import Fraction

import numpy as np

from nemcon.access.packs import procedure
from nemcon.analysis.paths import CHUNK
from nemcon.analysis.paths_rounds import Independent, Integers, Race, Rounded
from nemcon.rules.phases import read_rounds
from nemcon.rules.place import Place

SEED = 2013
BALLOTS = 1_000_000
AIM = 0.6
RULES = {"ioc-host-2013": (96, 5), "de-federal-president": (1_260, 3)}


class Recording(Independent):
    """The same voters, and what was asked of the generator."""

    asked: list[tuple[list[float], int]]

    def votes(self, race: Race, rows: Integers, generator: np.random.Generator) -> Integers:
        """One multinomial draw for each trial, written down."""
        chosen = [self.weights[n] for n in race] + [self.weights[-1]]
        total = sum(chosen)
        self.asked.append(([float(each / total) for each in chosen], len(rows)))
        return super().votes(race, rows, generator)


def measure(rule: str, number: int, candidates: int) -> float:
    """The rate of imagined ballots, as a share of the rate of the draws alone."""
    found = procedure(rule)
    assert found is not None
    rounds = read_rounds(found.rounds, Place(rule) / "rounds")
    names = tuple("ABCDEFG"[:candidates])
    weights = [Fraction(n) for n in range(candidates + 3, 3, -1)] + [Fraction(1, 10)]
    voters = Recording(number, weights)
    voters.asked = []
    imagined = Rounded(rounds, names, voters)
    generator = np.random.Generator(np.random.PCG64(SEED))
    imagined.trials(CHUNK, generator)  # warm
    voters.asked.clear()
    held, start = 0, time.process_time()
    while held < BALLOTS:
        held += imagined.trials(CHUNK, generator)[1]
    whole = time.process_time() - start
    generator = np.random.Generator(np.random.PCG64(SEED))
    start = time.process_time()
    for chances, trials in voters.asked:
        generator.multinomial(number, chances, size=trials)
    alone = time.process_time() - start
    ratio = alone / whole
    print(
        f"{rule:<22} {held:>9,} ballots of {number:,} voters: {whole:6.2f} s, "
        f"{held / whole:>10,.0f} a second; draws alone {alone:6.2f} s; ratio {ratio:.2f}"
    )
    return ratio


def main() -> int:
    """Print every number, and then the aims that are missed."""
    missed = []
    for rule, (number, candidates) in RULES.items():
        ratio = measure(rule, number, candidates)
        if ratio < AIM:
            missed.append(f"{rule}: {ratio:.2f} of the rate of the draws; aim {AIM}")
    print("\nEvery aim is met." if not missed else "\nNot met:")
    for line in missed:
        print(f"  {line}")
    return int("--strict" in sys.argv and bool(missed))


if __name__ == "__main__":
    sys.exit(main())
