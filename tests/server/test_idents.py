"""Whatever somebody calls a member, it has its page, and every link to that leads there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemcon.entries import Membership, Party, Position
from nemcon.server.idents import Ident
from nemcon.text import write_toml
from tests.server.conftest import COOP, Serve, Visit
from tests.server.xss import HOSTILE, hostile_entries

IDENTS = (
    *("a/b", "/", "//x", "x/", "a?b#c", "100%", "%2F", "..", ".", "../../review", "a b", " "),
    *("a\\b", "c:d@e", "\u202eevil\u202c", "Å", "日本", "a;b=c&d", "a+b", "tab\tnew\nline", "en"),
    *HOSTILE,
)  # fmt: skip


def served(serve: Serve, folder: Path, ident: str) -> Visit:
    """The page about a small record in which one member has this id."""
    path = folder / "named.toml"
    entries = [
        replace(each, name=ident)
        if isinstance(each, Party) and each.name == "m"
        else replace(each, member=ident)
        if isinstance(each, Membership) and each.member == "m"
        else replace(each, members=(ident,))
        if isinstance(each, Position)
        else each
        for each in hostile_entries("x")
    ]
    path.write_text(write_toml(entries), "utf-8")
    return serve(path)


def as_a_browser(here: str, link: str) -> str:
    """The address that a browser asks for: dots in it lead up, escaped or not."""
    found = urljoin(f"http://testserver{here}", link)
    parts = urlsplit(found)
    dots = {"%2e": ".", "%2e%2e": "..", ".%2e": "..", "%2e.": ".."}
    path = "/".join(dots.get(part.lower(), part) for part in parts.path.split("/"))
    return urljoin("http://testserver/", path) + (f"?{parts.query}" if parts.query else "")


@pytest.mark.parametrize("ident", IDENTS)
def test_every_member_has_its_page(serve: Serve, tmp_path: Path, ident: str) -> None:
    visit = served(serve, tmp_path, ident)
    board = visit("/?on=2024-04-01")
    assert board.status == 200
    (link,) = (
        each.attributes["href"]
        for each in board.page.all("a")
        if each.text == "Through time: x" and each.attributes["href"] != "/member/n/?on=2024-04-01"
    )
    found = visit(as_a_browser("/", link))
    assert found.status == 200
    assert found.page.one("h1").text == "x"
    again = found.page.one("input", id="address").attributes["value"]
    assert visit(as_a_browser("/", again)).page.one("h1").text == "x"


@given(st.text(min_size=1).filter(lambda text: "\x00" not in text))
def test_an_id_is_read_as_it_was_written(ident: str) -> None:
    written = Ident().to_url(ident)
    assert Ident().to_python(written) == ident
    assert "/" not in written


def test_the_ids_that_people_give_stand_in_the_address_as_they_are() -> None:
    for ident in ("romania", "côte-d'ivoire", "İstanbul", "st. kitts", "a_b~c.d"):
        assert Ident().to_url(ident) == ident


def test_a_rule_that_there_is_not_is_not_found(serve: Serve) -> None:
    visit = serve(COOP)
    for ident in ("a%252Fb", "%252E%252E", "100%2525", "a%3Fb"):
        assert visit(f"/rules/{ident}/").status == 404
        assert visit(f"/rules/{ident}/roll.csv").status == 404
