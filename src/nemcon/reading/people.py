"""The persons of a report: who is who, from which State, in which role."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from nemcon.reading.names import slug, surname
from nemcon.reading.words import Token, low, tokens_of


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
    """A person; `roles` in the order of the text, `state` empty where nobody says."""

    id: str
    title: str
    state: str = ""
    roles: list[Role] = field(default_factory=list)
    start: int = -1
    end: int = -1


class People:
    """Everybody whom one report names, found by full name, or by a surname that is unique."""

    def __init__(self) -> None:
        self.by_id: dict[str, Person] = {}
        self._phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}

    def __iter__(self) -> Iterator[Person]:
        return iter(self.by_id.values())

    def get(self, person: str) -> Person | None:
        """The person of that id."""
        return self.by_id.get(person)

    def know(self, person: Person, aliases: Iterable[str]) -> None:
        """Add a person of the pack under exactly these names; a bare surname only if given."""
        self.by_id[person.id] = person
        for phrase in (person.title, *aliases):
            self._phrase(phrase, person.id)

    def add(self, title: str, person: str = "") -> Person:
        """The person of that full name (or of that id, which the pack gave), new or known."""
        key = person or self._same(title) or slug(title)
        found = self.by_id.get(key)
        if found is None:
            found = self.by_id[key] = Person(key, title)
        self._phrase(title, key)
        self._phrase(surname(title), key)
        return found

    def _same(self, title: str) -> str:
        """Somebody already here with the same first and last name, or the same only name."""
        words = title.split()
        for person in self.by_id.values():
            theirs = person.title.split()
            if words[-1] == theirs[-1] and (
                len(words) == 1 or len(theirs) == 1 or words[0] == theirs[0]
            ):
                return person.id
        return ""

    def _phrase(self, phrase: str, person: str) -> None:
        tokens = tokens_of(phrase, 0, len(phrase))
        key = tuple(token.text for token in tokens)
        if key:
            rows = self._phrases.setdefault(low(key[0]), [])
            if (key, person) not in rows:
                rows.append((key, person))
                rows.sort(key=lambda row: (-len(row[0]), row))

    def at(self, tokens: Sequence[Token], i: int) -> tuple[str, int] | None:
        """The person named at token `i`, and the end of the name; None if two bear it."""
        best: tuple[str, int] | None = None
        for key, person in self._phrases.get(tokens[i].low, ()):
            if best is not None and i + len(key) < best[1]:
                break
            if tuple(token.text for token in tokens[i : i + len(key)]) != key:
                continue
            if best is not None and best[0] != person:
                return None
            best = (person, i + len(key))
        return best
