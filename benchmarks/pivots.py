"""How fast pivots are worked out, with brute force beside them where it can. Run as

    ./run python -m benchmarks.pivots

Members have weights of their own; every tenth may veto. The aim: 200 members in less than a second.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from itertools import combinations

from nemcon.access.packs import procedure
from nemcon.analysis.columns import Like
from nemcon.analysis.pivots import Pivots, pivots
from nemcon.rules.algebra import as_attributes
from nemcon.rules.procedure import Procedure, read_procedure

SEED = 7
AIM = 1.0
SHARE = {
    "id": "share",
    "positions": ["yes", "no", "abstain"],
    "outcome": [
        {
            "when": {
                "all": [
                    {
                        "cmp": [
                            {"w": ["votes", "yes"]},
                            ">=",
                            {"mul": ["2/3", {"w": ["votes", "all"]}]},
                        ]
                    },
                    {"none": {"and": ["no", {"attr": ["permanent", True]}]}},
                ]
            },
            "is": "adopted",
            "favourable": True,
        },
        {"is": "not adopted"},
    ],
}
"""Two thirds of the votes, and nobody against who may veto."""

RULE = read_procedure(SHARE)


def body(size: int, open_members: int = 0) -> list[Like]:
    """Members with weights of their own, each of another mind."""
    draw = random.Random(SEED * size + open_members)
    members = []
    for n in range(size):
        held = ("yes", "no", "abstain", "silent") if n < open_members else (draw.choice(_MINDS),)
        attributes = {"votes": draw.randint(1, 10 * size), "permanent": n % 10 == 0}
        members.append(Like((f"m{n}",), 1, held, as_attributes(attributes)))
    return members


_MINDS = ("yes", "no", "abstain")


def brute(members: Sequence[Like]) -> int | None:
    """The fewest changes to *met*, by trying every set of members: all of them turn to yes."""
    for size in range(len(members) + 1):
        for who in combinations(range(len(members)), size):
            yes = sum(
                int(one.attributes["votes"])
                for n, one in enumerate(members)
                if n in who or one.held == ("yes",)
            )
            everyone = sum(int(one.attributes["votes"]) for one in members)
            vetoed = any(
                one.attributes["permanent"] and one.held == ("no",) and n not in who
                for n, one in enumerate(members)
            )
            if 3 * yes >= 2 * everyone and not vetoed:
                return size
    return None


def timed(members: Sequence[Like], rule: Procedure = RULE) -> tuple[Pivots, float]:
    """The pivots, and how many seconds of the processor they took."""
    start = time.process_time()
    found = pivots(rule, members)
    return found, time.process_time() - start


def grouped(rule: Procedure, size: int) -> list[Like]:
    """Members of a rule of the library: in 26 groups, each with a few weights, of every mind."""
    draw = random.Random(SEED * size)
    found: Counter[tuple[str, tuple[tuple[str, object], ...]]] = Counter()
    for n in range(size):
        held = {
            name: f"group {n % 26}" if name in GROUPS else 1 + n % 26 % 5 for name in rule.reads
        }
        held |= {"pop": draw.randint(1, 900)} if "pop" in rule.reads else {}
        found[draw.choice(("yes", "no", "abstain")), tuple(sorted(held.items()))] += 1
    return [
        Like((), number, (position,), as_attributes(dict(held)))
        for (position, held), number in found.items()
    ]


GROUPS = ("canton", "land")
LIBRARY = ("ch-double-majority", "de-bundesrat", "eu-qmv")


def main() -> int:
    """Print every number, and then the aims that are missed."""
    missed = []
    for size in (8, 12, 16):
        members = body(size)
        found, mine = timed(members)
        start = time.process_time()
        theirs = brute(members)
        spent = time.process_time() - start
        assert found.met is not None
        assert found.met.exact
        assert found.met.size == theirs
        print(
            f"{size:>4} members: {mine * 1e3:8.1f} ms; brute force {spent * 1e3:10.1f} ms, the same"
        )
    for size, open_members in ((50, 0), (100, 0), (200, 0), (200, 20)):
        found, mine = timed(body(size, open_members))
        assert found.met is not None
        proven = "proven" if found.met.exact else "at most"
        still = f", {open_members} of them open" if open_members else ""
        print(f"{size:>4} members{still}: {mine * 1e3:8.1f} ms; {found.met.size} away, {proven}")
        if mine > AIM or not found.met.exact:
            missed.append(f"{size} members{still}: {mine:.2f} s, {proven}; aim {AIM:.0f} s, proven")
    for name in LIBRARY:
        rule = procedure(name)
        assert rule is not None
        for size in (50, 100, 200):
            found, mine = timed(grouped(rule, size), rule)
            away = found.met or found.not_met
            proven = "proven" if found.exact and away and away.exact else "at most"
            told = f"{away.size} away, {proven}" if away else "never"
            print(f"{size:>4} members of {name}: {mine * 1e3:8.1f} ms; {told}")
            if mine > AIM or proven != "proven":
                missed.append(f"{size} members of {name}: {mine:.2f} s, {proven}")
    print("\nEvery aim is met." if not missed else "\nNot met:")
    for line in missed:
        print(f"  {line}")
    return int("--strict" in sys.argv and bool(missed))


if __name__ == "__main__":
    sys.exit(main())
