"""Pictures of numbers about members: power beside weight, agreement, votes under several rules."""

from __future__ import annotations

from collections.abc import Sequence

from nemcon.analysis.power import Power
from nemcon.analysis.roll_calls import Agreement, UnderRule
from nemcon.charts.theme import SCHEMA, SIZE, Spec, config, theme

MOST_BARS = 60
MOST_IN_MATRIX = 60
_ROW = 20


def power_chart(
    found: Power, weights: Sequence[float | None], what: str, title: str, *, dark: bool = False
) -> Spec:
    """Each member's share of power beside its share of `what`, with the numbers.

    `weights` are in the order of the members; None where a member has none. The largest come
    first; of more than sixty the rest is told in the subtitle.
    """
    look = theme(dark=dark)
    whole = sum(w for w in weights if w is not None)
    index = "Banzhaf" if found.index == "banzhaf" else "Shapley and Shubik"
    rows = []
    for one, weight in zip(found.members, weights, strict=True):
        rows.append(
            {
                "member": one.member,
                "power": round(100 * one.floating, 4),
                "share": round(100 * weight / whole, 4) if weight is not None and whole else None,
                "told": f"{100 * one.floating:.2f} %",
            }
        )
    for row in rows:
        share = row["share"]
        row["end"] = max(float(str(row["power"])), float(str(share)) if share is not None else 0.0)
        if share is not None:
            row["told"] = f"{row['told']}  ({float(str(share)):.2f} %)"
    rows.sort(key=lambda row: -float(str(row["power"])))
    left = len(rows) - MOST_BARS
    subtitle = [f"bar: share of power ({index}); diamond, and number in brackets: of {what}"]
    if left > 0:
        subtitle.append(f"the {MOST_BARS} with most power; {left} more are in the table")
    rows = rows[:MOST_BARS]
    order = [row["member"] for row in rows]
    y: Spec = {"field": "member", "type": "nominal", "sort": order, "title": None}
    y["axis"] = {"labelLimit": 220, "ticks": False, "domain": False}
    layers: list[Spec] = [
        {
            "mark": {"type": "bar", "color": look.candidates[0], "height": 12},
            "encoding": {
                "x": {"field": "power", "type": "quantitative", "title": "per cent"},
                "y": y,
            },
        },
        {
            "mark": {"type": "text", "align": "left", "dx": 9, "color": look.ink, "fontSize": SIZE},
            "encoding": {
                "x": {"field": "end", "type": "quantitative"},
                "y": y,
                "text": {"field": "told"},
            },
        },
    ]
    if whole:
        layers.append(
            {
                "mark": {
                    "type": "point",
                    "shape": "diamond",
                    "size": 60,
                    "filled": True,
                    "color": look.candidates[3],
                    "stroke": look.ink,
                    "strokeWidth": 1,
                },
                "encoding": {"x": {"field": "share", "type": "quantitative"}, "y": y},
            }
        )
    return {
        "$schema": SCHEMA,
        "title": {"text": title, "subtitle": subtitle},
        "data": {"values": rows},
        "width": 560,
        "height": {"step": _ROW},
        "layer": layers,
        "config": config(look),
    }


def agreement_chart(found: Agreement, title: str, *, dark: bool = False) -> Spec:
    """How often each two members voted alike: the darker, the more often; alike members together.

    With many members those that stood alone most often are shown.
    """
    look = theme(dark=dark)
    ranked = sorted(range(len(found.members)), key=lambda n: (-found.alone[n], found.members[n]))
    kept = _together(found, sorted(ranked[:MOST_IN_MATRIX]))
    names = [found.members[n] for n in kept]
    rows = [
        {
            "one": found.members[a],
            "other": found.members[b],
            "share": None if share is None else round(100 * float(share), 2),
        }
        for a in kept
        for b in kept
        for share in [found.shares[a][b]]
    ]
    subtitle = ["share of the roll calls, in which both voted, where they voted alike (per cent)"]
    if len(found.members) > len(kept):
        subtitle.append(
            f"the {len(kept)} of {len(found.members)} members that stood alone most often"
        )
    axis = {"labelLimit": 160, "ticks": False, "domain": False, "title": None}
    return {
        "$schema": SCHEMA,
        "title": {"text": title, "subtitle": subtitle},
        "data": {"values": rows},
        "width": {"step": 14},
        "height": {"step": 14},
        "mark": {"type": "rect", "stroke": look.paper, "strokeWidth": 0.5},
        "encoding": {
            "x": {
                "field": "other",
                "type": "nominal",
                "sort": names,
                "axis": {**axis, "labelAngle": -90},
            },
            "y": {"field": "one", "type": "nominal", "sort": names, "axis": axis},
            "color": {
                "field": "share",
                "type": "quantitative",
                "scale": {"scheme": "cividis", "domain": [0, 100]},
                "title": "alike, %",
            },
        },
        "config": config(look),
    }


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


def rules_chart(found: Sequence[UnderRule], title: str, *, dark: bool = False) -> Spec:
    """How many roll calls each of several rules would have carried, with the numbers."""
    look = theme(dark=dark)
    colours = dict(look.verdicts)
    rows = []
    for one in found:
        other = len(one.answers) - one.met - one.not_met
        for verdict, number in (
            ("met", one.met),
            ("not met", one.not_met),
            ("cannot tell", other),
        ):
            if number:
                rows.append({"rule": one.title, "verdict": verdict, "number": number})
    told = [
        {
            "rule": one.title,
            "number": len(one.answers),
            "told": ", ".join(
                f"{row['number']} {row['verdict']}" for row in rows if row["rule"] == one.title
            ),
        }
        for one in found
    ]
    order = [one.title for one in found]
    words = ["met", "not met", "cannot tell"]
    x = {"field": "number", "type": "quantitative", "title": "roll calls", "stack": "zero"}
    y = {"field": "rule", "type": "nominal", "sort": order, "title": None}
    return {
        "$schema": SCHEMA,
        "title": {"text": title, "subtitle": ["what each rule would have made of the same votes"]},
        "data": {"values": rows},
        "width": 520,
        "height": {"step": 34},
        "layer": [
            {
                "mark": {"type": "bar", "height": 22},
                "encoding": {
                    "x": x,
                    "y": {**y, "axis": {"labelLimit": 320, "ticks": False, "domain": False}},
                    "color": {
                        "field": "verdict",
                        "type": "nominal",
                        "scale": {"domain": words, "range": [colours[word] for word in words]},
                        "title": None,
                    },
                    "order": {"field": "verdict", "sort": "ascending"},
                },
            },
            {
                "data": {"values": told},
                "mark": {"type": "text", "align": "left", "dx": 8, "color": look.ink},
                "encoding": {
                    "x": {"field": "number", "type": "quantitative"},
                    "y": y,
                    "text": {"field": "told"},
                },
            },
        ],
        "config": config(look),
    }
