"""The answers that must come out of two reports of June 2024, read off the page in a browser.

Each is asked of the two reports of the example and of two others of the same days (skipped where
those are not there), on a desk and on a phone. `tests/acceptance` asks the same of the views.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from nemcon.cli import run
from nemcon.entries import AnyEntry, Membership, Position, Reserve, Source, Tally
from nemcon.library import pack_text
from nemcon.load import load
from nemcon.text import write_toml
from nemcon.when import When
from tests.reading import test_renaming as renaming
from tests.server.browser import ROOT, Watch, serving, settled
from tests.server.conftest import CHAIN, FIRST, NOW, SECOND
from tests.server.test_browser import OPEN_ALL, SIZES, shown, slide

RUTTE = "mark-rutte"


@dataclass(frozen=True)
class Case:
    """Two reports, and the servers that were started about them so far."""

    first: Path
    second: Path
    folder: Path
    servers: ExitStack
    running: dict[tuple[str, ...], str]

    def serve(self, *names: Path | str) -> str:
        """The address of a server about these files."""
        key = tuple(map(str, names))
        if key not in self.running:
            self.running[key] = self.servers.enter_context(serving(*names))
        return self.running[key]

    def toml(self, name: str, *entries: AnyEntry) -> Path:
        path = self.folder / f"{name}.toml"
        path.write_text(write_toml(entries), "utf-8")
        return path

    def record(self, name: str, wrong: Callable[[AnyEntry], bool], *more: Path) -> Path:
        """A record of both reports, in which some proposals were rejected, the rest confirmed."""
        path = self.folder / f"{name}.nemcon"
        if path.exists():
            return path
        assert run(["add", str(self.first), str(self.second), "--record", str(path)]) == 0
        proposed = [i.entry for i in load([str(path)], NOW).items if i.proposed]
        out = [entry.id for entry in proposed if wrong(entry)]
        assert out
        if out:
            assert run(["reject", str(path), *out, "--reason", "left out"]) == 0
        assert run(["confirm", str(path), "--all"]) == 0
        for each in more:
            assert run(["add", str(each), "--record", str(path)]) == 0
        return path


@pytest.fixture(scope="module", params=["own", "seeds"])
def case(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Case]:
    first, second = FIRST, SECOND
    if request.param == "seeds":
        shared: Path = request.getfixturevalue("shared")
        first, second = sorted((shared / "seeds").glob("*.txt"))
    with ExitStack() as servers:
        yield Case(first, second, tmp_path_factory.mktemp("case"), servers, {})


@dataclass(frozen=True)
class Reader:
    """Somebody who opens addresses in a window of one size."""

    watch: Watch

    def open(self, server: str, query: str = "") -> None:
        self.watch.host = urlsplit(server).netloc
        self.watch.page.goto(f"{server}{query}")

    def answer(self, server: str, query: str) -> tuple[str, str, tuple[int, ...]]:
        self.open(server, query)
        return shown(self.watch.page)

    def text(self, place: str) -> str:
        """The words in a part of the page, with single spaces."""
        return " ".join(self.watch.page.locator(place).first.inner_text().split())

    def names(self, stand: str) -> list[str]:
        """Who stands so, towards the first candidate."""
        seats = self.watch.page.locator(".side").first.locator(f".seat.{stand} .who")
        return sorted(seats.all_inner_texts())


@pytest.fixture(params=SIZES)
def reader(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Reader]:
    width, height = SIZES[request.param]
    context = browser.new_context(viewport={"width": width, "height": height})
    watch = Watch(context.new_page(), "")
    yield Reader(watch)
    watch.clean()
    context.close()


def full_count(entry: AnyEntry) -> bool:
    return isinstance(entry, Tally) and entry.of == 32


def of_romania(entry: AnyEntry) -> bool:
    """Whatever states or implies that Romania supports him."""
    return full_count(entry) or (isinstance(entry, Position) and "romania" in entry.members)


def both(case: Case) -> str:
    return case.serve(case.first, case.second)


def test_1_all_agree_on_20_june_and_nothing_is_decided(case: Case, reader: Reader) -> None:
    found = reader.answer(case.serve(case.first), "?on=2024-06-20")
    assert found == ("Met", "consensus reported", (32, 0, 0))
    assert "32 of 32 members" in reader.text(".count")
    assert reader.text(".needed") == "Needed a formal decision of the North Atlantic Council"
    course = reader.text(".course")
    assert "Decision none reported" in course
    assert "reported on 20 June 2024: open" in course
    assert "Jens Stoltenberg is Secretary General" in course
    assert "designate" not in course
    candidates = reader.text(".candidates")
    assert "Klaus Iohannis: withdrawn" in candidates
    assert "told between 10 and 16 June 2024; public on 20 June 2024" in candidates


def test_1_without_the_full_count_only_intent_would_make_it_all(case: Case, reader: Reader) -> None:
    """The reviewer rejects the count; the switch for announced support is then turned by hand."""
    server = case.serve(case.record("uncounted", full_count))
    asked = "?on=2024-06-20&known=2024-06-20"
    assert reader.answer(server, asked)[0] == "Cannot tell"
    page = reader.watch.page
    page.locator("#conventions summary").click()
    page.locator("#intent").check()
    page.wait_for_url(re.compile("intent=yes"))
    expect(page.locator("#verdict-title")).to_contain_text("Met")


def test_2_decided_designate_and_fulfilled_on_26_june(case: Case, reader: Reader) -> None:
    found = reader.answer(both(case), "?on=2024-06-26&known=2024-06-26")
    assert found == ("Met", "decided", (32, 0, 0))
    course = reader.text(".course")
    for part in (
        "Mark Rutte by the North Atlantic Council, decided between 20 and 26 June 2024",
        "announced on 26 June 2024",
        "to take effect on 1 October 2024",
        "carried",
        "Jens Stoltenberg is Secretary General; Mark Rutte is designate",
        "reported on 20 June 2024: fulfilled on 26 June 2024, 6 days later",
    ):
        assert part in course, part


def test_2_between_the_reports_it_may_or_may_not_be_decided(case: Case, reader: Reader) -> None:
    found = reader.answer(both(case), "?on=2024-06-24")
    assert found == ("Met", "consensus reported (perhaps already decided)", (32, 0, 0))


def test_3_nothing_bounds_any_support_two_days_before(case: Case, reader: Reader) -> None:
    found = reader.answer(both(case), "?on=2024-06-18")
    assert (found[0], found[2]) == ("Cannot tell", (0, 32, 0))
    assert "0 to 32 of 32 members" in reader.text(".count")
    assert "Klaus Iohannis: possibly running or withdrawn" in reader.text(".candidates")


def test_3_with_the_chain_of_tallies_one_is_missing(case: Case, reader: Reader) -> None:
    """The slider is dragged there: the board follows from day to day, and does not hang."""
    server = case.serve(case.first, case.second, CHAIN)
    reader.open(server, "?on=2024-06-16")
    page = reader.watch.page
    slide(page, "on", "2024-06-18")
    assert shown(page) == ("Not met", "open", (31, 0, 1))
    assert reader.names("against") == ["Romania"]
    assert "support for Mark Rutte from Romania" in reader.text(".needed")
    slide(page, "on", "2024-06-20")
    assert shown(page)[0] == "Met"


def test_4_the_withdrawal_alone_never_gives_all(case: Case, reader: Reader) -> None:
    """What states or implies Romania's support was rejected on review; the record is asked."""
    server = case.serve(case.record("without", of_romania))
    asked = "?on=2024-06-20&known=2024-06-26"
    assert reader.answer(server, asked)[::2] == ("Cannot tell", (31, 1, 0))
    assert "31 to 32 of 32 members" in reader.text(".count")
    assert reader.names("open") == ["Romania"]
    page = reader.watch.page
    page.locator("#conventions summary").click()
    page.locator("#record").select_option("complete")
    page.wait_for_url(re.compile("record=complete"))
    settled(page)
    assert shown(page)[::2] == ("Not met", (31, 0, 1))


def test_4_nor_with_a_reserve(case: Case, reader: Reader) -> None:
    reserve = Reserve(
        body="nato", matter="sg-2024", member="romania", happened=When.parse("2024-06-20")
    )
    file = case.toml("reserve", reserve)
    server = case.serve(case.record("reserved", of_romania, file))
    found = reader.answer(server, "?on=2024-06-20&known=2024-06-26")
    assert found[::2] == ("Not met", (31, 0, 1))
    assert reader.names("against") == ["Romania"]


@pytest.mark.parametrize(
    ("record", "verdict", "stands"),
    [("reported", "Cannot tell", (32, 1, 0)), ("complete", "Not met", (32, 0, 1))],
)
def test_5_a_silent_new_member_changes_the_denominator(
    case: Case, reader: Reader, record: str, verdict: str, stands: tuple[int, int, int]
) -> None:
    joined = Membership(body="nato", member="newland", happened=When.parse("2024-06-25"))
    server = case.serve(case.first, case.second, case.toml("newland", joined))
    found = reader.answer(server, f"?on=2024-06-25&record={record}")
    assert found[::2] == (verdict, stands)
    assert "of 33 members" in reader.text(".count")
    assert reader.names("open" if record == "reported" else "against") == ["newland"]
    reader.open(server, f"?on=2024-06-26&record={record}")
    assert "not shown to be carried" in reader.text(".course")
    assert "not shown to be carried" in reader.text(".findings")


def test_6_a_plan_is_no_fact_until_somebody_confirms_it(case: Case, reader: Reader) -> None:
    found = reader.answer(both(case), "?on=2024-10-02&known=2024-06-26")
    assert found[:2] == ("Met", "decided")
    course = reader.text(".course")
    assert "Jens Stoltenberg is Secretary General" in course
    assert "Mark Rutte, designate, was to take office by now; not confirmed" in course
    assert "past what is known" in reader.text(".asked")
    assert reader.answer(both(case), "?on=2024-10-02")[1] == "in office"
    assert "Mark Rutte is Secretary General" in reader.text(".course")


def test_7_the_order_of_files_changes_nothing(case: Case, reader: Reader) -> None:
    boards = set()
    for order in permutations([case.first, case.second]):
        reader.open(case.serve(*order), "?on=2024-06-24")
        reader.watch.page.evaluate(OPEN_ALL)
        board = reader.watch.page.locator("#board").inner_text()
        boards.add(board.replace(case.serve(*order), "/"))
    assert len(boards) == 1


def test_8_what_moved_since_the_first_report_is_what_the_second_added(
    case: Case, reader: Reader
) -> None:
    reader.open(both(case), "?on=2024-06-26&since=2024-06-20")
    page = reader.watch.page
    page.evaluate(OPEN_ALL)
    part = page.locator(".since-view")
    told = set(part.locator(".words code").all_inner_texts())
    asked = load([str(case.first), str(case.second)], NOW)
    (second,) = (
        i.entry.name for i in load([str(case.second)], NOW).items if isinstance(i.entry, Source)
    )
    of_second = {
        f"{kind}-{digits[:8]}"
        for i in asked.items
        if i.entry.source == second
        for kind, _, digits in [i.entry.id.rpartition("-")]
    }
    assert told
    assert told <= of_second
    left_out = {name.rpartition("-")[0] for name in of_second - told}
    assert left_out <= {"party", "body", "organ", "office", "membership", "matter", "rule"}
    assert "stage: consensus reported → decided" in reader.text(".since-view")


def test_9_every_quotation_stands_in_its_report(case: Case, reader: Reader) -> None:
    texts = [case.first.read_text("utf-8"), case.second.read_text("utf-8")]
    reader.open(both(case), "?on=2024-06-26&since=2024-06-20")
    quotes: Sequence[tuple[str, list[str]]] = reader.watch.page.evaluate(
        """() => [...document.querySelectorAll("p.source")].filter((p) => p.querySelector(".span"))
            .map((p) => {
                const quotes = [];
                for (let e = p.previousElementSibling; e?.matches("blockquote");
                     e = e.previousElementSibling) quotes.unshift(e.textContent);
                return [quotes, [...p.querySelectorAll(".span")].map((s) => s.textContent)];
            })"""
    )
    assert len(quotes) > 30
    for words, places in quotes:
        spans = [tuple(map(int, re.findall(r"\d+", place))) for place in places]
        assert words
        assert len(words) == len(spans)
        for word, (start, end) in zip(words, spans, strict=True):
            assert any(text[start:end].strip() == word.strip() for text in texts), word


@pytest.mark.parametrize(
    ("query", "verdict"),
    [("?on=2020-10-27", "Cannot tell"), ("?on=2020-10-28", "Not met"), ("?on=2021-02-15", "Met")],
)
def test_10_another_body_with_another_rule(reader: Reader, query: str, verdict: str) -> None:
    """A trade body whose rule is *no objection*: met by what its chair says, not by silence."""
    with serving(ROOT / "examples" / "wto-dg-2020" / "selection.toml") as server:
        reader.open(server, query)
        title = reader.text("#verdict-title").split(" ", 1)[1]
        assert title == verdict


def test_11_a_decision_that_is_not_carried_is_told(case: Case, reader: Reader) -> None:
    server = case.serve(case.record("without", of_romania))
    found = reader.answer(server, "?on=2024-06-26&known=2024-06-26&record=complete")
    assert found[:2] == ("Not met", "decided")
    assert "not carried" in reader.text(".course")
    assert "not carried" in reader.text(".findings")


# Everything has another name and another day; nothing else is different.
RENAMED = {
    "2033-03-12": ("Cannot tell", "open (perhaps already consensus reported)", (0, 32, 0)),
    "2033-03-14": ("Met", "consensus reported", (32, 0, 0)),
    "2033-03-18": ("Met", "consensus reported (perhaps already decided)", (32, 0, 0)),
    "2033-03-22": ("Met", "decided", (32, 0, 0)),
}


def test_12_other_names_and_days_give_the_same_answers(
    shared: Path, reader: Reader, tmp_path: Path
) -> None:
    # The roll and its accessions keep their number and years: the pack tells of them as well.
    written = {old: new for old, new in renaming.WRITTEN.items() if old not in ("32", "in 2014")}
    for name in renaming.SEEDS:
        text = (shared / "seeds" / name).read_bytes().decode("utf-8")
        text = renaming.replace(renaming.replace(text, written), renaming.NAMES)
        (tmp_path / name).write_bytes(text.encode())
    kept = {"nato-secretary-general", "nato-consensus"}  # rules of the library keep their names
    ids = {old: new for old, new in renaming.IDS.items() if old not in kept}
    pack = renaming.replace(renaming.replace(pack_text("nato"), renaming.NAMES), ids)
    for rule in kept:
        pack = pack.replace(rule.replace("nato", "sedo"), rule)
    pack = pack.replace('"2024-', '"2033-').replace("Europe/Harbour", "Europe/Brussels")
    (tmp_path / "sedo.toml").write_text(pack, "utf-8")
    with serving(tmp_path) as server:
        for day, answer in RENAMED.items():
            assert reader.answer(server, f"?on={day}") == answer
        assert "Bob Bravo is designate" in reader.text(".course")
        for place in (".verdict", ".sides", ".course", ".reports"):  # the rule is the library's
            told = reader.text(place)
            assert not [name for name in ("Rutte", "Romania", "NATO") if name in told]
