"""Sentences that speak of objecting, whether the reader understood them or not."""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import normalize

from nemcon.entries import AnyEntry, Objection, Position, Reserve, Silence, Tally
from nemcon.reading.lexicon import OBJECTING, word_set
from nemcon.reading.words import tokens_of

# "the opposition leader" is somebody, and opposes nothing by that.
_OF_A_PARLIAMENT = word_set("leader leaders party parties politician politicians member members mp")
_AGAINST = frozenset({"objection", "no-objection", "reserve"})


def speaks_of_objecting(sentence: str) -> bool:
    """Whether a sentence has a word for objecting, opposing, blocking or a veto in it, in
    whatever sense, also within quotation marks.
    """
    words = [token.low for token in tokens_of(normalize("NFC", sentence), 0, len(sentence))]
    return any(
        word in OBJECTING
        and not (word == "opposition" and set(words[at + 1 : at + 2]) & _OF_A_PARLIAMENT)
        for at, word in enumerate(words)
    )


def tells_of_objecting(entries: Iterable[AnyEntry]) -> bool:
    """Whether one of the entries read in a sentence says who objects, or no longer does."""
    return any(_tells(entry) for entry in entries)


def _tells(entry: AnyEntry) -> bool:
    match entry:
        case Objection() | Reserve() | Silence():
            return True
        case Position():
            return entry.stance in _AGAINST
        case Tally():
            return any(count.stance in _AGAINST for count in entry.counts)
    return False
