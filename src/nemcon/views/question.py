"""Which matter is asked about, and by which rule it is decided."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from nemcon.check.lookup import two_rules
from nemcon.entries import Matter, Office, Rule
from nemcon.rules.procedure import Procedure, RuleError, read_procedure
from nemcon.saying import listed, say
from nemcon.state import State
from nemcon.when import When

Procedures: TypeAlias = Callable[[str], Procedure | None]


class QuestionError(ValueError):
    """The question cannot be put; the message says what to give."""


@dataclass(frozen=True)
class Question:
    """One matter of a state with what is said of it, merged: each source may name a part of it."""

    matter: str
    title: str
    organ: str
    office: str
    rule: str
    procedure: Procedure | None
    problem: str = ""
    about: tuple[str, ...] = ()  # the entries that the problem is about


def question(state: State, procedures: Procedures, matter: str = "") -> Question:
    """Resolve the matter (the only one, if none is named) and its rule.

    Raises `QuestionError` if there is no matter, several and none named, or no such matter.
    """
    name = _matter_name(state, matter)
    stated = state.matters.get(name, [])
    office = _first(stated, "office") or _office_of(state, name)
    record = next((o for o in state.all(Office) if o.name == office), None)
    organ = _first(stated, "organ") or (record.organ if record else "")
    rule = _first(stated, "rule") or (record.rule if record else "")
    entries = [entry for entry in state.all(Rule) if entry.name == rule]
    found, problem = _procedure(state, procedures, rule, entries)
    title = state.matter_title(name)
    about = tuple(entry.id for entry in entries) if problem else ()
    return Question(name, title, organ, office, rule, found, problem, about)


def matter_names(state: State) -> list[str]:
    """Every matter that an entry names, in alphabetical order."""
    return sorted(state.matter_names)


def _matter_name(state: State, wanted: str) -> str:
    names = matter_names(state)
    if wanted:
        if wanted not in names:
            known = ", ".join(names) or say("none")
            raise QuestionError(
                say("no matter '{name}' here; there are: {known}", name=wanted, known=known)
            )
        return wanted
    if len(names) == 1:
        return names[0]
    if not names:
        raise QuestionError(
            say(
                "nothing here speaks of a matter to decide; give a report that does, or a "
                "[[matter]]"
            )
        )
    raise QuestionError(
        say("several matters here; choose one with --matter: {names}", names=", ".join(names))
    )


def _first(stated: Sequence[Matter], name: str) -> str:
    values = {str(getattr(matter, name)) for matter in stated} - {""}
    return min(values, default="")


def _office_of(state: State, matter: str) -> str:
    """The office whose short name heads the id of a selection, as in `sg-2024`."""
    short = matter.rpartition("-")[0]
    return next((o.name for o in state.all(Office) if o.short and o.short == short), "")


def _procedure(
    state: State, procedures: Procedures, rule: str, versions: Sequence[Rule]
) -> tuple[Procedure | None, str]:
    """The rule as data: of a rule entry in force on `on`, else of the library."""
    if not rule:
        return None, say("no rule is given for this matter; name one in [[matter]] or [[office]]")
    entries = [version for version in versions if _in_force(version, state)]
    for entry in entries:
        if entry.algebra and entry.procedure:
            return None, two_rules(entry)
        if entry.algebra:
            try:
                return read_procedure(entry.algebra, rule, entry.title), ""
            except RuleError as error:
                return None, str(error)
    named = next((r.procedure for r in entries if r.procedure), rule)
    try:
        found = procedures(named)
    except RuleError as error:
        return None, str(error)
    if found:
        return found, ""
    if versions and not entries:
        return None, _not_in_force(state, rule, versions)
    return None, say("no rule '{name}' in the library or among the entries", name=named)


def _not_in_force(state: State, rule: str, versions: Sequence[Rule]) -> str:
    """Since when, or until when, there is the rule."""
    spans = [_span(version) for version in versions]
    return say(
        "the rule '{rule}' is not in force on {on}: it is {spans}; correct its 'start' and 'end', "
        "or ask about another day",
        rule=rule,
        on=str(state.on),
        spans=listed(dict.fromkeys(spans)),
    )


def _span(rule: Rule) -> str:
    if rule.start is not None and rule.end is not None:
        return say("in force from {start} to {end}", start=str(rule.start), end=str(rule.end))
    if rule.end is not None:
        return say("in force until {end}", end=str(rule.end))
    return say("in force from {start} on", start=str(rule.start))


def _in_force(rule: Rule, state: State) -> bool:
    """Whether the rule may be in force on `on` (half-open: it ends on the day another starts)."""
    last = state.on.last_day(state.zone)
    day = When.day(last) if last else state.on
    started = rule.start is None or rule.start.after(day, state.zone) is not True
    ended = rule.end is not None and rule.end.after(day, state.zone) is False
    return started and not ended
