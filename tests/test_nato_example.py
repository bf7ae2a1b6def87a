"""The example of 2024: the tally of support, and the two reports in our own words."""

import re
from datetime import date

import pytest

from nemcon import library
from nemcon.entries import (
    Candidacy,
    Commitment,
    Decision,
    Matter,
    Membership,
    Objection,
    Party,
    Position,
    Source,
    Tally,
    Term,
    to_dict,
)
from nemcon.reading import Document, open_document
from nemcon.text import Loaded, read_toml
from nemcon.when import When

REPORTS = ("report-2024-06-20.txt", "report-2024-06-26.txt")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@pytest.fixture(scope="module")
def folder(root):
    return root / "examples" / "nato-2024"


@pytest.fixture(scope="module")
def chain(folder) -> Loaded:
    return read_toml((folder / "tally-chain.toml").read_text("utf-8"), "tally-chain.toml")


@pytest.fixture(scope="module")
def accessions() -> dict[str, date]:
    pack = read_toml(library.pack_text("nato"), "nato.toml")
    return {m.member: last(m.happened) for m in pack.entries if isinstance(m, Membership)}


def only(loaded, cls):
    return [entry for entry in loaded.entries if isinstance(entry, cls)]


def last(when: When | None) -> date:
    found = when.last_day() if when else None
    assert found is not None
    return found


def test_the_tally_loads_without_findings(chain):
    assert chain.findings == ()


def test_every_line_of_the_tally_has_a_source_and_a_citation(chain):
    sources = {source.name for source in only(chain, Source)}
    lines = [e for e in chain.entries if not isinstance(e, Source | Matter)]
    assert [to_dict(e) for e in lines if not e.cite or e.source not in sources] == []
    assert {e.source for e in lines} == sources


def test_every_line_of_the_tally_is_about_the_one_matter(chain):
    (matter,) = only(chain, Matter)
    assert {entry.matter for entry in chain.entries} == {matter.name} == {"sg-2024"}
    assert {entry.body for entry in chain.entries} == {"nato"}


def test_no_source_tells_what_had_not_happened(chain):
    dates = {source.name: last(source.date) for source in only(chain, Source)}
    for entry in chain.entries:
        whens = [entry.happened]
        if isinstance(entry, Term) and entry.modality != "planned":
            whens += [entry.start, entry.end]
        if isinstance(entry, Candidacy):
            whens += [entry.told, entry.public]
        for when in filter(None, whens):
            assert last(when) <= dates[entry.source], to_dict(entry)


def test_every_name_in_the_tally_is_known(chain, accessions):
    parties = {party.name for party in only(chain, Party)}
    assert parties == {"mark-rutte", "klaus-iohannis"}
    assert {party.of for party in only(chain, Party)} <= set(accessions)
    for position in only(chain, Position):
        assert set(position.members) - {"all"} <= set(accessions)
        assert set(position.excepted) <= set(accessions)
        assert position.candidate in parties
    assert {o.member for o in only(chain, Objection)} <= set(accessions)
    for entry in only(chain, Tally) + only(chain, Candidacy) + only(chain, Decision):
        assert entry.candidate in parties
    for pledge in only(chain, Commitment):
        assert {pledge.by, pledge.to} <= parties | set(accessions)


def test_each_count_is_of_the_members_of_its_day(chain, accessions):
    for tally in only(chain, Tally):
        on = last(tally.happened)
        assert tally.of == sum(joined <= on for joined in accessions.values())
        assert sum(count.number for count in tally.counts) <= tally.of


def test_how_support_grew(chain):
    grown = [
        (str(t.happened), t.bound, t.counts[0].number, t.of)
        for t in sorted(only(chain, Tally), key=lambda t: last(t.happened))
    ]
    assert grown == [
        ("2024-02-21", "at-least", 21, 31),
        ("2024-02-22", "about", 20, 31),
        ("2024-03-05", "about", 20, 31),
        ("2024-04-02", "exactly", 28, 32),
        ("2024-04-28", "exactly", 28, 32),
        ("2024-04-29", "exactly", 29, 32),
        ("2024-06-17", "exactly", 29, 32),
        ("2024-06-18", "exactly", 31, 32),
        ("2024-06-20", "exactly", 32, 32),
    ]


def test_who_had_not_backed_makes_up_the_rest_of_each_count(chain):
    """Named non-supporters plus supporters are the whole roll."""
    counts = {str(t.happened): t for t in only(chain, Tally) if t.bound == "exactly"}
    named = {str(p.happened): p for p in only(chain, Position) if p.negated}
    assert sorted(named) == ["2024-04-28", "2024-06-17", "2024-06-18"]
    for when, position in named.items():
        tally = counts[when]
        assert tally.counts[0].number + len(position.members) == tally.of


def test_the_two_reports_of_slovakia_are_both_kept(chain):
    moved = [
        (str(p.happened), p.source)
        for p in only(chain, Position)
        if p.members == ("slovakia",) and p.claim == "changes"
    ]
    assert sorted(moved) == [
        ("2024-06-17", "hans-india-2024-06-18"),
        ("2024-06-18", "kyiv-independent-2024-06-18"),
    ]


def test_each_report_carries_its_date_in_another_form(folder):
    first, second = ((folder / name).read_text("utf-8") for name in REPORTS)
    assert first.startswith(" date 2024-06-20 ")
    assert second.startswith('+++\ndate = "2024-06-26"\n')
    assert second.count("+++\n") == 2


@pytest.mark.parametrize(
    ("name", "publisher", "begins"),
    [(REPORTS[0], "", "On Thursday, June 20"), (REPORTS[1], "Nemcon example", "NATO said on")],
)
def test_each_report_opens_with_its_date(folder, name, publisher, begins):
    document = open_document((folder / name).read_bytes(), name)
    assert isinstance(document, Document)
    assert document.findings == ()
    assert f"report-{document.source.date}.txt" == name
    assert document.source.publisher == publisher
    assert document.text[document.start :].lstrip().startswith(begins)


@pytest.mark.parametrize("name", REPORTS)
def test_each_report_names_the_weekday_of_its_date(folder, name):
    text = (folder / name).read_text("utf-8")
    on = date.fromisoformat(name.removeprefix("report-").removesuffix(".txt"))
    assert [day for day in WEEKDAYS if day in text] == [WEEKDAYS[on.weekday()]]


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_of_ours_quotes_nobody(folder, name):
    prose = (folder / name).read_text("utf-8").rpartition("+++\n")[2]
    assert not re.search(r"[\"“”„«»]", prose)


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_of_ours_shares_no_five_words_with_the_seeds(folder, shared, name):
    theirs = set().union(*(runs(path.read_text("utf-8")) for path in (shared / "seeds").iterdir()))
    assert theirs
    assert runs((folder / name).read_text("utf-8")) & theirs == set()


def runs(text: str, length: int = 5) -> set[tuple[str, ...]]:
    words = re.findall(r"[^\W_]+", text.lower())
    return {tuple(words[n : n + length]) for n in range(len(words) - length + 1)}
