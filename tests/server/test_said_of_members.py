"""What a page tells of a member of whom nothing was said by the date asked about."""

from __future__ import annotations

from pathlib import Path

from tests.review.mill import Mill
from tests.server.conftest import FIRST, ROOT, Serve, Visit


def test_what_was_said_later_is_counted_and_shown(both: Visit) -> None:
    seat = both("/?on=2024-06-18").page.one("details", id="seat-1-romania")
    assert "Nothing by 18 June 2024; 2 words later." in seat.text
    main = both("/member/romania/?on=2024-06-18").page.one("main")
    assert [each.text for each in main.all("h2")][:2] == [
        "After 18 June 2024, the latest first",
        "By 18 June 2024, the latest first",
    ]
    later, then = main.all("ul", class_="words")
    assert len(list(later.all("blockquote"))) >= 2
    assert then.text == "Nothing by 18 June 2024; 2 words later."


def test_what_became_known_later_is_left_out(both: Visit) -> None:
    seat = both("/?on=2024-06-18&known=2024-06-20").page.one("details", id="seat-1-romania")
    assert "Nothing by 18 June 2024; 2 words later." in seat.text


def test_a_proposal_that_waits_is_told_of(serve: Serve, tmp_path: Path) -> None:
    mill = Mill(tmp_path / "mill.nemcon")
    mill.log.close()
    visit = serve(tmp_path / "mill.nemcon")
    seat = visit("/?on=2024-08-01").page.one("details", id="seat-1-ana")
    assert "Nothing confirmed; 1 proposal waits for confirmation." in seat.text
    main = visit("/member/ana/?on=2024-08-01").page.one("main")
    assert next(iter(main.all("blockquote"))).text == "Ana supports the new roof."
    counted = visit("/member/ana/?on=2024-08-01&proposed=yes").page.one("main")
    assert "waits" not in counted.text.lower()


def test_who_was_no_member_then_is_told_as_such(serve: Serve) -> None:
    main = serve(FIRST)("/member/sweden/?on=2024-02-01").page.one("main")
    assert "Not a member on 1 February 2024." in main.text
    assert "by name" not in main.text


def test_a_member_page_says_what_it_is_certain_of(both: Visit) -> None:
    main = both("/member/romania/?on=2024-06-26").page.one("main")
    assert "Towards Mark Rutte: supports, for certain" in main.text


def test_on_a_motion_an_abstention_is_told_from_silence(serve: Serve) -> None:
    visit = serve(*sorted((ROOT / "examples" / "cooperative").glob("*.toml")))
    page = visit("/?matter=solar-roof-march&on=2026-03-14").page
    sixteen, seventeen = (page.one("details", id=f"seat-1-member-{n}") for n in (16, 17))
    assert sixteen.one("span", class_="tag").text == "abstained"
    # Of whom there is no word, it stands in the place of one.
    assert not list(seventeen.all("span", class_="tag"))
    assert seventeen.one("span", class_="last").text == "no position"
