"""What the user names becomes entries: kinds of files, packs, dates that are meant."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nemcon.access.packs import missing_packs, pack, packs_named_in, procedure
from nemcon.entries import Body, Party, Position, to_dict
from nemcon.load import Asked, LoadError, load
from nemcon.text import write_json, write_json_lines, write_toml

NOW = datetime(2025, 3, 4, 23, 30, tzinfo=UTC)
BACKS = Position(body="nato", matter="sg-2024", members=("romania",), candidate="mark-rutte")
REPORT = " date 2024-06-20 All 32 members of NATO now back Mark Rutte to be its secretary general."

Named = Callable[..., Asked]


@pytest.fixture
def named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Named:
    """Write files of a test and load them: `named({"a.toml": "…"})`."""
    monkeypatch.chdir(tmp_path)

    def loaded(files: dict[str, str], *names: str, body: str = "") -> Asked:
        for name, text in files.items():
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_text(text, "utf-8")
        return load(names or tuple(files), NOW, body=body)

    return loaded


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.toml", write_toml([BACKS])),
        ("a.TOML", write_toml([BACKS])),
        ("a.json", write_json([BACKS])),
        ("a.jsonl", write_json_lines([BACKS])),
        ("entries", write_toml([BACKS])),
        ("entries.conf", write_json([BACKS])),
        ("one", json.dumps(to_dict(BACKS))),
        ("bom.toml", "\ufeff" + write_toml([BACKS])),
    ],
)
def test_a_file_is_known_by_its_name_or_its_content(named: Named, name: str, text: str) -> None:
    found = named({name: text})
    assert [item.entry for item in found.items] == [BACKS]
    assert found.findings == ()
    assert found.places[BACKS.id].file == name


@pytest.mark.parametrize("name", ["report.txt", "report", "report.md", "report.html"])
def test_any_dated_text_is_a_report(named: Named, name: str) -> None:
    found = named({name: REPORT})
    assert found.reading is not None
    assert [source.date.text for source in found.reading.sources] == ["2024-06-20"]
    assert found.texts == {found.reading.sources[0].name: REPORT}


def test_the_pack_of_the_body_that_entries_name_is_added(named: Named) -> None:
    found = named({"a.toml": write_toml([BACKS])})
    assert found.packs == ("nato",)
    assert len(found.packed) == len(pack("nato").entries) > 60
    assert found.state().body == next(e for e in pack("nato").entries if isinstance(e, Body))


def test_a_pack_among_the_files_goes_before_the_built_in_one(named: Named) -> None:
    own = Body(body="nato", name="nato", title="Our NATO", aliases=("NATO",))
    found = named({"pack.toml": write_toml([own]), "a.toml": write_toml([BACKS])})
    assert (found.packs, found.packed) == ((), ())
    assert found.state().body == own
    assert named({"pack.toml": write_toml([own]), "report.txt": REPORT}).packs == ()


def test_reports_tell_their_body(named: Named) -> None:
    found = named({"report.txt": REPORT})
    assert found.reading is not None
    assert (found.reading.body, found.packs) == ("nato", ("nato",))


def test_the_body_of_reports_can_be_given(named: Named) -> None:
    text = REPORT.replace("NATO", "the club")
    found = named({"report.txt": text}, body="nato")
    assert found.reading is not None
    assert (found.reading.body, found.packs) == ("nato", ("nato",))


def test_proposals_of_reports_count_when_they_are_asked_directly(named: Named) -> None:
    found = named({"report.txt": REPORT})
    assert found.reading is not None
    state = found.state()
    assert {p.id for p in found.reading.proposals} <= {entry.id for entry in state.entries}
    assert state.proposed == len(found.reading.proposals) > 0


def test_an_entry_in_two_files_is_one(named: Named) -> None:
    found = named({"b.toml": write_toml([BACKS]), "a.json": write_json([BACKS])})
    assert [item.entry for item in found.items] == [BACKS]
    assert found.places[BACKS.id].file == "a.json"


def test_a_folder_stands_for_its_files(named: Named) -> None:
    found = named(
        {
            "case/deep/a.toml": write_toml([BACKS]),
            "case/README.txt": "about this folder",
            "case/LICENSE.txt": "free",
            "case/.git/config.toml": "[core",
            "case/.b.toml": "[broken",
            "case/notes.md": "notes",
        },
        "case",
    )
    assert [item.entry for item in found.items] == [BACKS]
    assert [finding.code for finding in found.findings] == ["passed-over"]


def test_an_empty_folder_is_told(named: Named, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(LoadError, match="empty: no file of entries or dated report"):
        named({}, "empty")


@pytest.mark.parametrize("name", ["", "a\0b", "no/such", "a.toml/x"])
def test_a_path_that_cannot_be_read_is_told(named: Named, name: str) -> None:
    named({"a.toml": write_toml([BACKS])})
    with pytest.raises(LoadError):
        named({}, name)


# The date that is meant where none is given


def test_the_latest_source_dates_the_question(named: Named) -> None:
    sources = (
        '[[source]]\nname = "a"\ndate = "2024-06-20"\n[[source]]\nname = "b"\ndate = "2024-05"\n'
    )
    assert str(named({"a.toml": sources}).on) == "2024-06-20"
    assert (
        str(named({"a.toml": sources, "report.txt": REPORT.replace("20", "21")}).on) == "2124-06-21"
    )


def test_without_a_source_the_latest_known_fact_does(named: Named) -> None:
    text = (
        '[[position]]\nmembers = "a"\nhappened = "2024-02"\n'
        '[[term]]\noffice = "chair"\nholder = "a"\nstart = "2030-01-01"\nmodality = "planned"\n'
    )
    assert str(named({"a.toml": text}).on) == "2024-02-29"


def test_without_any_date_it_is_today(named: Named) -> None:
    assert str(named({"a.toml": write_toml([Party(name="a", title="A")])}).on) == "2025-03-04"


def test_a_record_is_asked_now_in_the_zone_of_its_body(named: Named, tmp_path: Path) -> None:
    from nemcon.access.stored import item_of
    from nemcon.record.sqlite import SqliteLog

    with SqliteLog.create(tmp_path / "r.nemcon") as log, log.writing() as writer:
        writer.append(
            [item_of(BACKS), item_of(Party(body="nato", name="x", title="X"), proposed=True)]
        )
    found = named({}, "r.nemcon")
    assert (found.live, found.packs, str(found.on)) == (
        True,
        ("nato",),
        "2025-03-05T00:30:00+01:00",
    )
    assert [item.proposed for item in found.items] == [False, True]
    assert found.state().proposed == 1
    assert str(found.places[BACKS.id]) == "r.nemcon (entry 1)"


# Packs


def test_only_a_pack_that_a_text_names_may_be_meant() -> None:
    assert packs_named_in(["The North Atlantic Alliance met."]) == ["nato"]
    assert "nato" in packs_named_in(["Nobody named any body."])


def test_a_body_that_is_declared_needs_no_pack() -> None:
    own = Body(name="nato", title="NATO")
    assert missing_packs([BACKS]) == ["nato"]
    assert missing_packs([BACKS, own]) == []
    assert missing_packs([], ["nato", "atlantis"]) == ["nato"]


def test_procedures_are_found_by_their_ids() -> None:
    found = procedure("nato-consensus")
    assert found is not None
    assert found.id == "nato-consensus"
    assert procedure("no-such-rule") is None
