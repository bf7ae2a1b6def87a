"""Rules of the packaged library, read as the program reads them.

What counts rounds and choices is imported where it is called, so that a test may put other modules
in its place.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from nemcon import library
from nemcon.rules.counted import Counted
from nemcon.rules.place import Place
from nemcon.rules.procedure import Procedure, read_procedure
from nemcon.when import When

if TYPE_CHECKING:
    from nemcon.rules.choose import Choose
    from nemcon.rules.rounds import Rounds

IN_ROUNDS = (
    *("au-commission-chair", "coe-secretary-general", "conclave", "de-federal-president"),
    *("eu-agency-seat-2017", "fifa-host-2010", "fifa-president", "ilo-director-general"),
    *("ioc-host-2013", "un-ga-election", "us-speaker", "who-director-general"),
)
IN_ONE_COUNT = ("debian-a6", "pep13-council", "us-electoral-college")


@cache
def procedure(name: str) -> Procedure:
    """A procedure of the library."""
    return read_procedure(tomllib.loads(library.procedure_text(name)), name)


def rounds(name: str) -> "Rounds":
    """The rounds of a procedure of the library."""
    from nemcon.rules.rounds import read_rounds

    return read_rounds(procedure(name).rounds, Place(name) / "rounds")


def choose(name: str) -> "Choose":
    """The choice of a procedure of the library."""
    from nemcon.rules.choose import read_choose

    return read_choose(procedure(name).choose, Place(name) / "choose")


def held(name: str, *ballots: Any, **beside: Any) -> Counted:
    """What these ballots give under a procedure of rounds; `params` are those of the question."""
    from nemcon.rules.rounds import decide_rounds

    params = beside.pop("params", None)
    return decide_rounds(rounds(name), {"rounds": list(ballots), **beside}, params)


def chosen(name: str, ballots: dict[str, Any], on: str = "", **params: Any) -> Counted:
    """What the ballots give under a procedure of choice."""
    from nemcon.rules.choose import decide_choice

    return decide_choice(choose(name), ballots, params, When.parse(on) if on else None)


def rule(text: str) -> "Rounds":
    """Rounds from the text of a `[rounds]` table, whose phases are `[[phase]]`."""
    from nemcon.rules.rounds import read_rounds

    return read_rounds(tomllib.loads(text), Place("ours") / "rounds")


def choice(text: str) -> "Choose":
    """A choice from the text of a `[choose]` table."""
    from nemcon.rules.choose import read_choose

    return read_choose(tomllib.loads(text), Place("ours") / "choose")


def codes(counted: Counted) -> list[str]:
    """The codes of the findings."""
    return [finding.code for finding in counted.findings]


def rounds_of(rounds: "Rounds", ballots: Mapping[str, Any], *rest: Any, **named: Any) -> Counted:
    """As `decide_rounds`."""
    from nemcon.rules.rounds import decide_rounds

    return decide_rounds(rounds, ballots, *rest, **named)


def choice_of(choose: "Choose", ballots: dict[str, Any], params: dict[str, Any]) -> Counted:
    """As `decide_choice`."""
    from nemcon.rules.choose import decide_choice

    return decide_choice(choose, ballots, params)
