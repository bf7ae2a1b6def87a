"""`nemcon whatif`: the present answer and others beside it; nothing is stored."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import CHAIN, FIRST, SECOND, Nemcon, golden

ASKED = (FIRST, SECOND, CHAIN, "--on", "2024-06-18")
RUTTE = "mark-rutte"


def supposed(nemcon: Nemcon, *changes: str, asked: tuple[str, ...] = ASKED) -> dict[str, Any]:
    """The view as JSON."""
    done = nemcon("whatif", *asked, *(w for each in changes for w in ("--if", each)), "--json")
    assert done.code == 0, done.err
    view: dict[str, Any] = json.loads(done.out)
    return view


@pytest.mark.usefixtures("desk")
class TestTheModelCase:
    def test_the_last_member_makes_it_met(self, nemcon: Nemcon) -> None:
        view = supposed(nemcon, "romania=support")
        (one,) = view["scenarios"]
        assert (view["present"]["verdict"], one["verdict"]) == ("not met", "met")
        assert one["stage"] == {"certain": "consensus", "possible": ["consensus"]}
        assert one["turned"] == [
            {
                "comparison": "members with support are exactly all members",
                "candidate": RUTTE,
                "before": "no",
                "after": "yes",
            }
        ]
        changes = {(c["what"], c.get("candidate")): c for c in one["changes"]}
        assert changes["against", RUTTE]["before"] == ["romania"]
        assert changes["support", RUTTE]["after"]["least"] == 32
        assert view["stored"] is False

    def test_one_member_more_takes_the_agreement_away(self, nemcon: Nemcon) -> None:
        view = supposed(
            nemcon,
            "join=ukraine",
            "romania=support,join=ukraine",
            "romania=support,join=ukraine,ukraine=support",
            "leave=romania",
        )
        assert [one["verdict"] for one in view["scenarios"]] == [
            "not met",
            "cannot tell",
            "met",
            "met",
        ]

    def test_another_rule_and_another_day(self, nemcon: Nemcon) -> None:
        view = supposed(nemcon, "rule=nato-consensus", "on=2024-06-20", "count:intent=yes")
        assert [one["verdict"] for one in view["scenarios"]] == ["cannot tell", "met", "not met"]
        assert view["scenarios"][0]["rule"] == "nato-consensus"
        assert view["scenarios"][1]["on"] == "2024-06-20"
        assert view["scenarios"][2]["counting"] == {"intent": True, "record": "reported"}

    def test_a_declared_decision_stays(self, nemcon: Nemcon) -> None:
        asked = (FIRST, SECOND)
        view = supposed(nemcon, "hungary=objection", asked=asked)
        (one,) = view["scenarios"]
        assert (view["present"]["verdict"], one["verdict"]) == ("met", "not met")
        assert one["stage"]["certain"] == "decided"

    def test_names_are_those_that_people_write(self, nemcon: Nemcon) -> None:
        view = supposed(nemcon, "Türkiye=objection:Mark Rutte")
        assert view["scenarios"][0]["words"] == "Türkiye: objection to Mark Rutte"

    def test_as_text(self, nemcon: Nemcon) -> None:
        changes = ("romania=support", "join=ukraine", "rule=nato-consensus")
        done = nemcon("whatif", *ASKED, *(w for each in changes for w in ("--if", each)))
        assert done.code == 0
        golden("whatif-chain.txt", done.out)

    def test_nothing_is_stored(self, nemcon: Nemcon, desk: Path) -> None:
        before = {path: path.read_bytes() for path in desk.iterdir()}
        supposed(nemcon, "romania=support")
        assert {path: path.read_bytes() for path in desk.iterdir()} == before


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("hungry=support", "'hungry' is no member on 2024-06-18; did you mean 'hungary'?"),
        ("hungary=suport", "no stance under the rule 'nato-secretary-general'; did you mean 'supp"),
        ("hungary=support:mark-rute", "'mark-rute' is no candidate here; did you mean 'mark-r"),
        ("ukraine=support", "'ukraine' is no member on 2024-06-18"),
        ("join=hungary", "'hungary' is a member on 2024-06-18 already"),
        ("join=hungray", "nobody is called 'hungray' here; did you mean 'hungary'?"),
        ("leave=ukraine", "'ukraine' is no member on 2024-06-18"),
        ("rule=nato-concensus", "the library has no rule 'nato-concensus'; did you mean 'nato-con"),
        ("count:intend=yes", "no convention is called 'intend'"),
        ("on=2024-06", "this is more than one day"),
        ("on=yesterday", "on=yesterday:"),
        ("hungary", "'hungary' supposes nothing; write MEMBER=STANCE"),
        ("", "nothing is supposed"),
        ("hungary=support,hungary=none", "comes second"),
        ("leave=hungary,hungary=support", "leaves in this scenario"),
    ],
)
def test_what_cannot_be_supposed_is_told(nemcon: Nemcon, change: str, told: str) -> None:
    done = nemcon("whatif", FIRST, "--on", "2024-06-18", "--if", change)
    assert (done.code, done.out) == (2, "")
    assert told in done.err


@pytest.mark.usefixtures("desk")
def test_who_joins_and_is_unknown_is_told_and_named_as_written(nemcon: Nemcon) -> None:
    done = nemcon("whatif", FIRST, "--on", "2024-06-18", "--if", "join=Atlantis,atlantis=none")
    assert done.code == 0
    assert "1. Atlantis: none; Atlantis is a member" in done.out
    assert "atlantis" not in done.out.replace("atlantis=", "")
    note = (
        "note: no party is declared under the id 'Atlantis'; it is supposed as a member of which "
    )
    assert note + "nothing more is known" in done.out
    misspelt = nemcon("whatif", FIRST, "--on", "2024-06-18", "--if", "join=hungarians")
    assert "(the nearest name here is 'hungary')" in misspelt.out
    ours = nemcon("whatif", FIRST, "--on", "2024-06-18", "--if", "romania=none")
    assert "no party is declared" not in ours.out


@pytest.mark.usefixtures("desk")
def test_without_a_supposition_there_is_nothing_to_ask(nemcon: Nemcon) -> None:
    done = nemcon("whatif", FIRST)
    assert done.code == 2
    assert "--if is missing" in done.err


# The other examples, with each kind of supposition side by side

WTO = ("wto-dg-2020/report-2020-10-28.txt", "wto-dg-2020/selection.toml", "--on", "2020-10-28")
MILL = tuple(f"cooperative/{n}.toml" for n in ("cooperative", "minutes-march", "minutes-may"))
NGOZI = "ngozi-okonjo-iweala"


@pytest.mark.parametrize(
    ("asked", "verdicts"),
    [
        (
            WTO,
            {
                f"united-states=support:{NGOZI}": "met",
                f"united-states=objection:{NGOZI}": "not met",
                "leave=united-states": "met",
                "join=new-member": "not met",
                "count:record=complete": "not met",
                f"leave=united-states,china=objection:{NGOZI}": "not met",
            },
        ),
        (
            (*MILL, "--matter", "solar-roof-march"),
            {
                "member-12=yes": "met",
                "member-12=yes,member-13=no": "met",
                "member-16=yes": "met",
                "member-01=no": "not met",
                "leave=member-12": "met",
                "join=new-member:votes=1": "not met",
                "rule=cooperative-model-resolution": "met",
            },
        ),
        (
            ("un-sg-2016/polls.toml", "un-sg-2016/selection.toml", "--matter", "sg-2016"),
            {
                "china=objection:antonio-guterres": "not met",
                "japan=objection:antonio-guterres": "met",
                "china=abstention:antonio-guterres": "met",
                "on=2016-09-01": "cannot tell",
            },
        ),
    ],
    ids=["wto", "cooperative", "un"],
)
def test_every_kind_of_supposition_side_by_side(
    nemcon: Nemcon,
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    asked: tuple[str, ...],
    verdicts: dict[str, str],
) -> None:
    monkeypatch.chdir(root / "examples")
    view = supposed(nemcon, *verdicts, asked=asked)
    assert {s["if"]: s["verdict"] for s in view["scenarios"]} == verdicts


def test_who_meets_the_rule_is_shown_before_who_has_most_support(
    nemcon: Nemcon, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root / "examples")
    done = nemcon("whatif", *WTO, "--if", "leave=united-states")
    (line,) = [line for line in done.out.splitlines() if line.startswith("1. ") and " met " in line]
    assert "Ngozi Okonjo-Iweala supported by 0 to 163 of 163 members" in line
