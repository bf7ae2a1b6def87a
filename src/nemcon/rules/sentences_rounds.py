"""Rounds, choices, clocks and chains of a rule as sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from nemcon.rules.choose import read_choose
from nemcon.rules.counts import Counts
from nemcon.rules.names import listed
from nemcon.rules.phases import Cut, Phase, Rounds, read_rounds
from nemcon.rules.place import Place
from nemcon.rules.procedure import Procedure
from nemcon.rules.sentences import Said

_CLOCK: Mapping[str, str] = {
    "discussion": "discussion lasts at least {}",
    "minimum": "it stays open for at least {}",
    "length": "it stays open for exactly {}",
    "deadline": "the deadline is {}",
    "extend": "it can be extended: {}",
    "restart_on": "it starts anew on {}",
    "early_close": "it closes early: {}",
    "cool_off": "a new attempt has to wait {}",
    "lapse": "it lapses after {}",
    "business_days": "only business days count: {}",
    "blackout": "nothing may open or close {}",
    "sunset": "the rule itself ends {}",
}
_UNITS = {"D": "day", "H": "hour", "M": "minute", "W": "week"}


def rounds_said(procedure: Procedure) -> Iterator[Said]:
    """One sentence for each phase of the ballots, and what ties and starts come to."""
    if procedure.rounds is None:
        return
    rounds = read_rounds(procedure.rounds, Place(procedure.id) / "rounds")
    for candidates, number in rounds.start:
        yield Said(
            f"with {candidates} candidates it begins in phase “{rounds.phases[number].name}”"
        )
    for phase in rounds.phases:
        yield _phase(rounds, phase)
    if rounds.excluded:
        yield Said(
            f"who shares {rounds.excluded} with a candidate does not vote while that candidate is "
            "in the race"
        )
    for place, policies in (("first", rounds.ties.first), ("last", rounds.ties.last)):
        if policies != ("none",):
            yield Said(f"level for the {place} place: {listed(list(policies), 'then')}")


def _phase(rounds: Rounds, phase: Phase) -> Said:
    found = [f"elected is who has {phase.threshold.words()}"]
    if phase.points:
        found.append(f"each voter gives {listed([str(n) for n in phase.points], 'and')} points")
    if phase.open:
        found.append("anybody may be voted for")
    if words := _cut(phase.eliminate):
        found.append(f"after each ballot without result {words}")
    many = "without limit" if phase.most is None else f"at most {phase.most}"
    found.append(f"ballots: {many}")
    if phase.most is not None:
        if words := _cut(phase.after):
            found.append(f"after the last of them {words}")
        if phase.following is not None:
            found.append(f"then comes phase “{rounds.phases[phase.following].name}”")
        elif phase.word:
            found.append(f"then it ends: “{phase.word}”")
    return Said(f"phase “{phase.name}”:", tuple(map(Said, found)))


def _cut(cut: Cut) -> str:
    if cut.kind == "lowest":
        return "whoever has fewest votes falls out"
    if cut.kind == "keep":
        ties = ", with all who are level with the last of them" if cut.ties_stay else ""
        return f"only the first {cut.keep} stay{' for each seat' if cut.per_seat else ''}{ties}"
    return ""


def choice_said(procedure: Procedure) -> Iterator[Said]:
    """How winners are chosen out of options."""
    if procedure.choose is None:
        return
    chosen = read_choose(procedure.choose, Place(procedure.id) / "choose")
    rule = chosen.rule
    seats = f"{rule.seats} winners" if isinstance(rule, Counts) and rule.seats > 1 else "one winner"
    yield Said(f"{seats} by {chosen.method}")
    if isinstance(rule, Counts):
        if rule.method == "majority":
            more = "more than" if rule.strict else "at least"
            yield Said(f"needed is {more} {rule.share} of {rule.of}")
        if rule.advance:
            yield Said(f"if nobody has it, the first {rule.advance} go on, ties included")
        if rule.limit is not None:
            limit = rule.limit
            yield Said(f"at most {limit.at_most} winners of one {limit.attribute}")
    if rule.ties != ("none",):
        yield Said(f"where options are level: {listed(list(rule.ties), 'then')}")


def clock_said(procedure: Procedure) -> Iterator[Said]:
    """Times and limits."""
    for key, value in (procedure.clock or {}).items():
        if key in _CLOCK:
            yield Said(_CLOCK[key].format(_clock_value(value)))


def _clock_value(value: Any) -> str:
    if isinstance(value, str) and value.startswith("P"):
        return _duration(value)
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_clock_value(each)}" for key, each in value.items())
    if isinstance(value, list):
        return "; ".join(_clock_value(each) for each in value)
    return "yes" if value is True else "no" if value is False else str(value)


def _duration(text: str) -> str:
    """An ISO 8601 duration in words: P7D is 7 days."""
    found, number, minutes = [], "", False
    for sign in text[1:]:
        if sign == "T":
            minutes = True
        elif sign.isdigit():
            number += sign
        else:
            unit = "month" if sign == "M" and not minutes else _UNITS.get(sign, "year")
            found.append(f"{number} {unit}{'' if number == '1' else 's'}")
            number = ""
    return " ".join(found)


def chain_said(procedure: Procedure) -> Iterator[Said]:
    """The steps of a chain of decisions."""
    for step in procedure.chain:
        rule = step.get("rule") or step.get("same_rule")
        what = f"by the rule {rule}" if rule else "by the rule that the step before selects"
        if "attest" in step:
            what = f"when it is found whether “{step['attest']}”"
        after = [Said(f"“{outcome}”: {then}") for outcome, then in dict(step.get("on", {})).items()]
        name = step.get("step", step.get("name", "step"))
        body = f" ({step['body']})" if "body" in step else ""
        if step.get("select"):
            what += "; its outcome selects the rule of the next step"
        yield Said(f"“{name}”{body}: {what}", tuple(after))
    for one in procedure.attest:
        text = f"“{one.get('finding')}” is for {one.get('by')} to find; no count stands in for it"
        appeal = one.get("appeal")
        yield Said(text, (Said(f"appeal: {appeal}"),) if appeal else ())
