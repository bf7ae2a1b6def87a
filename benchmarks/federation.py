"""A made-up record of a realistic shape and any size: a federation of 200 members."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from nemcon.entries import (
    AnyEntry,
    Body,
    Completeness,
    Decision,
    Matter,
    Membership,
    Objection,
    Organ,
    Party,
    Position,
    Rule,
    Source,
)
from nemcon.when import When

MEMBERS = 200
SOURCES = 150
PAST_MATTERS = 24
OPENED = datetime(2024, 3, 1, 8, tzinfo=UTC)
DAYS = 60  # for which a matter is open
LIVE = "statutes"  # the matter that is still open
FIRST = OPENED - timedelta(DAYS * PAST_MATTERS)
STEP = timedelta(DAYS * (PAST_MATTERS + 1)) / SOURCES
ASKED = (OPENED + timedelta(DAYS + 1)).date().isoformat()
MATTERS = {"one": "in one live matter", "several": f"in {PAST_MATTERS} past matters and a live one"}


def _rule(share: str) -> dict[str, Any]:
    """No open objection, and this share of all members."""
    enough = {"cmp": [{"n": "support"}, ">=", {"mul": [share, {"n": "all"}]}]}
    met = {"all": [{"none": "objection"}, enough]}
    favourable = {"when": met, "is": "adopted", "favourable": True}
    return {"outcome": [favourable, {"is": "not adopted"}]}


def entries(number: int, matters: str, share: str = "2/3") -> list[AnyEntry]:
    """A record of `number` entries in `matters` (see `MATTERS`), the same on every run.

    The rule asks for no objection, and for the support of this share of the members.
    """
    chance = random.Random(20240301)
    out: list[AnyEntry] = [*_constitution(share), *_sources()]
    past = PAST_MATTERS if matters == "several" else 0
    # Two entries open and close a past matter, one opens the live one.
    acts, left = divmod(number - len(out) - 2 * past - 1, past + 1)
    for at in range(past):
        opened = OPENED - timedelta(DAYS * (past - at))
        name = f"motion-{at + 1}"
        out += [_matter(name, opened), *_acts(name, opened, acts, chance)]
        out.append(_decision(name, opened + timedelta(DAYS)))
    out += [_matter(LIVE, OPENED), *_acts(LIVE, OPENED, acts + left, chance)]
    return out


def _members() -> list[str]:
    return [f"club-{n:03}" for n in range(1, MEMBERS + 1)]


def _constitution(share: str) -> Iterator[AnyEntry]:
    yield Body(name="federation", title="Federation of Clubs", zone="Europe/Brussels")
    yield Organ(name="congress", title="Congress")
    yield Rule(
        name="no-objection-and-enough",
        title="No open objection, and enough support",
        organ="congress",
        algebra=_rule(share),
    )
    for n, member in enumerate(_members()):
        yield Party(name=member, title=f"Club {n + 1}", sort="organisation")
        yield Membership(member=member, happened=When.parse(f"{1950 + n % 70}-01-01"))


def _sources() -> Iterator[AnyEntry]:
    for n in range(1, SOURCES + 1):
        date = When.day((FIRST + n * STEP).date())
        yield Source(name=f"minutes-{n}", title=f"Minutes {n}", date=date)


def _source(when: datetime) -> str:
    """The minutes that were written next."""
    return f"minutes-{min(int((when - FIRST) / STEP) + 1, SOURCES)}"


def _matter(name: str, opened: datetime) -> Matter:
    start = When.day(opened.date())
    return Matter(
        name=name,
        title=f"Motion '{name}'",
        organ="congress",
        rule="no-objection-and-enough",
        completeness=(Completeness("position", start), Completeness("objection", start)),
    )


def _decision(matter: str, when: datetime) -> Decision:
    return Decision(
        matter=matter,
        organ="congress",
        result="adopted",
        manner="without-a-vote",
        happened=_instant(when),
        source=_source(when),
    )


def _acts(matter: str, opened: datetime, number: int, chance: random.Random) -> Iterator[AnyEntry]:
    """Changes of position by instant, and one objection in ten, raised and withdrawn."""
    seconds = sorted(chance.sample(range(DAYS * 86_400 - 7_200), number))
    stances: dict[str, str] = {}
    quiet: dict[str, int] = {}  # until when a member's objection is open
    for at in seconds:
        member = chance.choice([m for m in _members() if quiet.get(m, -1) < at])
        when = opened + timedelta(seconds=at)
        if chance.random() < 0.1:
            ends = min(at + chance.randrange(3_600, 2 * 86_400), DAYS * 86_400 - 3_600)
            quiet[member] = ends
            yield Objection(
                matter=matter,
                member=member,
                happened=_instant(when),
                end="withdrawn",
                ended=_instant(opened + timedelta(seconds=ends)),
                reason="The clubs of the second division were not heard.",
                source=_source(when),
            )
            continue
        was = stances.get(member, "")
        choices = [s for s in ("support", "support", "support", "abstention") if s != was]
        stances[member] = chance.choice(choices)
        yield Position(
            matter=matter,
            members=(member,),
            stance=stances[member],
            claim="changes",
            authority="on-instructions",
            happened=_instant(when),
            source=_source(when),
            speaker=f"delegate of {member}",
        )


def _instant(when: datetime) -> When:
    return When.parse(when.isoformat())
