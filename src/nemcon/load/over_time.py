"""A timeline of what was opened, with everything that was found on the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from nemcon.access.packs import procedure
from nemcon.findings import placed
from nemcon.load.answering import problems
from nemcon.load.asked import Asked
from nemcon.state import State
from nemcon.views.timeline import Progress, TimelineView, timeline
from nemcon.when import When
from nemcon.worlds.conventions import Conventions


def over_time(
    found: Asked,
    state: State,
    *,
    matter: str = "",
    conventions: Conventions = Conventions(),
    first: date | None = None,
    last: date | None = None,
    progress: Progress = lambda *_: None,
) -> TimelineView:
    """The timeline of a matter in a state of `found`, as far as that state knows.

    Raises `QuestionError` where no matter can be told, or none of its entries has a date.
    """
    limit = state.known.last_day(state.zone) if state.known else None
    view = timeline(
        state,
        procedure,
        matter=matter,
        conventions=conventions,
        first=first,
        last=last,
        known_until=limit or found.known_until(state, matter),
        findings=found.findings,
        progress=progress,
    )
    at_end = replace(state, on=When.day(view.last))
    findings = dict.fromkeys([*view.findings, *problems(found, at_end, matter)])
    return replace(view, findings=placed(findings, found.places))
