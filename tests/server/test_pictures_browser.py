"""The pictures of power and of roll calls in Chromium: drawn, narrow, dark, without scripts."""

from __future__ import annotations

import time
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page

from tests.server.browser import PATIENCE, Watch, serving
from tests.server.conftest import ROOT

SESSION = ROOT / "examples" / "un-ga-74" / "roll-calls.csv"
BOARD = Path(__file__).with_name("board.toml")
WIDTHS = {"desktop": 1280, "phone": 390}
ROLL_CALLS = "roll-calls/?of=roll-calls&with=France&rule=un-ga-simple&rule=un-ga-two-thirds"
POWER = "rules/eu-qmv/?on=2024-06-17"
VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push([event.violatedDirective, event.blockedURI, event.sourceFile]));
"""


@pytest.fixture(scope="module")
def served() -> Iterator[str]:
    with serving(BOARD, SESSION) as address:
        yield address


def drawn(page: Page) -> list[str | None]:
    """How each figure was drawn, once all of them are."""
    figures = page.locator("figure[data-chart]")
    for number in range(figures.count()):
        page.wait_for_selector(f"figure[data-chart] >> nth={number}", timeout=PATIENCE)
    told: list[str | None] = []
    for _ in range(PATIENCE // 50):
        told = [f.get_attribute("data-drawn") for f in figures.all()]
        if all(told):
            return told
        page.wait_for_timeout(50)
    raise AssertionError(told)


@pytest.mark.parametrize(
    ("size", "scheme"),
    [
        ("desktop", "light"),
        ("phone", "dark"),
        pytest.param("desktop", "dark", marks=pytest.mark.slow),
        pytest.param("phone", "light", marks=pytest.mark.slow),
    ],
)
@pytest.mark.parametrize(("where", "figures"), [(ROLL_CALLS, 4), (POWER, 1)])
def test_pictures_are_drawn_under_the_policy(
    browser: Browser, served: str, where: str, figures: int, size: str, scheme: str
) -> None:
    """At both widths, light and dark: no fault, no stranger, nothing wider than the page, and
    nothing that axe finds.
    """
    view = {"width": WIDTHS[size], "height": 900}
    page = browser.new_page(color_scheme=scheme, viewport=view)  # type: ignore[arg-type]
    watch = Watch(page, urlsplit(served).netloc)
    page.add_init_script(VIOLATIONS)
    page.goto(served + where)
    assert drawn(page) == [scheme] * figures
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.evaluate("window.violations") == []
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    watch.clean()
    page.close()


def test_numbers_under_the_pointer(browser: Browser, served: str) -> None:
    page = browser.new_page()
    page.goto(served + POWER)
    drawn(page)
    page.locator('.chart svg path[aria-label*="Germany"]').first.hover(force=True)
    page.wait_for_selector("#vg-tooltip-element.visible")
    told = page.locator("#vg-tooltip-element").inner_text()
    for text in ("Germany", "12.05 %", "17.61 %", "18.56 %"):
        assert text in told
    page.close()


def test_a_picture_follows_the_width_of_the_page(browser: Browser, served: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(served + POWER)
    drawn(page)
    wide = page.evaluate("document.querySelector('.chart svg').getBoundingClientRect().width")
    page.set_viewport_size({"width": 390, "height": 900})
    now = wide
    for _ in range(PATIENCE // 50):  # the page's policy allows no waiting by evaluated code
        now = page.evaluate("document.querySelector('.chart svg').getBoundingClientRect().width")
        if now < 390:
            break
        page.wait_for_timeout(50)
    assert now < 390 < wide
    page.close()


def test_everybody_in_one_matrix_on_a_phone(browser: Browser, served: str) -> None:
    """It scrolls in its own frame, with the keyboard too."""
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(f"{served}roll-calls/?of=roll-calls&all=yes")
    drawn(page)
    frame = page.locator(".chart.framed")
    inner, outer = frame.evaluate("each => [each.scrollWidth, each.clientWidth]")
    assert outer <= 390 < 2500 < inner
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    frame.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(400)
    assert frame.evaluate("each => each.scrollLeft") > 0
    page.close()


def test_choosing_rules_and_a_member_with_the_keyboard(browser: Browser, served: str) -> None:
    page = browser.new_page()
    page.goto(f"{served}roll-calls/?of=roll-calls")
    drawn(page)
    page.locator("summary", has_text="Choose rules").press("Enter")
    page.locator("#rule-nato-consensus").press("Space")
    page.locator("form.choose button").press("Enter")
    page.wait_for_url("**rule=nato-consensus**")
    assert "NATO: decision by consensus" in page.locator("#rules table").first.inner_text()
    page.locator("#with").fill("japan")
    page.locator("#with").press("Enter")
    page.wait_for_url("**with=japan**")
    assert "Who votes like Japan" in page.locator("#alike h3").first.inner_text()
    assert page.locator("#rule-nato-consensus").is_checked()  # the other choice is kept
    page.close()


@pytest.mark.parametrize("where", [ROLL_CALLS, POWER])
def test_without_scripts_there_are_pictures_and_tables(
    browser: Browser, served: str, where: str
) -> None:
    pytest.importorskip("vl_convert")
    page = browser.new_context(java_script_enabled=False).new_page()
    watch = Watch(page, urlsplit(served).netloc)
    page.goto(served + where)
    images = page.locator("noscript .on-screen img")
    assert images.count() == page.locator("figure").count() > 0
    for image in images.all():
        image.scroll_into_view_if_needed()
        assert image.get_attribute("alt")
        size = image.bounding_box()
        assert size is not None
        assert size["width"] > 100
        assert size["height"] > 100
    assert page.locator("table.numbers").first.is_visible()
    watch.clean()
    page.close()


WHITE = """async (source) => {
    const image = new Image();
    image.src = source;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    let white = 0;
    for (let n = 0; n < data.length; n += 4)
        white += Math.min(data[n], data[n + 1], data[n + 2]) === 255;
    return white * 4 / data.length;
}"""


def white(browser: Browser, picture: bytes) -> float:
    """How much of a picture is as white as paper."""
    page = browser.new_page()
    share: float = page.evaluate(WHITE, f"data:image/png;base64,{b64encode(picture).decode()}")
    page.close()
    return share


@pytest.mark.parametrize("where", [ROLL_CALLS, POWER, "timeline/?matter=crane"])
def test_from_a_dark_screen_it_is_printed_on_white(
    browser: Browser, served: str, where: str
) -> None:
    """What is printed is drawn beforehand: a print waits for nothing."""
    page = browser.new_page(color_scheme="dark")
    watch = Watch(page, urlsplit(served).netloc)
    page.goto(served + where)
    figures = page.locator("figure[data-chart]")
    figures.first.wait_for(timeout=PATIENCE)
    for number in range(figures.count()):
        page.wait_for_selector(f"figure[data-paper=light] >> nth={number}")
        chart = figures.nth(number).locator(".chart:visible")
        assert white(browser, chart.screenshot()) < 0.1
    page.emulate_media(media="print", color_scheme="dark")
    for figure in figures.all():
        chart = figure.locator(".chart:visible")
        assert chart.count() == 1
        assert white(browser, chart.screenshot()) > 0.3
        assert figure.get_attribute("data-drawn") == "dark"
    watch.clean()
    page.close()


@pytest.mark.parametrize("where", ["?matter=crane", POWER])
def test_without_scripts_a_picture_is_printed_on_white_too(
    browser: Browser, served: str, where: str
) -> None:
    pytest.importorskip("vl_convert")
    context = browser.new_context(color_scheme="dark", java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(served + where)
    if where != POWER:
        page.locator("#over-time summary").click()
    screen, paper = page.locator(".on-screen img").first, page.locator(".on-paper img").first
    for image in (screen, paper):
        until = time.monotonic() + PATIENCE / 1000
        while not image.evaluate("e => e.complete && e.naturalWidth > 0"):
            assert time.monotonic() < until, "the picture is not drawn"
            page.wait_for_timeout(50)
    assert white(browser, screen.screenshot()) < 0.1
    page.emulate_media(media="print", color_scheme="dark")
    assert not screen.is_visible()
    assert white(browser, paper.screenshot()) > 0.3
    context.close()


def test_on_paper_nothing_is_cut_off(browser: Browser, served: str) -> None:
    page = browser.new_page()
    page.goto(served + ROLL_CALLS)
    drawn(page)
    page.emulate_media(media="print")
    for frame in page.locator(".chart, .scroll.framed").all():
        assert frame.evaluate("e => getComputedStyle(e).maxHeight") == "none"
    assert not page.locator("form.pick").first.is_visible()
    page.close()
