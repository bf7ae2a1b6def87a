"""The names that a pack knows: its body, organs, offices, members and their adjectives, persons."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from nemcon.entries import Body, Entry, Membership, Office, Organ, Party, Term
from nemcon.reading.lexicon import PARTICLES
from nemcon.reading.words import Token, low, tokens_of

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"}
)
_NOT_SLUG = re.compile(r"[^\w]+|_+")
_GIVEN = re.compile(r"[^\W\d_]+[-‑][^\W\d_A-Z][^\W\d_]*")
_PEOPLE_SUFFIXES = ("man", "woman", "men", "women")


def slug(name: str) -> str:
    """A short id made of a name: lower case, without accents, with hyphens."""
    plain = unicodedata.normalize("NFKD", name.lower().translate(_LETTERS))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _NOT_SLUG.sub("-", plain).strip("-")


def surname(title: str) -> str:
    """The last name with its particles: ``van Dyke``, ``de Hoop``; the first one where the
    given name is of two parts, the second small: ``Roh Min-su``.
    """
    words = title.split()
    if len(words) == 2 and _GIVEN.fullmatch(words[1]):
        return words[0]
    at = len(words) - 1
    for i in range(1, len(words)):
        if words[i] in PARTICLES:
            at = i
            break
    return " ".join(words[at:])


@dataclass(frozen=True, slots=True)
class Name:
    """What a phrase stands for: body, organ, office, member, adjective (of a State), metonym (of a
    State: its capital) or person.
    """

    kind: str
    id: str


@dataclass(slots=True)
class Names:
    """The phrases of one pack, looked up token by token."""

    body: Body
    organs: tuple[Organ, ...]
    offices: tuple[Office, ...]
    parties: tuple[Party, ...]
    memberships: tuple[Membership, ...]
    terms: tuple[Term, ...]
    phrases: dict[str, list[tuple[tuple[str, ...], tuple[str, ...], Name]]] = field(
        default_factory=dict
    )

    @staticmethod
    def of(pack: Iterable[Entry]) -> Names | None:
        """The names of a pack; None if it describes no body."""
        sorts: dict[type[Entry], list[Entry]] = {}
        for entry in pack:
            sorts.setdefault(type(entry), []).append(entry)
        bodies = [entry for entry in sorts.get(Body, ()) if isinstance(entry, Body)]
        if not bodies:
            return None
        names = Names(
            bodies[0],
            tuple(e for e in sorts.get(Organ, ()) if isinstance(e, Organ)),
            tuple(e for e in sorts.get(Office, ()) if isinstance(e, Office)),
            tuple(e for e in sorts.get(Party, ()) if isinstance(e, Party)),
            tuple(e for e in sorts.get(Membership, ()) if isinstance(e, Membership)),
            tuple(e for e in sorts.get(Term, ()) if isinstance(e, Term)),
        )
        names._fill()
        return names

    def _fill(self) -> None:
        body = self.body
        self._add((body.title, *body.aliases), Name("body", body.name))
        for organ in self.organs:
            self._add((organ.title, *organ.aliases), Name("organ", organ.name))
        for office in self.offices:
            self._add((office.title, *office.aliases), Name("office", office.name))
        for party in self.parties:
            if party.sort == "person":
                self._add((party.title, *party.aliases), Name("person", party.name))
            else:
                self._add((party.title, *party.aliases), Name("member", party.name))
                self._add(party.demonyms, Name("adjective", party.name))
                self._add(party.metonyms, Name("metonym", party.name))
        for rows in self.phrases.values():
            rows.sort(key=lambda row: (-len(row[0]), row[0]))

    def _add(self, phrases: Iterable[str], name: Name) -> None:
        for phrase in phrases:
            tokens = tokens_of(phrase, 0, len(phrase))
            article = tokens[:1] and tokens[0].low == "the" and name.kind != "metonym"
            if article and len(tokens) > 1:
                tokens = tokens[1:]
            for written in {_words(tokens, split=False), _words(tokens, split=True)}:
                if not written:
                    continue
                key = tuple(low(word) for word in written)
                row = (key, written, name)
                rows = self.phrases.setdefault(key[0], [])
                if row not in rows:
                    rows.append(row)

    def matches(self, tokens: Sequence[Token], i: int) -> list[tuple[Name, int]]:
        """Every name that begins at token `i` with where it ends, the longest first."""
        rows = self.phrases.get(_plain(tokens[i].low), ())
        found = [
            (name, i + len(key))
            for key, written, name in rows
            if _matches(tokens, i, key, written, name.kind)
        ]
        return found or self._compatriot(tokens[i], i)

    def _compatriot(self, token: Token, i: int) -> list[tuple[Name, int]]:
        """``Dutchman`` from the adjective ``Dutch``."""
        if token.capital and token.low.endswith(_PEOPLE_SUFFIXES):
            for suffix in _PEOPLE_SUFFIXES:
                for key, _, name in self.phrases.get(token.low.removesuffix(suffix), ()):
                    if len(key) == 1 and name.kind == "adjective":
                        return [(name, i + 1)]
        return []

    def is_member(self, party: str, on: date | None) -> bool:
        """Whether the pack has `party` on the roll on the day (None: at any time)."""
        on_roll = False
        for line in sorted(self.memberships, key=lambda m: m.happened.text if m.happened else ""):
            if line.member != party or line.change == "attributes":
                continue
            first = line.happened.first_day() if line.happened else None
            if on is not None and first is not None and first > on:
                continue
            on_roll = line.change in {"accession", "resumption"}
        return on_roll

    def holder(self, office: str, on: date | None) -> str:
        """Who holds the office on the day by the pack's terms; empty if that is not one person."""
        if on is None:
            return ""
        started: dict[str, date] = {}
        for term in self.terms:
            if term.office != office or term.modality == "planned":
                continue
            start = term.start.last_day() if term.start else None
            if start is not None and start <= on:
                started[term.holder] = max(start, started.get(term.holder, start))
        for term in self.terms:
            end = term.end.first_day() if term.end and term.office == office else None
            if end is not None and end <= on and started.get(term.holder, end) < end:
                started.pop(term.holder, None)
        return next(iter(started)) if len(started) == 1 else ""

    def start_of(self, office: str, holder: str) -> Term | None:
        """The pack's last line that says when `holder` took the office."""
        lines = [
            term
            for term in self.terms
            if term.office == office and term.holder == holder and term.start is not None
        ]
        return max(lines, key=lambda t: t.start.text if t.start else "", default=None)


def _plain(word: str) -> str:
    """``U.S.`` is looked up as ``us``."""
    return word.replace(".", "")


def _words(tokens: Sequence[Token], *, split: bool) -> tuple[str, ...]:
    words: list[str] = []
    for token in tokens:
        text = token.text.replace(".", "") if token.is_word else token.text
        words.extend(text.split("-") if split and "-" in text else (text,))
    return tuple(word for word in words if word)


def _matches(
    tokens: Sequence[Token], i: int, key: tuple[str, ...], written: tuple[str, ...], kind: str
) -> bool:
    if i + len(key) > len(tokens):
        return False
    for step, word in enumerate(key):
        token = tokens[i + step]
        if _plain(token.low) != word:
            return False
        if kind == "metonym":
            if token.text != written[step] and (step or word != "the"):
                return False
        elif kind != "office" and not _same_case(token.text.replace(".", ""), written[step]):
            return False
    return True


def _same_case(text: str, written: str) -> bool:
    """A capital stays a capital; letters that are all capitals (``US``) are matched exactly."""
    if len(written) > 1 and written.isupper():
        return text == written
    return text[:1].isupper() or not written[:1].isupper()
