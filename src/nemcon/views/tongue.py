"""The language that sentences are said in: English, unless a face has chosen another.

A sentence is written whole, with names in braces for its parts, and marked: `_("between {low} and
{high}").format(low=..., high=...)`. `tools/messages.py` finds what is marked. Which words stand for
it is told by whoever shows the sentence; the views themselves read no catalogue. A message that a
layer below the views made (`nemcon.saying`) is turned into the language by `spoken`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from nemcon.saying import Message
from nemcon.saying import marked as marked


@dataclass(frozen=True)
class Tongue:
    """A language by its code, with the words for a message, and for one or many of something, and
    its way to write a number.
    """

    code: str
    one: Callable[[str], str]
    many: Callable[[str, str, int], str]
    number: Callable[[int], str]


_chosen: ContextVar[Tongue | None] = ContextVar("tongue", default=None)


def _(text: str) -> str:
    """The words for a marked message."""
    tongue = _chosen.get()
    return tongue.one(text) if tongue else text


def numbered(one: str, many: str, number: int) -> str:
    """The words for a marked message that tells of `number` things."""
    tongue = _chosen.get()
    return tongue.many(one, many, number) if tongue else one if number == 1 else many


def number_words(number: int) -> str:
    """A whole number with its thousands apart: *1,204*."""
    tongue = _chosen.get()
    return tongue.number(number) if tongue else f"{number:,}"


def spoken(text: str) -> str:
    """A message of the layers below in the language that is spoken; any other text as it is."""
    tongue = _chosen.get()
    return _in(tongue, text) if tongue else text


def _in(tongue: Tongue, text: str) -> str:
    if not isinstance(text, Message):
        return text
    one, many = text.template, text.many
    words = tongue.many(one, many, text.number) if many else tongue.one(one) if one else one
    if not text.parts:
        return words
    parts = {name: _part(tongue, value) for name, value in text.parts.items()}
    return words.format_map(parts)


def _part(tongue: Tongue, value: object) -> object:
    if isinstance(value, str):
        return _in(tongue, value)
    return _Number(value) if type(value) is int else value


class _Number(int):
    """A number that writes its thousands apart as the language that is spoken does."""

    def __format__(self, form: str) -> str:
        return number_words(int(self)) if form == "," else super().__format__(form)


def code() -> str:
    """The code of the language; empty for English. What is kept must be kept apart by it."""
    tongue = _chosen.get()
    return tongue.code if tongue else ""


@contextmanager
def speaking(tongue: Tongue | None) -> Iterator[None]:
    """Say sentences in this language; in English with None."""
    before = _chosen.set(tongue)
    try:
        yield
    finally:
        _chosen.reset(before)
