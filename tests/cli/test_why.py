"""`why` names everything that the answer rests on."""

from pathlib import Path

from tests.cli.conftest import Nemcon
from tests.cli.test_words import HEAD, MEMBERS, coop, says

ALGEBRA = HEAD.partition("algebra = ")[2]


def because(nemcon: Nemcon, file: str, *more: str) -> list[str]:
    """The reasons of the motion, without their indents, ids and citations."""
    told = nemcon("why", file, *more).out.partition("Because\n")[2].partition("\n\n")[0]
    lines = (line.strip() for line in told.splitlines())
    return [line.rpartition("  (")[0] or line for line in lines if not line.startswith("source:")]


def with_rule(desk: Path, algebra: str, *entries: str) -> str:
    (desk / "c.toml").write_text(HEAD.replace(ALGEBRA, algebra + "\n") + "".join(entries))
    return "c.toml"


def test_what_is_told_of_later_days_and_opens_the_answer(desk: Path, nemcon: Nemcon) -> None:
    file = coop(desk, says("abcdef", "objection"), says("abcdef", "support", "2024-05-09"))
    lines = because(nemcon, file, "--on", "2024-05-04")
    at = lines.index("- what is told of later days may have been so already")
    assert lines[at + 1].endswith("supported the motion on 9 May 2024")
    assert "- what is told of later days" not in " ".join(because(nemcon, file))


def test_what_moved_the_roll(desk: Path, nemcon: Nemcon) -> None:
    left = (
        '[[membership]]\nmember = "h"\nchange = "withdrawal"\nhappened = "2024-05-04"\n'
        'known = "2024-05-04"\n'
    )
    file = coop(desk, says("abcdef", "support"), left)
    lines = because(nemcon, file, "--on", "2024-05-06")
    assert lines[lines.index("- the roll: 7 members") + 1] == "- Member H left Coop on 4 May 2024"
    assert because(nemcon, file, "--on", "2024-05-03")[-1] == "- the roll: 8 members"


def test_the_weights_and_what_the_rule_asks_of_them(desk: Path, nemcon: Nemcon) -> None:
    members = MEMBERS
    for name, weight in zip("abcdefgh", (20, 20, 24, 36, 0, 0, 0, 0), strict=True):
        old = f'member = "{name}"\n'
        members = members.replace(old, f"{old}attributes = {{ weight = {weight} }}\n")
    rule = """{ attributes = { weight = [] }, outcome = [
      { is = "adopted", favourable = true, when = { cmp = [
        { w = ["weight", "support"] }, ">=", { mul = ["65/100", { w = ["weight", "all"] }] } ] } },
      { is = "rejected" } ] }"""
    file = with_rule(desk, rule, members, says("abc", "support"), says("d", "objection"))
    lines = because(nemcon, file)
    assert "- weight: 64 of 100 support" in lines
    asked = "the sum of weight over members with support is at least 65 % of the sum of weight"
    assert any(line.startswith(f"- adopted: {asked}") for line in lines)


def test_who_objects_under_a_rule_of_no_objection(desk: Path, nemcon: Nemcon) -> None:
    rule = """{ outcome = [
      { is = "adopted", favourable = true, when = { none = "objection" } },
      { is = "blocked" } ] }"""
    nobody = says("abcdefgh", "objection", more="negated = true")
    file = with_rule(desk, rule, MEMBERS, nobody)
    assert because(nemcon, file)[0] == "- no member objects to it"
    file = with_rule(desk, rule, MEMBERS, nobody, says("c", "objection", "2024-05-04"))
    assert because(nemcon, file)[0] == "- Member C objects to it"
    file = with_rule(desk, rule, MEMBERS, says("ab", "support"))
    assert because(nemcon, file)[0].startswith("- Member C, ")
    assert because(nemcon, file)[0].endswith(" may object to it")


def test_the_steps_of_a_silence_procedure(desk: Path, nemcon: Nemcon) -> None:
    broken = '[[silence]]\nchange = "broken"\nby = "c"\nhappened = "2024-05-04"\n'
    lines = because(nemcon, coop(desk, says("ab", "support"), broken))
    assert "- Silence procedure: broken by Member C on 4 May 2024" in lines
