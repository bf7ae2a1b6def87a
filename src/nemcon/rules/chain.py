"""One decision after another: a step's outcome says which comes next, or how it ends.

A chain asks again by going back to an earlier step; the ballots of that step are then a list, one
for each time. A step with `select` decides by which rule the next one is decided.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from nemcon.findings import Finding
from nemcon.findings import Place as At
from nemcon.rules.answer import RuleAnswer, Verdict
from nemcon.rules.names import canonical, listed, nearest, shown
from nemcon.rules.place import Place
from nemcon.saying import say

END = "end:"
_MOST_TURNS = 1000


@dataclass(frozen=True, slots=True)
class Step:
    """One decision: by `rule`, or the finding of an office-holder (`attest`).

    `on` gives for each outcome the next step, or `end: words`; with `select` the id of the rule by
    which the step that follows in the file is decided.
    """

    name: str
    on: Mapping[str, str]
    rule: str = ""
    attest: str = ""
    body: str = ""
    select: bool = False


Decide: TypeAlias = Callable[[str, Any], RuleAnswer]
"""Decides ballots by the rule of an id; an unknown id gives a finding of severity error."""


def read_chain(data: Any, place: Place) -> tuple[Step, ...]:
    """Read `[[chain]]`. Raises `RuleError` with the place."""
    rows = place.items(data, say("[[chain]] tables"))
    names = [
        (place / n / "step").text(_name(row), say("a name for the step"))
        for n, row in enumerate(rows)
    ]
    steps = tuple(_step(row, names, n, place / n) for n, row in enumerate(rows))
    known = {canonical(name) for name in names}
    if len(known) < len(names):
        raise place.error(say("two steps have the same name; give each its own"))
    return steps


def _name(row: Any) -> Any:
    return row.get("step") if isinstance(row, Mapping) else None


def _step(row: Any, names: list[str], number: int, at: Place) -> Step:
    table = at.table(
        row, '{ step = "vote", rule = "un-ga-simple", on = { adopted = "end: adopted" } }'
    )
    select = (at / "select").flag(table.get("select", False))
    on = {}
    for outcome, then in (at / "on").table(table.get("on"), '{ adopted = "end: adopted" }').items():
        here = at / "on" / outcome
        text = here.text(then, say('the next step, or "end: words"'))
        if not select and not text.startswith(END) and canonical(text) not in map(canonical, names):
            near = nearest(text, names)
            hint = (
                say("did you mean '{near}'?", near=near)
                if near
                else say("there are {names}", names=listed(names, "and"))
            )
            raise here.error(say("no step is called {text}; {hint}", text=shown(text), hint=hint))
        on[canonical(outcome)] = text
    if select and number + 1 >= len(names):
        raise at.error(say("no step follows whose rule it could select"))
    rule, attest = table.get("rule", ""), table.get("attest", "")
    if bool(rule) == bool(attest) and not (number and not rule and not attest):
        raise at.error(say("a step has either a 'rule' or a finding to 'attest'"))
    return Step(names[number], on, str(rule), str(attest), str(table.get("body", "")), select)


@dataclass
class _Walk:
    """Where a chain may stand, and the ends that it may come to with their verdicts."""

    steps: tuple[Step, ...]
    decide: Decide
    data: Mapping[str, Any]
    attested: Mapping[str, bool]
    ends: dict[str, set[Verdict]] = field(default_factory=dict)
    open: dict[str, None] = field(default_factory=dict)
    told: list[dict[str, Any]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    turns: int = 0

    def go(self, at: int, visits: Mapping[int, int], rule: str = "") -> None:
        """Decide the step and follow every way on that its outcome leaves open."""
        self.turns += 1
        step = self.steps[at]
        ballots = self._ballots(step, visits.get(at, 0))
        if ballots is None or self.turns > _MOST_TURNS:
            self._leave_open(at)
            return
        outcomes, verdict = self._outcomes(step, ballots, rule or step.rule)
        if not outcomes:
            self._leave_open(at)
            return
        further = {**visits, at: visits.get(at, 0) + 1}
        for outcome in outcomes:
            then = step.on.get(canonical(outcome))
            if then is None:
                self.findings.append(
                    Finding(
                        "no-next-step",
                        "error",
                        say(
                            "the step '{name}' does not say what follows '{outcome}'",
                            name=step.name,
                            outcome=outcome,
                        ),
                    )
                )
            elif step.select:
                self.go(at + 1, further, then)
            elif then.startswith(END):
                words = then.removeprefix(END).strip()
                self.ends.setdefault(words, set()).add(verdict if step.rule or rule else "not met")
            else:
                self.go(self._place(then), further)

    def _place(self, name: str) -> int:
        return next(n for n, s in enumerate(self.steps) if canonical(s.name) == canonical(name))

    def _ballots(self, step: Step, visit: int) -> Any:
        """What is known of the step on this visit; None while nothing is."""
        given = self.data.get(canonical(step.name))
        if step.attest:
            made = self._finding(step.attest, given, visit)
            return None if made is None else {"found": made}
        if isinstance(given, list) and _several(given):
            return given[visit] if visit < len(given) else None
        return given if visit == 0 else None

    def _finding(self, name: str, given: Any, visit: int) -> bool | None:
        if isinstance(given, list):
            given = given[visit] if visit < len(given) else None
        elif visit:
            return None
        if isinstance(given, bool):
            return given
        table = given.get("attestations", {}) if isinstance(given, Mapping) else {}
        every = {**self.attested, **(table if isinstance(table, Mapping) else {})}
        found = {canonical(str(key)): value for key, value in every.items()}.get(canonical(name))
        return found if isinstance(found, bool) else None

    def _outcomes(self, step: Step, ballots: Any, rule: str) -> tuple[list[str], Verdict]:
        if step.attest:
            found = bool(ballots["found"])
            self.told.append({"step": step.name, "attested": step.attest, "outcome": found})
            return ["true" if found else "false"], "met" if found else "not met"
        answer = self.decide(rule, ballots)
        self.findings += [
            Finding(
                f.code,
                f.severity,
                say("step '{name}': {message}", name=step.name, message=f.message),
                f.entries,
                f.place,
            )
            for f in answer.findings
        ]
        self.told.append(
            {
                "step": step.name,
                "rule": rule,
                "outcome": answer.outcome,
                "possible": list(answer.possible),
                "verdict": answer.verdict,
                "arithmetic": [one.to_json() for one in answer.arithmetic],
            }
        )
        if isinstance(answer.outcome, str):
            return [answer.outcome], answer.verdict
        return [str(each) for each in answer.possible], "cannot tell"

    def _leave_open(self, at: int) -> None:
        """Nothing more is known: every end that the steps from here on have may come."""
        self.open[self.steps[at].name] = None
        seen, queue = {at}, [at]
        while queue:
            here = queue.pop()
            step = self.steps[here]
            for then in step.on.values():
                if step.select:
                    following = here + 1
                elif then.startswith(END):
                    words = then.removeprefix(END).strip()
                    self.ends.setdefault(words, set()).add("cannot tell")
                    continue
                else:
                    following = self._place(then)
                if following not in seen:
                    seen.add(following)
                    queue.append(following)


def _several(rows: list[Any]) -> bool:
    """Whether it is one form of ballots for each visit, and not one list of groups."""
    tables = [row for row in rows if isinstance(row, Mapping)]
    return (
        bool(rows)
        and len(tables) == len(rows)
        and not any("pos" in row or "position" in row for row in tables)
    )


def decide_chain(
    rule: str,
    steps: tuple[Step, ...],
    data: Any,
    decide: Decide,
    attested: Mapping[str, bool] | None = None,
) -> RuleAnswer:
    """What a chain comes to, from the ballots of its steps.

    The outcome is open while a step that may be reached has no ballots; `more` tells each step
    that was decided and where the chain stands. Findings: those of the steps; `no-next-step`,
    `unknown-step`.
    """
    if not isinstance(data, Mapping):
        message = say("the ballots of a chain are a table: the name of a step -> its ballots")
        return _refused(rule, "ballots-unreadable", message)
    table = {canonical(str(name)): value for name, value in data.items()}
    names = [step.name for step in steps]
    for name in data:
        if canonical(str(name)) not in map(canonical, names):
            near = nearest(str(name), names)
            hint = (
                say("did you mean '{near}'?", near=near)
                if near
                else say("there are {names}", names=listed(names, "and"))
            )
            return _refused(rule, "unknown-step", f"no step is called {shown(name)}; {hint}")
    walk = _Walk(steps, decide, table, attested or {})
    walk.go(0, {})
    verdicts = {verdict for found in walk.ends.values() for verdict in found}
    failed = any(f.severity == "error" for f in walk.findings)
    sure = len(walk.ends) == 1 and not walk.open and not failed
    verdict: Verdict = verdicts.pop() if len(verdicts) == 1 and sure else "cannot tell"
    return RuleAnswer(
        rule,
        outcome=next(iter(walk.ends)) if sure else None,
        possible=tuple(walk.ends),
        certain=tuple(walk.ends) if sure else (),
        verdict=verdict,
        favourable={"met": True, "not met": False}.get(verdict),
        notes=tuple(f"the next step is '{name}'" for name in walk.open),
        findings=tuple(dict.fromkeys(walk.findings)),
        more={"steps": walk.told, "next": list(walk.open)},
    )


def _refused(rule: str, code: str, message: str) -> RuleAnswer:
    return RuleAnswer(rule, findings=(Finding(code, "error", message, place=At(field="steps")),))
