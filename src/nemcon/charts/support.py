"""How many support a candidate or a motion: a band from the least to the most, and the roll."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise

from nemcon.charts.frame import Frame, number, tips
from nemcon.charts.room import Span, after, lanes, plain, width
from nemcon.charts.theme import SIZE, Spec
from nemcon.views.stretches import days_words, number_words, status_words, support_words
from nemcon.views.timeline import Stretch, Support, TimelineView
from nemcon.views.tongue import _
from nemcon.worlds.verdict import Bounds

HEIGHT = 120
LANE = 14
_MOST_LANES = 4


@dataclass(frozen=True, slots=True)
class Piece:
    """Days in a row with one number of supporters of a candidate and one roll."""

    first: date
    last: date
    here: Stretch
    one: Support


def support_panel(
    view: TimelineView, frame: Frame, candidate: str, colour: str, *, first: bool, axis: bool
) -> Spec:
    """The panel of one candidate ("" in a motion); the `first` says how to read it, with `axis` it
    has the dates below. Where the candidate is out for certain only the roll is drawn.
    """
    pieces = list(_pieces(view, candidate))
    labels, rows = _labels(pieces, frame)
    most = max([here.roll.most for here in view.stretches] + [1])
    per_pixel = most / HEIGHT
    top = most + (rows * LANE + 4) * per_pixel
    data = [_row(piece) for piece in pieces]
    up = {"domain": [0, top], "nice": False}
    side: Spec = {
        "values": _ticks(most),
        "title": _("members"),
        "grid": True,
        "minExtent": frame.left - 24,
        "maxExtent": frame.left - 24,
        "titleX": -34,
        "format": "d",
    }
    x, x2 = frame.x(axis=axis), {"field": "next"}
    tip = tips("days", "support", "candidacy", "verdict")
    for label in labels:
        label["at"] = most + (label.pop("lane") + 0.5) * LANE * per_pixel + 3 * per_pixel
    layers = [
        *_assumed(view, frame, side, up, axis=axis),
        frame.layer(
            data,
            {"type": "rect", "color": colour, "opacity": 0.28},
            x=x, x2=x2, y=number("least", side, **up), y2={"field": "most"}, tooltip=tip,
        ),
        frame.layer(
            data,
            {"type": "rule", "color": colour, "strokeWidth": 1.6, "strokeDash": [4, 3]},
            x=x, x2=x2, y=number("most", side, **up), tooltip=tip,
        ),
        frame.layer(
            data,
            {"type": "rule", "color": colour, "strokeWidth": 3},
            x=x, x2=x2, y=number("least", side, **up), tooltip=tip,
        ),
        frame.layer(
            list(_steps(pieces)),
            {"type": "rule", "color": colour, "strokeWidth": 1},
            x=x, y=number("low", side, **up), y2={"field": "high"},
        ),
        *_roll(view, frame, side, up, axis=axis),
        frame.layer(
            [label for label in labels if label["apart"]],
            {"type": "rule", "color": frame.look.dim, "strokeWidth": 0.6, "opacity": 0.7},
            x=frame.x(axis=axis, field="middle"), y=number("at", side, **up), y2={"field": "most"},
        ),
        *frame.words(
            labels, {"fontWeight": "bold"}, x=frame.x(axis=axis, field="middle"),
            y=number("at", side, **up), text={"field": "text"},
        ),
    ]  # fmt: skip
    name = plain(view.title(candidate), 60) if candidate else _("Support")
    note = _(
        "band: from the least (thick line) to the most (dashed) who support; grey line: the roll"
    )
    note = note if first else ""
    return frame.panel(int(HEIGHT + rows * LANE + 4), layers, name, note)


def _pieces(view: TimelineView, candidate: str) -> Iterator[Piece]:
    """Stretches on which this candidate may run, put together where neither the number nor the
    roll changes.
    """
    found = [
        (here, one)
        for here in view.stretches
        for one in here.candidates
        if one.candidate == candidate and one.may_run
    ]
    for _same, group in groupby(found, key=lambda pair: (pair[1].support, pair[0].roll)):
        items = list(group)
        run = [items[0]]
        for pair in items[1:]:
            if after(run[-1][0].last) == pair[0].first:
                run.append(pair)
            else:
                yield Piece(run[0][0].first, run[-1][0].last, *run[0])
                run = [pair]
        yield Piece(run[0][0].first, run[-1][0].last, *run[0])


def _row(piece: Piece) -> Spec:
    return {
        "first": piece.first.isoformat(),
        "next": after(piece.last).isoformat(),
        "least": piece.one.support.least,
        "most": piece.one.support.most,
        "days": days_words(piece.first, piece.last),
        "support": support_words(piece.here, piece.one),
        "candidacy": status_words(piece.one) or _("none: a motion"),
        "verdict": _(piece.one.verdict),
    }


def _steps(pieces: list[Piece]) -> Iterator[Spec]:
    """The upright lines where the band moves."""
    for before, now in pairwise(pieces):
        if after(before.last) != now.first:
            continue
        a, b = before.one.support, now.one.support
        for low, high in ((a.least, b.least), (a.most, b.most)):
            if low != high:
                day = now.first.isoformat()
                yield {"first": day, "low": min(low, high), "high": max(low, high)}


def _labels(pieces: list[Piece], frame: Frame) -> tuple[list[Spec], int]:
    """The numbers above the band, in as few lanes as hold them; and how many lanes those are."""
    wanted: list[tuple[Span, Spec]] = []
    before, roll = "", ""
    for last, piece in zip((None, *pieces), pieces, strict=False):
        text, of = (_short(bounds) for bounds in (piece.one.support, piece.here.roll))
        if (text, of) == (before, roll) and last and after(last.last) == piece.first:
            continue
        before, roll, text = (
            text,
            of,
            text if of == roll else _("{many} of {n}").format(many=text, n=of),
        )
        low, high = frame.scale.x(piece.first), frame.scale.x(after(piece.last))
        half = width(text, SIZE) / 2 + 2
        middle = min(max((low + high) / 2, half), frame.scale.pixels - half)
        label = {
            "middle": frame.scale.instant(middle),
            "text": text,
            "most": piece.one.support.most,
            "apart": high - low < 2 * half,
        }
        wanted.append((Span(middle - half, middle + half), label))
    places = lanes([span for span, _ in wanted], gap=3)
    shown = [
        {**label, "lane": lane}
        for (_, label), lane in zip(wanted, places, strict=True)
        if lane < _MOST_LANES
    ]
    return shown, max((label["lane"] + 1 for label in shown), default=0)


def _short(bounds: Bounds) -> str:
    return str(bounds.most) if bounds.least == bounds.most else f"{bounds.least}–{bounds.most}"


def _roll(view: TimelineView, frame: Frame, side: Spec, up: Spec, *, axis: bool) -> Iterator[Spec]:
    """The line of the roll, a step where somebody joins or leaves; two where it is uncertain."""
    rows: list[Spec] = []
    for here in view.stretches:
        first, last = here.first.isoformat(), after(here.last).isoformat()
        for size in {here.roll.least, here.roll.most}:
            rows.append({"first": first, "next": last, "roll": size})
    mark = {"type": "rule", "color": frame.look.dim, "strokeWidth": 1.6}
    yield frame.layer(
        rows, mark, x=frame.x(axis=axis), x2={"field": "next"}, y=number("roll", side, **up)
    )
    yield from frame.words(
        _sizes(view),
        {"align": "left", "dx": 5, "color": frame.look.dim},
        x=frame.x(axis=axis, field="next"),
        y=number("roll", side, **up),
        text={"field": "text"},
    )


def _sizes(view: TimelineView) -> list[Spec]:
    """The size of the roll at the end, written beside the line."""
    last = view.stretches[-1]
    text = _("roll {number}").format(number=number_words(last.roll))
    return [{"next": after(last.last).isoformat(), "roll": last.roll.most, "text": text}]


def _assumed(
    view: TimelineView, frame: Frame, side: Spec, up: Spec, *, axis: bool
) -> Iterator[Spec]:
    """A shade over the days past what is known."""
    start = view.assumed_from
    if start is None:
        return
    top = up["domain"][1]
    row = {"first": start.isoformat(), "next": after(view.last).isoformat(), "low": 0, "high": top}
    yield frame.layer(
        [row],
        {"type": "rect", "color": frame.look.shade},
        x=frame.x(axis=axis), x2={"field": "next"}, y=number("low", side, **up),
        y2={"field": "high"},
    )  # fmt: skip


def _ticks(most: int) -> list[int]:
    """Round numbers up to the roll."""
    for step in (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000, 10_000):
        if most / step <= 5:
            return list(range(0, most + 1, step))
    return [0, most]
