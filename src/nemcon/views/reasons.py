"""Why the answer is what it is: a tree whose leaves are entries with their quotations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nemcon.entries import (
    ALL,
    AnyEntry,
    Candidacy,
    Decision,
    Expectation,
    Membership,
    Objection,
    Position,
    Reserve,
    Rule,
    Silence,
    Span,
    Tally,
)
from nemcon.state import State
from nemcon.views.counted import range_words, stands_words, weights_words
from nemcon.views.question import Question
from nemcon.views.sums import sums_words
from nemcon.views.tongue import _, spoken
from nemcon.views.words import describe
from nemcon.worlds.attributes import attributes_at
from nemcon.worlds.course import Declared
from nemcon.worlds.days import LAST, day_range
from nemcon.worlds.verdict import Answer, Reckoning

if TYPE_CHECKING:
    from nemcon.rules.procedure import Procedure
    from nemcon.rules.sentences import Said

STANCES = (Position, Tally, Reserve, Objection)


@dataclass(frozen=True)
class Reason:
    """One statement with the entries it rests on, their verbatim spans, and finer reasons below."""

    text: str
    entries: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    below: tuple[Reason, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The reason as plain values."""
        out: dict[str, Any] = {
            "text": self.text,
            "entries": list(self.entries),
            "spans": [
                {"source": s.source, "start": s.start, "end": s.end, "quote": s.quote}
                for s in self.spans
            ],
        }
        if self.below:
            out["below"] = [reason.to_json() for reason in self.below]
        return out


def reasons(
    state: State, asked: Question, found: Answer, made: Declared | None, titles: Mapping[str, str]
) -> tuple[Reason, ...]:
    """The reasons for an answer, the deciding ones first."""
    entries = _told(state, state.of_matter(asked.matter))
    later = _later(state, state.of_matter(asked.matter))
    ordered = _ordered(found.reckonings)
    parts = [_of_candidate(r, entries, later, asked, titles) for r in ordered]
    parts += _steps(entries, titles)
    parts += _leaves(titles, [e for e in entries if isinstance(e, Silence)])
    if made is not None:
        parts.append(_of_decision(made, titles))
    parts += _leaves(titles, [e for e in entries if isinstance(e, Expectation)])
    rule = _of_rule(state, asked, found, titles)
    roll = _of_roll(state, asked, found, titles)
    return tuple(part for part in [*parts, rule, roll] if part is not None)


def _told(state: State, entries: Sequence[AnyEntry]) -> list[AnyEntry]:
    """The entries about times up to `on`, the latest first."""
    last = day_range(state.on, state.zone)[1]
    dated = [(day_range(e.happened, state.zone), e) for e in entries]
    kept = [(days, e) for days, e in dated if days[0] <= last]
    kept.sort(key=lambda row: (-row[0][1], -row[0][0], row[1].id))
    return [entry for _, entry in kept]


def _later(state: State, entries: Sequence[AnyEntry]) -> list[AnyEntry]:
    """The stances told of times after `on`, the earliest first: they may have been held before."""
    last = day_range(state.on, state.zone)[1]
    stances = [e for e in entries if isinstance(e, STANCES)]
    dated = [(day_range(e.happened, state.zone), e) for e in stances]
    kept = [(days, e) for days, e in dated if days[0] > last]
    return [entry for _, entry in sorted(kept, key=lambda row: (row[0], row[1].id))]


def _ordered(reckonings: Iterable[Reckoning]) -> list[Reckoning]:
    order = {"met": 0, "cannot tell": 1, "not met": 2}
    return sorted(reckonings, key=lambda r: (order[r.verdict], -r.support.most, r.candidate))


def _of_candidate(
    one: Reckoning,
    entries: Sequence[AnyEntry],
    later: Sequence[AnyEntry],
    asked: Question,
    titles: Mapping[str, str],
) -> Reason | None:
    about = [e for e in entries if isinstance(e, STANCES) and e.candidate in ("", one.candidate)]
    if not about and not one.candidate:
        return None
    text = stands_words(one, asked.procedure, titles)
    below = _leaves(titles, about)
    opening = [e for e in later if _opens(e, one)]
    if opening:
        told = _("what is told of later days may have been so already")
        ids = tuple(e.id for e in opening)
        below.append(Reason(told, ids, (), tuple(_leaves(titles, opening))))
    # Where nothing is said of this one, the number follows from what is said of the others.
    rests_on = about or [e for e in entries if isinstance(e, STANCES)]
    return Reason(text, tuple(e.id for e in rests_on), (), tuple(below))


def _opens(entry: AnyEntry, one: Reckoning) -> bool:
    """Whether a later stance is one of somebody whose stance on the date is open."""
    if one.verdict != "cannot tell":
        return False
    doubtful = set(one.open)
    match entry:
        case Tally():
            return bool(doubtful)
        case Position():
            named = doubtful if ALL in entry.members else doubtful.intersection(entry.members)
            return bool(named.difference(entry.excepted))
        case Reserve() | Objection():
            return entry.member in doubtful
    return False


def _leaves(titles: Mapping[str, str], entries: Iterable[AnyEntry]) -> list[Reason]:
    return [Reason(describe(e, titles), (e.id,), e.spans) for e in entries]


def _steps(entries: Sequence[AnyEntry], titles: Mapping[str, str]) -> list[Reason]:
    return _leaves(titles, [e for e in entries if isinstance(e, Candidacy)])


def _of_decision(made: Declared, titles: Mapping[str, str]) -> Reason:
    reports: Sequence[Decision] = made.reports
    text = _("the decision as declared")
    if made.carried:
        carried = _(made.carried)
        text = _("the decision as declared, {carried} by the verdict").format(carried=carried)
    return Reason(text, tuple(r.id for r in reports), (), tuple(_leaves(titles, reports)))


def _of_rule(
    state: State, asked: Question, found: Answer, titles: Mapping[str, str]
) -> Reason | None:
    stated = [r for r in state.all(Rule) if r.name == asked.rule or r.matter == asked.matter]
    if asked.procedure is None and not stated:
        return None
    title = asked.procedure.title if asked.procedure else asked.rule
    text = _("the rule: {title}").format(title=title)
    below = [*_leaves(titles, stated), *_weighed(state, asked, found, titles)]
    return Reason(text, tuple(r.id for r in stated), (), tuple(below))


def _weighed(
    state: State, asked: Question, found: Answer, titles: Mapping[str, str]
) -> Iterator[Reason]:
    """What a rule that weighs members asks for, and what there is of it."""
    if asked.procedure is None:
        return
    told = [(one, weights_words(state, asked.procedure, one)) for one in found.reckonings]
    if any(texts for _one, texts in told):
        yield from _asked_for(asked.procedure)
    attributes = attributes_at(state)
    for one, texts in told:
        aim = titles.get(one.candidate, one.candidate)
        sums = sums_words(asked.procedure, one, attributes)
        yield from (Reason(f"{aim}: {text}" if aim else text) for text in (*texts, *sums))


def _asked_for(procedure: Procedure) -> Iterator[Reason]:
    """What the favourable lines of a rule ask for, in its words."""
    from nemcon.views.clauses import rule_line  # only for rules that weigh members

    for line in procedure.ladder:
        told = rule_line(line, procedure)
        if told.favourable and told.when:
            yield Reason(f"{told.outcome}: {spoken(told.when)}", below=_said(told.parts))


def _said(parts: Sequence[Said]) -> tuple[Reason, ...]:
    return tuple(Reason(spoken(part.text), below=_said(part.parts)) for part in parts)


def _of_roll(
    state: State, asked: Question, found: Answer, titles: Mapping[str, str]
) -> Reason | None:
    entries = tuple(m.id for m in state.all(Membership))
    if not entries or not found.reckonings:
        return None
    number = range_words(found.reckonings[0].roll)
    text = _("the roll: {number} members").format(number=number)
    unsure = any(one.roll.least != one.roll.most for one in found.reckonings)
    moves = _moves(state, asked.matter, unsure=unsure)
    return Reason(text, entries, (), tuple(_leaves(titles, moves)))


def _moves(state: State, matter: str, *, unsure: bool) -> list[AnyEntry]:
    """What moved the roll by `on` since the first stance on the matter, the latest first; where the
    roll is unsure, also what may have moved it since.
    """
    stances = [e for e in state.of_matter(matter) if isinstance(e, STANCES) and e.happened]
    first = min((day_range(e.happened, state.zone)[1] for e in stances), default=LAST)
    changes = [e for e in state.all(Membership) if e.change != "attributes" and e.happened]
    side = 1 if unsure else 0
    return [e for e in _told(state, changes) if first <= day_range(e.happened, state.zone)[side]]
