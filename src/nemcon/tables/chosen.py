"""Which entries an export holds: what stands, or all that a record holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import tzinfo

from nemcon.entries import AnyEntry, Confirmation, Correction, Rejection
from nemcon.findings import Finding
from nemcon.state import Logged, State
from nemcon.tables.columns import ACTS
from nemcon.when import When


def standing(state: State, own: frozenset[str], on: When | None) -> list[AnyEntry]:
    """The entries of a state that are in `own`, without acts upon the record.

    With `on`, without what certainly happened later.
    """
    return [
        entry
        for entry in state.entries
        if entry.id in own and entry.kind not in ACTS and not _later(entry, on, state.zone)
    ]


def of_record(
    items: Iterable[Logged], state: State, known: When | None, on: When | None
) -> list[Logged]:
    """All that a record holds, in its order; with `known` and `on`, what was known and had been.

    A confirmation stays with what it confirms: a confirmed entry is known from its source's date.
    So does what takes it back.
    """
    items = tuple(items)
    limit = known.last_day(state.zone) if known else None
    answers = {i.entry.id for i in items if isinstance(i.entry, Confirmation | Rejection)}
    kept: list[Logged] = []
    for item in items:
        entry = item.entry
        takes_back = isinstance(entry, Correction) and entry.corrects in answers
        if takes_back or entry.id in answers:
            kept.append(item)
            continue
        day = state.known_day(entry)
        if limit is not None and day is not None and day > limit:
            continue
        if isinstance(entry, Correction) or not _later(entry, on, state.zone):
            kept.append(item)
    if limit is None and on is None:
        return kept
    kept = list(_without_dangling(kept))
    # What stands only in the place of another does not stand without the correction.
    named, still = _replacements(items), _replacements(kept)
    return [item for item in kept if item.entry.id not in named - still]


def _replacements(items: Iterable[Logged]) -> set[str]:
    return {i.entry.replacement for i in items if isinstance(i.entry, Correction)} - {""}


def _without_dangling(items: list[Logged]) -> Iterator[Logged]:
    """Without confirmations, rejections and corrections of what is left out."""
    here = {item.entry.id for item in items}
    for item in items:
        match item.entry:
            case Confirmation(confirms=target) | Rejection(rejects=target):
                kept = target in here
            case Correction(corrects=target, replacement=instead):
                kept = target in here and (not instead or instead in here)
            case _:
                kept = True
        if kept:
            yield item
        else:
            here.discard(item.entry.id)


def _later(entry: AnyEntry, on: When | None, zone: tzinfo) -> bool:
    """Whether it certainly happened after `on`."""
    if on is None or entry.happened is None:
        return False
    return entry.happened.after(on, zone) is True


def left_out(state: State, entries: Iterable[AnyEntry], waiting: int) -> Iterator[Finding]:
    """What somebody must know who passes the export on. `waiting` counts proposals without answer
    that the state leaves out.

    Findings: `not-exported`, `proposals-left-out`, `confidential-entries`.
    """
    unknown = state.sealed + state.erased
    if unknown:
        many = "1 entry" if unknown == 1 else f"{unknown:,} entries"
        message = (
            f"{many} of the record cannot be read or was erased, and is not in the export; an "
            "answer from the export may claim more than one from the record"
        )
        yield Finding("not-exported", "warning", message)
    if waiting:
        many = "1 proposal" if waiting == 1 else f"{waiting:,} proposals"
        are = "is" if waiting == 1 else "are"
        message = f"{many} that nobody confirmed {are} left out; JSON Lines carries them"
        yield Finding("proposals-left-out", "note", message)
    hidden = [entry.id for entry in entries if getattr(entry, "confidential", False)]
    if hidden:
        many = "1 entry is" if len(hidden) == 1 else f"{len(hidden):,} entries are"
        message = f"{many} confidential; mind to whom you give the file"
        yield Finding("confidential-entries", "warning", message, tuple(hidden))
