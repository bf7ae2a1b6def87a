"""A dated report: its date, publisher and place, and where its text begins.

Four ways to date a report: a header `` date YYYY-MM-DD `` at its very start, TOML front matter
between lines of ``+++``, the day of publication in the head of an HTML page, or the date given by
the caller.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nemcon.entries import Source
from nemcon.findings import Finding, Place
from nemcon.reading.markup import is_markup, marks_of, plain_words, words_of
from nemcon.when import When, WhenError

MAX_BYTES = 4_000_000
"""The longest report that is read; a report has some kilobytes."""

_HEADER = re.compile(r"\ufeff?\s*date[ \t]+(\d{4}-\d\d(?:-\d\d)?)(?=\s|$)[ \t]*\n?", re.ASCII)
_FENCE = re.compile(r"\ufeff?\s*\+\+\+[ \t]*\r?\n(.*?)^\+\+\+[ \t]*(?:\r?\n|\Z)", re.S | re.M)
_DATELINE = re.compile(
    r"\s*(?P<place>[^\W\d_a-z][\w.'’-]*(?:[ /][^\W\d_a-z][\w.'’-]*){0,3})"
    r"(?:, [^\W\d_][\w. ]{1,30}?)??"
    r"(?:, (?P<day>[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})(?:,? \d{4})?)?"
    r"(?: \((?P<agency>[^()\n]{2,40})\))?"
    r" ?[–—-]{1,2} "
)
_FRONT_FIELDS = ("title", "publisher", "place", "address")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")

HOW_TO_DATE = (
    "begin the file with ' date YYYY-MM-DD ', or with TOML front matter between lines of +++ "
    'that has date = "YYYY-MM-DD", or give the date beside the file'
)


@dataclass(frozen=True, slots=True)
class Document:
    """A report that can be read: its source entry, its whole text, and where the body starts.

    Offsets everywhere are code points of `text`, the file as read in UTF-8 with its header and
    its newlines untouched. `words` is the text as it is read, of the same length: where it
    is HTML, without its tags. `dateline` is the span of the place, date and agency that news
    agencies put before the first sentence.
    """

    source: Source
    text: str
    start: int
    words: str
    dateline: tuple[int, int] | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def sha256(self) -> str:
        """The SHA-256 of the bytes of the file."""
        return self.source.sha256


def open_document(
    data: bytes | str, name: str, date: When | None = None
) -> Document | tuple[Finding, ...]:
    """The report in `data`, or the findings that keep it from being read.

    `name` is the file's name, for messages only: two files of equal bytes are one source.
    `date` is used where the file does not date itself.
    """
    raw = _encode(data)
    if len(raw) > MAX_BYTES:
        return _refused("report-too-long", name, f"{len(raw):,} bytes, more than {MAX_BYTES:,}; "
                        "give each report as a file of its own")  # fmt: skip
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        what = "it is UTF-16" if _is_utf_16(raw) else f"byte {error.start} is not UTF-8"
        message = f"{what}; save the report as UTF-8 text"
        return _refused("not-utf-8", name, message)
    if _is_utf_16(raw):
        return _refused("not-utf-8", name, "it is UTF-16; save the report as UTF-8 text")
    if control := _CONTROL.search(text):
        message = "a control character, so this is no text; give the report as plain text"
        return _refused("not-text", name, message, control.start(), control.end())
    return _dated(text, raw, name, date)


def _is_utf_16(raw: bytes) -> bool:
    """Whether it begins like UTF-16: with its mark, or with every second byte zero."""
    head = raw[:40]
    zeros = max(head[::2].count(0), head[1::2].count(0))
    return head.startswith((b"\xff\xfe", b"\xfe\xff")) or (len(head) > 7 and 3 * zeros > len(head))


def _encode(data: bytes | str) -> bytes:
    """The bytes of the file; a lone surrogate becomes what UTF-8 forbids, and is told as such."""
    return data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")


def _refused(
    code: str, name: str, what: str, start: int | None = None, end: int | None = None
) -> tuple[Finding, ...]:
    place = Place(file=name, start=start, end=end)
    return (Finding(code, "error", f"the report cannot be read: {what}", place=place),)


def _dated(text: str, raw: bytes, name: str, given: When | None) -> Document | tuple[Finding, ...]:
    """Find the date and the other marks of the source before the text."""
    fields: Mapping[str, Any] = {}
    findings: tuple[Finding, ...] = ()
    stated, start, at = None, 0, (0, 0)
    if header := _HEADER.match(text):
        stated, start, at = header[1], header.end(), header.span(1)
    elif fence := _FENCE.match(text):
        front = _front_matter(fence, name)
        if isinstance(front, tuple):
            return front
        fields, start, at = front, fence.end(), fence.span()
        stated = str(fields["date"]) if "date" in fields else None
        findings = _unknown_fields(fields, name, at)
    elif is_markup(text) and (published := marks_of(text).get("date")) is not None:
        stated = published
    when = _date_of(stated, given, name, at)
    if isinstance(when, tuple):
        return when
    return _document(text, raw, start, when, fields, findings)


def _front_matter(fence: re.Match[str], name: str) -> Mapping[str, Any] | tuple[Finding, ...]:
    import tomllib  # only reports with front matter pay for it

    try:
        return tomllib.loads(fence[1].replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        what = f"its front matter is not TOML ({error}); correct it, or leave it out"
        return _refused("front-matter", name, what, *fence.span())


def _unknown_fields(
    fields: Mapping[str, Any], name: str, at: tuple[int, int]
) -> tuple[Finding, ...]:
    known = ("date", *_FRONT_FIELDS)
    return tuple(
        Finding(
            "front-matter-field",
            "warning",
            f"the front matter has '{key}', which is not used; it may have {', '.join(known)}",
            place=Place(file=name, field=key, start=at[0], end=at[1]),
        )
        for key in sorted(fields)
        if key not in known
    )


def _date_of(
    stated: str | None, given: When | None, name: str, at: tuple[int, int]
) -> When | tuple[Finding, ...]:
    if stated is None:
        if given is None:
            return _refused("no-date", name, f"it has no date; {HOW_TO_DATE}", 0, 0)
        return given
    try:
        when = When.parse(stated)
    except WhenError as error:
        return _refused("bad-date", name, f"its date is wrong: {error}", *at)
    if given is not None and given != when:
        what = f"it is dated {when} but {given} was given; correct one of them"
        return _refused("two-dates", name, what, *at)
    return when


def _document(
    text: str,
    raw: bytes,
    start: int,
    when: When,
    fields: Mapping[str, Any],
    findings: tuple[Finding, ...],
) -> Document:
    page = is_markup(text)
    given = marks_of(text) if page else {}
    marks = {key: str(fields.get(key, "")) or given.get(key, "") for key in _FRONT_FIELDS}
    words = words_of(text, start) if page else plain_words(text, start)
    dateline = _DATELINE.match(words, start)
    span = None
    if dateline is not None and _is_dateline(dateline):
        place, agency = dateline["place"], dateline["agency"] or ""
        marks["place"] = marks["place"] or (place.title() if place.isupper() else place)
        marks["publisher"] = marks["publisher"] or agency
        span = (dateline.start("place"), len(dateline[0].rstrip()) + dateline.start())
        start = dateline.end()
    digest = hashlib.sha256(raw).hexdigest()
    source = Source(
        name=f"report-{digest[:12]}",
        date=when,
        title=marks["title"],
        publisher=marks["publisher"],
        place=marks["place"],
        address=marks["address"],
        sha256=digest,
    )
    return Document(source, text, start, words, span, findings)


def _is_dateline(match: re.Match[str]) -> bool:
    """A capitalised word and a dash are not enough: it needs a day, an agency or capitals."""
    return bool(match["day"] or match["agency"] or match["place"].isupper())
