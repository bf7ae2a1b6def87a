"""The one guarded writer: what it lets in, what it refuses, and that it is all or nothing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from nemcon.access.stored import stored
from nemcon.access.submit import Receipt, Submitted, submit
from nemcon.entries import (
    AnyEntry,
    Body,
    Completeness,
    Confirmation,
    Correction,
    Decision,
    Matter,
    Membership,
    Party,
    Position,
    Rejection,
    Rule,
    Source,
    Span,
)
from nemcon.record.sqlite import SqliteLog
from nemcon.state import Logged, at
from nemcon.when import When

NOW = datetime(2024, 7, 1, 12, tzinfo=UTC)
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


def day(text: str) -> When:
    return When.parse(text)


def mill(*, complete: bool = True) -> list[AnyEntry]:
    """A cooperative of two with one motion."""
    names = ("ana", "bo")
    period = (Completeness("position", day("2024-01-01")),) if complete else ()
    return [
        Body(body="mill", name="mill", title="Mill"),
        *(Party(body="mill", name=name, title=name.title()) for name in names),
        *(Membership(body="mill", member=name, happened=day("2020")) for name in names),
        Rule(body="mill", name="all-agree", algebra=ALGEBRA),
        Matter(body="mill", name="roof", rule="all-agree", completeness=period),
    ]


def support(member: str, when: str = "2024-06-01") -> Position:
    return Position(
        body="mill", matter="roof", members=(member,), claim="changes", happened=day(when)
    )


def decided(reason: str = "") -> Decision:
    return Decision(body="mill", matter="roof", happened=day("2024-06-10"), reason=reason)


class Mill:
    """A record of the cooperative, and the hand that writes to it."""

    def __init__(self, path: Path, *, complete: bool) -> None:
        self.log = SqliteLog.create(path, clock=self.clock)
        self.time = NOW
        assert not self.add(*mill(complete=complete)).refused

    def clock(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time

    def add(self, *entries: AnyEntry, proposed: bool = False, again: bool = False) -> Submitted:
        items = [Logged(entry, proposed) for entry in entries]
        return submit(self.log, items, NOW, place="mill.nemcon", again=again)

    def held(self) -> list[AnyEntry]:
        return [item.entry for item in stored(self.log, "mill.nemcon").items]

    def counts(self) -> tuple[AnyEntry, ...]:
        return at(stored(self.log, "mill.nemcon").items, When.parse("2024-07-01")).entries


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Mill]:
    made = Mill(tmp_path / "mill.nemcon", complete=True)
    yield made
    made.log.close()


@pytest.fixture
def reported(tmp_path: Path) -> Iterator[Mill]:
    made = Mill(tmp_path / "mill.nemcon", complete=False)
    yield made
    made.log.close()


def codes(result: Submitted) -> list[tuple[str, str]]:
    return [(finding.code, finding.severity) for finding in result.findings]


def test_what_is_right_is_written_with_a_receipt(record: Mill) -> None:
    first, second = support("ana"), support("bo")
    result = record.add(first, second)
    assert result == Submitted(
        (
            Receipt(first.id, 8, result.receipts[0].recorded),
            Receipt(second.id, 9, result.receipts[0].recorded),
        ),
        (),
        (),
        (),
    )
    assert record.held()[-2:] == [first, second]


def test_one_error_keeps_everything_out(record: Mill) -> None:
    before = record.held()
    result = record.add(support("ana"), support("nobody"))
    assert codes(result) == [("unknown-member", "error")]
    assert (result.receipts, result.refused) == ((), True)
    assert record.held() == before


def test_a_duplicate_is_refused_or_passed_over(record: Mill) -> None:
    record.add(support("ana"))
    assert codes(record.add(support("ana"), support("bo"))) == [("duplicate-entry", "error")]
    result = record.add(support("ana"), support("bo"), again=True)
    assert (result.already, [r.id for r in result.receipts]) == (
        (support("ana").id,),
        [support("bo").id],
    )


def test_the_same_entry_twice_in_a_submission_is_one(record: Mill) -> None:
    assert len(record.add(support("ana"), support("ana")).receipts) == 1


def test_an_entry_of_another_body_is_refused(record: Mill) -> None:
    (finding,) = record.add(Party(body="nato", name="x", title="X")).findings
    assert (finding.code, finding.severity) == ("other-body", "error")
    assert "the record is that of mill" in finding.message


def test_a_span_past_the_end_of_its_source_is_refused(record: Mill) -> None:
    source = Source(body="mill", name="minutes", date=day("2024-06-01"), text="Ana agrees.")
    for span, expected in (
        (Span("minutes", 0, 3, "Ana"), []),
        (Span("minutes", 0, 3, "Bo!"), [("span-differs", "error")]),
        (Span("minutes", 10, 13, "..."), [("span-past-end", "error")]),
    ):
        quoting = replace(support("ana"), source="minutes", spans=(span,))
        assert codes(record.add(source, quoting, again=True)) == expected


def test_an_old_error_does_not_refuse_what_is_new(tmp_path: Path) -> None:
    with SqliteLog.create(tmp_path / "mill.nemcon") as log, log.writing() as writer:
        from nemcon.access.stored import item_of

        writer.append(item_of(e) for e in [*mill(), support("nobody")])
    with SqliteLog(tmp_path / "mill.nemcon") as log:
        result = submit(log, [Logged(support("ana"))], datetime.now(UTC), place="mill.nemcon")
    assert (codes(result), len(result.receipts)) == ([], 1)


# Proposals


def test_a_proposal_counts_once_it_is_confirmed(record: Mill) -> None:
    record.add(support("ana"), proposed=True)
    assert support("ana") not in record.counts()
    record.add(Confirmation(body="mill", confirms=support("ana").id))
    assert support("ana") in record.counts()
    record.add(Rejection(body="mill", rejects=support("ana").id))
    assert support("ana") not in record.counts()


def test_nonsense_is_refused_even_as_a_proposal(record: Mill) -> None:
    assert codes(record.add(support("nobody"), proposed=True)) == [("unknown-member", "error")]


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (Confirmation(body="mill", confirms="position-" + "0" * 24), "unknown-entry"),
        (Rejection(body="mill", rejects="position-" + "0" * 24), "unknown-entry"),
        (Correction(body="mill", corrects="position-" + "0" * 24), "unknown-entry"),
        (Confirmation(body="mill", confirms=mill()[0].id), "not-a-proposal"),
        (Rejection(body="mill", rejects=mill()[0].id), "not-a-proposal"),
    ],
    ids=lambda value: getattr(value, "id", ""),
)
def test_only_what_is_there_can_be_answered(record: Mill, entry: AnyEntry, code: str) -> None:
    assert (code, "error") in codes(record.add(entry))


def test_a_correction_takes_out_and_puts_in(record: Mill) -> None:
    record.add(support("ana", "2024-06-01"))
    wrong, right = support("ana", "2024-06-01"), support("ana", "2024-06-02")
    record.add(right, Correction(body="mill", corrects=wrong.id, replacement=right.id))
    assert wrong in record.held()
    assert [e for e in record.counts() if isinstance(e, Position)] == [right]


# Declared decisions (acceptance answer 11)


def test_a_carried_decision_gets_a_notice(record: Mill) -> None:
    record.add(support("ana"), support("bo"))
    result = record.add(decided())
    assert (result.adopted, codes(result)) == ((decided().id,), [])


def test_a_decision_that_is_not_carried_needs_the_chairs_reason(record: Mill) -> None:
    record.add(support("ana"))
    result = record.add(decided())
    assert result.refused
    assert ("decision-without-reason", "error") in codes(result)
    assert decided() not in record.held()


def test_with_the_reason_it_is_recorded_without_a_notice(record: Mill) -> None:
    record.add(support("ana"))
    made = decided("the assembly was unanimous; Bo signed on paper")
    result = record.add(made)
    assert (len(result.receipts), result.adopted) == (1, ())
    assert codes(result) == [("decision-not-carried", "warning")]
    assert made in record.held()


def test_support_in_the_same_submission_carries_it(record: Mill) -> None:
    result = record.add(support("ana"), support("bo"), decided())
    assert (result.adopted, codes(result)) == ((decided().id,), [])


def test_what_happens_after_a_decision_does_not_undo_it(record: Mill) -> None:
    record.add(support("ana"), support("bo"), decided())
    later = replace(support("bo", "2024-06-20"), stance="objection")
    result = record.add(later)
    assert (len(result.receipts), codes(result)) == (1, [])


def test_a_proposed_decision_is_judged_when_it_is_confirmed(record: Mill) -> None:
    record.add(support("ana"))
    assert not record.add(decided(), proposed=True).refused
    answer = Confirmation(body="mill", confirms=decided().id)
    assert ("decision-without-reason", "error") in codes(record.add(answer))
    record.add(support("bo"))
    result = record.add(answer)
    assert (result.adopted, result.refused) == ((decided().id,), False)


def test_a_decision_in_a_reported_matter_is_recorded_as_it_is_told(reported: Mill) -> None:
    """An observer's record is not complete: it owes nobody a reason, and sends no notices."""
    result = reported.add(support("ana"), decided())
    assert (len(result.receipts), result.adopted) == (2, ())
    assert codes(result) == [("decision-not-shown-to-be-carried", "warning")]
    second = reported.add(support("bo"))
    assert (len(second.receipts), second.adopted) == (1, ())
