"""Pictures of many roll calls: who votes like one member, and who stands alone."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from nemcon.analysis.roll_calls import FEW, Agreement, Standing
from nemcon.charts.frame import tips
from nemcon.charts.matrix import percent, share_words
from nemcon.charts.numbers import ROW, SAID, bars_in, framed, labels, names_axis
from nemcon.charts.theme import SCHEMA, SIZE, Spec, config, theme
from nemcon.views.tongue import _

MOST_ALONE = 40


def like_chart(
    found: Agreement, member: str, title: str, *, dark: bool = False, room: int = 0
) -> Spec:
    """How often every other member voted like one: the most alike first, with the numbers."""
    look = theme(dark=dark)
    like = [(name, share) for name, share in votes_like(found, member) if share is not None]
    rows = [
        {
            "member": name,
            "share": percent(share),
            "told": share_words(share),
            "said": f"{name}: {share_words(share)}",
        }
        for name, (_, share) in zip(labels([each for each, _ in like]), like, strict=True)
    ]
    width, names = bars_in(room, [str(r["member"]) for r in rows], [str(r["told"]) for r in rows])
    spec = _bars(rows, "share", "told", width, names)
    spec["layer"][0]["mark"]["color"] = look.candidates[0]
    spec["layer"][0]["encoding"]["x"]["scale"] = {"domain": [0, 100]}
    spec["layer"][0]["encoding"]["x"]["title"] = _("alike, per cent")
    spec["layer"][1]["mark"]["color"] = look.ink
    spec["config"] = config(look)
    return framed(spec, title, [_("share of the roll calls in which both voted")], room=room)


def votes_like(found: Agreement, member: str) -> list[tuple[str, Fraction | None]]:
    """All others with the share in which they voted like this member, the most alike first."""
    here = found.shares[found.members.index(member)]
    others = [(name, share) for name, share in zip(found.members, here, strict=True)]
    others = [(name, share) for name, share in others if name != member]
    return sorted(others, key=lambda one: (one[1] is None, -(one[1] or 0), one[0]))


def standing_chart(
    found: Sequence[Standing],
    title: str,
    *,
    dark: bool = False,
    within: int = FEW,
    room: int = 0,
) -> Spec:
    """How often each member stood alone, with one other, or with few, with the numbers.

    Who stood alone most often comes first; members whose company was never small are left out, and
    of more than forty the rest.
    """
    look = theme(dark=dark)
    shown = [one for one in found if one.small][:MOST_ALONE]
    left = sum(1 for one in found if one.small) - len(shown)
    words = company_words(within)
    colours = [look.ink, look.candidates[3], look.candidates[2]]
    rows: list[dict[str, Any]] = []
    told: list[dict[str, Any]] = []
    for name, one in zip(labels([each.member for each in shown]), shown, strict=True):
        numbers = (one.alone, one.with_one, one.with_few)[: len(words)]
        for place, (word, number) in enumerate(zip(words, numbers, strict=True)):
            if number:
                said = f"{name}: {number} {word}"
                row = {"member": name, "company": word, "number": number, "place": place}
                rows.append({**row, "said": said})
        told.append({"member": name, "end": one.small, "told": " + ".join(map(str, numbers))})
    width, names = bars_in(room, [r["member"] for r in told], [r["told"] for r in told])
    y: Spec = {"field": "member", "type": "nominal", "title": None}
    y |= {"sort": [row["member"] for row in told], "axis": names_axis(names)}
    x: Spec = {"field": "number", "type": "quantitative", "title": _("roll calls"), "stack": "zero"}
    x["axis"] = {"tickMinStep": 1, "format": "d"}
    spec: Spec = {
        "$schema": SCHEMA,
        "data": {"values": rows},
        "width": width,
        "height": {"step": ROW},
        "layer": [
            {
                "mark": {"type": "bar", "height": 13, "stroke": look.paper, "strokeWidth": 1},
                "encoding": {
                    "x": x,
                    "y": y,
                    "color": {
                        "field": "company",
                        "type": "nominal",
                        "scale": {"domain": list(words), "range": colours[: len(words)]},
                        "title": None,
                        "legend": {"orient": "top", "direction": _along(room)},
                    },
                    "order": {"field": "place"},
                    "tooltip": tips("member", "company", "number"),
                    **SAID,
                },
            },
            {
                "data": {"values": told},
                "mark": {
                    "type": "text",
                    "align": "left",
                    "dx": 8,
                    "color": look.ink,
                    "fontSize": SIZE,
                    "aria": False,
                },
                "encoding": {
                    "x": {"field": "end", "type": "quantitative"},
                    "y": y,
                    "text": {"field": "told"},
                },
            },
        ],
        "config": config(look),
    }
    subtitle = [_("numbers: {words}").format(words=" + ".join(words))]
    if left > 0:
        told_of = _("the first {shown}; {left} more are in the table")
        subtitle.append(told_of.format(shown=len(shown), left=left))
    return framed(spec, title, subtitle, room=room)


def _along(room: int) -> str:
    return "vertical" if 0 < room < 460 else "horizontal"


def company_words(within: int) -> tuple[str, ...]:
    """How the company is called: alone, with one other, with few."""
    if within < 2:
        return (_("alone"),)
    if within == 2:
        return (_("alone"), _("with one other"))
    few = _("with 2 others")
    if within != 3:
        few = _("with 2 to {most} others").format(most=within - 1)
    return (_("alone"), _("with one other"), few)


def _bars(rows: Sequence[dict[str, Any]], field: str, text: str, width: int, names: int) -> Spec:
    """A bar for each member, with its number beside."""
    y: Spec = {"field": "member", "type": "nominal", "sort": None, "title": None}
    y["axis"] = names_axis(names)
    across: Spec = {"field": field, "type": "quantitative"}
    return {
        "$schema": SCHEMA,
        "data": {"values": list(rows)},
        "width": width,
        "height": {"step": ROW},
        "layer": [
            {
                "mark": {"type": "bar", "height": 12},
                "encoding": {
                    "x": dict(across),
                    "y": y,
                    "tooltip": [*tips("member"), {"field": text, "title": _("voted alike")}],
                    **SAID,
                },
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 8, "fontSize": SIZE, "aria": False},
                "encoding": {"x": dict(across), "y": y, "text": {"field": text}},
            },
        ],
    }
