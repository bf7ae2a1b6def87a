"""A cooperative whose record holds one report, with four proposals that nobody has judged."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from nemcon.access.review import Accept, Choice, Mend, Reject, Undo, decide
from nemcon.access.stored import stored
from nemcon.access.submit import Submitted, submit
from nemcon.entries import AnyEntry, Body, Matter, Membership, Party, Position, Rule, Source, Span
from nemcon.record.sqlite import SqliteLog
from nemcon.state import Logged, State, at
from nemcon.views.review import ReviewView, review
from nemcon.when import When

NOW = datetime(2024, 7, 1, 12, tzinfo=UTC)
TEXT = (
    "The roof of the mill.\n\n"
    "Ana supports the new roof. Bo supports it as well. Cy said on 2 June that he will not.\n\n"
    "Nobody has heard of Dé.\n"
)
ALGEBRA = {
    "outcome": [
        {
            "when": {"cmp": [{"n": "support"}, "=", {"n": "all"}]},
            "is": "adopted",
            "favourable": True,
        },
        {"is": "not adopted"},
    ]
}
NAMES = {"ana": "Ana", "bo": "Bo", "cy": "Cy", "de": "Dé"}


def day(text: str) -> When:
    return When.parse(text)


def body() -> list[AnyEntry]:
    """What is known of the cooperative without any report."""
    return [
        Body(body="mill", name="mill", title="Mill"),
        *(Party(body="mill", name=name, title=title) for name, title in NAMES.items()),
        *(Membership(body="mill", member=name, happened=day("2020")) for name in NAMES),
        Rule(body="mill", name="all-agree", algebra=ALGEBRA),
        Matter(body="mill", name="roof", title="The roof", rule="all-agree", happened=day("2024")),
        Source(body="mill", name="report", date=day("2024-06-05"), title="The roof", text=TEXT),
    ]


def proposal(member: str, quote: str, **more: object) -> Position:
    """What a report of 5 June says of a member."""
    start = TEXT.index(quote)
    return Position(
        body="mill",
        matter="roof",
        source="report",
        members=(member,),
        happened=more.pop("happened", day("2024-06-05")),  # type: ignore[arg-type]
        spans=(Span("report", start, start + len(quote), quote),),
        **more,  # type: ignore[arg-type]
    )


ANA = proposal("ana", "Ana supports the new roof.", basis="report-date")
BO = proposal("bo", "Bo supports it as well.", basis="report-date")
CY = proposal("cy", "Cy said on 2 June that he will not.", happened=day("2024-06-02"))
DE = proposal("de", "Nobody has heard of Dé.", basis="report-date")
PROPOSALS = (ANA, BO, CY, DE)


class Mill:
    """The record, and the hand that decides."""

    def __init__(self, path: Path, *, live: bool = False) -> None:
        self.path, self.live = path, live
        self.log = SqliteLog.create(path, clock=self.clock)
        self.time = NOW
        if live:
            self.log.close()
        self.add(*body())
        self.add(*PROPOSALS, proposed=True)

    def clock(self) -> datetime:
        if self.live:  # others write to it as well, by the machine's clock
            return datetime.now(UTC)
        self.time += timedelta(seconds=1)
        return self.time

    @contextmanager
    def opened(self) -> Iterator[SqliteLog]:
        """The log; of a live record only for this moment, since others write to it."""
        if not self.live:
            yield self.log
            return
        with SqliteLog(self.path) as log:
            yield log

    def add(self, *entries: AnyEntry, proposed: bool = False) -> None:
        items = [Logged(entry, proposed) for entry in entries]
        with self.opened() as log:
            assert not submit(log, items, NOW, place="r").refused

    def decide(self, choice: Choice, by: str = "Zoë") -> Submitted:
        # The clock stands still: acts must be told apart all the same.
        now = datetime.now(UTC) if self.live else NOW
        with self.opened() as log:
            return decide(log, choice, now, place="r", by=by)

    def accept(self, entry: AnyEntry) -> Submitted:
        return self.decide(Accept(entry.id))

    def reject(self, entry: AnyEntry, reason: str = "misread") -> Submitted:
        return self.decide(Reject(entry.id, reason))

    def mend(self, entry: AnyEntry, **changes: str) -> Submitted:
        return self.decide(Mend(entry.id, changes))

    def undo(self) -> Submitted:
        last = self.view().last
        return self.decide(Undo(last.answer if last else "nothing"))

    def items(self) -> tuple[Logged, ...]:
        with self.opened() as log:
            return stored(log, "r").items

    def view(self) -> ReviewView:
        return review(self.items(), {"report": TEXT}, NAMES)

    def state(self, known: str = "", *, proposed: bool = False) -> State:
        return at(
            self.items(),
            When.parse(datetime.now(UTC).isoformat()) if self.live else day("2024-08-01"),
            day(known) if known else None,
            proposed=proposed,
        )

    def says(self, known: str = "", *, proposed: bool = False) -> set[str]:
        """The positions that count."""
        return {e.id for e in self.state(known, proposed=proposed).all(Position)}

    def became(self) -> list[str]:
        return [each.became for each in self.view().proposals]
