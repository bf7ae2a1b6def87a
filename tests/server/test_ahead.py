"""Neighbouring days are worked out ahead, as they would be when somebody asks."""

from __future__ import annotations

import io
import os
import pickle
import shutil
import signal
import time
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from threading import Thread
from typing import cast

import pytest

from nemcon.server.ahead import Ahead, Job, work
from nemcon.server.asking import Ask, read_ask
from nemcon.server.courses import Span, key_of
from nemcon.server.desk import Desk
from nemcon.server.orders import LINGER, MOST, Orders
from nemcon.server.shown import Page
from nemcon.views.tongue import Tongue, speaking
from nemcon.when import When
from tests.server import pseudo
from tests.server.conftest import COOP, NOW, Visit

PATIENCE = 60  # seconds


def held(page: Page, ask: Ask) -> bool:
    """Whether the answer comes to lie at hand."""
    until = time.monotonic() + PATIENCE
    while not page.desk.holds(page.key_of(ask, page.stamp)):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def test_the_next_day_is_at_hand_and_the_same_as_when_asked() -> None:
    ahead = Ahead()
    try:
        page = Page(Desk([str(COOP)], clock=lambda: NOW), read_ask({"on": "2024-03-10"}))
        ahead.after(page)
        for day in ("2024-03-11", "2024-03-09"):
            asked = page.asked.with_(on=When.parse(day))
            assert held(page, asked)
            theirs = Page(page.desk, asked).answered
            own = Page(Desk([str(COOP)], clock=lambda: NOW), asked).answered
            assert theirs is not None
            assert own is not None
            assert theirs.status.to_json() == own.status.to_json()
            assert theirs.board.to_json() == own.board.to_json()
    finally:
        ahead.close()


def test_in_the_language_of_whoever_looks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEMCON_LOCALE", str(pseudo.write(tmp_path / "locale")))
    spoken = Tongue("eo", pseudo.said, lambda *texts: pseudo.said(texts[1]), str)
    ahead = Ahead()
    try:
        with speaking(spoken):
            page = Page(Desk([str(COOP)], clock=lambda: NOW), read_ask({"on": "2024-03-10"}))
            ahead.after(page)
            asked = page.asked.with_(on=When.parse("2024-03-11"))
            assert held(page, asked)
            theirs = Page(page.desk, asked).answered
        english = Page(page.desk, asked).answered
        assert theirs is not None
        assert english is not None
        texts = [each.text for each in theirs.status.needed]
        assert texts
        assert all(text.startswith(pseudo.OPEN) for text in texts)
        assert not any(pseudo.OPEN in each.text for each in english.status.needed)
    finally:
        ahead.close()


def test_what_was_worked_out_from_other_files_is_not_shown(tmp_path: Path) -> None:
    path = tmp_path / "coop.toml"
    shutil.copy(COOP, path)
    page = Page(Desk([str(path)], clock=lambda: NOW), read_ask({"on": "2024-03-11"}))
    assert page.answered is not None
    before = page.stamp
    path.write_text(COOP.read_text("utf-8").replace('["ana", "bo"]', '["ana"]', 1), "utf-8")
    again = Page(page.desk, page.ask)
    assert again.stamp != before
    assert again.answered is not None
    assert len(again.answered.board.sides[0].of("certain")) == 1


def test_only_a_bounded_number_of_answers_is_kept() -> None:
    from nemcon.server.desk import KEPT

    desk = Desk([])
    for number in range(KEPT + 10):
        desk.answer(number, partial(str, number))
    assert not desk.holds(9)
    assert desk.holds(10)


def days_from(first: str, many: int) -> list[Span]:
    """Spans of one day each."""
    start = date.fromisoformat(first)
    return [Span(start + timedelta(n), start + timedelta(n)) for n in range(many)]


def test_the_end_of_the_calendar_ends_no_work() -> None:
    ahead = Ahead()
    try:
        desk = Desk([str(COOP)], clock=lambda: NOW)
        for query in ({"on": "9999-12-31"}, {"on": "0001-01-01"}, {"known": "9999-12-31"}):
            ahead.after(Page(desk, read_ask(query)))
        page = Page(desk, read_ask({"on": "9999-12-31"}))
        ahead.after(page)
        assert held(page, page.asked.with_(on=When.parse("9999-12-30")))
        ahead.after(page := Page(desk, read_ask({"on": "2024-03-10"})))
        assert held(page, page.asked.with_(on=When.parse("2024-03-11")))
    finally:
        ahead.close()


def children() -> list[int]:
    """The processes that work ahead for this one."""
    found = [
        int(pid)
        for task in Path("/proc/self/task").iterdir()
        for pid in (task / "children").read_text().split()
    ]
    return [
        pid for pid in found if b"nemcon.server.ahead" in Path(f"/proc/{pid}/cmdline").read_bytes()
    ]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="no list of processes here")
def test_a_lost_process_is_started_again() -> None:
    ahead = Ahead()
    try:
        page = Page(Desk([str(COOP)], clock=lambda: NOW), read_ask({"on": "2024-03-10"}))
        first, second = days_from("2024-03-10", 2)
        assert ahead.timeline(page, first, PATIENCE) is None
        (lost,) = children()
        os.kill(lost, signal.SIGKILL)
        assert ahead.timeline(page, second, PATIENCE) is None  # here, if it was lost at that
        ahead.after(page)
        assert held(page, page.asked.with_(on=When.parse("2024-03-09")))
        (again,) = children()
        assert again != lost
    finally:
        ahead.close()
    assert children() == []


def test_a_question_that_fails_ends_no_work(caplog: pytest.LogCaptureFixture) -> None:
    page = Page(Desk([str(COOP)], clock=lambda: NOW), read_ask({"on": "2024-03-10"}))
    broken = Job(page.stamp, cast(Ask, "no question"), "en")
    sound = Job(page.stamp, page.asked, "en")
    given, taken = io.BytesIO(), io.BytesIO()
    for each in (((str(COOP),), ""), broken, sound):
        pickle.dump(each, given)
    given.seek(0)
    with pytest.raises(EOFError):
        work(given, taken)
    taken.seek(0)
    assert pickle.load(taken) is None
    found = pickle.load(taken)
    assert page.answered is not None
    assert found.status.to_json() == page.answered.status.to_json()
    assert [record.message for record in caplog.records] == [
        "what was asked ahead failed; the next is answered"
    ]


def test_what_nobody_waits_for_holds_up_nobody() -> None:
    ahead = Ahead()
    try:
        page = Page(Desk([str(COOP)], clock=lambda: NOW), read_ask({"on": "2024-03-10"}))
        *left, wanted = days_from("2024-03-01", 29)
        keys = [key_of(page, span) for span in left]
        for span in left:
            assert ahead.timeline(page, span, 0) is not None
        done = sum(map(page.desk.holds, keys))
        assert ahead.timeline(page, wanted, PATIENCE) is None
        # One may have been at work; and one have followed before the lock was had.
        assert sum(map(page.desk.holds, keys)) - done <= 2
    finally:
        ahead.close()


def test_few_orders_wait_and_the_one_asked_about_last_comes_first() -> None:
    orders: Orders[str] = Orders()
    gone = [key for n in range(MOST + 3) for key in orders.put(n, f"work {n}", n, 0)]
    assert gone == [0, 1, 2]
    orders.asked(5, 20, 0)
    orders.asked(0, 20, 0)
    assert orders.next() == (5, "work 5")
    assert orders.next() == (MOST + 2, f"work {MOST + 2}")


def test_orders_that_nobody_asks_about_again_are_dropped() -> None:
    orders: Orders[str] = Orders()
    orders.put("left", "a", 0, 1.5)
    orders.put("asked again", "b", 0, 1.5)
    orders.put("waited for", "c", 0, 120)
    orders.asked("asked again", 10, 0)
    assert orders.stale(1.5 + LINGER) == []
    assert orders.stale(1.6 + LINGER) == ["left"]
    assert orders.stale(10.1 + LINGER) == ["asked again"]
    assert orders.next() == ("waited for", "c")
    assert orders.next() is None


def test_once_closed_no_process_is_started(both: Visit) -> None:
    ahead = Ahead()
    page = Page(both.desk, read_ask({"on": "2024-06-26"}))
    threads = [Thread(target=ahead.after, args=(page,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    ahead.close()
    for thread in threads:
        thread.join()
    ahead.after(page)
    assert ahead.timeline(page, Span(), PATIENCE) is None
    if Path("/proc/self/task").exists():
        assert children() == []
