"""The page in a real browser, wide and on a phone: sliders by key and by mouse, and no faults."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect

from nemcon.text import write_toml
from tests.server.browser import PATIENCE, ROOT, Watch, serving, settled
from tests.server.conftest import COOP, FIRST, SECOND
from tests.server.xss import HOSTILE, hostile_entries

SIZES = {"wide": (1280, 800), "phone": (390, 844)}
OPEN_ALL = "for (const each of document.querySelectorAll('details')) each.open = true"
expect.set_options(timeout=PATIENCE)

# Day by day: from which day on, the verdict, the stage, and how many are certain, open, against.
# The answers of the two reports with everything known; the slider goes through June.
JUNE = {
    "2024-06-09": ("Cannot tell", "open (perhaps already consensus reported)", (0, 32, 0)),
    "2024-06-18": ("Cannot tell", "open (perhaps already consensus reported)", (0, 32, 0)),
    "2024-06-19": ("Cannot tell", "open (perhaps already consensus reported)", (0, 32, 0)),
    "2024-06-20": ("Met", "consensus reported", (32, 0, 0)),
    "2024-06-24": ("Met", "consensus reported (perhaps already decided)", (32, 0, 0)),
    "2024-06-26": ("Met", "decided", (32, 0, 0)),
    "2024-06-30": ("Met", "decided", (32, 0, 0)),
}


@pytest.fixture(scope="module")
def own() -> Iterator[str]:
    """The address of a server about the two reports of the example."""
    with serving(FIRST, SECOND) as address:
        yield address


@pytest.fixture(scope="module")
def seeds(shared: Path) -> Iterator[str]:
    """The address of one about two other reports of the same days."""
    with serving(*sorted((shared / "seeds").glob("*.txt"))) as address:
        yield address


@pytest.fixture(params=["own", "seeds"])
def reports(request: pytest.FixtureRequest) -> str:
    found: str = request.getfixturevalue(request.param)
    return found


@pytest.fixture(params=SIZES)
def visit(request: pytest.FixtureRequest, browser: Browser, own: str) -> Iterator[Watch]:
    """A page of a size about the example; at the end nothing may have gone wrong."""
    yield from visiting(browser, own, SIZES[request.param])


@pytest.fixture(params=SIZES)
def replay(request: pytest.FixtureRequest, browser: Browser, reports: str) -> Iterator[Watch]:
    """The same about either two reports."""
    yield from visiting(browser, reports, SIZES[request.param])


def visiting(
    browser: Browser, address: str, size: tuple[int, int], *, script: bool = True
) -> Iterator[Watch]:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, java_script_enabled=script
    )
    watch = Watch(context.new_page(), urlsplit(address).netloc)
    watch.page.goto(address)
    yield watch
    watch.clean()
    context.close()


def shown(page: Page) -> tuple[str, str, tuple[int, ...]]:
    """The verdict, the stage and the numbers on the board."""
    verdict = page.locator("#verdict-title").inner_text().split(maxsplit=1)[1]
    stage = page.locator(".stage strong").inner_text()
    glance = page.locator(".glance").first.locator("li").all_inner_texts()
    return verdict, stage, tuple(int(text.split()[0]) for text in glance)


def slide(page: Page, field: str, day: str) -> None:
    """Move a slider to a day, by the arrow keys, and wait for the board."""
    slider = page.locator(f"#{field}-slider")
    slider.focus()
    first = page.locator(".when").get_attribute("data-first")
    wanted = page.evaluate("([a, b]) => (Date.parse(b) - Date.parse(a)) / 864e5", [first, day])
    steps = int(wanted) - int(slider.input_value())
    if not steps:
        return
    for _ in range(abs(steps)):
        page.keyboard.press("ArrowRight" if steps > 0 else "ArrowLeft")
    assert page.locator(f"#{field}").input_value() == day
    settled(page)


def test_both_sliders_replay_june_by_keyboard(replay: Watch) -> None:
    page = replay.page
    for day, answer in JUNE.items():
        slide(page, "on", day)
        assert shown(page) == answer
        assert page.locator("#on-slider").evaluate("e => e === document.activeElement")
    # Known on the 20th only: nothing is decided yet on the 26th, and the plan is no fact.
    slide(page, "on", "2024-06-26")
    slide(page, "known", "2024-06-20")
    assert shown(page)[:2] == ("Met", "consensus reported")
    assert "past what is known" in page.locator(".asked").inner_text()
    slide(page, "known", "2024-06-26")
    assert shown(page)[:2] == ("Met", "decided")


def test_on_2_october_with_what_was_known_in_june_he_is_not_in_office(replay: Watch) -> None:
    page = replay.page
    page.goto(page.url.partition("?")[0] + "?on=2024-10-02&known=2024-06-26")
    assert shown(page)[:2] == ("Met", "decided")
    page.locator("#known-slider").focus()
    page.keyboard.press("End")
    settled(page)
    assert page.locator("#known").input_value() == ""
    assert shown(page)[:2] == ("Met", "in office")


def test_a_slider_is_dragged(visit: Watch) -> None:
    page = visit.page
    slider = page.locator("#on-slider")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 2, box["y"] + box["height"] / 2, steps=12)
    page.mouse.up()
    settled(page)
    assert page.locator("#on").input_value() == page.locator(".when").get_attribute("data-first")
    assert shown(page)[0] == "Cannot tell"


def test_every_day_of_june_can_be_dragged_to(visit: Watch) -> None:
    """No mark on the slider draws the thumb to it: the days between are days to ask about."""
    page = visit.page
    slider = page.locator("#on-slider")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box is not None
    middle, seen = box["y"] + box["height"] / 2, set()
    page.mouse.move(box["x"] + 8, middle)
    page.mouse.down()
    for half in range(int(box["width"])):
        page.mouse.move(box["x"] + 8 + half / 2, middle)
        seen.add(page.locator("#on").input_value())
    page.mouse.up()
    settled(page)
    assert seen >= {f"2024-06-{day:02}" for day in range(1, 31)}


def test_buttons_go_to_the_days_on_which_something_changed(visit: Watch) -> None:
    page = visit.page
    slide(page, "on", "2024-06-26")
    page.get_by_role("button", name="Previous change: On").click()
    settled(page)
    assert page.locator("#on").input_value() == "2024-06-23"
    page.get_by_role("button", name="Next change: On").click()
    settled(page)
    assert page.locator("#on").input_value() == "2024-06-26"


def test_what_is_open_stays_open_and_the_address_can_be_quoted(visit: Watch) -> None:
    page = visit.page
    slide(page, "on", "2024-06-26")
    page.locator("#seat-1-romania summary").click()
    expect(page.locator("#seat-1-romania blockquote").first).to_be_visible()
    slide(page, "on", "2024-06-25")
    expect(page.locator("#seat-1-romania blockquote").first).to_be_visible()
    address = page.locator("#address").input_value()
    assert address == page.url
    assert page.locator("#said").inner_text().startswith("On 25 June 2024")
    board = page.locator(".verdict").inner_text()
    page.goto(address)
    assert page.locator(".verdict").inner_text() == board


def test_a_switch_changes_the_answer_at_once(visit: Watch) -> None:
    page = visit.page
    page.locator("#conventions summary").click()
    page.locator("#record").select_option("complete")
    page.wait_for_url(re.compile("record=complete"))
    expect(page.locator(".basis")).to_contain_text("record=complete")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_fault_of_accessibility(visit: Watch, scheme: str) -> None:
    page = visit.page
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    base = page.url.partition("?")[0]
    for query in ("?on=2024-06-26&since=2024-06-20&stale=2&compare=yes", "?on=2024-06-18", "?on=x"):
        answered = page.goto(base + query)
        assert answered is not None
        if answered.status == 400:
            visit.errors.clear()  # the browser tells of it on its console
        page.evaluate(OPEN_ALL)
        found = Axe().run(
            page,
            options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa",
                                 "best-practice"]},
        )  # fmt: skip
        assert found.violations_count == 0, found.generate_report()


def test_nothing_is_wider_than_the_window_and_targets_are_large_enough(visit: Watch) -> None:
    page = visit.page
    page.evaluate(OPEN_ALL)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, select, summary, input:not([type=hidden])")]
            .filter((each) => each.offsetParent)
            .map((each) => [each.id || each.innerText, each.getBoundingClientRect()])
            .filter(([, box]) => box.height < 20 || box.width < 20)
            .map(([name]) => name)"""
    )
    assert small == []


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_without_script_a_form_asks_the_same(
    browser: Browser, own: str, size: tuple[int, int]
) -> None:
    for watch in visiting(browser, own, size, script=False):
        page = watch.page
        expect(page.locator("#on-slider")).to_be_hidden()
        page.locator("#on").fill("2024-06-24")
        page.locator("#known").fill("2024-06-26")
        page.get_by_role("button", name="Show").click()
        page.wait_for_url(re.compile("on=2024-06-24"))
        assert shown(page) == JUNE["2024-06-24"]
        page.locator("#seat-1-romania summary").click()
        expect(page.locator("#seat-1-romania blockquote").first).to_be_visible()


def test_a_member_is_found_by_a_part_of_its_name(visit: Watch) -> None:
    page = visit.page
    shown_rows = page.locator(".side").first.locator(".seats > li:visible .who")
    assert shown_rows.count() == 32
    page.get_by_label("Find a member").fill("turk")
    assert shown_rows.all_inner_texts() == ["Türkiye"]
    slide(page, "on", "2024-06-18")  # it stays so when the board is exchanged
    assert shown_rows.all_inner_texts() == ["Türkiye"]
    assert page.get_by_label("Find a member").input_value() == "turk"
    page.get_by_label("Find a member").fill("atlantis")
    expect(page.locator("#found")).to_have_text("Nobody here is called so.")
    assert shown_rows.count() == 0
    page.get_by_label("Find a member").fill("")
    expect(page.locator("#found")).to_have_text("")
    assert shown_rows.count() == 32


def test_the_keyboard_reaches_the_verdict_first(visit: Watch) -> None:
    page = visit.page
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the verdict")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#board")).to_be_focused()


def test_fifty_members_on_the_narrowest_phone(browser: Browser, tmp_path: Path) -> None:
    many = "".join(
        f'\n[[membership]]\nmember = "m{n}"\nhappened = "2021-01-01"\n'
        f'[[party]]\nname = "m{n}"\ntitle = "Vereinigte Gemeinschaft Nummer {n}"\n'
        for n in range(50)
    )
    path = tmp_path / "many.toml"
    path.write_text(COOP.read_text("utf-8") + many, "utf-8")
    with serving(path) as address:
        for watch in visiting(browser, address + "?on=2024-03-11", (360, 740)):
            page = watch.page
            assert page.locator(".seat").count() == 53
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_hostile_text_does_nothing(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "hostile.toml"
    address = "javascript:document.title='owned'"
    path.write_text(write_toml(hostile_entries("\n".join(HOSTILE), address)), "utf-8")
    with serving(path) as served:
        for watch in visiting(browser, served + "?since=2024-01-01", SIZES["wide"]):
            page = watch.page
            page.evaluate(
                "for (const each of document.querySelectorAll('details')) each.open = true"
            )
            page.wait_for_timeout(300)
            assert page.title().endswith("– Nemcon")
            assert page.locator("script").count() == 2
            assert page.locator("iframe, object, embed, base, style").count() == 0
            assert page.locator("img:not(.drawn), .drawn[src^='http']").count() == 0


class TestCommand:
    def test_a_port_in_use_is_told(self) -> None:
        with serving(COOP) as address:
            port = str(urlsplit(address).port)
            command = [sys.executable, "-m", "nemcon", "serve", str(COOP), "--port", port]
            done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 2
        assert done.stderr.startswith(f"nemcon: port {port} is in use")
        assert "Traceback" not in done.stderr

    def test_ctrl_c_ends_it_quietly(self) -> None:
        command = [sys.executable, "-m", "nemcon", "serve", str(COOP), "--port", "0"]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline().startswith("Open http://127.0.0.1:")
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=30)
        assert (process.returncode, err) == (0, "")
        assert out.endswith("Stopped.\n")

    def test_a_missing_file_is_told_before_anything_is_served(self, tmp_path: Path) -> None:
        command = [sys.executable, "-m", "nemcon", "serve", str(tmp_path / "none.txt")]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert (done.returncode, done.stdout) == (2, "")
        assert "there is no such file" in done.stderr

    def test_open_to_the_network_it_warns_and_refuses_other_names(self) -> None:
        command = [sys.executable, "-m", "nemcon", "serve", str(COOP), "--port", "0"]
        more = ["--host", "0.0.0.0", "--name", "desk.example"]
        with subprocess.Popen(
            [*command, *more], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
        ) as process:
            assert process.stdout is not None
            port = urlsplit(process.stdout.readline().split()[1]).port
            answers = {}
            for name in ("desk.example", "evil.example"):
                connection = HTTPConnection("127.0.0.1", port, timeout=30)
                connection.request("GET", "/", headers={"Host": name})
                answers[name] = connection.getresponse().status
                connection.close()
            process.send_signal(signal.SIGTERM)
            _, err = process.communicate(timeout=30)
        assert answers == {"desk.example": 200, "evil.example": 400}
        assert err.startswith(
            "nemcon: whoever reaches 0.0.0.0 on your network can read all of this"
        )
        assert "Traceback" not in err
