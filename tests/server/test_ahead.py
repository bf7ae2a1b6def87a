"""Neighbouring days are worked out ahead, as they would be when somebody asks."""

from __future__ import annotations

import shutil
import time
from functools import partial
from pathlib import Path

import pytest

from nemcon.server.ahead import Ahead
from nemcon.server.asking import Ask, read_ask
from nemcon.server.desk import Desk
from nemcon.server.shown import Page
from nemcon.views.tongue import Tongue, speaking
from nemcon.when import When
from tests.server import pseudo
from tests.server.conftest import COOP, NOW

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
