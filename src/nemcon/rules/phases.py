"""Ballots that follow each other: phases with their thresholds, who falls out, how it ends."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from nemcon.rules.names import as_number, listed, nearest, shown
from nemcon.rules.place import Place
from nemcon.rules.ties import NOT_SAID, TOLD, Ties, read_ties
from nemcon.saying import say

BASES = ("cast", "valid", "voters", "eligible", "members")
"""What a share is of; each is at most the next: votes for candidates, valid ballots, those who
took part, those who may vote, all members."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """What elects: the most votes (`plurality`), or also a share of a base.

    `first`: counted in first preferences where voters give points.
    """

    plurality: bool = False
    of: str = "cast"
    number: Fraction | None = None
    param: str = ""
    share: Fraction = Fraction(1)
    strict: bool = False

    @property
    def operator(self) -> Literal[">", ">="]:
        """How votes compare with the share."""
        return ">" if self.strict else ">="

    def words(self) -> str:
        """What is needed, in words."""
        if self.plurality:
            return say("the most votes")
        base = self.param or (self.of if self.number is None else str(self.number))
        if self.strict:
            return say("more than {share} of {votes}", share=self.share, votes=base)
        return say("at least {share} of {votes}", share=self.share, votes=base)


@dataclass(frozen=True, slots=True)
class Cut:
    """Who falls out: the lowest; or all but the first `keep` (for each seat, if `per_seat`)."""

    kind: Literal["none", "lowest", "keep"] = "none"
    keep: int = 0
    per_seat: bool = False
    ties_stay: bool = False
    silent: bool = False

    def number(self, seats: int) -> int:
        """How many are kept while so many seats are open."""
        return self.keep * (seats if self.per_seat else 1)


NOBODY = Cut()
NO_RESULT = "no result"
"""How rounds end where the rule has no word for it."""


@dataclass(frozen=True, slots=True)
class Phase:
    """Some ballots under one threshold.

    It takes `least` to `most` ballots without a result (None: no limit). `eliminate` follows each
    ballot, `after` the last one; then comes the phase `following`, or the outcome `end`.
    In an `open` phase anyone may be voted for. `points`: what a voter gives to the first, the
    second ... choice.
    """

    name: str
    threshold: Threshold
    least: int | None = None
    most: int | None = None
    eliminate: Cut = NOBODY
    after: Cut = NOBODY
    following: int | None = None
    end: str = ""
    open: bool = False
    points: tuple[int, ...] = ()

    @property
    def word(self) -> str:
        """The outcome where nothing follows; empty where something does, or somebody is elected."""
        if self.most is None or self.following is not None:
            return ""
        return self.end or ("" if self.threshold.plurality else NO_RESULT)


@dataclass(frozen=True, slots=True)
class Rounds:
    """A rule of rounds. `start` says in which phase so many candidates begin.

    `excluded`: an attribute; members who share it with a candidate do not vote while that
    candidate is in the race.
    """

    phases: tuple[Phase, ...]
    ties: Ties = NOT_SAID
    start: tuple[tuple[int, int], ...] = ()
    seats: int = 1
    excluded: str = ""

    def ends(self, phase: int) -> tuple[str, ...]:
        """The ends without election that can be reached from a phase."""
        found: list[str] = []
        seen: set[int] = set()
        at: int | None = phase
        while at is not None and at not in seen:
            seen.add(at)
            if word := self.phases[at].word:
                found.append(word)
            at = self.phases[at].following
        return tuple(dict.fromkeys(found))

    @property
    def params(self) -> frozenset[str]:
        """The names under which something may be told beside the ballots."""
        named = {phase.threshold.param for phase in self.phases} - {""}
        return frozenset({*TOLD.values(), "seats", "eligible", "members", *named})

    def first(self, candidates: int) -> int:
        """The phase in which so many candidates begin."""
        return dict(self.start).get(candidates, 0)


ROUNDS_KEYS = ("phase", "tie", "start", "seats", "excluded")
PHASE_KEYS = (
    *("name", "threshold", "ballots", "eliminate", "after", "advance", "next", "end"),
    *("open", "points"),
)


def read_rounds(data: Any, place: Place) -> Rounds:
    """Read `[rounds]` with its `[[rounds.phase]]`. Raises `RuleError` with the place."""
    table = place.table(data, say("[rounds] and [[rounds.phase]]"))
    place.known_keys(table, ROUNDS_KEYS)
    rows = place.items(table.get("phase", []), "[[rounds.phase]]")
    if not rows:
        raise place.error(say("no [[rounds.phase]]; write at least one"))
    names = _names(rows, place / "phase")
    phases = tuple(_phase(row, names, place / "phase" / n) for n, row in enumerate(rows))
    return Rounds(
        phases,
        read_ties(table["tie"], place / "tie") if "tie" in table else NOT_SAID,
        _start(table.get("start", []), names, place / "start"),
        (place / "seats").count(table.get("seats", 1), 1),
        _excluded(table.get("excluded", ""), place / "excluded"),
    )


def _names(rows: list[Any], place: Place) -> list[str]:
    names = []
    for n, row in enumerate(rows):
        at = place / n
        table = at.table(row, say('name = "all" and threshold = {of = "valid", share = "1/2"}'))
        name = (at / "name").text(table.get("name", str(n + 1)), '"all"')
        if name in names:
            raise at.error(
                say(
                    "a phase before it is called {name} too; give it another name", name=shown(name)
                )
            )
        names.append(name)
    return names


def _phase(row: Mapping[str, Any], names: list[str], place: Place) -> Phase:
    place.known_keys(row, PHASE_KEYS)
    if "threshold" not in row:
        raise place.error(say('no threshold; write {of = "valid", share = "1/2", strict = true}'))
    least, most = _ballots(row.get("ballots"), place / "ballots")
    if "after" in row and "advance" in row:
        raise place.error(say("it has both 'after' and 'advance'; keep one"))
    if most is None and any(key in row for key in ("after", "advance", "next", "end")):
        raise place.error(say("it never ends; say with 'ballots' how many it takes"))
    following = _named(row["next"], names, place / "next") if "next" in row else None
    if "next" in row and "end" in row:
        raise place.error(say("it has both 'next' and 'end'; keep one"))
    eliminate = _cut(row.get("eliminate", "none"), place / "eliminate")
    after = _cut(row["after"], place / "after") if "after" in row else eliminate
    if "advance" in row:
        number = (place / "advance").count(row["advance"], 1)
        after = Cut("keep", number, ties_stay=True, silent=True)
    points = tuple(
        (place / "points" / n).count(each)
        for n, each in enumerate((place / "points").items(row.get("points", []), "[3, 2, 1]"))
    )
    if list(points) != sorted(set(points), reverse=True):
        raise (place / "points").error(say("the first choice must count most; write [3, 2, 1]"))
    return Phase(
        names[int(place.path[-1])],
        _threshold(row["threshold"], place / "threshold"),
        least,
        most,
        eliminate,
        after,
        following,
        (place / "end").text(row["end"], '"suspended"') if "end" in row else "",
        (place / "open").flag(row.get("open", False)),
        points,
    )


def _ballots(value: Any, place: Place) -> tuple[int | None, int | None]:
    if value is None:
        return None, None
    if isinstance(value, list | tuple) and len(value) == 2:
        least, most = (place / n for n in (0, 1))
        low = least.count(value[0], 1)
        return low, most.count(value[1], low)
    number = place.count(value, 1)
    return number, number


def _named(value: Any, names: list[str], place: Place) -> int:
    text = place.text(value, '"two"')
    if text not in names:
        near = nearest(text, names)
        hint = (
            say("did you mean '{near}'?", near=near)
            if near
            else say("there are {names}", names=listed(names, "and"))
        )
        raise place.error(say("no phase is called {text}; {hint}", text=shown(text), hint=hint))
    return names.index(text)


_KEEP = re.compile(r"keep (\d{1,4})( per seat)?")


def _cut(value: Any, place: Place) -> Cut:
    text = place.text(value, say('"lowest", "keep 2" or "none"'))
    if text in ("none", "lowest"):
        return Cut("lowest" if text == "lowest" else "none")
    if not (match := _KEEP.fullmatch(text)) or int(match[1]) < 1:
        raise place.error(
            say("{text} is none of 'lowest', 'keep 2', 'keep 2 per seat', 'none'", text=shown(text))
        )
    return Cut("keep", int(match[1]), match[2] is not None)


def _threshold(data: Any, place: Place) -> Threshold:
    table = place.table(data, say('{of = "eligible", share = "2/3"} or {plurality = true}'))
    place.known_keys(table, ("plurality", "of", "share", "strict"))
    if (place / "plurality").flag(table.get("plurality", False)):
        if len(table) > 1:
            raise place.error(say("with plurality the most votes elect; leave out the rest"))
        return Threshold(plurality=True)
    for key in ("of", "share"):
        if key not in table:
            raise place.error(
                say('no \'{key}\'; write {{of = "eligible", share = "2/3"}}', key=key)
            )
    share = as_number(table["share"])
    if share is None or not 0 < share <= 1:
        raise (place / "share").error(
            say(
                "{share} is no share; write a text such as '2/3', up to 1",
                share=shown(table["share"]),
            )
        )
    of, number, param = _base(table["of"], place / "of")
    strict = (place / "strict").flag(table.get("strict", False))
    return Threshold(False, of, number, param, share, strict)


def _base(value: Any, place: Place) -> tuple[str, Fraction | None, str]:
    if isinstance(value, Mapping):
        place.known_keys(value, ("param",))
        return "", None, (place / "param").text(value.get("param"), '{param = "seats"}')
    if (number := as_number(value)) is not None:
        if number <= 0:
            raise place.error(say("{value} is no base; write a number above 0", value=shown(value)))
        return "", number, ""
    text = place.text(value, listed([f'"{base}"' for base in BASES]))
    if text not in BASES:
        near = nearest(text, BASES)
        hint = (
            say("did you mean '{near}'?", near=near)
            if near
            else say("write {bases}", bases=listed(BASES))
        )
        raise place.error(say("no base is called {text}; {hint}", text=shown(text), hint=hint))
    return text, None, ""


def _start(data: Any, names: list[str], place: Place) -> tuple[tuple[int, int], ...]:
    found = []
    for n, row in enumerate(place.items(data, '[{candidates = 2, phase = "two"}]')):
        at = place / n
        table = at.table(row, '{candidates = 2, phase = "two"}')
        at.known_keys(table, ("candidates", "phase"))
        number = (at / "candidates").count(table.get("candidates"), 1)
        found.append((number, _named(table.get("phase"), names, at / "phase")))
    return tuple(found)


def _excluded(data: Any, place: Place) -> str:
    if data == "":
        return ""
    table = place.table(data, '{attribute = "country", while = "in the race"}')
    place.known_keys(table, ("attribute", "while"))
    if table.get("while", "in the race") != "in the race":
        raise (place / "while").error(say("write 'in the race': no other time is known"))
    return (place / "attribute").text(table.get("attribute"), '"country"')
