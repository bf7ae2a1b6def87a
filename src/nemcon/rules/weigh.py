"""One way in for every rule and every form of ballots: which part of the rule decides them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from math import ceil, floor
from typing import Any

from nemcon.findings import Finding, Place
from nemcon.rules.answer import RuleAnswer
from nemcon.rules.chain import decide_chain, read_chain
from nemcon.rules.choose import decide_choice, read_choose
from nemcon.rules.clock import read_clock, timing
from nemcon.rules.counted import Counted
from nemcon.rules.names import as_number, canonical, listed, nearest, shown
from nemcon.rules.objections import read_objections, standing, with_objections
from nemcon.rules.parts import BESIDE, FORMS
from nemcon.rules.phases import read_rounds
from nemcon.rules.place import Place as At
from nemcon.rules.place import RuleError
from nemcon.rules.polled import NOTHING_ELSE, Asked, decide_groups, seat_groups
from nemcon.rules.procedure import Procedure
from nemcon.rules.rounds import decide_rounds
from nemcon.rules.rows import decide_rows
from nemcon.rules.seating import Seated
from nemcon.rules.sides import sides
from nemcon.when import When, WhenError

_CHOICES = ("rankings", "approvals", "scores", "totals")
_SLIP = 0.8


def weigh(procedure: Procedure, data: Any, asked: Asked = NOTHING_ELSE) -> RuleAnswer:
    """What a rule says of ballots in any of the forms of `docs/rules.md`.

    Never raises for what the ballots or the rule hold. Findings of severity error tell what is
    wrong with them; the outcome is then open.
    """
    try:
        form, ballots = _form(procedure, data)
        asked = _beside(ballots, asked)
        if form in ("winner", "declared"):
            return _declared(procedure, ballots, asked)
        if form == "rows":
            return _ladder(procedure, form, decide_rows, ballots["rows"], asked)
        if form == "ballots" and procedure.choose is None:
            return _groups(procedure, ballots, asked)
        if form == "steps":
            return _steps(procedure, ballots, asked)
        if form == "rounds":
            return _rounds(procedure, ballots, asked)
        return _choice(procedure, ballots, asked)
    except RuleError as error:
        return _refused(procedure, asked, "rule", str(error))
    except _FormError as error:
        return _refused(procedure, asked, "ballots-unreadable", str(error))


def members_of(
    procedure: Procedure, data: Any, asked: Asked = NOTHING_ELSE
) -> tuple[Seated, Asked] | None:
    """Everybody on the roll as ballots in groups leave them, and what stands beside the ballots.

    None for ballots in another form, with objections or a clock beside them, or with errors.
    """
    try:
        form, table = _form(procedure, data)
        if form != "ballots" or not procedure.ladder or {"objections", "clock"} & set(table):
            return None
        asked = _beside(table, asked)
        return seat_groups(procedure, table["ballots"], asked), asked
    except (RuleError, _FormError):
        return None


class _FormError(ValueError):
    """Ballots in no form that there is, or in none that the rule takes."""


def _refused(procedure: Procedure, asked: Asked, code: str, message: str) -> RuleAnswer:
    return RuleAnswer(procedure.id, asked.on, findings=(Finding(code, "error", message),))


def _form(procedure: Procedure, data: Any) -> tuple[str, Mapping[str, Any]]:
    """The form of the ballots, and the table in which they stand under its name."""
    if isinstance(data, Mapping):
        table = {canonical(str(key)).replace("-", "_"): value for key, value in data.items()}
        if "reports" in table and "rounds" not in table:
            return "rounds", table
        found = [form for form in FORMS if form in table]
        if found:
            return found[0], table
        near = next((n for key in table if (n := nearest(key, FORMS, _SLIP))), None)
        hint = f"did you mean '{near}'?" if near else f"write one of {listed(FORMS, 'or', 99)}"
        raise _FormError(f"there are no ballots here; {hint}")
    if not isinstance(data, list | tuple):
        raise _FormError(f"{shown(data)} is no table and no list of ballots")
    if data and all(isinstance(row, str) for row in data):
        return "rankings", {"rankings": list(data)}
    keys = {canonical(str(key)) for row in data if isinstance(row, Mapping) for key in row}
    if procedure.rounds is not None and not keys & {"pos", "position", "vote", "stance"}:
        return "rounds", {"rounds": list(data)}
    return "ballots", {"ballots": list(data)}


def _beside(table: Mapping[str, Any], asked: Asked) -> Asked:
    """What stands beside the ballots; what was asked for goes first."""
    for key in BESIDE:
        if key in ("params", "attestations") and not isinstance(table.get(key, {}), Mapping):
            raise _FormError(f"'{key}' is no table; write {{ name = value }}")
    if "closed" in table and not isinstance(table["closed"], bool):
        raise _FormError(f"'closed' is {shown(table['closed'])}; write true or false")
    params = {**table.get("params", {}), **(asked.params or {})}
    attested = {**table.get("attestations", {}), **(asked.attested or {})}
    for name, value in attested.items():
        if not isinstance(value, bool):
            raise _FormError(f"the finding {shown(name)} is {shown(value)}; write true or false")
    on = asked.on or (str(table["on"]) if table.get("on") else None)
    closed = asked.closed or table.get("closed", False)
    return replace(asked, params=params, attested=attested, closed=closed, on=on)


def _groups(procedure: Procedure, ballots: Mapping[str, Any], asked: Asked) -> RuleAnswer:
    """Ballots in groups, with the objections and the times that stand beside them."""
    groups, findings, more = ballots["ballots"], list[Finding](), dict[str, Any]()
    if "objections" in ballots:
        rule = read_objections(procedure.objections or {}, At(procedure.id, ("objections",)))
        found, told = standing(rule, ballots["objections"], _when(asked.on))
        findings += told
        more["objections"] = [one.to_json() for one in found]
        if isinstance(groups, list):
            groups = with_objections(groups, found, str(sides(procedure).against))
    if "clock" in ballots:
        clock = read_clock(procedure.clock or {}, At(procedure.id, ("clock",)))
        if not isinstance(ballots["clock"], Mapping):
            raise _FormError("'clock' is no table; write { opened = …, closes = …, at = … }")
        times = timing(clock, ballots["clock"])
        findings += times.findings
        more["clock"] = times.to_json()
        asked = replace(asked, running=times.status in ("open", "not open"))
    answer = _ladder(procedure, "ballots", decide_groups, groups, asked)
    if any(one.severity == "error" for one in findings):
        # A vote out of time, or an objection that cannot be read, decides nothing by itself.
        answer = replace(answer, outcome=None, verdict="cannot tell", favourable=None, certain=())
    return replace(answer, findings=(*findings, *answer.findings), more={**answer.more, **more})


def _ladder(procedure: Procedure, form: str, decide: Any, ballots: Any, asked: Asked) -> RuleAnswer:
    if not procedure.ladder:
        raise _FormError(_other_form(procedure, form))
    found: RuleAnswer = decide(procedure, ballots, asked)
    return found


def _other_form(procedure: Procedure, form: str) -> str:
    takes = []
    if procedure.ladder:
        takes += ["ballots", "rows"]
    if procedure.rounds is not None:
        takes.append("rounds")
    if procedure.choose is not None:
        takes += [*_CHOICES, "ballots"]
    if procedure.chain:
        takes.append("steps")
    return f"rule '{procedure.id}' is not decided by '{form}'; it takes {listed(takes)}"


def _rounds(procedure: Procedure, ballots: Mapping[str, Any], asked: Asked) -> RuleAnswer:
    if procedure.rounds is None:
        raise _FormError(_other_form(procedure, "rounds"))
    rounds = read_rounds(procedure.rounds, At(procedure.id, ("rounds",)))
    groups: list[tuple[Mapping[str, Any], int]] | None = None
    if asked.roll:
        groups = [(seat.held, 1) for seat in asked.roll.seats]
    elif procedure.roll.size is not None:
        groups = [({}, procedure.roll.size)]
    table = {**ballots, **({"closed": True} if asked.closed else {})}
    return _as_answer(procedure, asked, decide_rounds(rounds, table, asked.params or {}, groups))


def _steps(procedure: Procedure, ballots: Mapping[str, Any], asked: Asked) -> RuleAnswer:
    """A chain: each step by its own rule, which `asked.find` knows by its id."""
    if not procedure.chain:
        raise _FormError(_other_form(procedure, "steps"))
    steps = read_chain(list(procedure.chain), At(procedure.id, ("chain",)))

    def decide(rule: str, data: Any) -> RuleAnswer:
        found = asked.find(rule) if asked.find else None
        if found is None:
            message = f"the rule '{rule}' is not in the library"
            return RuleAnswer(rule, findings=(Finding("rule", "error", message),))
        return weigh(found, data, replace(asked, roll=None, directory=None, params={}))

    found = decide_chain(procedure.id, steps, ballots["steps"], decide, asked.attested)
    return replace(found, on=asked.on)


def _choice(procedure: Procedure, ballots: Mapping[str, Any], asked: Asked) -> RuleAnswer:
    form = next(form for form in FORMS if form in ballots)
    if procedure.choose is None:
        raise _FormError(_other_form(procedure, form))
    choose = read_choose(procedure.choose, At(procedure.id, ("choose",)))
    return _as_answer(
        procedure, asked, decide_choice(choose, ballots, asked.params or {}, _when(asked.on))
    )


def _when(on: str | None) -> When | None:
    try:
        return When.parse(on) if on else None
    except WhenError as error:
        raise _FormError(str(error)) from None


def _as_answer(procedure: Procedure, asked: Asked, counted: Counted) -> RuleAnswer:
    told = {"met": True, "not met": False}.get(counted.verdict)
    return RuleAnswer(
        procedure.id,
        asked.on,
        outcome=counted.outcome,
        possible=counted.possible,
        certain=counted.certain,
        verdict=counted.verdict,
        favourable=told,
        events=counted.events,
        notes=counted.notes,
        arithmetic=counted.arithmetic,
        findings=counted.findings,
        more=counted.more,
    )


def _declared(procedure: Procedure, ballots: Mapping[str, Any], asked: Asked) -> RuleAnswer:
    """Only the result is known: it is told, and nothing is worked out."""
    told = ballots.get("declared", ballots.get("winner"))
    message = (
        "only the declared result is known; without the votes nobody can tell whether the rule "
        "carries it"
    )
    finding = Finding("only-declared", "note", message, place=Place(field="declared"))
    beside = ballots.get("_", {})
    bases = {**(asked.params or {}), **(beside if isinstance(beside, Mapping) else {})}
    return RuleAnswer(
        procedure.id,
        asked.on,
        notes=tuple(_needed(procedure, bases)),
        findings=(finding,),
        more={"declared": told},
    )


def _needed(procedure: Procedure, bases: Mapping[str, Any]) -> Iterator[str]:
    """How many votes each phase of the rounds asks for, as far as the base is told."""
    if procedure.rounds is None:
        return
    for phase in read_rounds(procedure.rounds, At(procedure.id, ("rounds",))).phases:
        threshold = phase.threshold
        text = f"phase '{phase.name}' asks for {threshold.words()}"
        base = threshold.number or as_number(bases.get(threshold.param or threshold.of))
        if base is not None and not threshold.plurality:
            exact = threshold.share * base
            least = floor(exact) + 1 if threshold.strict else ceil(exact)
            text += f": {least} of {base}"
        yield text
