"""Choosing one or several out of options in one count: the rule, and its decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args

from nemcon.rules.condorcet import (
    Condorcet,
    Dated,
    Quorum,
    decide_condorcet,
)
from nemcon.rules.counted import Counted, unreadable
from nemcon.rules.counts import Counts, CountsError, Method, decide_counts
from nemcon.rules.names import as_number, listed, nearest, shown
from nemcon.rules.place import Place
from nemcon.rules.ranked import RankingError
from nemcon.rules.seats import Limit
from nemcon.rules.ties import NOT_SAID, read_ties, said
from nemcon.saying import say
from nemcon.when import When, WhenError

__all__ = ["Choose", "decide_choice", "read_choose"]

CONDORCET = "condorcet-schwartz"
METHODS = (*get_args(Method), CONDORCET)
BOTH = ("method", "seats", "tie")
OF_COUNTS = ("limit", "of", "share", "strict", "advance")
OF_RANKED = ("default_option", "quorum", "supermajority", "strict")


@dataclass(frozen=True, slots=True)
class Choose:
    """A rule that chooses out of options: one that counts votes, or one that compares rankings."""

    rule: Counts | Condorcet

    @property
    def method(self) -> str:
        """The name of the method."""
        return self.rule.method if isinstance(self.rule, Counts) else CONDORCET


def read_choose(data: Any, place: Place) -> Choose:
    """Read `[choose]`. Raises `RuleError` with the place."""
    table = place.table(data, say('[choose] with method = "approval" and seats = 5'))
    method = (place / "method").text(table.get("method"), listed([f'"{each}"' for each in METHODS]))
    if method not in METHODS:
        near = nearest(method, METHODS)
        hint = (
            say("did you mean '{near}'?", near=near)
            if near
            else say("write {methods}", methods=listed(METHODS))
        )
        raise (place / "method").error(
            say("no method is called {method}; {hint}", method=shown(method), hint=hint)
        )
    ranked = method == CONDORCET
    place.known_keys(table, (*BOTH, *(OF_RANKED if ranked else OF_COUNTS)))
    seats = (place / "seats").count(table.get("seats", 1), 1)
    ties = read_ties(table["tie"], place / "tie").first if "tie" in table else NOT_SAID.first
    if not ranked:
        return Choose(_counts(table, method, seats, ties, place))
    if seats > 1:
        raise (place / "seats").error(
            say("{condorcet} fills one seat; leave this out", condorcet=CONDORCET)
        )
    default = (place / "default_option").text(table.get("default_option", "last"), '"last"')
    return Choose(
        Condorcet(
            ties,
            "" if default == "none" else default,
            _quorum(table["quorum"], place / "quorum") if "quorum" in table else None,
            "supermajority" in table and _param(table["supermajority"], place / "supermajority"),
            _dated(table.get("strict", False), place / "strict"),
        )
    )


def _counts(
    table: Mapping[str, Any], method: Any, seats: int, ties: tuple[str, ...], place: Place
) -> Counts:
    if method != "majority":
        for key in ("of", "share", "strict", "advance"):
            if key in table:
                raise place.error(
                    say(
                        "'{key}' belongs to the method 'majority', not to '{method}'",
                        key=key,
                        method=method,
                    )
                )
    if method in ("majority", "star") and seats > 1:
        raise (place / "seats").error(say("{method} fills one seat; leave this out", method=method))
    share = as_number(table.get("share", "1/2"))
    if share is None or not 0 < share <= 1:
        raise (place / "share").error(
            say("{share} is no share; write '2/3', up to 1", share=shown(table["share"]))
        )
    return Counts(
        method,
        seats,
        ties,
        _limit(table["limit"], place / "limit") if "limit" in table else None,
        (place / "of").text(table.get("of", "cast"), '"appointed"'),
        share,
        (place / "strict").flag(table.get("strict", True)),
        (place / "advance").count(table.get("advance", 0)),
    )


def _limit(data: Any, place: Place) -> Limit:
    table = place.table(data, '{attr = "employer", at_most = 2}')
    place.known_keys(table, ("attr", "at_most"))
    attribute = (place / "attr").text(table.get("attr"), '"employer"')
    return Limit(attribute, (place / "at_most").count(table.get("at_most"), 1))


def _quorum(data: Any, place: Place) -> Quorum:
    """`{number = 2}`, or `{root_of = "developers", times = "3/2"}`."""
    table = place.table(data, say('{number = 2} or {root_of = "developers", times = "3/2"}'))
    place.known_keys(table, ("number", "root_of", "times"))
    root = (place / "root_of").text(table["root_of"], '"developers"') if "root_of" in table else ""
    key = "times" if root else "number"
    number = as_number(table.get(key))
    if number is None or number < 0:
        raise (place / key).error(say("{key} is no number; write '3/2'", key=shown(table.get(key))))
    if root and "number" in table:
        raise place.error(say("it has both 'number' and 'root_of'; keep one"))
    return Quorum(number, root)


def _param(data: Any, place: Place) -> str:
    table = place.table(data, '{param = "majority"}')
    place.known_keys(table, ("param",))
    return (place / "param").text(table.get("param"), '"majority"')


def _dated(data: Any, place: Place) -> tuple[Dated, ...]:
    """Whether it is strict: true, false, or a list of `{from, to, is}`."""
    if isinstance(data, bool):
        return (Dated(None, None, data),)
    found = []
    for number, row in enumerate(place.items(data, '[{to = "2004", is = true}]')):
        at = place / number
        table = at.table(row, '{from = "2006", is = false}')
        at.known_keys(table, ("from", "to", "is"))
        days = []
        for key in ("from", "to"):
            try:
                days.append(When.parse(str(table[key])) if key in table else None)
            except WhenError as error:
                raise (at / key).error(str(error)) from None
        found.append(Dated(days[0], days[1], (at / "is").flag(table.get("is"))))
    return tuple(found)


def decide_choice(
    choose: Choose,
    ballots: Mapping[str, Any],
    params: Mapping[str, Any] | None = None,
    on: When | None = None,
) -> Counted:
    """Decide from the ballots.

    For votes: `totals`, `approvals` or `scores`, each `{candidate: number}` or one object a
    ballot; `candidates` with their attributes; `outstanding` ballots; `appointed` and the like.
    For rankings: `ballots` or `rankings`, `options`, `default_option`, `quorum`, `majority`.
    `params` may name what settles a tie and whatever else the rule asks for; `on` is the date.
    Raises `RuleError` for a parameter that is not known. Ballots that cannot be read give
    a finding of severity error.
    """
    params = said(params or {}, choose.rule.params)
    try:
        if isinstance(choose.rule, Counts):
            return decide_counts(choose.rule, ballots, params)
        return decide_condorcet(choose.rule, ballots, params, on)
    except (CountsError, RankingError) as error:
        return unreadable(str(error))
