"""Small phrases in plain English that sentences about entries are built from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nemcon import saying
from nemcon.entries import ALL, Decision, Entry, Source
from nemcon.views.dates import on_words, when_words
from nemcon.views.tongue import _, code, marked, spoken
from nemcon.worlds.outcomes import AGAINST

Titles = Mapping[str, str]

SHORT = 8  # digits of an id that people are shown: enough to tell the entries of a record apart

_BASIS = {
    "stated": "",
    "relative": "date worked out from the words",
    "inferred-year": "year inferred",
    "report-date": "date of the report",
}
marked("date worked out from the words", "year inferred", "date of the report")


def named(ident: str, titles: Titles) -> str:
    """The name for people of an id; the id itself where nothing declares it."""
    return titles.get(ident, ident)


def the(ident: str, titles: Titles) -> str:
    """The name of an organ, office or body with its article, where its name is no proper name."""
    name = named(ident, titles)
    if code() or name.lower().startswith("the ") or " " not in name:
        return name
    return f"the {name}"


def listed(names: Sequence[str]) -> str:
    """*A*, *A and B*, *A, B and C*."""
    if len(names) < 2:
        return "".join(names)
    return _("{some} and {last}").format(some=", ".join(names[:-1]), last=names[-1])


def either(names: Sequence[str]) -> str:
    """*A*, *A or B*, *A, B or C*."""
    if len(names) < 2:
        return "".join(names)
    return _("{some} or {last}").format(some=", ".join(names[:-1]), last=names[-1])


def plural(number: int, one: str, many: str = "") -> str:
    """*1 member*, *32 members*; `many` for words that do not just take an s."""
    return spoken(saying.plural(number, one, many))


def possessive(name: str) -> str:
    """*Romania's*, *the Netherlands'*."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def source_words(source: Source) -> str:
    """How a source is cited in a line: title, publisher and date, as far as they are known."""
    parts = [f"“{source.title}”" if source.title else "", source.publisher]
    told = ", ".join(part for part in parts if part)
    date = when_words(source.date)
    return f"{told}, {date}" if told else _("report of {date}").format(date=date)


def teller(entry: Entry, sources: Mapping[str, Source]) -> str:
    """Who says an entry, in a word or two: its publisher, else its source or its citation."""
    source = sources.get(entry.source)
    told = source.publisher or source.title if source else ""
    return told or entry.source or entry.cite or _("no source")


def outcome_words(reports: Sequence[Decision], titles: Titles) -> str:
    """What reports that say the same tell of a decision: whom it appoints, else *adopted*."""
    for one in reports:
        if one.candidate and one.result in AGAINST:
            told = _("{who} {result}")
            return told.format(who=named(one.candidate, titles), result=_(one.result))
    whom = next((one.candidate for one in reports if one.candidate), "")
    return named(whom, titles) if whom else _(reports[0].result)


def event_words(key: str, titles: Titles) -> str:
    """An event key as a noun: *the withdrawal of Klaus Iohannis*, *the decision*."""
    parts = key.split("/")
    match parts:
        case ["decision"]:
            return _("the decision")
        case ["candidacy", who, change]:
            step = _STEP_NOUNS.get(change, change)
            return _(f"the {step} of {{who}}").format(who=named(who, titles))
        case ["membership", who, change]:
            return _(f"the {change} of {{who}}").format(who=named(who, titles))
        case ["term", office, who, end]:
            who, office = named(who, titles), named(office, titles)
            if code():
                return _(f"the {end} of the term of {{who}} as {{office}}").format(
                    who=who, office=office
                )
            return f"the {end} of {possessive(who)} term as {office}"
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


marked("the candidacy of {who}", "the declaration of {who}", "the nomination of {who}")
marked("the acceptance of {who}", "the refusal of {who}", "the withdrawal of {who}")
marked("the elimination of {who}", "the accession of {who}", "the suspension of {who}")
marked("the resumption of {who}", "the attributes of {who}")
marked("the start of the term of {who} as {office}", "the end of the term of {who} as {office}")


def also(said: str, text: str, **parts: object) -> str:
    """A sentence with something more, `text` with the sentence in it; as it was, if there is no
    more to say: where a part is empty.
    """
    return text.format(said=said, **parts) if all(parts.values()) else said


def dated(said: str, entry: Entry, titles: Titles) -> str:
    """A sentence with when it happened: its date, events before and after, and their basis."""
    plain = said
    if entry.happened is not None:
        said = _("{said} {date}").format(said=said, date=on_words(entry.happened))
    if entry.before:
        text = _("{said} before {event}") if said == plain else _("{said}, before {event}")
        said = text.format(said=said, event=event_words(entry.before, titles))
    if entry.after:
        text = _("{said} after {event}") if said == plain else _("{said}, after {event}")
        said = text.format(said=said, event=event_words(entry.after, titles))
    basis = _BASIS[entry.basis] if said != plain else ""
    return also(said, _("{said} ({more})"), more=_(basis) if basis else "")


def members_words(members: Sequence[str], excepted: Sequence[str], titles: Titles) -> str:
    """*all members except Romania*, *Germany and France*."""
    names = [(_("all members") if name == ALL else named(name, titles)) for name in members]
    but = listed([named(name, titles) for name in excepted])
    return also(listed(names), _("{said} except {names}"), names=but)


def short_id(ident: str) -> str:
    """An id as people are shown it: the kind and the first digits."""
    kind, dash, digits = ident.rpartition("-")
    return f"{kind}{dash}{digits[:SHORT]}"
