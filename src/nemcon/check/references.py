"""Ids that nothing declares, with the nearest that something does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple, TypeAlias

from nemcon.check.checked import Checked
from nemcon.check.words import alike, listed, nearest, quoted
from nemcon.entries import (
    ALL,
    KINDS,
    AnyEntry,
    Attestation,
    Body,
    Candidacy,
    Commitment,
    Credential,
    Decision,
    Draft,
    Entry,
    Expectation,
    Matter,
    Meeting,
    Membership,
    Objection,
    Office,
    Organ,
    Party,
    Position,
    Reserve,
    Rule,
    Silence,
    Statement,
    Tally,
    Term,
)
from nemcon.findings import Finding, Severity
from nemcon.saying import say, say_many

_ENTRY = (("body", "body"), ("matter", "matter"), ("source", "source"))
_FIELDS: Mapping[type[Entry], tuple[tuple[str, str], ...]] = {
    Party: (("of", "someone"),),
    Membership: (("member", "party"),),
    Office: (("organ", "organ"),),
    Term: (("office", "office"), ("holder", "party"), ("succeeds", "party")),
    Credential: (("member", "member"), ("person", "someone"), ("organ", "organ")),
    Rule: (("organ", "organ"), ("office", "office")),
    Matter: (("organ", "organ"), ("office", "office")),
    Draft: (("bracketed_by", "member"), ("carries_over", "draft")),
    Candidacy: (("candidate", "candidate"), ("by", "someone")),
    Position: (
        ("members", "member"),
        ("excepted", "member"),
        ("candidate", "candidate"),
        ("draft", "draft"),
    ),
    Reserve: (("member", "member"), ("candidate", "candidate"), ("draft", "draft")),
    Objection: (("member", "member"), ("candidate", "candidate"), ("draft", "draft")),
    Commitment: (("by", "someone"), ("to", "someone"), ("announced_by", "someone")),
    Silence: (("members", "member"), ("draft", "draft"), ("by", "someone")),
    Meeting: (("organ", "organ"), ("presiding", "someone"), ("attendance", "someone")),
    Tally: (("candidate", "candidate"), ("draft", "draft")),
    Decision: (
        ("organ", "organ"),
        ("candidate", "candidate"),
        ("draft", "draft"),
        ("announced_by", "someone"),
    ),
    Statement: (("by", "someone"),),
    Expectation: (("by", "someone"),),
    Attestation: (("by", "someone"), ("candidate", "candidate"), ("draft", "draft")),
}

_SEVERITIES: Mapping[str, Severity] = {
    "member": "error",  # what it says counts for nothing, and nobody would see it
    "draft": "error",  # the same
    "candidate": "note",  # a name that a report mentions is candidate enough
    "someone": "note",
}


_KINDS = {"member": "party", "candidate": "party"}


_Named: TypeAlias = tuple[str, str, str]  # the field, as what, the id


class _Use(NamedTuple):
    entry: AnyEntry
    field: str


def unknown_references(checked: Checked) -> Iterator[Finding]:
    """Every id that should be declared and is not, once, with all entries that name it."""
    declared = _declared(checked)
    missing = _missing(checked, declared)
    words = _words(checked) if missing else {}
    for number, ((target, name), uses) in enumerate(sorted(missing.items())):
        # Where nobody is a member, `no-members` tells it of all.
        if declared[target] and (target != "member" or checked.state.memberships):
            near = _nearest(words, target, name, declared[target], number)
            yield from _unknown(checked, target, name, near, uses)
    yield from _undeclared(checked, {t: n for t, n in _names(missing).items() if not declared[t]})


def _declared(checked: Checked) -> Mapping[str, Collection[str]]:
    """What is declared, by what it may be used as."""
    state = checked.state
    parties = {party.name for party in state.all(Party)}
    members = parties | state.memberships.keys()
    drafts = {draft.name for draft in state.all(Draft)}
    offices = {office.name for office in state.all(Office)}
    organs = {organ.name for organ in state.all(Organ)}
    bodies = {body.name for body in state.all(Body)}
    # A record that describes none of its members has no descriptions to miss.
    described = bool(parties & state.memberships.keys())
    return {
        "body": bodies,
        "matter": state.matters,
        "source": state.sources,
        "organ": organs,
        "office": offices,
        "draft": drafts,
        "member": members,
        "party": parties if described else members,
        "candidate": parties,
        "someone": members | bodies | organs | offices,
    }


def _missing(
    checked: Checked, declared: Mapping[str, Collection[str]]
) -> Mapping[tuple[str, str], list[_Use]]:
    missing: dict[tuple[str, str], list[_Use]] = defaultdict(list)
    named = frozenset[_Named]().union(*map(_named, checked.entries))
    unknown = {(target, name) for _, target, name in named if name not in declared[target]}
    for entry in checked.entries if unknown else ():
        for field, target, name in _named(entry):
            if (target, name) in unknown:
                missing[target, name].append(_Use(entry, field))
    return missing


@lru_cache(maxsize=32_768)
def _named(entry: AnyEntry) -> tuple[_Named, ...]:
    """Each id that an entry names: in which field, and as what."""
    found: list[_Named] = []
    named, values_of = _NAMING[type(entry)]
    for (field, target), value in zip(named, values_of(entry), strict=True):
        if value:  # most are left empty
            names = (value,) if isinstance(value, str) else value
            found += [(field, target, name) for name in names if name.strip() and name != ALL]
    found += [("spans", "source", s.source) for s in entry.spans if s.source != entry.source]
    return tuple(found)


def _naming(cls: type[Entry]) -> tuple[tuple[tuple[str, str], ...], Callable[[Entry], Any]]:
    """The fields of a kind that hold ids, as what each names them, and what gives their values."""
    named = (*_ENTRY, *_FIELDS.get(cls, ()))
    return named, attrgetter(*(field for field, _ in named))


_NAMING = {cls: _naming(cls) for cls in KINDS.values()}


def _nearest(
    words: Mapping[str, str], target: str, name: str, known: Collection[str], number: int
) -> str | None:
    """The id that was probably meant: of whom the name is, else the most alike."""
    meant = words.get(name.casefold())
    if meant in known:
        return meant
    return nearest(name, known, number, 0.85 if target == "someone" else 0.6)


def _words(checked: Checked) -> Mapping[str, str]:
    """The id behind each title and alias of a party, an office, an organ or a body."""
    words: dict[str, str] = {}
    for entry in checked.all(Party, Office, Organ, Body):
        if isinstance(entry, Party | Office | Organ | Body):
            for word in (entry.title, *entry.aliases):
                words.setdefault(word.casefold(), entry.name)
    return words


def _unknown(
    checked: Checked, target: str, name: str, near: str | None, uses: Sequence[_Use]
) -> Iterator[Finding]:
    entries, field = _entries(uses), uses[0].field
    users = _users(quoted(name), entries, field)
    if target != "someone":
        hint = (
            say("write 'all', in small letters, for every member")
            if target == "member" and name.strip().casefold() == ALL
            else say("did you mean {near}? Else declare it", near=quoted(near))
            if near
            else say("declare it, or correct it")
        )
        message = say(
            "no {kind} entry has the name {users}; {hint}",
            kind=say(_KINDS.get(target, target)),
            users=users,
            hint=hint,
        )
        severity = _SEVERITIES.get(target, "warning")
        if target == "candidate" and near and alike(name, near):
            severity = "warning"  # support for a name that was meant for another is not counted
        yield checked.finding(f"unknown-{target}", severity, message, entries, field)
    elif near:
        message = say(
            "{users}, is declared nowhere and looks like {near}; write that if it is meant",
            users=users,
            near=quoted(near),
        )
        yield checked.finding("unknown-party", "note", message, entries, field)


def _entries(uses: Iterable[_Use]) -> list[AnyEntry]:
    return list({use.entry.id: use.entry for use in uses}.values())


def _users(name: str, entries: Sequence[AnyEntry], field: str) -> str:
    """The name with who uses it."""
    return say_many(
        "{name}, which this {kind} names in '{field}'",
        "{name}, which {n:,} entries name",
        len(entries),
        name=name,
        kind=say(entries[0].kind),
        field=field,
        n=len(entries),
    )


def _names(missing: Mapping[tuple[str, str], list[_Use]]) -> dict[str, dict[str, list[_Use]]]:
    """The names that are missing, by what they are used as."""
    names: dict[str, dict[str, list[_Use]]] = defaultdict(dict)
    for (target, name), uses in sorted(missing.items()):
        names[target][name] = uses
    return names


def _undeclared(
    checked: Checked, missing: Mapping[str, Mapping[str, Sequence[_Use]]]
) -> Iterator[Finding]:
    """One note for each kind of thing of which a record declares none at all."""
    for target, names in missing.items():
        if target not in ("someone", "member"):
            entries = _entries(use for uses in names.values() for use in uses)
            kind = _KINDS.get(target, target)
            message = say_many(
                "there is no {kind} entry here, and {n:,} entry names {names}; describe what is "
                "named, or leave it at that",
                "there is no {kind} entry here, and {n:,} entries name {names}; describe what is "
                "named, or leave it at that",
                len(entries),
                kind=say(kind),
                n=len(entries),
                names=listed(map(quoted, names)),
            )
            yield checked.finding(f"unknown-{target}", "note", message, entries)
