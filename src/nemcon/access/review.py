"""Decisions on proposals: accept, mend, reject, and take the last one back.

Each is one act on the head of the record, written whole or not at all. Nothing is overwritten: an
undo is a correction of what was written, after which the proposal stands as it stood before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from nemcon.access.packs import missing_packs, pack
from nemcon.access.replacing import later, replacing, taking_back
from nemcon.access.stored import Stored
from nemcon.access.submit import NotNowError, Submitted, act
from nemcon.entries import AnyEntry, Confirmation, Correction, Rejection
from nemcon.findings import Finding
from nemcon.record.log import Log
from nemcon.saying import say
from nemcon.state import Logged, answers, at
from nemcon.tables.edited import edited
from nemcon.views.phrases import short_id
from nemcon.views.review import decisions
from nemcon.when import When


@dataclass(frozen=True)
class Accept:
    """Confirm the proposal `ident`."""

    ident: str


@dataclass(frozen=True)
class Mend:
    """Let another entry stand instead: the proposal with `changes`, fields as people type them."""

    ident: str
    changes: Mapping[str, str]
    reason: str = ""


@dataclass(frozen=True)
class Reject:
    """Reject the proposal `ident`, for a reason."""

    ident: str
    reason: str


@dataclass(frozen=True)
class Undo:
    """Take back the last decision, which must still be that of `answer` (see `views.review`)."""

    answer: str


Choice = Accept | Mend | Reject | Undo


def decide(log: Log, choice: Choice, now: datetime, *, place: str, by: str = "") -> Submitted:
    """Write a decision to the record, if it still can be taken.

    Findings of severity *error* refuse: those of `submit`; `unknown-entry`; `already-answered`
    where somebody was faster; those of `edited`, and `nothing-changed`; `no-reason`;
    `not-the-last` and `corrected-since` for an undo. Raises `RecordError`.
    """
    told: list[Finding] = []

    def plan(held: Stored) -> list[Logged]:
        """What to add to the record for the choice; findings of `mended` go to `told`.

        Raises `NotNowError` with the finding that refuses it.
        """
        happened = later(held.items, now)
        match choice:
            case Undo(answer):
                return _undo(held.items, answer, happened, by)
            case Accept(ident):
                entry = _open(held.items, ident)
                yes = Confirmation(body=entry.body, confirms=ident, by=by, happened=happened)
                return [Logged(yes)]
            case Reject(ident, reason):
                if not reason.strip():
                    raise NotNowError(
                        "no-reason", say("say why it is rejected; the record keeps it")
                    )
                entry = _open(held.items, ident)
                no = Rejection(
                    body=entry.body, rejects=ident, by=by, happened=happened, reason=reason.strip()
                )
                return [Logged(no)]
            case Mend(ident, changes, reason):
                entry = _open(held.items, ident)
                new, findings = mended(held.items, entry, changes)
                told.extend(findings)
                if new is None:
                    raise NotNowError("not-mended", say("what was typed gives no entry; see above"))
                why = reason.strip() or "mended on review"
                return replacing(held.items, entry, new, happened, by=by, reason=why)

    done = act(log, plan, now, place=place, by=by)
    more = [each for each in done.findings if not (each.code == "not-mended" and told)]
    return Submitted(done.receipts, done.already, done.adopted, (*told, *more))


def mended(
    items: Iterable[Logged], entry: AnyEntry, changes: Mapping[str, str]
) -> tuple[AnyEntry | None, tuple[Finding, ...]]:
    """What would stand instead of a proposal, or findings that say why nothing can."""
    entries = [item.entry for item in items]
    packed = [each for name in missing_packs(entries) for each in pack(name).entries]
    new, findings = edited(entry, changes, (*entries, *packed))
    if new is not None and new.id == entry.id:
        message = say("nothing was changed; accept the proposal if it is right")
        return None, (*findings, Finding("nothing-changed", "error", message, (entry.id,)))
    return new, findings


def _open(items: Iterable[Logged], ident: str) -> AnyEntry:
    """The entry of a proposal that waits for an answer."""
    items = tuple(items)
    found = next((item for item in items if item.entry.id == ident), None)
    if found is None:
        raise NotNowError(
            "unknown-entry", say("there is no entry {ident} in this record", ident=ident)
        )
    answer = answers(items).get(ident)
    if answer is not None or not found.proposed:
        message: str = say("{id} is no proposal; correct it to change it", id=short_id(ident))
        if answer is not None:
            message = _answered(short_id(ident), answer.entry)
        raise NotNowError("already-answered", message, ident)
    return found.entry


def _answered(ident: str, answer: AnyEntry) -> str:
    """That somebody has confirmed or rejected a proposal."""
    who = getattr(answer, "by", "")
    if isinstance(answer, Confirmation):
        text = say("{id} was confirmed already by {who}; undo that first", id=ident, who=who)
        plain = say("{id} was confirmed already; undo that first", id=ident)
    else:
        text = say("{id} was rejected already by {who}; undo that first", id=ident, who=who)
        plain = say("{id} was rejected already; undo that first", id=ident)
    return text if who else plain


def _undo(items: Iterable[Logged], answer: str, happened: When, by: str) -> list[Logged]:
    items = tuple(items)
    made = decisions(items)
    if not made:
        raise NotNowError("not-the-last", say("there is no decision to take back"))
    last = made[-1]
    if last.answer != answer:
        message = say(
            "this is not the last decision any more: somebody has decided or taken back "
            "since; look at the list again"
        )
        raise NotNowError("not-the-last", message, answer)
    acts = [item for item in items if item.entry.id in last.acts]
    since = max(item.sequence or 0 for item in acts)
    stands = at(items, happened, proposed=True)
    for item in items:
        entry = item.entry
        if (
            isinstance(entry, Correction)
            and entry.corrects in (last.proposal, last.replacement)
            and (item.sequence or 0) > since
            and entry in stands.entries
        ):
            message = say(
                "{id} was corrected since by {other}; correct that correction first",
                id=short_id(entry.corrects),
                other=short_id(entry.id),
            )
            raise NotNowError("corrected-since", message, entry.id)
    return [Logged(taking_back(item.entry, happened, by=by, reason="on review")) for item in acts]
