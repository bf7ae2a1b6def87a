"""What the panels of one picture share: the days across, the colours, and some ways to draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nemcon.charts.room import Scale, wrapped
from nemcon.charts.theme import SIZE, Spec, Theme, silent
from nemcon.views.tongue import _, marked

LEFT, NARROW = 150, 92
"""Pixels on the left of every panel, for names and numbers; where there is little room, fewer."""

RIGHT = 44
"""Pixels that numbers and names may take on the right of a panel."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The days across and the colours; `left` of them is room for names. Where a picture is made
    for the room that a page has (`fits`), texts are broken or cut.
    """

    scale: Scale
    look: Theme
    left: int = LEFT
    fits: bool = False

    @property
    def room(self) -> int:
        """The pixels that a line of text has."""
        return self.left + self.scale.pixels + RIGHT

    def lines(self, text: str, size: float = SIZE) -> str | list[str]:
        """A text that stands over a panel."""
        return wrapped(text, size, self.room) if self.fits else text

    def x(self, *, axis: bool, field: str = "first", grid: bool = True) -> Spec:
        """The days across; with `axis` their dates below."""
        scale = self.scale
        shown = {
            "format": "%Y-%m-%d",
            "values": [day.isoformat() for day in scale.ticks(max(2, min(8, scale.pixels // 90)))],
            "labels": axis,
            "ticks": axis,
            "domain": axis,
            "grid": grid,
            "title": _("date") if axis else None,
            "labelOverlap": "greedy",
            "labelFlush": False,
        }
        return {
            "field": field,
            "type": "temporal",
            "scale": {"type": "utc", "nice": False},
            "axis": shown,
        }

    def panel(self, height: int, layers: Sequence[Spec], title: str = "", note: str = "") -> Spec:
        """One panel of the picture."""
        shown = [layer for layer in layers if layer["data"]["values"]]
        head = {
            "text": self.lines(title, 12),
            **({"subtitle": self.lines(note)} if note else {}),
            "fontSize": 12,
            "fontWeight": "bold",
            "offset": 6,
            "frame": "group",
            "dx": -self.left,
        }
        return {
            **({"title": head} if title else {}),
            "width": self.scale.pixels,
            "height": height,
            "layer": [self._days(shown[0]["encoding"]["x"]), *shown],
        }

    def _days(self, x: Spec) -> Spec:
        """An unseen layer that says for all of its panel which days it spans."""
        ends = [self.scale.first.isoformat(), self.scale.end.isoformat()]
        across = {**x, "field": "day", "scale": {**x["scale"], "domain": ends}}
        mark = {"type": "point", "opacity": 0, "aria": False, "tooltip": None}
        return self.layer([{"day": end} for end in ends], mark, x=across)

    def layer(self, rows: Sequence[Spec], mark: Spec, **encoding: Any) -> Spec:
        """Marks for rows."""
        mark = {**mark, **silent()}
        return {"data": {"values": list(rows)}, "mark": mark, "encoding": encoding}

    def words(self, rows: Sequence[Spec], style: Spec, **encoding: Any) -> list[Spec]:
        """Texts for rows, on a rim of the paper's colour so that lines behind do not disturb."""
        mark = {"type": "text", "fontSize": SIZE, "color": self.look.ink, **style}
        rim = {**mark, "stroke": self.look.paper, "strokeWidth": 4, "strokeJoin": "round"}
        return [self.layer(rows, rim, **encoding), self.layer(rows, mark, **encoding)]


def tips(*names: str) -> list[Spec]:
    """What a mark shows when it is pointed at: fields that are called by their marked names."""
    return [{"field": name, "title": _(name)} for name in names]


marked("days", "verdict", "stage", "support", "candidacy", "members", "stance", "rule", "number")
marked("member", "company")


def number(field: str, axis: Spec | None = None, **scale: Any) -> Spec:
    """A number up the side."""
    return {"field": field, "type": "quantitative", "axis": axis, "scale": scale}


def up_to(top: float) -> Spec:
    """A scale of pixels from the top of a panel down."""
    return {"domain": [top, 0], "nice": False, "zero": False}
