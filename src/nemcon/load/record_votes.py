"""Roll calls from a record: what is known of who stood where when a matter was decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nemcon.access.packs import procedure
from nemcon.analysis.roll_calls import RollCall
from nemcon.entries import Decision, Position
from nemcon.load.asked import Asked
from nemcon.saying import say
from nemcon.state import State, confirmed
from nemcon.views.question import QuestionError, question
from nemcon.views.status import titles_of
from nemcon.when import When
from nemcon.worlds.answers import Answer
from nemcon.worlds.verdict import answer

_WORDS = {"support": "yes", "objection": "no", "abstention": "abstain"}
_NO_VOTE = ("none", "other", "recusal")
"""Stances that are no vote: nothing said, something about another candidate, kept out."""


@dataclass(frozen=True)
class Decided:
    """A matter that was decided, and on which day at the latest."""

    matter: str
    on: When
    result: str


def decided(state: State) -> list[Decided]:
    """Every matter with a decision that is told as made on a known day or range of days, in the
    order of those days; the last decision of each.
    """
    found: dict[str, Decided] = {}
    for entry in state.all(Decision):
        day = entry.happened.last_day(state.zone) if entry.happened else None
        if not entry.matter or day is None or not confirmed(entry):
            continue
        one = Decided(entry.matter, When.day(day), entry.result)
        before = found.get(entry.matter)
        if before is None or str(before.on) < str(one.on):
            found[entry.matter] = one
    return sorted(found.values(), key=lambda one: (str(one.on), one.matter))


def roll_call(
    found: Asked, one: Decided, known: When | None = None, *, proposed: bool = False
) -> RollCall | str:
    """Who stood where for certain at the end of the day of the decision; else why nobody can say.

    In a selection a vote is for the candidate that a member supports. Members whose stance is not
    certain are open.
    """
    state = found.state(one.on, known, proposed=proposed)
    try:
        asked = question(state, procedure, one.matter)
    except QuestionError as error:
        return str(error)
    if asked.procedure is None:
        return asked.problem or say("no rule is known for it")
    titles = titles_of(state)
    given = answer(state, one.matter, asked.procedure)
    other = _told_otherwise(state, one.matter)
    votes = {titles.get(member, member): vote for member, vote in _votes(given, titles, other)}
    if not votes:
        return say("nobody's position is known for certain")
    title = asked.title or one.matter
    names, unsure, certain = _roll(given, titles)
    if not certain:
        return say("it is not certain who was a member on that day")
    left = tuple(name for name in names if name in unsure and name not in votes)
    return RollCall(one.matter, str(one.on), title, dict(sorted(votes.items())), names, left)


def _roll(given: Answer, titles: Mapping[str, str]) -> tuple[tuple[str, ...], frozenset[str], bool]:
    """Everybody on the roll, by name; of whom it is not certain where they stood; and whether it is
    certain who was on the roll.
    """
    seen: dict[str, set[str | None]] = defaultdict(set)
    unsure = set()
    for one in given.reckonings:
        for member, views in one.views.items():
            seen[titles.get(member, member)] |= views
            if len(views) > 1 or (views == {"other"} and not one.candidate):
                unsure.add(titles.get(member, member))
    names = tuple(sorted(name for name, views in seen.items() if views != {None}))
    certain = all(None not in views or views == {None} for views in seen.values())
    return names, frozenset(unsure), certain


def _told_otherwise(state: State, matter: str) -> dict[str, str]:
    """Members of whom one stance was told by name that is neither for nor against, and which.

    Where the rule treats it like others, the worlds know only that it is none of the two.
    """
    told: dict[str, set[str]] = defaultdict(set)
    for entry in state.all(Position):
        if entry.matter == matter and confirmed(entry) and not entry.negated:
            for member in entry.members:
                told[member].add(entry.stance)
    plain = {member: stances - {"support", "objection", "none"} for member, stances in told.items()}
    return {member: min(stances) for member, stances in plain.items() if len(stances) == 1}


def _votes(
    given: Answer, titles: Mapping[str, str], other: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Each member's certain stance: in a motion in the words of a roll call, else for whom."""
    for one in given.reckonings:
        for member, views in one.views.items():
            (stance, *more) = views or (None,)
            if stance == "other" and not one.candidate:
                stance = other.get(member, stance)
            if more or stance is None or stance in _NO_VOTE:
                continue
            if not one.candidate:
                yield member, _WORDS.get(stance, stance)
            elif stance == "support":
                yield (
                    member,
                    say("for {candidate}", candidate=titles.get(one.candidate, one.candidate)),
                )
