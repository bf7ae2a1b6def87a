"""An entry in the place of another, so that nothing that stands by itself goes with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from nemcon.access.submit import NotNowError
from nemcon.entries import AnyEntry, Confirmation, Correction, Rejection
from nemcon.saying import say
from nemcon.state import Logged, State, answers, at, known_day
from nemcon.when import When

_ACTS = (Confirmation, Rejection, Correction)


def replacing(
    items: Iterable[Logged],
    old: AnyEntry,
    new: AnyEntry | None,
    happened: When,
    *,
    by: str = "",
    reason: str = "",
) -> list[Logged]:
    """What to add to a record of `items` so that `new` (None: nothing) stands instead of `old`.

    Named as a replacement, an entry is in only while a correction that names it is: one that
    stands by itself already is therefore not named. An open proposal is answered as well, and
    since it never counted, what stands instead is known as if it had been proposed itself.

    Raises `NotNowError`: `taken-out-before` where the record has corrected `new` itself.
    """
    items = list(items)
    held = {item.entry.id: item for item in items}
    state = at(items, happened, proposed=True)
    waits = is_open(items, old.id)
    named, source, known = "", "", None
    out: list[AnyEntry] = []
    if new is not None:
        named = new.id
        if new.id not in held:
            out.append(new)
        else:
            out += _brought_in(items, state, held[new.id], by, happened)
            named = new.id if new.id in _replacements(items) else ""
        if waits:
            source, known, always = _known_as(new, state)
            named = "" if always else named  # no correction is known always
    out.append(
        Correction(
            body=old.body,
            corrects=old.id,
            replacement=named,
            reason=reason,
            by=by,
            happened=happened,
            source=source,
            known=known,
        )
    )
    if waits:
        why = reason or "corrected"
        out.append(Rejection(body=old.body, rejects=old.id, by=by, reason=why, happened=happened))
    return [Logged(each) for each in out]


def _brought_in(
    items: list[Logged], state: State, item: Logged, by: str, happened: When
) -> Iterator[AnyEntry]:
    """What makes an entry count that the record holds already."""
    ident = item.entry.id
    if any(each.corrects == ident for each in state.all(Correction)):
        message = say(
            "the record has taken {ident} out before, by a correction; correct that "
            "correction to have it back, or say something else",
            ident=ident,
        )
        raise NotNowError("taken-out-before", message, ident)
    answer = answers(items).get(ident)
    if item.proposed and not (answer and isinstance(answer.entry, Confirmation)):
        yield Confirmation(body=item.entry.body, confirms=ident, by=by, happened=happened)


def _replacements(items: Iterable[Logged]) -> set[str]:
    return {i.entry.replacement for i in items if isinstance(i.entry, Correction)} - {""}


def _known_as(new: AnyEntry, state: State) -> tuple[str, When | None, bool]:
    """The source and the day that make a correction known as early as `new`; whether none can."""
    if new.known is not None or new.source in state.sources:
        return new.source, new.known, False
    day = known_day(new, state.sources, state.zone)
    return new.source, When.day(day) if day else None, day is None


def is_open(items: Iterable[Logged], ident: str) -> bool:
    """Whether an entry is a proposal that waits for an answer."""
    items = tuple(items)
    proposed = any(item.entry.id == ident and item.proposed for item in items)
    return proposed and answers(items).get(ident) is None


def later(items: Iterable[Logged], now: datetime) -> When:
    """`now`, or just after the last act on the record: no two acts have the same instant.

    By their instants acts that say the same are told apart, and what belongs to one is found.
    """
    acts = (i.entry.happened for i in items if isinstance(i.entry, _ACTS) and i.entry.happened)
    instants = [when.latest for when in acts if isinstance(when.latest, datetime)]
    after = [instant + timedelta(microseconds=1) for instant in instants if instant >= now]
    return When.parse(max(after, default=now).isoformat())


def taking_back(entry: AnyEntry, happened: When, *, by: str, reason: str) -> Correction:
    """The correction that takes an act back, known from when the act is."""
    bare = Correction(body=entry.body, corrects=entry.id, reason=reason, by=by, happened=happened)
    return replace(bare, source=entry.source, known=entry.known)
