"""Roll calls on a page: who stood alone, who votes with whom, and what other rules would decide."""

from __future__ import annotations

import csv
import json
import shutil
from io import StringIO
from pathlib import Path
from typing import Any

import altair
import pytest

from nemcon.analysis.roll_calls import agreement
from nemcon.load.roll_calls import open_roll_calls
from nemcon.server.start import start
from tests.server.conftest import COOP, FIRST, ROOT, SECOND, Answer, Serve
from tools import vendor

SESSION = ROOT / "examples" / "un-ga-74" / "roll-calls.csv"
BOARD = Path(__file__).with_name("board.toml")
RULES = "rule=un-ga-simple&rule=un-ga-two-thirds"


def rows(answer: Answer) -> list[list[str]]:
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.reader(StringIO(answer.html, newline="")))


def values(chart: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = chart["data"]["values"]
    return found


def test_a_session_of_the_assembly_alone(serve: Serve) -> None:
    answer = serve(SESSION)("/roll-calls/")
    assert answer.status == 200
    for text in ("91 roll calls", "193 members", "2019-11-07 to 2020-01-14", "roll-calls.csv"):
        assert text in answer.html, text
    assert "148 members never stood so." in answer.html
    assert "A table of roll calls is served." in serve(SESSION)("/").html
    assert "A/RES/74/49, A/RES/74/204" in answer.html.replace("<bdi>", "").replace("</bdi>", "")


def test_the_numbers_of_who_stood_alone(serve: Serve) -> None:
    visit = serve(SESSION)
    head, first, *rest = rows(visit("/roll-calls/alone.csv"))
    assert head == [
        *("member", "voted", "alone", "alone against", "with one other", "with few others")
    ]
    assert first == ["United States", "91", "3", "3", "18", "10"]
    assert len(rest) == 192
    drawn = json.loads(visit("/roll-calls/alone.json?within=2").html)
    assert {row["company"] for row in values(drawn)} == {"alone", "with one other"}


def test_who_votes_like_one_member(serve: Serve) -> None:
    visit = serve(SESSION)
    calls, _findings = open_roll_calls(str(SESSION))
    found = agreement(calls)
    one = found.members.index("Ukraine")
    answer = visit("/roll-calls/?with=ukraine")  # as people type it
    assert "Who votes like Ukraine" in answer.html
    for name in ("Poland", "Côte d’Ivoire"):
        share = found.shares[one][found.members.index(name)]
        assert f"<td>{100 * float(share or 0):.2f} %</td><td>{share}</td>" in answer.html
    told = {name: exact for name, _alike, exact in rows(visit("/roll-calls/like.csv?with=Ukraine"))}
    assert len(told) == 193
    assert told["Poland"] == str(found.shares[one][found.members.index("Poland")])


def test_the_matrix_shows_those_most_apart_and_all_if_asked(serve: Serve) -> None:
    visit = serve(SESSION)
    some = values(json.loads(visit("/roll-calls/alike.json").html))
    everybody = values(json.loads(visit("/roll-calls/alike.json?all=yes").html))
    assert (len(some), len(everybody)) == (60, 193)
    assert "United States" in {row["one"] for row in some}
    head, *lines = rows(visit("/roll-calls/alike.csv"))
    assert len(head) == 194
    assert len(lines) == 193


def test_the_address_keeps_the_rules(serve: Serve) -> None:
    visit = serve(SESSION)
    answer = visit(f"/roll-calls/?{RULES}")
    assert answer.html.count(" checked>") == 2
    assert "A/RES/74/247" in answer.html
    head, *lines = rows(visit(f"/roll-calls/rules.csv?{RULES}"))
    assert head[-2:] == ["un-ga-simple", "un-ga-two-thirds"]
    assert [line[2] for line in lines if line[-1] != line[-2]] == ["A/RES/74/247"]
    assert RULES in answer.html.replace("&amp;", "&")  # in the address of the picture


def test_only_rules_that_can_decide_these_votes_are_offered(serve: Serve) -> None:
    html = serve(SESSION)("/roll-calls/").html
    for ident in ("un-ga-simple", "roberts-two-thirds", "nato-consensus"):
        assert f'id="rule-{ident}"' in html
    for ident in ("eu-qmv", "un-sc-1966", "debian-a6", "conclave", "ca-b-forum"):
        assert f'id="rule-{ident}"' not in html


@pytest.mark.parametrize("which", ["alone", "alike", "rules", "like"])
@pytest.mark.parametrize("look", ["light", "dark"])
def test_every_picture_is_a_valid_specification(serve: Serve, which: str, look: str) -> None:
    address = f"/roll-calls/{which}.json?with=France&{RULES}&look={look}"
    spec = json.loads(serve(SESSION)(address).html)
    assert "title" not in spec  # the page says it
    altair.Chart.from_dict(spec, validate=True)


@pytest.mark.parametrize(("form", "kind"), [("svg", "image/svg+xml"), ("png", "image/png")])
def test_pictures_can_be_kept(serve: Serve, form: str, kind: str) -> None:
    pytest.importorskip("vl_convert")
    visit = serve(BOARD)
    found = visit.client.get(f"/roll-calls/alone.{form}")
    assert found.headers["Content-Type"] == kind
    assert f'filename="record-alone.{form}"' in found.headers["Content-Disposition"]
    assert found.content[:4] in (b"<svg", b"\x89PNG")


def test_the_decided_matters_of_a_record(serve: Serve) -> None:
    """Three of which votes are known; one of which none is; one that is not decided."""
    visit = serve(BOARD)
    answer = visit("/roll-calls/")
    assert "Quay Board: decided matters" in answer.html
    assert "3 roll calls" in answer.html
    assert "4 members" in answer.html
    assert "nobody&#x27;s position is known for certain" in answer.html
    assert "Not decided yet" not in answer.html
    head, *lines = rows(visit("/roll-calls/alone.csv"))
    told = {line[0]: line[1:] for line in lines}
    assert told["'=Kaj"] == ["3", "1", "1", "0", "0"]  # no spreadsheet takes it for a formula
    # Nobody else abstained for certain, but nobody knows where Lea stood.
    assert told["Inês Reis"] == ["3", "0", "0", "0", "0"]
    assert told["Lea Ö"] == ["2", "0", "0", "0", "0"]
    assert head[0] == "member"
    shares = {line[0]: line[2] for line in rows(visit("/roll-calls/like.csv?with=Jón Ár"))[1:]}
    assert shares == {"Inês Reis": "2/3", "Lea Ö": "1/2", "'=Kaj": "1/3"}


def test_other_rules_for_the_decided_matters(serve: Serve) -> None:
    visit = serve(BOARD)
    lines = rows(visit("/roll-calls/rules.csv?rule=roberts-majority&rule=nato-consensus"))
    assert [line[2:] for line in lines[1:]] == [
        ["A new crane", "3", "1", "0", "met", "not met"],
        ["Lamps on the quay", "2", "2", "0", "not met", "not met"],
        # Lea may have been against: more for than against for certain, consensus perhaps.
        ["Dredging", "2", "0", "1", "met", "cannot tell"],
    ]


def test_only_what_was_known_is_compared(serve: Serve) -> None:
    assert "Nothing to compare yet" in serve(BOARD)("/roll-calls/?known=2024-02-01").html


def test_one_matter_is_nothing_to_compare(serve: Serve) -> None:
    answer = serve(FIRST, SECOND)("/roll-calls/")
    assert answer.status == 200
    assert "Nothing to compare yet: one matter" in answer.html
    assert "figure" not in answer.html


def test_nothing_decided_is_nothing_to_compare(serve: Serve) -> None:
    answer = serve(COOP)("/roll-calls/")
    assert answer.status == 200
    assert "No matter that is served here was decided yet" in answer.html
    assert serve(COOP)("/roll-calls/alone.json").status == 404


def test_a_table_beside_a_record(serve: Serve) -> None:
    visit = serve(BOARD, SESSION)
    answer = visit("/roll-calls/")
    assert 'href="?of=roll-calls"' in answer.html
    assert 'href="?of=record" aria-current="page"' in answer.html
    assert "193 members" in visit("/roll-calls/?of=roll-calls").html
    assert visit("/").status == 200


def test_a_table_that_changes_is_opened_again(serve: Serve, tmp_path: Path) -> None:
    table = tmp_path / "votes.csv"
    table.write_text("roll call,date,Ana,Bo\n1,2024-01-01,Y,N\n2,2024-01-02,Y,Y\n", "utf-8")
    visit = serve(table)
    assert "2 roll calls" in visit("/roll-calls/").html
    table.write_text(table.read_text("utf-8") + "3,2024-01-03,Y,maybe\n", "utf-8")
    answer = visit("/roll-calls/")
    assert "3 roll calls" in answer.html
    assert "&#x27;maybe&#x27; is neither yes, no nor abstain" in answer.html
    table.unlink()
    gone = visit("/roll-calls/")
    assert gone.status == 503
    assert "there is no such file" in gone.html


def test_two_tables_of_one_name_are_told_apart(serve: Serve, tmp_path: Path) -> None:
    for folder, many in (("a", 2), ("b", 3)):
        (tmp_path / folder).mkdir()
        lines = [f"{n},2024-01-0{n},Y,N" for n in range(1, many + 1)]
        text = "\n".join(["roll call,date,Ana,Bo", *lines])
        (tmp_path / folder / "votes.csv").write_text(text, "utf-8")
    visit = serve(tmp_path / "a" / "votes.csv", tmp_path / "b" / "votes.csv")
    assert "2 roll calls" in visit("/roll-calls/?of=votes").html
    assert "3 roll calls" in visit("/roll-calls/?of=votes-2").html


def test_a_table_that_is_not_there_keeps_the_server_from_starting(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="there is no such file"):
        start([str(tmp_path / "none.csv")], "127.0.0.1", 0)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("of=none", "there are no roll calls &#x27;none&#x27; here"),
        ("with=Atlantis", "nobody here is called &#x27;Atlantis&#x27;"),
        ("with=Uni", "nobody here is called &#x27;Uni&#x27;"),  # of several
        ("within=0", "write a number of members"),
        ("within=many", "write a number of members"),
    ],
)
def test_what_cannot_be_asked_is_told(serve: Serve, query: str, told: str) -> None:
    answer = serve(SESSION)(f"/roll-calls/?{query}")
    assert answer.status == 400
    assert told in answer.html


@pytest.mark.parametrize("address", ["nothing.json", "alone.exe", "like.json", "alone.json.csv"])
def test_there_is_nothing_under_other_addresses(serve: Serve, address: str) -> None:
    assert serve(BOARD)(f"/roll-calls/{address}").status == 404


def test_names_are_no_markup(serve: Serve, tmp_path: Path) -> None:
    table = tmp_path / "votes.csv"
    name = "<img src=x onerror=alert(1)>"
    table.write_text(f'roll call,"{name}",Bo\n1,Y,N\n2,Y,Y\n', "utf-8")
    visit = serve(table)
    assert name not in visit("/roll-calls/").html
    assert name not in visit("/roll-calls/?with=Bo").html
    assert json.loads(visit("/roll-calls/alone.json").html)


def test_many_matters_are_read_bit_by_bit(serve: Serve, tmp_path: Path) -> None:
    """What takes longer than a request may is read on by the next one."""
    from nemcon.server import votes
    from nemcon.server.asking import Ask
    from nemcon.server.shown import Page

    file = tmp_path / "board.toml"
    shutil.copy(BOARD, file)
    page = Page(serve(file).desk, Ask())
    ticks = iter(range(1000))
    first = votes.votes_of(page, votes.RECORD, clock=lambda: float(next(ticks)))
    assert (first.read, first.waiting) == (1, 3)
    second = votes.votes_of(page, votes.RECORD, clock=lambda: float(next(ticks)))
    assert second.read > first.read
    assert votes.votes_of(page, votes.RECORD).waiting == 0


def test_rules_are_tried_bit_by_bit(serve: Serve) -> None:
    """Twice as many roll calls as are tried at once, and a clock that is always late."""
    from nemcon.server import votes
    from nemcon.server.asking import Ask
    from nemcon.server.shown import Page

    page = Page(serve(SESSION).desk, Ask())
    calls = votes.votes_of(page, "roll-calls")
    names = ["un-ga-simple", "un-ga-two-thirds"]
    ticks = iter(range(1000))

    def once() -> tuple[list[str], int]:
        found, waiting = votes.under(page, calls, names, clock=lambda: float(next(ticks)))
        return [one.rule for one in found], len(waiting)

    assert [once() for _ in range(4)] == [
        ([], 2),
        (["un-ga-simple"], 1),
        (["un-ga-simple"], 1),
        (names, 0),
    ]
    found, _waiting = votes.under(page, calls, names)
    assert [(one.met, one.not_met) for one in found] == [(91, 0), (90, 1)]


def test_few_members_have_their_numbers_in_the_cells(serve: Serve) -> None:
    spec = json.loads(serve(BOARD)("/roll-calls/alike.json").html)
    altair.LayerChart.from_dict(spec, validate=True)
    (cells, numbers) = spec["layer"]
    assert (cells["mark"]["type"], numbers["mark"]["type"]) == ("rect", "text")
    told = {row["one"]: dict(zip(row["other"], row["told"], strict=True)) for row in values(spec)}
    assert told["Jón Ár"]["Inês Reis"] == "66.7 % (2/3)"
    assert told["Lea Ö"] == {
        "Lea Ö": "100.0 % (1)",
        **dict.fromkeys(["=Kaj", "Inês Reis", "Jón Ár"], "50.0 % (1/2)"),
    }


def test_what_stays_open_is_told(serve: Serve) -> None:
    told = "Whose vote is not certain stays open"
    assert told in serve(BOARD)("/roll-calls/").html
    assert told not in serve(SESSION)("/roll-calls/").html


def test_the_pages_load_the_scripts_that_were_published() -> None:
    page = ROOT / "src" / "nemcon" / "server" / "templates" / "nemcon" / "picture_scripts.html"
    for package in vendor.PACKAGES:
        assert f"nemcon/vendor/{package.target}" in page.read_text("utf-8")
