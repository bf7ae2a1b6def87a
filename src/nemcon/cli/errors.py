"""What ends a command early: a message for people, an exit code, and the findings behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nemcon.findings import Finding

FINE, BAD_CONTENT, BAD_ARGUMENTS = 0, 1, 2


class CommandError(Exception):
    """The command cannot do what was asked: what is wrong, where, and what to do."""

    def __init__(
        self, message: str, code: int = BAD_ARGUMENTS, findings: Sequence[Finding] = ()
    ) -> None:
        super().__init__(message)
        self.code, self.findings = code, findings
