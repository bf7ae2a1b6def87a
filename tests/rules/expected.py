"""What a case expects of a count of rounds or of a choice, in the words of the library's cases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nemcon.rules.counted import Counted


def agrees(counted: Counted, expected: Any) -> bool:
    """Whether a result is what a case expects.

    Expected is the outcome, or the events of rounds ("" stands for null, which TOML lacks), or a
    table of any of `outcome`, `events`, `possible`, `verdict`, and of what else the method tells.
    """
    if isinstance(expected, Mapping):
        return all(_matches(counted, key, value) for key, value in expected.items())
    if isinstance(expected, list) and _are_events(expected):
        return _matches(counted, "events", expected)
    return _matches(counted, "outcome", expected)


def _are_events(expected: list[Any]) -> bool:
    return all(
        isinstance(one, list) and len(one) == 3 and isinstance(one[2], int) for one in expected
    )


def _matches(counted: Counted, key: str, value: Any) -> bool:
    if key == "events":
        wanted = [[kind, None if who == "" else who, number] for kind, who, number in value]
        return bool([list(event) for event in counted.events] == wanted)
    if key == "possible":
        return bool(list(counted.possible) == value)
    if key in ("outcome", "verdict"):
        return bool(getattr(counted, key) == (None if value == "" else value))
    return bool(counted.more.get(key) == value)
