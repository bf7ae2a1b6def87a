"""The head of an answer says as of when it is known: whoever asks for that day gets the same."""

import json
from pathlib import Path

from tests.cli.conftest import FIRST, SECOND, Nemcon

# The Council's decision as the press told it, without the day on which the term begins, which only
# the pack of the body tells, and only from that day on.
DECISION = """
body = "nato"
[matter]
name = "sg-2024"
sort = "selection"
office = "secretary-general"
rule = "nato-secretary-general"
[[source]]
name = "wire"
date = "2024-06-26"
publisher = "Wire"
[[decision]]
result = "appointed"
candidate = "mark-rutte"
happened = "2024-06-26"
source = "wire"
"""


def asked(nemcon: Nemcon, *line: str) -> dict[str, object]:
    view: dict[str, object] = json.loads(nemcon("status", *line, "--json").out)
    return view


def test_what_the_pack_tells_of_later_days_was_not_known_before(desk: Path, nemcon: Nemcon) -> None:
    (desk / "d.toml").write_text(DECISION)
    plain = asked(nemcon, "d.toml")
    assert (plain["on"], plain["known"], plain["assumed"]) == ("2024-06-26", "2024-10-01", False)
    assert plain == asked(nemcon, "d.toml", "--known", "2024-10-01")
    then = asked(nemcon, "d.toml", "--known", "2024-06-26")
    assert isinstance(then["decision"], dict)
    assert then["decision"]["effective"] is None


def test_what_a_report_tells_ahead_was_known_when_it_was_told(desk: Path, nemcon: Nemcon) -> None:
    for files, day in (((FIRST,), "2024-06-20"), ((FIRST, SECOND), "2024-06-26")):
        plain = asked(nemcon, *files)
        assert plain["known"] == day
        assert plain == asked(nemcon, *files, "--known", day)
