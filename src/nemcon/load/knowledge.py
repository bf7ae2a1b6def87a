"""What is known at one time, asked about one date after another."""

from __future__ import annotations

from typing import Any

from nemcon.load.answering import answer
from nemcon.load.asked import Asked
from nemcon.state import State
from nemcon.views.board import BoardView, Told, board
from nemcon.views.status import StatusView
from nemcon.when import When
from nemcon.worlds.conventions import Conventions
from nemcon.worlds.kept import Kept
from nemcon.worlds.verdict import Answer
from nemcon.worlds.verdict import answer as verdict


class Knowledge:
    """What was opened as it was known at one time, with what was worked out of it for the dates
    asked so far: the next one costs only what differs. No answer is another than without.

    `ends` may be shared by all that is known of one record at different times: how members' courses
    end (`Kept.endings`).
    """

    def __init__(
        self,
        found: Asked,
        known: When | None = None,
        *,
        proposed: bool = False,
        ends: dict[int, dict[Any, Any]] | None = None,
    ) -> None:
        self._found, self._kept = found, Kept(endings={} if ends is None else ends)
        self._state = found.state(ANY, known, proposed=proposed)

    def at(self, on: When, known: When | None = None) -> State:
        """The state at a date, as known at a time when nothing else was known than here."""
        return self._state.moved(on, known)

    def answer(
        self,
        on: When,
        known: When | None = None,
        *,
        matter: str = "",
        conventions: Conventions = Conventions(),
    ) -> StatusView:
        """The status at a date, with all that is found. Raises `QuestionError`."""
        asked = self._found, self.at(on, known)
        return answer(*asked, matter=matter, conventions=conventions, kept=self._kept)

    def verdict(self, view: StatusView, known: When | None, conventions: Conventions) -> Answer:
        """The verdict alone on what an answer of this is about, counted with other conventions."""
        rule, matter = view.question.procedure, view.question.matter
        if rule is None:
            return view.answer
        return verdict(self.at(view.on, known), matter, rule, conventions, kept=self._kept)

    def told(self, view: StatusView, on: When, known: When | None = None) -> Told:
        """What was said by a date of where members stand on the matter of an answer of this."""
        return Told(self.at(on, known), view.question.matter, view.titles, self._kept)

    def board(self, view: StatusView, known: When | None = None) -> BoardView:
        """Where everybody stands in an answer of this."""
        return board(self.at(view.on, known), view, self._kept)


ANY = When.parse("../..")
