"""A timeline as one picture: support, verdict and stage, events, members, over the same days."""

from __future__ import annotations

from typing import Literal, TypeAlias

from nemcon.charts.frame import LEFT, NARROW, RIGHT, Frame
from nemcon.charts.marks import events_panel
from nemcon.charts.members import members_panel
from nemcon.charts.room import Scale, plain, wrapped
from nemcon.charts.strips import strips_panel
from nemcon.charts.support import support_panel
from nemcon.charts.theme import MOST_CANDIDATES, SCHEMA, SIZE, Spec, config, theme
from nemcon.views.stretches import heading
from nemcon.views.timeline import TimelineView

WIDTH = 780
_LEAST, _LITTLE = 120, 640
_PADDING = 32
Part: TypeAlias = Literal["support", "members", "all"]


def timeline_chart(
    view: TimelineView, *, dark: bool = False, part: Part = "all", room: int = 0
) -> Spec:
    """The Vega-Lite specification of a timeline, or of one part of it; with `room` as wide as so
    many pixels of a page, which has a heading of its own.
    """
    look = theme(dark=dark)
    left = NARROW if room and room < _LITTLE else LEFT
    across = min(WIDTH, max(_LEAST, room - left - RIGHT - _PADDING)) if room else WIDTH
    frame = Frame(Scale(view.first, view.last, across), look, left, bool(room))
    shown = shown_candidates(view)
    colours = {name: look.candidate(n) for n, name in enumerate(shown)}
    panels: list[Spec | None] = []
    if part != "members":
        panels += [
            support_panel(view, frame, name, colours[name], first=not n, axis=name == shown[-1])
            for n, name in enumerate(shown)
        ]
        panels += [strips_panel(view, frame), events_panel(view, frame)]
    if part != "support":
        panels.append(members_panel(view, frame, colours))
    return {
        "$schema": SCHEMA,
        "title": {**_title(view, frame, _notes(view, shown)), "frame": "group", "dx": -left},
        "description": description(view),
        "vconcat": [panel for panel in panels if panel],
        "bounds": "flush",
        **({"spacing": 58} if left == NARROW else {}),
        "config": config(look),
    }


def _title(view: TimelineView, frame: Frame, notes: list[str]) -> Spec:
    """Heading and notes; on a page, which has a heading, the notes alone."""
    if not frame.fits:
        return {"text": plain(heading(view), 100), "subtitle": notes}
    lines = [line for note in notes for line in wrapped(note, SIZE, frame.room)]
    return {"text": lines, "fontSize": SIZE, "fontWeight": "normal", "color": frame.look.dim}


def shown_candidates(view: TimelineView) -> list[str]:
    """The candidates that have a panel: those with the most support at some time first."""

    def strength(name: str) -> tuple[int, int]:
        found = [c.support for s in view.stretches for c in s.candidates if c.candidate == name]
        return max(b.least for b in found), max(b.most for b in found)

    ranked = sorted(view.candidates, key=lambda name: (strength(name), name), reverse=True)
    return ranked[:MOST_CANDIDATES]


def _notes(view: TimelineView, shown: list[str]) -> list[str]:
    known = f", as known {view.known}" if view.known else ""
    notes = [f"{view.first} to {view.last}{known}; every day as it stood at its end"]
    if after := view.assumed_from:
        notes.append(f"Shaded from {after}: past what is known, positions are assumed to persist")
    if not all(here.candidates for here in view.stretches):
        notes.append("Gaps and dots: the record leaves too much open for this to be worked out")
    if len(shown) < len(view.candidates):
        left = len(view.candidates) - len(shown)
        notes.append(f"{left} more candidates with less support are in the table")
    return notes


def description(view: TimelineView) -> str:
    """What the picture shows, for those who cannot see it."""
    last = view.stretches[-1]
    return (
        f"{plain(heading(view))}: support, roll, verdict and stage from {view.first} to "
        f"{view.last}, in {len(view.stretches)} stretches. At the end: {last.verdict}."
    )
