"""What if, on a member's page: beside the present answer, without JavaScript, nothing stored."""

from urllib.parse import parse_qs, urlsplit

from tests.server.conftest import CHAIN, FIRST, SECOND, Serve, Visit


def test_a_member_page_offers_what_can_be_supposed(both: Visit) -> None:
    page = both("/member/hungary/?on=2024-06-26").page
    links = [
        a.attributes["href"] for a in page.all("a") if "if=" in (a.attributes.get("href") or "")
    ]
    asked = [parse_qs(urlsplit(link or "").query)["if"] for link in links]
    assert ["hungary=support:mark-rutte"] in asked
    assert ["hungary=objection"] in asked
    assert ["leave=hungary"] in asked
    assert "what-if" not in [e.attributes.get("id") for e in page.all("section")]


def test_the_answer_stands_beside_the_present(serve: Serve) -> None:
    visit = serve(FIRST, SECOND, CHAIN)
    found = visit("/member/romania/?on=2024-06-18&if=romania%3Dsupport")
    assert found.status == 200
    (section,) = (e for e in found.page.all("section") if e.attributes.get("id") == "what-if")
    text = " ".join(section.text.split())
    assert "As it is: Not met Romania: support for Mark Rutte: Met" in text
    assert "Mark Rutte, support: 31 of 32 → 32 of 32" in text
    assert "nothing of this is stored" in text
    again = visit("/member/romania/?on=2024-06-18").page
    assert "what-if" not in [e.attributes.get("id") for e in again.all("section")]


def test_what_cannot_be_supposed_is_told(both: Visit) -> None:
    for wrong in ("hungary%3Dsuport", "hungry%3Dsupport", "x" * 400, "rule%3D%2Fetc%2Fpasswd"):
        found = both(f"/member/hungary/?on=2024-06-26&if={wrong}")
        assert found.status == 400
    assert "did you mean" in both("/member/hungary/?if=hungary%3Dsuport").html
