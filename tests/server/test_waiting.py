"""A timeline that takes long: the page says so and comes by itself, and the others answer."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from django.test import override_settings
from playwright.sync_api import Browser

from nemcon.server import charts
from nemcon.server.ahead import Ahead
from tests.server.browser import Watch, serving
from tests.server.conftest import COOP, FIRST, SECOND, Serve, Visit

WTO = Path(__file__).resolve().parents[2] / "examples" / "wto-dg-2020"
LONG = "timeline/?from=2020-09-29&to=2020-10-08"  # some seconds of work, on any machine
PATIENCE = 60  # seconds


@pytest.fixture
def ahead() -> Iterator[Ahead]:
    found = Ahead()
    with override_settings(NEMCON_AHEAD=found):
        yield found
    found.close()


def until_ready(visit: Visit, address: str) -> list[int]:
    """Ask as the page does, until it is told that it is there; every status on the way."""
    until, told = time.monotonic() + PATIENCE, []
    while time.monotonic() < until:
        answer = visit(address, **{"HX-Request": "true"})
        told.append(answer.status)
        if answer.headers.get("HX-Refresh") == "true":
            return told
        assert 'id="so-far"' in answer.html
        time.sleep(0.05)
    raise AssertionError("it was never ready")


def test_the_page_says_how_far_it_is_then_shows_what_it_always_showed(
    ahead: Ahead, both: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(charts, "SOON", 0)
    first = both("/timeline/")
    assert first.status == 202
    assert "This page comes by itself when that is done" in first.html
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in first.html
    assert set(until_ready(both, "/timeline/")) <= {202, 200}
    ready = both("/timeline/")
    assert ready.status == 200
    with override_settings(NEMCON_AHEAD=None):
        both.desk._forget()
        assert both("/timeline/").html == ready.html


def test_a_short_one_comes_at_once(
    ahead: Ahead, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(charts, "SOON", PATIENCE)
    answer = serve(COOP)("/timeline/")
    assert answer.status == 200
    assert "2 of 3" in answer.html


def test_what_cannot_be_told_is_told_all_the_same(ahead: Ahead, both: Visit) -> None:
    assert both("/timeline/?from=soon").status == 400
    until_ready(both, "/timeline/?known=1990-01-01")
    assert both("/timeline/?known=1990-01-01").status == 404


def test_a_picture_waits_and_too_many_are_told_to_come_back(
    ahead: Ahead, both: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert both("/timeline/chart.svg").html.startswith("<svg")
    monkeypatch.setattr(charts, "LONG", 0)
    answer = both("/timeline/chart.svg?from=2024-06-15&to=2024-06-30")
    assert (answer.status, answer.headers["Retry-After"]) == (202, "5")
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert answer.page.one("text").text.startswith("This is being worked out")


def test_without_the_second_process_the_page_comes_as_before(ahead: Ahead, both: Visit) -> None:
    ahead.close()
    assert both("/timeline/").status == 200


def test_it_comes_by_itself_and_others_are_quick_meanwhile(browser: Browser) -> None:
    with serving(WTO) as address:
        page, other = browser.new_page(), browser.new_page()
        watch = Watch(page, urlsplit(address).netloc)
        other.goto(f"{address}?on=2020-06-08")
        page.goto(f"{address}{LONG}")
        assert "is being worked out" in page.locator("[role=status]").inner_text()
        page.wait_for_selector("progress[value]")
        other.reload()
        assert other.locator(".verdict").count() == 1
        assert page.locator("progress").count() == 1  # it was answered while the other is at work
        assert Axe().run(page).violations_count == 0
        page.wait_for_selector("figure[data-drawn]")
        assert page.locator("table.stretches tbody tr").count() > 1
        watch.clean()
        page.close()
        other.close()


def test_without_scripts_it_is_asked_for_again(browser: Browser) -> None:
    with serving(WTO) as address:
        page = browser.new_context(java_script_enabled=False).new_page()
        page.set_default_timeout(PATIENCE * 1000)
        page.goto(f"{address}{LONG}")
        assert page.locator("a", has_text="Look again now").count() == 1
        page.wait_for_selector("table.stretches")
        page.close()


def test_files_that_changed_meanwhile_are_asked_anew(
    ahead: Ahead, serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(charts, "SOON", 0)
    path = tmp_path / "report-2024-06-20.txt"
    path.write_bytes(FIRST.read_bytes())
    visit = serve(path, SECOND)
    assert visit("/timeline/").status == 202
    path.write_bytes(FIRST.read_bytes() + b"\nSlovakia is against it.\n")
    until_ready(visit, "/timeline/")
    assert visit("/timeline/").status == 200
