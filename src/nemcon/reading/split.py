"""A text into sentences, with the places where somebody is quoted."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from nemcon.reading.lexicon import word_set
from nemcon.reading.words import CLOSING, INVISIBLE, OPENING, is_unseen, seen

_BLANK = re.compile(r"\n[ \t\r\f\v]*\n\s*")
_MARK = re.compile(r"[“”«»„\"]")
# After a comma or stop it closes; after an s it may be a genitive (the allies' support).
_SINGLE_OPEN = re.compile(r"(?<![^\W_])['‘](?=[^\W\d_])")
_SINGLE_CLOSE = re.compile(r"(?:(?<=[.,?!…])|(?<=[^\W_sS]))['’](?![^\W_])")
_LONGEST_SINGLE = 600
_STOP = re.compile(rf"(?<![.?!…])[.?!…]++[\"”’»)\]{INVISIBLE}]*+(?=\s|\Z)")
_LAST_WORD = re.compile(r"[^\s(\"“«]*\Z")
_ENDS = re.compile(rf"[.?!…:;][\"”’»)\]{INVISIBLE}]*\s*\Z")
_ABBREVIATION = word_set(
    "mr mrs ms dr prof gen col sen rep gov st lt sgt capt adm rev hon jr messrs "
    "vs no jan feb mar apr jun jul aug sep sept oct nov dec"
)
# After "U.S." a new sentence is certain only where such a word follows.
_OPENERS = word_set(
    "the a an he she it they we i you this that these those in on at by for from with without "
    "after before as if when while since but and however meanwhile although though his her its "
    "their there here all some many most several both"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence: its span, the quotations in it, and whether it ends like one."""

    start: int
    end: int
    quotes: tuple[tuple[int, int], ...]
    complete: bool


def sentences(text: str, start: int) -> list[Piece]:
    """The sentences of `text` from `start` on; between them there is only white space."""
    return [
        piece
        for first, last in _blocks(text, start)
        for piece in _of_block(text, first, last, _quotes(text, first, last))
    ]


def _blocks(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Paragraphs, and within them lines that were broken on purpose (headlines)."""
    at = start
    for blank in _BLANK.finditer(text, start):
        yield from _lines(text, at, blank.start())
        at = blank.end()
    yield from _lines(text, at, len(text))


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Split at a line end that no wrapping explains: the next word would have fitted."""
    lines = text[start:end].split("\n")
    width = max(map(len, lines))
    at = first = start
    for line, following in pairwise(lines):
        at += len(line) + 1
        word = following.split(maxsplit=1)[0] if following.strip() else ""
        if not _ENDS.search(line) and len(line.rstrip()) + 1 + len(word) <= width:
            yield first, at
            first = at
    yield first, end


def _quotes(text: str, start: int, end: int) -> list[tuple[int, int, bool]]:
    """The spans inside quotation marks, marks included, and whether they were closed.

    A quotation that is not closed runs to the end of its paragraph, one that is not opened
    began with it: what may be somebody's words is never read as the report's own.
    """
    spans: list[tuple[int, int, bool]] = []
    opened: int | None = None
    for mark in _MARK.finditer(text, start, end):
        if opened is None and mark[0] in CLOSING:
            spans = [(start, mark.end(), True)]
        elif opened is None:
            opened = mark.start()
        elif mark[0] not in OPENING:
            spans.append((opened, mark.end(), True))
            opened = None
    if opened is not None:
        spans.append((opened, end, False))
    return _with_single(text, start, end, spans)


def _with_single(
    text: str, start: int, end: int, spans: list[tuple[int, int, bool]]
) -> list[tuple[int, int, bool]]:
    """Add what stands in single quotation marks, where they are no apostrophes."""
    single, at = [], start
    for mark in _SINGLE_OPEN.finditer(text, start, end):
        if mark.start() < at:
            continue
        close = _SINGLE_CLOSE.search(text, mark.end(), min(end, mark.end() + _LONGEST_SINGLE))
        if close is not None:
            at = close.end()
            single.append((mark.start(), at, True))
    if not single:
        return spans
    starts = [span[0] for span in spans]
    return sorted([*spans, *(s for s in single if not _overlaps(s, spans, starts))])


def _overlaps(
    one: tuple[int, int, bool], spans: list[tuple[int, int, bool]], starts: list[int]
) -> bool:
    """Whether `one` meets one of the spans, which lie in order and apart."""
    after = bisect_right(starts, one[0])
    before = after > 0 and spans[after - 1][1] > one[0]
    return before or (after < len(spans) and starts[after] < one[1])


def _of_block(
    text: str, start: int, end: int, quotes: list[tuple[int, int, bool]]
) -> Iterator[Piece]:
    at, index = _skip_space(text, start, end), 0
    for stop in _STOP.finditer(text, start, end):
        first = index
        while index < len(quotes) and quotes[index][1] <= stop.start():
            index += 1
        if index < len(quotes):
            opened, closed, whole = quotes[index]
            if whole and opened < stop.start() and stop.end() < closed:
                index = first
                continue
        if stop.end() > at and _is_end(text, at, stop, end):
            yield _piece(text, at, stop.end(), quotes[first : index + 1])
            at = _skip_space(text, stop.end(), end)
        else:
            index = first
    last = start + len(text[start:end].rstrip())
    if at < last:
        yield _piece(text, at, last, quotes[index:])


def _skip_space(text: str, start: int, end: int) -> int:
    while start < end and (text[start].isspace() or is_unseen(text[start])):
        start += 1
    return start


def _piece(text: str, start: int, end: int, quotes: list[tuple[int, int, bool]]) -> Piece:
    while end > start and is_unseen(text[end - 1]):
        end -= 1
    inside = tuple((a, b) for a, b, _ in quotes if a < end and b > start)
    return Piece(start, end, inside, _ENDS.search(text, max(start, end - 64), end) is not None)


def _is_end(text: str, start: int, stop: re.Match[str], end: int) -> bool:
    """Whether a sentence ends at this stop: not after an abbreviation or an initial."""
    after = text[_skip_space(text, stop.end(), end) : min(end, stop.end() + 40)]
    if not after:
        return True
    if after[0].islower():
        return False
    if not stop[0].startswith(".") or stop[0].startswith(".."):
        return True
    before = _LAST_WORD.search(text, max(start, stop.start() - 30), stop.start())
    word = seen(before[0]) if before else ""
    following = re.match(r"[^\W_]+", after)
    opens = following is not None and following[0].lower() in _OPENERS
    if "." in word or (len(word) == 1 and word.isupper()):
        return opens
    return word.lower() not in _ABBREVIATION
