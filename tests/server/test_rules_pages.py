"""The procedure library as pages: every rule as sentences beside its clauses."""

from __future__ import annotations

import pytest

from nemcon.library import procedure_ids
from tests.server.conftest import FIRST, ROOT, Serve
from tests.server.pages import Element

COOPERATIVE = ROOT / "examples" / "cooperative"


def test_the_list_leads_to_every_procedure(serve: Serve) -> None:
    visit = serve(FIRST)
    answer = visit("/rules/")
    assert answer.status == 200
    for ident in procedure_ids():
        assert f'href="/rules/{ident}/"' in answer.html


@pytest.mark.parametrize("ident", procedure_ids())
def test_every_procedure_has_a_page(serve: Serve, ident: str) -> None:
    answer = serve(FIRST)(f"/rules/{ident}/")
    assert answer.status == 200
    assert "What the text says" in answer.html


def test_a_clause_from_memory_is_marked(serve: Serve) -> None:
    visit = serve(FIRST)
    assert "from memory" in visit("/rules/un-sc-1966/").html
    assert "from memory" not in visit("/rules/php-rfc/").html


def test_the_state_of_play_leads_to_its_rule(serve: Serve) -> None:
    visit = serve(FIRST)
    assert 'href="/rules/nato-secretary-general/"' in visit("/").html


@pytest.mark.parametrize("ident", ["none-such", "..%2f..%2fetc", "nato-consensus.toml"])
def test_what_is_not_in_the_library_is_not_there(serve: Serve, ident: str) -> None:
    assert serve(FIRST)(f"/rules/{ident}/").status == 404


def test_a_rule_shows_its_clauses_before_who_has_how_much_say(serve: Serve) -> None:
    page = serve(FIRST)("/rules/nato-secretary-general/").page
    assert [heading.text for heading in page.all("h2")] == [
        *("Outcome 1", "Outcome 2", "Other clauses", "Who has how much say", "Cases"),
    ]
    first = next(section for section in page.all("section", class_="rule"))
    assert "Every member has to approve of the one name." in first.text
    texts = clauses(page)
    assert len(texts) == len(set(texts)) == 4


def test_on_the_board_each_clause_stands_once_and_beside_its_outcome(serve: Serve) -> None:
    rule = serve(FIRST)("/").page.one("section", class_="rule")
    first, second = ladder(rule)
    assert clauses(first) == ["Every member has to approve of the one name."]
    assert clauses(second) == []
    texts = clauses(rule)
    assert len(texts) == 4
    assert sum("consult informally" in text for text in texts) == 1
    assert rule.one("a", href="/rules/nato-secretary-general/").text == (
        "NATO: selection of the Secretary General"
    )


def test_a_rule_of_ones_own_has_its_title_and_its_clauses_on_the_board(serve: Serve) -> None:
    visit = serve(*sorted(COOPERATIVE.glob("*.toml")))
    rule = visit("/?matter=solar-roof-march").page.one("section", class_="rule")
    assert rule.one("strong", class_="rule-name").text == "Change of the bylaws"
    assert "bylaws-change" not in rule.text
    assert ladder(rule)[0].text.startswith("If the finding “notice sent in time” is not made:")
    beside = [clauses(line) for line in ladder(rule)]
    assert [len(texts) for texts in beside] == [1, 1, 1, 0]
    assert beside[0][0].startswith("The secretary sends the text to every member")
    assert beside[1][0].startswith("The meeting is quorate if")
    assert beside[2][0].startswith("The change is carried by at least three quarters")
    assert rule.text.count("Three quarters of the votes cast, at a meeting") == 1


def ladder(rule: Element) -> list[Element]:
    """The lines of the ladder of a rule."""
    (found,) = rule.all("ol", class_="ladder")
    return [part for part in found.parts if isinstance(part, Element)]


def clauses(element: Element) -> list[str]:
    """The texts of the clauses in an element, without where they stand."""
    items = (item for found in element.all("ul", class_="clauses") for item in found.all("li"))
    return [next(item.all("p")).text for item in items if list(item.all("p", class_="source"))]
