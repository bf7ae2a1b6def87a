"""Each plausible mistake, seeded in the engine, changes an answer that the tests hold it to.

A mutant is killed by a check that passes without it. Breaking down is no wrong answer: a mutant
that only raises errors is seeded badly.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest

from tests.mutants.battery import STAGES, Found, Order, Stage
from tests.mutants.mutants import MUTANTS, Mutant, OutOfDateError

ROOT = Path(__file__).resolve().parents[2]
Battery: TypeAlias = Callable[[str, Stage], Found]

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a battery copies its process")


@pytest.fixture(scope="module")
def battery() -> Iterator[Battery]:
    """Puts a mutant ("" for none) to one stage: up to its first wrong answer, leaving out the
    checks that fail without it."""
    command = [sys.executable, "-B", "-m", "tests.mutants.battery"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        unharmed: dict[Stage, Found] = {}

        def run(order: Order) -> Found:
            assert process.stdin
            assert process.stdout
            process.stdin.write(json.dumps(order) + "\n")
            process.stdin.flush()
            found: Found = json.loads(process.stdout.readline())
            assert not found["failed"], found["failed"]
            return found

        def put(mutant: str, stage: Stage) -> Found:
            if stage not in unharmed:
                unharmed[stage] = run({"mutant": "", "stage": stage, "skip": [], "first": False})
            if not mutant:
                return unharmed[stage]
            skip = unharmed[stage]["wrong"]
            return run({"mutant": mutant, "stage": stage, "skip": skip, "first": True})

        yield put


@pytest.mark.parametrize("stage", STAGES)
def test_the_engine_as_it_is_survives(stage: Stage, battery: Battery) -> None:
    """A case that fails fails in its own test, too; a few of them leave the battery whole."""
    found = battery("", stage)
    assert found["checks"] > 0
    assert found["broken"] == []
    assert len(found["wrong"]) * 100 <= found["checks"], found["wrong"]


def test_each_mutant_has_a_name_of_its_own() -> None:
    names = [mutant.name for mutant in MUTANTS]
    assert sorted(set(names)) == sorted(names)


def test_a_mutant_whose_text_is_gone_says_so() -> None:
    mutant = Mutant("late", "nemcon.when", "gone", "", "")
    with pytest.raises(
        OutOfDateError, match=r"stands 0 times in nemcon\.when.*seed the mistake anew"
    ):
        mutant.seeded("here\n")
    with pytest.raises(OutOfDateError, match="stands 2 times"):
        mutant.seeded("gone gone\n")


@pytest.mark.parametrize("mutant", MUTANTS, ids=[mutant.name for mutant in MUTANTS])
def test_is_caught(
    mutant: Mutant, battery: Battery, record_property: Callable[[str, object], None]
) -> None:
    broken: list[str] = []
    for stage in STAGES:
        found = battery(mutant.name, stage)
        broken += found["broken"]
        if found["wrong"]:
            record_property("caught by", f"{stage}: {found['wrong'][0]}")
            return
    pytest.fail(f"nothing tells this from the engine: {mutant.breaks}; broke down: {broken[:3]}")
