"""A record on review: opened for whoever looks at it, and written to when they decide."""

from __future__ import annotations

from datetime import datetime

from nemcon.access.review import Choice, decide
from nemcon.access.submit import Submitted
from nemcon.load.asked import Asked
from nemcon.views.review import ReviewView, review
from nemcon.views.status import titles_of


def on_review(found: Asked) -> ReviewView:
    """The proposals of what was opened."""
    return review(found.items, found.texts, titles_of(found.state(proposed=True)))


def write_decision(name: str, choice: Choice, now: datetime, *, by: str = "") -> Submitted:
    """Write a decision to the record `name`. Raises `RecordError`."""
    from nemcon.record.sqlite import SqliteLog  # SQLite and cryptography only where needed

    with SqliteLog(name) as log:
        return decide(log, choice, now, place=name, by=by)
