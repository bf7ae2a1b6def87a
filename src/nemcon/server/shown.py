"""Everything that one page shows, worked out from the views."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any, Literal, TypeVar
from zlib import crc32

from django.utils.translation import gettext as _

from nemcon.entries import AnyEntry, Body, Rule, Source, Term
from nemcon.findings import Finding
from nemcon.load.knowledge import ANY, Knowledge
from nemcon.load.stamp import Stamp
from nemcon.server.asking import Ask, AskError
from nemcon.server.counting import Counted, convention_words, counted_with
from nemcon.server.desk import Desk
from nemcon.server.silent import said_later, waiting
from nemcon.state import State
from nemcon.views import tongue
from nemcon.views.axis import AxisView, axis
from nemcon.views.besides import besides
from nemcon.views.board import BoardView, Told
from nemcon.views.clauses import ClausesView, clauses_view
from nemcon.views.counted import counted
from nemcon.views.diff import difference
from nemcon.views.holders import Held, past_holders
from nemcon.views.question import QuestionError, matter_names
from nemcon.views.register import OfficeLine, RegisterView, register
from nemcon.views.report import ReportView, reports
from nemcon.views.roll import RollView, roll
from nemcon.views.since import SinceView, since
from nemcon.views.status import StatusView
from nemcon.when import When
from nemcon.worlds.answers import Answer, Reckoning
from nemcon.worlds.conventions import Conventions

T = TypeVar("T")


@dataclass(frozen=True)
class Effect:
    """One convention counted otherwise: the verdict, and the support where there is one candidate
    or a motion.
    """

    name: str
    value: str
    query: str
    verdict: str
    support: str
    differs: bool

    @property
    def words(self) -> str:
        """The convention in words."""
        return convention_words(self.name, self.value)


@dataclass(frozen=True)
class Drawing:
    """A picture that the page leads to: a name that changes when it does, and what to ask for."""

    name: str
    query: str


@dataclass(frozen=True)
class Answered:
    """An answer with the board and the register of the same state, but without the state, from
    which only reasons would follow: many answers are kept.
    """

    status: StatusView
    board: BoardView
    register: RegisterView
    roll: RollView
    rule: ClausesView | None
    past: tuple[Held, ...]  # who held the office before
    later: Mapping[str, int]  # of whom nothing was said by then: how many words came later
    besides: tuple[AnyEntry, ...]  # pledges, remarks, statements

    @property
    def office(self) -> OfficeLine | None:
        """The office that the matter fills, with its holders."""
        name = self.status.question.office
        return next((line for line in self.register.offices if line.office.name == name), None)

    @property
    def planned(self) -> list[Term]:
        """The terms that are only planned, each once, however many sources tell of it, and without
        those of which another tells the same or more exactly.
        """
        told = self.office.planned if self.office else ()
        found = list({(t.holder, str(t.start), str(t.end)): t for t in told}.values())
        return [t for t in found if not any(_tells_more(each, t) for each in found)]


class Page:
    """One question put to a desk. Nothing is worked out before it is asked for."""

    def __init__(self, desk: Desk, ask: Ask) -> None:
        self.desk, self.ask = desk, ask
        held_by = ask.held_by
        if held_by and not desk.opened().live:
            raise AskError(
                _("recorded: this asks what a record held by then; files carry no such time"),
                "recorded",
            )
        self.found, stamp = desk.current(held_by)
        # What is kept is kept apart by what the record held, and by the language of its sentences.
        apart = [str(held_by)] if held_by else []
        apart += [tongue.code()] if tongue.code() else []
        self.stamp = (*stamp, *((each, 0, 0, 0) for each in apart))
        self.live = self.found.live
        self.matter, self.refusal = self._matter()
        self.on = ask.on or self.found.on

    # What can be asked

    @property
    def body(self) -> Body | None:
        """The body, where one is declared."""
        return self.everything.body

    @property
    def defaults(self) -> Conventions:
        """The conventions that apply where none is set."""
        return Conventions()

    @cached_property
    def everything(self) -> State:
        """All that is known, whenever."""
        return self._kept(("state",), lambda: self.found.state(proposed=self.ask.proposed))

    @cached_property
    def matters(self) -> list[tuple[str, str]]:
        """Each matter with its title."""
        return [(name, _title(self.everything, name)) for name in matter_names(self.everything)]

    @property
    def asked(self) -> Ask:
        """The question with everything said that the address left out."""
        body = self.everything.body
        return self.ask.with_(body=body.name if body else "", matter=self.matter, on=self.on)

    @property
    def pinned(self) -> Ask | None:
        """The question to what a live record holds now, whatever is written to it later."""
        if not self.live or self.ask.recorded:
            return None
        now = self.found.now.replace(microsecond=0)
        return self.asked.with_(recorded=When.parse(now.strftime("%Y-%m-%dT%H:%M:%SZ")))

    @property
    def over_time(self) -> Drawing:
        """The picture of the matter over time, which is the same on every day asked about."""
        apart = {"on": None, "since": None, "stale": None, "compare": False}
        query = self.asked.with_(**apart).query() + "&part=support"
        return Drawing(f"{crc32(repr((self.stamp, query)).encode()):08x}", query)

    @property
    def axis(self) -> AxisView:
        """The days over which the sliders go."""
        office = self.answered.status.question.office if self.answered else ""
        asked = (self.ask.on, self.ask.known, self.found.on)
        days = [day for when in asked if when and (day := when.last_day(self.everything.zone))]
        return self._kept(
            ("axis", self.matter, office, *sorted(set(days))),
            lambda: axis(self.everything, self.matter, office, days),
        )

    # The answer

    @cached_property
    def answered(self) -> Answered | None:
        """The answer; None where nothing was known yet, which `unknown` then says."""
        if not self.matter:
            return None
        found = self._answer(self.on, self.ask.known, self.ask.conventions)
        return found if isinstance(found, Answered) else None

    @cached_property
    def state(self) -> State:
        """What the answer was given in."""
        return self._knowledge(self.ask.known).at(self.on, self.ask.known)

    @cached_property
    def unknown(self) -> str:
        """Why there is no answer."""
        if self.refusal:
            return self.refusal
        found = self._answer(self.on, self.ask.known, self.ask.conventions)
        return "" if isinstance(found, Answered) else found

    @cached_property
    def since(self) -> SinceView | None:
        """What moved since the day that the address names."""
        day = self.ask.since
        if day is None or self.answered is None:
            return None
        after, now = self.state, self.answered.status
        key = ("since", self.matter, self.on, self.ask.known, self.ask.conventions, day)

        def work() -> SinceView:
            before = self._knowledge(day).at(self.on, day)
            found = self._answer(self.on, day, self.ask.conventions)
            then = found.status if isinstance(found, Answered) else None
            return since(day, difference(then, now, (before, after)))

        return self._kept(key, work)

    @property
    def since_days(self) -> list[When]:
        """Days from which to ask what moved: those of the sources before the last, by the day asked
        about.
        """
        days = {
            day
            for item in self.found.items
            if isinstance(item.entry, Source) and (day := item.entry.date.last_day())
        }
        limits = [each.last_day() for each in (self.ask.known, self.on) if each]
        limit = min((day for day in limits if day), default=None)
        known = sorted(day for day in days if limit is None or day <= limit)
        return [When.day(day) for day in known[:-1][-3:]]

    @cached_property
    def reports(self) -> tuple[ReportView, ...]:
        """The reports that were known, cut into spans."""
        if self.answered is None:
            return ()
        answered = self.answered
        return self._kept(
            ("reports", self.on, self.ask.known),
            lambda: reports(
                self.state.entries,
                self.found.texts,
                self.found.reading,
                answered.status.titles,
            ),
        )

    @cached_property
    def anchors(self) -> dict[str, str]:
        """Where each entry stands beside the first report that tells it, by its id."""
        told = reversed(list(enumerate(self.reports, 1)))
        return {each.entry.id: f"r{n}-{each.number}" for n, one in told for each in one.became}

    @property
    def held(self) -> Mapping[str, AnyEntry]:
        """Every entry that is here, whether it counts or not, by its id."""
        found = self.found

        def held() -> Mapping[str, AnyEntry]:
            return {item.entry.id: item.entry for item in (*found.packed, *found.items)}

        return self._kept(("held",), held)

    @cached_property
    def effects(self) -> list[Effect]:
        """What each convention would change, counted otherwise than now."""
        return list(self._effects())

    @property
    def candidates(self) -> list[Reckoning]:
        """The candidates: those on the board first, in its order, then who is out of it."""
        if self.answered is None:
            return []
        order = {side.candidate: n for n, side in enumerate(self.answered.board.sides)}
        told = self.answered.status.answer.reckonings
        return sorted(told, key=lambda one: order.get(one.candidate, len(order)))

    @property
    def counted(self) -> list[Counted]:
        """The conventions of the answer, in words."""
        return counted_with(self.answered.status.counting) if self.answered else []

    @cached_property
    def default(self) -> Answered | None:
        """The answer by the default conventions, where others are set."""
        if self.ask.conventions == Conventions() or not self.matter:
            return None
        found = self._answer(self.on, self.ask.known, Conventions())
        return found if isinstance(found, Answered) else None

    def told(self, on: When) -> Told:
        """What was said by a date of where members stand, as far as it was known."""
        assert self.answered is not None, "there is an answer"
        known = self.ask.known
        return self._knowledge(known).told(self.answered.status, on, known)

    @property
    def waiting(self) -> Mapping[str, tuple[AnyEntry, ...]]:
        """For each member the positions on the matter that wait for confirmation."""
        if not self.live or self.ask.proposed:
            return {}
        return self._kept(
            ("waiting", self.matter),
            lambda: waiting(self.found.state(proposed=True), self.everything, self.matter),
        )

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong or doubtful, the errors first."""
        told = self.answered.status.findings if self.answered else self.found.findings
        told = (*told, *(_not_carried(self.answered.status) if self.answered else ()))
        order = {"error": 0, "warning": 1, "note": 2}
        return tuple(sorted(told, key=lambda finding: order[finding.severity]))

    def key_of(self, ask: Ask, stamp: Stamp) -> object:
        """Under which the desk keeps the answer of a question about what was opened then."""
        return (
            *(stamp, ask.proposed, "answer"),
            *(ask.matter, ask.on or self.on, ask.known, ask.conventions),
        )

    def _matter(self) -> tuple[str, str]:
        """The matter, or why none can be told."""
        names = [matter[0] for matter in self.matters]
        body = self.everything.body
        if self.ask.body and self.ask.body != (body.name if body else ""):
            return "", _("nothing of '%(body)s' is served here") % {"body": self.ask.body}
        if self.ask.matter:
            if self.ask.matter in names:
                return self.ask.matter, ""
            return "", _("there is no matter '%(matter)s' here") % {"matter": self.ask.matter}
        if len(names) == 1:
            return names[0], ""
        return "", ""

    def _answer(self, on: When, known: When | None, conventions: Conventions) -> Answered | str:
        asked = Ask(
            matter=self.matter,
            on=on,
            known=known,
            conventions=conventions,
            proposed=self.ask.proposed,
        )
        return self.desk.answer(
            self.key_of(asked, self.stamp),
            lambda: _answered(self._knowledge(known), on, known, self.matter, conventions),
        )

    def _knowledge(self, known: When | None) -> Knowledge:
        """What was known at a time, which many dates are asked of; the same until more is known."""
        proposed = self.ask.proposed
        news = self._kept(("news",), lambda: self.found.last_news(proposed=proposed))
        ends: dict[int, dict[Any, Any]] = self._kept(("ends",), dict)
        return self.desk.knowledge(
            self._key(news.before(known)),
            lambda: Knowledge(self.found, known, proposed=proposed, ends=ends),
        )

    def _kept(self, key: Sequence[object], work: Callable[[], T]) -> T:
        return self.desk.answer(self._key(*key), work)

    def _key(self, *parts: object) -> object:
        """What an answer depends on: what was opened, and what was asked."""
        return (self.stamp, self.ask.proposed, *parts)

    def _effects(self) -> Iterator[Effect]:
        if self.answered is None:
            return
        status, known = self.answered.status, self.ask.known
        now = _brief(status.answer)
        for name, value, changed in _alternatives(self.ask.conventions, status):
            found = self._kept(
                ("verdict", self.matter, self.on, known, changed),
                partial(self._knowledge(known).verdict, status, known, changed),
            )
            query = self.asked.with_(conventions=changed, compare=True).query()
            yield Effect(name, value, query, *_brief(found), _brief(found) != now)


def _answered(
    knowledge: Knowledge, on: When, known: When | None, matter: str, conventions: Conventions
) -> Answered | str:
    """The answer, or why there is none."""
    state = knowledge.at(on, known)
    try:
        view = knowledge.answer(on, known, matter=matter, conventions=conventions)
    except QuestionError as error:
        return str(error)
    found_rule = view.question.procedure
    rule = clauses_view(found_rule, state.all(Rule), matter) if found_rule else None
    office = view.question.office
    past = past_holders(state, office)
    light = replace(view, state=State(((),), on, known))
    shown = knowledge.board(view, known)
    later = said_later(knowledge.told(view, ANY, known), shown)
    more = besides(state, view.question.matter)
    return Answered(light, shown, register(state), roll(state), rule, past, later, more)


def _not_carried(view: StatusView) -> Iterator[Finding]:
    """That the body decided what its rule, as computed, does not carry; `check` tells of it too."""
    made = view.declared
    if made is None or made.taken is False or made.carried in (None, "", "carried"):
        return
    messages = {
        "not carried": _("the declared decision is not carried by the rule"),
        "not shown to be carried": _(
            "the declared decision is not shown to be carried by the rule"
        ),
    }
    reason = next((each.reason for each in made.reports if each.reason), "")
    why = (_("the reason stated is “%(reason)s”") if reason else _("no reason is stated")) % {
        "reason": reason
    }
    code = f"decision-{made.carried.replace(' ', '-')}"
    if any(each.code == code for each in view.findings):
        return
    entries = tuple(sorted(each.id for each in made.reports))
    yield Finding(code, "warning", f"{messages[made.carried]}; {why}", entries)


def _tells_more(one: Term, other: Term) -> bool:
    """Whether a term says all that another says of the same holder, and more or more exactly."""
    pairs = ((one.start, other.start), (one.end, other.end))
    return (
        one.holder == other.holder
        and all(_within(mine, theirs) for mine, theirs in pairs)
        and not all(_within(theirs, mine) for mine, theirs in pairs)
    )


def _within(one: When | None, other: When | None) -> bool:
    """Whether a date lies within another; every date does within one that is not told."""
    if one is None or other is None:
        return other is None
    low, high, first, last = one.first_day(), one.last_day(), other.first_day(), other.last_day()
    return (first is None or (low is not None and first <= low)) and (
        last is None or (high is not None and high <= last)
    )


def _title(state: State, matter: str) -> str:
    return state.matter_title(matter) or matter


def _brief(answer: Answer) -> tuple[str, str]:
    """The verdict, and by how many the strongest is supported."""
    found = [r for r in answer.reckonings if r.standing.may_run or not r.candidate]
    best = max(found, key=lambda one: (one.support.most, one.support.least), default=None)
    return answer.verdict, counted(best.support, best.roll) if best else ""


def _alternatives(now: Conventions, view: StatusView) -> Iterator[tuple[str, str, Conventions]]:
    """Each convention counted otherwise, with the name and the value that make the difference."""
    yield "intent", "no" if now.intent else "yes", replace(now, intent=not now.intent)
    other: Literal["reported", "complete"]
    other = "reported" if view.counting["record"] == "complete" else "complete"
    yield "record", other, replace(now, record=other)
    yield "nominee", "no" if now.nominee else "yes", replace(now, nominee=not now.nominee)
    tolerance = None if now.tolerance is not None else 2
    yield "tolerance", str(tolerance or "none"), replace(now, tolerance=tolerance)
