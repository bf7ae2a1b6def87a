"""Which method counts a game, chosen by what its formula is made of and how much work that is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nemcon.analysis import (
    by_class,
    by_group,
    by_halves,
    by_listing,
    by_long_sum,
    by_parts,
    by_sum,
)
from nemcon.analysis.game import (
    Fixed,
    Formula,
    Game,
    GameError,
    Groups,
    Threshold,
    TooLargeError,
    may_fall,
    nodes,
)
from nemcon.analysis.rising import rising
from nemcon.analysis.swings import Swings
from nemcon.rules.names import listed
from nemcon.saying import marked, say, say_many


@dataclass(frozen=True, slots=True)
class Way:
    """A method that can count a game: its name, its work, and whether it tells sizes apart."""

    method: str
    work: int
    by_size: bool
    count: Callable[[], Swings]


def count(game: Game, *, by_size: bool = True) -> Swings:
    """Count the winning coalitions and the swings of every member.

    `by_size` asks for swings by the size of the coalition, as the index of Shapley and Shubik
    needs. Raises `TooLargeError` with an estimate where no method can do it.
    """
    formula = rising(game.formula)
    if may_fall(formula):
        _check_that_more_never_hurts(game)
    return _count(formula, len(game.members), by_size=by_size)


def _check_that_more_never_hurts(game: Game) -> None:
    """Refuse a rule under which one more member in favour turns a win into a loss."""
    size = len(game.members)
    grouped = any(isinstance(node, Groups) for node in nodes(game.formula))
    if grouped or by_class.states(game.formula, size) > by_class.MOST_STATES:
        raise GameError(
            say(
                "the rule has conditions that more members in favour can break, and the roll "
                "is too mixed to show that it is monotone as a whole; no index of power is "
                "defined without it"
            )
        )
    if found := by_class.fall(game.formula, size):
        inside, one = found
        together = listed([game.members[i] for i in inside] or [say("nobody")], "and", 6)
        raise GameError(
            say_many(
                "the rule is not monotone over this roll, so no index of power is defined: "
                "{some} wins, and with {other} as well it loses. Mend the rule ('nemcon "
                "rules lint' shows what is odd), or a weight below nought on the roll",
                "the rule is not monotone over this roll, so no index of power is defined: "
                "{some} win, and with {other} as well they lose. Mend the rule ('nemcon "
                "rules lint' shows what is odd), or a weight below nought on the roll",
                max(len(inside), 1),
                some=together,
                other=game.members[one],
            )
        )


def _count(formula: Formula, size: int, *, by_size: bool) -> Swings:
    if isinstance(formula, Fixed):
        return _decided(formula, size)
    able = [way for way in ways(formula, size) if way.by_size or not by_size]
    if not able:
        raise TooLargeError(_refusal(formula, size, by_size=by_size))
    return min(able, key=lambda way: way.work).count()


def _decided(formula: Fixed, size: int) -> Swings:
    """Everybody wins, or nobody: no member ever matters."""
    nothing = (0,) * size
    winning = 2**size if formula.value else 0
    return Swings(
        say("no coalition matters"), winning, nothing, (nothing,) * size, int(formula.value)
    )


def ways(formula: Formula, size: int) -> list[Way]:
    """The methods that can count the formula over this many members."""
    found = []
    if size <= by_listing.MOST_MEMBERS:
        found.append(Way("listing", 50 * 2**size, True, lambda: by_listing.count(formula, size)))
    if any(isinstance(node, Groups) for node in nodes(formula)):
        return [*found, *_by_group(formula, size), *_by_parts(formula, size)]
    states = by_class.states(formula, size)
    if states <= by_class.MOST_STATES:
        slower = 1 if size <= 55 else 20
        found.append(
            Way("classes", slower * states * 10, True, lambda: by_class.count(formula, size))
        )
    if may_fall(formula):
        return found
    if isinstance(formula, Threshold):
        found += _by_sum(formula)
    narrow = by_halves.narrow_states(formula, size)
    if size <= by_halves.MOST_MEMBERS and narrow <= by_halves.MOST_STATES:
        work = 40 * 2 ** (size // 2 + 1) + 2000 * narrow
        found.append(Way("halves", work, True, lambda: by_halves.count(formula, size)))
    return found


def _by_sum(formula: Threshold) -> list[Way]:
    found = []
    if (steps := by_sum.steps(formula)) <= by_sum.MOST_STEPS:
        found.append(Way("sums", 3_000 + steps, True, lambda: by_sum.count(formula)))
    long = by_long_sum.steps(formula)
    if long <= by_long_sum.MOST_STEPS and sum(formula.weights) <= by_long_sum.MOST_WIDTH:
        found.append(Way("long sums", 5_000 + 2 * long, False, lambda: by_long_sum.count(formula)))
    return found


def _by_group(formula: Formula, size: int) -> list[Way]:
    if not isinstance(formula, Groups) or size > by_group.MOST_MEMBERS:
        return []
    if sum(formula.weights) > by_group.MOST_WEIGHT:
        return []
    if sorted(i for members in formula.members for i in members) != list(range(size)):
        return []  # members of several groups, or of none
    work = size * size * sum(formula.weights)
    return [Way("groups", work, True, lambda: by_group.count(formula, _inner(formula)))]


def _by_parts(formula: Formula, size: int) -> list[Way]:
    if may_fall(formula) or size > by_group.MOST_MEMBERS:
        return []
    game = by_parts.Together(formula, size)
    return [Way("parts", 10 * game.work, True, game.count)] if game.possible else []


def _inner(formula: Groups) -> Callable[[int], Swings]:
    done: dict[tuple[Formula, int], Swings] = {}

    def inner(g: int) -> Swings:
        """The swings by size inside group `g`; like groups are counted once.

        Raises `TooLargeError`.
        """
        key = (formula.formulas[g], len(formula.members[g]))
        if key not in done:
            done[key] = _count(*key, by_size=True)
        return done[key]

    return inner


def _refusal(formula: Formula, size: int, *, by_size: bool) -> str:
    index = say("the index of Shapley and Shubik") if by_size else say("the index of Banzhaf")
    if isinstance(formula, Threshold):
        width = min(formula.quota, sum(formula.weights))
        steps = size * size * width
        told = say(
            "{size} members with sums up to {width:,} are too many for {index} in exact "
            "numbers: a table of about {steps} steps, {time}",
            size=size,
            width=width,
            index=index,
            steps=f"{steps:.0e}",
            time=_time(steps / 1e9),
        )
        if by_size:
            return say("{said}; ask for --approximate, or scale the weights down", said=told)
        return say("{said}; scale the weights down", said=told)
    if any(isinstance(node, Groups) for node in nodes(formula)):
        return say(
            "{size} members whose groups count beside other wide sums are too many for "
            "{index}: about 2^{size} coalitions, {time}; no method here takes them "
            "apart. Round the weights, or leave out a condition",
            size=size,
            index=index,
            time=_time(2.0**size / 1e6),
        )
    return say(
        "{size} members with several wide weights are too many for {index}: about "
        "2^{size} coalitions, {time}; no method here takes them apart. Leave out a "
        "condition, or round its weights",
        size=size,
        index=index,
        time=_time(2.0**size / 1e6),
    )


def _time(seconds: float) -> str:
    """About how long something would take."""
    for text, length in _LONG.items():
        if seconds >= 2 * length:
            number = seconds / length
            return say(text, number=f"{number:,.0f}" if number < 1e6 else f"{number:.0e}")
    return say("some {number} seconds", number=f"{max(seconds, 1):,.0f}")


_LONG = dict(
    zip(
        marked("some {number} years", "some {number} days", "some {number} hours"),
        (3.2e7, 86_400, 3_600),
        strict=True,
    )
)
