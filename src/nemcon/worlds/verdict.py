"""The verdict: is the rule met in every world, in none, or can nobody tell?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain

from nemcon.findings import Finding
from nemcon.rules.procedure import Procedure, RuleError
from nemcon.saying import say
from nemcon.state import State
from nemcon.worlds.answers import Answer, Bounds, Reckoning, Verdict, merged, verdict_of
from nemcon.worlds.apart import answer_apart
from nemcon.worlds.basis import Basis, claims_of
from nemcon.worlds.candidates import (
    Standing,
    Step,
    candidates_of,
    decision_step,
    is_selection,
    standing,
    steps_of,
)
from nemcon.worlds.claims import Claims
from nemcon.worlds.conflicts import Settled
from nemcon.worlds.conventions import Conventions
from nemcon.worlds.days import END_OF_DAY, Point, Timing, day_range, instant, question_point
from nemcon.worlds.drafts import doubtful_drafts, possible_drafts
from nemcon.worlds.kept import Kept
from nemcon.worlds.labels import word_of
from nemcon.worlds.placements import TooManyError
from nemcon.worlds.problem import Problem
from nemcon.worlds.reckoning import Plain, Reckoner
from nemcon.worlds.supposed import NOTHING, Supposed, Word
from nemcon.worlds.wide import Until, findings_made, until

__all__ = ["Answer", "Bounds", "Reckoning", "Verdict", "answer"]


def answer(
    state: State,
    matter: str,
    procedure: Procedure,
    conventions: Conventions = Conventions(),
    event: str = "",
    only: str | None = None,
    kept: Kept | None = None,
    supposed: Supposed = NOTHING,
    word: Word | None = None,
) -> Answer:
    """The verdict on a matter at the state's `on`, or just at the instant of `event`.

    `only` reckons one candidate ("" in a motion) and leaves out the lists of members, for callers
    that ask many times. `kept` is for callers that ask one state for many dates. `supposed` is what
    the question takes to be otherwise than the record says, `word` what it takes to be said.

    Findings: conflicts between claims, limits passed, a rule that needs an attribute that a member
    lacks, entries that cannot be read (SEMANTICS 11 to 15).
    """
    variants = [state.variant(n) for n in range(len(state.variants))]
    named = candidates_of(entry for one in variants for entry in one.of_matter(matter))
    ways = [
        (one, drafts)
        for one in variants
        for drafts in possible_drafts(one.of_matter(matter), one, event)
    ]
    found = [
        _answer_variant(
            one, matter, procedure, conventions, event, only, kept, named, drafts, supposed, word
        )
        for one, drafts in ways
    ]
    whole = found[0] if len(found) == 1 else merged(found)
    for one in variants if len(ways) > len(variants) else ():
        if len(possible_drafts(one.of_matter(matter), one, event)) > 1:
            doubt = doubtful_drafts(one.of_matter(matter), one, event)
            whole = replace(whole, findings=(*whole.findings, doubt))
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
    drafts: frozenset[str],
    supposed: Supposed,
    word: Word | None,
) -> Answer:
    if procedure.each_candidate and candidates and is_selection(state, matter):
        alone = replace(procedure, each_candidate=False)

        def ask(towards: State, names: Sequence[str]) -> Answer:
            told = (s for s in supposed.stances if s[1][1] in ("", *names))
            here = replace(supposed, stances=tuple(told))
            said = word if word and word.stance[1] in ("", *names) else None
            return _answer_variant(
                *(towards, matter, alone, conventions, event, only, kept, names),
                *(drafts, here, said),
            )

        return answer_apart(state, matter, candidates, only, ask)
    about = (matter, conventions, event, tuple(candidates), drafts)
    recorded = claims_of(state, matter, conventions, event, candidates, drafts, kept)
    claims = supposed.among(recorded)
    if word:
        moment = instant(state.on, state.zone)
        claims = word.added(claims, Timing((day_range(state.on, state.zone),), True, moment))
    supposed = supposed.called(lambda name: word_of(name, procedure))
    if kept is not None and claims is recorded:
        told = ("basis", matter, kept.number(claims), kept.number(procedure))
        plainly = partial(Basis, state, matter, procedure, claims, NOTHING)
        basis = kept.whenever(state, told, plainly).supposing(supposed)
    else:
        basis = Basis(state, matter, procedure, claims, supposed)
    if claims.impossible or not basis.can_happen:
        return Answer("cannot tell", (), (*claims.findings, _no_world()))
    if _roll_unknown(state, matter, claims):
        return Answer("cannot tell", (), (*claims.findings, _unknown_roll()), exact=False)
    if not procedure.ladder:
        return Answer("cannot tell", (), (*claims.findings, _no_ladder(procedure)), exact=False)
    selection, claims, labels = basis.selection, basis.claims, basis.labels
    question: Point | str = event or question_point(state.on, state.zone)
    steps = {c: steps_of(state, basis.entries, c, claims.timings) for c in claims.candidates}
    steps |= decision_step(claims.timings)
    standings = _standings(steps, claims, question)
    modes = _modes(claims, state, event)
    attested = findings_made(
        state, matter, procedure, claims.candidates, _until(claims, state, event)
    )

    def plain(problem: Problem) -> Plain | None:
        """What was found of this before, whatever stances were supposed."""
        if kept is None or supposed.joins:
            return None
        told_apart = (labels.classes, tuple(labels.views.items()))
        mode = (problem.complete, problem.complete_objections)
        key = (*about, kept.number(procedure), told_apart, mode)
        before = kept.once(state, key, Plain)
        return before.with_word(problem, word.members) if word else before

    def reckoner(mode: tuple[bool, bool]) -> Reckoner:
        found = {} if kept is None else kept.endings.setdefault(labels.every, {})
        problem = basis.problem(question, mode, steps, supposed, found)
        before = plain(problem)
        if before is not None and not word:
            before.settled = before.settled or basis.settled.get(mode)
        made = Reckoner(problem, procedure, standings, conventions, only, attested, before)
        if made.settled.clean:
            basis.settled[mode] = made.settled
        return made

    def worked_out() -> Answer:
        # Made one by one: where the first contradicts nothing, the others are never needed.
        parts = map(reckoner, modes)
        try:
            return _over_modes(parts, claims, selection, complete=modes[0][0])
        except TooManyError:
            return Answer("cannot tell", (), (*claims.findings, _too_hard()), exact=False)
        except RuleError as error:
            return Answer("cannot tell", (), (*claims.findings, _rule_error(error)), exact=False)

    if kept is None or not kept.again or word:
        return worked_out()
    key = (
        *(kept.number(value) for value in (claims, procedure, conventions, attested)),
        *(matter, selection, only, basis.place(question, modes[0], steps)),
        *(tuple(modes), tuple(standings.items()), supposed),
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


def _standings(
    steps: Mapping[str, Sequence[Step]], claims: Claims, question: Point | str
) -> dict[str, Standing]:
    """Where each candidate stands at the question, or on the last possible day of that event."""
    last = claims.timings[question].domain[-1][1] if isinstance(question, str) else 0
    point = (last, END_OF_DAY, 0) if isinstance(question, str) else question
    return {candidate: standing(found, point) for candidate, found in steps.items()}


def _until(claims: Claims, state: State, event: str) -> Until:
    """The time by which a finding must have been made to count at the question."""
    if not event:
        return until(state)
    timing = claims.timings[event]
    return Until(timing.domain[0][0] - 1, timing.at, event)


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
    low = day_range(start, state.zone)[1] if start else first
    high = day_range(end, state.zone)[0] if end else last
    return low <= first and last <= high


def _over_modes(
    parts: Iterable[Reckoner], claims: Claims, selection: bool, *, complete: bool
) -> Answer:
    """Union over completeness kept or dropped; dropped only where that keeps some other claim."""
    found: list[list[Reckoning]] = []
    findings = list(claims.findings)
    before: list[tuple[Problem, Settled]] = []
    decided: set[bool] = set()
    rough: set[str] = set()
    for part in parts:
        worth = part.beyond([s for problem, s in before if _takes_as_much(problem, part.problem)])
        before.append((part.problem, part.settled))
        if not worth:
            continue
        reckoned = part.reckon()
        if reckoned is not None:
            found.append(reckoned)
            decided |= part.decided
            rough |= part.rough
        if not part.settled.clean:
            findings.append(_conflict(part))
        elif len(before) == 1:
            break
    if not found:
        return Answer("cannot tell", (), (*findings, _no_world()), complete=complete)
    joined = found[0]
    for more in found[1:]:
        joined = [a.join(b) for a, b in zip(joined, more, strict=True)]
    verdict = verdict_of(joined, selection=selection)
    given_up = any(r.candidate in rough and r.verdict == "cannot tell" for r in joined)
    if given_up:
        findings.append(_too_hard())
    kept = tuple(dict.fromkeys(findings))
    exact = not given_up or verdict != "cannot tell"
    sure = frozenset(decided) or None
    return Answer(verdict, tuple(joined), kept, exact, complete=complete, decided=sure)


def _takes_as_much(one: Problem, other: Problem) -> bool:
    """Whether the first takes all completeness as given that the second does."""
    return one.complete >= other.complete and (one.complete_objections >= other.complete_objections)


def _conflict(part: Reckoner) -> Finding:
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
        say(
            "these reports contradict each other; the answer allows for each of them: "
            "correct the one that is wrong"
        ),
        tuple(sorted(entries)),
    )


def _too_hard() -> Finding:
    return Finding(
        "too-hard",
        "warning",
        say(
            "too many ways in which the reports may fit together to decide this exactly; "
            "the answer is 'cannot tell': date the entries more closely, or correct "
            "those that contradict each other"
        ),
    )


def _no_world() -> Finding:
    return Finding(
        "no-world",
        "error",
        say(
            "the roll, the links between dates and the rule leave no possible course of "
            "events: check the dates of memberships and the 'before' and 'after' of "
            "entries"
        ),
    )


def _unknown_roll() -> Finding:
    return Finding(
        "unknown-roll",
        "warning",
        say(
            "this matter is decided by the roll of a day that is not known exactly, and "
            "members may have come or gone on the possible days; the answer is 'cannot "
            "tell': date 'roll_on'"
        ),
    )


def _no_ladder(procedure: Procedure) -> Finding:
    return Finding(
        "no-ladder",
        "warning",
        say(
            "rule '{id}' decides by votes that are counted, not by stances: 'nemcon "
            "rules decide' works them out from the ballots",
            id=procedure.id,
        ),
    )


def _rule_error(error: RuleError) -> Finding:
    return Finding("rule", "error", str(error))


def _unreadable(state: State) -> Finding:
    return Finding(
        "unreadable-entries",
        "warning",
        say(
            "{sealed} sealed and {erased} erased entries cannot be read, and could say "
            "anything; the verdict is 'cannot tell'",
            sealed=state.sealed,
            erased=state.erased,
        ),
    )
