"""Pictures of many roll calls: who votes with whom, who votes like one member, who stands alone."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from nemcon.analysis.roll_calls import FEW, Agreement, Standing
from nemcon.charts.numbers import ROW, SAID, bars_in, framed, labels, names_axis
from nemcon.charts.theme import SCHEMA, SIZE, Spec, config, theme

MOST_IN_MATRIX = 60
MOST_ALONE = 40

_CELL = 14


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
    stood alone most often, and then those that voted least like the others.
    """
    look = theme(dark=dark)
    kept = in_matrix(found, most)
    names = labels([found.members[n] for n in kept], 40)
    rows = [
        {
            "one": name,
            "other": names,
            "share": [percent(found.shares[a][b]) for b in kept],
            "told": [share_words(found.shares[a][b]) for b in kept],
        }
        for name, a in zip(names, kept, strict=True)
    ]
    subtitle = ["share of the roll calls, in which both voted, where they voted alike (per cent)"]
    if len(found.members) > len(kept):
        subtitle.append(f"the {len(kept)} of {len(found.members)} members that stood most apart")
    axis = {"labelLimit": 130, "ticks": False, "domain": False, "title": None}
    axis |= {"labelFontSize": SIZE - 1, "labelOverlap": False}
    scale = {"scheme": "cividis", "domain": [0, 100], "reverse": not dark}
    legend = None if room else {"orient": "right", "gradientLength": 160}
    spec: Spec = {
        "$schema": SCHEMA,
        "data": {"values": rows},
        "transform": [{"flatten": ["other", "share", "told"]}],
        "width": {"step": _CELL},
        "height": {"step": _CELL},
        "mark": {"type": "rect", "stroke": look.paper, "strokeWidth": 0.5, "aria": False},
        "encoding": {
            "x": {
                "field": "other",
                "type": "nominal",
                "sort": names,
                "axis": {**axis, "labelAngle": -90, "orient": "top"},
            },
            "y": {"field": "one", "type": "nominal", "sort": names, "axis": axis},
            "color": {
                "field": "share",
                "type": "quantitative",
                "scale": scale,
                "title": "alike, per cent",
                "legend": legend,
            },
            "tooltip": [
                {"field": "one", "title": "one"},
                {"field": "other", "title": "other"},
                {"field": "told", "title": "voted alike"},
            ],
        },
        "config": config(look),
    }
    return framed(spec, title, subtitle, room=room)


def in_matrix(found: Agreement, most: int) -> list[int]:
    """The numbers of the members that a matrix of so many shows, in their order."""
    everyone = range(len(found.members))
    if len(everyone) <= most:
        return _together(found, everyone)
    ranked = sorted(everyone, key=lambda n: (-found.alone[n], _likeness(found, n), n))
    return _together(found, sorted(ranked[:most]))


def _likeness(found: Agreement, number: int) -> Fraction:
    """How often a member voted like the others, on average."""
    shares = [share for share in found.shares[number] if share is not None]
    return Fraction(sum(float(share) for share in shares)) / max(1, len(shares))


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
    return "never both voted" if share is None else f"{100 * float(share):.1f} % ({share})"


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
    width, names = bars_in(room)
    spec = _bars(rows, "share", "told", width, names)
    spec["layer"][0]["mark"]["color"] = look.candidates[0]
    spec["layer"][0]["encoding"]["x"]["scale"] = {"domain": [0, 100]}
    spec["layer"][0]["encoding"]["x"]["title"] = "alike, per cent"
    spec["layer"][1]["mark"]["color"] = look.ink
    spec["config"] = config(look)
    return framed(spec, title, ["share of the roll calls in which both voted"], room=room)


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
    colours = [dict(look.verdicts)["not met"], look.candidates[3], look.candidates[2]]
    rows: list[dict[str, Any]] = []
    told = []
    for name, one in zip(labels([each.member for each in shown]), shown, strict=True):
        numbers = (one.alone, one.with_one, one.with_few)[: len(words)]
        for place, (word, number) in enumerate(zip(words, numbers, strict=True)):
            if number:
                said = f"{name}: {number} {word}"
                row = {"member": name, "company": word, "number": number, "place": place}
                rows.append({**row, "said": said})
        told.append({"member": name, "end": one.small, "told": " + ".join(map(str, numbers))})
    width, names = bars_in(room)
    y: Spec = {"field": "member", "type": "nominal", "title": None}
    y |= {"sort": [row["member"] for row in told], "axis": names_axis(names)}
    x: Spec = {"field": "number", "type": "quantitative", "title": "roll calls", "stack": "zero"}
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
                    "tooltip": [{"field": f} for f in ("member", "company", "number")],
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
    subtitle = [f"numbers: {' + '.join(words)}"]
    if left > 0:
        subtitle.append(f"the first {len(shown)}; {left} more are in the table")
    return framed(spec, title, subtitle, room=room)


def _along(room: int) -> str:
    return "vertical" if 0 < room < 460 else "horizontal"


def company_words(within: int) -> tuple[str, ...]:
    """How the company is called: alone, with one other, with few."""
    if within < 2:
        return ("alone",)
    if within == 2:
        return ("alone", "with one other")
    few = "with 2 others" if within == 3 else f"with 2 to {within - 1} others"
    return ("alone", "with one other", few)


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
                    "tooltip": [{"field": "member"}, {"field": text, "title": "voted alike"}],
                    **SAID,
                },
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 8, "fontSize": SIZE, "aria": False},
                "encoding": {"x": dict(across), "y": y, "text": {"field": text}},
            },
        ],
    }
