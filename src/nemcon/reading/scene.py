"""One report as the rules see it: its sentences, who is who, and the entries found so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from nemcon.entries import AnyEntry, Basis, Candidacy, Entry, Office, Span, Term
from nemcon.findings import Finding, Place
from nemcon.reading import lexicon as lex
from nemcon.reading.clauses import Clause
from nemcon.reading.dates import Written, resolve
from nemcon.reading.document import Document
from nemcon.reading.line import Line
from nemcon.reading.names import Names
from nemcon.reading.nouns import ORGANS
from nemcon.reading.people import People
from nemcon.reading.predicates import meanings
from nemcon.reading.view import Noun
from nemcon.when import When

_ON_THE_DAY = lex.word_set("on in at during earlier later late the this") | {"", "as of"}
_OF_PERSONS = frozenset({"support", "oppose", "decide", "nominate", "declare", "follow"})
ONE_SELECTION = 400
"""Reports further apart than this many days are not about one selection."""

# "her sister": somebody else.
_BESIDE = lex.word_set(
    "sister brother wife husband partner mother father daughter son friend ally deputy adviser "
    "advisor aide colleague predecessor lawyer boss patron mentor opponent"
)
_MANY = (lex.MEMBER_NOUNS | lex.PERSON_GROUPS) - lex.ONE_MEMBER

_LEAVING = lex.word_set(
    "withdraw withdraws withdrew withdrawn withdrawing withdrawal quit quits quitting drop drops "
    "dropped dropping pull pulls pulled pulling bow bows bowed bowing abandon abandons abandoned"
)

_Kind = TypeVar("_Kind", bound=Entry)


@dataclass(frozen=True, slots=True)
class Dated:
    """When something was, on which basis; `when` is None where no date can be used.

    `written` says that the sentence gives a date; `usable` that it could be resolved.
    """

    when: When | None
    basis: Basis
    written: bool
    usable: bool = True


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry found in a sentence by a rule; `matter` says that it belongs to the selection."""

    line: int
    rule: str
    entry: AnyEntry
    matter: bool


class Scene:
    """A report while it is read. The rules ask it who, when and where, and add what they find."""

    def __init__(self, document: Document, names: Names, people: People, lines: list[Line]) -> None:
        self.document, self.names, self.people, self.lines = document, names, people, lines
        self.report = document.source.date
        self.office: Office | None = None
        self.holder = ""
        self.candidates: frozenset[str] = frozenset()
        self.hits: dict[Hit, None] = {}
        self._told: dict[int, list[AnyEntry]] = {}
        # Whose candidacy has been told of, and when whose term began.
        self.stepped: set[str] = set()
        self.starts: dict[str, When] = {}
        self.findings: list[Finding] = []

    # What was said when

    def until_report(self) -> When:
        """Some day up to the report."""
        return When.between(None, self.report.latest)

    def dated(self, dates: Sequence[Written], direction: str, line: Line) -> Dated:
        """When the one date of a clause is; two dates, or one that contradicts itself, are none."""
        real = [date for date in dates if not date.word.endswith((" days", "ago"))
                or date.word == "days ago"]  # fmt: skip
        if not real:
            return Dated(None, "report-date", written=False)
        if len(set(real)) > 1 or real[0].lead not in _ON_THE_DAY:
            return Dated(None, "report-date", written=True, usable=False)
        found = resolve(real[0], self.report, direction)
        if found.mismatch:
            self._mismatch(real[0], line)
        return Dated(found.when, found.basis, written=True, usable=found.when is not None)

    def _mismatch(self, date: Written, line: Line) -> None:
        finding = Finding(
            "date-contradicts-itself",
            "warning",
            f"'{date.text}' fits no day near the report's date, {self.report}; "
            "look at the report and give the date yourself",
            place=Place(file=self.document.source.name, start=line.piece.start, end=line.piece.end),
        )
        if finding not in self.findings:
            self.findings.append(finding)

    def past(self, dates: Sequence[Written], line: Line) -> tuple[When, Basis]:
        """When a past event was: its date, or some day up to the report."""
        dated = self.dated(dates, "past", line)
        if dated.when is not None:
            return dated.when, dated.basis
        return self.until_report(), "report-date"

    @cached_property
    def straw_polls(self) -> bool:
        """Whether the report is one of straw polls."""
        return any(
            line.view.word(i) == "straw" and line.view.word(i + 1) in {"poll", "polls"}
            for line in self.lines
            for i in range(line.view.size)
        )

    # Who it is

    def person(self, noun: Noun | None, line: Line, at: int, besides: str = "") -> str:
        """The person that a phrase at item `at` means; empty unless that is beyond doubt.

        `besides` is a person that it cannot be (a pronoun in object place is not the subject).
        """
        if noun is None or noun.head == "successor":
            return ""
        if noun.sort in {"person", "owned"} and noun.id:
            return noun.id
        if noun.sort == "compatriot":
            return self._only(p.id for p in self._of_state(noun.state))
        if noun.sort == "members" and noun.role and len(noun.members) == 1:
            return self._by_role(noun.members[0], noun.role)
        if noun.sort == "title":
            return self._titled(noun, line, at)
        if noun.sort == "pronoun" and noun.words in {"he", "she", "him", "her"}:
            return self._antecedent(line, at, besides)
        if noun.sort in {"owned", "contest"} and not noun.id:
            return self._antecedent(line, at, besides)
        return ""

    def _only(self, ids: Iterator[str]) -> str:
        found = set(ids)
        return found.pop() if len(found) == 1 else ""

    def _of_state(self, state: str) -> list[Any]:
        """Who of a State is named in the report; the candidates alone, if one is among them."""
        named = self.people.of_state(state)
        return [p for p in named if p.id in self.candidates] or named

    def _by_role(self, state: str, role: str) -> str:
        return self._only(
            person.id
            for person in self.people.of_state(state)
            for given in person.roles
            if given.state == state and not given.former and _same_role(given.words, role)
        )

    def _titled(self, noun: Noun, line: Line, at: int) -> str:
        """*the president*: the one person here, or just before, whom the report calls so."""
        role = noun.role.lower()

        def fits(person: str) -> bool:
            known = self.people.get(person)
            roles = known.roles if known else []
            return any(_same_role(given.words, role) and not given.former for given in roles)

        for back in (line, *self._before(line)):
            named = self._named(back, at if back is line else len(back.items))
            if fitting := {person for person in named if fits(person)}:
                return self._only(iter(fitting))
        return ""

    def _before(self, line: Line) -> Iterator[Line]:
        """The two sentences before, the nearer first."""
        for index in (line.index - 1, line.index - 2):
            if index >= 0:
                yield self.lines[index]

    def _named(self, line: Line, end: int) -> list[str]:
        """The persons that a sentence names up to item `end`, pronouns left out; an unknown name
        may be one where it does something.
        """
        found = []
        for at, noun in line.nouns(end):
            if noun.sort in {"person", "owned"} and noun.id:
                found.append(noun.id)
                if noun.sort == "person" and line.view.possessive(line.items[at].last):
                    found.append(f"of {noun.id}")  # "X's sister"
            elif noun.sort == "compatriot":
                found.append(self.person(noun, line, 0))
            elif noun.sort == "members" and _is_person_role(noun) and len(noun.members) == 1:
                person = self._by_role(noun.members[0], noun.role)
                found.append(person or ("" if _apposed(line, at) else noun.words))
            elif noun.sort == "title":
                person = self._titled(noun, line, at)
                found.append(person or ("" if _apposed(line, at) else noun.words))
            elif noun.sort == "people" and not noun.head.endswith("s"):
                found.append("" if _apposed(line, at) else noun.words)
            elif noun.sort == "name" and (
                line.view.is_person_name(*self._run(line, noun)) or _somebody(line, at)
            ):
                found.append(noun.words)
        kin = (line.low(i) in {"his", "her"} and line.low(i + 1) in _BESIDE for i in range(end))
        return [person for person in (*found, *("kin" for one in kin if one)) if person]

    def _run(self, line: Line, noun: Noun) -> tuple[int, int]:
        item = next(item for item in line.items if item.noun is noun)
        return item.first, item.last

    def _antecedent(self, line: Line, at: int, besides: str) -> str:
        """*he*: the only person named so far, else in the last sentence that names any."""
        for back in (line, *self._before(line)):
            named = set(self._named(back, at if back is line else len(back.items)))
            named.discard(besides)
            if named:
                person = self._only(iter(named))
                return person if self.people.get(person) else ""
        return ""

    def group_before(self, line: Line, at: int) -> tuple[Noun, Line] | None:
        """What *they* stands for: the only plural so far, else in the sentence before."""
        for back in (line, *tuple(self._before(line))[:1]):
            end = at if back is line else len(back.items)
            plurals = [noun for _, noun in back.nouns(end) if noun.plural]
            if any(item.kind == "word" and item.low in _MANY for item in back.items[:end]):
                return None  # others, of whom nothing is known
            if plurals:
                return (plurals[0], back) if len(plurals) == 1 else None
        return None

    def candidate(self, noun: Noun | None, line: Line, at: int, besides: str = "") -> str:
        """The candidate that a phrase means, or whose candidacy it names; empty if it is none."""
        person = self.person(noun, line, at, besides)
        return person if person in self.candidates else ""

    def leaves(self, candidate: str) -> bool:
        """Whether a sentence that names a candidate speaks of withdrawing, in whatever way."""
        return any(
            candidate in self._named(line, len(line.items))
            and any(line.view.word(i) in _LEAVING for i in range(line.view.size))
            for line in self.lines
        )

    def aside(self, candidate: str, line: Line, at: int) -> bool:
        """Whether a candidate, whom this sentence has not named, is one whom the report speaks of
        less than of another: *him* after a word on somebody else may well mean the other.
        """
        if candidate in self._named(line, at):
            return False
        before = self.lines[: line.index]
        named = Counter(n for back in before for n in {*self._named(back, len(back.items))})
        return any(named[other] > named[candidate] for other in self.candidates - {candidate})

    def organ_meant(self, noun: Noun, line: Line) -> Noun:
        """*the Council*: the only council that the report has named so far, if it is only one."""
        if noun.sort != "organ-word":
            return noun
        named = [organ for first, organ in self._organs.get(noun.head, ()) if first < line.index]
        return named[0] if len(named) == 1 else noun

    @cached_property
    def _organs(self) -> dict[str, list[tuple[int, Noun]]]:
        """A word like *council* -> the organs of that kind, with the sentence of each."""
        seen: dict[str, dict[str, tuple[int, Noun]]] = {}
        for line in self.lines:
            for _, noun in line.nouns():
                if noun.sort in {"state-organ", "organ", "name"}:
                    words = {*noun.words.lower().split()[-1:], *noun.head.lower().split()}
                    for word in words & ORGANS:
                        alike = seen.setdefault(word, {})
                        if len(alike) < 3:
                            alike.setdefault(noun.words, (line.index, noun))
        return {word: list(found.values()) for word, found in seen.items()}

    def speaker_name(self, noun: Noun, line: Line, at: int) -> str:
        """A speaker at item `at` as entries name it: an id where there is one, else the words."""
        noun = self.organ_meant(noun, line)
        if noun.sort == "person" or (noun.sort in {"title", "pronoun"}):
            return self.person(noun, line, at) or noun.words
        if noun.sort == "body":
            return noun.id
        if noun.sort == "organ":
            return noun.id
        if noun.sort == "members" and len(noun.members) == 1 and not noun.role:
            return noun.members[0]
        return noun.words

    def is_member(self, party: str) -> bool:
        """Whether the pack has it on the roll on the day of the report."""
        return self.names.is_member(party, self.report.last_day())

    @cached_property
    def members(self) -> int:
        """How many members the pack has on the roll on the day of the report."""
        every = {line.member for line in self.names.memberships}
        return sum(self.is_member(member) for member in every)

    # Where it stands

    def span(self, line: Line, first: int, end: int) -> Span:
        """The span of items `first` to `end` (not included), without a closing comma or stop."""
        tokens = line.view.tokens[line.items[first].first : line.items[end - 1].last]
        while len(tokens) > 1 and tokens[-1].low in {",", ".", ";", ":"}:
            tokens = tokens[:-1]
        start, stop = tokens[0].start, tokens[-1].end
        return Span(self.document.source.name, start, stop, self.document.text[start:stop])

    def clause_span(self, line: Line, clause: Clause, *, said: bool = False) -> Span:
        """From the subject of a clause to its end; with *said*, from that of the report on."""
        first = min(clause.subject_at, clause.at)
        saying = next((c for c in line.clauses if said and c.at == clause.frame.say_at), None)
        if saying is not None:
            first = min(saying.subject_at, saying.at, first)
        return self.span(line, first, line.end_of_clause(clause.at))

    def text_span(self, start: int, end: int) -> Span:
        """The span of these code points."""
        return Span(self.document.source.name, start, end, self.document.text[start:end])

    def add(
        self, rule: str, line: Line, kind: type[AnyEntry], spans: Sequence[Span],
        /, *, matter: bool = True, **fields: Any,
    ) -> AnyEntry:  # fmt: skip
        """Propose an entry of that kind."""
        entry = kind(
            body=self.names.body.name,
            source=self.document.source.name,
            spans=tuple(dict.fromkeys(spans)),
            **fields,
        )
        if matter and self._long_ago(entry.happened):
            return entry
        hit = Hit(line.index, rule, entry, matter)
        if hit not in self.hits:
            self.hits[hit] = None
            self._told.setdefault(line.index, []).append(entry)
        if isinstance(entry, Candidacy):
            self.stepped.add(entry.candidate)
        elif isinstance(entry, Term) and entry.start is not None:
            self.starts.setdefault(entry.holder, entry.start)
        return entry

    def _long_ago(self, happened: When | None) -> bool:
        """Whether it belongs to another selection: more than a year or so before the report."""
        last, report = happened.last_day() if happened else None, self.report.first_day()
        return last is not None and report is not None and (report - last).days > ONE_SELECTION

    def told(self, kind: type[_Kind], line: Line, back: Iterable[int] = (0,)) -> list[_Kind]:
        """What sentences so many before this one (0: this one) have told, of one kind."""
        near = (entry for step in back for entry in self._told.get(line.index - step, ()))
        return [entry for entry in near if isinstance(entry, kind)]

    def withdrawn(self, line: Line, back: Iterable[int] = (0,)) -> str:
        """The only candidate whose withdrawal these sentences tell."""
        steps = self.told(Candidacy, line, back)
        return self._only(step.candidate for step in steps if step.change == "withdrawn")


def _apposed(line: Line, at: int) -> bool:
    """Whether the role at item `at` is said of a person who is named right beside it."""
    before = at - 1
    while line.kind(before) == "adverb":
        before -= 1
    beside = [line.noun(before - 1) if line.low(before) in {",", "("} else None,
              line.noun(at + 2) if line.low(at + 1) == "," else None]  # fmt: skip
    return any(noun is not None and noun.sort == "person" for noun in beside)


def _is_person_role(noun: Noun) -> bool:
    """Whether the role is that of a person: a president, not a government."""
    return bool(noun.role) and noun.role.lower() not in lex.GOVERNING.split("|")


def _somebody(line: Line, at: int) -> bool:
    """Whether the unknown name at item `at` may be a person: it does something, or is supported,
    chosen or the like.
    """
    after = at + 1 + (line.low(at + 1) == ",")
    if line.low(after) == "who" or line.verb(at + 1) is not None:
        return True
    return any(
        end == at for meaning, end in meanings(line, at - 1).items() if meaning in _OF_PERSONS
    )


def _same_role(one: str, other: str) -> bool:
    """*premier* and *prime minister* are one role."""
    return lex.plain_role(one) == lex.plain_role(other)
