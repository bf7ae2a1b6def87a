"""What ends a command early, as a message for people and an exit code."""

from __future__ import annotations

FINE, BAD_CONTENT, BAD_ARGUMENTS = 0, 1, 2


class CommandError(Exception):
    """The command cannot do what was asked: what is wrong, where, and what to do."""

    def __init__(self, message: str, code: int = BAD_ARGUMENTS) -> None:
        super().__init__(message)
        self.code = code
