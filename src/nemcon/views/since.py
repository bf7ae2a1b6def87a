"""What moved since a day: who, on whose word, and what that changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from nemcon.entries import AnyEntry, Confirmation, Correction, Party, Rejection, Source
from nemcon.state import State
from nemcon.views.board import STANCES, Word
from nemcon.views.changes import change_lines
from nemcon.views.diff import DiffView
from nemcon.views.phrases import named
from nemcon.views.words import describe
from nemcon.when import When

_REGISTER = ("party", "body", "organ", "office", "matter", "source")


@dataclass(frozen=True)
class Moved:
    """One thing that became known: the word, and on whose word (empty: the source's own)."""

    word: Word
    speaker: str

    def to_json(self) -> dict[str, Any]:
        """The move as plain values."""
        return {**self.word.to_json(), "speaker": self.speaker or None}


@dataclass(frozen=True)
class SinceView:
    """What became known after `day`: `moved` bears on where members stand on the date asked about,
    `also` is the rest of the matter, `gone` was corrected away; `changes` says what that changes in
    the answer.
    """

    day: When
    moved: tuple[Moved, ...]
    also: tuple[Moved, ...]
    gone: tuple[Moved, ...]
    changes: tuple[str, ...]
    sources: tuple[Source, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing became known."""
        return not (self.moved or self.also or self.gone or self.changes)

    def to_json(self) -> dict[str, Any]:
        """The view as plain values."""
        return {
            "since": str(self.day),
            "moved": [each.to_json() for each in self.moved],
            "also": [each.to_json() for each in self.also],
            "gone": [each.to_json() for each in self.gone],
            "changes": list(self.changes),
            "sources": [source.name for source in self.sources],
        }


def since(day: When, found: DiffView) -> SinceView:
    """The difference between what was known on `day` and later, for who was away in between."""
    state = found.sides[1]
    told = [e for e in found.added if not isinstance(e, Correction | Confirmation | Rejection)]
    of_matter = [e for e in told if _bears(e, state, found.after.question.matter)]
    moved = [e for e in of_matter if isinstance(e, STANCES) and not _later(e, state)]
    first = {e.id for e in moved}
    also = [e for e in of_matter if e.id not in first and e.kind not in _REGISTER]
    return SinceView(
        day,
        tuple(_moves(moved, state, found)),
        tuple(_moves(also, state, found)),
        tuple(_moves(found.removed, found.sides[0], found)),
        tuple(change_lines(found)),
        tuple(e for e in told if isinstance(e, Source)),
    )


def _later(entry: AnyEntry, state: State) -> bool:
    """Whether it tells of what came only after the date asked about."""
    when = entry.happened
    return when is not None and when.after(state.on, state.zone) is True


def _bears(entry: AnyEntry, state: State, matter: str) -> bool:
    """Whether it is of the matter; what is of none, only as far as the date asked about: a pack
    tells of later years too.
    """
    if entry.matter:
        return entry.matter == matter
    known, asked = state.known_day(entry), state.on.last_day(state.zone)
    return known is None or asked is None or known <= asked or bool(entry.source)


def _moves(entries: Iterable[AnyEntry], state: State, found: DiffView) -> Iterable[Moved]:
    for entry in entries:
        if isinstance(entry, Party):
            continue
        source = state.sources.get(entry.source)
        word = Word(
            entry, describe(entry, found.titles), entry.happened, state.known_day(entry), source
        )
        yield Moved(word, named(entry.speaker, found.titles))
