"""Where in a rule something stands, and the one error that a rule which cannot be read gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from nemcon.rules.names import as_number, listed, nearest, shown
from nemcon.saying import joined, say


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
        words: list[str] = [say("rule '{rule}'", rule=self.rule)]
        for step in self.path:
            if isinstance(step, int) and len(words) > 1:
                words[-1] += f" {step + 1}"
            else:
                words.append(str(step + 1) if isinstance(step, int) else canonical_key(step))
        return joined(", ", words)

    def error(self, problem: str) -> RuleError:
        """What is wrong here, and how to mend it."""
        return RuleError(say("{place}: {problem}", place=str(self), problem=problem), self.path)

    # What plain values must be

    def table(self, value: Any, example: str) -> Mapping[str, Any]:
        """A table with texts as keys. Raises `RuleError`."""
        if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
            raise self.error(
                say("{value} is no table; write {example}", value=shown(value), example=example)
            )
        return value

    def items(self, value: Any, example: str) -> list[Any]:
        """A list. Raises `RuleError`."""
        if not isinstance(value, list | tuple):
            raise self.error(
                say("{value} is no list; write {example}", value=shown(value), example=example)
            )
        return list(value)

    def text(self, value: Any, example: str) -> str:
        """A text that is not empty. Raises `RuleError`."""
        if not isinstance(value, str) or not value.strip():
            raise self.error(
                say("{value} is no text; write {example}", value=shown(value), example=example)
            )
        return value

    def flag(self, value: Any) -> bool:
        """True or false. Raises `RuleError`."""
        if not isinstance(value, bool):
            raise self.error(
                say("{value} is neither true nor false; write one of them", value=shown(value))
            )
        return value

    def count(self, value: Any, least: int = 0) -> int:
        """A whole number, from `least` on. Raises `RuleError`."""
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            raise self.error(
                say("{value} is no whole number from {least} on", value=shown(value), least=least)
            )
        return value

    def no_number(self, value: Any) -> RuleError:
        """That a value is no exact number."""
        if isinstance(value, float):
            return self.error(
                say("{value!r} is not exact; write it as a text: '{value}', or '2/3'", value=value)
            )
        if as_number(value) is None:
            return self.error(
                say("{value} is no number; write an integer, '2/3' or '0.65'", value=shown(value))
            )
        return self.error(say("{value} does not fit here", value=shown(value)))

    def known_keys(self, value: Mapping[str, Any], known: Iterable[str]) -> None:
        """Raise `RuleError` for a key that is not known, naming the nearest."""
        names = list(known)
        for key in value:
            if key not in names:
                near = nearest(key, names)
                hint = (
                    say("did you mean '{near}'?", near=near)
                    if near
                    else say("it takes {names}", names=listed(names, "and", 99))
                )
                raise self.error(say("unknown key {key}; {hint}", key=shown(key), hint=hint))


def canonical_key(step: str) -> str:
    """A key as a place shows it: short and on one line."""
    return step if step.isprintable() and len(step) <= 60 else shown(step)
