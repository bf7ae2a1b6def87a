"""What `nemcon power` and its neighbours refuse: each with the reason and what to do."""

from __future__ import annotations

import json
from pathlib import Path
from string import ascii_lowercase

import pytest

from tests.cli.conftest import Nemcon, golden

LADDER = """
[[outcome]]
when = {when}
is = "adopted"
favourable = true
[[outcome]]
is = "rejected"
"""
HALF = '{{ cmp = [{{ w = ["{0}", "yes"] }}, ">", {{ mul = ["1/2", {{ w = ["{0}", "all"] }}] }}] }}'
RULES = {
    "exactly-two": '{ cmp = [{ n = "yes" }, "=", 2] }',
    "weighted": HALF.format("votes"),
    "product": '{ cmp = [{ mul = [{ n = "yes" }, { n = { pos = ["yes", "no"] } }] }, ">=", 2] }',
    "bloc-of-many": HALF.format("votes"),
    "two-weights": f"{{ all = [{HALF.format('votes')}, {HALF.format('people')}] }}",
}
ROLLS = {
    "names": "member\na\nb\nc\n",
    "negative": "member,votes\na,5\nb,3\nc,-2\n",
    "words": "member,votes\na,5\nb,many\nc,2\n",
    "gap": "member,votes\na,5\nb,\nc,2\n",
    "twice": "member,votes\na,5\na,3\n",
    "empty": "member,votes\n",
    "many": "member,votes\n" + "".join(f"m{n},1\n" for n in range(10_000)),
    "wide": "member,votes,people\n"
    + "".join(f"m{n},{10**9 + n * 7919},{3 * 10**8 + n * n * 104729}\n" for n in range(60)),
    "huge": "member,votes\n" + "".join(f"m{n},{2**62 - n * 7919}\n" for n in range(60)),
    "blocs": "member,votes,land\n" + "".join(f"{n},{ord(n)},x\n" for n in ascii_lowercase),
    "near-62-bits": "member,votes\n" + "".join(f"m{n},{2**62 - n}\n" for n in range(6)),
}
ASKED = (
    "power exactly-two.toml --roll names.csv",
    "power weighted.toml --roll negative.csv",
    "power weighted.toml --roll names.csv",
    "power eu-qmv --roll names.csv",
    "power weighted.toml --roll words.csv",
    "power weighted.toml --roll gap.csv",
    "power weighted.toml --roll twice.csv",
    "power weighted.toml --roll empty.csv",
    "power weighted.toml --roll many.csv",
    "power two-weights.toml --roll wide.csv",
    "power weighted.toml --roll huge.csv",
    "power weighted.toml --roll huge.csv --index shapley",
    "power weighted.toml --roll huge.csv --index shapley --approximate",
    "power weighted.toml",
    "power us-senate-cloture",
    "power ca-b-forum --roll names.csv",
    "power ca-b-forum --roll names.csv --param activ=3",
    "power un-sc-1966 --abstain --index shapley",
    "power exactly-two.toml --roll names.csv --abstain",
    "power un-sg-selection",
    "power ioc-host-2013",
    "power nothing-such",
    "power us-electoral-college --on 2024-06-17",
    "power nato-consensus --on 1949-08-23",
    "power un-sc-1966 --on 9999-12-31",
    "power weighted.toml --roll missing.csv",
    "pivots weighted.toml --ballots ballots.json --roll names.csv",
    "pivots weighted.toml --ballots ballots.json --roll words.csv",
    "pivots bloc-of-many.toml --ballots ballots.json --roll blocs.csv",
    "pivots product.toml --ballots ballots.json --roll names.csv",
    "paths weighted.toml --ballots ballots.json --roll names.csv --assume *=0.5",
    "paths weighted.toml --ballots ballots.json --roll negative.csv",
    "paths weighted.toml --ballots ballots.json --roll negative.csv --assume *=1.5",
    "power weighted.toml --roll near-62-bits.csv",
)


@pytest.fixture
def bad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with rules and rolls of which something is wrong."""
    for name, when in RULES.items():
        text = f'id = "{name}"\ntitle = "{name}"\npositions = ["yes", "no"]\n'
        text += '[[normalise]]\nbloc = "land"\n' if name == "bloc-of-many" else ""
        (tmp_path / f"{name}.toml").write_text(text + LADDER.replace("{when}", when), "utf-8")
    for name, text in ROLLS.items():
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    groups = [{"pos": "yes", "voters": ["a"]}, {"pos": "no", "voters": ["b"]}]
    (tmp_path / "ballots.json").write_text(json.dumps({"ballots": groups}), "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("bad")
def test_each_fault_is_told_with_what_to_do(nemcon: Nemcon) -> None:
    """The last is no fault: sums past 64 bits stay exact."""
    told = []
    for line in ASKED:
        done = nemcon(*line.split())
        assert "Traceback" not in done.err
        told.append(f"$ nemcon {line}\n{done.out}{done.err}exit {done.code}\n")
        assert done.code in (1, 2) or "near-62" in line or line.startswith("pivots"), line
    golden("power-refused.txt", "\n".join(told))
