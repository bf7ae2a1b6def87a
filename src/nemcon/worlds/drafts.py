"""Which text of a matter is before the body: the last draft begun, and what it carries over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations
from typing import TypeAlias

from nemcon.entries import AnyEntry, Decision, Draft, Objection, Position, Reserve, Tally
from nemcon.findings import Finding
from nemcon.saying import say
from nemcon.state import State
from nemcon.worlds.days import END_OF_DAY, Point, day_range, end_of_day, instant, question_point
from nemcon.worlds.events import event_timings


def possible_drafts(
    entries: Sequence[AnyEntry], state: State, event: str = ""
) -> tuple[frozenset[str], ...]:
    """The drafts whose positions count at `on`, or at `event`: the last one begun by then, and what
    it carries over from; all, where no draft is recorded.

    One set for each draft that may be the last, the likeliest at the end; but only drafts of which
    something is said, so that sets that make no difference are one.
    """
    named = frozenset(e.draft for e in entries if isinstance(e, _ON_A_DRAFT) and e.draft)
    drafts = [e for e in entries if isinstance(e, Draft)]
    if not drafts or not named:
        return (named,)
    texts = {draft.name: draft for draft in drafts}
    chains = (frozenset(_chain(last, texts)) for last in _lasts(drafts, entries, state, event))
    return tuple(dict.fromkeys(chain & named for chain in chains)) or (frozenset(),)


def doubtful_drafts(entries: Sequence[AnyEntry], state: State, event: str = "") -> Finding:
    """That nobody knows which of several drafts is the last one."""
    drafts = [e for e in entries if isinstance(e, Draft)]
    lasts = _lasts(drafts, entries, state, event)
    names = ", ".join(f"'{name}'" for name in sorted({draft.name for draft in lasts}))
    return Finding(
        "last-draft-unknown",
        "warning",
        say(
            "which of the drafts {names} is the last one is not certain, and the answer allows for "
            "each; write when each was put forward, its revision as a number, or which one carries "
            "over from which",
            names=names,
        ),
        tuple(sorted({draft.id for draft in lasts})),
    )


_ON_A_DRAFT = (Position, Reserve, Objection, Tally)
Span: TypeAlias = tuple[Point, Point]


def _lasts(
    drafts: Sequence[Draft], entries: Sequence[AnyEntry], state: State, event: str
) -> list[Draft]:
    """Each draft that may be the last one begun by then; any, where their dates contradict what
    they carry over from.
    """
    first, last = _asked(entries, state, event)
    in_turn = _in_turn(drafts, state)
    spans = in_turn or {draft.id: _span(draft, state) for draft in drafts}
    begun = [d for d in drafts if spans[d.id][0] <= last]
    texts = {draft.name: draft for draft in drafts}
    lasts = [
        d
        for d in begun
        if in_turn is None
        or not any(
            _surely_before(d, o, texts, spans, state) and _past(o, d, texts, spans, first, state)
            for o in begun
        )
    ]
    decided = {e.draft for e in entries if isinstance(e, Decision)} if event == "decision" else ()
    lasts = [d for d in lasts if d.name in decided] or lasts or begun
    return sorted(lasts, key=lambda d: (spans[d.id], _number(d), d.id))


def _in_turn(drafts: Sequence[Draft], state: State) -> dict[str, Span] | None:
    """The first and the last instant at which each may have begun, what it carries over from
    before it; None where that cannot be.
    """
    told = {draft.id: _span(draft, state) for draft in drafts}
    texts = {draft.name: draft for draft in drafts}
    turns = [
        (one, other)
        for one, other in permutations(drafts, 2)
        if _surely_before(one, other, texts, told, state)
    ]
    spans: dict[str, Span] = {}
    later = dict(told)
    while later != spans:
        spans = dict(later)
        for one, other in turns:
            (begins, ends), (starts, over) = later[one.id], later[other.id]
            later[one.id] = begins, min(ends, over)
            later[other.id] = max(starts, begins), over
        if any(ends < begins for begins, ends in later.values()):
            return None
    return spans


def _asked(entries: Sequence[AnyEntry], state: State, event: str) -> tuple[Point, Point]:
    """The first and the last instant that may be the one asked about."""
    if not event:
        point = question_point(state.on, state.zone)
        return point, point
    timing = event_timings(state, entries)[event]
    first, last = (timing.domain[0][0], -1, 0), (timing.domain[-1][1], END_OF_DAY, -1)
    return timing.at or first, timing.at or last


def _span(draft: Draft, state: State) -> Span:
    """The first and the last instant at which a draft may have begun; not after it was known."""
    point = instant(draft.happened, state.zone)
    if point is not None:
        return point, point
    first, last = day_range(draft.happened, state.zone)
    if draft.happened is None or draft.happened.latest is None:
        known = state.known_day(draft)
        last = known.toordinal() if known else last
    return (first, -1, 0), (*end_of_day(last)[:2], -1)


def _past(
    draft: Draft,
    given: Draft,
    texts: Mapping[str, Draft],
    spans: Mapping[str, Span],
    by: Point,
    state: State,
) -> bool:
    """Whether a draft has certainly begun, if another (`given`) has; one on which no date bears,
    with what it carries over from.
    """
    before = {  # and with `given` what it carries over from, unless that is later by its date
        name
        for name in _chain(given, texts)
        if name not in texts or not _surely_before(given, texts[name], texts, spans, state)
    }
    chain = [texts[name] for name in _chain(draft, texts) if name in texts and name not in before]
    dated = [d for d in chain if not _dateless(d, state)] if _dateless(draft, state) else [draft]
    return all(spans[d.id][1] <= by for d in dated)


def _dateless(draft: Draft, state: State) -> bool:
    """Whether no date bears on a draft: then it is there, whenever one asks."""
    dated = draft.happened is not None and draft.happened.latest is not None
    return not dated and state.known_day(draft) is None


def _chain(newest: Draft, texts: Mapping[str, Draft]) -> Iterator[str]:
    """The names of a draft and of those that it carries over from, one after the other."""
    told: set[str] = set()
    name = newest.name
    while name and name not in told:
        told.add(name)
        yield name
        name = texts[name].carries_over if name in texts else ""


def _surely_before(
    one: Draft,
    other: Draft,
    texts: Mapping[str, Draft],
    spans: Mapping[str, Span],
    state: State,
) -> bool:
    """Whether one draft certainly began before another: by their dates, else as the other carries
    over from it, else by revisions in numbers where both have the same date.
    """
    (begins, ends), (starts, over) = spans[one.id], spans[other.id]
    if ends < starts or over < begins:
        return ends < starts
    carried, carries = one.name in _chain(other, texts), other.name in _chain(one, texts)
    if carried is not carries:
        return carried
    same = day_range(one.happened, state.zone) == day_range(other.happened, state.zone)
    return same and -1 < _number(one) < _number(other)


def _number(draft: Draft) -> int:
    """The revision as a number; -1 if it is none."""
    return int(draft.revision) if draft.revision.isdecimal() else -1
