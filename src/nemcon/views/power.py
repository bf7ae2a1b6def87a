"""How much say each member has, by both indices, beside what it weighs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import comb, prod

from nemcon.analysis import by_class, by_halves, counting
from nemcon.analysis.from_rule import eligible, game
from nemcon.analysis.game import Game, GameError, Groups, may_fall, nodes
from nemcon.analysis.power import MAY_ABSTAIN, Index, Power, Say, power
from nemcon.analysis.rising import rising
from nemcon.analysis.ternary import MOST_STATES
from nemcon.rules.names import as_number
from nemcon.rules.procedure import Procedure
from nemcon.rules.roll import Roll
from nemcon.saying import Message, say

SECONDS = 0.6
"""About how long a page counts, at most, on a machine of no great speed."""


_PER_STEP = {"classes": 1.5e-6, "sums": 1e-8, "halves": 1.5e-7, "listing": 1e-6, "groups": 1e-6}


class TooSlowError(GameError):
    """It can be counted, but not while somebody waits for a page."""


@dataclass(frozen=True)
class PowerRow:
    """One member: its swings, both indices, and its share of the weight; None where it has none, or
    where the index is not counted.
    """

    member: str
    title: str
    swings: int
    banzhaf: Fraction
    shapley: Fraction | None
    share: Fraction | None


@dataclass(frozen=True)
class PowerView:
    """The power of every member of a roll, the most powerful first.

    `what` says what the members weigh, empty where they weigh the same.
    """

    rule: str
    title: str
    roll: str
    method: str
    model: str
    what: str
    rows: tuple[PowerRow, ...]
    winning: int | None
    minimal: int | None
    blocking: int | None
    vetoes: tuple[str, ...]
    dummies: tuple[str, ...]
    abstaining: bool = False

    @property
    def model_words(self) -> str:
        """What the votes are taken to be, without what only the command line understands."""
        if isinstance(self.model, Message) and self.model.template == MAY_ABSTAIN:
            return str(self.model.parts["said"])
        return self.model

    @property
    def may_abstain(self) -> bool:
        """Whether members could also abstain, which would be another count."""
        return self.abstaining or self.model != self.model_words

    @property
    def power(self) -> Power:
        """The index of Banzhaf as the pictures take it."""
        says = tuple(Say(row.title, row.swings, row.banzhaf) for row in self.rows)
        return Power(
            index="banzhaf",
            method=self.method,
            exact=True,
            members=says,
            winning=self.winning,
            minimal_winning=self.minimal,
            blocking=self.blocking,
            vetoes=self.vetoes,
            dummies=self.dummies,
            model=self.model,
        )

    @property
    def equal(self) -> bool:
        """Whether all have the same say."""
        return len({(row.banzhaf, row.shapley) for row in self.rows}) == 1


def power_view(procedure: Procedure, roll: Roll, *, abstaining: bool = False) -> PowerView:
    """Both indices of every member of the roll, in exact fractions; where members may also abstain,
    that of Banzhaf alone.

    Raises `TooSlowError` where counting would take longer than a page may, else what `power`
    raises.
    """
    takes = seconds_abstaining(procedure, roll) if abstaining else seconds(game(procedure, roll))
    if takes > SECONDS:
        told = say("counting takes about {n:,} seconds, too long for a page", n=round(takes))
        raise TooSlowError(told)
    # The swings by size, from which the one index follows, add up to those of the other.
    index: Index = "banzhaf" if abstaining else "shapley"
    found = power(procedure, roll, index, abstaining=abstaining)
    totals = [one.swings or 0 for one in found.members]
    weights, what = weights_of(procedure, roll, found)
    whole = sum(weight for weight in weights if weight is not None)
    titles = titles_of(roll)
    rows = [
        PowerRow(
            one.member,
            titles.get(one.member, one.member),
            swings,
            share,
            None if abstaining else Fraction(one.value),
            weight / whole if what and weight is not None and whole else None,
        )
        for one, swings, share, weight in zip(
            found.members, totals, banzhaf_of(totals), weights, strict=True
        )
    ]
    rows.sort(key=lambda row: (-row.banzhaf, -(row.share or 0), row.title))
    named = with_titles(found, roll)
    return PowerView(
        *(procedure.id, procedure.title, roll.source, found.method, found.model, what),
        *(tuple(rows), found.winning, found.minimal_winning, found.blocking),
        *(named.vetoes, named.dummies, abstaining),
    )


def banzhaf_of(totals: Sequence[int]) -> list[Fraction]:
    """Each member's share of all swings."""
    whole = sum(totals)
    return [Fraction(number, whole) if whole else Fraction(0) for number in totals]


def seconds(found: Game) -> float:
    """About how long the two indices of a game take; 0 where it is refused at once."""
    size = len(found.members)
    formula = rising(found.formula)
    checked = 0.0
    if may_fall(formula) and not any(isinstance(n, Groups) for n in nodes(found.formula)):
        states = by_class.states(found.formula, size)
        checked = states * 15e-6 if states <= by_class.MOST_STATES else 0.0
    able = [way for way in counting.ways(formula, size) if way.by_size]
    best = min(able, key=lambda way: way.work, default=None)
    if best is None:
        return checked
    takes = best.work * _PER_STEP.get(best.method, 1e-6)
    if best.method in ("sums", "halves") and size <= by_halves.MOST_MEMBERS:
        takes += 2 ** (size // 2 + 1) * 1e-5  # the minimal ones are listed by halves
    return checked + takes


def seconds_abstaining(procedure: Procedure, roll: Roll) -> float:
    """About how long it takes where each may also abstain; 0 where it is refused at once."""
    alike = Counter(
        tuple((name, seat.held.get(name)) for name in sorted(procedure.reads))
        for seat in eligible(procedure, roll)
    )
    votes = len(alike) * prod(comb(number + 2, 2) for number in alike.values())
    return votes * 1.5e-4 if votes <= MOST_STATES else 0.0


def titles_of(roll: Roll) -> dict[str, str]:
    """The names that people use, by id."""
    return {seat.name: seat.also[0] for seat in roll.seats if seat.also}


def with_titles(found: Power, roll: Roll) -> Power:
    """The same with the names that people use, in the place of ids."""
    titles = titles_of(roll)
    return replace(
        found,
        members=tuple(replace(m, member=titles.get(m.member, m.member)) for m in found.members),
        vetoes=tuple(titles.get(name, name) for name in found.vetoes),
        dummies=tuple(titles.get(name, name) for name in found.dummies),
    )


def weights_of(procedure: Procedure, roll: Roll, found: Power) -> tuple[list[Fraction | None], str]:
    """What each member weighs, and what that is: the first attribute that is a number of all of
    them, those that the rule reads first. Without any, each weighs one, and is called nothing.
    """
    held = {seat.name: seat.held for seat in roll.seats}
    numbers = {
        name: [as_number(held[one.member].get(name)) for one in found.members]
        for name in sorted(roll.carried)
    }
    name = next((n for n, values in numbers.items() if n in procedure.reads and all(values)), "")
    name = name or next((n for n, values in numbers.items() if all(values)), "")
    if not name:
        return [Fraction(1)] * len(found.members), ""
    return numbers[name], {"pop": say("the population")}.get(name, name)
