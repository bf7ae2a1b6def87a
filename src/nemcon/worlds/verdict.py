"""The verdict: is the rule met in every world, in none, or can nobody tell?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Literal, TypeAlias

from nemcon.findings import Finding
from nemcon.rules.algebra import Range, Term
from nemcon.rules.decide import exact, favourable
from nemcon.rules.procedure import Procedure, RuleError
from nemcon.state import State
from nemcon.worlds.candidates import Standing, Step, standing, steps_of
from nemcon.worlds.claims import Claims, build_claims, candidates_of, entries_of, is_selection
from nemcon.worlds.conflicts import Settled, settle
from nemcon.worlds.conventions import Conventions
from nemcon.worlds.days import END_OF_DAY, Point, day_range, question_point
from nemcon.worlds.joint import Group, Number, Scene, Tie, Vector, possible, reach, scenes
from nemcon.worlds.kept import Kept, same_order
from nemcon.worlds.labels import OTHER, fold
from nemcon.worlds.member import Ending
from nemcon.worlds.placements import TooManyError, placements
from nemcon.worlds.problem import Problem, Statuses

Verdict: TypeAlias = Literal["met", "not met", "cannot tell"]


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most that a number can be over all worlds."""

    least: int
    most: int

    def join(self, other: Bounds) -> Bounds:
        """The bounds over the worlds of both."""
        return Bounds(min(self.least, other.least), max(self.most, other.most))


@dataclass(frozen=True)
class Reckoning:
    """What all worlds together say of one candidate ("" in a motion) at one instant.

    `supports` gives, for each member that can be on the roll, whether it can support the candidate
    and whether it can not; `always_on_roll` holds those on every possible roll. Members with the
    same number in `kinds` can be exchanged: whatever may be so of one may be so of the other.
    """

    candidate: str
    can_meet: bool
    can_fail: bool
    support: Bounds
    roll: Bounds
    supports: Mapping[str, frozenset[bool]]
    always_on_roll: frozenset[str]
    standing: Standing
    kinds: Mapping[str, int] = field(default_factory=dict)

    @property
    def verdict(self) -> Verdict:
        """The verdict for this candidate alone."""
        if self.can_meet:
            return "cannot tell" if self.can_fail else "met"
        return "not met"

    @property
    def certain(self) -> tuple[str, ...]:
        """Members on every possible roll that support the candidate in every world."""
        only = frozenset({True})
        return tuple(m for m, v in self.supports.items() if v == only and m in self.always_on_roll)

    @property
    def open(self) -> tuple[str, ...]:
        """Members that may support the candidate, and may not or may not be on the roll."""
        sure = set(self.certain)
        return tuple(m for m, v in self.supports.items() if True in v and m not in sure)

    @property
    def against(self) -> tuple[str, ...]:
        """Members on a possible roll that support the candidate in no world."""
        return tuple(m for m, v in self.supports.items() if v == frozenset({False}))


@dataclass(frozen=True)
class Answer:
    """The verdict at one instant, for each candidate, with findings.

    `exact` is False where a stated limit was passed; then the verdict is *cannot tell*.
    """

    verdict: Verdict
    reckonings: tuple[Reckoning, ...]
    findings: tuple[Finding, ...] = ()
    exact: bool = True
    complete: bool = False
    unreadable: bool = False

    @property
    def may_be_met(self) -> bool:
        """Whether the rule is met for some candidate in some world."""
        sure = self.exact and not self.unreadable
        return self.verdict == "met" or any(r.can_meet for r in self.reckonings) or not sure


def answer(
    state: State,
    matter: str,
    procedure: Procedure,
    conventions: Conventions = Conventions(),
    event: str = "",
    only: str | None = None,
    kept: Kept | None = None,
) -> Answer:
    """The verdict on a matter at the state's `on`, or just at the instant of `event`.

    `only` reckons one candidate ("" in a motion) and leaves out the lists of members, for callers
    that ask many times. `kept` is for callers that ask one state for many dates.

    Findings: conflicts between claims, limits passed, a rule that needs an attribute that a member
    lacks, entries that cannot be read (SEMANTICS 11 to 15).
    """
    variants = [state.variant(n) for n in range(len(state.variants))]
    named = candidates_of(entry for one in variants for entry in entries_of(one, matter))
    found = [
        _answer_variant(one, matter, procedure, conventions, event, only, kept, named)
        for one in variants
    ]
    whole = found[0] if len(found) == 1 else _merge_answers(found)
    if any(f.code == "too-many-rival-corrections" for f in state.findings):
        whole = replace(whole, verdict="cannot tell", exact=False)
    if state.sealed or state.erased:
        whole = replace(
            whole,
            verdict="cannot tell",
            findings=(*whole.findings, _unreadable(state)),
            unreadable=True,
        )
    return whole


def _answer_variant(
    state: State,
    matter: str,
    procedure: Procedure,
    conventions: Conventions,
    event: str,
    only: str | None,
    kept: Kept | None,
    candidates: Sequence[str],
) -> Answer:
    claims = build_claims(state, matter, conventions, event, candidates)
    if claims.impossible or not _events_can_happen(claims):
        return Answer("cannot tell", (), (*claims.findings, _no_world()))
    if _roll_unknown(state, matter, claims):
        return Answer("cannot tell", (), (*claims.findings, _unknown_roll()), exact=False)
    entries = entries_of(state, matter)
    selection = is_selection(state, matter)
    labels = fold(claims, procedure, selection=selection)
    question: Point | str = event or question_point(state.on, state.zone)
    steps = {c: steps_of(state, entries, c, claims.timings) for c in claims.candidates}
    standings = _standings(steps, claims, question)
    modes = _modes(claims, state, event)

    def worked_out() -> Answer:
        # Made one by one: where the first contradicts nothing, the others are never needed.
        parts = (
            _Reckoner(
                Problem(claims, labels, question, *mode, steps),
                *(procedure, standings, conventions, only),
            )
            for mode in modes
        )
        try:
            return _over_modes(parts, claims, selection, complete=modes[0][0])
        except TooManyError:
            return Answer("cannot tell", (), (*claims.findings, _too_hard()), exact=False)
        except RuleError as error:
            return Answer("cannot tell", (), (*claims.findings, _rule_error(error)), exact=False)

    if kept is None:
        return worked_out()
    key = (
        *(kept.number(value) for value in (claims, procedure, conventions)),
        *(matter, selection, only, same_order(Problem(claims, labels, question, steps=steps))),
        *(tuple(modes), tuple(standings.items())),
    )
    if key not in kept.answers:
        kept.answers[key] = worked_out()
    same: Answer = kept.answers[key]
    return same


def _roll_unknown(state: State, matter: str, claims: Claims) -> bool:
    """Whether nobody knows which day's roll decides, and it makes a difference: somebody may have
    come or gone from one possible day to the other.
    """
    fixed = [day_range(m.roll_on, state.zone) for m in state.matters.get(matter, ()) if m.roll_on]
    if not fixed:
        return False
    first, last = min(chain(*fixed)), max(chain(*fixed))
    moves = (claims.timings[c.timing].domain for found in claims.roll.values() for c in found)
    doubtful = (low <= last and first < high for parts in moves for low, high in parts)
    return first < last and any(doubtful)


def _events_can_happen(claims: Claims) -> bool:
    """Whether the events that are dated by each other have an order that allows all their links."""
    links = {name: t.links for name, t in claims.timings.items() if name in claims.events}
    names = {*(name for name, found in links.items() if found), *chain(*links.values())}
    timings = {name: claims.timings[name] for name in sorted(names)}
    return not names or any(True for _ in placements(timings, tuple(timings), (), 0, timings))


def _standings(
    steps: Mapping[str, Sequence[Step]], claims: Claims, question: Point | str
) -> dict[str, Standing]:
    """Where each candidate stands at the question, or on the last possible day of that event."""
    last = claims.timings[question].domain[-1][1] if isinstance(question, str) else 0
    point = (last, END_OF_DAY, 0) if isinstance(question, str) else question
    return {candidate: standing(found, point) for candidate, found in steps.items()}


def _modes(claims: Claims, state: State, event: str) -> list[tuple[bool, bool]]:
    """Which completeness is taken as given: as stated for `on` first, then as it may be dropped."""
    domain = claims.timings[event].domain if event else None
    day = domain[0][0] if domain else day_range(state.on, state.zone)[1]
    last = domain[-1][1] if domain else day
    stated = {c.what for c in claims.completeness if _covers(c.start, c.end, day, last, state)}
    position, objection = "position" in stated, "objection" in stated
    return [
        (p, o)
        for p in ([True, False] if position else [False])
        for o in ([True, False] if objection else [False])
    ]


def _covers(start: object, end: object, first: int, last: int, state: State) -> bool:
    low = day_range(start, state.zone)[1] if start else first  # type: ignore[arg-type]
    high = day_range(end, state.zone)[0] if end else last  # type: ignore[arg-type]
    return low <= first and last <= high


class _Reckoner:
    """Works out one problem: settles its conflicts, then reckons every scene."""

    def __init__(
        self,
        problem: Problem,
        procedure: Procedure,
        standings: Mapping[str, Standing],
        conventions: Conventions,
        only: str | None = None,
    ) -> None:
        self.problem, self.procedure, self.only = problem, procedure, only
        self.standings, self.conventions = standings, conventions
        self.settled: Settled = settle(problem)
        self.terms = procedure.totals()
        self._vectors: dict[tuple[str, str, Ending, Statuses], frozenset[Vector]] = {}

    def reckon(self) -> list[Reckoning] | None:
        """One reckoning for each candidate; None if there is no world at all."""
        total: dict[str, Reckoning] = {}
        for dropped in self.settled.dropped:
            worlds = 0
            for scene in self._scenes(dropped):
                worlds += 1
                for candidate in self._candidates():
                    one = self._of_scene(scene, candidate)
                    before = total.get(candidate)
                    total[candidate] = one if before is None else _join(before, one)
            if not worlds:
                if self.settled.clean:
                    return None
                raise TooManyError  # parts that depend on each other: rather no answer
        return [self._exchanged(one) for one in total.values()]

    def beyond(self, others: Sequence[Settled]) -> bool:
        """Leave only the subsets that no subset of `others` (of a problem that takes more as given)
        includes; whether any is left.
        """
        if not others:
            return True
        seen = [option for other in others for option in other.options()]
        left = [o for o in self.settled.options() if not any(less <= o for less in seen)]
        self.settled = replace(self.settled, dropped=tuple(left), private={})
        return bool(left)

    def _candidates(self) -> Iterable[str]:
        return self.problem.labels.views if self.only is None else (self.only,)

    def _scenes(self, dropped: frozenset[int]) -> Iterable[Scene]:
        kept = [unit for unit in self.problem.units if unit not in dropped]
        number = {unit: n for n, unit in enumerate(kept)}
        private = {
            member: [frozenset(number[u] for u in units if u in number) for units in options]
            for member, options in self.settled.private.items()
        }
        return scenes(self.problem.restricted(set(kept)), private)

    def _exchanged(self, one: Reckoning) -> Reckoning:
        """Give members that stand for each other the same possibilities."""
        supports = dict(one.supports)
        for group in self.settled.alike:
            merged = frozenset().union(*(supports.get(m, frozenset()) for m in group))
            supports.update({m: merged for m in group if m in supports})
        return replace(one, supports=supports)

    # One scene

    def _of_scene(self, scene: Scene, candidate: str) -> Reckoning:
        statuses = dict(scene.statuses)
        kinds: dict[tuple[object, ...], list[str]] = defaultdict(list)
        for member, found in scene.members:
            kinds[(found, *self._class(member))].append(member)
        endings_of = dict(scene.members)
        groups = [
            Group(
                len(members),
                found,
                {e: self._of_ending(members[0], e, candidate, scene.statuses) for e in found},
            )
            for members in kinds.values()
            for found in [endings_of[members[0]]]
        ]
        met, failed, support, roll = self._decide(groups, scene.ties)
        departure = self.standings[candidate].departure if candidate in self.standings else None
        here = Standing(statuses.get(candidate, ()), departure)
        if candidate and here.possible:
            met, failed = met and here.may_run, failed or here.may_be_out
        supports: dict[str, frozenset[bool]] = {}
        always: set[str] = set()
        for n, members in enumerate(kinds.values() if self.only is None else ()):
            marks = self._marginals(groups, n, scene.ties)
            if None not in marks:
                always.update(members)
            seen = frozenset(mark for mark in marks if mark is not None)
            supports.update(dict.fromkeys(members, seen) if seen else {})
        numbers = {member: n for n, members in enumerate(kinds.values()) for member in members}
        return Reckoning(
            candidate, met, failed, support, roll, supports, frozenset(always), here, numbers
        )

    def _class(self, member: str) -> tuple[object, ...]:
        """What tells members apart for the rule: attributes, and candidates of their own."""
        claims = self.problem.claims
        attributes = tuple(sorted(claims.attributes.get(member, {}).items()))
        return attributes, claims.own_candidates.get(member, ())

    def _decide(
        self, groups: Sequence[Group], ties: Sequence[Tie]
    ) -> tuple[bool, bool, Bounds, Bounds]:
        if not groups:
            return False, True, Bounds(0, 0), Bounds(0, 0)  # nobody ever joined
        lows, highs = self._ranges(groups)
        support, roll = _bounds(lows, highs, 0), _bounds(lows, highs, 1)
        if not ties:
            totals = _as_totals(self.terms, zip(lows[2:], highs[2:], strict=True))
            quick = favourable(self.procedure, totals)
            if quick is not None and (lows[1] > 0 or not quick):
                return quick, not quick, support, roll
            if self._either_way(groups, len(lows)):
                return True, True, support, roll
        sums = reach(groups, ties, self.problem.work)
        met = {self._favours(total) for total in sums}
        least = [min(total[n] for total in sums) for n in (0, 1)]
        most = [max(total[n] for total in sums) for n in (0, 1)]
        return True in met, False in met, _bounds(least, most, 0), _bounds(least, most, 1)

    def _favours(self, total: Vector) -> bool:
        if total[1] <= 0:
            return False  # an empty roll is never met
        totals = exact(dict(zip(self.terms, total[2:], strict=True)))
        return bool(favourable(self.procedure, totals))

    def _ranges(self, groups: Sequence[Group]) -> tuple[list[Number], list[Number]]:
        width = len(self.terms) + 2
        lows: list[Number] = [0] * width
        highs: list[Number] = [0] * width
        for group in groups:
            vectors = [v for e in group.endings for v in group.vectors(e)]
            for n in range(width):
                lows[n] += group.count * min(v[n] for v in vectors)
                highs[n] += group.count * max(v[n] for v in vectors)
        return lows, highs

    def _either_way(self, groups: Sequence[Group], width: int) -> bool:
        """Whether two worlds that are quickly found, one with the most of some total and one with
        the least, already give both answers.
        """
        choices = [
            (group.count, sorted({v for e in group.endings for v in group.vectors(e)}))
            for group in groups
        ]
        found = set()
        for n in range(width):
            for pick in (min, max):
                chosen = [(count, pick(vs, key=lambda v: (v[n], v))) for count, vs in choices]
                found.add(
                    self._favours(tuple(sum(k * v[m] for k, v in chosen) for m in range(width)))
                )
        return len(found) == 2

    def _of_ending(
        self, member: str, ending: Ending, candidate: str, statuses: Statuses
    ) -> frozenset[Vector]:
        """What a member's ending can add: support, roll, then each total of the rule."""
        key = (member, candidate, ending, statuses)
        if key not in self._vectors:
            if not ending.on_roll:
                self._vectors[key] = frozenset({(0,) * (len(self.terms) + 2)})
            else:
                self._vectors[key] = frozenset(
                    self._vector(member, view)
                    for view in self._views(member, ending, candidate, dict(statuses))
                )
        return self._vectors[key]

    def _vector(self, member: str, view: str) -> Vector:
        attributes = self.problem.claims.attributes.get(member, {})
        counts = (self.procedure.counts(term, view, attributes) for term in self.terms)
        return (int(view == "support"), 1, *counts)

    def _views(
        self,
        member: str,
        ending: Ending,
        candidate: str,
        statuses: Mapping[str, Sequence[str]],
    ) -> set[str]:
        """The stances towards a candidate that an ending allows, under the convention `nominee`."""
        views = self.problem.labels.views[candidate]
        held = {view for n, view in enumerate(views) if ending.mask >> n & 1}
        own = self.problem.claims.own_candidates.get(member, ())
        if self.conventions.nominee and "support" in held and candidate not in own:
            states = [statuses[name] for name in own if name in statuses]
            if any("running" in possible for possible in states):
                held.add(OTHER)
            if any(tuple(possible) == ("running",) for possible in states):
                held.discard("support")
        return held

    def _marginals(
        self, groups: Sequence[Group], index: int, ties: Sequence[Tie]
    ) -> set[bool | None]:
        """Whether a member of a group can support, not support, or be off the roll (None)."""
        group = groups[index]
        marks: dict[bool | None, set[Ending]] = defaultdict(set)
        for ending in group.endings:
            for vector in group.vectors(ending):
                marks[bool(vector[0]) if vector[1] else None].add(ending)
        if not ties or len(marks) == 1:
            return set(marks)
        others = list(groups)
        others[index] = replace(group, count=group.count - 1)
        plain = [Group(g.count, g.endings) for g in others if g.count]
        return {
            mark
            for mark, found in marks.items()
            if possible([*plain, Group(1, frozenset(found))], ties, self.problem.work)
        }


def _as_totals(terms: Sequence[Term], ranges: Iterable[Range]) -> dict[Term, Range]:
    return dict(zip(terms, ranges, strict=True))


def _bounds(lows: Sequence[Number], highs: Sequence[Number], n: int) -> Bounds:
    return Bounds(int(lows[n]), int(highs[n]))


def _join(a: Reckoning, b: Reckoning) -> Reckoning:
    """The reckoning over the worlds of both."""
    members = dict.fromkeys([*a.supports, *b.supports])
    both: dict[tuple[int, int], int] = {}
    pairs = {m: (a.kinds.get(m, -1), b.kinds.get(m, -1)) for m in members}
    empty: frozenset[bool] = frozenset()
    return replace(
        a,
        can_meet=a.can_meet or b.can_meet,
        can_fail=a.can_fail or b.can_fail,
        support=a.support.join(b.support),
        roll=a.roll.join(b.roll),
        supports={m: a.supports.get(m, empty) | b.supports.get(m, empty) for m in members},
        always_on_roll=a.always_on_roll & b.always_on_roll,
        standing=replace(
            a.standing,
            possible=tuple(sorted({*a.standing.possible, *b.standing.possible})),
        ),
        kinds={m: both.setdefault(pair, len(both)) for m, pair in pairs.items()},
    )


def _over_modes(
    parts: Iterable[_Reckoner], claims: Claims, selection: bool, *, complete: bool
) -> Answer:
    """Union over completeness kept or dropped; dropped only where that keeps some other claim."""
    found: list[list[Reckoning]] = []
    findings = list(claims.findings)
    before: list[tuple[Problem, Settled]] = []
    for part in parts:
        worth = part.beyond([s for problem, s in before if _takes_as_much(problem, part.problem)])
        before.append((part.problem, part.settled))
        if not worth:
            continue
        reckoned = part.reckon()
        if reckoned is not None:
            found.append(reckoned)
        if not part.settled.clean:
            findings.append(_conflict(part))
        elif len(before) == 1:
            break
    if not found:
        return Answer("cannot tell", (), (*findings, _no_world()), complete=complete)
    merged = found[0]
    for more in found[1:]:
        merged = [_join(a, b) for a, b in zip(merged, more, strict=True)]
    kept = tuple(dict.fromkeys(findings))
    return Answer(_verdict(merged, selection), tuple(merged), kept, complete=complete)


def _takes_as_much(one: Problem, other: Problem) -> bool:
    """Whether the first takes all completeness as given that the second does."""
    return one.complete >= other.complete and (one.complete_objections >= other.complete_objections)


def _verdict(reckonings: Sequence[Reckoning], selection: bool) -> Verdict:
    if any(one.verdict == "met" for one in reckonings):
        return "met"
    if any(one.can_meet for one in reckonings) or (selection and not reckonings):
        return "cannot tell"
    return "not met"


def _merge_answers(answers: Sequence[Answer]) -> Answer:
    """The union over rival corrections."""
    merged: dict[str, Reckoning] = {}
    for one in answers:
        for reckoning in one.reckonings:
            before = merged.get(reckoning.candidate)
            merged[reckoning.candidate] = reckoning if before is None else _join(before, reckoning)
    for candidate, reckoning in merged.items():
        if any(candidate not in {r.candidate for r in one.reckonings} for one in answers):
            merged[candidate] = replace(reckoning, can_fail=True)
    verdicts = {one.verdict for one in answers}
    same = verdicts.pop() if len(verdicts) == 1 else "cannot tell"
    if same == "met" and not any(r.verdict == "met" for r in merged.values()):
        same = "cannot tell"
    findings = dict.fromkeys(finding for one in answers for finding in one.findings)
    return Answer(
        same,
        tuple(merged.values()),
        tuple(findings),
        all(one.exact for one in answers),
        answers[0].complete,
    )


def _conflict(part: _Reckoner) -> Finding:
    claims = part.problem.claims
    first = len(claims.atoms)
    options = [*part.settled.dropped, *(d for ds in part.settled.private.values() for d in ds)]
    units = {unit for option in options for unit in option}
    entries = {
        claims.atoms[u].entry if u < first else claims.aggregates[u - first].entry for u in units
    }
    return Finding(
        "conflict",
        "warning",
        "these reports contradict each other; the answer allows for each of them: "
        "correct the one that is wrong",
        tuple(sorted(entries)),
    )


def _too_hard() -> Finding:
    return Finding(
        "too-hard",
        "warning",
        "too many ways in which the reports may fit together to decide this exactly; the answer is "
        "'cannot tell': date the entries more closely, or correct those that contradict each other",
    )


def _no_world() -> Finding:
    return Finding(
        "no-world",
        "error",
        "the roll, the links between dates and the rule leave no possible course of events: "
        "check the dates of memberships and the 'before' and 'after' of entries",
    )


def _unknown_roll() -> Finding:
    return Finding(
        "unknown-roll",
        "warning",
        "this matter is decided by the roll of a day that is not known exactly, and members may "
        "have come or gone on the possible days; the answer is 'cannot tell': date 'roll_on'",
    )


def _rule_error(error: RuleError) -> Finding:
    return Finding("rule", "error", str(error))


def _unreadable(state: State) -> Finding:
    return Finding(
        "unreadable-entries",
        "warning",
        f"{state.sealed} sealed and {state.erased} erased entries cannot be read, and could say "
        "anything; the verdict is 'cannot tell'",
    )
