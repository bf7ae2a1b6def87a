"""The page on paper, far enlarged, in the reader's own colours, by keyboard, large and empty."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect

from nemcon.text import write_toml
from tests.review.mill import Mill
from tests.server.browser import ROOT, Watch, serving, settled
from tests.server.conftest import COOP, FIRST, SECOND
from tests.server.greek import greek
from tests.server.test_browser import OPEN_ALL, SIZES, slide

ASKED = "?on=2024-06-24&known=2024-06-26&since=2024-06-20&compare=yes"
FITS = "document.documentElement.scrollWidth <= innerWidth"


@pytest.fixture(scope="module")
def own() -> Iterator[str]:
    with serving(FIRST, SECOND) as address:
        yield address


@contextmanager
def opened(
    browser: Browser, address: str, width: int = 1280, height: int = 800, **media: Any
) -> Iterator[Page]:
    """A page; at the end nothing may have gone wrong."""
    context = browser.new_context(viewport={"width": width, "height": height}, **media)
    watch = Watch(context.new_page(), urlsplit(address).netloc)
    watch.page.goto(address)
    yield watch.page
    watch.clean()
    context.close()


def faultless(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def light(colour: str) -> float:
    """How light a colour is, from 0 (black) to 1; one that is seen through counts as white."""
    parts = [float(each) for each in re.findall(r"[\d.]+", colour)]
    return 1.0 if parts[3:] == [0.0] else sum(parts[:3]) / 765


def test_on_a_phone_the_first_screen_holds_the_answer(browser: Browser, own: str) -> None:
    """The verdict, its stage and what is needed, below sliders that do not move meanwhile."""
    with opened(browser, own + "?on=2024-06-24&known=2024-06-26", 390, 844) as page:
        for place in ("#verdict-title", ".stage", ".needed"):
            expect(page.locator(place)).to_be_in_viewport(ratio=1)
        before = page.locator("#on-slider").bounding_box()
        page.locator("#on-slider").focus()
        page.keyboard.press("Home")
        settled(page)
        expect(page.locator("#verdict-title")).to_contain_text("Cannot tell")
        assert page.locator("#on-slider").bounding_box() == before
        expect(page.get_by_role("button", name="Show")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("name", "size"), SIZES.items())
def test_the_picture_over_time_opens_on_the_page_and_stays(
    browser: Browser, own: str, name: str, size: tuple[int, int], scheme: str
) -> None:
    with opened(browser, own + "?on=2024-06-24", *size, color_scheme=scheme) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        assert not [each for each in asked if "chart.svg" in each]
        page.locator("#over-time summary").click()
        image = page.locator("#over-time .on-screen img")
        until = time.monotonic() + 60
        while not image.evaluate("e => e.complete && e.naturalWidth > 0"):
            assert time.monotonic() < until, "the picture is not drawn"
            page.wait_for_timeout(50)
        drawn, *more = (each for each in asked if "chart.svg" in each)
        assert ("room=360" in drawn) == (name == "phone")
        assert ("look=dark" in drawn) == (scheme == "dark")
        # Only a dark one is of no use on paper.
        assert [each for each in more if each != drawn.replace("&look=dark", "")] == []
        assert len(more) <= (scheme == "dark")
        # Its letters are as large as they were drawn.
        scale = image.evaluate("e => e.getBoundingClientRect().width / e.naturalWidth")
        assert scale > 0.95
        slide(page, "on", "2024-06-26")
        expect(image).to_be_visible()
        assert len([each for each in asked if "chart.svg" in each]) <= 1 + (scheme == "dark")
        assert page.evaluate(FITS)
        faultless(page)


class TestOnPaper:
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_black_on_white_with_everything_that_names_the_answer(
        self, browser: Browser, own: str, scheme: str
    ) -> None:
        with opened(browser, own + ASKED, 700, 1000, color_scheme=scheme) as page:
            page.emulate_media(media="print", color_scheme=scheme)  # type: ignore[arg-type]
            for place in ("body", ".verdict", ".asked", ".basis", "blockquote", ".report-text"):
                colours = page.locator(place).first.evaluate(
                    "e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]"
                )
                assert light(colours[0]) < 0.3, place
                assert light(colours[1]) > 0.95, place
            sheet = page.locator("body").inner_text()
            for part in (
                "On 24 June 2024, as known on 26 June 2024", "Met", "intent=no, record=reported",
                "Since 20 June 2024", "record=complete", page.locator("#address").input_value(),
            ):  # fmt: skip
                assert part in sheet, part
            for place in ("button", "input", "select", ".controls", ".site", "footer"):
                for each in page.locator(place).all():
                    expect(each).to_be_hidden()
            assert page.evaluate(FITS)

    def test_all_that_bears_on_the_answer_is_there_and_nothing_that_a_click_would_open(
        self, browser: Browser, own: str
    ) -> None:
        with opened(browser, own + "?on=2024-06-26") as page:
            page.emulate_media(media="print")
            seen = "e => e.checkVisibility()"
            reports = page.locator(".report-text").all()
            assert [each.evaluate(seen) for each in reports] == [True, True]
            expect(page.locator("#compare-title")).to_be_visible()
            expect(page.locator("#compare a")).to_be_hidden()
            expect(page.locator("#roll")).to_be_hidden()
            expect(page.locator("#holders")).to_be_hidden()
            signs = {each.evaluate("e => getComputedStyle(e).listStyleType")
                     for each in page.locator("summary").all()}  # fmt: skip
            assert signs == {"none"}

    def test_the_addresses_of_sources_stand_beside_their_links(
        self, browser: Browser, tmp_path: Path
    ) -> None:
        path = tmp_path / "enosi.toml"
        path.write_text(write_toml(greek()), "utf-8")
        asked = "?matter=epilogi&on=2024-03-05&since=2024-02-21"
        with serving(path) as address, opened(browser, address + asked) as page:
            page.emulate_media(media="print")
            link = page.locator("a[rel~=external]").first
            told = link.evaluate("e => getComputedStyle(e, '::after').content")
            assert "https://example.org/a" in told or "attr(href)" in told

    def test_neither_chart_nor_table_is_cut(self, browser: Browser, own: str) -> None:
        with opened(browser, f"{own}timeline/?from=2024-06-01", 700, 1000) as page:
            page.wait_for_selector("figure[data-drawn]")
            page.emulate_media(media="print")
            for place in (".chart svg", "table"):
                box = page.locator(place).first.bounding_box()
                assert box is not None
                assert box["x"] >= 0
                assert box["x"] + box["width"] <= 700
            assert page.evaluate(FITS)

    def test_it_can_be_printed(self, browser: Browser, own: str) -> None:
        with opened(browser, own + ASKED, color_scheme="dark") as page:
            sheets = page.pdf(format="A4").count(b"/Type /Page\n")
            assert 3 <= sheets <= 9


@pytest.mark.parametrize("asked", [ASKED, "?on=x", "member/romania/?on=2024-06-24", "rules/"])
def test_enlarged_four_times_nothing_runs_out_of_sight(
    browser: Browser, own: str, asked: str
) -> None:
    """1280 wide at 400 per cent is 320: one column, to be read without scrolling sideways."""
    context = browser.new_context(viewport={"width": 320, "height": 256})
    page = context.new_page()
    page.goto(own + asked)
    page.evaluate(OPEN_ALL)
    assert page.evaluate(FITS)
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_the_readers_own_colours_shapes_still_tell(
    browser: Browser, own: str, scheme: str
) -> None:
    with opened(browser, own + ASKED, forced_colors="active", color_scheme=scheme) as page:
        looks = {
            page.locator(f".glance .key.{stand}").first.evaluate(
                "e => getComputedStyle(e).backgroundImage + getComputedStyle(e).backgroundColor"
            )
            for stand in ("certain", "open", "against")
        }
        assert len(looks) == 3
        fills = page.locator(".bar rect").evaluate_all(
            "all => all.map((e) => getComputedStyle(e).fill)"
        )
        assert fills[0] not in fills[1:]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("forced", ["none", "active"])
def test_who_objects_has_a_mark_of_its_own(browser: Browser, scheme: str, forced: str) -> None:
    """Not by colour alone: it has corners and a cross, where the others are round."""
    files = sorted((ROOT / "examples" / "cooperative").glob("*.toml"))
    with serving(*files) as address:
        asked = f"{address}?matter=solar-roof-march&on=2026-03-14"
        with opened(browser, asked, 390, 844, forced_colors=forced, color_scheme=scheme) as page:
            marks = {
                stand: page.locator(f".glance .key.{stand}").evaluate(
                    "e => [getComputedStyle(e).borderRadius, getComputedStyle(e).backgroundImage]"
                )
                for stand in ("certain", "open", "against", "objecting")
            }
            assert "50%" not in marks["objecting"][0]
            assert {marks[each][0] for each in ("certain", "open", "against")} == {"50%"}
            assert marks["objecting"][1].count("linear-gradient") == 2
            fills = (
                page.locator(".side .bar")
                .first.locator("rect")
                .evaluate_all("all => all.map((e) => getComputedStyle(e).fill)")
            )
            assert "cross-1" in fills[-1]
            assert page.evaluate(FITS)
            faultless(page)


def test_whoever_wants_no_motion_sees_none(browser: Browser, own: str) -> None:
    with opened(browser, own + ASKED, reduced_motion="reduce") as page:
        moving = page.evaluate(
            """() => [...document.querySelectorAll("*")].filter((e) => {
                 const style = getComputedStyle(e);
                 return style.animationName !== "none" || (style.transitionProperty !== "none"
                   && parseFloat(style.transitionDuration) > 0); }).length"""
        )
        assert moving == 0


def test_what_cannot_be_answered_is_told_beside_the_controls(
    browser: Browser, tmp_path: Path
) -> None:
    mill = Mill(tmp_path / "mill.nemcon", live=True)
    with serving(mill.path) as address:
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        page = context.new_page()
        page.goto(address + "?on=2024-07-01")
        board = page.locator(".verdict").inner_text()
        page.locator("#record-time summary").click()
        told = page.locator("#refused")
        expect(told).to_be_hidden()
        page.locator("#recorded").fill("soon")
        page.keyboard.press("Tab")
        expect(told).to_contain_text("recorded: 'soon' is no date")
        assert page.locator(".verdict").inner_text() == board
        page.locator("#recorded").fill("")
        page.keyboard.press("Tab")
        expect(told).to_be_hidden()
    page.locator("#recorded").fill("2030")  # the server is gone
    page.keyboard.press("Tab")
    expect(told).to_contain_text("The server does not answer")
    assert page.locator(".verdict").inner_text() == board
    context.close()


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_by_keyboard_alone_from_the_slider_to_a_quotation(
    browser: Browser, own: str, size: tuple[int, int]
) -> None:
    with opened(browser, own + "?on=2024-06-26", *size) as page:
        keys = page.keyboard

        def tab_to(selector: str, most: int = 90) -> None:
            for _ in range(most):
                keys.press("Tab")
                here = page.evaluate(
                    "() => { const e = document.activeElement, box = e.getBoundingClientRect();"
                    " const { outlineStyle } = getComputedStyle(e);"
                    " return [e.outerHTML.slice(0, 90), outlineStyle !== 'none',"
                    " box.bottom > 0 && box.top < innerHeight]; }"
                )
                assert here[1:] == [True, True], f"{here[0]} is not seen, or not to be focused"
                if page.evaluate("s => document.activeElement.matches(s)", selector):
                    return
            raise AssertionError(f"the Tab key does not lead to {selector}")

        tab_to("#on-slider")
        for _ in range(2):
            keys.press("ArrowLeft")
        settled(page)
        expect(page.locator("#verdict-title")).to_contain_text("Met")
        assert "on=2024-06-24" in page.url
        tab_to("#conventions summary")
        keys.press("Enter")
        tab_to("#intent")
        keys.press("Space")
        page.wait_for_url(re.compile("intent=yes"))
        settled(page)
        tab_to("#seat-1-albania summary")
        keys.press("Enter")
        expect(page.locator("#seat-1-albania .said")).to_be_visible()
        tab_to("#address", most=200)


def members(number: int, folder: Path) -> Path:
    many = "".join(
        f'\n[[membership]]\nmember = "m{n}"\nhappened = "2021-01-01"\n'
        f'[[party]]\nname = "m{n}"\ntitle = "Vereinigte Gemeinschaft der Größe Nummer {n}"\n'
        for n in range(number)
    )
    path = folder / "many.toml"
    path.write_text(COOP.read_text("utf-8") + many, "utf-8")
    return path


@pytest.mark.parametrize(("number", "size"), [(50, (360, 740)), (200, (1280, 800))])
def test_many_members_with_long_names(
    browser: Browser, tmp_path: Path, number: int, size: tuple[int, int]
) -> None:
    """Name and date of a member stand in one row, whose mark is on the line of its name."""
    with (
        serving(members(number, tmp_path)) as address,
        opened(browser, address + "?on=2024-03-11", *size) as page,
    ):
        assert page.locator(".seat").count() == number + 3
        assert page.evaluate(FITS)
        heights = page.locator(".seat > summary").evaluate_all(
            "all => all.map((e) => e.getBoundingClientRect().height)"
        )
        assert max(heights) < 90  # three lines
        rows = page.locator(".seat .who").evaluate_all(
            "all => all.map((e) => e.getBoundingClientRect().top"
            " - e.parentElement.getBoundingClientRect().top)"
        )
        assert max(rows) < 10
        faultless(page)


BODY = '[body]\nname = "b"\ntitle = "Bund"\n'
EMPTY = {
    "no matter": (BODY, "No matter to decide yet"),
    "no member": (BODY + '[matter]\nname = "x"\nrule = "nato-consensus"\n', "No member is known"),
    "no rule": (BODY + '[matter]\nname = "x"\n', "No rule is known for this matter"),
    "no candidate": (
        BODY + '[office]\nname = "chair"\ntitle = "Chair"\n[matter]\nname = "x"\n'
        'sort = "selection"\noffice = "chair"\nrule = "nato-secretary-general"\n'
        '[[membership]]\nmember = "a"\nhappened = "2020"\n',
        "Nobody runs",
    ),
    "no report": (COOP.read_text("utf-8"), "The reports, and what was read in them"),
}


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("case", EMPTY)
def test_where_something_is_missing_it_says_so(
    browser: Browser, tmp_path: Path, case: str, size: tuple[int, int]
) -> None:
    text, told = EMPTY[case]
    path = tmp_path / "empty.toml"
    path.write_text(text, "utf-8")
    with serving(path) as address, opened(browser, address, *size) as page:
        assert told in page.locator("main").inner_text()
        assert "Met" not in page.locator("#verdict-title").inner_text().split()
        assert page.evaluate(FITS)
        faultless(page)
