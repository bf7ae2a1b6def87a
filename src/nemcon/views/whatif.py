"""What if: the answer as it is, beside what it would be under each supposition."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from nemcon.analysis.whatif import Known, Scenario, SupposeError, resolved, undeclared
from nemcon.entries import Office, Party, Position, Tally
from nemcon.findings import Finding
from nemcon.rules.algebra import Compare, Every, If, Nobody, Not, Predicate, Some
from nemcon.rules.procedure import Procedure
from nemcon.rules.sentences import Words
from nemcon.saying import say
from nemcon.state import State
from nemcon.views.changes import change_lines
from nemcon.views.dates import on_words
from nemcon.views.diff import Change, DiffView, changes_between
from nemcon.views.phrases import also, listed
from nemcon.views.question import Procedures
from nemcon.views.register import register
from nemcon.views.status import StatusView, finding_json, status
from nemcon.views.tongue import _, marked, spoken
from nemcon.when import When
from nemcon.worlds.attributes import attributes_at
from nemcon.worlds.conventions import ConventionError, Conventions, parse_conventions
from nemcon.worlds.days import LAST
from nemcon.worlds.kept import Kept
from nemcon.worlds.shown import Told, holds
from nemcon.worlds.supposed import NOTHING, Supposed

_SHOWN = ("on", "verdict", "exact", "stage", "rule", "candidates", "support", "needed", "counting")
_NOT_TOLD = ("expectations", "office")
marked("holds", "does not hold", "cannot tell", "support", "objection", "abstention", "hesitation")
marked("recusal", "none", "reserve", "no-objection")


@dataclass(frozen=True, slots=True)
class Turned:
    """One comparison of the rule, towards one candidate: whether it held, and whether it would.

    `before` is None for a comparison of another rule than the one that applies.
    """

    comparison: str
    candidate: str
    before: Told | None
    after: Told


@dataclass(frozen=True)
class Side:
    """One scenario with its answer, and what is different there."""

    scenario: Scenario
    supposed: Supposed
    view: StatusView
    changes: tuple[Change, ...]
    turned: tuple[Turned, ...]
    notes: tuple[Finding, ...] = ()
    """What is to be said of the supposition itself."""


@dataclass(frozen=True)
class WhatIfView:
    """Everything that `nemcon whatif` says; `to_json` is its contract. Nothing of it is stored."""

    present: StatusView
    sides: tuple[Side, ...]

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The name for people of each id."""
        return self.present.titles

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found on the way, in the present and in what is supposed."""
        found = [*self.present.findings]
        for side in self.sides:
            found += [*side.notes, *side.view.findings]
        return tuple(dict.fromkeys(found))

    def words(self, side: Side) -> str:
        """What a scenario supposes: *Romania: support for Mark Rutte; Ukraine is a member*."""
        return "; ".join(_words(side))

    def lines(self, side: Side) -> Iterator[str]:
        """What is different, one line each, with the comparisons of the rule that turned."""
        states = (self.present.state, side.view.state)
        yield from change_lines(DiffView(self.present, side.view, states, (), (), side.changes, ()))
        for one in side.turned:
            about = f" ({self.present.title(one.candidate)})" if one.candidate else ""
            was = f"{_(one.before)} → " if one.before else ""
            yield f"“{spoken(one.comparison)}”{about}: {was}{_(one.after)}"

    def to_json(self) -> dict[str, Any]:
        """The view as plain values."""
        return {
            "body": self.present.body,
            "matter": self.present.question.matter,
            "known": str(self.present.known) if self.present.known else None,
            "present": _summary(self.present),
            "scenarios": [
                {
                    "if": side.scenario.text,
                    "words": self.words(side),
                    **_summary(side.view),
                    "changes": [change.to_json() for change in side.changes],
                    "turned": [_turned_json(one) for one in side.turned],
                }
                for side in self.sides
            ],
            "stored": False,
            "findings": [finding_json(finding) for finding in self.findings],
        }


def _summary(view: StatusView) -> dict[str, Any]:
    told = view.to_json()
    return {key: told[key] for key in _SHOWN if key in told}


def _turned_json(one: Turned) -> dict[str, Any]:
    about = {"candidate": one.candidate} if one.candidate else {}
    return {"comparison": one.comparison, **about, "before": one.before, "after": one.after}


def _words(side: Side) -> Iterator[str]:
    title = side.view.title
    for member, (stance, candidate) in side.supposed.stances:
        told = {"who": title(member), "stance": _(stance), "candidate": title(candidate)}
        if candidate and stance == "support":
            yield _("{who}: {stance} for {candidate}").format(**told)
        elif candidate:
            yield _("{who}: {stance} to {candidate}").format(**told)
        else:
            yield _("{who}: {stance}").format(**told)
    for member, attributes in side.supposed.joins:
        held = listed([f"{name} {value}" for name, value in attributes])
        said = _("{who} is a member").format(who=title(member))
        yield also(said, _("{said} ({more})"), more=held)
    for member in side.supposed.leaves:
        yield _("{who} is no member").format(who=title(member))
    if side.scenario.rule:
        yield _("the rule is {rule}").format(rule=side.view.question.rule)
    if side.scenario.counts:
        counts = ", ".join(f"{k}={v}" for k, v in side.scenario.counts.items())
        yield _("counted with {conventions}").format(conventions=counts)
    if side.scenario.on:
        yield _("asked {date}").format(date=on_words(side.scenario.on))


@dataclass
class Suppose:
    """Asks one matter of one record under suppositions. What is worked out for one serves all.

    `state_at` gives the state for another `on`; `rules` gives a rule by the name that a scenario
    has for it.
    """

    present: StatusView
    conventions: Conventions
    procedures: Procedures
    state_at: Callable[[When], State]
    rules: Callable[[str], Procedure]
    _kept: dict[str, Kept] = field(default_factory=dict)

    def view(self, scenarios: Sequence[Scenario]) -> WhatIfView:
        """All scenarios beside the present. Raises `SupposeError` for one that cannot be asked."""
        return WhatIfView(self.present, tuple(map(self._side, scenarios)))

    def _side(self, scenario: Scenario) -> Side:
        now = self.present
        state = self.state_at(scenario.on) if scenario.on else self.present.state
        rule = self.rules(scenario.rule) if scenario.rule else None
        counting = self._counting(scenario)
        supposed, notes = NOTHING, tuple[Finding, ...]()
        if scenario.stances or scenario.joins or scenario.leaves:
            before = self._asked(state, NOTHING, rule, counting)
            names = known(before)
            supposed = _with_attributes(resolved(scenario, names), state)
            notes = tuple(undeclared(supposed, names))
        view = self._asked(state, supposed, rule, counting)
        told = [c for c in changes_between(now.to_json(), view.to_json()) if _told(c)]
        turned = self._turned(now, view, supposed, rule is not None, counting)
        return Side(scenario, supposed, view, tuple(told), tuple(turned), notes)

    def _counting(self, scenario: Scenario) -> Conventions:
        try:
            chosen = parse_conventions(scenario.counts)
        except ConventionError as error:
            raise SupposeError(say("count:{error}", error=str(error))) from None
        own = {name: getattr(chosen, name) for name in scenario.counts}
        return replace(self.conventions, **own)

    def _asked(
        self, state: State, supposed: Supposed, rule: Procedure | None, counting: Conventions
    ) -> StatusView:
        return status(
            state,
            self.procedures,
            matter=self.present.question.matter,
            conventions=counting,
            supposed=supposed,
            rule=rule,
            kept=self._kept.setdefault(str(state.on), Kept()),
        )

    def _turned(
        self,
        now: StatusView,
        view: StatusView,
        supposed: Supposed,
        other: bool,
        counting: Conventions,
    ) -> Iterator[Turned]:
        procedure = view.question.procedure
        if procedure is None or not procedure.ladder or not view.answer.exact:
            return
        words = Words(procedure)
        names = [r.candidate for r in view.answer.reckonings if r.standing.may_run]
        for node in comparisons(procedure):
            for candidate in names or [""]:
                after = self._holds(view, supposed, counting, candidate, node)
                before = (
                    None if other else self._holds(now, NOTHING, self.conventions, candidate, node)
                )
                if before != after:
                    yield Turned(words.predicate(node).text, candidate, before, after)

    def _holds(
        self,
        view: StatusView,
        supposed: Supposed,
        counting: Conventions,
        candidate: str,
        node: Predicate,
    ) -> Told:
        assert view.question.procedure is not None
        return holds(
            *(view.state, view.question.matter, view.question.procedure, counting, candidate),
            node,
            supposed=supposed,
            kept=self._kept.setdefault(str(view.state.on), Kept()),
        )


def _told(change: Change) -> bool:
    return change.what not in _NOT_TOLD


def comparisons(procedure: Procedure) -> list[Predicate]:
    """The comparisons that the ladder of a rule makes of the whole roll, each once."""
    found: list[Predicate] = []

    def collect(node: Predicate) -> None:
        match node:
            case Compare() | Nobody():
                found.append(node)
            case Every() | Some():
                for part in node.parts:
                    collect(part)
            case Not():
                collect(node.part)
            case If():
                for part in (node.condition, node.then, node.otherwise):
                    collect(part)

    for line in procedure.ladder:
        collect(line.when)
    return list(dict.fromkeys(found))


def known(view: StatusView) -> Known:
    """What names in a scenario can mean."""
    state, asked = view.state, view.question
    names: dict[str, Collection[str]] = {
        party.name: (party.title, *party.aliases) for party in state.all(Party)
    }
    may_be = {line.member for line in register(state).members}
    if any(m.roll_on for m in state.matters.get(asked.matter, ())):
        may_be |= set(state.memberships)
    candidates = [r.candidate for r in view.answer.reckonings if r.candidate]
    offices = {office.name for office in state.all(Office)}
    people = {p.name for p in state.all(Party) if p.sort == "person"}
    said = {e.stance for e in state.all(Position) if e.members}
    said |= {count.stance for e in state.all(Tally) for count in e.counts}
    return Known(
        members={name: names.get(name, ()) for name in sorted(may_be)},
        parties={n: also for n, also in names.items() if n not in offices | people | may_be},
        candidates={name: names.get(name, ()) for name in candidates},
        running=_eligible(view),
        procedure=asked.procedure,
        stances=frozenset(said),
        selection=bool(candidates),
        day=str(state.on),
    )


def _eligible(view: StatusView) -> tuple[str, ...]:
    """The candidates that are eligible for certain; if there are none, those that may be."""
    named = [r for r in view.answer.reckonings if r.candidate and r.standing.may_run]
    sure = [r for r in named if not r.standing.may_be_out]
    return tuple(r.candidate for r in sure or named)


def _with_attributes(supposed: Supposed, state: State) -> Supposed:
    """Who joins has the attributes that it ever had as a member, and those that are supposed."""
    if not supposed.joins:
        return supposed
    ever = attributes_at(state, LAST)
    joins = tuple(
        (member, tuple(sorted({**ever.get(member, {}), **dict(more)}.items())))
        for member, more in supposed.joins
    )
    return replace(supposed, joins=joins)
