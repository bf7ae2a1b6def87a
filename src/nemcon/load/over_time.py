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
    view = replace(view, findings=placed(findings, found.places))
    return view if limit else _known_as_far(view, state)


def _known_as_far(view: TimelineView, state: State) -> TimelineView:
    """The view with how far it knows: what a pack tells of in it was known by then, too, even where
    it became known after everything else.
    """
    told = {ident for event in view.events for ident in event.entries}
    days = [day for e in state.entries if e.id in told and (day := state.known_day(e))]
    last = max((When.day(day) for day in days), key=str, default=None)
    if view.known is None or last is None or str(last) <= str(view.known):
        return view
    return replace(view, known=last)
