"""The life of an objection: raised, admitted or not, sustained, withdrawn, addressed or overruled.

The rule says which of these leave it open; only open objections are counted, each as the position
against. Who objects stands in the list of objections; what else its group says is left aside.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nemcon.findings import Finding
from nemcon.findings import Place as At
from nemcon.rules.names import canonical, listed, nearest, shown
from nemcon.rules.place import Place
from nemcon.saying import say
from nemcon.when import When, WhenError

STATES = (
    *("raised", "admitted", "sustained", "inadmissible"),
    *("withdrawn", "addressed", "overruled"),
)
_OPEN = ("raised", "admitted", "sustained")
_KEYS = ("by", "raised", "reason", "text", "status", "then", "note")


@dataclass(frozen=True, slots=True)
class Objections:
    """How a rule takes objections: which states leave one open, and whether it needs a reason."""

    open: tuple[str, ...] = _OPEN
    needs: str = ""


@dataclass(frozen=True, slots=True)
class Objection:
    """One objection as it stands: who raised it, its state, and whether it is open."""

    by: str
    state: str
    open: bool
    why: str = ""

    def to_json(self) -> dict[str, Any]:
        """The objection as plain values."""
        return {"by": self.by, "state": self.state, "open": self.open, "why": self.why}


def read_objections(data: Any, place: Place) -> Objections:
    """Read `[objections]`. Raises `RuleError` with the place."""
    table = place.table(data, say('[objections] with open = ["raised", "sustained"]'))
    both = [*_states(table, "open", place, _OPEN), *_states(table, "closed", place, ())]
    if len(both) != len(set(both)):
        raise place.error(say("a state is both open and closed; keep it in one of the two"))
    needs = (place / "needs").text(table["needs"], '"reason"') if "needs" in table else ""
    return Objections(_states(table, "open", place, _OPEN), needs)


def _states(
    table: Mapping[str, Any], key: str, place: Place, default: tuple[str, ...]
) -> tuple[str, ...]:
    if key not in table:
        return default
    for each in (place / key).items(table[key], '["raised", "sustained"]'):
        if each not in STATES:
            near = nearest(str(each), STATES)
            hint = (
                say("did you mean '{near}'?", near=near)
                if near
                else say("there are {states}", states=listed(STATES, "and"))
            )
            raise (place / key).error(
                say("no state is called {each}; {hint}", each=shown(each), hint=hint)
            )
    return tuple(table[key])


def standing(
    rule: Objections, ledger: Any, on: When | None
) -> tuple[tuple[Objection, ...], tuple[Finding, ...]]:
    """Every objection as it stands on a date; without one, as it stands last.

    `ledger` is a list of tables: `by`, `raised` (a date), `reason`, and either `status` or `then`,
    a list of `{what, on}`. Findings: `objection-unreadable`, `objection-without-reason`.
    """
    if not isinstance(ledger, list):
        return (), (_finding(0, say("objections are a list; write [{ by = …, raised = … }]")),)
    found: list[Objection] = []
    findings: list[Finding] = []
    for number, row in enumerate(ledger, 1):
        try:
            one = _stands(rule, row, on)
        except ValueError as error:
            findings.append(_finding(number, str(error)))
            continue
        if one is None:
            continue
        found.append(one)
        if one.why:
            findings.append(
                Finding(
                    "objection-without-reason",
                    "warning",
                    say("the objection of {by} is not counted: {why}", by=one.by, why=one.why),
                    place=At(field=f"objection {number}"),
                )
            )
    return tuple(found), tuple(findings)


def _stands(rule: Objections, row: Any, on: When | None) -> Objection | None:
    """The objection of a row; None where it was raised only later. Raises `ValueError`."""
    if not isinstance(row, Mapping) or not isinstance(row.get("by"), str):
        raise ValueError(say("name who objects; write { by = …, raised = … }"))
    for key in row:
        if key not in _KEYS:
            near = nearest(key, _KEYS)
            hint = (
                say("did you mean '{near}'?", near=near)
                if near
                else say("there are {keys}", keys=listed(_KEYS, "and"))
            )
            raise ValueError(say("unknown key {key}; {hint}", key=shown(key), hint=hint))
    if not _by_then(row.get("raised"), on):
        return None
    state = str(row.get("status", "raised"))
    for step in row.get("then", []):
        if not isinstance(step, Mapping) or "what" not in step:
            raise ValueError(say("a step of 'then' is { what = \"withdrawn\", on = … }"))
        if _by_then(step.get("on"), on):
            state = str(step["what"])
    if state not in STATES:
        near = nearest(state, STATES)
        hint = (
            say("did you mean '{near}'?", near=near)
            if near
            else say("there are {states}", states=listed(STATES, "and"))
        )
        raise ValueError(say("no state is called {state}; {hint}", state=shown(state), hint=hint))
    lacks = bool(rule.needs) and not str(row.get("reason", row.get("text", ""))).strip()
    why = say("this rule asks for a {needs}, and none is given", needs=rule.needs) if lacks else ""
    return Objection(row["by"], state, state in rule.open and not lacks, why)


def _by_then(text: Any, on: When | None) -> bool:
    """Whether it has happened by a date; what bears no date has."""
    if text is None or on is None:
        return True
    try:
        when = When.parse(str(text))
    except WhenError as error:
        raise ValueError(str(error)) from None
    return when.after(on) is not True


def with_objections(
    groups: list[Any], objections: tuple[Objection, ...], against: str
) -> list[Any]:
    """The groups of ballots with every open objection in them, and its author in no other."""
    names = {canonical(one.by): one for one in objections if one.open}
    found: list[Any] = []
    for group in groups:
        if not isinstance(group, Mapping) or not isinstance(group.get("voters"), list):
            found.append(group)
            continue
        kept = [name for name in group["voters"] if canonical(str(name)) not in names]
        gone = len(group["voters"]) - len(kept)
        changed = {**group, "voters": kept}
        if isinstance(group.get("count"), int):
            changed["count"] = group["count"] - gone
        found.append(changed)
    counted = all(isinstance(g, Mapping) and "count" in g for g in groups)
    number = {"count": 1} if counted else {}
    return [*found, *({"pos": against, "voters": [one.by], **number} for one in names.values())]


def _finding(number: int, message: str) -> Finding:
    where = f"objection {number}" if number else "objections"
    return Finding("objection-unreadable", "error", message, place=At(field=where))
