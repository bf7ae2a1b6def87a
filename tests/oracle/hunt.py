"""Look for questions that engine and brute force answer differently, and keep them.

`./run python -m tests.oracle.hunt --seed 7 --questions 100000 --keep found.pickle` draws random
questions as the property test does, without cutting down what it finds: it says how far it is,
and writes each question that fails to the file as soon as it is found. A question that takes brute
force more than `--seconds` of processor time is counted and left. Ends with 1 if any was found.
"""

import argparse
import pickle
import sys
import time
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.oracle.limit import TooSlowError, limited
from tests.oracle.strategies import Question, questions
from tests.test_engine_against_oracle import engine, oracle

CHUNK = 1_000


def difference(question: Question, seconds: float) -> str:
    """What the two differ in, in a word ("" if in nothing). Raises `TooSlowError`."""
    asked = (
        *(question.entries, question.matter, question.on, question.known),
        *(question.conventions, question.rule),
    )
    with limited(seconds):
        theirs = oracle(*asked)
    try:
        found, mine = engine(*asked)
    except Exception as error:  # whatever it is, it is a finding
        return f"breaks down: {type(error).__name__}"
    if not found.exact:
        return "given up" if theirs["verdict"] != "cannot tell" else ""
    if theirs["no_world"]:
        return "" if mine["no_world"] and mine["verdict"] == "cannot tell" else "no world"
    return next((what for what, told in theirs.items() if mine[what] != told), "")


def hunt(first: int, count: int, seconds: float, keep: Path | None) -> Counter[str]:
    """How many questions differ in what, of so many from the seed `first` on."""
    found: Counter[str] = Counter()
    kept: list[tuple[str, Question]] = []
    asked, began = 0, time.monotonic()
    while asked < count:
        size = min(CHUNK, count - asked)

        @seed(first + asked)
        @settings(
            max_examples=size,
            phases=[Phase.generate],
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(questions())
        def ask(question: Question) -> None:
            try:
                what = difference(question, seconds)
            except TooSlowError:
                what = "too slow"
            if what:
                found[what] += 1
            if what and what != "too slow":
                kept.append((what, question))
                if keep:
                    keep.write_bytes(pickle.dumps(kept))

        ask()
        asked += size
        told = ", ".join(f"{what}: {n}" for what, n in found.most_common()) or "no difference"
        print(f"{asked} questions, {time.monotonic() - began:.0f} s: {told}", flush=True)
    return found


def main() -> int:
    """Read the command line, hunt, and tell whether anything was found."""
    told = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    told.add_argument("--seed", type=int, default=0, help="where to begin (default 0)")
    told.add_argument("--questions", type=int, default=10_000, help="how many (default 10000)")
    told.add_argument("--seconds", type=float, default=20, help="for one by brute force (20)")
    told.add_argument("--keep", type=Path, help="a file for the questions that differ (pickle)")
    asked = told.parse_args()
    found = hunt(asked.seed, asked.questions, asked.seconds, asked.keep)
    return 1 if set(found) - {"too slow"} else 0


if __name__ == "__main__":
    sys.exit(main())
