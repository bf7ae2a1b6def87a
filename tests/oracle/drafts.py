"""Which texts of a matter may be before the body: every course of the drafts (ADR 0002, 3).

In a course each draft begins on a day of its range, and those of one day in some order. The last
one that has begun counts when asked, with what it carries over.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import tzinfo
from itertools import combinations, permutations, product

from nemcon.entries import (
    AnyEntry,
    Decision,
    Draft,
    Objection,
    Position,
    Reserve,
    Source,
    Tally,
)
from tests.oracle.axis import Range, as_range
from tests.oracle.filter import known_when

CLAIMS = (Position, Reserve, Objection, Tally)
DATELESS = Range(None, None)
Course = tuple[tuple[Draft, int], ...]  # the drafts in the order in which they begin, with the day


def of_drafts(
    entries: Sequence[AnyEntry], matter: str, asked: Range, zone: tzinfo, decision: bool = False
) -> list[list[AnyEntry]]:
    """What counts of the matter: once for each draft that may be the last one begun when asked.

    Asked at the end of a day or at an instant; of a `decision`, at some instant of the range.
    """
    drafts = [e for e in entries if isinstance(e, Draft) and e.matter in ("", matter)]
    if not drafts:
        return [list(entries)]
    sources = {e.name: e for e in entries if isinstance(e, Source)}
    spans = {draft.id: _span(draft, sources, zone) for draft in drafts}
    found = _last_ones(drafts, spans, asked, decision)
    if len(found) > 1:
        found.discard("")  # some draft is before the body, if any may be
    named = {e.draft for e in entries if isinstance(e, Decision)} & found if decision else set()
    texts = {draft.name: draft for draft in drafts}
    ways = {frozenset({"", *_carried(name, texts)}) for name in named or found}
    return [
        [e for e in entries if not isinstance(e, CLAIMS) or e.draft in way]
        for way in sorted(ways, key=sorted)
    ]


def _span(draft: Draft, sources: dict[str, Source], zone: tzinfo) -> Range:
    """When a draft may have begun: without a date, by the day on which it was known."""
    if draft.happened is not None:
        return as_range(draft.happened, zone)
    known = known_when(draft, sources)
    last = known.last_day(zone) if known else None
    return Range(None, last.toordinal() if last else None)


def _last_ones(
    drafts: Sequence[Draft], spans: Mapping[str, Range], asked: Range, decision: bool
) -> set[str]:
    """The names of those that may be the last one begun when asked ("": none has)."""
    out = set()
    marks = [b for r in [*spans.values(), asked] for b in (r.low, r.high) if b is not None]
    whole = range(min(marks, default=0) - len(drafts), max(marks, default=0) + len(drafts) + 1)
    courses = list(_courses(drafts, spans, whole))
    alone = [((d, day),) for d in drafts for day in _days(spans[d.id], whole)]
    for course in courses or alone:  # where they contradict each other, each for itself
        for day, number in product(_days(asked, whole), range(len(course) + 1)):
            begun, ahead = course[:number], course[number:]
            if all(
                True in _begun(spans[d.id], start, day, asked, decision) for d, start in begun
            ) and all(
                _may_be_ahead(d, start, day, asked, decision, [d for d, _ in ahead], drafts, spans)
                for d, start in ahead
            ):
                out.add(begun[-1][0].name if begun else "")
    return out


def _may_be_ahead(
    draft: Draft,
    start: int,
    day: int,
    asked: Range,
    decision: bool,
    ahead: Sequence[Draft],
    drafts: Sequence[Draft],
    spans: Mapping[str, Range],
) -> bool:
    """Whether a draft need not have begun; without any date, if what it carries over has not."""
    if spans[draft.id] != DATELESS:
        return False in _begun(spans[draft.id], start, day, asked, decision)
    names = _carried(draft.name, {one.name: one for one in drafts})
    return any(one.name in names and spans[one.id] != DATELESS for one in ahead)


def _begun(span: Range, start: int, day: int, asked: Range, decision: bool) -> set[bool]:
    """Whether a draft that begins on a day has begun when asked; both, if that is open."""
    if span == DATELESS:
        return {True}
    if start != day:
        return {start < day}
    if asked.clock is None:
        return {True, False} if decision else {True}
    return {True, False} if span.clock is None else {span.clock <= asked.clock}


def _courses(drafts: Sequence[Draft], spans: Mapping[str, Range], whole: range) -> Iterator[Course]:
    """Every order in which the drafts may begin, with their days."""
    for days in product(*(_days(spans[d.id], whole) for d in drafts)):
        for course in permutations(zip(drafts, days, strict=True)):
            if all(
                _may_follow(one, other, spans, drafts) for one, other in combinations(course, 2)
            ):
                yield course


def _days(span: Range, whole: range) -> range:
    low = whole.start if span.low is None else span.low
    return range(low, whole.stop if span.high is None else span.high + 1)


def _may_follow(
    one: tuple[Draft, int],
    other: tuple[Draft, int],
    spans: Mapping[str, Range],
    drafts: Sequence[Draft],
) -> bool:
    """Whether a draft of some day may come before another: by day and clock, then by what carries
    over from what, then by revisions of one date.
    """
    (first, day), (second, later) = one, other
    a, b = spans[first.id], spans[second.id]
    if day != later or (a.clock is not None and b.clock is not None and a.clock != b.clock):
        clocks = (a.clock or 0, b.clock or 0) if day == later else (0, 0)
        if (day, clocks[0]) > (later, clocks[1]):
            return False
    if _apart(a, b):
        return True
    texts = {draft.name: draft for draft in drafts}
    back, forth = (
        second.name in _carried(first.name, texts),
        first.name in _carried(second.name, texts),
    )
    if back is not forth:
        return forth
    if (a.low, a.high) != (b.low, b.high):
        return True
    numbers = [int(d.revision) if d.revision.isdecimal() else None for d in (first, second)]
    return None in numbers or numbers[0] <= numbers[1]  # type: ignore[operator]


def _apart(a: Range, b: Range) -> bool:
    """Whether dates alone say which of two comes first."""
    if a.low == a.high == b.low == b.high and a.low is not None:
        return None not in (a.clock, b.clock) and a.clock != b.clock
    return any(
        x.high is not None and y.low is not None and x.high < y.low for x, y in ((a, b), (b, a))
    )


def _carried(name: str, texts: Mapping[str, Draft]) -> set[str]:
    """The draft and those that it carries over from."""
    names: set[str] = set()
    while name and name not in names:
        names.add(name)
        name = texts[name].carries_over if name in texts else ""
    return names
