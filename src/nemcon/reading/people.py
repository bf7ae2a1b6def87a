"""The persons of a report: who is who, from which State, in which role."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from nemcon.reading.names import slug, surname
from nemcon.reading.words import Token, low, tokens_of

_ALIKE = 20  # no report needs to tell more persons of one surname apart


@dataclass(frozen=True, slots=True)
class Role:
    """A role that the report gives a person: its words, the State, the place in the text."""

    words: str
    state: str
    former: bool
    leading: bool
    start: int
    end: int


@dataclass(slots=True)
class Person:
    """A person; `roles` in the order of the text, `state` empty where nobody says.
    `officer`: the report gives an office of the body; `leads`: acts for the State now.
    """

    id: str
    title: str
    state: str = ""
    roles: list[Role] = field(default_factory=list)
    start: int = -1
    end: int = -1
    officer: bool = False
    leads: bool = False


class People:
    """Everybody whom one report names, found by full name, or by a surname that is unique."""

    def __init__(self) -> None:
        self.by_id: dict[str, Person] = {}
        self._by_last: dict[str, list[str]] = {}
        # A phrase -> the person it names; empty if it names two.
        self._phrases: dict[tuple[str, ...], str] = {}
        self._lengths: dict[str, list[int]] = {}

    def __iter__(self) -> Iterator[Person]:
        return iter(self.by_id.values())

    def get(self, person: str) -> Person | None:
        """The person of that id."""
        return self.by_id.get(person)

    def know(self, person: Person, aliases: Iterable[str]) -> None:
        """Add a person of the pack under exactly these names; a bare surname only if given."""
        self._keep(person)
        for phrase in (person.title, *aliases):
            self._phrase(phrase, person.id)

    def add(self, title: str, person: str = "") -> Person:
        """The person of that full name (or of that id, which the pack gave), new or known."""
        key = person or self._same(title) or slug(title)
        found = self.by_id.get(key)
        if found is None:
            found = Person(key, title)
            self._keep(found)
        self._phrase(title, key)
        self._phrase(surname(title), key)
        return found

    def _keep(self, person: Person) -> None:
        self.by_id[person.id] = person
        self._by_last.setdefault(person.title.split()[-1], []).append(person.id)

    def _same(self, title: str) -> str:
        """Somebody already here with the same first and last name, or the same only name."""
        words = title.split()
        for person in self._by_last.get(words[-1], ())[:_ALIKE]:
            theirs = self.by_id[person].title.split()
            if len(words) == 1 or len(theirs) == 1 or words[0] == theirs[0]:
                return person
        return ""

    def _phrase(self, phrase: str, person: str) -> None:
        tokens = tokens_of(phrase, 0, len(phrase))
        key = tuple(token.text for token in tokens)
        if not key:
            return
        if self._phrases.setdefault(key, person) != person:
            self._phrases[key] = ""
        lengths = self._lengths.setdefault(low(key[0]), [])
        if len(key) not in lengths:
            lengths.append(len(key))
            lengths.sort(reverse=True)

    def at(self, tokens: Sequence[Token], i: int) -> tuple[str, int] | None:
        """The person named at token `i`, and the end of the name; None if two bear it."""
        for length in self._lengths.get(tokens[i].low, ()):
            key = tuple(token.text for token in tokens[i : i + length])
            person = self._phrases.get(key)
            if person is not None:
                return (person, i + length) if person else None
        return None

    def rename(self, person: str, other: str, title: str) -> None:
        """Know somebody of whom only the surname is written by the id `other` and a full name."""
        known = self.by_id.pop(person)
        known.id, known.title = other, title
        self.by_id[other] = known
        for ids in self._by_last.values():
            ids[:] = [other if one == person else one for one in ids]
        for phrase, one in self._phrases.items():
            if one == person:
                self._phrases[phrase] = other
        self._phrase(title, other)

    @cached_property
    def _of_state(self) -> dict[str, list[Person]]:
        out: dict[str, list[Person]] = {}
        for person in self:
            if person.start >= 0:
                out.setdefault(person.state, []).append(person)
        return out

    def of_state(self, state: str) -> list[Person]:
        """Who of a State is named in the report; asked only once everybody is introduced."""
        return self._of_state.get(state, [])
