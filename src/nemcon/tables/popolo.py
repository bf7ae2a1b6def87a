"""A register as Popolo JSON: persons, organizations, memberships, posts.

The terms are those of the specification (http://www.popoloproject.com/specs/). Popolo dates are a
year, a month or a day; where a date says more or less than that, the whole of it stands beside it
as ``start_date_edtf`` or ``end_date_edtf``, and the Popolo date is the part that is certain.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from nemcon.entries import AnyEntry, Body, Membership, Office, Organ, Party, Source, Term
from nemcon.findings import Finding
from nemcon.state import State, confirmed
from nemcon.when import When

EDTF = "_edtf"
_PARTIAL = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_CARRIED = (Body, Organ, Party, Membership, Office, Term)
Event = tuple[Literal["start", "end"], When | None, AnyEntry]
Things = list[dict[str, Any]]


def popolo_text(entries: Iterable[AnyEntry], state: State) -> tuple[str, list[Finding]]:
    """The register that the entries make, as JSON text, and what Popolo cannot hold."""
    entries = tuple(entries)
    writer = _Writer(entries, state)
    content = {
        "persons": writer.persons(),
        "organizations": writer.organizations(),
        "posts": writer.posts(),
        "memberships": [*writer.members(), *writer.terms()],
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n", list(_lost(entries))


def partial(when: When) -> str:
    """The year, month or day that all of a date lies in; empty if it spans more than a year."""
    text = when.text.rstrip("~?%")
    if _PARTIAL.fullmatch(text):
        return text
    first, last = when.first_day(), when.last_day()
    if first is None or last is None or first.year != last.year:
        return ""
    if first == last:
        return first.isoformat()
    return first.isoformat()[:7] if first.month == last.month else first.isoformat()[:4]


def _dates(name: str, when: When | None) -> dict[str, str]:
    if when is None:
        return {}
    known = partial(when)
    dates = {name: known} if known else {}
    return dates if known == when.text else {**dates, name + EDTF: when.text}


class _Writer:
    def __init__(self, entries: Sequence[AnyEntry], state: State) -> None:
        self.entries, self.state = entries, state
        self.body = next((e.name for e in entries if isinstance(e, Body)), "")
        self.body = self.body or next((e.body for e in entries if e.body), "")
        self.people = {e.name for e in self.all(Party) if e.sort == "person"}
        parties = {e.name for e in self.all(Party)}
        # An organ and a party may have one name; Popolo has one list for both.
        self.organs = {
            e.name: f"organ-{e.name}" if e.name in parties or e.name == self.body else e.name
            for e in self.all(Organ)
        }

    def all(self, cls: type[Any]) -> list[Any]:
        """The entries of a kind, each name once, in the order of their names."""
        found: dict[str, Any] = {}
        for entry in self.entries:
            if isinstance(entry, cls):
                found.setdefault(entry.name, entry)
        return [found[name] for name in sorted(found)]

    def persons(self) -> Things:
        """The parties that are persons."""
        return [_named(e, e.name) for e in self.all(Party) if e.sort == "person"]

    def organizations(self) -> Things:
        """The body, its organs under it, and every other party; the body by its id where none tells
        of it.
        """
        out: Things = []
        for body in self.all(Body):
            out.append({**_named(body, body.name), "classification": "body"})
        if not out and self.body:
            out.append({"id": self.body, "name": self.body, "classification": "body"})
        for organ in self.all(Organ):
            about = {"classification": "organ", "parent_id": organ.body or self.body}
            out.append({**_named(organ, self.organs[organ.name]), **about})
        for party in self.all(Party):
            if party.sort != "person":
                out.append({**_named(party, party.name), "classification": party.sort})
        return out

    def posts(self) -> Things:
        """The offices, each a post of its body."""
        return [
            {
                "id": office.name,
                "label": office.title,
                "role": office.title,
                "organization_id": office.body or self.body,
                **_others(office.aliases),
            }
            for office in self.all(Office)
        ]

    def members(self) -> Iterator[dict[str, Any]]:
        """Confirmed memberships, one for each time from an accession to what ended it."""
        changes: dict[str, list[Event]] = {}
        for entry in self.entries:
            if isinstance(entry, Membership) and confirmed(entry):
                ends: Mapping[str, Literal["start", "end"]]
                ends = {"accession": "start", "withdrawal": "end"}
                if entry.change in ends:
                    event: Event = (ends[entry.change], entry.happened, entry)
                    changes.setdefault(entry.member, []).append(event)
        for member in sorted(changes):
            for start, end in _spans(changes[member]):
                yield {
                    **self._who(member),
                    "organization_id": self.body,
                    "role": "member",
                    **_dates("start_date", start[1] if start else None),
                    **_dates("end_date", end[1] if end else None),
                    **self._sources(start, end),
                }

    def terms(self) -> Iterator[dict[str, Any]]:
        """Terms of office that are confirmed: of each holder of an office, one for each time."""
        titles = {office.name: office.title for office in self.all(Office)}
        held: dict[tuple[str, str], list[Event]] = {}
        for entry in self.entries:
            if isinstance(entry, Term) and confirmed(entry):
                events = held.setdefault((entry.office, entry.holder), [])
                events += [("start", entry.start, entry)] if entry.start else []
                events += [("end", entry.end, entry)] if entry.end else []
        for office, holder in sorted(held):
            for start, end in _spans(held[office, holder]):
                yield {
                    **self._who(holder, person=True),
                    "organization_id": self.body,
                    "post_id": office,
                    "role": titles.get(office, office),
                    **_dates("start_date", start[1] if start else None),
                    **_dates("end_date", end[1] if end else None),
                    **self._sources(start, end),
                }

    def _who(self, name: str, *, person: bool = False) -> dict[str, Any]:
        if person or name in self.people:
            return {"person_id": name}
        return {"member": {"@type": "Organization", "id": name}}

    def _sources(self, *events: Event | None) -> dict[str, Any]:
        named = {event[2].source: event[2] for event in events if event}
        out: Things = []
        for name, entry in named.items():
            source: Source | None = self.state.sources.get(name)
            note = source.title if source else entry.cite
            out.append(
                {k: v for k, v in {"url": source and source.address, "note": note}.items() if v}
            )
        out = [each for each in out if each]
        return {"sources": out} if out else {}


def _named(entry: Any, ident: str) -> dict[str, Any]:
    return {"id": ident, "name": entry.title, **_others(entry.aliases)}


def _others(aliases: Sequence[str]) -> dict[str, Any]:
    return {"other_names": [{"name": alias} for alias in aliases]} if aliases else {}


def _spans(events: Sequence[Event]) -> Iterator[tuple[Event | None, Event | None]]:
    """Starts and ends put together in the order of their dates; several reports of one once."""
    unique: dict[tuple[str, str], Event] = {}
    for event in events:
        unique.setdefault((event[0], event[1].text if event[1] else ""), event)
    start: Event | None = None
    for event in sorted(unique.values(), key=_order):
        if event[0] == "start":
            if start is not None:
                yield start, None
            start = event
        else:
            yield start, event
            start = None
    if start is not None:
        yield start, None


def _order(event: Event) -> tuple[str, str]:
    first = event[1].first_day() or event[1].last_day() if event[1] else None
    # On one day an end comes before the start that follows it.
    return (first.isoformat() if first else "", "0" if event[0] == "end" else "1")


def _lost(entries: Sequence[AnyEntry]) -> Iterator[Finding]:
    """What is in the entries and not in the file."""
    other = [e for e in entries if not isinstance(e, (*_CARRIED, Source))]
    planned = [e for e in entries if isinstance(e, Membership | Term) and not confirmed(e)]
    changed = [
        e
        for e in entries
        if isinstance(e, Membership)
        and (e.change not in ("accession", "withdrawal") or e.attributes)
    ]
    for lost, what in (
        (other, "that speak of no person, organisation, membership or post"),
        (planned, "of memberships and terms that are only planned or denied"),
        (changed, "with attributes, suspensions or resumptions of a membership, in part or whole"),
    ):
        if lost:
            many = "1 entry" if len(lost) == 1 else f"{len(lost):,} entries"
            message = f"Popolo has no place for {many} {what}; JSON Lines holds everything"
            yield Finding("not-in-popolo", "note", message)
