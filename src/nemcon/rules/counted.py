"""What a count of rounds or of one choice gives: the part of an answer that such a rule makes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from nemcon.findings import Finding
from nemcon.rules.answer import Comparison, Verdict


@dataclass(frozen=True)
class Counted:
    """The result of rounds or of a choice.

    `outcome` is None while it is open: the name of who is elected, a list of names where there
    are several seats, or the words of an end without election; `possible` holds everything that
    may still come, `certain` the names that are sure. `events` happen in every course that the
    ballots allow. An outcome with the verdict *cannot tell* was counted without a check that a
    finding names. `more` holds what only some methods have (`schwartz_set`, `declared`).
    """

    outcome: Any = None
    possible: tuple[Any, ...] = ()
    certain: tuple[Any, ...] = ()
    verdict: Verdict = "cannot tell"
    events: tuple[Any, ...] = ()
    notes: tuple[str, ...] = ()
    arithmetic: tuple[Comparison, ...] = ()
    findings: tuple[Finding, ...] = ()
    more: Mapping[str, Any] = field(default_factory=dict)


def unreadable(message: str, code: str = "ballots-unreadable") -> Counted:
    """No result, for an error in the ballots."""
    return Counted(findings=(Finding(code, "error", message),))


def each_once(items: Iterable[Any]) -> tuple[Any, ...]:
    """The items in their order, each once; they need not be hashable."""
    found: list[Any] = []
    for item in items:
        if item not in found:
            found.append(item)
    return tuple(found)
