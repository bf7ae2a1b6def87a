"""Another language: one catalogue, no code; nothing of ours stays behind in English unmarked."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from django.test import Client
from playwright.sync_api import Browser, expect

from nemcon.text import write_toml
from tests.review.mill import TEXT, Mill
from tests.server import pseudo
from tests.server.browser import PATIENCE, Watch, serving, settled
from tests.server.conftest import Visit
from tests.server.greek import greek
from tests.server.test_browser import OPEN_ALL, SIZES
from tools import messages

VEGA = re.compile(r"(Title|Subtitle) text '")
"""What Vega says of itself before the words of a title, which it cannot be told to leave."""

IDS = ("epilogi", "kanonas", "allo", "Esperanto")

# What a person can see or hear of a page, but for codes and what is told to be English; to a
# browser with scripts, what is for those without is one text with its tags.
SEEN = """() => {
  const skipped = "[lang=en], [lang=la], code, script, noscript, style, input[type=text]";
  const out = [];
  const walk = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_ALL);
  for (let node = walk.currentNode; node; node = walk.nextNode()) {
    const of = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    if (!of.closest || of.closest(skipped)) continue;
    if (node.nodeType === Node.TEXT_NODE && node.data.trim()) {
      out.push([of.tagName.toLowerCase() + "." + of.className, node.data.trim()]);
    }
    if (node.nodeType === Node.ELEMENT_NODE) {
      for (const name of ["aria-label", "title", "placeholder", "alt", "data-everything",
                          "data-lost", "label"]) {
        const text = node.getAttribute(name);
        if (text) out.push([of.tagName.toLowerCase() + "@" + name, text]);
      }
    }
  }
  return out;
}"""


@pytest.fixture(scope="module")
def address(unspoken: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("greek") / "enosi.toml"
    path.write_text(write_toml(greek()), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEMCON_LOCALE", str(unspoken))
        with serving(path) as found:
            yield found


def left_behind(seen: Any, own: tuple[str, ...] = IDS) -> list[tuple[str, str]]:
    """What is ours and not translated; `own` are names and ids of the record."""
    found = {
        (where, left)
        for where, text in seen
        if not VEGA.match(text) and (left := pseudo.unmarked(text, own))
    }
    return sorted(found)


PAGES = (
    "?matter=epilogi&on=2024-03-05",
    "?matter=epilogi&on=2024-03-05&since=2024-02-21&stale=1&compare=yes&record=complete",
    "?matter=epilogi&on=2024-03-12&intent=yes",
    "?matter=epilogi&on=2024-08-01&known=2024-03-20",
    "?matter=epilogi&on=2024-03-01&known=1999-01-01",
    "?matter=allo",
    "?matter=none",
    "?",
    "?on=soon&matter=epilogi",
    "?on=2024&matter=epilogi",
    "?recorded=2024-01-01",
    "?stale=many",
    "member/gamma/?matter=epilogi&on=2024-03-05&if=gamma%3Dsupport%3Arigas",
    "member/alpha/?matter=epilogi&on=2024-03-05",
    "member/nobody/?matter=epilogi",
    "timeline/?matter=epilogi&from=2024-02-15&to=2024-03-15",
    "none/",
)


@pytest.mark.parametrize("query", PAGES)
def test_nothing_of_ours_is_left_in_english(browser: Browser, address: str, query: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}eo/{query}")
    if query.startswith("timeline/"):  # on a busy machine another page says first how far it is
        page.wait_for_selector("table.stretches", timeout=PATIENCE)
    page.evaluate(OPEN_ALL)
    assert page.locator("html").get_attribute("lang") == "eo"
    assert left_behind(page.evaluate(SEEN)) == []
    page.close()


def test_nor_on_the_page_that_decides(browser: Browser, unspoken: Path, tmp_path: Path) -> None:
    mill = Mill(tmp_path / "mill.nemcon", live=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEMCON_LOCALE", str(unspoken))
        with serving(mill.path, more=["--review", "--by", "Ζωή"]) as found:
            page = browser.new_page()
            parts = urlsplit(found)
            page.goto(f"{parts.scheme}://{parts.netloc}/eo{parts.path}?{parts.query}")
            assert urlsplit(page.url).path == "/eo/review/"
            page.keyboard.press("m")
            page.locator("#field-happened").fill("2024-06-03")
            page.wait_for_selector("#preview ins")
            page.evaluate(OPEN_ALL)
            own = (
                "Ana",
                "Bo",
                "Esperanto",
                "Cy",
                "Dé",
                "The roof",
                "mill",
                "roof",
                TEXT.split()[0],
            )
            seen = [
                each
                for each in page.evaluate(SEEN)
                if each[1] not in TEXT and not any(q in each[1] for q in ("Ana supports",))
            ]
            assert left_behind(seen, own) == []
            page.keyboard.press("Enter")
            expect(page.locator("#said")).to_contain_text("⟦")
            assert mill.became()[0] == "mended"
            page.close()


def test_right_to_left(browser: Browser, address: str) -> None:
    for size in SIZES.values():
        context = browser.new_context(viewport={"width": size[0], "height": size[1]})
        watch = Watch(context.new_page(), urlsplit(address).netloc)
        page = watch.page
        page.goto(f"{address}ar/{PAGES[1]}")
        page.evaluate(OPEN_ALL)
        assert page.locator("html").get_attribute("dir") == "rtl"
        assert page.locator("html").get_attribute("lang") == "ar"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        watch.clean()
        context.close()


def test_a_number_chooses_its_form(browser: Browser, address: str) -> None:
    """In Arabic one, two, a few and many are four forms; the dots tell which was taken."""
    page = browser.new_page()
    page.goto(f"{address}ar/?matter=epilogi&on=2024-03-05")
    glance = page.locator(".glance").first.locator("li").all_inner_texts()
    forms = {int("".join(filter(str.isdigit, text))): text.count("·") for text in glance}
    assert forms
    assert forms == {n: min(n, 3) for n in forms}
    page.close()


def test_the_language_is_kept_on_every_way_and_in_the_address(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    watch = Watch(context.new_page(), urlsplit(address).netloc)
    page = watch.page
    page.goto(f"{address}eo/{PAGES[0]}")
    own = [urlsplit(str(link)) for link in page.evaluate(
        "[...document.querySelectorAll('main a[href], header a[href]')].map((a) => a.href)"
    )]  # fmt: skip
    assert own
    for link in own:
        if link.netloc == watch.host:
            assert link.path.startswith("/eo/"), link
    page.locator("#on-slider").focus()
    page.keyboard.press("ArrowLeft")
    settled(page)
    assert urlsplit(page.url).path == "/eo/"
    assert page.locator("#address").input_value() == page.url
    # The switch leads to the same view in another language, and back.
    page.locator(".languages a[hreflang=en]").click()
    page.wait_for_url("**/en/?**")
    assert page.locator("html").get_attribute("lang") == "en"
    assert "on=2024-03-04" in page.url
    watch.clean()
    context.close()


def test_without_one_in_the_address_the_browser_is_followed(browser: Browser, address: str) -> None:
    for locale, wanted in (("ar-EG", "ar"), ("en-GB", "en"), ("fi-FI", "en")):
        context = browser.new_context(locale=locale)
        page = context.new_page()
        answered = page.goto(f"{address}?matter=epilogi")
        assert answered is not None
        assert page.locator("html").get_attribute("lang") == wanted
        assert "Accept-Language" in answered.headers["vary"]
        context.close()


def test_english_alone_has_no_switch(both: Visit) -> None:
    page = both().page
    assert not list(page.all("nav", class_="languages"))
    assert page.one("html").attributes == {"lang": "en", "dir": "ltr"}
    assert both("/en/").page.one("html").attributes["lang"] == "en"
    assert both("/xx/").status == 404
    away = both("/en?on=2024-06-18")
    assert (away.status, away.headers["Location"]) == (302, "/en/?on=2024-06-18")
    assert isinstance(both.client, Client)


def test_the_message_file_is_what_the_program_writes() -> None:
    """`./run python -m tools.messages` writes it."""
    for path, content in messages.files().items():
        assert path.read_bytes() == content, path


def test_a_catalogue_is_read_as_gettext_reads_it(tmp_path: Path) -> None:
    text = (
        '# A catalogue\nmsgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
        '#: src/a.html\n#, python-format\nmsgid ""\n"Met "\n"\\"now\\""\nmsgstr "Erfüllt"\n\n'
        'msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "%(n)s Tag"\n'
        'msgstr[1] "%(n)s Tage"\n\n#, fuzzy\nmsgid "Open"\nmsgstr "Auf"\n\n'
        'msgid "Certain"\nmsgstr ""\n'
    )
    place = tmp_path / "de" / "LC_MESSAGES"
    place.mkdir(parents=True)
    (place / "x.mo").write_bytes(messages.compiled(messages.read_catalogue(text)))
    found = gettext.translation("x", tmp_path, ["de"])
    assert found.gettext('Met "now"') == "Erfüllt"
    assert [found.ngettext("%(n)s day", "%(n)s days", n) for n in (1, 2)] == [
        "%(n)s Tag", "%(n)s Tage",
    ]  # fmt: skip
    assert [found.gettext(each) for each in ("Open", "Certain")] == ["Open", "Certain"]


def test_a_translation_with_a_part_that_is_not_there_stays_english() -> None:
    sound = {"": "head", "by {who}": "von {who}", "%(n)s day\0%(n)s days": "%(n)s Tag\0%(n)s Tage"}
    kept, wrong = messages.fitting({**sound, "on {date}": "am {datum}", "{n:,} days": "{m} Tage"})
    assert kept == sound
    assert wrong == ["on {date}", "{n:,} days"]
