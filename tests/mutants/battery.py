"""What every mutant is put to: `python -m tests.mutants.battery`, with an `Order` a line on stdin.

Each order is run by a process of its own. It loads the engine, one module of it with a mistake
seeded as it is read (no file is touched), runs one stage of checks and answers with a line: what
it found, as JSON. The processes are copies of one that has not loaded the engine yet but has
loaded what is slow to load.
"""

import json
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import CodeType, ModuleType
from typing import Literal, NoReturn, TypeAlias, TypedDict

import hypothesis.strategies  # noqa: F401  (slow to load)
import pytest  # noqa: F401  (slow to load)

from tests.mutants.mutants import MUTANTS, Mutant

Check: TypeAlias = tuple[str, Callable[[], None]]
Stage = Literal["cases", "records", "questions"]
STAGES: tuple[Stage, ...] = ("cases", "records", "questions")
QUESTIONS = 60
SECONDS = 120


class Order(TypedDict):
    """Which mutant ("" for none), which stage, which checks not, and whether to stop at the first
    wrong answer."""

    mutant: str
    stage: Stage
    skip: list[str]
    first: bool


class Found(TypedDict):
    """The checks that gave another answer, those that broke down, and how many there were.

    `failed`: why there was no battery at all.
    """

    wrong: list[str]
    broken: list[str]
    checks: int
    failed: str


class Seeding(MetaPathFinder):
    """Finds one module as its mutant has it."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The spec of the mutated module; None for all others."""
        if name != self.mutant.module:
            return None
        spec = PathFinder.find_spec(name, path, target)
        assert spec is not None, f"no module is called {name}"
        assert spec.origin is not None, f"{name} has no source"
        spec.loader = _Seeded(self.mutant, name, spec.origin)
        return spec


class _Seeded(SourceFileLoader):
    """Loads a module as its mutant has it."""

    def __init__(self, mutant: Mutant, name: str, path: str) -> None:
        super().__init__(name, path)
        self.mutant = mutant

    def get_code(self, fullname: str) -> CodeType:
        """The code of the mutated source, which is compiled anew and kept nowhere."""
        path = self.get_filename(fullname)
        source = self.mutant.seeded(self.get_data(path).decode("utf-8"))
        return compile(source, path, "exec", dont_inherit=True)


def checks(stage: Stage) -> Iterator[Check]:
    """The checks of one stage. The engine is first imported here, by what they import."""
    if stage == "cases":
        from tests.mutants.checks import cases

        yield from cases()
    elif stage == "records":
        from tests.mutants.checks import records

        yield from records()
    else:
        from tests.mutants.checks import questions

        yield from questions(QUESTIONS)


def run(order: Order) -> Found:
    """Run one stage; a check that raises anything but AssertionError broke down."""
    found: Found = {"wrong": [], "broken": [], "checks": 0, "failed": ""}
    skip = set(order["skip"])
    for name, check in checks(order["stage"]):
        if name in skip:
            continue
        found["checks"] += 1
        try:
            check()
        except AssertionError:
            found["wrong"].append(name)
            if order["first"]:
                break
        except Exception as error:
            found["broken"].append(f"{name}: {type(error).__name__}: {error}")
    return found


def seed(name: str) -> None:
    """See to it that the engine is loaded as this mutant has it."""
    for mutant in MUTANTS:
        if mutant.name == name:
            sys.meta_path.insert(0, Seeding(mutant))


def obey(order: Order) -> NoReturn:
    """Print what an order finds, and end this process."""
    signal.alarm(SECONDS)
    try:
        seed(order["mutant"])
        found = run(order)
    except Exception:
        found = _failed(traceback.format_exc())
    print(json.dumps(found), flush=True)
    os._exit(0)


def _failed(why: str) -> Found:
    return {"wrong": [], "broken": [], "checks": 0, "failed": why}


def main() -> None:
    """Run the orders on stdin, one by one."""
    assert not any(name.startswith("nemcon") for name in sys.modules), "nothing to seed it in"
    for line in sys.stdin:
        child = os.fork() or obey(json.loads(line))
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if status:
            why = f"ended with {status} (-14: it took more than {SECONDS} seconds)"
            print(json.dumps(_failed(why)), flush=True)


if __name__ == "__main__":
    main()
