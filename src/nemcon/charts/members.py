"""Members by date: a line for each, or for all that went the same way where there are many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nemcon.charts.frame import Frame, tips
from nemcon.charts.room import after, plain
from nemcon.charts.theme import SIZE, Spec
from nemcon.views.stretches import days_words
from nemcon.views.telling import either
from nemcon.views.timeline import MemberRun, TimelineView
from nemcon.views.tongue import _

ROW = 14
MOST = 60
"""Rows of a picture; of more members, those that went the same way share one."""

_LONGEST = 24


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the grid: whose it is, and the runs."""

    label: str
    names: str
    runs: tuple[MemberRun, ...]


def members_panel(view: TimelineView, frame: Frame, colours: Mapping[str, str]) -> Spec | None:
    """The grid of members; None if there is none on the roll."""
    rows, note = grid_rows(view)
    if not rows:
        return None
    labels = [row.label for row in rows]
    data = [cell for row in rows for cell in _cells(view, row, frame, colours)]
    y: Spec = {
        "field": "member",
        "type": "nominal",
        "sort": labels,
        "title": None,
        "scale": {"domain": labels, "paddingInner": 0.2, "paddingOuter": 0.1},
        "axis": {
            "minExtent": frame.left - 24,
            "maxExtent": frame.left + (0 if frame.fits else 40),
            "labelLimit": frame.left - 8 if frame.fits else frame.left + 20,
            "labelFontSize": SIZE - 1,
            "labelOverlap": False,
            "domain": False,
            "ticks": False,
        },
    }
    x, x2 = frame.x(axis=True), {"field": "next"}
    colour = {"field": "colour", "type": "nominal", "scale": None, "legend": None}
    tip = tips("members", "days", "stance")

    def drawn(sort: str, mark: Spec) -> Spec:
        chosen = [cell for cell in data if cell["sort"] == sort]
        return frame.layer(chosen, mark, x=x, x2=x2, y=y, color=colour, tooltip=tip)

    dashed = {"strokeDash": [2, 3], "strokeWidth": 1.4}
    layers = [
        drawn("no", {"type": "rule", "strokeWidth": 1.2}),
        drawn("unknown", {"type": "rule", **dashed}),
        drawn("maybe", {"type": "bar", "height": {"band": 0.36}, "opacity": 0.55}),
        drawn("yes", {"type": "bar", "height": {"band": 0.9}}),
        drawn("perhaps", {"type": "bar", "height": {"band": 0.9}, "fillOpacity": 0.15,
                          "stroke": frame.look.dim, "strokeDash": [3, 2], "strokeWidth": 1}),
    ]  # fmt: skip
    word = plain(view.member_title, 40) or _("members")
    title = _("{members} by date").format(members=f"{word[:1].upper()}{word[1:]}")
    if len(view.candidates) > 1:
        how = _(
            "thick: supports for certain; half: may support (grey: one of several); line: does "
            "not; blank: not on the roll"
        )
    else:
        how = _(
            "thick: supports for certain; half: may support; line: does not; blank: not on the roll"
        )
    return frame.panel(len(rows) * ROW, layers, title, f"{how}{note}")


def grid_rows(view: TimelineView) -> tuple[list[Row], str]:
    """The rows that a picture shows, and what must be said of how they were chosen."""
    alone = [
        Row(_label(view, [line.member]), plain(view.title(line.member)), line.runs)
        for line in view.members
    ]
    if len(alone) <= MOST:
        return _distinct(alone), ""
    groups: dict[tuple[MemberRun, ...], list[str]] = defaultdict(list)
    for line in view.members:
        groups[line.runs].append(line.member)
    ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), item[1]))
    rows = [
        Row(_label(view, names), plain(", ".join(map(view.title, names)), 400), runs)
        for runs, names in ordered[:MOST]
    ]
    left = sum(len(names) for _, names in ordered[MOST:])
    note = _("; {n} in all, those that went the same way share a line").format(n=len(alone))
    if left:
        note = _("{said}; {n} more in the table").format(said=note, n=left)
    return _distinct(rows), note


def _label(view: TimelineView, members: Sequence[str]) -> str:
    first = plain(view.title(members[0]), _LONGEST)
    return first if len(members) == 1 else f"{len(members)}: {plain(first, _LONGEST - 6)}, …"


def _distinct(rows: list[Row]) -> list[Row]:
    """Rows whose labels are all different, since a row is found by its label."""
    seen: dict[str, int] = defaultdict(int)
    out = []
    for row in rows:
        seen[row.label] += 1
        more = f" ({seen[row.label]})" if seen[row.label] > 1 else ""
        out.append(Row(f"{row.label}{more}", row.names, row.runs))
    return out


def _cells(
    view: TimelineView, row: Row, frame: Frame, colours: Mapping[str, str]
) -> Iterator[Spec]:
    for run in row.runs:
        if run.on_roll is False:
            continue
        sort, stance, colour = _stance(view, run, frame, colours)
        yield {
            "member": row.label,
            "members": row.names,
            "first": run.first.isoformat(),
            "next": after(run.last).isoformat(),
            "days": days_words(run.first, run.last),
            "sort": sort,
            "stance": stance,
            "colour": colour,
        }


def _stance(
    view: TimelineView, run: MemberRun, frame: Frame, colours: Mapping[str, str]
) -> tuple[str, str, str]:
    """How a run is drawn, what it says, and its colour."""
    dim = frame.look.dim
    if not run.supports:
        return "unknown", _("not worked out"), dim
    if run.certain is not None:
        told = _("supports {candidate}").format(candidate=_whom(view, run.certain))
        return "yes", told, colours.get(run.certain, dim)
    sort, colour = "perhaps" if run.on_roll is None else "maybe", dim
    if not run.possible:
        one = len(run.supports) == 1
        whom = _whom(view, run.supports[0][0]) if one else _("any candidate")
        sort, told = "no", _("does not support {candidate}").format(candidate=whom)
    else:
        names = either([_whom(view, name) for name in run.possible])
        told = _("may support {candidate}").format(candidate=names)
        if len(run.possible) == 1:
            colour = colours.get(run.possible[0], dim)
    if run.on_roll is None:
        told = _("{said}; perhaps not a member").format(said=told)
    return sort, told, colour


def _whom(view: TimelineView, candidate: str) -> str:
    return plain(view.title(candidate), 60) if candidate else _("it")
