"""Measure everything, print each number beside its peer, and end with the aims that are not met."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from pathlib import Path

import apsw
import cryptography

from benchmarks import answers, commands, page
from benchmarks.clock import Aims, Spent, process, warm_up
from nemcon import __version__

PARTS = ("start", "large", "chain", "worlds", "page")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of: {', '.join(PARTS)}")
    parser.add_argument("--strict", action="store_true", help="exit with 1 if an aim is not met")
    asked = parser.parse_args()
    if unknown := set(asked.parts) - set(PARTS):
        parser.error(f"no part is called {', '.join(sorted(unknown))}")
    parts = asked.parts or PARTS
    _versions()
    aims = Aims([])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _cold(aims, parts, folder)
    warm_up()
    if "page" in parts:
        with tempfile.TemporaryDirectory() as name:
            page.pages(aims, Path(name))
    if "chain" in parts:
        answers.chain(aims)
    if "worlds" in parts:
        answers.worlds(aims)
    print("\nEvery aim is met." if not aims.missed else "\nNot met:")
    for line in aims.missed:
        print(f"  {line}")
    return int(asked.strict and bool(aims.missed))


def _cold(aims: Aims, parts: tuple[str, ...] | list[str], folder: Path) -> None:
    # As where nemcon is installed: modules are compiled once, and then only read.
    environment = {"PYTHONPYCACHEPREFIX": str(folder / "compiled"), "PYTHONDONTWRITEBYTECODE": ""}
    base: Spent | None = None
    if {"start", "large"} & set(parts):
        _compile(environment)
    if "start" in parts:
        base = commands.start(aims, environment)
    if "large" in parts:
        base = base or process(["-c", "pass"], environment, times=15)
        commands.large(aims, environment, base, folder)


def _compile(environment: dict[str, str]) -> None:
    reports = sorted(map(str, commands.EXAMPLE.glob("*.txt")))
    process(["-m", "nemcon", "status", *reports], environment, times=1)


def _versions() -> None:
    load = ", ".join(f"{number:.1f}" for number in os.getloadavg())
    print(f"nemcon {__version__}, Python {platform.python_version()}, {platform.system()} kernel")
    print(
        f"apsw {apsw.apsw_version()}, SQLite {apsw.sqlite_lib_version()}, "
        f"cryptography {cryptography.__version__}"
    )
    print(f"{os.cpu_count()} processors, load {load}; the least of several runs is shown")


if __name__ == "__main__":
    sys.exit(main())
