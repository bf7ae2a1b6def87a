"""What a page tells beside the verdict: what would settle it, and what its findings rest on."""

from __future__ import annotations

from tests.server.conftest import ROOT, Serve, Visit

UN = ROOT / "examples" / "un-sg-2016"


def settled(visit: Visit, address: str) -> list[str]:
    """What the page says of whose word would settle it."""
    shown = visit(address).page.one("div", class_="needed")
    return [line.text for line in shown.all("p", class_="settled")]


def test_what_would_settle_it_stands_below_what_is_needed(both: Visit) -> None:
    assert settled(both, "/?on=2024-06-18") == [
        "'met' would follow from the word of 32 members",
        "'not met' would follow from the word of any one of 32 members",
    ]
    assert settled(both, "/?on=2024-06-26") == []


def test_the_page_says_of_it_what_the_terminal_says(serve: Serve) -> None:
    asked = "/?matter=straw-poll-2&on=2016-10-05"
    (line,) = settled(serve(UN, body="un-security-council"), asked)
    permanent = "China, France, Russia, United Kingdom and United States"
    assert line == f"'not met' would follow from the word of any one of {permanent}"
