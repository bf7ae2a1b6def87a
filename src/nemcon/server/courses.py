"""A matter over time, as the server works it out: here or in the second process, once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from nemcon.load.over_time import over_time
from nemcon.server.shown import Page
from nemcon.views.question import QuestionError
from nemcon.views.timeline import TimelineView


@dataclass(frozen=True)
class Span:
    """The days that an address asks for; None: from the first, or to the last, that is told of."""

    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class SoFar:
    """How much is worked out: the day that is at work, and how many of how many are done."""

    day: date | None = None
    done: int = 0
    of: int = 0


def key_of(page: Page, span: Span) -> object:
    """Under which the desk keeps the timeline of a page's question."""
    ask = page.ask
    return (
        *(page.stamp, "timeline", page.matter, ask.known, ask.conventions, ask.proposed),
        *(span.first, span.last),
    )


def work_out(
    page: Page, span: Span, progress: Callable[[SoFar], None] = lambda _: None
) -> TimelineView | str:
    """The timeline, or why there is none; `progress` is told each day before it is worked out."""
    ask = page.ask
    state = page.found.state(None, ask.known, proposed=ask.proposed)
    try:
        return over_time(
            page.found,
            state,
            matter=page.matter,
            conventions=ask.conventions,
            first=span.first,
            last=span.last,
            progress=lambda day, done, of: progress(SoFar(day, done, of)),
        )
    except QuestionError as error:
        return str(error)
