"""Words and marks of a text, each with its place in code points."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple
from unicodedata import normalize

from nemcon.reading.lexicon import MONTHS, word_set

INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
"""Characters that nobody sees: soft hyphens, joiners, marks of direction; a class for `re`."""

_TOKEN = re.compile(
    rf"""
      (?:[^\W\d_]\.){{2,}}                                # U.S., a.m.
    | \d++(?:[.,]\d++)*(?:st|nd|rd|th)?(?![^\W\d_])     # 28, 4,000, 20th
    | (?:[^\W_][\u0300-\u036f{INVISIBLE}]*+)+             # back, hasn't, Secretary-General,
      (?:['’‑-](?:[^\W_][\u0300-\u036f{INVISIBLE}]*+)+)*  #   accents as marks of their own, too
    | [{INVISIBLE}]++
    | [–—-]{{1,2}}
    | \S
    """,
    re.X,
)
_MARKS = re.compile(f"[\u0300-\u036f{INVISIBLE}]")
_UNSEEN = re.compile(f"[{INVISIBLE}]+")
_LAST_UNSEEN = re.compile(rf"[{INVISIBLE}]+\Z")
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
        word = seen(match[0])
        if not word:
            continue
        first, last = match.span()
        last -= len(match[0]) - len(_LAST_UNSEEN.sub("", match[0]))
        if word != match[0][: last - first]:
            out.extend(_hidden(match[0], first, last, quotes))
            continue
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


def seen(text: str) -> str:
    """The text without what nobody sees."""
    return _UNSEEN.sub("", text)


def is_unseen(character: str) -> bool:
    """Whether nobody sees the character."""
    return _UNSEEN.match(character) is not None


def _hidden(word: str, first: int, last: int, quotes: Sequence[tuple[int, int]]) -> Iterator[Token]:
    """The tokens of a word inside which something stands that nobody sees."""
    quoted = any(a <= first < b for a, b in quotes)
    places = [first + k for k, letter in enumerate(word[: last - first]) if not is_unseen(letter)]
    at = 0
    for part in _pieces(seen(word)):
        plain = normalize("NFC", part)
        begin, at = places[at], at + len(part)
        yield Token(plain, low(plain), begin, places[at - 1] + 1, quoted)


_BULLETS = frozenset("•·▪▫◦‣●○■□–—-*>→+")
_LABELS = word_set("a answer")
_TIME = re.compile(r"\d{1,2}[.h]\d\d")
_DASHES = frozenset({"–", "—", "-", "--"})
_CLOCKS = word_set("am pm a.m. p.m. h hrs utc gmt cet cest bst est edt")
_AFTER_TIME = frozenset("–—-:|")
_ALERTS = word_set("breaking update flash newsflash urgent exclusive alert")


def past_marker(
    tokens: list[Token], *, labels: bool = True, day: date | None = None
) -> list[Token]:
    """The tokens after the mark of a list (*•*, *-*, *2)*) , the label of an answer (*A:*), or an
    alert (*BREAKING:*).
    """
    at = 0
    while at < len(tokens) and tokens[at].text in _BULLETS:
        at += 1
    if at + 1 < len(tokens):
        first, second = tokens[at : at + 2]
        third = tokens[at + 2].text if at + 2 < len(tokens) else ""
        thread = second.text == "/" and not third.isdigit()  # "3/", and not "3/7"
        number = first.text.isdigit() and (second.text in {")", "."} or thread)
        label = labels and first.low in _LABELS and first.capital and second.text in {":", "."}
        at += 2 * (number or label)
    at = _past_time(tokens, at)
    at = _past_dateline(tokens, at, day)
    if [token.text for token in tokens[at + 1 : at + 2]] == [":"] and tokens[at].low in _ALERTS:
        at += 2
    return tokens[at:]


def _past_dateline(tokens: list[Token], at: int, today: date | None) -> int:
    """Past a place in capitals with the day of the report and a dash: *SEATOWN, 14 May 2031 –*."""
    first = at
    if today is None:
        return at
    while at < len(tokens) and tokens[at].is_word and tokens[at].text.isupper():
        at += 1
    day = {"month": False, "number": False}
    for k in range(at, min(at + 8, len(tokens)) if at > first else at):
        token = tokens[k]
        if token.text in _DASHES:
            return k + 1 if all(day.values()) else first
        day["month"] = day["month"] or MONTHS.get(token.low.rstrip(".")) == today.month
        day["number"] = day["number"] or token.text == str(today.day)
        if not (
            token.text.isdigit() or token.low.rstrip(".") in MONTHS or token.text in {",", "."}
        ):
            return first
    return first


def _past_time(tokens: list[Token], at: int) -> int:
    """Past a time or a fraction that begins the line: *20:15*, *2/7*, *20.15*, *8:05 a.m. –*."""
    start = at
    if [token.text for token in tokens[at + 1 : at + 2]] in (["/"], [":"]):
        at += 3 * all(token.text.isdigit() for token in tokens[at : at + 3 : 2])
    elif at < len(tokens) and _TIME.fullmatch(tokens[at].low):
        at += 1
    if at > start:
        at += at < len(tokens) and tokens[at].low in _CLOCKS
        at += at < len(tokens) and tokens[at].text in _AFTER_TIME
    return at


_SHORT = word_set("ll d ve re")
_WHO = word_set("i you he she it we they who that")


def _pieces(word: str) -> tuple[str, ...]:
    """The word and its possessive mark; the apostrophe may be one that counts as a letter."""
    if low(word[-2:]) == "'s" and word[2:]:
        return word[:-2], word[-2:]
    head, mark, short = low(word).partition("'")
    if mark and short in _SHORT and head in _WHO:  # "she'll", "they'd"
        return word[: len(head)], word[len(head) :]
    return (word[:-1], word[-1]) if word[1:].endswith("ʼ") else (word,)


def is_possessive(tokens: Sequence[Token], i: int) -> bool:
    """Whether token `i` is a possessive mark: ``'s``, or an apostrophe right after an s."""
    if not 0 < i < len(tokens):
        return False
    token, before = tokens[i], tokens[i - 1]
    if token.low == "'s":
        return True
    return token.low == "'" and before.end == token.start and before.low[-1] in "sxz"
