"""Conventions in words, for whoever has never heard their names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Counted:
    """One convention as it is set: its name and value as an address writes them, and in words."""

    name: str
    value: str
    words: str


def counted_with(counting: Mapping[str, object]) -> list[Counted]:
    """The conventions that an answer was counted with."""
    texts = {name: value_text(value) for name, value in counting.items()}
    return [Counted(name, text, convention_words(name, text)) for name, text in texts.items()]


def value_text(value: object) -> str:
    """A setting as an address writes it."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def convention_words(name: str, value: str) -> str:
    """What it means that a convention has a value."""
    match name, value:
        case "intent", "yes":
            return _("Announced support counts from when it was said")
        case "intent", _no:
            return _("Announced support does not count yet")
        case "record", "complete":
            return _("The record holds every act: who is not in it has not acted")
        case "record", _reported:
            return _("The record holds what sources happened to tell")
        case "nominee", "yes":
            return _("A member whose own candidate runs backs nobody else")
        case "nominee", _no:
            return _("A member whose own candidate runs may back another")
        case "tolerance", "none":
            return _("“About n” bounds nothing")
        case "tolerance", number:
            return _("“About n” is off by %(number)s at most") % {"number": number}
    return f"{name}={value}"
