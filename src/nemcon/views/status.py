"""The answer to *is it agreed?* for one matter at one date, with what is outstanding."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property, partial
from typing import Any

from nemcon.check.unread import as_far_as_read
from nemcon.entries import Body, Decision, Office, Organ, Party, Rule, Term
from nemcon.findings import Finding, not_told
from nemcon.rules.procedure import Procedure
from nemcon.state import State, confirmed
from nemcon.views.needed import Answered, Needed, needed
from nemcon.views.phrases import teller
from nemcon.views.question import Procedures, Question, question
from nemcon.views.reasons import Reason, reasons
from nemcon.views.unread import Unread
from nemcon.when import When
from nemcon.worlds.attributes import attributes_at
from nemcon.worlds.conventions import Conventions
from nemcon.worlds.course import Declared, Hope, Stage, declared, hopes, stage
from nemcon.worlds.days import day_range
from nemcon.worlds.kept import Kept
from nemcon.worlds.settle import Settling, settling, won_over
from nemcon.worlds.shown import Beside, Told, beside
from nemcon.worlds.silences import Quiet, silences
from nemcon.worlds.supposed import NOTHING, Supposed
from nemcon.worlds.verdict import Answer, Bounds, Reckoning, answer
from nemcon.worlds.wide import out_of_reach


@dataclass(frozen=True)
class Waiting:
    """What the proposals that wait would change, were they confirmed: the verdict, and by how many
    each candidate ('' for a motion) would be supported more for certain, where that differs.
    """

    verdict: str
    plus: Mapping[str, int]


@dataclass(frozen=True)
class StatusView:
    """Everything that `nemcon status` says of a state; `to_json` is its contract.

    `titles` gives the name for people of each id. `assumed` says that `on` lies past `known`, so
    that stances are assumed to persist.
    """

    body: str
    question: Question
    on: When
    known: When | None
    answer: Answer
    stage: Stage
    declared: Declared | None
    hopes: tuple[Hope, ...]
    holder: Term | None
    planned: Term | None
    designate: str
    effective: tuple[When, bool] | None
    needed: tuple[Needed, ...]
    settling: Settling | None
    shows: tuple[Beside, ...]
    counting: Mapping[str, object]
    proposed: int
    sealed: int
    erased: int
    findings: tuple[Finding, ...]
    state: State = field(repr=False, compare=False)
    titles: Mapping[str, str] = field(default_factory=dict)
    assumed: bool = False
    told_by: tuple[tuple[str, ...], ...] = ()  # who tells each outcome of the decision
    waiting: Waiting | None = None
    unread: Unread = field(default_factory=Unread)
    silences: tuple[Quiet, ...] = ()
    under: Rule | None = None  # what the record says of the rule that it was decided under

    @property
    def told_of(self) -> tuple[Term | Decision, ...]:
        """The terms and the reports of the decision that the answer tells of by name and date."""
        effective = self.effective[0] if self.effective else None
        terms = (
            term
            for term in self.state.all(Term)
            if self.declared is not None
            and term.holder == self.declared.candidate
            and term.office == self.question.office
            and term.start == effective
        )
        first = min(terms, key=self._known_from, default=None)
        shown = [self.holder, self.planned, first]
        reports = self.declared.reports if self.declared else ()
        return (*(term for term in shown if term is not None), *reports)

    def _known_from(self, term: Term) -> date:
        return self.state.known_day(term) or date.min

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        """Why, the deciding reasons first: worked out for whoever asks, as there may be many."""
        return reasons(self.state, self.question, self.answer, self.declared, self.titles)

    def answer_to(self, shown: Beside) -> Told:
        """What the rule shows; it cannot be told that nobody objects, where a sentence about
        objecting was not understood.
        """
        doubtful = shown.objection and shown.answer == "no" and self.unread.objecting
        return "cannot tell" if doubtful else shown.answer

    def plus(self, one: Reckoning) -> int:
        """By how many more for certain it would be supported, were all proposals confirmed."""
        return self.waiting.plus.get(one.candidate, 0) if self.waiting else 0

    def title(self, name: str) -> str:
        """The name for people of an id; the id itself where nothing declares it."""
        return self.titles.get(name, name)

    def to_json(self) -> dict[str, Any]:
        """The view as plain values, with the keys of the command line contract."""
        return {
            **self.told(),
            "reasons": [reason.to_json() for reason in self.reasons],
            "titles": dict(sorted(self.titles.items())),
        }

    def told(self) -> dict[str, Any]:
        """What the view says as plain values, without the reasons why."""
        return {
            "body": self.body,
            "matter": self.question.matter,
            "on": str(self.on),
            "known": str(self.known) if self.known else None,
            "assumed": self.assumed,
            "verdict": self.answer.verdict,
            "exact": self.answer.exact,
            "stage": {"certain": self.stage.certain, "possible": list(self.stage.possible)},
            "rule": self.question.rule,
            "candidates": [self._candidate(r) for r in self.answer.reckonings if r.candidate],
            **({} if self._selection else {"support": self._motion()}),
            **({"silence": [one.to_json() for one in self.silences]} if self.silences else {}),
            "decision": self._decision(),
            "office": self._office(),
            "expectations": [self._hope(hope) for hope in self.hopes],
            "needed": [
                {
                    "code": n.code,
                    "text": n.text,
                    **({"members": list(n.members)} if n.members else {}),
                }
                for n in self.needed
            ],
            "settled_by": self.settling.to_json() if self.settling else None,
            "shows": [
                {
                    "label": s.label,
                    "candidate": s.candidate or None,
                    "answer": self.answer_to(s),
                    **({"groups": list(s.groups)} if s.groups else {}),
                }
                for s in self.shows
            ],
            "counting": dict(self.counting),
            "proposed": self.proposed,
            "not_understood": self.unread.to_json(),
            **({"verdict_with_proposed": self.waiting.verdict} if self.waiting else {}),
            "sealed": self.sealed,
            "erased": self.erased,
            "findings": [finding_json(finding) for finding in self.findings],
        }

    @property
    def _selection(self) -> bool:
        return any(r.candidate for r in self.answer.reckonings)

    def _motion(self) -> dict[str, Any] | None:
        motion = next(iter(self.answer.reckonings), None)
        return self._numbers(motion) if motion else None

    def _numbers(self, one: Reckoning) -> dict[str, Any]:
        return {
            "verdict": one.verdict
            if self.answer.exact and not self.answer.unreadable
            else "cannot tell",
            "support": {**_bounds(one.support), "of": _bounds(one.roll)},
            "certain": sorted(one.certain),
            "open": sorted(one.open),
            "against": sorted(one.against),
            **({"objecting": sorted(one.objecting)} if one.objecting else {}),
            **({"plus_proposed": plus} if (plus := self.plus(one)) else {}),
        }

    def _candidate(self, one: Reckoning) -> dict[str, Any]:
        status = {"certain": one.standing.certain, "possible": list(one.standing.possible)}
        out: dict[str, Any] = {"candidate": one.candidate, "status": status, **self._numbers(one)}
        step = one.standing.departure
        if step is not None:
            out["dates"] = {
                "told": str(step.told) if step.told else None,
                "public": str(step.public) if step.public else None,
                "used": _day(step.last[0]),
            }
        return out

    def _decision(self) -> dict[str, Any] | None:
        made = self.declared
        if made is None or made.taken is False:
            return None
        results = {report.result for report in made.reports}
        return {
            "organ": next((r.organ for r in made.reports if r.organ), self.question.organ),
            "result": None if made.contradicting and len(results) > 1 else made.reports[0].result,
            "candidate": made.candidate or None,
            **({"contradicting": self._outcomes(made)} if made.contradicting else {}),
            "manner": next((r.manner for r in made.reports if r.manner), None),
            "certain": made.taken is True,
            "decided": str(made.decided),
            "announced": str(made.announced) if made.announced else None,
            "effective": {"when": str(self.effective[0]), "planned": self.effective[1]}
            if self.effective
            else None,
            "carried": made.carried,
            **({"under": self._under(self.under)} if self.under else {}),
        }

    def _under(self, rule: Rule) -> dict[str, Any]:
        return {"rule": rule.name, "title": rule.title or None, "cite": rule.cite or None}

    def _outcomes(self, made: Declared) -> list[dict[str, Any]]:
        """What is told of the decision by reports that contradict each other."""
        return [
            {
                "result": some[0].result,
                "candidate": some[0].candidate or None,
                "sources": sorted({report.source for report in some} - {""}),
                "entries": sorted(report.id for report in some),
            }
            for some in made.outcomes
        ]

    def _office(self) -> dict[str, Any] | None:
        if not self.question.office:
            return None
        return {
            "holder": {
                "confirmed": self.holder.holder if self.holder else None,
                "planned": self.planned.holder if self.planned else None,
            },
            "designate": self.designate or None,
        }

    def _hope(self, hope: Hope) -> dict[str, Any]:
        return {
            "what": hope.entry.text or hope.entry.expects,
            "by": hope.entry.by or None,
            "window": str(hope.entry.window) if hope.entry.window else None,
            "status": hope.status,
            "reported": str(hope.reported) if hope.reported else None,
            "resolved": str(hope.resolved) if hope.resolved else None,
            "days": hope.days,
            **({"days_late": hope.days_late} if hope.status == "late" else {}),
        }


def _bounds(bounds: Bounds) -> dict[str, int]:
    return {"least": bounds.least, "most": bounds.most}


def _day(number: int) -> str | None:
    return date.fromordinal(number).isoformat() if 0 < number < date.max.toordinal() else None


def finding_json(finding: Finding) -> dict[str, Any]:
    """A finding as plain values."""
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "entries": list(finding.entries),
        "place": str(finding.place) if finding.place else None,
    }


def status(
    state: State,
    procedures: Procedures,
    *,
    matter: str = "",
    conventions: Conventions = Conventions(),
    findings: Iterable[Finding] = (),
    supposed: Supposed = NOTHING,
    rule: Procedure | None = None,
    kept: Kept | None = None,
    called: Mapping[str, str] | None = None,
) -> StatusView:
    """The status of a matter at the state's `on`, as known at its `known`.

    What is `supposed` bears on the verdict, not on what was declared; `rule` goes before the one
    of the record; `called` names ids of which the state tells no name. `kept` is for whoever asks
    one state more than once.

    Raises `QuestionError` where no matter can be told. Findings come from the answer, from the
    caller (`findings`) and from the rule that cannot be found.
    """
    kept = Kept(again=False) if kept is None else kept
    findings = tuple(findings)
    asked = question(state, procedures, matter)
    if rule is not None:
        asked = replace(asked, rule=rule.id, procedure=rule, problem="")
    if asked.procedure is None:
        found = Answer("cannot tell", (), tuple(_no_rule(asked, findings)), exact=False)
    else:
        found = answer(
            *(state, asked.matter, asked.procedure, conventions), kept=kept, supposed=supposed
        )
    made = declared(state, asked.matter, asked.procedure, conventions, kept)
    holder, planned = holders(state, asked.office)
    designate = _designate(made, holder)
    told = dict.fromkeys([*state.findings, *findings])
    view_findings = (*told, *dict.fromkeys(not_told(found.findings, told)))
    hoped = tuple(hopes(state, asked.matter, made))
    here = stage(state, found, made)
    asking = (state, asked.matter, asked.procedure, conventions, found, supposed, kept)
    settled = settling(*asking)
    titles = {**(called or {}), **titles_of(state)}
    attributes = attributes_at(state)
    names = [one.candidate for one in found.reckonings]
    lost = out_of_reach(state, asked.matter, asked.procedure, names) if asked.procedure else ()
    known = Answered(
        *(asked, found, made, here, settled, attributes, titles, frozenset(lost)),
        partial(won_over, state, asked.matter, asked.procedure, conventions, supposed, kept),
    )
    return StatusView(
        body=state.body.name if state.body else "",
        question=asked,
        on=state.on,
        known=state.known,
        answer=found,
        stage=here,
        declared=made,
        hopes=hoped,
        holder=holder,
        planned=planned,
        designate=designate,
        effective=_effective(state, made, asked.office),
        needed=tuple(needed(known)),
        settling=settled,
        shows=tuple(beside(*asking)),
        counting=conventions.shown(found.complete),
        proposed=state.proposed,
        sealed=state.sealed,
        erased=state.erased,
        findings=view_findings,
        state=state,
        titles=titles,
        assumed=_past_known(state),
        told_by=_told_by(state, made),
        silences=silences(state, asked.matter),
        under=_under(state, asked, made),
    )


def _under(state: State, asked: Question, made: Declared | None) -> Rule | None:
    """What the record says of the rule, in force when it was decided, the latest version of it."""
    if made is None or not asked.rule:
        return None
    stated = [
        rule
        for rule in state.all(Rule)
        if asked.rule in (rule.name, rule.procedure)
        and rule.matter in ("", asked.matter)
        and not (rule.start and rule.start.after(made.decided, state.zone) is True)
        and not (rule.end and rule.end.after(made.decided, state.zone) is not True)
    ]
    return max(stated, key=lambda rule: (str(rule.start or ""), rule.id), default=None)


def _told_by(state: State, made: Declared | None) -> tuple[tuple[str, ...], ...]:
    """Who tells what was decided, for each thing that is told of it."""
    found = made.outcomes if made else ()
    each = ([teller(report, state.sources) for report in some] for some in found)
    return tuple(tuple(dict.fromkeys(some)) for some in each)


def titles_of(state: State) -> dict[str, str]:
    """The name for people of every id that an entry declares."""
    titles: dict[str, str] = {}
    titles.update((body.name, body.title) for body in state.all(Body))
    titles.update((organ.name, organ.title) for organ in state.all(Organ))
    titles.update((office.name, office.title) for office in state.all(Office))
    titles.update((party.name, party.title) for party in state.all(Party))
    return titles


def holders(state: State, office: str) -> tuple[Term | None, Term | None]:
    """The confirmed holder on `on`, and somebody else who was planned to hold it by then."""
    if not office:
        return None, None
    held = max(state.holders(office), key=lambda t: (str(t.start), t.id), default=None)
    last = day_range(state.on, state.zone)[1]
    coming = [
        term
        for term in state.all(Term)
        if term.office == office
        and term.modality == "planned"
        and term.start
        and day_range(term.start, state.zone)[1] <= last
        and (held is None or term.holder != held.holder)
        and (
            held is None
            or day_range(term.start, state.zone)[1] >= day_range(held.start, state.zone)[1]
        )
    ]
    return held, max(coming, key=lambda t: (str(t.start), t.id), default=None)


def _designate(made: Declared | None, holder: Term | None) -> str:
    """Who is chosen for certain, by all reports, and does not hold the office yet."""
    if made is None or made.taken is not True or not made.favourable or made.contradicting:
        return ""
    return "" if holder and holder.holder == made.candidate else made.candidate


def _effective(state: State, made: Declared | None, office: str) -> tuple[When, bool] | None:
    """When the decision takes effect, and whether that is only planned."""
    if made is None:
        return None
    if made.candidate:
        after = day_range(made.decided, state.zone)[0]
        terms = [
            t
            for t in state.all(Term)
            if t.holder == made.candidate
            and t.office == office
            and t.start
            and day_range(t.start, state.zone)[1] >= after
        ]
        last = day_range(state.on, state.zone)[1]
        sure = [t for t in terms if confirmed(t) and day_range(t.start, state.zone)[1] <= last]
        chosen = min(sure or terms, key=lambda t: (str(t.start), t.id), default=None)
        if chosen and chosen.start:
            return chosen.start, not sure
    dated: list[Decision] = [r for r in made.reports if r.effective]
    first = min(dated, key=lambda r: (not r.effective_confirmed, r.id), default=None)
    return (first.effective, not first.effective_confirmed) if first and first.effective else None


def _past_known(state: State) -> bool:
    if state.known is None:
        return False
    on, known = state.on.latest, state.known.latest
    if isinstance(on, datetime) or isinstance(known, datetime) or on is None or known is None:
        return state.on.after(state.known, state.zone) is True
    return on > known


def _no_rule(asked: Question, findings: Collection[Finding]) -> Iterator[Finding]:
    """Why there is no rule to decide by, unless a finding says so already."""
    if all(asked.problem != one.message for one in findings):
        found = Finding("no-rule", "error", asked.problem, asked.about)
        yield from as_far_as_read((found,), findings)
