"""What the checks found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nemcon.findings import Finding
from nemcon.views.status import finding_json


@dataclass(frozen=True)
class CheckView:
    """Everything that `nemcon check` says; `to_json` is its contract."""

    entries: int
    findings: tuple[Finding, ...]

    def to_json(self) -> dict[str, Any]:
        """The view as plain values."""
        return {
            "entries": self.entries,
            "findings": [finding_json(finding) for finding in self.findings],
        }
