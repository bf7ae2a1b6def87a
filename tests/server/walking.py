"""Walking through pages in a language that nobody speaks, to find what is left in English."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from html import unescape
from urllib.error import HTTPError
from urllib.parse import urljoin
from urllib.request import urlopen

from nemcon.access.packs import pack
from nemcon.library import packs, procedure_text
from tests.server.english import english, texts_of, words_in

NOT_OURS = (
    "Nemcon",
    "UTC",
    "Esperanto",
    "Banzhaf",
    "Shapley",
    "Shubik",
    "toml",
    "enosi",
    "roll.csv",
)
"""Names and ends of files, which no language translates."""

SVG_TEXT = re.compile(r"<text[^>]*>([^<]+)</text>")
"""The words of a picture; what Vega itself says of its axes to a screen reader is English, and not
ours (the page says beside each picture what it shows, in its own language)."""


def fetched(address: str) -> tuple[str, str]:
    """The kind of a page and its text, also of one that says why there is nothing to show."""
    try:
        with urlopen(address, timeout=100) as answer:
            return answer.headers.get_content_type(), answer.read().decode()
    except HTTPError as error:
        if error.code == 500:
            raise
        return error.headers.get_content_type(), error.read().decode()


def left(address: str, content: frozenset[str]) -> list[tuple[str, list[str], str]]:
    """The English words of a page, each with the text that it stands in."""
    kind, page = fetched(address)
    if kind == "text/html":
        told = texts_of(page, "eo")
        assert told, f"{address} says nothing in the language that nobody speaks"
    else:
        told = [unescape(each) for each in SVG_TEXT.findall(page)]
    return [(address, words, text) for text in told if (words := english(text, content))]


def all_left(
    address: str, pages: Iterable[str], content: frozenset[str]
) -> list[tuple[str, list[str], str]]:
    """The English words of some pages below an address, in the language that nobody speaks."""
    return [one for page in pages for one in left(urljoin(address, f"eo/{page}"), content)]


def of_rules(names: Iterable[str]) -> Iterator[str]:
    """The words that rules of the library use of their own, and the members of their bodies."""
    for name in names:
        rule = tomllib.loads(procedure_text(name))
        body = rule.get("roll", {}).get("pack") or rule.get("body", "")
        yield from words_in([name, rule, pack(body).entries if body in packs() else ()])
