"""Pictures of numbers: power beside weight, and the same votes under several rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from nemcon.analysis.power import Power
from nemcon.analysis.roll_calls import UnderRule
from nemcon.charts.frame import tips
from nemcon.charts.room import plain, width
from nemcon.charts.theme import SCHEMA, SIZE, Spec, config, theme
from nemcon.views.tongue import _, spoken

MOST_BARS = 60
ROW = 20
WIDE = 560
"""Pixels of the bars where nobody says how much room there is."""

_NARROW = 460
_BETWEEN = 36  # what lies between names, bars and numbers, and at the rim
_OTHER = {"banzhaf": "shapley", "shapley": "banzhaf"}

SAID = {"description": {"field": "said"}}
"""What a mark says to who cannot see it: the field of its row."""


def bars_in(room: int, names: Sequence[str], told: Sequence[str]) -> tuple[int, int]:
    """The pixels of the bars, and the most that the names beside them may take, in so much room (0:
    as wide as fits a page of its own), with numbers at the ends of the bars.
    """
    if not room:
        return WIDE, 220
    most = 110 if room < _NARROW else 190
    left = min(most, max((width(name, SIZE) for name in names), default=0))
    right = max((width(text, SIZE) for text in told), default=0)
    return max(100, min(WIDE, int(room - left - right - _BETWEEN))), most


def framed(spec: Spec, title: str, subtitle: Sequence[str], *, room: int) -> Spec:
    """The picture with its title; without one where a page gives it room, which says it itself."""
    spec = {**spec, "description": ". ".join([title, *subtitle])}
    if room:
        bare = {**spec["config"], "background": "transparent"}
        return {**spec, "padding": 4, "config": bare}
    return {**spec, "title": {"text": title, "subtitle": list(subtitle)}}


def names_axis(limit: int) -> Spec:
    """Names on the left of bars."""
    return {"labelLimit": limit, "ticks": False, "domain": False, "labelOverlap": False}


def labels(names: Sequence[str], limit: int = 60) -> list[str]:
    """Names as they stand in a picture: in order, no two the same, since bars are found by name."""
    seen: dict[str, int] = {}
    out = []
    for name in names:
        label = plain(name, limit) or "?"
        seen[label] = seen.get(label, 0) + 1
        out.append(label if seen[label] == 1 else f"{label} ({seen[label]})")
    return out


def power_chart(
    found: Power,
    weights: Sequence[float | None],
    what: str,
    title: str,
    *,
    dark: bool = False,
    other: Sequence[float] = (),
    note: str = "",
    room: int = 0,
) -> Spec:
    """Each member's share of power beside its share of `what`, with the numbers.

    `weights` are in the order of the members; None where a member has none. `other` are the shares
    by the other index, `note` says more of how it was counted. The largest come first; of more than
    sixty the rest is told in the subtitle.
    """
    look = theme(dark=dark)
    rows = _power_rows(found, weights, other, what)
    what = spoken(what)
    subtitle = [_("bar: share of power ({index})").format(index=index_name(found.index))]
    second = index_name(_OTHER[found.index])
    if note:
        subtitle[0] += f"; {note}"
    if other:
        subtitle.append(_("circle: the same by {index}").format(index=second))
    weighted = any(row["share"] is not None for row in rows)
    if weighted:
        told_of = _("diamond, and number in brackets: share of {what}")
        subtitle.append(told_of.format(what=what))
    if (left := len(rows) - MOST_BARS) > 0:
        first = _("the {shown} with most power; {left} more are in the table")
        subtitle.append(first.format(shown=MOST_BARS, left=left))
    rows = rows[:MOST_BARS]
    pixels, names = bars_in(room, [r["member"] for r in rows], [r["told"] for r in rows])
    y: Spec = {"field": "member", "type": "nominal", "sort": None, "title": None}
    y["axis"] = names_axis(names)
    tip = tips("member")
    tip.append({"field": "power_told", "title": index_name(found.index)})
    if other:
        tip.append({"field": "other_told", "title": second})
    if weighted:
        tip.append({"field": "share_told", "title": _("of {what}").format(what=what)})

    def across(field: str) -> Spec:
        return {"field": field, "type": "quantitative", "title": _("per cent")}

    def mark(field: str, **style: Any) -> Spec:
        shape = {"type": "point", "strokeWidth": 1.5, "opacity": 1, "aria": False, **style}
        return {"mark": shape, "encoding": {"x": across(field), "y": y, "tooltip": tip}}

    told = {"type": "text", "align": "left", "dx": 9, "color": look.ink, "fontSize": SIZE}
    layers: list[Spec] = [
        {
            "mark": {"type": "bar", "color": look.candidates[0], "height": 12},
            "encoding": {"x": across("power"), "y": y, "tooltip": tip, **SAID},
        },
        {
            "mark": {**told, "aria": False},
            "encoding": {"x": across("end"), "y": y, "text": {"field": "told"}},
        },
    ]
    if weighted:
        diamond = {"shape": "diamond", "size": 60, "filled": True, "stroke": look.ink}
        layers.append(mark("share", **diamond, color=look.candidates[3]))
    if other:
        circle = {"shape": "circle", "size": 44, "filled": True, "stroke": look.ink}
        layers.append(mark("other", **circle, color=look.paper))
    spec = {
        "$schema": SCHEMA,
        "data": {"values": rows},
        "width": pixels,
        "height": {"step": ROW},
        "layer": layers,
        "config": config(look),
    }
    return framed(spec, title, subtitle, room=room)


def index_name(index: str) -> str:
    """The name of an index."""
    return _("Banzhaf") if index == "banzhaf" else _("Shapley and Shubik")


def _said(
    found: Power, power: float, second: float | None, share: float | None, what: str, name: str
) -> Iterator[str]:
    """What a bar says to who cannot see it."""
    by = _("{share} % by {index}")
    yield f"{name}: {by.format(share=f'{power:.2f}', index=index_name(found.index))}"
    if second is not None:
        yield by.format(share=f"{second:.2f}", index=index_name(_OTHER[found.index]))
    if share is not None:
        yield _("{share} % of {what}").format(share=f"{share:.2f}", what=what)


def _power_rows(
    found: Power, weights: Sequence[float | None], other: Sequence[float], what: str
) -> list[dict[str, Any]]:
    """A row for each member, the most powerful first."""
    whole = sum(w for w in weights if w is not None)
    shown = labels([one.member for one in found.members])
    rows: list[dict[str, Any]] = []
    for n, (one, weight) in enumerate(zip(found.members, weights, strict=True)):
        power = 100 * one.floating
        share = 100 * weight / whole if weight is not None and whole else None
        second = 100 * other[n] if other else None
        told = f"{power:.2f} %" if share is None else f"{power:.2f} %  ({share:.2f} %)"
        numbers = {"power": power, "share": share, "other": second}
        drawn = {key: None if n is None else round(n, 4) for key, n in numbers.items()}
        rows.append(
            {
                "member": shown[n],
                **drawn,
                "end": max(value for value in drawn.values() if value is not None),
                "told": told,
                "said": ", ".join(_said(found, power, second, share, what, shown[n])),
                "power_told": f"{power:.2f} %",
                **({} if second is None else {"other_told": f"{second:.2f} %"}),
                **({} if share is None else {"share_told": f"{share:.2f} %"}),
            }
        )
    rows.sort(key=lambda row: -row["power"])
    return rows


def rules_chart(
    found: Sequence[UnderRule], title: str, *, dark: bool = False, room: int = 0
) -> Spec:
    """How many roll calls each of several rules would have carried, with the numbers."""
    look = theme(dark=dark)
    colours = dict(look.verdicts)
    titles = labels([one.title for one in found], 90)
    rows = [
        {
            "rule": label,
            "verdict": _(verdict),
            "number": number,
            "place": place,
            "said": f"{label}: {number} {_(verdict)}",
        }
        for label, one in zip(titles, found, strict=True)
        for place, (verdict, number) in enumerate(verdicts_of(one))
        if number
    ]
    told = [
        {
            "rule": label,
            "start": 0,
            "told": ", ".join(f"{number} {_(word)}" for word, number in verdicts_of(one) if number),
        }
        for label, one in zip(titles, found, strict=True)
    ]
    words = ["met", "not met", "cannot tell"]
    many = max((len(one.answers) for one in found), default=0)
    x: Spec = {"field": "number", "type": "quantitative", "title": _("roll calls"), "stack": "zero"}
    x |= {"scale": {"domain": [0, many], "nice": False}, "axis": {"grid": False, "format": "d"}}
    y: Spec = {"field": "rule", "type": "nominal", "sort": titles, "title": None, "axis": None}
    start: Spec = {"field": "start", "type": "quantitative"}
    text = {"type": "text", "align": "left", "color": look.ink, "fontSize": SIZE, "aria": False}
    pixels = WIDE if not room else max(200, min(WIDE + 200, room - 24))
    spec = {
        "$schema": SCHEMA,
        "data": {"values": rows},
        "width": pixels,
        "height": {"step": 64},
        "layer": [
            {
                "mark": {"type": "bar", "height": 16, "yOffset": 0, "stroke": look.paper},
                "encoding": {
                    "x": x,
                    "y": y,
                    "color": {
                        "field": "verdict",
                        "type": "nominal",
                        "scale": {
                            "domain": [_(word) for word in words],
                            "range": [colours[word] for word in words],
                        },
                        "title": None,
                        "legend": {"orient": "top", "direction": "horizontal"},
                    },
                    "order": {"field": "place"},
                    "tooltip": tips("rule", "verdict", "number"),
                    **SAID,
                },
            },
            {
                "data": {"values": told},
                "mark": {**text, "dy": -19, "fontWeight": "bold", "limit": pixels},
                "encoding": {"x": start, "y": y, "text": {"field": "rule"}},
            },
            {
                "data": {"values": told},
                "mark": {**text, "dy": 17},
                "encoding": {"x": start, "y": y, "text": {"field": "told"}},
            },
        ],
        "config": config(look),
    }
    return framed(spec, title, [_("what each rule would have made of the same votes")], room=room)


def verdicts_of(one: UnderRule) -> tuple[tuple[str, int], ...]:
    """How many times a rule is met, not met, and neither for certain."""
    return ("met", one.met), ("not met", one.not_met), ("cannot tell", one.open)
