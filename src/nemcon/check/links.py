"""Links between entries: the events that date others, and entries that point at entries."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import get_args, get_type_hints

from nemcon.check.checked import Checked
from nemcon.check.words import nearest, quoted
from nemcon.entries import (
    KINDS,
    AnyEntry,
    Candidacy,
    Confirmation,
    Correction,
    Decision,
    Expectation,
    Membership,
    Rejection,
    Statement,
    Term,
    event_key,
)
from nemcon.findings import Finding
from nemcon.saying import marked, say
from nemcon.state import confirmed

_ID = re.compile(rf"(?:{'|'.join(KINDS)})-[0-9a-f]{{24}}")
_CANDIDACY, _MEMBERSHIP = (
    "|".join(get_args(get_type_hints(cls)["change"])) for cls in (Candidacy, Membership)
)
_EVENT = re.compile(
    rf"decision|candidacy/[^/]+/(?:{_CANDIDACY})|membership/[^/]+/(?:{_MEMBERSHIP})"
    r"|term/[^/]+/[^/]+/(?:start|end)"
)
_FORMS = "decision, candidacy/NAME/withdrawn, membership/NAME/accession, term/OFFICE/NAME/start"

marked("before", "after")


def unknown_events(checked: Checked) -> Iterator[Finding]:
    """Entries that are dated by, or expect, an event that nothing reports or that is none."""
    linked = [e for e in checked.entries if e.before or e.after or isinstance(e, Expectation)]
    if not linked:
        return
    events, register = _events(checked)
    number = 0
    for entry in linked:
        own = events[checked.matter_of(entry)]
        for field in ("before", "after"):
            key = getattr(entry, field)
            if key and not _EVENT.fullmatch(key):
                yield _no_key(checked, entry, field, key)
            elif key and key not in own and key not in register:
                near = nearest(key, own | register, number, 0.8)
                number += 1
                yield _no_event(checked, entry, field, key, near)
        if isinstance(entry, Expectation) and not _EVENT.fullmatch(entry.expects):
            yield _no_key(checked, entry, "expects", entry.expects)


def _events(checked: Checked) -> tuple[Mapping[str, set[str]], set[str]]:
    """The events that are reported, by matter, and those of the register, as the verdict has them.

    A change of attributes dates nothing; a step that names no matter, where there are several,
    belongs to none of them.
    """
    events: dict[str, set[str]] = defaultdict(set)
    register: set[str] = set()
    for entry in checked.all(Candidacy, Decision, Membership, Term):  # what else has no event key
        if not confirmed(entry) or getattr(entry, "change", "") == "attributes":
            continue
        of_register = isinstance(entry, Membership | Term)
        (register if of_register else events[checked.matter_of(entry)]).update(event_key(entry))
    return events, register


def _no_event(checked: Checked, entry: AnyEntry, field: str, key: str, near: str | None) -> Finding:
    hint = (
        say("did you mean {near}? Else report it", near=quoted(near)) if near else say("report it")
    )
    message = say(
        "this {kind} is dated {field} {key}, an event that nothing here reports, so "
        "it keeps its own date; {hint}, or correct the link",
        kind=say(entry.kind),
        field=say(field),
        key=quoted(key),
        hint=hint,
    )
    return checked.finding("unknown-event", "warning", message, [entry], field)


def _no_key(checked: Checked, entry: AnyEntry, field: str, key: str) -> Finding:
    message = say(
        "{key} is no event; write one of {forms} (or another step)", key=quoted(key), forms=_FORMS
    )
    return checked.finding("bad-event", "warning", message, [entry], field)


def unknown_entries(checked: Checked) -> Iterator[Finding]:
    """Corrections, confirmations, rejections and statements that point at no entry."""
    pointing = checked.all(Correction, Confirmation, Rejection, Statement)
    if not pointing:
        return
    known = {entry.id for entry in checked.state.entries}.union(checked.held)
    for entry in pointing:
        for field, target in _pointers(entry):
            if not _ID.fullmatch(target):
                message = say(
                    "{target} is no id of an entry; write its kind and 24 hexadecimal digits, "
                    "such as position-0123456789abcdef01234567",
                    target=quoted(target),
                )
                yield checked.finding("bad-entry-id", "error", message, [entry], field)
            elif checked.held and target not in known:
                message = say(
                    "this {kind} points at {target}, and no such entry is here; correct the id "
                    "(the content decides it, so any change gives a new one)",
                    kind=say(entry.kind),
                    target=target,
                )
                yield checked.finding("unknown-entry", "warning", message, [entry], field)


def _pointers(entry: AnyEntry) -> Iterator[tuple[str, str]]:
    """The fields of an entry that hold the id of another, with what they hold."""
    match entry:
        case Correction():
            yield "corrects", entry.corrects
            if entry.replacement:
                yield "replacement", entry.replacement
        case Confirmation():
            yield "confirms", entry.confirms
        case Rejection():
            yield "rejects", entry.rejects
        case Statement() if _ID.fullmatch(entry.decision):
            yield "decision", entry.decision
