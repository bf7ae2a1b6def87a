"""Hostile text stays text, hostile addresses are refused, and every answer carries its headers."""

from __future__ import annotations

import re
import shutil
import socket
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from nemcon.server.headers import POLICY
from nemcon.server.start import hosts_of
from nemcon.text import write_toml
from tests.server.browser import serving
from tests.server.conftest import COOP, ROOT, Serve, Visit
from tests.server.pages import Element
from tests.server.xss import HOSTILE, hostile_entries

OURS = {
    *("html", "head", "meta", "title", "link", "script", "body", "header", "footer", "main", "nav"),
    *("aside", "section", "div", "p", "span", "h1", "h2", "h3", "h4", "a", "ul", "ol", "li", "dl"),
    *("dt", "dd", "form", "fieldset", "legend", "label", "input", "select", "option", "button"),
    *(
        "datalist",
        "details",
        "summary",
        "strong",
        "bdi",
        "cite",
        "code",
        "blockquote",
        "mark",
        "sup",
    ),
    *("table", "thead", "tbody", "tr", "th", "td", "svg", "defs", "pattern", "path", "rect"),
    *("picture", "source", "img"),
}
SCRIPTS = ["/static/django_htmx/htmx-2.min.js", "/static/nemcon/page.js"]


def assert_tame(page: Element) -> None:
    """Nothing in the page runs, or leads anywhere but to the web and to ourselves."""
    for element in page.all():
        assert element.tag in OURS
        if element.tag in ("source", "img"):
            drawn = element.attributes.get("srcset") or element.attributes["src"]
            assert drawn.startswith("/timeline/chart.svg?")
        for name, value in element.attributes.items():
            assert not name.startswith("on")
            assert name not in ("style", "srcdoc", "formaction", "background", "ping")
            if name in ("href", "src", "action"):
                assert urlsplit(value).scheme in ("", "http", "https"), value
    scripts = [each.attributes["src"].partition("?")[0] for each in page.all("script")]
    assert scripts in (SCRIPTS, [])
    assert all(not each.text for each in page.all("script"))
    for link in page.all("a"):
        if urlsplit(link.attributes["href"]).netloc:
            assert link.attributes["rel"] == "noopener noreferrer external"


@pytest.fixture
def hostile(serve: Serve, tmp_path: Path) -> Visit:
    path = tmp_path / "hostile.toml"
    path.write_text(write_toml(hostile_entries()), "utf-8")
    return serve(path)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_text(serve: Serve, tmp_path: Path, text: str) -> None:
    path = tmp_path / "hostile.toml"
    path.write_text(write_toml(hostile_entries(text)), "utf-8")
    visit = serve(path)
    page = visit("/?since=2024-01-01&stale=1&compare=yes").page
    assert_tame(page)
    seen = re.sub(r"\s+", " ", text).strip()
    assert page.one("h1").text == seen
    assert seen in page.one("div", class_="report-text").text
    assert [each.text for each in page.all("blockquote")].count(seen) >= 1
    for link in page.all("a", class_="more"):
        assert_tame(visit(link.attributes["href"]).page)


@pytest.mark.parametrize(
    ("address", "is_link"),
    [
        ("https://example.org/a?b=c&d=%3Ce%3E#f", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)//http://example.org", False),
        ("java\tscript:alert(1)", False),
        ("data:text/html,<script>alert(1)</script>", False),
        ("vbscript:x", False),
        ("file:///etc/passwd", False),
        ("//example.org", False),
        ("https:example.org", False),
        ("https://exa mple.org", False),
        ("http://[::1", False),
        ("mailto:a@example.org", False),
    ],
)
def test_only_addresses_of_the_web_are_links(
    serve: Serve, tmp_path: Path, address: str, is_link: bool
) -> None:
    path = tmp_path / "source.toml"
    path.write_text(write_toml(hostile_entries("x", address=address)), "utf-8")
    page = serve(path)().page
    assert_tame(page)
    links = {link.attributes["href"] for link in page.all("a")}
    assert (address in links) is is_link
    if not is_link:
        assert address.strip() in " ".join(part.raw for part in page.all("span", class_="address"))


QUERIES = [
    *(f"{name}={quote(text)}" for name in ("on", "matter", "stale") for text in HOSTILE),
    *("on=2024-13-01", "on=2024", "on=2024-06", "known=..%2F2024", "since=yesterday"),
    *("stale=-1", "stale=1e9", "stale=999999999999", "intent=maybe", "record=all", "tolerance=x"),
    *(
        "on=9999-12-31T23:59:59Z",
        "compare=2",
        "proposed=1",
        "on=%00",
        "body=elsewhere",
        "matter=none-such",
        "on=" + "1" * 999,
    ),
]


@pytest.mark.parametrize("query", QUERIES)
def test_an_address_that_asks_nothing_is_refused_in_words(both: Visit, query: str) -> None:
    found = both(f"/?{query}")
    assert found.status in (200, 400, 404)
    assert_tame(found.page)
    assert not list(found.page.all("section", class_="is-met"))
    assert found.page.one(id="board").text


@pytest.mark.parametrize(
    "query", ["on=0001-01-01", "on=9999-12-31", "known=0001-01-01",
              "on=2024-06-20T09:00%2B02:00", "known=9999-12-31&on=0001-01-01", "since=0001-01-01",
              "since=9999-12-31", "stale=0", "stale=100000", "tolerance=999999",
              "on=2024-06-20&x=1"],
)  # fmt: skip
def test_the_ends_of_the_calendar_can_be_asked(both: Visit, query: str) -> None:
    found = both(f"/?{query}")
    assert found.status == 200
    assert_tame(found.page)


@pytest.mark.parametrize(
    ("address", "status"),
    [("/", 200), ("/?on=x", 400), ("/?matter=none-such", 404), ("/none", 404),
     ("/static/nemcon/page.css", 200), ("/static/nemcon/none.css", 404),
     ("/static/../pages.py", 404), ("/static/django_htmx/htmx-2.min.js", 200)],
)  # fmt: skip
def test_every_answer_carries_the_headers(both: Visit, address: str, status: int) -> None:
    found = both(address)
    assert found.status == status
    assert found.headers["Content-Security-Policy"] == POLICY
    assert found.headers["X-Content-Type-Options"] == "nosniff"
    assert found.headers["Referrer-Policy"] == "no-referrer"
    assert found.headers["X-Frame-Options"] == "DENY"
    assert "Set-Cookie" not in found.headers


def test_the_policy_is_the_strict_one() -> None:
    assert POLICY == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def test_a_language_without_a_page_is_answered_as_any_other_address(both: Visit) -> None:
    found = both("/en?on=2024-06-20")
    assert (found.status, found.headers["Location"]) == (302, "/en/?on=2024-06-20")
    assert found.headers["Content-Security-Policy"] == POLICY
    assert found.headers["Cache-Control"] == "no-store"
    assert both.client.post("/en").status_code == 405
    assert both.client.get("/en", headers={"host": "evil.example"}).status_code == 400
    assert both("/xx").status == 404
    assert both("/timeline").headers["Location"] == "/timeline/"


def test_a_large_body_is_refused_before_it_is_taken() -> None:
    with serving(COOP) as address:
        where = urlsplit(address)
        assert where.hostname
        with socket.create_connection((where.hostname, where.port or 80), timeout=60) as line:
            line.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999999\r\n\r\n")
            assert line.recv(100).startswith(b"HTTP/1.1 413 ")


def test_what_cannot_be_opened_is_told_without_the_folders_of_the_server(
    serve: Serve, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "of nobody's concern"
    folder.mkdir()
    path, table = folder / "coop.toml", folder / "votes.csv"
    shutil.copy(COOP, path)
    table.write_text("roll call,date,Ana,Bo\n1,2024-01-01,Y,N\n", "utf-8")
    visit = serve(path, table)
    assert visit().status == visit("/roll-calls/?of=votes").status == 200
    for address, name in (("/roll-calls/?of=votes", table), ("/", path)):
        name.unlink()
        caplog.clear()
        gone = visit(address)
        assert gone.status == 503
        message = gone.page.one("p", class_="message").text
        assert message == f"{name.name}: there is no such file; check the path"
        assert str(tmp_path) not in gone.html
        assert str(name) in caplog.text


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "options"])
def test_nothing_can_be_written(both: Visit, method: str) -> None:
    assert getattr(both.client, method)("/").status_code == 405


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "169.254.0.1", ""])
def test_another_name_is_refused(both: Visit, host: str) -> None:
    assert both.client.get("/", headers={"host": host}).status_code == 400


def test_the_names_are_those_of_the_host_that_is_served() -> None:
    local = ["localhost", "127.0.0.1", "[::1]"]
    assert hosts_of("127.0.0.1") == local
    assert hosts_of("192.0.2.7", ["desk.example"]) == [*local, "desk.example", "192.0.2.7"]
    assert "*" not in hosts_of("0.0.0.0")


def test_every_word_of_the_templates_can_be_translated() -> None:
    """What is left of a template without tags, variables and translated words holds no letter."""
    for path in sorted((ROOT / "src/nemcon/server/templates").rglob("*.html")):
        text = path.read_text("utf-8")
        text = re.sub(r"{% blocktranslate.*?{% endblocktranslate %}", "", text, flags=re.DOTALL)
        text = re.sub(r"{%.*?%}|{{.*?}}", "", text, flags=re.DOTALL)
        attributes = re.findall(r'\b(?:aria-label|title|placeholder|alt)="([^"]*)"', text)
        text = re.sub(r"<[^>]*>", "", text)
        text = text.replace("Nemcon", "").replace("nemine contradicente", "")
        assert not re.findall(r"[A-Za-z]+", text + " ".join(attributes)), path.name
