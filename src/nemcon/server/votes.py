"""The roll calls that a page is about: of a table that is served, or of a record's own matters."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath
from typing import TypeVar

from django.utils.translation import gettext as _

from nemcon import library
from nemcon.access.packs import procedure
from nemcon.analysis.roll_calls import (
    FEW,
    Agreement,
    RollCall,
    Standing,
    UnderRule,
    agreement,
    members_of,
    standing,
    under_rules,
)
from nemcon.findings import Finding
from nemcon.load.record_votes import Decided, decided, roll_call
from nemcon.rules.answer import RuleAnswer
from nemcon.rules.procedure import Procedure
from nemcon.server.shown import Page
from nemcon.state import State

T = TypeVar("T")

RECORD = "record"
SECONDS = 0.5
"""How long a request reads matters of a record; the next one goes on from there."""

MOST_RULES = 12
_VOTES = ("yes", "no", "abstain")
_AT_ONCE = 50


@dataclass(frozen=True)
class Votes:
    """Roll calls with where they are from. `left_out` are matters that give none, with the reason;
    `waiting` those that were not read yet.
    """

    key: str
    title: str
    stamp: object
    calls: tuple[RollCall, ...]
    findings: tuple[Finding, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    waiting: int = 0

    @property
    def read(self) -> int:
        """How many matters were looked at."""
        return len(self.calls) + len(self.left_out)

    @cached_property
    def days(self) -> tuple[str, str]:
        """The first and the last date, as they are written; empty where none is."""
        days = sorted(call.date for call in self.calls if call.date)
        return (days[0], days[-1]) if days else ("", "")

    @cached_property
    def motions(self) -> tuple[RollCall, ...]:
        """The roll calls in which everybody voted yes, no or abstained: those rules can decide."""
        return tuple(call for call in self.calls if set(call.votes.values()) <= set(_VOTES))


def kept(page: Page, votes: Votes, name: str, work: Callable[[], T]) -> T:
    """What `work` gives, worked out once for these roll calls."""
    return page.desk.answer(("roll calls", votes.stamp, name), work)


def agreement_of(page: Page, votes: Votes) -> Agreement:
    """Who votes with whom."""
    return kept(page, votes, "agreement", lambda: agreement(votes.calls))


def standing_of(page: Page, votes: Votes, within: int = FEW) -> tuple[Standing, ...]:
    """Who stood alone, or with few."""
    return kept(page, votes, f"standing {within}", lambda: standing(votes.calls, within))


def under(
    page: Page, votes: Votes, names: Sequence[str], clock: Callable[[], float] = time.monotonic
) -> tuple[list[UnderRule], list[str]]:
    """What rules of the library would have made of the motions; and those that are not done yet.

    A request tries for half a second, and some roll calls at least; the next one goes on.
    """
    until = clock() + SECONDS
    found, waiting, late = [], [], False
    members = kept(page, votes, "members", lambda: members_of(votes.calls))
    for name in names:
        rule = procedure(name)
        if rule is None:
            continue
        answers: list[RuleAnswer] = kept(page, votes, f"answers {name}", list)
        with page.desk.working:
            while len(answers) < len(votes.motions) and not late:
                chunk = votes.motions[len(answers) : len(answers) + _AT_ONCE]
                answers += under_rules(chunk, [rule], members)[0].answers
                late = clock() > until
        if len(answers) < len(votes.motions):
            waiting.append(rule.title)
        else:
            found.append(UnderRule(rule.id, rule.title, tuple(answers)))
    return found, waiting


def offered(page: Page, votes: Votes) -> list[Procedure]:
    """The rules of the library that can decide these roll calls from who voted how alone: those of
    the served body first.
    """
    body = page.body.name if page.body else ""
    names = kept(page, votes, "offered", lambda: _offered(votes.motions))
    found = [rule for name in names if (rule := procedure(name)) is not None]
    return sorted(found, key=lambda rule: (rule.body != body, rule.title.casefold()))


def _offered(calls: tuple[RollCall, ...]) -> tuple[str, ...]:
    if not calls:
        return ()
    fullest = max(calls, key=lambda call: (len(set(call.votes.values())), len(call.votes)))
    everyone = dict.fromkeys(name for call in calls for name in call.votes)
    probe = RollCall("", "", "", {name: fullest.votes.get(name, "absent") for name in everyone})
    found = []
    for name in library.procedure_ids():
        rule = procedure(name)
        if rule is None or not rule.ladder or rule.reads or rule.steps:
            continue
        if any(one.default is None for one in rule.params.values()):
            continue
        (answer,) = under_rules([probe], [rule])[0].answers
        if not any(finding.severity == "error" for finding in answer.findings):
            found.append(name)
    return tuple(found)


def sets_of(page: Page) -> list[tuple[str, str]]:
    """What there is to compare, by key and title: the tables, and the record's own matters."""
    found = [(key, PurePath(name).name) for key, name in page.desk.tables.names.items()]
    if page.desk.names and decided_of(page):
        title = page.body.title if page.body else _("What is served")
        found.insert(0, (RECORD, _("%(body)s: decided matters") % {"body": title}))
    return found


def decided_of(page: Page) -> list[Decided]:
    """The decided matters of the record, as far as is known on the day that is asked for."""
    key = (page.stamp, page.ask.known, page.ask.proposed, "decided")
    return page.desk.answer(key, lambda: decided(_everything(page)))


def _everything(page: Page) -> State:
    if page.ask.known is None:
        return page.everything
    return page.found.state(page.on, page.ask.known, proposed=page.ask.proposed)


def votes_of(page: Page, key: str, clock: Callable[[], float] = time.monotonic) -> Votes:
    """The roll calls under a key. Raises `KeyError` where there are none of the kind."""
    if key != RECORD:
        table = page.desk.tables.open(key)
        return Votes(key, table.name, table.stamp, table.calls, table.findings)
    return _of_record(page, clock)


def _of_record(page: Page, clock: Callable[[], float]) -> Votes:
    """Reads on from where the last request stopped: each matter is kept once it was read."""
    until = clock() + SECONDS
    asked = (page.stamp, page.ask.known, page.ask.proposed)
    read: dict[str, RollCall | str] = page.desk.answer((*asked, "votes"), dict)
    matters = decided_of(page)
    before = len(read)
    for one in matters:
        if one.matter in read:
            continue
        if len(read) > before and clock() > until:
            break
        with page.desk.working:
            read[one.matter] = roll_call(
                page.found, one, page.ask.known, proposed=page.ask.proposed
            )
    known = [(one, read[one.matter]) for one in matters if one.matter in read]
    titles = dict(page.matters)
    return Votes(
        RECORD,
        _("%(body)s: decided matters") % {"body": page.body.title if page.body else ""},
        (asked, len(known)),
        tuple(found for _one, found in known if isinstance(found, RollCall)),
        left_out=tuple(
            (titles.get(one.matter, one.matter), found)
            for one, found in known
            if isinstance(found, str)
        ),
        waiting=len(matters) - len(known),
    )
