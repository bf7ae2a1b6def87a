"""Small phrases in plain English that sentences about entries are built from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nemcon.entries import ALL, Entry, Source
from nemcon.views.dates import on_words, when_words

Titles = Mapping[str, str]

SHORT = 8  # digits of an id that people are shown: enough to tell the entries of a record apart

_BASIS = {
    "stated": "",
    "relative": "date worked out from the words",
    "inferred-year": "year inferred",
    "report-date": "date of the report",
}


def named(ident: str, titles: Titles) -> str:
    """The name for people of an id; the id itself where nothing declares it."""
    return titles.get(ident, ident)


def the(ident: str, titles: Titles) -> str:
    """The name of an organ, office or body with its article, where its name is no proper name."""
    name = named(ident, titles)
    return name if name.lower().startswith("the ") or " " not in name else f"the {name}"


def listed(names: Sequence[str]) -> str:
    """*A*, *A and B*, *A, B and C*."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def plural(number: int, one: str, many: str = "") -> str:
    """*1 member*, *32 members*; `many` for words that do not just take an s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def possessive(name: str) -> str:
    """*Romania's*, *the Netherlands'*."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def source_words(source: Source) -> str:
    """How a source is cited in a line: title, publisher and date, as far as they are known."""
    parts = [f"“{source.title}”" if source.title else "", source.publisher]
    told = ", ".join(part for part in parts if part) or "report"
    return (
        f"{told}, {when_words(source.date)}"
        if told != "report"
        else (f"report of {when_words(source.date)}")
    )


def event_words(key: str, titles: Titles) -> str:
    """An event key as a noun: *the withdrawal of Klaus Iohannis*, *the decision*."""
    parts = key.split("/")
    match parts:
        case ["decision"]:
            return "the decision"
        case ["candidacy", who, change]:
            return f"the {_STEP_NOUNS.get(change, change)} of {named(who, titles)}"
        case ["membership", who, change]:
            return f"the {change} of {named(who, titles)}"
        case ["term", office, who, end]:
            return f"the {end} of {possessive(named(who, titles))} term as {named(office, titles)}"
    return named(key, titles)


_STEP_NOUNS = {
    "running": "candidacy",
    "declared": "declaration",
    "nominated": "nomination",
    "accepted": "acceptance",
    "declined": "refusal",
    "withdrawn": "withdrawal",
    "eliminated": "elimination",
}


def dated(entry: Entry, titles: Titles) -> str:
    """When it happened, as the end of a sentence: date, events before and after, and the basis."""
    parts = []
    if entry.happened is not None:
        parts.append(on_words(entry.happened))
    if entry.before:
        parts.append(f"before {event_words(entry.before, titles)}")
    if entry.after:
        parts.append(f"after {event_words(entry.after, titles)}")
    text = "".join(f" {part}" if n == 0 else f", {part}" for n, part in enumerate(parts))
    basis = _BASIS[entry.basis]
    return f"{text} ({basis})" if basis and text else text


def members_words(members: Sequence[str], excepted: Sequence[str], titles: Titles) -> str:
    """*all members except Romania*, *Germany and France*."""
    names = [("all members" if name == ALL else named(name, titles)) for name in members]
    but = f" except {listed([named(name, titles) for name in excepted])}" if excepted else ""
    return f"{listed(names)}{but}"


def short_id(ident: str) -> str:
    """An id as people are shown it: the kind and the first digits."""
    kind, dash, digits = ident.rpartition("-")
    return f"{kind}{dash}{digits[:SHORT]}"
