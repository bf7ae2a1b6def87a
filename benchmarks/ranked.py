"""How fast ranked ballots are counted, beside the libraries that others offer. Run as

    uv run --isolated --with pref-voting --with votekit python -m benchmarks.ranked

The peers are asked for here and not in the lock: Numba, which they need, would hold back NumPy for
everybody. Each winner and matrix is compared with theirs; aims that are missed come last.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from benchmarks import clock
from nemcon import __version__
from nemcon.rules.ranked import pairwise, sequential_dropping

BALLOTS, OPTIONS = 100_000, 10
MARKS = "123456789a"
SEED = 7
PEERS = ("pref_voting", "votekit", "numba", "numpy")


def main() -> int:
    """Count full and truncated rankings, and give the exit code."""
    told = ", ".join(f"{name} {_version(name) or 'not installed'}" for name in PEERS)
    print(f"nemcon {__version__}, {told}")
    aims = clock.Aims([])
    full = [_full(random.Random(SEED + n)) for n in range(BALLOTS)]
    few = _few(full)
    for what, ballots in (
        (f"{len(set(full)):,} different rankings", full),
        (f"{len(set(few)):,} different rankings", few),
    ):
        print(f"\n{BALLOTS:,} ballots, {OPTIONS} options, {what}")
        _compare(aims, ballots)
    print("\nEvery aim is met." if not aims.missed else "\nNot met:")
    for line in aims.missed:
        print(f"  {line}")
    return int("--strict" in sys.argv and bool(aims.missed))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _full(chance: random.Random) -> str:
    """A ranking of all options near an order of their own, as those of real elections are."""
    places = sorted(range(OPTIONS), key=lambda option: option + chance.gauss(0, 4))
    marks = [""] * OPTIONS
    for place, option in enumerate(places):
        marks[option] = MARKS[place]
    return "".join(marks)


def _few(ballots: list[str]) -> list[str]:
    """As many ballots, of five hundred kinds."""
    kinds = ballots[:500]
    chance = random.Random(SEED)
    return [chance.choice(kinds) for _ in ballots]


def _compare(aims: clock.Aims, ballots: list[str]) -> None:
    found: dict[str, Any] = {}

    def ours() -> None:
        matrix = pairwise(ballots, OPTIONS)
        found["nemcon"] = (sequential_dropping(matrix, range(OPTIONS)), matrix)

    mine = clock.call(ours, times=5)
    aims.show("nemcon: from the ballots to the winner", mine, 1.0)
    for name, prepare in (("pref_voting", _pref_voting), ("votekit", _votekit)):
        if not _version(name):
            aims.fail(f"{name} is not installed, so nothing was compared with it")
            continue
        count, whole = prepare(ballots)
        # What is compiled at the first call is compiled here.
        found[name] = count()
        aims.show(f"{name}: the winner of a profile made already", clock.call(count, times=3))
        theirs = clock.call(whole, times=3)
        aims.show(f"{name}: from the ballots to the winner", theirs)
        print(f"  nemcon takes {mine / theirs:.3f} of that time")
        if mine > theirs:
            aims.fail(f"slower than {name}: {mine * 1000:.1f} ms against {theirs * 1000:.1f} ms")
        winners, matrix = found[name]
        if (winners, matrix) != found["nemcon"]:
            aims.fail(f"{name} has another answer: {winners}, here {found['nemcon'][0]}")
        else:
            print(f"  the same winner and the same {OPTIONS * OPTIONS - OPTIONS} numbers")


Counted = Callable[[], tuple[list[int], list[list[int]]]]


def _pref_voting(ballots: list[str]) -> tuple[Counted, Callable[[], object]]:
    """A profile of the different rankings with their numbers; its beat-path (Schulze) winner."""
    from pref_voting.profiles import Profile
    from pref_voting.voting_methods import beat_path

    def profile() -> Any:
        kinds = Counter(ballots)
        rankings = [sorted(range(OPTIONS), key=kind.__getitem__) for kind in kinds]
        return Profile(rankings, rcounts=list(kinds.values()))

    def winner(made: Any) -> tuple[list[int], list[list[int]]]:
        winners = [int(x) for x in beat_path(made)]
        matrix = [
            [int(made.support(x, y)) if x != y else 0 for y in range(OPTIONS)]
            for x in range(OPTIONS)
        ]
        return winners, matrix

    made = profile()
    return (lambda: winner(made)), (lambda: winner(profile()))


def _votekit(ballots: list[str]) -> tuple[Counted, Callable[[], object]]:
    """A profile of ranked ballots, and the winner of its Schulze election."""
    from votekit import PreferenceProfile, RankBallot
    from votekit.elections import Schulze
    from votekit.graphs import pairwise_dict

    names = [str(option) for option in range(OPTIONS)]

    def profile() -> Any:
        kinds = Counter(ballots)
        return PreferenceProfile(
            ballots=tuple(
                RankBallot(
                    ranking=[
                        {names[option]} for option in sorted(range(OPTIONS), key=kind.__getitem__)
                    ],
                    weight=count,
                )
                for kind, count in kinds.items()
            ),
            candidates=tuple(names),
        )

    def winner(made: Any) -> tuple[list[int], list[list[int]]]:
        elected = [int(who) for group in Schulze(made, n_seats=1).get_elected() for who in group]
        pairs = pairwise_dict(made)
        matrix = [[0] * OPTIONS for _ in range(OPTIONS)]
        for (x, y), (more, less) in pairs.items():
            matrix[int(x)][int(y)], matrix[int(y)][int(x)] = int(more), int(less)
        return elected, matrix

    made = profile()
    return (lambda: winner(made)), (lambda: winner(profile()))


if __name__ == "__main__":
    sys.exit(main())
