"""What a rule says of ballots: one answer for people and programs, whatever kind of rule it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal, TypeAlias

from nemcon.findings import Finding

Verdict: TypeAlias = Literal["met", "not met", "cannot tell"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison that the answer rests on; both sides exact, or a range while it is open.

    `of` is the part of the rule (`outcome 1`, or a phase or a candidate), `about` says in words
    what is compared; `holds` is None while it is open.
    """

    of: str
    about: str
    left: str
    operator: str
    right: str
    holds: bool | None

    @property
    def text(self) -> str:
        """Both sides, such as *20 >= 297/20*."""
        return f"{self.left} {self.operator} {self.right}"

    def to_json(self) -> dict[str, Any]:
        """The comparison as plain values."""
        return {"of": self.of, "about": self.about, "text": self.text, "holds": self.holds}


@dataclass(frozen=True, slots=True)
class Pivot:
    """A change of one member that turns the outcome: one of `number` like members.

    `members` are those of them that have names; `outcome` is what it turns into.
    """

    members: tuple[str, ...]
    number: int
    position: str
    to: str
    outcome: str
    attributes: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The pivot as plain values."""
        return {
            "members": list(self.members),
            "number": self.number,
            "attributes": dict(self.attributes),
            "from": self.position,
            "to": self.to,
            "outcome": self.outcome,
        }


@dataclass(frozen=True)
class RuleAnswer:
    """What the rule says.

    `outcome` is None while it is open: a text, or for rows and choices a list of names; `possible`
    holds every outcome that may still come (for rows: who may still reach a favourable line) and
    `certain` what is sure. `events` are those of rounds; `line` is the line of the ladder that
    gave the outcome, from 1.
    """

    rule: str
    on: str | None = None
    outcome: Any = None
    possible: tuple[Any, ...] = ()
    certain: tuple[Any, ...] = ()
    verdict: Verdict = "cannot tell"
    favourable: bool | None = None
    line: int | None = None
    events: tuple[Any, ...] = ()
    notes: tuple[str, ...] = ()
    arithmetic: tuple[Comparison, ...] = ()
    pivots: tuple[Pivot, ...] = ()
    binding_on: Mapping[str, Any] | None = None
    effects: tuple[str, ...] = ()
    then: str = ""
    shows: Mapping[str, bool | None] = field(default_factory=dict)
    roll: Mapping[str, Any] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    more: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The answer as plain values: what `--json` prints."""
        return {
            "rule": self.rule,
            "on": self.on,
            "outcome": self.outcome,
            "possible": list(self.possible),
            "certain": list(self.certain),
            "verdict": self.verdict,
            "favourable": self.favourable,
            "line": self.line,
            "events": list(self.events),
            "notes": list(self.notes),
            "arithmetic": [one.to_json() for one in self.arithmetic],
            "pivots": [one.to_json() for one in self.pivots],
            "binding_on": self.binding_on,
            "effects": list(self.effects),
            "then": self.then or None,
            "shows": dict(self.shows),
            "roll": dict(self.roll),
            **self.more,
            "findings": [finding_json(one) for one in self.findings],
        }


def finding_json(finding: Finding) -> dict[str, Any]:
    """A finding as plain values."""
    place = finding.place
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "entries": list(finding.entries),
        "place": str(place) if place else None,
    }


def exact_text(number: Fraction | int) -> str:
    """A number, unrounded: *12*, *66/5*."""
    return str(Fraction(number))


def range_text(low: Fraction | int | None, high: Fraction | int | None) -> str:
    """A number or the range in which it lies: *12*, *9 to 15*."""
    if low is None or high is None:
        return "unknown"
    return exact_text(low) if low == high else f"{exact_text(low)} to {exact_text(high)}"
