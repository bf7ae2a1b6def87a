"""Every view has an address that can be quoted: what the record held, what if, the stretch."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from nemcon.entries import Position
from nemcon.load import load
from nemcon.server.desk import Desk
from nemcon.when import When
from tests.server.conftest import COOP, NOW, Serve, Visit
from tests.server.pages import Element


@pytest.fixture
def mill(tmp_path: Path) -> Path:
    """A record to which a third member's support was added a month after the other two."""
    from datetime import UTC, datetime

    from nemcon.access.stored import item_of
    from nemcon.record.sqlite import SqliteLog

    path = tmp_path / "mill.nemcon"
    items = [item.entry for item in load([str(COOP)], NOW).items]
    cy = Position(
        matter="new-roof", members=("cy",), claim="changes", happened=When.parse("2024-03-11")
    )
    first = datetime(2024, 4, 1, 9, tzinfo=UTC)
    with SqliteLog.create(path, clock=lambda: first) as log, log.writing() as writer:
        writer.append(map(item_of, items))
    second = datetime(2024, 5, 1, 9, tzinfo=UTC)
    with SqliteLog(path, clock=lambda: second) as log, log.writing() as writer:
        writer.append([item_of(cy)])
    return path


def verdict(page: Element) -> str:
    return page.one("h2", id="verdict-title").text.split(" ", 1)[1]


def quoted(page: Element) -> str:
    """The address to copy, without its host."""
    address = page.one("input", id="address").attributes["value"]
    return address.removeprefix("http://testserver")


def test_what_the_record_held_is_asked_and_kept(serve: Serve, mill: Path) -> None:
    visit = serve(mill)
    assert verdict(visit("/?on=2024-03-11").page) == "Met"
    for then in ("2024-04-02", "2024-05-01T08:59:59Z", "2024-05-01T10:59%2B02:00"):
        page = visit(f"/?on=2024-03-11&recorded={then}").page
        assert verdict(page) == "Not met"
        assert "By what the record held" in page.one("p", class_="asked").text
        again = visit(quoted(page)).page
        assert again.one(id="board").text == page.one(id="board").text
    after = visit("/?on=2024-03-11&recorded=2024-05-01T09:00:00Z").page
    assert verdict(after) == "Met"
    assert verdict(visit("/?on=2024-03-11").page) == "Met"


def test_every_way_on_keeps_what_the_record_held(serve: Serve, mill: Path) -> None:
    visit = serve(mill)
    page = visit("/?on=2024-03-11&recorded=2024-04-02").page
    field = page.one("form", id="question").one("input", id="recorded")
    assert field.attributes["value"] == "2024-04-02"
    for link in page.one("main").all("a"):
        parts = urlsplit(link.attributes["href"])
        if parts.path in ("/", "/timeline/") or parts.path.startswith("/member/"):
            assert parse_qs(parts.query)["recorded"] == ["2024-04-02"], link.text
    assert "2 of 3" in visit("/timeline/?recorded=2024-04-02").page.one("table").text
    supposed = visit("/member/cy/?on=2024-03-11&recorded=2024-04-02&if=cy%3Dsupport").page
    assert "As it is: Not met" in supposed.text


def test_before_the_record_began_it_says_so_and_leads_back(serve: Serve, mill: Path) -> None:
    page = serve(mill)("/?recorded=2024-03-01").page
    assert page.one("h2", id="verdict-title").text == "The record held nothing of it yet"
    (back,) = page.one("main").all("a")
    assert back.attributes["href"] == "/"


def test_the_answer_of_now_can_be_pinned(serve: Serve, mill: Path) -> None:
    page = serve(mill)("/?on=2024-03-11").page
    (pinned,) = (
        link.attributes["href"] for link in page.one("section", class_="address-view").all("a")
    )
    assert parse_qs(urlsplit(pinned).query)["recorded"] == ["2026-01-01T12:00:00Z"]
    again = serve(mill)(pinned).page
    assert verdict(again) == "Met"
    assert not list(again.one("section", class_="address-view").all("a"))


def test_files_hold_no_such_time(both: Visit) -> None:
    found = both("/?recorded=2024-06-20")
    assert found.status == 400
    assert "what a record held by then" in found.page.text
    assert both("/?recorded=soon").status == 400


def test_what_if_and_the_stretch_can_be_quoted(both: Visit) -> None:
    asked = "/member/hungary/?on=2024-06-26&since=2024-06-20&if=hungary%3Dobjection"
    page = both(asked).page
    query = parse_qs(urlsplit(quoted(page)).query)
    assert (query["if"], query["since"]) == (["hungary=objection"], ["2024-06-20"])
    assert both(quoted(page)).page.one(id="board").text == page.one(id="board").text
    over = both("/timeline/?from=2024-06-15&to=2024-06-30&known=2024-06-26").page
    query = parse_qs(urlsplit(quoted(over)).query)
    assert (query["from"], query["to"], query["known"]) == (
        ["2024-06-15"], ["2024-06-30"], ["2024-06-26"],
    )  # fmt: skip
    assert both(quoted(over)).page.one("table").text == over.one("table").text


def test_one_record_of_an_earlier_time_is_opened_once(mill: Path) -> None:
    from datetime import UTC, datetime

    desk = Desk([str(mill)], clock=lambda: NOW)
    then = datetime(2024, 4, 2, tzinfo=UTC)
    first, stamp = desk.current(then)
    again, same = desk.current(then)
    assert (first.items, stamp) == (again.items, same)
    assert first.items is again.items
    assert len(desk.opened().items) == len(first.items) + 1
