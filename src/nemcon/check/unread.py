"""What seems to be missing, and may only stand where something could not be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from nemcon.findings import Finding
from nemcon.saying import say

_UNREAD: Final = frozenset(
    {
        *("bad-date", "bad-json", "bad-toml", "missing-field", "too-deep", "too-large"),
        *("unknown-field", "unknown-kind", "wrong-type"),
    }
)
_MISSED: Final = frozenset({"no-members", "no-rule", "unknown-rule"})


def as_far_as_read(told: Iterable[Finding], read: Iterable[Finding]) -> Iterator[Finding]:
    """The findings; of what is missing, that it may stand where `read` tells of an error."""
    unread = any(one.code in _UNREAD and one.severity == "error" for one in read)
    for one in told:
        if unread and one.code in _MISSED:
            message = say(
                "{message} (or an entry that could not be read says it; mend that first)",
                message=one.message,
            )
            yield replace(one, message=message)
        else:
            yield one
