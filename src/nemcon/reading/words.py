"""Words and marks of a text, each with its place in code points."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple
from unicodedata import normalize

from nemcon.reading.lexicon import word_set

_TOKEN = re.compile(
    r"""
      (?:[^\W\d_]\.){2,}                                # U.S., a.m.
    | \d++(?:[.,]\d++)*+(?:st|nd|rd|th)?+(?![^\W\d_])   # 28, 4,000, 20th
    | (?:[^\W_][\u0300-\u036f]*+)++                       # back, hasn't, Secretary-General,
      (?:['’‑-](?:[^\W_][\u0300-\u036f]*+)++)*            #   accents as marks of their own, too
    | [–—-]{1,2}
    | \S
    """,
    re.X,
)
_MARKS = re.compile("[\u0300-\u036f]")
_ABBREVIATED = word_set(
    "mr mrs ms dr prof gen col sen rep gov st lt sgt capt adm rev hon jr sr "
    "jan feb mar apr jun jul aug sep sept oct nov dec"
)
OPENING = "“«„"
CLOSING = "”»"


class Token(NamedTuple):
    """A word, a number or a mark; `low` is lower case with plain apostrophes and hyphens.

    Accents that are marks of their own from `start` to `end` are one with their letter in `text`.
    """

    text: str
    low: str
    start: int
    end: int
    quoted: bool = False

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def is_word(self) -> bool:
        """Whether it begins with a letter."""
        return self.text[0].isalpha()


def low(text: str) -> str:
    """Lower case with one kind of apostrophe and hyphen."""
    return text.lower().replace("’", "'").replace("ʼ", "'").replace("‑", "-")


def tokens_of(
    text: str, start: int, end: int, quotes: Sequence[tuple[int, int]] = ()
) -> list[Token]:
    """The tokens of `text[start:end]`; those inside one of the spans `quotes` are *quoted*.

    A possessive ``'s`` is a token of its own, and so is the bare apostrophe after an s. The
    point of an abbreviation belongs to it.
    """
    out: list[Token] = []
    for match in _TOKEN.finditer(text, start, end):
        first, last = match.span()
        word = match[0]
        if word == "." and out and out[-1].end == first and out[-1].low in _ABBREVIATED:
            before = out.pop()
            out.append(before._replace(text=before.text + ".", end=last))
            continue
        for piece in _pieces(word):
            quoted = any(a <= first < b for a, b in quotes)
            plain = normalize("NFC", piece) if _MARKS.search(piece) else piece
            out.append(Token(plain, low(plain), first, first + len(piece), quoted))
            first += len(piece)
    return out


_BULLETS = frozenset("•·▪▫◦‣●○■□–—-*>→+")
_LABELS = word_set("q a question answer")


def past_marker(tokens: list[Token]) -> list[Token]:
    """The tokens after the mark of a list (*•*, *-*, *2)*) or a label of questions (*Q:*, *A:*)."""
    at = 0
    while at < len(tokens) and tokens[at].text in _BULLETS:
        at += 1
    if at + 1 < len(tokens):
        first, second = tokens[at : at + 2]
        number = first.text.isdigit() and second.text in {")", "."}
        label = first.low in _LABELS and first.capital and second.text in {":", "."}
        at += 2 * (number or label)
    return tokens[at:]


def _pieces(word: str) -> tuple[str, ...]:
    """The word and its possessive mark; the apostrophe may be one that counts as a letter."""
    if low(word[-2:]) == "'s" and word[2:]:
        return word[:-2], word[-2:]
    return (word[:-1], word[-1]) if word[1:].endswith("ʼ") else (word,)


def is_possessive(tokens: Sequence[Token], i: int) -> bool:
    """Whether token `i` is a possessive mark: ``'s``, or an apostrophe right after an s."""
    if not 0 < i < len(tokens):
        return False
    token, before = tokens[i], tokens[i - 1]
    if token.low == "'s":
        return True
    return token.low == "'" and before.end == token.start and before.low[-1] in "sxz"
