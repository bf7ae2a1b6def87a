"""`submit`: the only way into a record. It checks on the head that it appends to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from nemcon.access.decisions import Judged, judge
from nemcon.access.packs import missing_packs, pack, procedure
from nemcon.access.stored import Stored, item_of, stored
from nemcon.check import check
from nemcon.entries import AnyEntry, Confirmation, Correction, Rejection, Source
from nemcon.findings import Finding, Place, errors, not_told, placed
from nemcon.record.log import Log
from nemcon.saying import marked, say
from nemcon.state import Logged, State, at
from nemcon.views.status import finding_json
from nemcon.when import When


@dataclass(frozen=True, slots=True)
class Receipt:
    """That an entry is in the record: its number there, and when it was recorded (UTC)."""

    id: str
    sequence: int
    recorded: datetime


class NotNowError(Exception):
    """What was to be done cannot be done on the record as it is now; `finding` says why."""

    def __init__(self, code: str, message: str, *entries: str) -> None:
        super().__init__(message)
        self.finding = Finding(code, "error", message, entries)


@dataclass(frozen=True)
class Submitted:
    """What became of a submission.

    With a finding of severity *error* nothing was written and there are no receipts. `already`
    are the ids that were in before, `adopted` those of decisions that the verdict of a complete
    record carries: only these get a notice of adoption.
    """

    receipts: tuple[Receipt, ...]
    already: tuple[str, ...]
    adopted: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def refused(self) -> bool:
        """Whether an error kept everything out."""
        return bool(errors(self.findings))

    def to_json(self) -> dict[str, Any]:
        """The result as plain values."""
        return {
            "added": [
                {"id": r.id, "sequence": r.sequence, "recorded": r.recorded.isoformat()}
                for r in self.receipts
            ],
            "already": list(self.already),
            "adopted": list(self.adopted),
            "findings": [finding_json(finding) for finding in self.findings],
        }


def submit(
    log: Log,
    items: Iterable[Logged],
    now: datetime,
    *,
    place: str,
    by: str = "",
    again: bool = False,
    places: Mapping[str, Place] | None = None,
) -> Submitted:
    """Append the entries, all or none, if nothing is wrong with the record that they would make.

    The whole is one act in the log's writing section, so that nobody appends in between. An item
    that is `proposed` counts only once confirmed. An entry that is in already is refused, or left
    out with `again`. `place` names the log and `places` where each entry stands, for findings.

    Findings of severity *error* refuse: those of `Batch`, and `duplicate-entry`. Raises
    `RecordError` if the record cannot be written.
    """
    items = tuple(items)
    return act(log, lambda _: items, now, place=place, by=by, again=again, places=places)


def act(
    log: Log,
    plan: Callable[[Stored], Iterable[Logged]],
    now: datetime,
    *,
    place: str,
    by: str = "",
    again: bool = False,
    places: Mapping[str, Place] | None = None,
) -> Submitted:
    """`submit` what `plan` makes of the head that it is appended to.

    Nobody appends between the two. `plan` raises `NotNowError` where its act has become impossible.
    """
    with log.writing() as writer:
        held = stored(log, place)
        try:
            items = tuple(plan(held))
        except NotNowError as error:
            return Submitted((), (), (), (error.finding,))
        batch = Batch(held, items, now, places)
        twice = () if again else map(_duplicate, batch.already)
        findings = (*twice, *batch.findings)
        if errors(findings) or not batch.new:
            return Submitted((), batch.already, (), findings)
        records = writer.append(
            item_of(item.entry, proposed=item.proposed, by=by or item.by) for item in batch.new
        )
    pairs = zip(batch.new, records, strict=True)
    receipts = tuple(Receipt(i.entry.id, record.seq, record.recorded) for i, record in pairs)
    adopted = tuple(ident for judged in batch.judged for ident in judged.adopted)
    return Submitted(receipts, batch.already, adopted, findings)


class Batch:
    """New entries on top of what a record holds, and what is wrong with them: `findings`.

    Errors of its own: `other-body`, `several-bodies`, `not-a-proposal`, `unknown-entry`,
    `only-proposed`, `decision-without-reason`; and every finding of `check` that was not there
    before.
    """

    def __init__(
        self,
        held: Stored,
        items: Iterable[Logged],
        now: datetime,
        places: Mapping[str, Place] | None = None,
    ) -> None:
        """`held` is what the record holds; `now` dates the state that is checked."""
        self._held, self._places = held, places or {}
        self._on = When.parse(now.replace(microsecond=0).isoformat())
        wanted = {item.entry.id: item for item in items}
        here = {item.entry.id for item in held.items}
        self.already = tuple(ident for ident in wanted if ident in here)
        new = [item for ident, item in wanted.items() if ident not in here]
        last = max((item.sequence or 0 for item in held.items), default=0)
        self.new = [
            Logged(item.entry, item.proposed, now, number, item.by)
            for number, item in enumerate(new, last + 1)
        ]
        entries = [item.entry for item in (*held.items, *self.new)]
        packed = [entry for name in missing_packs(entries) for entry in pack(name).entries]
        self._base = (*held.items, *map(Logged, packed))
        self._whole = (*self._base, *self.new)

    @cached_property
    def judged(self) -> tuple[Judged, ...]:
        """The decisions that count from now on, judged."""
        after = self._state(self._whole)
        before = {entry.id for entry in self._state(self._base).entries}
        return tuple(judge(after, {entry.id for entry in after.entries} - before))

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the new entries, and was not wrong before."""
        if not self.new:
            return ()
        found = [*self._own()]
        # Proposals are held to the same as what is confirmed: nobody should confirm nonsense.
        if after := self._checked(self._whole):
            before = set(self._checked(self._base))
            found += not_told([finding for finding in after if finding not in before], found)
        found += [judged.finding for judged in self.judged if judged.finding]
        return tuple(dict.fromkeys(found))

    def _state(self, items: Iterable[Logged], *, proposed: bool = False) -> State:
        held = self._held
        return at(items, self._on, proposed=proposed, sealed=held.sealed, erased=held.erased)

    def _checked(self, items: Sequence[Logged]) -> tuple[Finding, ...]:
        state = self._state(items, proposed=True)
        texts = {e.name: e.text for i in items if isinstance(e := i.entry, Source) and e.text}
        held = {item.entry.id for item in items}
        found = check(state, texts, self._places, procedures=procedure, held=held)
        # Whether a decision is carried is judged without what is only proposed: see `judged`.
        told = placed(state.findings, self._places)
        return (*told, *(f for f in found if not f.code.startswith("decision-not-")))

    def _own(self) -> Iterator[Finding]:
        """What only a record can say of new entries: bodies, and the entries that they point at."""
        bodies = {item.entry.body for item in self._held.items} - {""}
        mine = sorted({item.entry.body for item in self.new} - {""})
        if not bodies and len(mine) > 1:
            yield Finding("several-bodies", "error", _several(mine))
        items = {item.entry.id: item for item in self._whole}
        for item in self.new:
            entry = item.entry
            if bodies and entry.body and entry.body not in bodies:
                yield self._error("other-body", _other_body(entry, bodies), entry)
            for target in _targets(entry):
                if target not in items:
                    yield self._error("unknown-entry", _not_here(entry, target), entry)
                elif isinstance(entry, Confirmation | Rejection) and not items[target].proposed:
                    yield self._error("not-a-proposal", _no_proposal(entry, target), entry)
                elif item.proposed and _takes_back(entry, items[target].entry):
                    yield self._error("only-proposed", _only_proposed(target), entry)

    def _error(self, code: str, message: str, entry: AnyEntry) -> Finding:
        return Finding(code, "error", message, (entry.id,), self._places.get(entry.id))


def _targets(entry: AnyEntry) -> tuple[str, ...]:
    """The ids of entries that an entry acts on."""
    match entry:
        case Correction():
            return (entry.corrects, *([entry.replacement] if entry.replacement else ()))
        case Confirmation():
            return (entry.confirms,)
        case Rejection():
            return (entry.rejects,)
    return ()


def _duplicate(ident: str) -> Finding:
    message = say("{ident} is in this record already; leave it out", ident=ident)
    return Finding("duplicate-entry", "error", message, (ident,))


def _not_here(entry: AnyEntry, target: str) -> str:
    return say(
        "this {kind} points at {target}, which is not in this record; correct the "
        "id, or add that entry with it",
        kind=say(entry.kind),
        target=target,
    )


def _other_body(entry: AnyEntry, bodies: set[str]) -> str:
    own = ", ".join(sorted(bodies))
    return say(
        "this {kind} is of the body '{body}', but the record is that of {own}; keep "
        "one record for each body",
        kind=say(entry.kind),
        body=entry.body,
        own=own,
    )


def _several(bodies: Sequence[str]) -> str:
    return say(
        "these entries are of several bodies ({bodies}); keep one record for each "
        "body: bring them in one by one, each with --body",
        bodies=", ".join(bodies),
    )


def _no_proposal(entry: AnyEntry, target: str) -> str:
    verb = marked("confirm", "reject")[isinstance(entry, Rejection)]
    return say(
        "{target} is no proposal, so there is nothing to {verb}; to change it, correct it",
        target=target,
        verb=say(verb),
    )


def _takes_back(entry: AnyEntry, target: AnyEntry) -> bool:
    return isinstance(entry, Correction) and isinstance(target, Confirmation | Rejection)


def _only_proposed(target: str) -> str:
    return say(
        "taking back {target} cannot wait for confirmation itself; add it without --proposed",
        target=target,
    )
