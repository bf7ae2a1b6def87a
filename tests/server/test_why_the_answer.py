"""What a page tells beside the verdict: what would settle it, and what its findings rest on."""

from __future__ import annotations

from pathlib import Path

from tests.server.conftest import CHAIN, FIRST, ROOT, SECOND, Serve, Visit

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


def test_reports_that_contradict_each_other_stand_below_the_finding(serve: Serve) -> None:
    page = serve(UN, body="un-security-council")("/?matter=straw-poll-4").page
    found = page.one("section", class_="findings")
    (first, *_others) = [
        each for each in found.all("li") if "contradict" in each.text and list(each.all("details"))
    ]
    told = [text.text for text in first.all("p", class_="text")]
    assert len(told) == 2
    assert all("in round 4" in text for text in told)
    places = [code.text for code in first.one("details").all("code") if ".toml:" in code.text]
    assert len(places) == 2
    assert "no source named" not in first.text


def test_a_finding_leads_to_the_words_of_the_report_and_to_the_member(
    serve: Serve, tmp_path: Path
) -> None:
    file = tmp_path / "more.toml"
    said = 'matter = "sg-2024"\nmembers = ["germany"]\ncandidate = "mark-rutte"\n'
    for stance in ("support", "objection"):
        text = f'[[position]]\n{said}stance = "{stance}"\nhappened = "2024-06-21"\n'
        file.write_text((file.read_text() if file.exists() else "") + text, "utf-8")
    page = serve(FIRST, SECOND, file)("/?on=2024-06-21").page
    found = page.one("section", class_="findings")
    links = [a.attributes["href"] for a in found.all("a")]
    assert any(link.startswith("/member/germany/?") for link in links), found.text
    for link in links:
        if link.startswith("#"):
            page.one("li", id=link[1:])


def test_who_held_the_office_before_stands_below_who_holds_it(both: Visit) -> None:
    held = both("/?on=2024-06-26").page.one("details", id="holders")
    told = [item.text for item in held.all("li")]
    assert told[0].startswith("Anders Fogh Rasmussen, 1 August 2009 – 1 October 2014")
    assert told[-1].startswith("Lord Ismay, 4 April 1952 – 16 May 1957")
    assert "PETRARCH2" in told[-1]
    later = both("/?on=2024-10-02").page.one("details", id="holders")
    (stoltenberg,) = [item.text for item in later.all("li") if "Stoltenberg" in item.text]
    assert stoltenberg.startswith("Jens Stoltenberg, 1 October 2014 – 1 October 2024")


def test_pledges_and_remarks_stand_with_what_else_is_told(serve: Serve, tmp_path: Path) -> None:
    file = tmp_path / "more.toml"
    file.write_text(
        '[[remark]]\nmatter = "sg-2024"\nspeaker = "mark-rutte"\nhappened = "2024-06-19"\n'
        'quote = "We shall see."\n',
        "utf-8",
    )
    visit = serve(CHAIN, file)
    told = visit("/?on=2024-06-19").page.one("details", id="besides")
    remark, pledge, *_ = told.all("li")
    assert remark.one("p", class_="text").text == "Mark Rutte said on 19 June 2024: “We shall see.”"
    assert "Hungary" in pledge.text
    assert "tied to support of Hungary" in pledge.text
    assert "The Hans India" in pledge.text
    (hungary,) = [a for a in pledge.all("a") if a.text == "Hungary"]
    assert hungary.attributes["href"].startswith("/member/hungary/?")
    assert not list(visit("/?on=2024-03-01").page.all("details", id="besides"))
