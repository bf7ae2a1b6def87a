"""What an import starts from and what it comes to: a record as it is, a file, and a plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from nemcon.entries import AnyEntry, Body, Correction
from nemcon.findings import Finding, Place
from nemcon.tables.ruled import Ruled
from nemcon.when import When

IMPORTED = "imported as a table"
"""The note of a source that is an imported file."""


@dataclass(frozen=True)
class Before:
    """What a record holds: all entries by id, which of them stand, and what is open.

    `corrections` are the standing ones by what they correct. `packed` are entries of built-in
    packs, which only lend their names. `ruled` are the rules of its matters, `members` those who
    are members on the day of the file, with their titles.
    """

    entries: Mapping[str, AnyEntry] = field(default_factory=dict)
    corrections: Mapping[str, Correction] = field(default_factory=dict)
    standing: frozenset[str] | None = None
    open: frozenset[str] = frozenset()
    packed: Sequence[AnyEntry] = ()
    ruled: Ruled = field(default_factory=Ruled)
    members: Mapping[str, str] = field(default_factory=dict)

    def stands(self, ident: str) -> bool:
        """Whether the entry counts: not corrected, not rejected."""
        return ident in (self.entries if self.standing is None else self.standing)

    def out(self, ident: str) -> bool:
        """Whether a correction would not bring the entry in: it is corrected itself, or rejected.

        An entry that once stood in the place of another, and no longer does, comes in with the
        next correction that names it.
        """
        if ident not in self.entries or self.stands(ident):
            return False
        return ident in self.corrections or ident not in self._named

    @cached_property
    def _named(self) -> frozenset[str]:
        """What some correction names as what stands instead."""
        return frozenset(e.replacement for e in self.entries.values() if isinstance(e, Correction))

    def between(self, old: str, now: str) -> list[Correction] | None:
        """The corrections that lead from an earlier entry to what stands; None if none do."""
        steps: list[Correction] = []
        while old != now:
            step = self.corrections.get(old)
            if step is None or not step.replacement or step in steps:
                return None
            steps.append(step)
            old = step.replacement
        return steps


@dataclass(frozen=True)
class Origin:
    """The file that rows come from, and what holds for rows that do not say it themselves."""

    file: str
    title: str
    sha256: str
    date: When | None = None
    body: str = ""
    matter: str = ""
    by: str = ""


@dataclass
class Plan:
    """What would be written, in order, and how each row was taken.

    `bodies` are those that it declares, `instead` its corrections by what they put instead.
    """

    entries: dict[str, AnyEntry] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    changed: list[tuple[AnyEntry, AnyEntry]] = field(default_factory=list)
    retracted: list[AnyEntry] = field(default_factory=list)
    unchanged: int = 0
    findings: list[Finding] = field(default_factory=list)
    bodies: set[str] = field(default_factory=set)
    instead: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, entry: AnyEntry, place: Place) -> None:
        """Write this entry, once."""
        self.entries.setdefault(entry.id, entry)
        self.places.setdefault(entry.id, place)
        if isinstance(entry, Body):
            self.bodies.add(entry.name)
        elif isinstance(entry, Correction) and entry.replacement:
            self.instead[entry.replacement].add(entry.id)

    def tell(self, code: str, severity: Any, message: str, place: Place, *ids: str) -> None:
        """Keep a finding."""
        self.findings.append(Finding(code, severity, message, ids, place))
