"""What the page says, for any date: the verdict, the stage and where everybody stands."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from nemcon.access.stored import item_of
from nemcon.entries import Membership, Position
from nemcon.load import load
from nemcon.record.sqlite import SqliteLog
from nemcon.when import When
from tests.server.conftest import CHAIN, COOP, FIRST, NOW, ROOT, SECOND, Serve, Visit
from tests.server.pages import Element


def verdict(page: Element) -> tuple[str, str]:
    """The verdict and the stage that a page shows."""
    shown = page.one("section", class_="verdict")
    (heading,) = shown.all("h2")
    return heading.text.split(" ", 1)[1], shown.one("p", class_="stage").text


def stands(page: Element) -> dict[str, int]:
    """How many members stand where, towards the first candidate."""
    glance = next(iter(page.all("ul", class_="glance")))
    numbers = [int(item.text.split()[0]) for item in glance.all("li")]
    return dict(zip(("certain", "open", "against"), numbers, strict=True))


def members(page: Element, stand: str) -> set[str]:
    side = next(iter(page.all("div", class_="side")))
    return {
        seat.one("span", class_="who").text
        for seat in side.all("details", class_="seat")
        if stand in seat.attributes["class"].split()
    }


@pytest.mark.parametrize(
    ("query", "said", "stage", "counts"),
    [
        ("on=2024-06-20&known=2024-06-20", "Met", "Stage: consensus reported", (32, 0, 0)),
        ("on=2024-06-26", "Met", "Stage: decided", (32, 0, 0)),
        (
            "on=2024-06-24",
            "Met",
            "Stage: consensus reported (perhaps already decided)",
            (32, 0, 0),
        ),
        (
            "on=2024-06-18",
            "Cannot tell",
            "Stage: open (perhaps already consensus reported)",
            (0, 32, 0),
        ),
        ("on=2024-10-02&known=2024-06-26", "Met", "Stage: decided", (32, 0, 0)),
        ("on=2024-10-02", "Met", "Stage: in office", (32, 0, 0)),
    ],
)
def test_the_answers_of_the_two_reports(
    both: Visit, query: str, said: str, stage: str, counts: tuple[int, int, int]
) -> None:
    page = both(f"/?{query}").page
    assert verdict(page) == (said, stage)
    assert tuple(stands(page).values()) == counts


def test_with_the_tallies_one_member_is_missing_two_days_before(serve: Serve) -> None:
    page = serve(FIRST, SECOND, CHAIN)("/?on=2024-06-18").page
    assert verdict(page) == ("Not met", "Stage: open")
    assert stands(page) == {"certain": 31, "open": 0, "against": 1}
    assert members(page, "against") == {"Romania"}


def test_who_objects_stands_apart_from_others_that_do_not_support(serve: Serve) -> None:
    """The two are told by words, a mark of its own shape and a part of the bar."""
    visit = serve(*sorted((ROOT / "examples" / "cooperative").glob("*.toml")))
    page = visit("/?matter=solar-roof-march&on=2026-03-14").page
    assert [item.text for item in page.one("ul", class_="glance").all("li")] == [
        "11 certain", "0 open", "5 not supporting", "4 objecting",
    ]  # fmt: skip
    assert [head.text for head in page.all("h4", class_="stand")] == [
        "Objecting 4", "Not supporting 5", "Certain 11",
    ]  # fmt: skip
    assert members(page, "objecting") == {f"Member {n}" for n in range(12, 16)}
    assert members(page, "against") == {f"Member {n}" for n in range(16, 21)}
    bar = page.one("svg", class_="bar")
    assert bar.attributes["aria-label"] == "11 certain, 0 open, 5 not supporting, 4 objecting"
    widths = [float(part.attributes["width"]) for part in bar.all("rect")]
    starts = [float(part.attributes["x"]) for part in bar.all("rect")]
    assert (starts[-1], widths[-1]) == (16, 4)
    for member, word in (
        ("member-13", "objects"),
        ("member-17", "does not support (no position)"),
    ):
        alone = visit(f"/member/{member}/?matter=solar-roof-march&on=2026-03-14").page
        assert word in [strong.text for strong in alone.all("strong")]


def test_where_all_that_do_not_support_object_nobody_is_counted_twice(serve: Serve) -> None:
    page = serve(ROOT / "examples" / "wto-dg-2020")("/?on=2020-10-28").page
    (side,) = [one for one in page.all("div", class_="side") if "Objecting" in one.text]
    assert side.one("h3").text == "Towards Ngozi Okonjo-Iweala"
    glance = [item.text for item in side.one("ul", class_="glance").all("li")]
    assert glance == ["163 not objecting", "1 objecting"]
    assert "not supporting" not in side.text.lower()


def test_a_finding_tells_of_a_file_but_not_of_the_folders_of_the_server(
    serve: Serve, tmp_path: Path
) -> None:
    file = tmp_path / "more.toml"
    said = '[[position]]\nmatter = "sg-2024"\nmembers = ["atlantis"]\nstance = "support"\n'
    file.write_text(said, encoding="utf-8")
    page = serve(FIRST, SECOND, file)("/").page
    assert "more.toml:1" in page.one("section", class_="findings").text
    assert str(tmp_path) not in page.raw


def test_the_first_page_asks_at_the_latest_source(both: Visit) -> None:
    found = both()
    assert found.status == 200
    assert verdict(found.page) == ("Met", "Stage: decided")
    assert found.page.one("title").text == "Met: Secretary General, 2024, on 26 June 2024 – Nemcon"


def test_a_position_shows_its_date_source_and_quotation(both: Visit) -> None:
    seat = both("/?on=2024-06-20").page.one("details", id="seat-1-romania")
    assert seat.one("span", class_="last").text == "20 June 2024"
    quotes = [each.text for each in seat.all("blockquote")]
    assert "All 32 members now support the Dutchman" in quotes[0]
    assert "report of 20 June 2024" in seat.text
    text = FIRST.read_text("utf-8")
    for span in seat.all("span", class_="span"):
        start, end = map(int, re.findall(r"\d+", span.text))
        assert text[start:end] in quotes


def test_the_address_holds_the_whole_question_and_gives_the_same_answer(both: Visit) -> None:
    asked = "/?on=2024-06-24&known=2024-06-26&intent=yes&record=complete&tolerance=2&stale=90"
    page = both(asked).page
    address = page.one("input", id="address").attributes["value"]
    assert parse_qs(urlsplit(address).query) == {
        "body": ["nato"], "matter": ["sg-2024"], "on": ["2024-06-24"], "known": ["2024-06-26"],
        "intent": ["yes"], "record": ["complete"], "tolerance": ["2"], "stale": ["90"],
    }  # fmt: skip
    assert page.one("link", rel="canonical").attributes["href"] == address
    again = both(address.removeprefix("http://testserver")).page
    assert again.one(id="board").text == page.one(id="board").text


def test_what_moved_since_a_day(both: Visit) -> None:
    found = both("/?since=2024-06-20").page.one("section", class_="since-view")
    assert found.one("h2").text == "Since 20 June 2024"
    assert "Members including Germany, France, United Kingdom and United States" in found.text
    lines = [item.text for part in found.all("ul", class_="changes") for item in part.all("li")]
    assert "stage: consensus reported → decided" in lines
    assert "decision: none reported → Mark Rutte by the North Atlantic Council" in found.text


def test_nothing_moved_since_the_last_source(both: Visit) -> None:
    found = both("/?since=2024-06-26").page.one("section", class_="since-view")
    assert "Nothing became known since, and the answer is the same." in found.text


def test_positions_without_a_recent_source_are_marked(both: Visit) -> None:
    page = both("/?on=2024-10-02&stale=90").page
    old = {tag.text for tag in page.all("span", class_="stale")}
    assert old == {"98 days old", "104 days old"}
    assert not list(both("/?on=2024-10-02&stale=200").page.all("span", class_="stale"))
    assert not list(both("/?on=2024-10-02").page.all("span", class_="stale"))


def test_conventions_are_switches_that_say_what_they_change(both: Visit) -> None:
    page = both("/?on=2024-06-18&record=complete").page
    assert "with the default conventions" in page.one("section", id="compare").text.lower()
    assert page.one("option", value="complete").attributes.get("selected") == ""
    compared = both("/?on=2024-06-20&compare=yes").page.one("section", id="compare")
    rows = [[cell.text for cell in row.parts if isinstance(cell, Element)]
            for row in compared.one("tbody").all("tr")]  # fmt: skip
    assert [row[0] for row in rows] == [
        "Announced support counts from when it was said intent=yes",
        "The record holds every act: who is not in it has not acted record=complete",
        "A member whose own candidate runs backs nobody else nominee=yes",
        "“About n” is off by 2 at most tolerance=2",
    ]
    assert [item.text for item in next(compared.all("ul")).all("li")] == [
        "Announced support does not count yet intent=no",
        "The record holds what sources happened to tell record=reported",
    ]
    assert {row[3] for row in rows} <= {"yes", "no"}
    for row in compared.one("tbody").all("a"):
        assert both("/" + row.attributes["href"]).status == 200


def test_the_report_is_shown_whole_with_what_each_span_became(both: Visit) -> None:
    page = both().page
    texts = [each.raw for each in page.all("div", class_="report-text")]
    assert len(texts) == 2
    for path, shown in zip((FIRST, SECOND), texts, strict=True):
        marks = r"entry \d+|not read"
        assert re.sub(rf"\s|{marks}", "", shown) == re.sub(r"\s", "", path.read_text("utf-8"))
    first = page.one("details", id="report-1")
    numbers = {link.attributes["href"].rpartition("-")[2] for link in first.all("a")}
    assert numbers == {str(n) for n in range(1, len(list(first.one("ol").all("li"))) + 1)}
    assert first.one("span", class_="not-read").one("span", class_="tag").text == "not read"


def test_the_rule_stands_beside_its_clauses(both: Visit) -> None:
    rule = both().page.one("section", class_="rule")
    assert "Every member has to approve of the one name." in rule.text
    lines = [item for item in rule.one("ol", class_="ladder").parts if isinstance(item, Element)]
    assert [next(next(line.all("div")).all("div")).text for line in lines] == [
        "If every member supports: consensus on one name the rule is met",
        "Otherwise: not yet",
    ]


def test_members_through_time_and_the_holders(both: Visit) -> None:
    found = both("/?on=2024-06-26").page.one("section", class_="register")
    steps = [item.text for item in found.one("ol", class_="steps").all("li")]
    assert steps[0] == "7 March 2024 joined: Sweden 32"
    assert "Jens Stoltenberg, since 2014" in found.text or "since 1 October 2014" in found.text


def test_what_is_planned_is_told_once_as_exactly_as_anything_here_tells_it(both: Visit) -> None:
    found = both("/?on=2024-06-26").page.one("section", class_="register")
    planned = [item.text for item in next(found.all("ul")).all("li")][1:]
    assert planned == [
        "Jens Stoltenberg: planned until 1 October 2024",
        "Mark Rutte: planned from 1 October 2024",
    ]


def test_whether_the_rule_is_met_wherever_the_open_stand(serve: Serve) -> None:
    wto = Path(__file__).resolve().parents[2] / "examples" / "wto-dg-2020"
    visit = serve(wto / "report-2021-02-15.txt", wto / "selection.toml")
    page = visit("/?on=2021-02-15").page
    side = next(iter(page.all("div", class_="side")))
    assert verdict(page)[0] == "Met"
    assert "The rule is met: nobody objects." in side.text
    unclear = serve(FIRST, SECOND)("/?on=2024-06-18").page
    assert verdict(unclear)[0] == "Cannot tell"
    assert "wherever the open members stand" not in unclear.text
    assert "nobody objects" not in unclear.text


def test_where_silence_counts_nobody_who_does_not_object_is_open(serve: Serve) -> None:
    page = serve(ROOT / "examples" / "wto-dg-2020" / "selection.toml")("/?on=2021-02-06").page
    side = next(iter(page.all("div", class_="side")))
    glance = [item.text for item in side.one("ul", class_="glance").all("li")]
    assert glance == ["1 certain to support", "163 not objecting"]
    assert "One objection would still overturn this, as long as it is not decided." in side.text
    heads = [head.text for head in side.all("h4")]
    assert heads == ["Not objecting 163", "Certain to support 1"]
    page = serve(ROOT / "examples" / "wto-dg-2020" / "selection.toml")(
        "/member/albania/?on=2021-02-06"
    ).page
    assert "Towards Ngozi Okonjo-Iweala: does not object" in page.text


def test_who_runs_is_told_before_who_is_out(serve: Serve) -> None:
    wto = Path(__file__).resolve().parents[2] / "examples" / "wto-dg-2020"
    page = serve(wto / "selection.toml")("/?on=2020-10-29").page
    told = [item.text for item in page.one("ul", class_="candidates").all("li")]
    running = [text for text in told if "running" in text]
    assert len(running) == 2
    assert told[:2] == running


def test_who_can_meet_the_rule_stands_before_who_cannot(serve: Serve) -> None:
    """More may support the one, but nothing that is open could make it hers."""
    wto = Path(__file__).resolve().parents[2] / "examples" / "wto-dg-2020"
    reports = (wto / "report-2020-10-28.txt", wto / "report-2021-02-15.txt")
    page = serve(*reports, wto / "selection.toml")("/?on=2020-11-01").page
    assert verdict(page)[0] == "Cannot tell"
    first, *others = page.all("div", class_="side")
    assert "The rule is not met, whatever" not in first.text
    assert any("The rule is not met, whatever" in side.text for side in others)


def test_many_matters_are_folded(serve: Serve, tmp_path: Path) -> None:
    for number, folded in ((4, False), (5, True)):
        path = tmp_path / f"{number}.toml"
        matters = "".join(f'[[matter]]\nname="m{n}"\n' for n in range(number))
        path.write_text(f'[body]\nname="b"\ntitle="B"\n{matters}', "utf-8")
        ways = serve(path)("/?matter=m1").page.one(id="ways")
        assert bool(list(ways.all("details"))) == folded
        assert len(list(ways.one("nav").all("a"))) == number


def pictures(part: Element) -> list[dict[str, str]]:
    """What is written in each picture's own tag: one for the screen, one for paper."""
    return [dict(each.attributes) for each in part.all("picture")]


def test_the_picture_over_time_waits_until_it_is_opened(both: Visit) -> None:
    page = both("/?on=2024-06-18").page
    found = page.one("details", id="over-time")
    assert "open" not in found.attributes
    image, paper = found.all("img")
    assert image.attributes == paper.attributes
    assert image.attributes["loading"] == "lazy"
    # It is the same on every day, so that a step of the slider does not draw it again.
    other = both("/?on=2024-06-26&stale=3").page.one("details", id="over-time")
    assert pictures(other) == pictures(found)
    assert {each.attributes["src"] for each in other.all("img")} == {image.attributes["src"]}
    assert image.attributes["src"] == (
        "/timeline/chart.svg?body=nato&matter=sg-2024&part=support&room=840"
    )
    known = both("/?known=2024-06-20").page.one("details", id="over-time")
    ids = [each["id"] for each in (*pictures(found), *pictures(known))]
    assert len(set(ids)) == 4


def test_the_head_says_on_which_page_one_is(both: Visit) -> None:
    for address, name in (("/", "State of play"), ("/rules/", "Procedures")):
        here = [a.text for a in both(address).page.one("nav", class_="site").all("a")
                if a.attributes.get("aria-current") == "page"]  # fmt: skip
        assert here == [name]
    assert "Review" not in both().page.one("nav", class_="site").text


def test_everything_that_was_said_of_a_member_has_its_own_page(both: Visit) -> None:
    page = both("/member/germany/?on=2024-06-26").page
    assert page.one("h1").text == "Germany"
    assert len(list(page.one("main").all("blockquote"))) == 4


class TestWaysOn:
    """Whoever comes to an address that gives no answer is led on."""

    def test_of_nobody_it_says_who_may_be_meant(self, both: Visit) -> None:
        found = both("/member/rumania/?on=2024-06-26&known=2024-06-26")
        assert found.status == 404
        main = found.page.one("main")
        assert "Nobody here is called 'rumania'. Did you mean one of these?" in main.text
        romania, *_, everybody, begin = main.all("a")
        assert romania.text == "Romania"
        assert both(romania.attributes["href"]).page.one("h1").text == "Romania"
        assert "on=2024-06-26" in everybody.attributes["href"]
        assert verdict(both(everybody.attributes["href"]).page)[0] == "Met"
        assert begin.attributes["href"] == "/"
        lost = both("/member/xyzzy/").page.one("main")
        assert "Did you mean" not in lost.text

    def test_of_a_time_when_nothing_was_known_the_member_page_leads_to_what_says_so(
        self, both: Visit
    ) -> None:
        found = both("/member/romania/?known=2024-06-01")
        assert (found.status, found.headers["Location"]) == (302, "/?known=2024-06-01")

    @pytest.mark.parametrize(
        ("asked", "without"),
        [
            ("/?on=soon&known=2024-06-20", "/?known=2024-06-20"),
            ("/?on=2024-06&matter=sg-2024", "/?matter=sg-2024"),
            ("/?tolerance=few", "/"),
            ("/timeline/?from=2024-06-20&to=2024-06-01", "/timeline/"),
            ("/member/romania/?on=2024-06-26&if=nonsense", "/member/romania/?on=2024-06-26"),
            ("/roll-calls/?within=many", "/roll-calls/"),
        ],
    )
    def test_the_same_can_be_asked_without_what_is_wrong(
        self, both: Visit, asked: str, without: str
    ) -> None:
        found = both(asked)
        assert found.status == 400
        there = next(iter(found.page.one("main").all("a"))).attributes["href"]
        assert there == without
        assert both(there).status == 200

    def test_an_address_of_nothing(self, both: Visit) -> None:
        found = both("/nothing/here/")
        assert found.status == 404
        assert "It may have been cut short" in found.page.text

    def test_the_timeline_of_several_matters_leads_to_the_choice(
        self, serve: Serve, tmp_path: Path
    ) -> None:
        path = tmp_path / "two.toml"
        path.write_text('[body]\nname="b"\ntitle="B"\n[[matter]]\nname="x"\n[[matter]]\nname="y"\n')
        found = serve(path)("/timeline/")
        assert (found.status, found.headers["Location"]) == (302, "/")


class TestNothingToShow:
    def test_no_matter(self, serve: Serve, tmp_path: Path) -> None:
        path = tmp_path / "body.toml"
        path.write_text('[body]\nname = "mill"\ntitle = "Mill"\n', "utf-8")
        page = serve(path)().page
        assert page.one("h2", id="verdict-title").text == "No matter to decide yet"

    def test_no_report(self, serve: Serve) -> None:
        page = serve(COOP)().page
        assert verdict(page)[0] == "Not met"
        report = page.one("div", class_="report-text")
        assert report.one("mark", class_="position").text == "Ana and Bo are for the roof."
        chain = serve(CHAIN)("/?on=2024-02-22").page
        assert "No report is here" in chain.one("section", class_="reports").text

    def test_nothing_known_yet(self, both: Visit) -> None:
        page = both("/?known=2024-06-01").page
        assert page.one("h1").text == "Secretary General, 2024"
        assert page.one("h2", id="verdict-title").text == "Nothing was known yet"
        assert page.one("form", id="question").attributes["method"] == "get"

    def test_several_matters(self, serve: Serve, tmp_path: Path) -> None:
        path = tmp_path / "two.toml"
        path.write_text('[body]\nname="b"\ntitle="B"\n[[matter]]\nname="x"\n[[matter]]\nname="y"\n')
        visit = serve(path)
        page = visit().page
        assert page.one("h2", id="verdict-title").text == "Which matter?"
        assert not list(page.all("nav", class_="matters"))  # the choice stands there once
        (first, *_) = page.one("main").all("a")
        assert "Cannot tell" in visit(first.attributes["href"]).page.text

    def test_an_empty_roll(self, serve: Serve, tmp_path: Path) -> None:
        path = tmp_path / "empty.toml"
        path.write_text('[body]\nname="b"\ntitle="B"\n[matter]\nname="x"\nrule="nato-consensus"\n')
        page = serve(path)().page
        assert verdict(page)[0] != "Met"
        assert "No member is known, and so nothing can be carried." in page.text


class TestChanges:
    def test_a_changed_file_is_read_again(self, serve: Serve, tmp_path: Path) -> None:
        shutil.copy(FIRST, tmp_path)
        visit = serve(tmp_path)
        assert verdict(visit("/?on=2024-06-26").page)[1] == "Stage: consensus reported"
        shutil.copy(SECOND, tmp_path)
        assert verdict(visit("/?on=2024-06-26").page)[1] == "Stage: decided"

    def test_an_unchanged_one_is_not(self, both: Visit) -> None:
        both("/?on=2024-06-26")
        before = both.desk.opened()
        both("/?on=2024-06-25")
        assert both.desk.opened() is before

    def test_a_file_that_went_away_is_told_and_comes_back(
        self, serve: Serve, tmp_path: Path
    ) -> None:
        path = tmp_path / FIRST.name
        shutil.copy(FIRST, path)
        visit = serve(path)
        assert visit().status == 200
        path.unlink()
        gone = visit()
        assert gone.status == 503
        assert "there is no such file" in gone.page.text
        shutil.copy(FIRST, path)
        assert visit().status == 200

    def test_a_record_that_grows_is_read_again(self, serve: Serve, tmp_path: Path) -> None:
        path = tmp_path / "mill.nemcon"
        items = [item.entry for item in load([str(COOP)], NOW).items]
        with SqliteLog.create(path) as log, log.writing() as writer:
            writer.append(map(item_of, items))
        visit = serve(path)
        assert members(visit("/?on=2024-03-11").page, "certain") == {"Ana Blé", "Bo Åk"}
        cy = Position(
            matter="new-roof", members=("cy",), claim="changes", happened=When.parse("2024-03-11")
        )
        with SqliteLog(path) as log, log.writing() as writer:
            writer.append([item_of(cy)])
        page = visit("/?on=2024-03-11").page
        assert members(page, "certain") == {"Ana Blé", "Bo Åk", "Cy Þór"}
        assert verdict(page)[0] == "Met"

    def test_an_open_record_is_asked_now(self, serve: Serve, tmp_path: Path) -> None:
        path = tmp_path / "mill.nemcon"
        items = [item.entry for item in load([str(COOP)], NOW).items]
        with SqliteLog.create(path) as log, log.writing() as writer:
            writer.append(map(item_of, items))
        page = serve(path)().page
        assert page.one("p", class_="asked").text.startswith("On 1 January 2026, 14:00")
        field = page.one("input", id="on")
        assert (field.attributes["type"], field.attributes["value"]) == ("date", "")
        assert "empty: now" in page.one("fieldset", class_="when").text
        assert "on=2026-01-01T14" in page.one("input", id="address").attributes["value"]


def test_fifty_members_with_names_of_all_kinds(serve: Serve, tmp_path: Path) -> None:
    from nemcon.text import write_toml

    entries = [item.entry for item in load([str(COOP)], NOW).items]
    entries += [
        Membership(member=f"größe-{n}", happened=When.parse("2020-01-01")) for n in range(50)
    ]
    path = tmp_path / "many.toml"
    path.write_text(write_toml(entries), "utf-8")
    page = serve(path)("/?on=2024-03-11").page
    assert sum(stands(page).values()) == 53
    assert len(list(page.all("details", class_="seat"))) == 53


def test_only_the_board_is_exchanged(both: Visit) -> None:
    part = both("/?on=2024-06-18", **{"HX-Request": "true"})
    page = part.page
    assert [each.tag for each in page.parts if isinstance(each, Element)] == [
        *("title", "p", "div", "div"),
    ]  # what is told, the ways on, and the board
    assert not list(page.all("form"))
    said = page.one("p", id="said")
    assert said.attributes["hx-swap-oob"] == "innerHTML"
    assert said.text == (
        "On 18 June 2024, as known on 26 June 2024: Cannot tell. Open (perhaps already "
        "consensus reported). Supported by 0 to 32 of 32 members."
    )
    assert part.headers["HX-Replace-Url"] == "/?body=nato&matter=sg-2024&on=2024-06-18"
    assert "HX-Request" in part.headers["Vary"]
    whole = both("/?on=2024-06-18").page
    assert whole.one(id="board").text == page.one(id="board").text
