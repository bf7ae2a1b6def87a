"""A report saved or pasted as HTML: its words at the very places where they stand in the file.

Nothing is cut out, so that every offset is one into the file as given. A tag inside a sentence
becomes as many marks that nobody sees, one between paragraphs a blank line, *&amp;* an *&*.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape

from nemcon.reading.lexicon import word_set

UNSEEN = "\u2060"
"""Stands for each character of a tag inside a sentence; it is no word and no space."""

# None of these runs past the next "<": the time is in proportion to the text.
_MARK = re.compile(
    r"""<!--.*?(?:-->|\Z)
      | <(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*)(?:\s(?:"[^"<]*"|'[^'<]*'|[^<>"'])*|/?)>
      | <[/!?a-zA-Z][^<>]*>
      | &(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});
    """,
    re.X | re.S,
)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_IS_MARKUP = re.compile(
    r"<!doctype html|<html[\s>]|<br\s?/?>|"
    r"</(?:p|div|body|html|h[1-6]|li|ul|td|tr|table|span|a|b|i|em|strong|blockquote|article)>",
    re.I,
)
_META = re.compile(r"<meta\s[^<>]*>", re.I)
_ATTRIBUTE = re.compile(r"""([a-zA-Z:-]+)\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)')""")
_TITLE = re.compile(r"<title[^<>]*>([^<]*)</title>", re.I)
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?!\d)")
_FIELDS = {"article:published_time": "date", "og:site_name": "publisher", "og:title": "title"}
# What these hold is no part of the report: programs, menus, other stories.
_NOT_TEXT = word_set(
    "head script style noscript template svg nav aside footer form button select iframe textarea"
)
_STRUCK = word_set("del s strike")
# Markdown: *so*, **so**, __so__; ~~this no longer~~.
_EMPHASIS = re.compile(r"(?<![\w*_])(\*{1,3}|_{1,3})(?=[^\s*_])([^*_\n]{1,300})(?<=\S)\1(?![\w*_])")
_TILDES = re.compile(r"~~(?=\S)[^~]{1,2000}~~")
_INLINE = word_set(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark q s samp "
    "small span strike strong sub sup time tt u var wbr"
)


def is_markup(text: str) -> bool:
    """Whether the text is HTML, or holds enough of it to be read as such."""
    return _IS_MARKUP.search(text) is not None


def words_of(text: str, start: int) -> str:
    """The text as it is read from `start` on: of the same length, every word in its place."""
    out, at, skipped = [text[:start]], start, ""
    ends = _last_ends(text)
    for mark in _MARK.finditer(text, start):
        between = text[at : mark.start()]
        out.append(" " * len(between) if skipped else re.sub(r"[\r\n]", " ", between))
        name, length = (mark["name"] or "").lower(), mark.end() - mark.start()
        if skipped:
            out.append(" " * length if skipped in _STRUCK else _blank(length))
            skipped = "" if mark["end"] and name == skipped else skipped
        elif mark[0].startswith("<!--"):
            out.append(UNSEEN * length)
        elif mark[0].startswith("&"):
            out.append(_character(mark[0]))
        else:
            out.append(UNSEEN * length if name in _INLINE else _line(name, length))
            opens = name in _NOT_TEXT | _STRUCK and not mark["end"]
            skipped = name if opens and ends.get(name, -1) > mark.start() else ""
        at = mark.end()
    out.append(re.sub(r"[\r\n]", " ", text[at:]))
    return "".join(out)


def plain_words(text: str, start: int) -> str:
    """The text as it is read from `start` on where it is no page: without the marks of emphasis,
    and without what is struck out (*~~so~~*).
    """
    body = _TILDES.sub(lambda found: " " * len(found[0]), text[start:]) if "~~" in text else ""
    body = body or text[start:]
    if "*" in body or "_" in body:
        body = _EMPHASIS.sub(_emphasised, body)
    return text[:start] + body


def _emphasised(found: re.Match[str]) -> str:
    mark = UNSEEN * len(found[1])
    return mark + found[2] + mark


def _last_ends(text: str) -> Mapping[str, int]:
    """Where each of the elements that are no text ends for the last time."""
    lower = text.lower()
    same = len(lower) == len(text)
    return {name: lower.rfind(f"</{name}") for name in _NOT_TEXT | _STRUCK} if same else {}


def _blank(length: int) -> str:
    return ("\n\n" + " " * length)[:length] if length > 2 else " " * length


def _line(name: str, length: int) -> str:
    return "\n" + " " * (length - 1) if name == "br" else _blank(length)


def _character(written: str) -> str:
    """What *&amp;* stands for, filled up to its length."""
    found = unescape(written)
    if len(found) > len(written) or found == written:
        return written
    found = " " if found.isspace() or found in "\u00a0\u202f" else found
    return found + UNSEEN * (len(written) - len(found))


def marks_of(text: str) -> Mapping[str, str]:
    """The date (of publication), title and publisher that the head of a page gives."""
    marks: dict[str, str] = {}
    for tag in _META.finditer(text):
        found = {key.lower(): a or b for key, a, b in _ATTRIBUTE.findall(tag[0])}
        field = _FIELDS.get(found.get("property") or found.get("name", ""))
        if field is not None and found.get("content"):
            marks.setdefault(field, unescape(found["content"]).strip())
    day = _DAY.match(marks.pop("date", ""))
    title = _TITLE.search(text)
    if title is not None:
        marks.setdefault("title", " ".join(unescape(title[1]).split()))
    return {**marks, "date": day[0]} if day else marks


def readable(text: str) -> str:
    """A piece of a report for people: without tags, and with what *&amp;* stands for."""
    entity = any(unescape(found[0]) != found[0] for found in _ENTITY.finditer(text))
    if not entity and not is_markup(text):
        return text
    return " ".join(words_of(text, 0).replace(UNSEEN, "").split())
