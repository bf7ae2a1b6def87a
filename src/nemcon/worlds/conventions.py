"""Counting conventions: named, switchable, and shown with every answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Literal

from nemcon.saying import say


class ConventionError(ValueError):
    """A convention that is not known, or a value that it cannot take."""


@dataclass(frozen=True, slots=True)
class Conventions:
    """How unclear evidence is counted.

    `intent`: "will support" counts as support from when it was said. `tolerance`: how far "about n"
    may be off (None: it bounds nothing). `nominee`: a member whose own candidate runs supports
    nobody else. `record`: whether the matter's record is complete (None: as its entries say).
    """

    intent: bool = False
    tolerance: int | None = None
    nominee: bool = False
    record: Literal["reported", "complete"] | None = None

    def shown(self, complete: bool) -> dict[str, object]:
        """The conventions as the answer prints them."""
        record = self.record or ("complete" if complete else "reported")
        out: dict[str, object] = {"intent": self.intent, "record": record}
        if self.nominee:
            out["nominee"] = True
        if self.tolerance is not None:
            out["tolerance"] = self.tolerance
        return out


def parse_conventions(settings: Mapping[str, str]) -> Conventions:
    """Read `NAME=VALUE` settings. Raises `ConventionError` naming what is accepted."""
    result = Conventions()
    for name, value in settings.items():
        if name == "intent":
            result = replace(result, intent=_yes_or_no(name, value))
        elif name == "nominee":
            result = replace(result, nominee=_yes_or_no(name, value))
        elif name == "tolerance":
            result = replace(result, tolerance=_tolerance(value))
        elif name == "record":
            result = replace(result, record=_record(value))
        else:
            names = ", ".join(field.name for field in fields(Conventions))
            raise ConventionError(
                say("no convention is called '{name}'; there are {names}", name=name, names=names)
            )
    return result


def _yes_or_no(name: str, value: str) -> bool:
    if value not in ("yes", "no"):
        raise ConventionError(
            say("{name}={value}: write {name}=yes or {name}=no", name=name, value=value)
        )
    return value == "yes"


def _tolerance(value: str) -> int | None:
    if value == "none":
        return None
    if not (value.isascii() and value.isdigit()) or len(value) > 6:
        raise ConventionError(
            say("tolerance={value}: write a whole number from 0, or none", value=value)
        )
    return int(value)


def _record(value: str) -> Literal["reported", "complete"]:
    if value == "reported" or value == "complete":
        return "complete" if value == "complete" else "reported"
    raise ConventionError(
        say("record={value}: write record=reported or record=complete", value=value)
    )
