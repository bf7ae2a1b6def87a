"""Which text of a matter is before the body: the last draft begun, and what it carries over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nemcon.entries import AnyEntry, Draft
from nemcon.findings import Finding
from nemcon.saying import say
from nemcon.state import State
from nemcon.worlds.days import day_range, instant


def current_drafts(entries: Sequence[AnyEntry], state: State) -> frozenset[str]:
    """The drafts whose positions count: the last begun by `on`, and what it carries over from;
    all, where no draft is recorded.
    """
    drafts = [e for e in entries if isinstance(e, Draft)]
    if not drafts:
        return frozenset(e.draft for e in entries if getattr(e, "draft", ""))  # type: ignore[union-attr]
    begun = _begun(drafts, state)
    if not begun:
        return frozenset()
    newest = _newest(begun, state)
    return frozenset(_chain(newest, begun)) | ({newest.carries_over} - {""})


def doubtful_drafts(entries: Sequence[AnyEntry], state: State) -> Finding | None:
    """That nobody knows which of several drafts is the last one begun by `on`, where something is
    said of one of them; None if it is certain, or makes no difference.
    """
    begun = _begun([e for e in entries if isinstance(e, Draft)], state)
    if len(begun) < 2:
        return None
    newest = _newest(begun, state)
    before = set(_chain(newest, begun))
    rivals = [d for d in begun if d.name not in before and not _surely_before(d, newest, state)]
    named = {getattr(e, "draft", "") for e in entries}
    if not rivals or named.isdisjoint({newest.name, *before, *(d.name for d in rivals)}):
        return None
    names = ", ".join(f"'{name}'" for name in sorted({newest.name, *(d.name for d in rivals)}))
    return Finding(
        "last-draft-unknown",
        "warning",
        say(
            "which of the drafts {names} is the last one is not certain; write when each "
            "was put forward, its revision as a number, or which one carries over from "
            "which",
            names=names,
        ),
        tuple(sorted(d.id for d in (newest, *rivals))),
    )


def _begun(drafts: Sequence[Draft], state: State) -> list[Draft]:
    last = day_range(state.on, state.zone)[1]
    return [d for d in drafts if day_range(d.happened, state.zone)[0] <= last]


def _newest(begun: Sequence[Draft], state: State) -> Draft:
    def rank(draft: Draft) -> tuple[object, ...]:
        when, zone = draft.happened, state.zone
        return day_range(when, zone), instant(when, zone) or (), _number(draft), draft.id

    return max(begun, key=rank)


def _chain(newest: Draft, begun: Sequence[Draft]) -> Iterator[str]:
    """The names of a draft and of those that it carries over from, one after the other."""
    by_name = {d.name: d for d in begun}
    told: set[str] = set()
    current: Draft | None = newest
    while current is not None and current.name not in told:
        told.add(current.name)
        yield current.name
        current = by_name.get(current.carries_over)


def _surely_before(one: Draft, other: Draft, state: State) -> bool:
    """Whether one draft certainly began before another, by its date or its revision."""
    (first, last), (begins, ends) = (day_range(d.happened, state.zone) for d in (one, other))
    if last < begins:
        return True
    moments = instant(one.happened, state.zone), instant(other.happened, state.zone)
    if moments[0] and moments[1]:
        return moments[0] < moments[1]
    return (first, last) == (begins, ends) and -1 < _number(one) < _number(other)


def _number(draft: Draft) -> int:
    """The revision as a number; -1 if it is none."""
    return int(draft.revision) if draft.revision.isdecimal() else -1
