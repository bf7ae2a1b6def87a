"""What year a selection is of: the one in which the office falls vacant."""

from __future__ import annotations

from collections.abc import Sequence

from nemcon.entries import Term
from nemcon.reading.contest import days_between
from nemcon.reading.scene import ONE_SELECTION, Scene
from nemcon.when import When


def year_of(scenes: Sequence[Scene]) -> dict[str, int]:
    """The year of the vacancy for each report: the one in which the office fell vacant, or in
    which a term is told to end; else that in which the next is told to begin; else the year of
    the report. What a report does not tell, the one nearest in time may, and when an office
    falls vacant goes before when it is filled.
    """
    ends = [(scene, year) for scene in scenes if (year := _year_of_end(scene))]
    starts = [(scene, year) for scene in scenes if (year := _year_of_start(scene))]
    out: dict[str, int] = {}
    for scene in scenes:
        name, day = scene.document.source.name, scene.report.last_day()
        begins = _nearest(scene, starts)
        ended = _nearest(scene, [(other, year) for other, year in ends
                                 if not begins or begins - 1 <= year <= begins])  # fmt: skip
        out[name] = ended or begins or (day.year if day is not None else 0)
    return out


def _nearest(scene: Scene, told: Sequence[tuple[Scene, int]]) -> int:
    """The year that this report or the nearest one about the same selection tells; 0 if none."""
    near = [
        (days, other.document.source.name, year)
        for other, year in told
        if (days := days_between(scene, other)) is not None and days <= ONE_SELECTION
    ]
    return min(near)[2] if near else 0


def _year_of_end(scene: Scene) -> int:
    """The year in which the holder's term is told to end, or in which the office fell vacant."""
    ends = {
        year
        for hit in scene.hits
        if isinstance(hit.entry, Term) and hit.entry.holder == scene.holder
        if (year := _year(hit.entry.end))
    }
    if ends:
        return ends.pop() if len(ends) == 1 else 0
    return _vacant_since(scene)


def _vacant_since(scene: Scene) -> int:
    """The year of the last term's end, if by the pack nobody holds the office at the report."""
    report, office = scene.report.last_day(), scene.office
    if office is None or report is None or scene.names.holder(office.name, report):
        return 0
    terms = [term for term in scene.names.terms if term.office == office.name]
    past = [
        day
        for term in terms
        for when in (term.start, term.end)
        if when is not None and (day := when.last_day()) is not None and day <= report
    ]
    last = max(past, default=None)
    ended = {term.end.last_day() for term in terms if term.end is not None}
    return last.year if last is not None and last in ended and (
        (report - last).days <= ONE_SELECTION) else 0  # fmt: skip


def _year_of_start(scene: Scene) -> int:
    """The year in which a candidate's term is told to begin."""
    starts = {
        year
        for hit in scene.hits
        if isinstance(hit.entry, Term) and hit.entry.holder in scene.candidates
        if (year := _year(hit.entry.start))
    }
    return starts.pop() if len(starts) == 1 else 0


def _year(when: When | None) -> int:
    """The one year in which it is; 0 if there may be two."""
    first, last = (when.first_day(), when.last_day()) if when else (None, None)
    return first.year if first is not None and last is not None and first.year == last.year else 0
