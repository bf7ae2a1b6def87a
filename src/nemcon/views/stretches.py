"""A stretch of a timeline in plain words, and who moved when it began."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from nemcon.views.dates import when_words
from nemcon.views.happenings import Happening
from nemcon.views.telling import stages_words, statuses_words
from nemcon.views.timeline import Stretch, Support, TimelineView
from nemcon.views.tongue import _
from nemcon.when import When
from nemcon.worlds.verdict import Bounds


def heading(view: TimelineView) -> str:
    """The matter and the body as a heading."""
    asked = view.question
    office = view.title(asked.office) if asked.office else ""
    selection = _("selection: {office}").format(office=office) if office else asked.matter
    title = asked.title or selection
    body = f"{view.title(view.body)}: " if view.body else ""
    return f"{body}{title} ({asked.matter})" if title != asked.matter else f"{body}{title}"


def days_words(first: date, last: date) -> str:
    """*20 June 2024*, or *20 to 25 June 2024*."""
    return when_words(When.between(first, last))


def number_words(bounds: Bounds) -> str:
    """*32*, or *0 to 32*."""
    if bounds.least == bounds.most:
        return str(bounds.most)
    return _("{low} to {high}").format(low=bounds.least, high=bounds.most)


def support_words(here: Stretch, one: Support) -> str:
    """By how many of how many a candidate or a motion was supported."""
    of = number_words(here.roll)
    return _("{many} of {n}").format(many=number_words(one.support), n=of)


def stage_words(view: TimelineView, here: Stretch) -> str:
    """How far the matter had come."""
    return stages_words(here.stage, view.question, complete=here.complete)


def status_words(one: Support) -> str:
    """Whether a candidate ran; empty for a motion."""
    return statuses_words(one.status) if one.status else ""


def moved(view: TimelineView, day: date) -> Iterator[tuple[str, str, list[str]]]:
    """Who began on a day to support somebody for certain, and who ended: each as (candidate,
    *now certain* or *no longer certain*, names).
    """
    for candidate in view.candidates:
        came, went = [], []
        for line in view.members:
            for before, after in zip((None, *line.runs), line.runs, strict=False):
                if before is None or after.first != day:
                    continue
                then = dict(before.supports).get(candidate)
                now = dict(after.supports).get(candidate)
                if now is True and then is not True:
                    came.append(view.title(line.member))
                if then is True and now is not True:
                    went.append(view.title(line.member))
        if came:
            yield candidate, _("now certain"), came
        if went:
            yield candidate, _("no longer certain"), went


def events_of(view: TimelineView, here: Stretch) -> Iterator[Happening]:
    """The events to be told with a stretch: those that may begin in it, or for the first before."""
    for event in view.events:
        day = event.when.first_day()
        start = max(day, view.first) if day else view.first
        if here.first <= start <= here.last:
            yield event
