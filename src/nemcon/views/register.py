"""The register on a date: members with their accession, organs, offices and who holds them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from nemcon.entries import Attribute, Office, Organ, Term
from nemcon.findings import Finding
from nemcon.state import State, confirmed
from nemcon.views.alphabet import by_name
from nemcon.views.status import finding_json, titles_of
from nemcon.when import When
from nemcon.worlds.attributes import attributes_at
from nemcon.worlds.days import END_OF_DAY, as_when, day_range, question_point
from nemcon.worlds.events import register_timings
from nemcon.worlds.roll import come_before, roll_changes


@dataclass(frozen=True)
class MemberLine:
    """One party that is on the roll (`certain`), or may be; `since` when it last joined."""

    member: str
    certain: bool
    since: When | None
    attributes: Mapping[str, Attribute]
    entries: tuple[str, ...]

    def to_json(self, title: str) -> dict[str, Any]:
        """The line as plain values."""
        return {
            "member": self.member,
            "title": title,
            "certain": self.certain,
            "since": str(self.since) if self.since else None,
            "attributes": dict(self.attributes),
            "entries": list(self.entries),
        }


@dataclass(frozen=True)
class OfficeLine:
    """One office: who holds it for certain, and the terms that are only planned."""

    office: Office
    holders: tuple[Term, ...]
    planned: tuple[Term, ...]

    def to_json(self) -> dict[str, Any]:
        """The line as plain values."""
        return {
            "office": self.office.name,
            "title": self.office.title,
            "organ": self.office.organ or None,
            "rule": self.office.rule or None,
            "years": self.office.years or None,
            "holders": [_term(term) for term in self.holders],
            "planned": [_term(term) for term in self.planned],
        }


@dataclass(frozen=True)
class RegisterView:
    """Everything that `nemcon register` says; `to_json` is its contract."""

    body: str
    member_title: str
    on: When
    known: When | None
    members: tuple[MemberLine, ...]
    organs: tuple[Organ, ...]
    offices: tuple[OfficeLine, ...]
    findings: tuple[Finding, ...]
    titles: Mapping[str, str]

    def title(self, name: str) -> str:
        """The name for people of an id; the id itself where nothing declares it."""
        return self.titles.get(name, name)

    @property
    def certain(self) -> int:
        """How many are on the roll for certain; the others only may be."""
        return sum(line.certain for line in self.members)

    def to_json(self) -> dict[str, Any]:
        """The view as plain values."""
        return {
            "body": self.body or None,
            "on": str(self.on),
            "known": str(self.known) if self.known else None,
            "roll": {"least": self.certain, "most": len(self.members)},
            "members": [line.to_json(self.title(line.member)) for line in self.members],
            "organs": [
                {
                    "organ": organ.name,
                    "title": organ.title,
                    "chair": organ.chair or None,
                    "composition": organ.composition or None,
                }
                for organ in self.organs
            ],
            "offices": [line.to_json() for line in self.offices],
            "findings": [finding_json(finding) for finding in self.findings],
        }


def _term(term: Term) -> dict[str, Any]:
    return {
        "holder": term.holder,
        "acting": term.acting,
        "start": str(term.start) if term.start else None,
        "end": str(term.end) if term.end else None,
        "entries": [term.id],
    }


def register(
    state: State, *, known: When | None = None, findings: Iterable[Finding] = ()
) -> RegisterView:
    """The register at the state's `on`. `known`: how far the record knows, to be shown with it."""
    titles = titles_of(state)
    lines = sorted(_members(state), key=lambda line: by_name(titles.get(line.member, line.member)))
    return RegisterView(
        body=state.body.name if state.body else "",
        member_title=state.body.member_title if state.body else "members",
        on=state.on,
        known=known or state.known,
        members=tuple(lines),
        organs=tuple(sorted(state.all(Organ), key=lambda organ: organ.name)),
        offices=tuple(
            _office(state, office) for office in sorted(state.all(Office), key=lambda o: o.name)
        ),
        findings=tuple(dict.fromkeys([*state.findings, *findings])),
        titles=titles,
    )


def _members(state: State) -> Iterable[MemberLine]:
    """Everybody who is or may be on the roll at `on`."""
    timings = register_timings(state)
    attributes = attributes_at(state)
    point = question_point(state.on, state.zone)
    for member, changes in roll_changes(state).items():
        certain, since = False, None
        possible = False
        settled = come_before(changes, timings, point[0] + (point[1] == END_OF_DAY))
        for number, change in enumerate(changes):
            domain = timings[change.timing].domain
            if number < settled:
                certain = possible = change.joins
            elif domain[0][0] <= point[0]:
                certain, possible = False, True
            else:
                continue
            since = as_when(domain) if change.joins else since
        if possible:
            entries = tuple(sorted(e.id for e in state.memberships[member] if confirmed(e)))
            yield MemberLine(member, certain, since, attributes.get(member, {}), entries)


def _office(state: State, office: Office) -> OfficeLine:
    terms = [term for term in state.all(Term) if term.office == office.name]
    held = state.holders(office.name)
    open_ = [t for t in terms if t.modality == "planned" and not _came_true(t, terms, state)]
    return OfficeLine(office, _in_order(held), _in_order(open_))


def _came_true(planned: Term, terms: Iterable[Term], state: State) -> bool:
    """Whether a confirmed term says by `on` what this one planned."""
    last = day_range(state.on, state.zone)[1]

    def said(plan: When | None, fact: When | None) -> bool:
        if plan is None:
            return True
        return (
            fact is not None
            and _after(fact, plan, state)
            and day_range(fact, state.zone)[1] <= last
        )

    return any(
        term.holder == planned.holder
        and confirmed(term)
        and said(planned.start, term.start)
        and said(planned.end, term.end)
        for term in terms
    )


def _after(fact: When, plan: When, state: State) -> bool:
    """Whether the fact is of the planned date, or later: a plan may slip."""
    return day_range(fact, state.zone)[1] >= day_range(plan, state.zone)[0]


def _in_order(terms: Iterable[Term]) -> tuple[Term, ...]:
    return tuple(sorted(terms, key=lambda term: (str(term.start or term.end or ""), term.id)))
