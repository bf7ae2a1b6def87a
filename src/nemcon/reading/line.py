"""One sentence of a report with its phrases and clauses, as the rules walk along it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from nemcon.reading import lexicon as lex
from nemcon.reading.clauses import Clause, Frame
from nemcon.reading.dates import Written
from nemcon.reading.items import Item
from nemcon.reading.split import Piece
from nemcon.reading.verbs import Verb
from nemcon.reading.view import Noun, View

_BREAKS = lex.word_set(
    "that who which whose where after when before since because while although though if"
)
_VAGUE = ("coming days", "past days", "ago")
_ACTIVE = {"present", "past", "perfect", "pluperfect", "future", "would", "modal"}


@dataclass(slots=True)
class Line:
    """A sentence with its phrases and clauses."""

    index: int
    piece: Piece
    view: View
    items: list[Item]
    clauses: list[Clause] = field(default_factory=list)
    tail: Frame | None = None

    def low(self, i: int) -> str:
        """The first word of item `i`, or what a fixed phrase means; empty outside."""
        return self.items[i].low if 0 <= i < len(self.items) else ""

    def kind(self, i: int) -> str:
        """The kind of item `i`; empty outside."""
        return self.items[i].kind if 0 <= i < len(self.items) else ""

    def noun(self, i: int) -> Noun | None:
        """The noun phrase at item `i`, if there is one."""
        return self.items[i].noun if 0 <= i < len(self.items) else None

    def verb(self, i: int) -> Verb | None:
        """The verb group at item `i`, if there is one."""
        return self.items[i].verb if 0 <= i < len(self.items) else None

    def before(self, i: int) -> int:
        """The item before item `i`, over dates (*takes over on 1 October from*)."""
        i -= 1
        while self.kind(i) == "date":
            i -= 1
        return i

    def text(self, first: int, end: int) -> str:
        """The words of the items, as written."""
        if first >= end:
            return ""
        return self.view.text(self.items[first].first, self.items[end - 1].last)

    def nouns(self, end: int | None = None) -> Iterator[tuple[int, Noun]]:
        """The noun phrases outside quotations, with their items, up to item `end`."""
        for i, item in enumerate(self.items[:end]):
            if item.noun is not None:
                yield i, item.noun

    def end_of_clause(self, at: int) -> int:
        """The item after the last one that belongs to the clause of the verb at item `at`."""
        i = at + 1
        while i < len(self.items):
            item = self.items[i]
            if item.kind in {"mark", "quote"} and item.low not in {"(", ")"}:
                return i
            breaks = item.kind == "word" and item.low in _BREAKS
            if breaks or (item.verb and item.verb.tense in _ACTIVE):
                break
            if item.low in {"and", "but", "as"} and self._clause_follows(i + 1):
                return i
            if item.low == "and" and self.kind(i - 1) == "date" and self._gap(i + 1):
                return i
            i += 1
        while i > at + 1 and self._before_verb(at, i - 1):
            i -= 1
        return i

    def _gap(self, i: int) -> bool:
        """*(A joined in 2023 and) B in 2024*: the verb is left out."""
        return self.kind(i) == "noun" and self.kind(i + 1) == "date"

    def _clause_follows(self, i: int) -> bool:
        while self.kind(i) in {"adverb", "date"}:
            i += 1
        if self.low(i) == "that":
            return True
        i += self.kind(i) == "noun"
        while self.kind(i) in {"adverb", "date"}:
            i += 1
        verb = self.verb(i)
        return verb is not None and verb.tense in _ACTIVE

    def _before_verb(self, at: int, i: int) -> bool:
        """Whether item `i` is the subject of a verb that comes next, not part of this clause."""
        following = self.verb(i + 1)
        return (
            i > at + 1
            and self.kind(i) in {"noun", "adverb"}
            and following is not None
            and following.tense in _ACTIVE
        )

    def outermost(self, frame: Frame) -> Frame:
        """The report that the sentence itself makes: *A said that B said* rests on A's word."""
        while True:
            outer = next((c.frame for c in self.clauses if c.at == frame.say_at), None)
            if outer is None or outer.kind != "reported":
                return frame
            frame = outer

    def dates_after(self, at: int) -> tuple[Written, ...]:
        """The dates that stand after the verb at item `at`, within its clause."""
        inside = self.items[at + 1 : self.end_of_clause(at)]
        return tuple(item.date for item in inside if item.date is not None)

    def date_of_when(self, at: int) -> list[Written]:
        """The date before the *when* at item `at` (*on 1 October, when …*, *last week when …*)."""
        if self.low(at) != "when" or at < 1:
            return []
        item = self.items[at - 1 - (self.low(at - 1) == "," and at > 1)]
        return [item.date] if item.date is not None else []

    def _several_dates(self, at: int) -> bool:
        """*in 2009 and 2017*: one of them is of something else."""
        return any(
            self.kind(i) == "date" and self.low(i + 1) in {"and", "or", ","}
            and self.low(i + 2).isdigit() and len(self.low(i + 2)) == 4
            for i in range(at + 1, min(self.end_of_clause(at) + 1, len(self.items)))
        )  # fmt: skip

    def torn(self, clause: Clause) -> bool:
        """Whether the clause has two dates, or one of years ago: when it was is not to be told."""
        dates = {replace(date, text="", lead="")
                 for date in (*clause.dates, *self.dates_after(clause.at))}  # fmt: skip
        if self._several_dates(clause.at):
            return True
        words = [date.word for date in dates]
        said = [date.word for date in clause.frame.say_dates]
        return (
            "years ago" in (*words, *said) or sum(not word.endswith(_VAGUE) for word in words) > 1
        )
