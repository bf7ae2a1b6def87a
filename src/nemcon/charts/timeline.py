"""A timeline as one picture: support, verdict and stage, events, members, over the same days."""

from __future__ import annotations

from datetime import date
from typing import Literal, TypeAlias

from nemcon.charts.frame import LEFT, NARROW, RIGHT, Frame
from nemcon.charts.marks import events_panel
from nemcon.charts.members import members_panel
from nemcon.charts.room import Scale, plain, wrapped
from nemcon.charts.strips import strips_panel
from nemcon.charts.support import support_panel
from nemcon.charts.theme import MOST_CANDIDATES, SCHEMA, SIZE, Spec, config, theme
from nemcon.views.alphabet import by_name
from nemcon.views.stretches import heading
from nemcon.views.timeline import TimelineView
from nemcon.views.tongue import _, numbered

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
        "title": {
            **_title(view, frame, _notes(view, shown)),
            "frame": "group",
            "dx": -left,
        },
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
    """The candidates that have a panel: who may run at the end before who is out, then those with
    the most support at some time, those who ran longest, and by name.
    """
    last = max((s.last for s in view.stretches if s.candidates), default=view.last)

    def place(name: str) -> tuple[bool, int, int, int, tuple[str, str]]:
        ran = [
            (stretch, one.support)
            for stretch in view.stretches
            for one in stretch.candidates
            if one.candidate == name and one.may_run
        ]
        least = max((support.least for _, support in ran), default=0)
        most = max((support.most for _, support in ran), default=0)
        until = max((stretch.last for stretch, _ in ran), default=date.min)
        return until != last, -least, -most, -until.toordinal(), by_name(view.title(name))

    return sorted(view.candidates, key=place)[:MOST_CANDIDATES]


def _notes(view: TimelineView, shown: list[str]) -> list[str]:
    days = _("{low} to {high}").format(low=view.first, high=view.last)
    if view.known:
        days = _("{asked}, as known {known}").format(asked=days, known=view.known)
    notes = [_("{days}; every day as it stood at its end").format(days=days)]
    if after := view.assumed_from:
        told = _("Shaded from {day}: past what is known, positions are assumed to persist")
        notes.append(told.format(day=after))
    if not all(here.candidates for here in view.stretches):
        notes.append(_("Gaps and dots: the record leaves too much open for this to be worked out"))
    if (left := len(view.candidates) - len(shown)) > 0:
        more = numbered(
            "{n} more candidate is in the table",
            "{n} more candidates are in the table",
            left,
        )
        notes.append(more.format(n=left))
    return notes


def description(view: TimelineView) -> str:
    """What the picture shows, for those who cannot see it."""
    last = view.stretches[-1]
    many = len(view.stretches)
    told = numbered(
        "{title}: support, roll, verdict and stage from {first} to {last}, in {n} stretch. At the "
        "end: {verdict}.",
        "{title}: support, roll, verdict and stage from {first} to {last}, in {n} stretches. At "
        "the end: {verdict}.",
        many,
    )
    return told.format(
        title=plain(heading(view)),
        first=view.first,
        last=view.last,
        n=many,
        verdict=_(last.verdict),
    )
