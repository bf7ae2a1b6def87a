"""Tables of roll calls that are served beside the records: opened once, and again when changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from threading import Lock

from nemcon.analysis.roll_calls import RollCall
from nemcon.findings import Finding
from nemcon.load.roll_calls import open_roll_calls
from nemcon.load.stamp import Stamp, stamp


@dataclass(frozen=True)
class Table:
    """What one table holds, and the stamp that it was opened under."""

    key: str
    name: str
    stamp: Stamp
    calls: tuple[RollCall, ...]
    findings: tuple[Finding, ...]


class Tables:
    """The tables of one server, each under a key that an address can hold."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names: dict[str, str] = {}
        for name in dict.fromkeys(names):
            stem = PurePath(name).stem or "table"
            number = sum(key == stem or key.startswith(f"{stem}-") for key in self.names)
            self.names[f"{stem}-{number + 1}" if number else stem] = name
        self._kept: dict[str, Table] = {}
        self._opening = Lock()

    def check(self) -> None:
        """Open all of them once. Raises `LoadError` for what cannot be opened."""
        for key in self.names:
            self.open(key)

    def open(self, key: str) -> Table:
        """The table under a key, as it is now. Raises `LoadError` where it cannot be opened."""
        name = self.names[key]
        with self._opening:
            seen = stamp([name])
            kept = self._kept.get(key)
            if kept is None or kept.stamp != seen:
                calls, findings = open_roll_calls(name)
                kept = Table(key, PurePath(name).name, seen, tuple(calls), tuple(findings))
                self._kept[key] = kept
            return kept
