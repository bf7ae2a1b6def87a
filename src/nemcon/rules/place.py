"""Where in a rule something stands, and the one error that a rule which cannot be read gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from nemcon.rules.names import as_number, listed, nearest, shown


class RuleError(ValueError):
    """The rule cannot be read or applied.

    The message names the rule, the place inside it and how to mend it; `path` is the place as
    keys and numbers (from 0), for whoever wants to name a line.
    """

    def __init__(self, message: str, path: tuple[str | int, ...] = ()) -> None:
        super().__init__(message)
        self.path = path


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a rule: its id, then the keys and numbers (from 0) that lead there.

    As text: *rule 'x', outcome 2, when, cmp, left*.
    """

    rule: str
    path: tuple[str | int, ...] = ()

    def __truediv__(self, step: str | int) -> Place:
        return Place(self.rule, (*self.path, step))

    def __str__(self) -> str:
        words: list[str] = []
        for step in self.path:
            if isinstance(step, int) and words:
                words[-1] += f" {step + 1}"
            else:
                words.append(str(step + 1) if isinstance(step, int) else canonical_key(step))
        return ", ".join([f"rule '{self.rule}'", *words])

    def error(self, problem: str) -> RuleError:
        """What is wrong here, and how to mend it."""
        return RuleError(f"{self}: {problem}", self.path)

    # What plain values must be

    def table(self, value: Any, example: str) -> Mapping[str, Any]:
        """A table with texts as keys. Raises `RuleError`."""
        if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
            raise self.error(f"{shown(value)} is no table; write {example}")
        return value

    def items(self, value: Any, example: str) -> list[Any]:
        """A list. Raises `RuleError`."""
        if not isinstance(value, list | tuple):
            raise self.error(f"{shown(value)} is no list; write {example}")
        return list(value)

    def text(self, value: Any, example: str) -> str:
        """A text that is not empty. Raises `RuleError`."""
        if not isinstance(value, str) or not value.strip():
            raise self.error(f"{shown(value)} is no text; write {example}")
        return value

    def flag(self, value: Any) -> bool:
        """True or false. Raises `RuleError`."""
        if not isinstance(value, bool):
            raise self.error(f"{shown(value)} is neither true nor false; write one of them")
        return value

    def count(self, value: Any, least: int = 0) -> int:
        """A whole number, from `least` on. Raises `RuleError`."""
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            raise self.error(f"{shown(value)} is no whole number from {least} on")
        return value

    def no_number(self, value: Any) -> RuleError:
        """That a value is no exact number."""
        if isinstance(value, float):
            return self.error(f"{value!r} is not exact; write it as a text: '{value}', or '2/3'")
        if as_number(value) is None:
            return self.error(f"{shown(value)} is no number; write an integer, '2/3' or '0.65'")
        return self.error(f"{shown(value)} does not fit here")

    def known_keys(self, value: Mapping[str, Any], known: Iterable[str]) -> None:
        """Raise `RuleError` for a key that is not known, naming the nearest."""
        names = list(known)
        for key in value:
            if key not in names:
                near = nearest(key, names)
                hint = f"did you mean '{near}'?" if near else f"it takes {listed(names, 'and', 99)}"
                raise self.error(f"unknown key {shown(key)}; {hint}")


def canonical_key(step: str) -> str:
    """A key as a place shows it: short and on one line."""
    return step if step.isprintable() and len(step) <= 60 else shown(step)
