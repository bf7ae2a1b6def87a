"""Finds English on a page in a language that nobody speaks: whatever is not content."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from html.parser import HTMLParser
from typing import Any

from nemcon.entries import AnyEntry, Source
from tests.server.pseudo import CLOSE, OPEN

SPOKEN = ("aria-label", "title", "placeholder", "alt", "label", "data-everything", "data-lost")
"""Attributes that are read out or shown."""

_SKIPPED = frozenset({"code", "script", "style"})
_VOID = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "wbr"})
# Every one of these letters gets an accent where a message is translated.
_PLAIN = re.compile(r"[aeiouycnsAEIOUYCNS]")
_WORD = re.compile(r"[A-Za-zÀ-ž]{3,}")
_ADDRESS = re.compile(r"https?://\S+")


class _Seen(HTMLParser):
    """The texts of a page that a person sees or hears, but for codes and what is in a language of
    its own; that of a record is not known, and told to be so (`lang=""`).
    """

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code
        self.texts: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        other = tag in _SKIPPED or told.get("lang", self.code) != self.code
        skipped = other or bool(self._open and self._open[-1][1])
        if not skipped:
            self.texts += [text for name in SPOKEN if (text := told.get(name))]
        if tag not in _VOID:
            self._open.append((tag, skipped))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not (self._open and self._open[-1][1]):
            self.texts.append(data.strip())


def texts_of(page: str, code: str) -> list[str]:
    """What a person sees or hears of a page in a language."""
    seen = _Seen(code)
    seen.feed(page)
    return seen.texts


def words_in(content: Any) -> Iterator[str]:
    """Every word of some content, whatever it is made of; of a report only its title."""
    if isinstance(content, str):
        yield from (word.lower() for word in _WORD.findall(content))
    elif isinstance(content, dict):
        for key, value in content.items():
            yield from (*words_in(key), *words_in(value))
    elif isinstance(content, Iterable):
        for each in content:
            yield from words_in(each)
    elif is_dataclass(content):
        for field in fields(content):
            if not (isinstance(content, Source) and field.name == "text"):
                yield from words_in(getattr(content, field.name))


def content_words(entries: Iterable[AnyEntry], more: Iterable[Any] = ()) -> frozenset[str]:
    """The words that may stand on a page as they are: those of the record, and others."""
    return frozenset({*words_in(list(entries)), *words_in(list(more))})


def english(text: str, content: frozenset[str]) -> list[str]:
    """The words of a text that are neither translated nor content."""
    bare = _ADDRESS.sub("", text)
    return [
        word for word in _WORD.findall(bare) if _PLAIN.search(word) and word.lower() not in content
    ]


def outside(text: str) -> str:
    """What of a text is part of no message."""
    before = ""
    while before != text:
        before, text = text, re.sub(rf"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}", "", text)
    return text
