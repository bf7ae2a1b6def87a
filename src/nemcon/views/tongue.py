"""The language that sentences are said in: English, unless a face has chosen another.

A sentence is written whole, with names in braces for its parts, and marked: `_("between {low} and
{high}").format(low=..., high=...)`. `tools/messages.py` finds what is marked. Which words stand for
it is told by whoever shows the sentence; the views themselves read no catalogue.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


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


def marked(*texts: str) -> tuple[str, ...]:
    """Messages that are said later: it only lets them be found."""
    return texts


def marked_many(one: str, many: str) -> tuple[str, str]:
    """A message of one and many things that is said later."""
    return one, many


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
