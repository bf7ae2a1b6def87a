"""Who votes with whom, as a matrix: a cell for each two members."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from nemcon.analysis.roll_calls import Agreement
from nemcon.charts.numbers import framed, labels
from nemcon.charts.theme import SCHEMA, SIZE, Spec, config, theme
from nemcon.views.tongue import _

MOST_IN_MATRIX = 60
FEW = 20
"""Members of whom each cell has room for its number."""

_CELL = 14
_WIDE_CELL = 32
_MIDDLE = 53  # per cent: from here on a cell is dark on a light page, and letters on it are light


def agreement_chart(
    found: Agreement,
    title: str,
    *,
    dark: bool = False,
    most: int = MOST_IN_MATRIX,
    room: int = 0,
) -> Spec:
    """How often each two members voted alike; those that vote alike stand together.

    More often is darker, on a dark page brighter. Of more members than `most` those are shown that
    stood alone most often, and then those that voted least like the others. Where they are few,
    each cell holds its number.
    """
    look = theme(dark=dark)
    kept = in_matrix(found, most)
    names = labels([found.members[n] for n in kept], 40)
    few = len(kept) <= FEW
    subtitle = [
        _("share of the roll calls, in which both voted, where they voted alike (per cent)")
    ]
    if (many := len(found.members)) > len(kept):
        told = _("the {shown} of {many} members that stood most apart")
        subtitle.append(told.format(shown=len(kept), many=many))
    axis: Spec = {"labelLimit": 130, "ticks": False, "domain": False, "title": None}
    axis |= {"labelFontSize": SIZE - 1, "labelOverlap": False}
    above = {**axis, "labelAngle": -90, "orient": "top"}
    cells = {
        "mark": {"type": "rect", "stroke": look.paper, "strokeWidth": 0.5, "aria": False},
        "encoding": {"color": _colour(dark=dark, legend=not room), "tooltip": _tip()},
    }
    step = {"step": _WIDE_CELL if few else _CELL}
    spec: Spec = {
        "$schema": SCHEMA,
        "data": {"values": _rows(found, kept, names)},
        "transform": [{"flatten": ["other", "share", "told"]}],
        "width": step,
        "height": step,
        "encoding": {
            "x": {"field": "other", "type": "nominal", "sort": names, "axis": above},
            "y": {"field": "one", "type": "nominal", "sort": names, "axis": axis},
        },
        "layer": [cells, _number(dark=dark)] if few else [cells],
        "config": config(look),
    }
    return framed(spec, title, subtitle, room=room)


def _tip() -> list[Spec]:
    return [
        {"field": "one", "title": _("one")},
        {"field": "other", "title": _("other")},
        {"field": "told", "title": _("voted alike")},
    ]


def _rows(found: Agreement, kept: Sequence[int], names: Sequence[str]) -> list[dict[str, Any]]:
    """A row for each member, with what it shares with each of the others."""
    return [
        {
            "one": name,
            "other": list(names),
            "share": [percent(found.shares[a][b]) for b in kept],
            "told": [share_words(found.shares[a][b]) for b in kept],
        }
        for name, a in zip(names, kept, strict=True)
    ]


def _colour(*, dark: bool, legend: bool) -> Spec:
    return {
        "field": "share",
        "type": "quantitative",
        "scale": {"scheme": "cividis", "domain": [0, 100], "reverse": not dark},
        "title": _("alike, per cent"),
        "legend": {"orient": "right", "gradientLength": 160} if legend else None,
    }


def _number(*, dark: bool) -> Spec:
    """The number in a cell, light on dark cells and dark on light ones."""
    over, under = ("#000000", "#ffffff") if dark else ("#ffffff", "#000000")
    middle = 100 - _MIDDLE if dark else _MIDDLE
    return {
        "mark": {"type": "text", "fontSize": SIZE, "aria": False},
        "encoding": {
            "text": {"field": "share", "type": "quantitative", "format": ".0f"},
            "color": {"condition": {"test": f"datum.share > {middle}", "value": over},
                      "value": under},
            "tooltip": _tip(),
        },
    }  # fmt: skip


def in_matrix(found: Agreement, most: int) -> list[int]:
    """The numbers of the members that a matrix of so many shows, in their order."""
    everyone = range(len(found.members))
    if len(everyone) <= most:
        return _together(found, everyone)
    ranked = sorted(everyone, key=lambda n: (-found.alone[n], _likeness(found, n), n))
    return _together(found, sorted(ranked[:most]))


def _likeness(found: Agreement, number: int) -> float:
    """How often a member voted like the others, on average."""
    shares = [float(share) for share in found.shares[number] if share is not None]
    return sum(shares) / max(1, len(shares))


def _together(found: Agreement, members: Sequence[int]) -> list[int]:
    """The members so ordered that each stands next to the one it agrees with most."""
    if not members:
        return []
    left = list(members)
    order = [left.pop(0)]
    while left:
        here = found.shares[order[-1]]
        nearest = max(left, key=lambda n: (here[n] or 0, -n))
        left.remove(nearest)
        order.append(nearest)
    return order


def percent(share: Fraction | None) -> float | None:
    """A share in per cent, for drawing; None where there is none."""
    return None if share is None else round(100 * float(share), 2)


def share_words(share: Fraction | None) -> str:
    """A share as text, exact beside rounded."""
    return _("never both voted") if share is None else f"{100 * float(share):.1f} % ({share})"
