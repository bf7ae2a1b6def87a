"""What is asked of one alternative of a state, where the positions on some drafts count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial, reduce
from itertools import chain

from nemcon.findings import Finding
from nemcon.rules.procedure import Procedure, RuleError
from nemcon.state import State
from nemcon.worlds.answers import Answer, Bounds
from nemcon.worlds.apart import answer_apart
from nemcon.worlds.basis import Basis, claims_of
from nemcon.worlds.candidates import Standing, Step, decision_step, is_selection, standing, steps_of
from nemcon.worlds.claims import Claims
from nemcon.worlds.conventions import Conventions
from nemcon.worlds.days import END_OF_DAY, Point, Timing, day_range, instant, question_point
from nemcon.worlds.kept import Kept
from nemcon.worlds.labels import word_of
from nemcon.worlds.modes import Mode, modes_of, over_modes
from nemcon.worlds.placements import TooManyError
from nemcon.worlds.problem import Problem
from nemcon.worlds.reckoning import Plain, Reckoner
from nemcon.worlds.supposed import NOTHING, Supposed, Word
from nemcon.worlds.unanswered import no_ladder, no_world, rule_error, too_hard, unknown_roll
from nemcon.worlds.untold import is_of_other_size, lacking, nobody_has, of_other_size
from nemcon.worlds.wide import Until, findings_made, until


@dataclass(frozen=True)
class Variant:
    """A question to one alternative of a state; see `verdict.answer` for what is asked.

    `candidates` are those that any alternative names, `drafts` those whose positions count.
    """

    state: State
    matter: str
    procedure: Procedure
    conventions: Conventions
    event: str
    only: str | None
    kept: Kept | None
    candidates: Sequence[str]
    drafts: frozenset[str]
    supposed: Supposed
    word: Word | None

    def answer(self) -> Answer:
        """The verdict, with its findings."""
        selection = is_selection(self.state, self.matter)
        if self.procedure.each_candidate and self.candidates and selection:
            return answer_apart(self.state, self.matter, self.candidates, self.only, self._towards)
        claims, basis = self._told, self._basis
        if claims.impossible or not basis.can_happen:
            return Answer("cannot tell", (), (*claims.findings, no_world()))
        if _roll_unknown(self.state, self.matter, claims):
            return Answer("cannot tell", (), (*claims.findings, unknown_roll()), exact=False)
        if not self.procedure.ladder:
            findings = (*claims.findings, no_ladder(self.procedure))
            return Answer("cannot tell", (), findings, exact=False)
        kept = self.kept
        if kept is None or not kept.again or self.word:
            return self._worked_out()
        key = (
            *map(kept.number, (basis.claims, self.procedure, self.conventions, self._attested)),
            *(self.matter, basis.selection, self.only, self._place),
            *(tuple(self._modes), tuple(self._standings.items()), self._supposed),
        )
        if key not in kept.answers:
            kept.answers[key] = self._worked_out()
        same: Answer = kept.answers[key]
        return same

    def _towards(self, towards: State, names: Sequence[str]) -> Answer:
        """The answer where each of these candidates is decided on by itself."""
        told = (s for s in self.supposed.stances if s[1][1] in ("", *names))
        word = self.word if self.word and self.word.stance[1] in ("", *names) else None
        alone = replace(
            self,
            state=towards,
            procedure=replace(self.procedure, each_candidate=False),
            candidates=names,
            supposed=replace(self.supposed, stances=tuple(told)),
            word=word,
        )
        return alone.answer()

    # What is said, and in the words of the rule

    @cached_property
    def _recorded(self) -> Claims:
        """What the record says."""
        return claims_of(
            *(self.state, self.matter, self.conventions, self.event),
            *(self.candidates, self.drafts, self.kept),
        )

    @cached_property
    def _told(self) -> Claims:
        """What is said, with what the question supposes of the roll, and its word."""
        claims = self.supposed.among(self._recorded)
        if not self.word:
            return claims
        state = self.state
        moment = instant(state.on, state.zone)
        return self.word.added(claims, Timing((day_range(state.on, state.zone),), True, moment))

    @cached_property
    def _supposed(self) -> Supposed:
        """What the question supposes, with stances called what the rule calls them."""
        return self.supposed.called(lambda name: word_of(name, self.procedure))

    @cached_property
    def _basis(self) -> Basis:
        kept, claims = self.kept, self._told
        asked = self.state, self.matter, self.procedure, claims
        if kept is None or claims is not self._recorded:
            return Basis(*asked, self._supposed)
        told = ("basis", self.matter, kept.number(claims), kept.number(self.procedure))
        basis = kept.whenever(self.state, told, partial(Basis, *asked, NOTHING))
        return basis.supposing(self._supposed)

    # What is asked

    @cached_property
    def _question(self) -> Point | str:
        return self.event or question_point(self.state.on, self.state.zone)

    @cached_property
    def _place(self) -> Point | str:
        """The question, where it stands in the order of all dates."""
        return self._basis.place(self._question, self._modes[0], self._steps)

    @cached_property
    def _modes(self) -> Sequence[Mode]:
        return modes_of(self._basis.claims, self.state, self.event, self.matter, self.drafts)

    @cached_property
    def _steps(self) -> Mapping[str, Sequence[Step]]:
        """The steps of each candidacy, and of the decision."""
        claims = self._basis.claims
        found = {
            candidate: steps_of(self.state, self._basis.entries, candidate, claims.timings)
            for candidate in claims.candidates
        }
        return found | decision_step(claims.timings)

    @cached_property
    def _standings(self) -> Mapping[str, Standing]:
        """Where each candidate stands when asked, or on the last possible day of that event."""
        question, timings = self._question, self._basis.claims.timings
        last = timings[question].domain[-1][1] if isinstance(question, str) else 0
        point = (last, END_OF_DAY, 0) if isinstance(question, str) else question
        return {candidate: standing(found, point) for candidate, found in self._steps.items()}

    @cached_property
    def _attested(self) -> Mapping[str, Mapping[str, bool]]:
        """What those who have to find something have found by then."""
        claims = self._basis.claims
        by_then = _until(claims, self.state, self.event)
        return findings_made(self.state, self.matter, self.procedure, claims.candidates, by_then)

    # The work

    def _worked_out(self) -> Answer:
        claims, basis = self._basis.claims, self._basis
        # Made one by one: where the first contradicts nothing, the others are never needed.
        parts = map(self._reckoner, self._modes)
        try:
            found = over_modes(parts, claims, basis.selection, complete=self._modes[0][0])
        except TooManyError:
            return Answer("cannot tell", (), (*claims.findings, too_hard()), exact=False)
        except RuleError as error:
            return Answer("cannot tell", (), (*claims.findings, rule_error(error)), exact=False)
        return replace(found, findings=(*found.findings, *self._doubts(found)))

    def _doubts(self, found: Answer) -> Iterator[Finding]:
        """What the rule needs and the record does not tell: why the answer may be open."""
        lacks = lacking(self.procedure, self._basis.claims)
        if lacks and found.verdict == "cannot tell":
            yield nobody_has(self.procedure, lacks)
        rolls = [one.roll for one in found.reckonings]
        if rolls and all(is_of_other_size(self.procedure, roll) for roll in rolls):
            yield of_other_size(self.procedure, reduce(Bounds.join, rolls))

    def _reckoner(self, mode: Mode) -> Reckoner:
        kept, basis = self.kept, self._basis
        found = {} if kept is None else kept.endings.setdefault(basis.labels.every, {})
        problem = basis.problem(self._question, mode, self._steps, self._supposed, found)
        before = self._plain(problem)
        if before is not None and not self.word:
            before.settled = before.settled or basis.settled.get(mode)
        made = Reckoner(
            *(problem, self.procedure, self._standings, self.conventions, self.only),
            *(self._attested, before),
        )
        if made.settled.clean:
            basis.settled[mode] = made.settled
        return made

    def _plain(self, problem: Problem) -> Plain | None:
        """What was found of this before, whatever stances were supposed."""
        kept = self.kept
        if kept is None or self._supposed.joins:
            return None
        labels = self._basis.labels
        told_apart = (labels.classes, tuple(labels.views.items()))
        mode = (problem.complete, problem.complete_objections)
        about = (self.matter, self.conventions, self.event, tuple(self.candidates), self.drafts)
        key = (*about, kept.number(self.procedure), told_apart, mode)
        before = kept.once(self.state, key, Plain)
        return before.with_word(problem, self.word.members) if self.word else before


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


def _until(claims: Claims, state: State, event: str) -> Until:
    """The time by which a finding must have been made to count at the question."""
    if not event:
        return until(state)
    timing = claims.timings[event]
    return Until(timing.domain[0][0] - 1, timing.at, event)
