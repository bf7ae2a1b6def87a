"""Names stand in the order in which people look for them."""

from pathlib import Path

import pytest

from nemcon.cli import run
from nemcon.views.alphabet import by_name

CLUB = """
[body]
name = "club"
title = "Club"

[matter]
name = "plan"
rule = "unanimity"
known = "2024-01-01"

[[position]]
members = ["benin"]
stance = "objection"
happened = "2024-01-01"
"""


def test_accents_and_capitals_do_not_part_names() -> None:
    names = ["Zimbabwe", "Åland", "Ørland", "Oman", "eSwatini", "Estonia", "Álava", "Albania"]
    assert sorted(names, key=by_name) == [
        *("Åland", "Álava", "Albania", "Estonia", "eSwatini", "Oman", "Ørland", "Zimbabwe")
    ]


def test_no_two_names_are_one() -> None:
    assert by_name("Åland") != by_name("Aland")


def test_a_roll_is_told_in_that_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    members = "".join(
        f'[[party]]\nname = "{name}"\ntitle = "{title}"\n'
        f'[[membership]]\nmember = "{name}"\nhappened = "2020"\n'
        for name, title in (("aland", "Åland"), ("benin", "Bénin"), ("belize", "Belize"))
    )
    (tmp_path / "c.toml").write_text(CLUB + members, "utf-8")
    assert run(["register", str(tmp_path / "c.toml")]) == 0
    out = capsys.readouterr().out
    assert out.index("Åland") < out.index("Belize") < out.index("Bénin")
