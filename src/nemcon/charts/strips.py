"""Verdict and stage as strips of days."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import groupby

from nemcon.charts.frame import RIGHT, Frame, number, tips, up_to
from nemcon.charts.room import Span, after, cut, lanes, width
from nemcon.charts.theme import SIZE, Spec
from nemcon.views.stretches import days_words, stage_words
from nemcon.views.timeline import Stretch, TimelineView
from nemcon.views.tongue import _

_BAR, _LANE, _GAP = 18, 14, 8
_MOST_LANES = 4


def strips_panel(view: TimelineView, frame: Frame) -> Spec:
    """One strip for the verdict, one for the stage; each part with its name, below it where the
    part is too narrow.
    """
    look = frame.look
    verdicts, stages = dict(look.verdicts), dict(look.stages)
    strips = [
        ("verdict", _parts(view, frame, lambda here: _(here.verdict))),
        ("stage", _parts(view, frame, lambda here: stage_words(view, here))),
    ]
    rows: list[Spec] = []
    heads: list[Spec] = []
    top = 0
    for name, parts in strips:
        found = list(parts)
        below = 0
        for part, here in found:
            colour = verdicts[here.verdict] if name == "verdict" else stages[here.stage.certain]
            part.update(colour=colour, ink=_ink(colour), top=top, foot=top + _BAR)
            part["at"] = top + _BAR / 2
            below = max(below, _place(part, top))
        rows += [part for part, _ in found]
        heads.append({"text": _(name), "at": top + _BAR / 2, "first": view.first.isoformat()})
        top += _BAR + below * _LANE + _GAP
    return frame.panel(top - _GAP, _layers(frame, rows, heads, top - _GAP))


def _place(part: Spec, top: int) -> int:
    """Put the name of a narrow part in its lane below; how many lanes that takes."""
    lane = part.pop("lane")
    if part["fits"]:
        return 0
    part["at"] = top + _BAR + (lane + 0.6) * _LANE
    part["shown"] = lane < _MOST_LANES
    return int(lane) + 1 if lane < _MOST_LANES else 0


def _layers(frame: Frame, rows: list[Spec], heads: list[Spec], height: int) -> list[Spec]:
    scale = up_to(height)
    x, middle = frame.x(axis=False, grid=False), frame.x(axis=False, grid=False, field="middle")
    tip = tips("days", "verdict", "stage")

    def colour(field: str) -> Spec:
        return {"field": field, "type": "nominal", "scale": None, "legend": None}

    out = [row for row in rows if not row["fits"] and row["shown"]]
    return [
        frame.layer(
            rows,
            {"type": "rect", "stroke": frame.look.paper, "strokeWidth": 1},
            x=x, x2={"field": "next"}, y=number("top", None, **scale), y2={"field": "foot"},
            color=colour("colour"), tooltip=tip,
        ),
        frame.layer(
            out,
            {"type": "rule", "color": frame.look.dim, "strokeWidth": 0.7},
            x=x, y=number("foot", None, **scale), y2={"field": "at"},
        ),
        *(
            words
            for side in ("left", "right")
            for words in frame.words(
                [row for row in out if row["side"] == side],
                {"align": side, "dx": 3 if side == "left" else -4},
                x=frame.x(axis=False, grid=False, field="start"),
                y=number("at", None, **scale), text={"field": "text"}, tooltip=tip,
            )
        ),
        frame.layer(
            [row for row in rows if row["fits"]],
            {"type": "text", "fontSize": SIZE},
            x=middle, y=number("at", None, **scale), text={"field": "text"}, color=colour("ink"),
            tooltip=tip,
        ),
        *frame.words(
            heads, {"align": "right", "dx": -8}, x=x, y=number("at", None, **scale),
            text={"field": "text"},
        ),
    ]  # fmt: skip


def _parts(
    view: TimelineView, frame: Frame, word: Callable[[Stretch], str]
) -> Iterator[tuple[Spec, Stretch]]:
    """Stretches put together where the word stays."""
    found: list[tuple[Spec, Stretch, Span]] = []
    for text, group in groupby(view.stretches, key=word):
        items = list(group)
        first, last = items[0].first, items[-1].last
        low, high = frame.scale.x(first), frame.scale.x(after(last))
        half = width(text, SIZE) / 2
        fits = 2 * half + 6 < high - low
        told = f"{_short(first, last)}: {text}"
        if frame.fits:
            told = cut(told, SIZE, frame.scale.pixels + RIGHT)
        side, start, span = _beside(low, width(told, SIZE), frame)
        row = {
            "first": first.isoformat(),
            "next": after(last).isoformat(),
            "middle": frame.scale.instant((low + high) / 2),
            "start": frame.scale.instant(start),
            "side": side,
            "text": text if fits else told,
            "fits": fits,
            "shown": True,
            "days": days_words(first, last),
            "verdict": _(items[0].verdict),
            "stage": stage_words(view, items[0]),
        }
        found.append((row, items[0], span))
    # Names right of their lines from the right, those left of them from the left: so no line down
    # from a part crosses the name of another.
    narrow = [each for each in reversed(found) if not each[0]["fits"] and each[0]["side"] == "left"]
    narrow += [each for each in found if not each[0]["fits"] and each[0]["side"] == "right"]
    for each, lane in zip(narrow, lanes([each[2] for each in narrow]), strict=True):
        each[0]["lane"] = lane
    for row, here, _span in found:
        row.setdefault("lane", 0)
        yield row, here


def _beside(low: float, room: float, frame: Frame) -> tuple[str, float, Span]:
    """Where the name of a part goes that begins at `low`: right of its line, else left of it, else
    where it has room. Gives how it is aligned, the place of that end, and what it takes.
    """
    end = frame.scale.pixels + (RIGHT if frame.fits else 0)
    if low + room > end and low >= room:
        return "right", low, Span(low - room - 4, low)
    start = max(min(low, end - room), 0)
    return "left", start, Span(start, start + room)


def _short(first: date, last: date) -> str:
    """The days in figures, as short as they can be said."""
    if first == last:
        return first.isoformat()
    end = f"{last:%m-%d}" if first.year == last.year else str(last)
    return _("{low} to {high}").format(low=first, high=end)


def _ink(colour: str) -> str:
    """Black or white, whichever stands out more from a colour (WCAG's measure of contrast)."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#ffffff" if 1.05 / (light + 0.05) > (light + 0.05) / 0.05 else "#000000"
