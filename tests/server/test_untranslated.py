"""Every page and view in a language that nobody speaks: no English word stays that is not content.

What stands in brackets is a message that was translated; within it only content has letters without
accents. So a word that was forgotten is found wherever it stands, even inside a sentence.
"""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

from nemcon.load import load
from nemcon.text import write_toml
from tests.server.browser import ROOT, serving
from tests.server.conftest import NOW
from tests.server.english import content_words, english, outside, texts_of
from tests.server.greek import greek
from tests.server.walking import NOT_OURS, all_left, fetched, left, of_rules

pytestmark = pytest.mark.usefixtures("spoken")
EXAMPLES = ROOT / "examples"
NATO = tuple(EXAMPLES / "nato-2024" / f"report-2024-06-{day}.txt" for day in (20, 26))
COOPERATIVE = tuple(sorted((EXAMPLES / "cooperative").glob("*.toml")))
VOTES = EXAMPLES / "un-ga-74" / "roll-calls.csv"

ASKED = (
    *(
        "sideways",
        "none",
        "nobody",
        "soon",
        "many",
        "record",
        "stale",
        "tolerance",
        "recorded",
        "with",
        "from",
    ),
    *("support", "objection", "reserve", "rigas", "gamma", "join", "leave", "rule", "count"),
    "date",
)
"""What an address says wrongly is quoted, and what it has to say is written so in any language."""

GREEK = (
    "", "?matter=epilogi&on=2024-03-05", "?matter=epilogi&on=2024-03-12&intent=yes",
    "?matter=epilogi&on=2024-03-05&since=2024-02-21&stale=1&compare=yes&record=complete",
    "?matter=epilogi&on=2024-08-01&known=2024-03-20",
    "?matter=epilogi&on=2024-03-01&known=1999-01-01",
    "?matter=allo", "?matter=none", "?on=soon", "?on=2024&matter=epilogi", "?stale=many",
    "?record=sideways", "?tolerance=soon", "?recorded=2024-01-01",
    "member/alpha/?matter=epilogi&on=2024-03-05", "member/nobody/?matter=epilogi",
    *(f"member/gamma/?matter=epilogi&on=2024-03-05&if={each}" for each in (
        "gamma%3Dsupport%3Arigas", "leave%3Dalpha", "join%3Dxy", "hm", "gamma%3Dhm",
        "nobody%3Dsupport", "on%3Dsoon", "rule%3Dnone", "count%3Arecord%3Dsideways",
    )),
    "timeline/?matter=epilogi", "timeline/?matter=epilogi&from=2024-02-15&to=2024-03-15",
    "timeline/?matter=epilogi&from=soon", "timeline/chart.svg?matter=epilogi",
    "roll-calls/", "roll-calls/?with=nobody", "none/",
)  # fmt: skip

RULES = (
    *("nato-secretary-general", "eu-qmv", "un-sc-1966", "un-ga-simple"),
    *("apache-code", "conclave", "de-mitbestg-31"),
)
NATO_PAGES = (
    "", "?on=2024-06-18", "?on=2024-06-25&since=2024-06-20&compare=yes&stale=30",
    "?known=2024-06-20", "member/romania/", "member/romania/?if=romania%3Dobjection",
    "timeline/", "timeline/chart.svg", "roll-calls/", "rules/",
)  # fmt: skip


def test_a_record_in_greek(tmp_path: Path) -> None:
    path = tmp_path / "enosi.toml"
    path.write_text(write_toml(greek()), "utf-8")
    content = content_words(greek(), [NOT_OURS, ASKED])
    with serving(path) as address:
        found = all_left(address, GREEK, content)
    assert found == []


def test_the_reports_about_nato() -> None:
    own = load(list(map(str, NATO)), NOW).state(proposed=True).entries
    rule = ["nato-secretary-general"]
    content = content_words(own, [NOT_OURS, ASKED, *of_rules(rule)])
    with serving(*NATO) as address:
        found = all_left(address, NATO_PAGES, content)
    assert found == []


def test_the_pages_of_rules_and_power() -> None:
    """Each with the words of its own data; whatever is in no message is marked as English."""
    own = load(list(map(str, COOPERATIVE)), NOW).state().entries
    with serving(*COOPERATIVE) as address:
        found = []
        for name in RULES:
            content = content_words(own, [NOT_OURS, *of_rules([name])])
            found += left(urljoin(address, f"eo/rules/{name}/"), content)
            found += left(urljoin(address, f"eo/rules/{name}/power.svg"), content)
    assert found == []


def test_many_roll_calls() -> None:
    names = VOTES.read_text("utf-8")
    rules = ["un-ga-important-question", "un-ga-simple"]
    usual = ["roberts-majority", "roberts-two-thirds", "wto-consensus"]
    content = content_words((), [NOT_OURS, names, VOTES.name, *of_rules([*rules, *usual])])
    with serving(VOTES) as address:
        _, start = fetched(urljoin(address, "eo/roll-calls/"))
        pictures = [unescape(each) for each in re.findall(r'href="([^"]+\.svg[^"]*)"', start)]
        rule = "&".join(f"rule={each}" for each in rules)
        pages = ["/eo/", "/eo/roll-calls/", f"/eo/roll-calls/?{rule}", *pictures[:4]]
        found = [one for page in pages for one in left(urljoin(address, page), content)]
    assert found == []


def test_a_record_that_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "enosi.toml"
    path.write_text(write_toml(greek()), "utf-8")
    with serving(path) as address:
        path.unlink()
        place = [str(path), path.as_uri()]
        found = left(urljoin(address, "eo/"), content_words((), [NOT_OURS, place]))
    assert found == []


def test_what_is_found_wrong_of_an_odd_file(tmp_path: Path) -> None:
    """Findings of reading and of the checks, with quoted values and hints."""
    path = tmp_path / "odd.toml"
    more = """
[[tally]]
matter = "epilogi"
candidate = "rigas"
happened = "2024-03-04"
counts = { support = 29, objection = 3 }
of = 3

[[position]]
matter = "epilogi"
members = ["alfa"]
stance = "φίλος"
candidate = "rigas"
happened = "2024-03-04"

[[term]]
office = "proedros"
holder = "rigas"
start = "2025-01-01"
end = "2024-01-01"

[[decision]]
matter = "epilogi"
result = "appointed"
candidate = "rigas"
happened = "2024-03-01"
announced = "2024-02-01"
organ = "symvoulion"
"""
    path.write_text(write_toml(greek()) + more, "utf-8")
    own = [*load([str(path)], NOW).state(proposed=True).entries]
    fields = ("counts", "stance", "members", "end", "announced", "organ", "membership", "reason")
    stances = ("abstention", "no-objection", "recusal", "hesitation")
    content = content_words(own, [NOT_OURS, ASKED, fields, stances])
    with serving(path) as address:
        kind, page = fetched(urljoin(address, "eo/?matter=epilogi&on=2024-03-20"))
        found = left(urljoin(address, "eo/?matter=epilogi&on=2024-03-20"), content)
    assert kind == "text/html"
    assert page.count('<li class="error">') + page.count('<li class="warning">') > 5
    assert found == []


def test_a_word_that_was_forgotten_is_found() -> None:
    content = frozenset({"rutte"})
    page = (
        '<html lang="eo"><p title="How">⟦Rutte šúppórtš⟧ Rutte</p><p lang="en">left out</p>'
        "<p>⟦thé mémbér whó came⟧</p><script>let it = be</script><p>not marked</p></html>"
    )
    assert [english(text, content) for text in texts_of(page, "eo")] == [
        ["How"], [], ["came"], ["not", "marked"],
    ]  # fmt: skip
    assert outside("⟦á ⟦b⟧⟧ rest") == " rest"
    assert urlsplit(urljoin("http://a/?x", "eo/?y")).path == "/eo/"
