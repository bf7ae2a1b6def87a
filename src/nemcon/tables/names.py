"""What people write in a cell, to the ids that entries use: *Türkiye* is ``turkiye``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from nemcon.entries import (
    ALL,
    AnyEntry,
    Body,
    Candidacy,
    Draft,
    Matter,
    Membership,
    Office,
    Organ,
    Party,
    Position,
)
from nemcon.saying import say
from nemcon.tables.columns import STANCES, plain

Table = Mapping[str, str]

# Which names a field takes, and whether an unknown one is an error.
FIELDS: Mapping[str, tuple[str, bool]] = {
    "member": ("party", True),
    "members": ("party", True),
    "excepted": ("party", True),
    "candidate": ("party", False),
    "holder": ("party", False),
    "person": ("party", False),
    "succeeds": ("party", False),
    "organ": ("organ", False),
    "office": ("office", False),
    "matter": ("matter", False),
    "body": ("body", False),
    "draft": ("draft", False),
}

_STANCE_WORDS = {
    "supports": "support",
    "supported": "support",
    "supporting": "support",
    "infavour": "support",
    "infavor": "support",
    "for": "support",
    "objects": "objection",
    "objected": "objection",
    "objecting": "objection",
    "abstain": "abstention",
    "abstains": "abstention",
    "abstained": "abstention",
    "abstaining": "abstention",
    "recused": "recusal",
    "noobjections": "no-objection",
    "doesnotobject": "no-objection",
    "noposition": "none",
}


@dataclass(frozen=True)
class Names:
    """The ids that are declared, by every name that they go by, made plain.

    `tables` hold what stands for one id, `several` what stands for more of them, and `exact` which
    of these a name means that is written just so.
    """

    tables: Mapping[str, Table]
    declared: Mapping[str, frozenset[str]]
    several: Mapping[str, Mapping[str, frozenset[str]]]
    exact: Mapping[str, Table]

    @staticmethod
    def of(entries: Iterable[AnyEntry]) -> Names:
        """The names that entries declare."""
        tables: dict[str, dict[str, set[str]]] = {sort: {} for sort in _SORTS}
        exact: dict[str, dict[str, set[str]]] = {sort: {} for sort in _SORTS}
        declared: dict[str, set[str]] = {sort: set() for sort in _SORTS}
        for entry in entries:
            for sort, ident, words in _declares(entry):
                declared[sort].add(ident)
                for word in (ident, *words):
                    if key := plain(word):
                        tables[sort].setdefault(key, set()).add(ident)
                        exact[sort].setdefault(written(word), set()).add(ident)
        return Names(
            {sort: _sure(words) for sort, words in tables.items()},
            {sort: frozenset(ids) for sort, ids in declared.items()},
            {sort: _unsure(words) for sort, words in tables.items()},
            {sort: _sure(words) for sort, words in exact.items()},
        )

    def find(self, sort: str, text: str) -> str | None:
        """The id that a text names; None if there is none, or are several."""
        if text in self.declared[sort] or (sort == "party" and plain(text) == ALL):
            return ALL if text not in self.declared[sort] else text
        return self.tables[sort].get(plain(text)) or self.exact[sort].get(written(text))

    def among(self, sort: str, text: str) -> tuple[str, ...]:
        """The ids of which a text may name any."""
        return tuple(sorted(self.several[sort].get(plain(text), ())))

    def near(self, sort: str, text: str) -> str:
        """A hint at what may have been meant."""
        words = self.tables[sort]
        found = get_close_matches(plain(text)[:100], list(words), 1, 0.7)
        return say("; did you mean '{words}'?", words=words[found[0]]) if found else ""


def written(text: str) -> str:
    """A name as it is written, but for its case and the blanks around it."""
    return unicodedata.normalize("NFC", text.strip()).casefold()


def _sure(words: Mapping[str, set[str]]) -> Table:
    return {word: min(ids) for word, ids in words.items() if len(ids) == 1}


def _unsure(words: Mapping[str, set[str]]) -> Mapping[str, frozenset[str]]:
    return {word: frozenset(ids) for word, ids in words.items() if len(ids) > 1}


_SORTS = ("party", "candidate", "organ", "office", "matter", "body", "draft")


def _declares(entry: AnyEntry) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    match entry:
        case Party():
            yield "party", entry.name, (entry.title, *entry.aliases)
        case Candidacy() | Position() if entry.candidate:
            yield "candidate", entry.candidate, ()
        case Membership():
            yield "party", entry.member, ()
        case Organ():
            yield "organ", entry.name, (entry.title, *entry.aliases)
        case Office():
            yield "office", entry.name, (entry.title, entry.short, *entry.aliases)
        case Matter():
            yield "matter", entry.name, (entry.title,)
        case Body():
            yield "body", entry.name, (entry.title, *entry.aliases)
        case Draft():
            yield "draft", entry.name, (entry.title,)


def stance_of(text: str) -> str | None:
    """The stance that a word means without doubt; None if it is not one of ours.

    *Yes*, *no* and *against* are left alone: which stance they are is for the rule to say.
    """
    key = plain(text)
    return next((s for s in STANCES if plain(s) == key), None) or _STANCE_WORDS.get(key)


def slug(text: str) -> str:
    """A short id from a name: *Ana Blé* is ``ana-ble``.

    Letters that are not Latin stay, so that *Артель 7* and *Кооператив 7* stay two.
    """
    bare = "".join(map(_bare, unicodedata.normalize("NFC", text).casefold().replace("ß", "ss")))
    return re.sub(r"-+", "-", bare).strip("-")


def _bare(letter: str) -> str:
    """A letter of an id: without its accent if it is Latin, else as it is; ``-`` for others."""
    parts = unicodedata.normalize("NFKD", letter)
    latin = "".join(_LETTERS.get(p, p) for p in parts if not unicodedata.combining(p))
    if not latin.strip() or latin.isascii():
        return re.sub(r"[^a-z0-9]+", "-", latin.casefold())
    kept = unicodedata.category(letter)[0] in "LNM"
    return letter if kept else "-"


_LETTERS = {"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i"}
