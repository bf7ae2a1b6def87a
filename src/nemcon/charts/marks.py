"""What happened, each with its words, in lanes so that no text covers another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from nemcon.charts.frame import RIGHT, Frame
from nemcon.charts.room import Span, after, cut, lanes, plain, width
from nemcon.charts.theme import SIZE, Spec
from nemcon.views.happenings import Happening
from nemcon.views.timeline import TimelineView
from nemcon.views.tongue import _

LANE = 18
MOST = 30
_LONGEST = 80
_SHAPES = {
    "candidacy": "triangle-up",
    "candidacy-told": "triangle-up",
    "candidacy-public": "triangle-down",
    "decision": "diamond",
    "announcement": "circle",
    "hand-over": "square",
    "hand-over-planned": "square",
    "objection": "cross",
    "reserve": "cross",
}
# What is left out first where there is no room for everything.
_LESS = ("accession", "departure", "reserve", "objection", "draft", "silence", "expectation")


def events_panel(view: TimelineView, frame: Frame) -> Spec | None:
    """The panel of events; None if there are none. Hollow marks are plans and expectations."""
    events = _chosen(view.events)
    if not events:
        return None
    rows = [_row(event, frame) for event in events]
    spans = [row.pop("span") for row in rows]
    places = lanes(spans)
    for row, lane in zip(rows, places, strict=True):
        row["lane"] = lane
    count = max(places) + 1
    y: Spec = {
        "field": "lane",
        "type": "quantitative",
        "scale": {"domain": [count - 0.5, -0.5], "nice": False},
        "axis": {
            "labels": False,
            "ticks": False,
            "grid": False,
            "domain": False,
            "title": None,
            "minExtent": frame.left - 24,
            "maxExtent": frame.left - 24,
        },
    }
    x, look = frame.x(axis=False, grid=False, field="at"), frame.look
    tip = [{"field": "when", "title": _("when")}, {"field": "told", "title": _("what")}]
    point = {"type": "point", "size": 60, "strokeWidth": 1.6, "color": look.ink, "opacity": 1}
    shape = {"field": "shape", "type": "nominal", "scale": None, "legend": None}
    layers = [
        frame.layer(
            rows,
            {"type": "rule", "color": look.line, "strokeWidth": 1},
            x=x, y=y, y2={"datum": -0.5},
        ),
        frame.layer(
            [row for row in rows if row["range"]],
            {"type": "rule", "color": look.ink, "strokeWidth": 2.4, "opacity": 0.55},
            x=frame.x(axis=False, grid=False), x2={"field": "at"}, y=y, tooltip=tip,
        ),
        frame.layer(
            [row for row in rows if not row["planned"]], {**point, "filled": True},
            x=x, y=y, shape=shape, tooltip=tip,
        ),
        frame.layer(
            [row for row in rows if row["planned"]],
            {**point, "filled": False, "fill": look.paper},
            x=x, y=y, shape=shape, tooltip=tip,
        ),
        *(
            words
            for side in ("left", "right")
            for words in frame.words(
                [row for row in rows if row["side"] == side],
                {"align": side, "dx": 8 if side == "left" else -8},
                x=frame.x(axis=False, grid=False, field="at" if side == "left" else "from"),
                y=y, text={"field": "text"}, tooltip=tip,
            )
        ),
    ]  # fmt: skip
    left_out = len(view.events) - len(events)
    note = _("filled: told as fact; hollow: planned or expected; bar: on some day of it")
    if left_out:
        note = _("{said}; {n} more in the table").format(said=note, n=left_out)
    return frame.panel(count * LANE, layers, _("What happened"), note)


def _chosen(events: Sequence[Happening]) -> list[Happening]:
    """The events that have room: the more weighty ones, in the order of dates."""
    kept = list(events)
    for kind in _LESS:
        if len(kept) > MOST:
            kept = [event for event in kept if not event.kind.startswith(kind)]
    return kept[:MOST]


def _row(event: Happening, frame: Frame) -> Spec:
    scale = frame.scale
    low, high = event.when.first_day(), event.when.last_day()
    start = max(low, scale.first) if low else scale.first
    end = min(high, scale.last) if high else scale.last
    text = f"{_day_words(low, high)}  {plain(event.text, _LONGEST)}"
    at, begin = scale.x(end) + scale.pixels / scale.days / 2, scale.x(start)
    room = width(text, SIZE) + 16
    right = at + room > scale.pixels + 40
    if frame.fits:
        after_it, before_it = scale.pixels + RIGHT - at, begin + frame.left
        right = room > after_it and before_it > after_it
        text = cut(text, SIZE, (before_it if right else after_it) - 16)
        room = width(text, SIZE) + 16
    span = Span(begin - room, at + 8) if right else Span(begin - 8, at + room)
    return {
        "first": start.isoformat(),
        "at": f"{end.isoformat()}T12:00:00Z",
        "from": start.isoformat() if start != end else f"{end.isoformat()}T12:00:00Z",
        "range": start != end,
        "text": text,
        "told": plain(event.text),
        "when": str(event.when),
        "planned": event.planned,
        "shape": _SHAPES.get(event.kind, "circle"),
        "side": "right" if right else "left",
        "span": span,
    }


def _day_words(low: date | None, high: date | None) -> str:
    """The date in figures, as short as it can be said."""
    if low is None or high is None:
        if high:
            return _("by {date}").format(date=high)
        return _("from {date}").format(date=low) if low else ""
    if low == high:
        return low.isoformat()
    if low.day == 1 and after(high).day == 1 and (low.year, low.month) == (high.year, high.month):
        return f"{low:%Y-%m}"
    last = f"{high:%m-%d}" if low.year == high.year else str(high)
    return _("{low} to {high}").format(low=low, high=last)
