"""Names as rules compare them: without case, and with blanks, `_` and `-` alike."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from fractions import Fraction
from typing import Literal, TypeAlias

from nemcon import saying
from nemcon.saying import say

Value: TypeAlias = bool | str | Fraction
"""An attribute's value: true or false, a name in its canonical form, or an exact number."""

_BLANKS = re.compile(r"[\s_-]+")
_NUMBER = re.compile(r"[+-]?\d{1,400}(?:/\d{1,400}|\.\d{1,400})?")
_LONGEST = 60


def canonical(name: str) -> str:
    """The form in which names are compared: *No opinion*, *no_opinion* and *no-opinion* are one."""
    return _BLANKS.sub("-", name.strip().casefold())


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same."""
    return canonical(one) == canonical(other)


def as_number(value: object) -> Fraction | None:
    """An exact number, from an integer or a text such as 2/3 or 0.65; None if it is none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | Fraction):
        return Fraction(value)
    if isinstance(value, str) and _NUMBER.fullmatch(text := value.strip()):
        try:
            return Fraction(text)
        except ZeroDivisionError:
            return None
    return None


def as_value(value: object) -> Value:
    """An attribute's value as it is compared: the text "true" is true, the text "12" is 12."""
    if isinstance(value, bool):
        return value
    number = as_number(value)
    if number is not None:
        return number
    name = canonical(str(value))
    return name == "true" if name in ("true", "false") else name


def nearest(name: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The known name that is spelled most like this one, if any is."""
    names = {canonical(each)[:_LONGEST]: each for each in known}
    found = get_close_matches(canonical(name)[:_LONGEST], sorted(names), 1, cutoff)
    return names[found[0]] if found else None


def shown(value: object, longest: int = _LONGEST) -> str:
    """A value as a message shows it: in quotes if it is a text, short, on one line."""
    text = f"'{value}'" if isinstance(value, str) and value.isprintable() else _repr(value)
    return text if len(text) <= longest else f"{text[:longest]}…"


def _repr(value: object) -> str:
    try:
        return repr(value)
    except (RecursionError, ValueError):  # too deep, or a number of thousands of digits
        return say("a {type}", type=type(value).__name__)


def listed(names: Iterable[str], word: Literal["and", "or", "then"] = "or", most: int = 12) -> str:
    """*a*, *a or b*, *a, b or c*; past `most`, that there are more."""
    every = list(names)
    if len(every) > most:
        every = [*every[: most - 1], say("{number} more", number=len(every) - most + 1)]
    return saying.listed(every, word)
