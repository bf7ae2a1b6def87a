"""Which matter is asked about, and by which rule it is decided."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from nemcon.entries import Matter, Office, Rule
from nemcon.rules.procedure import Procedure, RuleError, read_procedure
from nemcon.saying import say
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
    found, problem = _procedure(state, procedures, rule)
    title = state.matter_title(name)
    return Question(name, title, organ, office, rule, found, problem)


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


def _procedure(state: State, procedures: Procedures, rule: str) -> tuple[Procedure | None, str]:
    """The rule as data: of a rule entry in force on `on`, else of the library."""
    if not rule:
        return None, say("no rule is given for this matter; name one in [[matter]] or [[office]]")
    entries = [r for r in state.all(Rule) if r.name == rule and _in_force(r, state)]
    for entry in entries:
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
    problem = say("no rule '{name}' in the library or among the entries", name=named)
    return found, "" if found else problem


def _in_force(rule: Rule, state: State) -> bool:
    """Whether the rule may be in force on `on` (half-open: it ends on the day another starts)."""
    last = state.on.last_day(state.zone)
    day = When.day(last) if last else state.on
    started = rule.start is None or rule.start.after(day, state.zone) is not True
    ended = rule.end is not None and rule.end.after(day, state.zone) is False
    return started and not ended
