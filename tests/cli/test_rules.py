"""`nemcon rules list` and `show`: the library, and a rule as sentences beside its clauses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nemcon.cli.app import run
from nemcon.library import procedure_ids

IDS = """
nato-consensus nato-silence nato-secretary-general osce-consensus wto-consensus un-sc-1946
un-sc-1966 un-sg-straw-poll un-ga-simple un-ga-two-thirds eu-qmv eu-qmv-reinforced eu-unanimity
eu-examination au-commission-chair iesg-ballot iesg-override w3c-ac-appeal iso-dis apache-release
debian-a6 pep13-council ca-b-forum ilo-director-general who-director-general fifa-president
fifa-host-2010 ioc-host-2013 coe-secretary-general de-federal-president de-bundesrat
ch-double-majority us-speaker us-electoral-college governor-for-only governor-for-abstain php-rfc
node-ctc eu-agency-seat-2017 wto-negative-consensus us-house-contingent imf-board-majority
imf-board-70 imf-board-85 eec-1958 eu-qmv-without-blocking-clause
"""
FIXED = IDS.split()


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(["rules", *arguments]) == 0
    return capsys.readouterr().out


def test_the_list_holds_every_procedure(capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(printed(capsys, "list", "--json"))
    assert {row["id"] for row in rows} == set(procedure_ids())
    assert set(FIXED) <= {row["id"] for row in rows}
    one = next(row for row in rows if row["id"] == "un-sc-1966")
    assert one["body"] == "un-security-council"
    assert one["in_force"] == [{"from": "1965-08-31", "to": None}]
    text = printed(capsys, "list")
    assert all(ident in text for ident in FIXED)


def test_a_rule_for_comparison_only_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, "show", "eu-qmv-without-blocking-clause")
    assert "For comparison only, in force nowhere" in text


def test_a_rule_is_shown_as_sentences_beside_its_clauses(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = printed(capsys, "show", "un-sc-1966")
    assert "“not adopted (votes)” if members with yes are fewer than 9" in text
    assert "otherwise “not adopted (veto)” if there is at least one member with no that is" in text
    assert "otherwise “adopted” (in favour)" in text
    assert "Charter of the United Nations, Article 27(3)" in text
    assert "[from memory]" in text
    assert "clause rests on memory" in text or "clauses rest on memory" in text


@pytest.mark.parametrize("ident", procedure_ids())
def test_every_rule_can_be_shown(capsys: pytest.CaptureFixture[str], ident: str) -> None:
    view = json.loads(printed(capsys, "show", ident, "--json"))
    assert view["id"] == ident
    assert view["parts"]
    assert all(part["sentences"] or part["clauses"] for part in view["parts"])


def test_every_primitive_has_words(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "rule.toml"
    file.write_text(
        """
id = "all"
title = "Every primitive"
positions = ["yes", "no", "abstain"]
[attributes]
class = []
votes = []
land = []
firm = []
[params.active]
about = "the number of active members"
[[normalise]]
default = "no"
[[normalise]]
where = { attr = ["class", "party"] }
to = "abstain"
[[normalise]]
drop = "absent"
[[normalise]]
bloc = "land"
[[normalise]]
one_per = "firm"
[[outcome]]
when = { any = [
  { cmp = [{ groups = { by = "land", where = { some = "yes" } } }, ">=", { param = "active" }] },
  { cmp = [{ square = { n = "yes" } }, ">", { max = [{ w = ["votes", "all"] }, 3] }] },
  { cmp = [{ fewest = ["votes", "all", ">", 3] }, "<=", { add = [1, { n = "no" }] }] },
  { if = { attested = "urgent" }, then = { none = "no" }, else = { not = { some = "yes" } } },
] }
is = "adopted"
favourable = true
binding_on = "yes"
effects = ["it is published"]
[[outcome]]
is = "rejected"
"""
    )
    text = printed(capsys, "show", str(file))
    for words in (
        "who is silent is taken for no",
        "members whose class is party are taken for abstain, whatever they cast",
        "members with absent are left out of every count",
        "members with the same land must be of one mind",
        "like votes of one firm count as one",
        "the number of groups of like land in which, of the group, there is at least one member",
        "the number of active members",
        "the square of members with yes is more than the greater of the sum of votes over all",
        "the least number of all members whose votes together is more than 3 is at most",
        "where the finding “urgent” is made",
        "there there is no member with no",
        "it binds members with yes",
        "then: it is published",
    ):
        assert words in text, words


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["show", "un-sc-1967"], "did you mean 'un-sc-1966'"),
        (["shwo", "un-sc-1966"], "did you mean 'nemcon rules show'"),
        (["show"], "name the rule"),
        (["decide", "un-sc-1966"], "--ballots is missing"),
    ],
)
def test_mistakes_are_told_with_a_way_out(
    capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert run(["rules", *arguments]) == 2
    assert message in capsys.readouterr().err


def test_a_result_without_votes_tells_what_was_needed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The conclave of 2025: 133 electors, so 89 votes; the tallies are secret."""
    ballots = tmp_path / "ballots.json"
    ballots.write_text(json.dumps({"winner": "Robert Prevost", "_": {"voters": 133}}))
    assert run(["rules", "decide", "conclave", "--ballots", str(ballots), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["outcome"] is None
    assert answer["declared"] == "Robert Prevost"
    assert any("89 of 133" in note for note in answer["notes"])
