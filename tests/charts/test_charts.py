"""Pictures: valid specifications, numbers beside what is drawn, names that cannot do harm."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import altair
import pytest

from nemcon.access.packs import procedure
from nemcon.charts import drawing
from nemcon.charts.drawing import MissingDrawerError, png, svg
from nemcon.charts.members import MOST, grid_rows
from nemcon.charts.room import Scale, Span, cut, lanes, plain, width, wrapped
from nemcon.charts.timeline import timeline_chart
from nemcon.load import load
from nemcon.load.over_time import over_time
from nemcon.state import at
from nemcon.text import read_toml
from nemcon.views.timeline import TimelineView, timeline
from nemcon.when import When

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "nato-2024"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def june() -> TimelineView:
    """The tally of support, in June 2024."""
    found = load([str(FOLDER / "tally-chain.toml")], NOW)
    return over_time(found, found.state(), first=date(2024, 6, 10), last=date(2024, 6, 27))


@pytest.fixture(scope="module")
def reports() -> TimelineView:
    names = ("report-2024-06-20.txt", "report-2024-06-26.txt")
    found = load([str(FOLDER / name) for name in names], NOW)
    return over_time(found, found.state())


def texts(drawn: str) -> list[str]:
    """Every text of an SVG picture."""
    root = ElementTree.fromstring(drawn)
    return [" ".join("".join(each.itertext()).split()) for each in root.iter(f"{SVG}text")]


def valid(spec: dict[str, object]) -> None:
    altair.VConcatChart.from_dict(spec, validate=True)


@pytest.mark.parametrize("dark", [False, True])
def test_the_specification_is_valid_vega_lite(
    june: TimelineView, reports: TimelineView, dark: bool
) -> None:
    valid(timeline_chart(june, dark=dark))
    valid(timeline_chart(reports, dark=dark, part="support"))
    valid(timeline_chart(reports, dark=dark, part="members"))


def test_the_numbers_stand_in_the_picture(june: TimelineView) -> None:
    found = texts(svg(timeline_chart(june)))
    for text in ("27–31 of 32", "29", "31", "32", "roll 32", "not met", "met", "decided"):
        assert text in found, text
    for text in ("Mark Rutte", "Klaus Iohannis", "Türkiye", "2024-06-16", "members", "date"):
        assert text in found, text
    assert any("2024-06-26 decision by the North Atlantic Council: Mark Rutte" in t for t in found)
    assert any("2024-06-10 to 06-16 Klaus Iohannis withdraws" in text for text in found)


def test_dates_stand_where_they_belong_in_any_time_zone(
    reports: TimelineView, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The axis is in UTC: no day slips to the one before."""
    here = svg(timeline_chart(reports))
    monkeypatch.setenv("TZ", "America/Los_Angeles")
    assert texts(svg(timeline_chart(reports))) == texts(here)
    assert {"2024-07-01", "2024-10-01"} <= set(texts(here))


def test_a_png_is_one(reports: TimelineView) -> None:
    assert png(timeline_chart(reports)).startswith(b"\x89PNG\r\n\x1a\n")


def test_what_is_assumed_is_said(reports: TimelineView) -> None:
    found = texts(svg(timeline_chart(reports)))
    told = "Shaded from 2024-06-27: past what is known, positions are assumed to persist"
    assert any(text.endswith(told) for text in found)


HOSTILE = """
[body]
name = "mill"
title = "Mill <script>alert(1)</script> & Co"
member_title = "<b>members</b>"

[[party]]
name = "x"
title = "<img src=x onerror=alert(2)> 'Zoë' \\"Q\\" \\u0000\\u202e\\u001b"

[[party]]
name = "y"
title = "datum.x + {{7*7}} ${7*7}"

[[membership]]
member = "x"
happened = "2020-01-01"

[[membership]]
member = "y"
happened = "2020-01-01"

[[rule]]
name = "r"
algebra = { outcome = [
  { when = { cmp = [{ n = "support" }, "=", { n = "all" }] }, is = "yes", favourable = true },
  { is = "no" } ] }

[[matter]]
name = "roof"
title = "</text><script>alert(3)</script>"
rule = "r"

[[position]]
matter = "roof"
members = ["x", "y"]
claim = "changes"
happened = "2024-03-10"
"""


CONTEST = """
[body]
name = "mill"
title = "Mill"

[[rule]]
name = "r"
algebra = { outcome = [
  { when = { cmp = [{ n = "support" }, "=", { n = "all" }] }, is = "yes", favourable = true },
  { is = "no" } ] }

[[membership]]
member = "x"
happened = "2020-01-01"

[[matter]]
name = "chair"
title = "The chair"
sort = "selection"
rule = "r"
"""


def ident(name: str) -> str:
    return name.lower().replace(" ", "-")


def contest(*steps: tuple[str, str, str]) -> TimelineView:
    """A choice among persons whose steps are given as (name, what, when)."""
    text = CONTEST
    for name in dict.fromkeys(name for name, _, _ in steps):
        text += f'[[party]]\nname = "{ident(name)}"\ntitle = "{name}"\nsort = "person"\n'
    for name, change, when in steps:
        text += f'[[candidacy]]\ncandidate = "{ident(name)}"\nchange = "{change}"\n'
        text += f'happened = "{when}"\n'
    loaded = read_toml(text, "contest.toml")
    assert loaded.findings == ()
    return timeline(at(loaded.entries, When.parse("2024-04-01")), procedure, last=date(2024, 4, 1))


def bands(view: TimelineView) -> dict[str, str]:
    """Each candidate that has a panel, in order, with the first day that its band leaves out."""
    out: dict[str, str] = {}
    for panel in timeline_chart(view)["vconcat"]:
        for layer in panel["layer"]:
            if layer["mark"]["type"] == "rect" and "least" in str(layer["encoding"]["y"]):
                out[panel["title"]["text"]] = layer["data"]["values"][-1]["next"]
    return out


def notes(view: TimelineView) -> list[str]:
    """The lines under the heading of the picture."""
    found: list[str] = timeline_chart(view)["title"]["subtitle"]
    return found


FIELD = tuple(
    (name, "nominated", "2024-03-01") for name in ("Ana", "Bea", "Cid", "Dan", "Eva", "Fay")
)


def test_the_band_of_who_is_out_ends() -> None:
    """The table says *withdrawn* from that day; where that is only possible the band goes on."""
    view = contest(
        *FIELD[:4],
        ("Bea", "withdrawn", "2024-03-10"),
        ("Cid", "eliminated", "2024-03-20"),
        ("Dan", "withdrawn", "2024-03-10/2024-03-15"),
    )
    assert bands(view) == {
        "Ana": "2024-04-02", "Cid": "2024-03-20", "Dan": "2024-03-15", "Bea": "2024-03-10",
    }  # fmt: skip


def test_who_runs_at_the_end_is_drawn_before_who_is_out() -> None:
    """Of those alike the first by name; and what is left out is not said to be weaker."""
    view = contest(*FIELD, ("Ana", "withdrawn", "2024-03-10"), ("Fay", "withdrawn", "2024-03-20"))
    assert list(bands(view)) == ["Bea", "Cid", "Dan", "Eva"]
    assert "2 more candidates are in the table" in notes(view)
    view = contest(*FIELD[:5], *((name, "withdrawn", "2024-03-10") for name, _, _ in FIELD[:3]))
    assert list(bands(view)) == ["Dan", "Eva", "Ana", "Bea"]
    assert "1 more candidate is in the table" in notes(view)


def test_markup_in_names_is_text() -> None:
    loaded = read_toml(HOSTILE, "hostile.toml")
    assert loaded.findings == ()
    view = timeline(at(loaded.entries, When.parse("2024-03-10")), procedure)
    spec = timeline_chart(view)
    valid(spec)
    drawn = svg(spec)
    found = texts(drawn)  # which is well-formed
    tags = {each.tag.removeprefix(SVG) for each in ElementTree.fromstring(drawn).iter()}
    assert tags <= {
        "svg",
        "g",
        "path",
        "text",
        "tspan",
        "line",
        "rect",
        "defs",
        "clipPath",
        "style",
    }
    assert not re.search(r"<(script|img|b)\\b", drawn)
    heading = "Mill <script>alert(1)</script> & Co: </text><script>alert(3)</script> (roof)"
    assert heading in found
    assert "datum.x + {{7*7}} ${7*7}" in found
    assert png(spec).startswith(b"\x89PNG")


def body(size: int, moves: int) -> TimelineView:
    """A body of `size` members of whom each moved on one of so many days."""
    text = HOSTILE.partition("[[party]]")[0].replace("<b>members</b>", "clubs")
    text += "[[rule]]" + HOSTILE.partition("[[rule]]")[2].partition("[[position]]")[0]
    for n in range(size):
        text += f'[[party]]\nname = "m{n}"\ntitle = "Élan {n}"\n'
        text += f'[[membership]]\nmember = "m{n}"\nhappened = "2020-01-01"\n'
        text += f'[[position]]\nmembers = "m{n}"\nclaim = "changes"\n'
        text += f'happened = "2024-03-{n % moves + 1:02}"\n'
    return timeline(at(read_toml(text, "body.toml").entries, When.parse("2024-04-01")), procedure)


def test_of_many_members_those_that_went_the_same_way_share_a_line() -> None:
    view = body(200, 20)
    rows, note = grid_rows(view)
    assert len(rows) == 20
    assert {row.label.partition(":")[0] for row in rows} == {"10"}
    assert note == "; 200 in all, those that went the same way share a line"
    assert "10: Élan 0, …" in texts(svg(timeline_chart(view)))


def test_fifty_members_have_a_line_each() -> None:
    rows, note = grid_rows(body(50, 20))
    assert (len(rows), note) == (50, "")
    assert len({row.label for row in rows}) == 50
    assert MOST >= 50


def test_members_of_one_name_keep_their_lines() -> None:
    view = body(3, 3)
    same = {name: "Twin" if name.startswith("m") and name[1:].isdigit() else title
            for name, title in view.titles.items()}  # fmt: skip
    rows, _ = grid_rows(TimelineView(**{**vars(view), "titles": same}))
    assert [row.label for row in rows] == ["Twin", "Twin (2)", "Twin (3)"]


def test_no_label_of_an_event_covers_another(june: TimelineView) -> None:
    spans = [Span(10 * n, 10 * n + 55) for n in range(20)]
    placed = list(zip(spans, lanes(spans), strict=True))
    for (one, lane), (other, same) in combinations(placed, 2):
        assert lane != same or one.high < other.low or other.high < one.low


def test_what_happened_is_said_to_its_end_where_there_is_room() -> None:
    name = "Mohammad Maziad Al Tuwaijri"
    view = contest((name, "nominated", "2024-03-01"), (name, "eliminated", "2024-03-20"))
    told = f"2024-03-20 {name} is eliminated: public, counted from then"
    assert told in texts(svg(timeline_chart(view)))


def crossed(view: TimelineView, room: int = 0) -> list[tuple[str, str]]:
    """The names below the strips through which the line of another goes."""
    panels = timeline_chart(view, room=room)["vconcat"]
    words = [layer for panel in panels for layer in panel["layer"]
             if layer["mark"]["type"] == "text" and "side" in layer["data"]["values"][0]
             and "top" in layer["data"]["values"][0]]  # fmt: skip
    rows = {row["text"]: row for layer in words for row in layer["data"]["values"]
            if not row["fits"]}  # fmt: skip
    scale = Scale(view.first, view.last, panels[0]["width"])
    out = []
    for name, row in rows.items():
        at = datetime.fromisoformat(row["start"]) - datetime(
            *view.first.timetuple()[:3], tzinfo=UTC
        )
        start = at.total_seconds() / 86400 * scale.pixels / scale.days
        long = width(name, 11)
        low, high = (start, start + long) if row["side"] == "left" else (start - long, start)
        out += [
            (name, other)
            for other, down in rows.items()
            if down["top"] == row["top"] and down["at"] > row["at"]
            and low + 1 < scale.x(date.fromisoformat(down["first"])) < high - 1
        ]  # fmt: skip
    return out


@pytest.mark.parametrize("room", [0, 840])
def test_no_line_goes_through_the_name_of_a_stage(
    june: TimelineView, reports: TimelineView, room: int
) -> None:
    """Neither where short stages follow each other at the beginning nor at the end."""
    assert crossed(reports, room) == []
    days = [date(2024, 6, 1), *(each.first for each in june.stretches[1:]), date(2024, 6, 30)]
    late = [date(2024, 10, n) for n in range(10, 10 + len(days))]
    moved = dict(zip(days, late, strict=True))
    stretches = [
        replace(
            here,
            first=date(2024, 6, 1) if here is june.stretches[0] else moved[here.first],
            last=date.fromordinal(late[n + 1].toordinal() - 1),
        )
        for n, here in enumerate(june.stretches)
    ]
    at_end = replace(june, first=date(2024, 6, 1), last=stretches[-1].last,
                     stretches=tuple(stretches), events=(), members=())  # fmt: skip
    assert crossed(at_end, room) == []


def test_letters_are_given_their_room() -> None:
    assert width("iiii", 10) < width("nnnn", 10) < width("WWWW", 10)
    assert width("日本", 10) > width("ab", 10)
    assert width("e\u0301", 10) == width("e", 10)


def test_a_text_is_made_one_that_a_picture_can_hold() -> None:
    assert plain("a\x00b\u202ec\nd\ud800") == "a b c d\ufffd"
    assert plain("abcdef", 4) == "abc…"


@pytest.mark.parametrize(
    ("first", "last", "ticks"),
    [
        ("2024-02-27", "2024-03-01", ["2024-02-27", "2024-02-28", "2024-02-29", "2024-03-01"]),
        ("2024-06-10", "2024-10-01", ["2024-07-01", "2024-08-01", "2024-09-01", "2024-10-01"]),
        ("1949-04-04", "1999-12-31", ["1950-01-01", "1960-01-01", "1970-01-01", "1980-01-01",
                                      "1990-01-01"]),
    ],
)  # fmt: skip
def test_ticks_are_round_dates(first: str, last: str, ticks: list[str]) -> None:
    scale = Scale(date.fromisoformat(first), date.fromisoformat(last), 700)
    assert [day.isoformat() for day in scale.ticks()] == ticks


def test_without_the_extra_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, reports: TimelineView
) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(MissingDrawerError, match=re.escape("pip install 'nemcon[plots]'")):
        drawing.svg(timeline_chart(reports))


@pytest.mark.parametrize("room", [288, 358, 600, 840])
def test_a_picture_takes_the_room_that_a_page_has(
    june: TimelineView, reports: TimelineView, room: int
) -> None:
    for view in (june, reports):
        drawn = svg(timeline_chart(view, room=room))
        assert float(ElementTree.fromstring(drawn).attrib["width"]) <= room + 8
        valid(timeline_chart(view, room=room))
    found = texts(svg(timeline_chart(june, room=room)))
    for text in ("27–31 of 32", "roll 32", "Mark Rutte", "Klaus Iohannis", "Türkiye"):
        assert text in found, text
    assert any(text.startswith("2024-06-26 deci") for text in found)
    notes = "".join(texts(svg(timeline_chart(reports, room=room)))).replace(" ", "")
    assert "pastwhatisknown,positionsareassumedtopersist" in notes
    assert "NATO:" not in notes  # the page has a heading


def test_texts_are_broken_or_cut_to_the_room_they_have() -> None:
    text = "band: from the least (thick line) to the most (dashed) who support"
    lines = wrapped(text, 11, 150)
    assert " ".join(lines) == text
    assert all(width(line, 11) <= 150 for line in lines)
    assert wrapped("", 11, 150) == [""]
    assert cut("short", 11, 150) == "short"
    assert cut("a decision by the Council", 11, 80) == "a decision b…"
    assert width(cut("iiiiiiiiii decision", 11, 43), 11) <= 43
    assert cut("W" * 40, 11, 1) == "…"
