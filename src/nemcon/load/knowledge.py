"""What is known at one time, asked about one date after another."""

from __future__ import annotations

from nemcon.load.answering import answer
from nemcon.load.asked import Asked
from nemcon.state import State
from nemcon.views.board import BoardView, board
from nemcon.views.status import StatusView
from nemcon.when import When
from nemcon.worlds.conventions import Conventions
from nemcon.worlds.kept import Kept


class Knowledge:
    """What was opened as it was known at one time, with what was worked out of it for the dates
    asked so far: the next one costs only what differs. No answer is another than without.
    """

    def __init__(
        self, found: Asked, on: When, known: When | None = None, *, proposed: bool = False
    ) -> None:
        self._found, self._kept = found, Kept()
        self._state = found.state(on, known, proposed=proposed)

    def at(self, on: When) -> State:
        """The state at a date."""
        return self._state.moved(on)

    def answer(
        self, on: When, *, matter: str = "", conventions: Conventions = Conventions()
    ) -> StatusView:
        """The status at a date, with all that is found. Raises `QuestionError`."""
        asked = self._found, self.at(on)
        return answer(*asked, matter=matter, conventions=conventions, kept=self._kept)

    def board(self, view: StatusView) -> BoardView:
        """Where everybody stands in an answer of this."""
        return board(self.at(view.on), view, self._kept)
