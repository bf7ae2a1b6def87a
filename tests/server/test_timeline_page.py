"""The page over time: its table, its specification, its picture; and the chart in Chromium."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser

from tests.server.browser import Watch, serving
from tests.server.conftest import COOP, FIRST, ROOT, SECOND, Serve, Visit
from tools import vendor, vendor_parts

VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push([event.violatedDirective, event.blockedURI, event.sourceFile]));
"""


def test_the_scripts_are_as_they_were_published() -> None:
    assert vendor.check() == []


def test_every_script_is_told_of_with_its_licence(root: Path) -> None:
    told = (root / "THIRD-PARTY.md").read_text("utf-8")
    page = root / "src" / "nemcon" / "server" / "templates" / "nemcon" / "timeline.html"
    for package in vendor.PACKAGES:
        assert f"`{package.target}`" in told
        assert f"nemcon/vendor/{package.target}" in page.read_text("utf-8")


def test_every_work_of_others_in_a_script_is_told_of_with_its_licence(root: Path) -> None:
    told = (root / "THIRD-PARTY.md").read_text("utf-8")
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    licences = {"Apache-2.0", "BSD-3-Clause"}  # ours, and that of Vega's makers
    for name, parts in vendor_parts.PARTS.items():
        licences |= {part.licence for part in parts}
        for licence in {part.licence for part in parts}:
            names = ", ".join(sorted(part.name for part in parts if part.licence == licence))
            assert f"| {licence} | `{name}` | {names} |" in told
    assert project["license"] == " AND ".join(sorted(licences))
    notices = {path for glob in project["license-files"] for path in root.glob(glob)}
    assert {path.name for path in notices} == {
        "LICENSE",
        "THIRD-PARTY.md",
        *(f"{name}.LICENSE.txt" for name in vendor_parts.PARTS),
        *(f"{name}.PARTS.txt" for name, parts in vendor_parts.PARTS.items() if parts),
    }


def test_notices_that_leave_a_part_out_are_found() -> None:
    assert vendor_parts.missing(
        "vega-embed", "=== semver (ISC) ===\n=== fast-deep-equal (MIT) ===\n"
    ) == [
        "vega-embed.PARTS.txt does not name fast-json-patch (MIT)",
        "vega-embed.PARTS.txt does not name json-stringify-pretty-compact (MIT)",
    ]


def test_the_table_holds_the_numbers(both: Visit) -> None:
    answer = both("/timeline/")
    assert answer.status == 200
    for text in ("10 to 19 June 2024", "cannot tell", "0 to 32 of 32", "32 of 32", "Türkiye"):
        assert text in answer.html, text


def test_a_row_tells_of_the_candidates_of_whom_something_changed(serve: Serve) -> None:
    un = ROOT / "examples" / "un-sg-2016"
    visit = serve(un / "selection.toml", body="un-security-council")
    rows = visit("/timeline/?matter=sg-2016").page.one("tbody").all("tr")
    told = [row.one("td", **{"data-label": "Support"}).text for row in rows]
    names = [text.count(" of 15") for text in told]
    assert names[0] >= 12
    assert sorted(names[1:])[len(names) // 2] == 1


def test_the_specification_and_the_picture(both: Visit) -> None:
    light, dark = both("/timeline/chart.json"), both("/timeline/chart.json?look=dark")
    assert light.headers["Content-Type"] == "application/json"
    papers = [json.loads(each.html)["config"]["background"] for each in (light, dark)]
    assert papers == ["#ffffff", "#16181d"]
    picture = both("/timeline/chart.svg?from=2024-06-15&to=2024-06-30")
    assert picture.headers["Content-Type"] == "image/svg+xml"
    assert picture.headers["Content-Disposition"] == (
        'inline; filename="sg-2024-2024-06-15-2024-06-30.svg"'
    )
    assert picture.html.startswith("<svg")


@pytest.mark.parametrize(
    ("query", "status", "told"),
    [
        ("from=soon", 400, "is no date"),
        ("from=2024", 400, "is more than one day"),
        ("from=2024-06-20&to=2024-06-10", 400, "lies before"),
        ("matter=none", 400, "there is no matter"),
        ("known=1990-01-01", 404, ""),
    ],
)
def test_what_cannot_be_asked_is_told(both: Visit, query: str, status: int, told: str) -> None:
    answer = both(f"/timeline/?{query}")
    assert answer.status == status
    assert told in answer.html


def test_a_motion_has_a_page_too(serve: Serve) -> None:
    answer = serve(COOP)("/timeline/")
    assert answer.status == 200
    assert "2 of 3" in answer.html


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_chart_is_drawn_under_the_policy(browser: Browser, scheme: str) -> None:
    """No eval, no inline style, no message, and nothing from anywhere else."""
    with serving(FIRST, SECOND) as address:
        page = browser.new_page(color_scheme=scheme)  # type: ignore[arg-type]
        watch = Watch(page, urlsplit(address).netloc)
        page.add_init_script(VIOLATIONS)
        page.goto(f"{address}timeline/")
        page.wait_for_selector("figure[data-drawn]")
        assert page.get_attribute("figure", "data-drawn") == scheme
        assert "roll 32" in page.locator(".chart svg text").all_text_contents()
        page.locator('.chart svg path[aria-label*="0 to 32 of 32"]').first.hover(force=True)
        page.wait_for_selector("#vg-tooltip-element.visible")
        assert "0 to 32 of 32" in page.locator("#vg-tooltip-element").inner_text()
        assert page.evaluate("window.violations") == []
        watch.clean()
        page.close()


def test_names_are_no_markup_in_the_chart(browser: Browser, tmp_path: Path) -> None:
    text = COOP.read_text("utf-8").replace(
        'title = "Ana Blé"', "title = \"<img src=x onerror='window.harmed=1'>\""
    )
    file = tmp_path / "hostile.toml"
    file.write_text(text, "utf-8")
    with serving(file) as address:
        page = browser.new_page()
        watch = Watch(page, urlsplit(address).netloc)
        page.goto(f"{address}timeline/?from=2024-03-09&to=2024-03-12")
        page.wait_for_selector("figure[data-drawn=light]")
        page.locator('.chart svg path[aria-label*="onerror"]').first.hover(force=True)
        page.wait_for_selector("#vg-tooltip-element.visible")
        assert "<img src=x" in page.locator("#vg-tooltip-element").inner_text()
        assert page.evaluate("window.harmed") is None
        assert page.locator("main img").count() == 0
        watch.clean()
        page.close()


def test_axe_finds_nothing(browser: Browser) -> None:
    with serving(FIRST, SECOND) as address:
        page = browser.new_page()
        page.goto(f"{address}timeline/")
        page.wait_for_selector("figure[data-drawn=light]")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        page.close()


def test_without_scripts_the_table_and_the_picture_are_there(browser: Browser) -> None:
    with serving(COOP) as address:
        page = browser.new_context(java_script_enabled=False).new_page()
        page.goto(f"{address}timeline/")
        assert "2 of 3" in page.locator("table").inner_text()
        page.wait_for_load_state()  # on a busy machine this is the page after the one that waits
        drawn = page.locator("main picture.on-screen img")
        assert drawn.evaluate("image => image.decode().then(() => image.naturalWidth > 300)")
        page.close()


def test_days_are_chosen_and_given_up_again(browser: Browser) -> None:
    with serving(COOP) as address:
        page = browser.new_page()
        page.goto(f"{address}timeline/?intent=yes&from=2024-03-09&to=2024-03-12")
        assert page.get_by_label("From", exact=True).input_value() == "2024-03-09"
        page.get_by_label("To", exact=True).fill("2024-03-11")
        page.get_by_role("button", name="Show").click()
        assert "From 9 March 2024 to 11 March 2024" in page.locator("header").inner_text()
        assert "intent=yes" in page.url
        page.get_by_role("link", name="All the days").click()
        assert page.get_by_label("From", exact=True).input_value() == "2024-03-10"
        assert "intent=yes" in page.url
        assert "from=" not in page.url
        assert page.get_by_role("link", name="All the days").count() == 0
        page.close()
