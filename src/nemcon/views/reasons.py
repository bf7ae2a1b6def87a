"""Why the answer is what it is: a tree whose leaves are entries with their quotations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nemcon.entries import (
    AnyEntry,
    Candidacy,
    Decision,
    Expectation,
    Membership,
    Objection,
    Position,
    Reserve,
    Rule,
    Span,
    Tally,
)
from nemcon.state import State
from nemcon.views.question import Question
from nemcon.views.tongue import _, numbered
from nemcon.views.words import describe
from nemcon.worlds.course import Declared
from nemcon.worlds.days import day_range
from nemcon.worlds.verdict import Answer, Bounds, Reckoning

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
    parts = [_of_candidate(r, entries, titles) for r in _ordered(found.reckonings)]
    parts += _steps(entries, titles)
    if made is not None:
        parts.append(_of_decision(made, titles))
    parts += _leaves(titles, [e for e in entries if isinstance(e, Expectation)])
    rule = _of_rule(state, asked, titles)
    roll = _of_roll(state, found)
    return tuple(part for part in [*parts, rule, roll] if part is not None)


def _told(state: State, entries: Sequence[AnyEntry]) -> list[AnyEntry]:
    """The entries about times up to `on`, the latest first."""
    last = day_range(state.on, state.zone)[1]
    dated = [(day_range(e.happened, state.zone), e) for e in entries]
    kept = [(days, e) for days, e in dated if days[0] <= last]
    kept.sort(key=lambda row: (-row[0][1], -row[0][0], row[1].id))
    return [entry for _, entry in kept]


def _ordered(reckonings: Iterable[Reckoning]) -> list[Reckoning]:
    order = {"met": 0, "cannot tell": 1, "not met": 2}
    return sorted(reckonings, key=lambda r: (order[r.verdict], -r.support.most, r.candidate))


def _of_candidate(
    one: Reckoning, entries: Sequence[AnyEntry], titles: Mapping[str, str]
) -> Reason | None:
    about = [e for e in entries if isinstance(e, STANCES) and e.candidate in ("", one.candidate)]
    if not about and not one.candidate:
        return None
    who = counted(one.support, one.roll)
    if one.candidate:
        aim = titles.get(one.candidate, one.candidate)
        text = _("{who} support {aim}").format(who=who, aim=aim)
    else:
        text = _("{who} support it").format(who=who)
    below = _leaves(titles, about)
    # Where nothing is said of this one, the number follows from what is said of the others.
    rests_on = about or [e for e in entries if isinstance(e, STANCES)]
    return Reason(text, tuple(e.id for e in rests_on), (), tuple(below))


def counted(support: Bounds, roll: Bounds) -> str:
    """Support of a roll in words: *31 of 32*, *from 31 to 32 of 32 members*."""
    many = _range(support)
    of = numbered("{many} of {n} member", "{many} of {n} members", roll.most)
    return of.format(many=many, n=_range(roll))


def _range(bounds: Bounds) -> str:
    if bounds.least == bounds.most:
        return str(bounds.least)
    return _("from {low} to {high}").format(low=bounds.least, high=bounds.most)


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


def _of_rule(state: State, asked: Question, titles: Mapping[str, str]) -> Reason | None:
    stated = [r for r in state.all(Rule) if r.name == asked.rule or r.matter == asked.matter]
    if asked.procedure is None and not stated:
        return None
    title = asked.procedure.title if asked.procedure else asked.rule
    text = _("the rule: {title}").format(title=title)
    return Reason(text, tuple(r.id for r in stated), (), tuple(_leaves(titles, stated)))


def _of_roll(state: State, found: Answer) -> Reason | None:
    entries = tuple(m.id for m in state.all(Membership))
    if not entries or not found.reckonings:
        return None
    text = _("the roll: {number} members").format(number=_range(found.reckonings[0].roll))
    return Reason(text, entries)
