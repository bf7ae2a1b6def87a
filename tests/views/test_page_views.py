"""The views below the page: the board, reports in pieces, the days of a matter, what moved."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from nemcon.access.packs import pack, procedure
from nemcon.entries import Rule
from nemcon.library import procedure_ids
from nemcon.load import Asked, load
from nemcon.load.answering import answer
from nemcon.views.axis import axis
from nemcon.views.board import BoardView, Told, board
from nemcon.views.clauses import clauses_view
from nemcon.views.diff import diff
from nemcon.views.report import reports
from nemcon.views.roll import roll
from nemcon.views.since import since
from nemcon.when import When
from nemcon.worlds.conventions import Conventions

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "nato-2024"
NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def found() -> Asked:
    return load([str(path) for path in sorted(EXAMPLE.glob("report-*.txt"))], NOW)


def board_on(found: Asked, on: str, known: str | None = None) -> BoardView:
    state = found.state(When.parse(on), When.parse(known) if known else None)
    return board(state, answer(found, state))


def test_every_member_has_one_seat_that_agrees_with_the_answer(found: Asked) -> None:
    for on in ("2024-06-18", "2024-06-20", "2024-06-26"):
        state = found.state(When.parse(on))
        view = answer(found, state)
        for side in board(state, view).sides:
            one = side.reckoning
            assert {s.member for s in side.of("certain")} == set(one.certain)
            assert {s.member for s in side.of("open")} == set(one.open)
            assert {s.member for s in side.of("objecting")} == set(one.objecting)
            others = {*one.against} - {*one.objecting}
            assert {s.member for s in side.of("against")} == others


def test_a_word_about_all_is_not_about_who_is_excepted_or_joined_later(found: Asked) -> None:
    state = found.state(When.parse("2024-06-26"))
    told = Told(state, "sg-2024", {})
    texts = [word.text for word in told.about("romania")]
    assert not any("except romania" in text.lower() for text in texts)
    assert any("except romania" in word.text.lower() for word in told.about("albania"))
    assert told.about("newland") == ()


def test_nothing_is_said_before_it_happened(found: Asked) -> None:
    seats = board_on(found, "2024-06-18").sides[0].seats
    assert {word.text for seat in seats for word in seat.words if "32 of 32" in word.text} == set()


def test_silence_counts_from_the_day_on_which_a_word_was_known(found: Asked) -> None:
    seats = {seat.member: seat for seat in board_on(found, "2024-07-01").sides[0].seats}
    assert seats["germany"].silent_for == 5
    assert seats["albania"].silent_for == 11
    assert seats["albania"].stale(10)
    assert not seats["albania"].stale(11)


def test_where_silence_counts_the_candidate_to_whom_somebody_objects_comes_first() -> None:
    wto = load([str(EXAMPLE.parent / "wto-dg-2020" / "selection.toml")], NOW)
    (first, *others) = board_on(wto, "2020-10-28").sides
    assert first.candidate == "ngozi-okonjo-iweala"
    assert [seat.member for seat in first.of("objecting")] == ["united-states"]
    assert "yoo-myung-hee" in [side.candidate for side in others]


def test_a_count_without_names_is_told_beside_who_is_open() -> None:
    folder = EXAMPLE.parent / "un-sg-2016"
    council = load([str(folder / "selection.toml"), str(folder / "polls.toml")], NOW)
    state = council.state()
    (first, *_) = board(state, answer(council, state, matter="straw-poll-6")).sides
    assert (len(first.of("certain")), len(first.of("open")), first.unnamed) == (0, 15, 13)


def test_a_rule_of_ones_own_is_called_by_its_title() -> None:
    folder = EXAMPLE.parent / "cooperative"
    found = load(sorted(map(str, folder.glob("*.toml"))), NOW)
    view = answer(found, found.state(), matter="solar-roof-march")
    assert "the rule: Change of the bylaws" in [reason.text for reason in view.reasons]


def test_nobody_takes_office_where_the_matter_fills_none() -> None:
    folder = EXAMPLE.parent / "un-sg-2016"
    council = load([str(folder / "selection.toml"), str(folder / "polls.toml")], NOW)
    view = answer(council, council.state(), matter="sg-2016")
    assert view.stage.certain == "decided"
    assert view.needed == ()


def test_reports_are_cut_and_nothing_is_lost(found: Asked) -> None:
    state = found.state()
    views = reports(state.entries, found.texts, found.reading, {})
    assert len(views) == 2
    for view in views:
        text = found.texts[view.source.name]
        assert "".join(p.text for passage in view.passages for p in passage.pieces) == text
        assert sorted(n for passage in view.passages for n in passage.main) == [
            each.number for each in view.became
        ]
        for each in view.became:
            spans = [s for s in each.entry.spans if s.source == view.source.name]
            marked = "".join(
                p.text
                for passage in view.passages
                for p in passage.pieces
                if each.number in p.became
            )
            longest = max(spans, key=lambda span: span.end - span.start)
            assert longest.quote in marked


def test_an_entry_is_numbered_at_every_sentence_that_it_rests_on(found: Asked) -> None:
    state = found.state()
    for view in reports(state.entries, found.texts, found.reading, {}):
        at = 0
        for passage in view.passages:
            end = at + sum(len(piece.text) for piece in passage.pieces)
            rests = {
                each.number
                for each in view.became
                for span in each.entry.spans
                if span.source == view.source.name and at < span.end <= end
            }
            assert set(passage.ends) == rests
            assert not any(piece.sort for piece in passage.pieces) or passage.ends
            at = end


def test_without_a_reading_only_spans_are_marked(found: Asked) -> None:
    views = reports(found.state().entries, found.texts, None, {})
    assert [view.judged for view in views] == [False, False]
    assert {passage.status for view in views for passage in view.passages} == {""}


def test_the_axis_holds_whole_months_and_the_days_that_matter(found: Asked) -> None:
    view = axis(found.state(), "sg-2024", "secretary-general", [date(2024, 6, 18)])
    assert (view.first, view.last) == (date(2024, 6, 1), date(2024, 10, 31))
    assert {date(2024, 6, 20), date(2024, 6, 26), date(2024, 10, 1)} <= set(view.happened)
    assert set(view.known) == {date(2024, 6, 20), date(2024, 6, 26)}
    wider = axis(found.state(), "sg-2024", "secretary-general", [date(2025, 2, 3)])
    assert wider.last == date(2025, 2, 28)


def test_the_roll_through_time(found: Asked) -> None:
    steps = roll(found.state(When.parse("2024-03-06"))).steps
    assert [(str(s.when), s.joined, s.most, s.ahead) for s in steps[:2]] == [
        ("2024-03-07", ("sweden",), 32, True),
        ("2023-04-04", ("finland",), 31, False),
    ]
    assert (steps[-1].least, steps[-1].most) == (12, 12)


def test_who_moved_only_after_the_date_asked_about_has_not_moved() -> None:
    wto = load([str(EXAMPLE.parent / "wto-dg-2020" / "selection.toml")], NOW)
    day, on = When.parse("2020-10-08"), When.parse("2020-10-28")
    states = wto.state(on, day), wto.state(on)
    view = since(day, diff(*states, procedure, conventions=Conventions()))
    assert {str(each.word.when) for each in view.moved} == {"2020-10-28"}
    assert "2021-02-15" in [str(each.word.when) for each in view.also]


def test_what_moved_since_a_day(found: Asked) -> None:
    on, day = When.parse("2024-06-26"), When.parse("2024-06-20")
    states = found.state(on, day), found.state(on)
    view = since(day, diff(*states, procedure, conventions=Conventions()))
    assert {each.word.known for each in view.moved} == {date(2024, 6, 26)}
    assert {each.word.entry.kind for each in view.moved} == {"position"}
    assert any(line.startswith("stage: ") for line in view.changes)
    assert all(each.word.known is None or each.word.known <= date(2024, 6, 26)
               for each in view.also)  # fmt: skip


def test_a_rule_beside_its_clauses() -> None:
    rule = procedure("nato-secretary-general")
    assert rule is not None
    view = clauses_view(rule, [], "")
    assert [(line.outcome, line.favourable, line.when, line.otherwise) for line in view.lines] == [
        ("consensus on one name", True, "every member supports", False),
        ("not yet", False, "", True),
    ]
    assert [[clause.text for clause in line.clauses] for line in view.lines] == [
        ["Every member has to approve of the one name."],
        [],
    ]
    assert len(view.rest) == 3


@pytest.mark.parametrize("ident", procedure_ids())
def test_each_clause_of_a_rule_stands_in_one_place(ident: str) -> None:
    rule = procedure(ident)
    assert rule is not None
    view = clauses_view(rule, [], "")
    assert sorted(c.text for c in view.clauses) == sorted({c.text for c in rule.clauses})
    assert {c.part for c in view.rest} <= {"", "shows"}, "a clause is for a part that is not there"
    if view.lines:
        assert any(line.clauses for line in view.lines), "no clause stands beside an outcome"


def test_an_entry_that_sums_up_the_rule_of_the_library_is_no_clause_more() -> None:
    rule = procedure("nato-secretary-general")
    assert rule is not None
    packed = [e for e in pack("nato").entries if isinstance(e, Rule) and e.name == rule.id]
    assert packed
    assert clauses_view(rule, packed, "").stated == ()
    told = Rule(matter="sg-2024", clause="All 32 members have to agree.", cite="A report")
    assert clauses_view(rule, [*packed, told], "sg-2024").stated == (told,)
