"""Rounds, choices, clocks and chains of a rule as sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from nemcon.rules.choose import read_choose
from nemcon.rules.counts import Counts
from nemcon.rules.names import listed
from nemcon.rules.phases import Cut, Phase, Rounds, read_rounds
from nemcon.rules.place import Place
from nemcon.rules.procedure import Procedure
from nemcon.rules.sentences import Said
from nemcon.saying import joined, marked_each, plural, say

_CLOCK: Mapping[str, str] = marked_each(
    {
        "discussion": "discussion lasts at least {time}",
        "minimum": "it stays open for at least {time}",
        "length": "it stays open for exactly {time}",
        "deadline": "the deadline is {time}",
        "extend": "it can be extended: {time}",
        "restart_on": "it starts anew on {time}",
        "early_close": "it closes early: {time}",
        "cool_off": "a new attempt has to wait {time}",
        "lapse": "it lapses after {time}",
        "business_days": "only business days count: {time}",
        "blackout": "nothing may open or close {time}",
        "sunset": "the rule itself ends {time}",
    }
)


def rounds_said(procedure: Procedure) -> Iterator[Said]:
    """One sentence for each phase of the ballots, and what ties and starts come to."""
    if procedure.rounds is None:
        return
    rounds = read_rounds(procedure.rounds, Place(procedure.id) / "rounds")
    for candidates, number in rounds.start:
        yield Said(
            say(
                "with {candidates} candidates it begins in phase “{name}”",
                candidates=candidates,
                name=rounds.phases[number].name,
            )
        )
    for phase in rounds.phases:
        yield _phase(rounds, phase)
    if rounds.excluded:
        yield Said(
            say(
                "who shares {excluded} with a candidate does not vote while that candidate "
                "is in the race",
                excluded=rounds.excluded,
            )
        )
    if rounds.ties.first != ("none",):
        yield Said(say("level for the first place: {ties}", ties=_policies(rounds.ties.first)))
    if rounds.ties.last != ("none",):
        yield Said(say("level for the last place: {ties}", ties=_policies(rounds.ties.last)))


def _policies(policies: Iterable[str]) -> str:
    """Ways to settle a tie, one after the other."""
    return listed(map(say, policies), "then")


def _phase(rounds: Rounds, phase: Phase) -> Said:
    found = [say("elected is who has {votes}", votes=phase.threshold.words())]
    if phase.points:
        found.append(
            say(
                "each voter gives {points} points",
                points=listed([str(n) for n in phase.points], "and"),
            )
        )
    if phase.open:
        found.append(say("anybody may be voted for"))
    if words := _cut(phase.eliminate):
        found.append(say("after each ballot without result {words}", words=words))
    many = say("without limit") if phase.most is None else say("at most {most}", most=phase.most)
    found.append(say("ballots: {many}", many=many))
    if phase.most is not None:
        if words := _cut(phase.after):
            found.append(say("after the last of them {words}", words=words))
        if phase.following is not None:
            found.append(say("then comes phase “{name}”", name=rounds.phases[phase.following].name))
        elif phase.word:
            found.append(say("then it ends: “{word}”", word=phase.word))
    return Said(say("phase “{name}”:", name=phase.name), tuple(map(Said, found)))


def _cut(cut: Cut) -> str:
    if cut.kind == "lowest":
        return say("whoever has fewest votes falls out")
    if cut.kind == "keep":
        stay = say("only the first {number} stay", number=cut.keep)
        if cut.per_seat:
            stay = say("only the first {number} stay for each seat", number=cut.keep)
        if cut.ties_stay:
            return say("{said}, with all who are level with the last of them", said=stay)
        return stay
    return ""


def choice_said(procedure: Procedure) -> Iterator[Said]:
    """How winners are chosen out of options."""
    if procedure.choose is None:
        return
    chosen = read_choose(procedure.choose, Place(procedure.id) / "choose")
    rule = chosen.rule
    seats = (
        say("{seats} winners", seats=rule.seats)
        if isinstance(rule, Counts) and rule.seats > 1
        else say("one winner")
    )
    yield Said(say("{seats} by {method}", seats=seats, method=chosen.method))
    if isinstance(rule, Counts):
        if rule.method == "majority":
            text = say("at least {share} of {votes}", share=rule.share, votes=rule.of)
            if rule.strict:
                text = say("more than {share} of {votes}", share=rule.share, votes=rule.of)
            yield Said(say("needed is {votes}", votes=text))
        if rule.advance:
            yield Said(
                say(
                    "if nobody has it, the first {number} go on, ties included",
                    number=rule.advance,
                )
            )
        if rule.limit is not None:
            limit = rule.limit
            yield Said(
                say(
                    "at most {number} winners of one {attribute}",
                    number=limit.at_most,
                    attribute=limit.attribute,
                )
            )
    if rule.ties != ("none",):
        yield Said(say("where options are level: {ties}", ties=_policies(rule.ties)))


def clock_said(procedure: Procedure) -> Iterator[Said]:
    """Times and limits."""
    for key, value in (procedure.clock or {}).items():
        if key in _CLOCK:
            yield Said(say(_CLOCK[key], time=_clock_value(value)))


def _clock_value(value: Any) -> str:
    if isinstance(value, str) and value.startswith("P"):
        return _duration(value)
    if isinstance(value, Mapping):
        pairs = value.items()
        return joined(", ", (joined(" ", (key, _clock_value(each))) for key, each in pairs))
    if isinstance(value, list):
        return joined("; ", map(_clock_value, value))
    return say("yes") if value is True else say("no") if value is False else str(value)


def _duration(text: str) -> str:
    """An ISO 8601 duration in words: P7D is 7 days."""
    found, number, minutes = [], "", False
    for sign in text[1:]:
        if sign == "T":
            minutes = True
        elif sign.isdigit():
            number += sign
        else:
            found.append(_some(int(number or 0), "m" if sign == "M" and minutes else sign))
            number = ""
    return joined(" ", found)


def _some(number: int, unit: str) -> str:
    match unit:
        case "D":
            return plural(number, "day")
        case "H":
            return plural(number, "hour")
        case "m":
            return plural(number, "minute")
        case "W":
            return plural(number, "week")
        case "M":
            return plural(number, "month")
    return plural(number, "year")


def chain_said(procedure: Procedure) -> Iterator[Said]:
    """The steps of a chain of decisions."""
    for step in procedure.chain:
        rule = step.get("rule") or step.get("same_rule")
        what = say("by the rule that the step before selects")
        if "attest" in step:
            what = say("when it is found whether “{finding}”", finding=step["attest"])
        elif rule:
            what = say("by the rule {rule}", rule=rule)
        after = [Said(f"“{outcome}”: {then}") for outcome, then in dict(step.get("on", {})).items()]
        name = step.get("step", step.get("name")) or say("step")
        if step.get("select"):
            what = say("{said}; its outcome selects the rule of the next step", said=what)
        if "body" in step:
            text = say("“{name}” ({body}): {what}", name=name, body=step["body"], what=what)
        else:
            text = say("“{name}”: {what}", name=name, what=what)
        yield Said(text, tuple(after))
    for one in procedure.attest:
        text = say(
            "“{finding}” is for {who} to find; no count stands in for it",
            finding=one.get("finding"),
            who=one.get("by"),
        )
        appeal = one.get("appeal")
        yield Said(text, (Said(say("appeal: {appeal}", appeal=appeal)),) if appeal else ())
