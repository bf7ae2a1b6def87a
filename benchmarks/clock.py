"""Time of whole processes and of calls, and how a number is printed beside its aim."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from nemcon.access.packs import pack

TIMES = 7
PATIENCE = 300.0  # seconds after which a process is given up


@dataclass(frozen=True)
class Spent:
    """Seconds by the clock on the wall, and seconds in which a processor was at work on it."""

    wall: float
    processor: float


@dataclass
class Aims:
    """Prints each number, and remembers which aims were missed."""

    missed: list[str]

    def show(
        self, what: str, seconds: float, aim: float | None = None, *, beside: str = ""
    ) -> None:
        """One number, what it is compared with, and whether it is below its aim."""
        verdict = ""
        if aim is not None:
            met = seconds < aim
            verdict = f"aim < {_number(aim)}: {'met' if met else 'NOT MET'}"
            if not met:
                self.missed.append(f"{what}: {_number(seconds)}, aim < {_number(aim)}")
        print(f"  {what:<52}{_number(seconds):>10}  {verdict:<24}{beside}", flush=True)

    def fail(self, what: str) -> None:
        """An aim that is missed for another reason than time."""
        self.missed.append(what)
        print(f"  NOT MET: {what}", flush=True)


def _number(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms" if abs(seconds) < 1 else f"{seconds:.2f} s"


def process(arguments: Sequence[str], environment: Mapping[str, str], times: int = TIMES) -> Spent:
    """The least time of several runs of `python ARGUMENTS`, each a new process."""
    spent = [_once([sys.executable, *arguments], environment) for _ in range(times)]
    return Spent(min(s.wall for s in spent), min(s.processor for s in spent))


def _once(command: Sequence[str], environment: Mapping[str, str]) -> Spent:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run(
        command,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        timeout=PATIENCE,
        check=False,
    )
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr.decode(errors='replace')}")
    user, system = after.ru_utime - before.ru_utime, after.ru_stime - before.ru_stime
    return Spent(wall, user + system)


def call(function: Callable[[], object], times: int = 1) -> float:
    """The least processor time of several calls in this process."""
    spent = []
    for _ in range(times):
        start = time.process_time()
        function()
        spent.append(time.process_time() - start)
    return min(spent)


def warm_up() -> None:
    """Read the packs once, so that they count for no later number."""
    pack("nato")
