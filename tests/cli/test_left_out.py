"""Entries with an error are left out, and what they could have said leaves the verdict open."""

from pathlib import Path

import pytest

from tests.cli.conftest import Nemcon

BODY = """
[body]
name = "trio"
title = "Trio"
[[organ]]
name = "board"
title = "Board"
[[rule]]
name = "all"
organ = "board"
procedure = "nato-consensus"
[[matter]]
name = "plan"
organ = "board"
rule = "all"
[[matter]]
name = "roof"
organ = "board"
rule = "all"
[[membership]]
member = "a"
happened = "2020-01-01"
[[membership]]
member = "b"
happened = "2020-01-01"
[[position]]
matter = "plan"
members = "all"
happened = "2025-05-01"
"""


@pytest.mark.parametrize(
    ("wrong", "verdict"),
    [
        ("", "met"),
        ('[[objection]]\nmatter = "plan"\nmember = "b"\nhappened = "3 May 2025"\n', "cannot tell"),
        ('[[objecton]]\nmatter = "plan"\nmember = "b"\nhappened = "2025-05-03"\n', "cannot tell"),
        ('[[membership]]\nmember = "c"\nchange = "joined"\n', "cannot tell"),
        ('[[correction]]\ncorrects = "position-1"\nreplaced = "x"\n', "cannot tell"),
        ('[[objection]]\nmatter = "roof"\nmember = "b"\nhappened = "3 May 2025"\n', "met"),
        ('[[remark]]\nmatter = "plan"\nhappened = "3 May 2025"\n', "met"),
    ],
    ids=["none", "date", "kind", "membership", "correction", "another matter", "a remark"],
)
def test_what_an_entry_with_an_error_could_have_said(
    tmp_path: Path, nemcon: Nemcon, wrong: str, verdict: str
) -> None:
    file = tmp_path / "trio.toml"
    file.write_text(BODY + wrong, "utf-8")
    done = nemcon("status", str(file), "--matter", "plan", "--on", "2025-06-01")
    assert f"Verdict: {verdict}\n" in done.out
    told = "could say anything; the verdict is 'cannot tell' until that is put right" in done.out
    assert told is (verdict == "cannot tell")
    assert done.code == (1 if wrong else 0)


def test_a_file_that_cannot_be_read_beside_one_that_can(tmp_path: Path, nemcon: Nemcon) -> None:
    (tmp_path / "trio.toml").write_text(BODY, "utf-8")
    (tmp_path / "more.toml").write_text("[[objection]\nmatter = 1\n", "utf-8")
    done = nemcon("status", str(tmp_path), "--matter", "plan", "--on", "2025-06-01")
    assert "Verdict: cannot tell\n" in done.out
    assert "[bad-toml]" in done.out
