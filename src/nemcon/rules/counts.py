"""Choosing by votes: plurality, majority, approval, points, STAR for one seat or for several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import Any, Literal, TypeAlias

from nemcon.findings import Finding
from nemcon.rules.answer import Comparison, Verdict, exact_text, range_text
from nemcon.rules.counted import Counted, each_once
from nemcon.rules.names import Value, as_value, canonical, listed, nearest, shown
from nemcon.rules.orders import Span, TooManyError, cuts
from nemcon.rules.scores import Star, sums
from nemcon.rules.seats import Filling, Limit, fill, grouped, settled
from nemcon.rules.tables import MANY, reaches
from nemcon.rules.ties import TOLD, asked

Method: TypeAlias = Literal["plurality", "majority", "approval", "points", "star", "bloc-star"]
MOST_ORDERS = 2000
NO_MAJORITY = "no majority"


class CountsError(ValueError):
    """The votes cannot be read or not be true; the message says what and why."""


@dataclass(frozen=True, slots=True)
class Counts:
    """The rule.

    For a majority: more than (`strict`) a `share` of a base that is told with the ballots; or,
    without one, `advance` candidates go on to another body, ties included.
    """

    method: Method
    seats: int = 1
    ties: tuple[str, ...] = ("none",)
    limit: Limit | None = None
    of: str = "cast"
    share: Fraction = Fraction(1, 2)
    strict: bool = True
    advance: int = 0

    @property
    def params(self) -> frozenset[str]:
        """The names under which something may be told beside the ballots."""
        return frozenset({*TOLD.values(), *({self.of} - {"cast"})})


@dataclass(frozen=True)
class Votes:
    """What is cast: ranges of votes by candidate, and the ballots themselves where they are known.

    `outstanding` ballots are in the ranges already.
    """

    spans: Mapping[str, Span]
    ballots: tuple[Mapping[str, int], ...] | None
    outstanding: int = 0


def decide_counts(rule: Counts, data: Mapping[str, Any], params: Mapping[str, Any]) -> Counted:
    """Who is elected. Raises `CountsError` for votes that cannot be read."""
    votes = read_votes(rule, data)
    if rule.method == "majority":
        return _majority(rule, votes, data, params)
    shares, unknown = _shares(rule, data, votes)
    favoured = _favoured(rule, votes.spans, data, params)
    if rule.method in ("star", "bloc-star"):
        return _by_star(rule, votes, data, shares, unknown, favoured)
    if any(low != high for low, high in votes.spans.values()):
        return _unsure(rule, votes)
    exact = {who: low for who, (low, _) in votes.spans.items()}
    groups = settled(grouped(exact), favoured)
    filling = fill(groups, rule.seats, rule.limit, shares)
    lines = _cut_line(exact, filling)
    return _elected(rule, filling, data, unknown, lines)


# Reading


def read_votes(rule: Counts, data: Mapping[str, Any]) -> Votes:
    """The votes from `totals`, `approvals` or `scores`. Raises `CountsError`."""
    key = next((each for each in ("totals", "approvals", "scores") if each in data), None)
    if key is None:
        raise CountsError('no votes; write {"totals": {"A": 12, "B": 9}}')
    outstanding = _whole(data.get("outstanding", 0), "'outstanding'")
    each = _per_ballot(rule)
    if isinstance(data[key], list):
        ballots = tuple(_ballot(row, n, each) for n, row in enumerate(data[key], 1))
        names = _candidates(data) or list(dict.fromkeys(who for row in ballots for who in row))
        if strange := sorted({who for row in ballots for who in row} - set(names)):
            near = nearest(strange[0], names)
            hint = f"; did you mean '{near}'?" if near else ""
            raise CountsError(f"{shown(strange[0])} is no candidate{hint}")
        if not names:
            raise CountsError(
                f"no candidate is on any ballot of '{key}'; name them as 'candidates'"
            )
        exact = sums(ballots, names)
        spans = {who: (number, number + outstanding * each) for who, number in exact.items()}
        return Votes(spans, ballots, outstanding)
    table = data[key]
    if not isinstance(table, Mapping) or not table:
        raise CountsError(f'\'{key}\' is {shown(table)}; write {{"A": 12, "B": 9}}')
    spans = {str(who): _span(table[who], f"'{key}', '{who}'") for who in table}
    if outstanding:
        spans = {
            who: (low, min(MANY, high + outstanding * each)) for who, (low, high) in spans.items()
        }
    for who in _candidates(data):
        spans.setdefault(who, (0, outstanding * each))
    return Votes(spans, None, outstanding)


def _per_ballot(rule: Counts) -> int:
    """The most that one ballot adds to one candidate, as far as the method limits it."""
    return 1 if rule.method in ("plurality", "majority", "approval") else MANY


def _candidates(data: Mapping[str, Any]) -> list[str]:
    given = data.get("candidates", ())
    return [str(who) for who in given] if isinstance(given, list | Mapping) else []


def _ballot(row: Any, number: int, each: int) -> dict[str, int]:
    if isinstance(row, list) and all(isinstance(who, str) for who in row):
        row = dict.fromkeys(row, 1)
    if not isinstance(row, Mapping):
        raise CountsError(f'ballot {number} is {shown(row)}; write {{"A": 5, "B": 0}}')
    found = {}
    for who, value in row.items():
        value = int(value) if isinstance(value, bool) else value
        if not isinstance(value, int) or not 0 <= value <= min(each, 10**6):
            most = f" up to {each}" if each < MANY else ""
            raise CountsError(f"ballot {number}, '{who}': {shown(value)} is no number{most}")
        found[str(who)] = value
    return found


def _whole(value: Any, place: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < MANY:
        raise CountsError(f"{place}: {shown(value)} is no whole number from 0 on")
    return value


def _span(value: Any, place: str) -> Span:
    if value is None or value == "unknown":
        return 0, MANY
    if isinstance(value, list | tuple) and len(value) == 2:
        low, high = (_whole(each, place) for each in value)
        if low <= high:
            return low, high
    return _whole(value, place), _whole(value, place)


def _shares(
    rule: Counts, data: Mapping[str, Any], votes: Votes
) -> tuple[dict[str, Value], list[str]]:
    """What the limit looks at, for each candidate; and of whom it is not told."""
    if rule.limit is None:
        return {}, []
    given = data.get("candidates")
    found: dict[str, Value] = {}
    if isinstance(given, Mapping):
        for who, has in given.items():
            if isinstance(has, Mapping) and has.get(rule.limit.attribute) is not None:
                found[str(who)] = as_value(has[rule.limit.attribute])
    return found, [who for who in votes.spans if who not in found]


def _favoured(
    rule: Counts, names: Iterable[str], data: Mapping[str, Any], params: Mapping[str, Any]
) -> list[str]:
    """Whom a lot, or whatever else settles a tie, puts first; several names with commas."""
    for policy in rule.ties:
        key = TOLD.get(policy, "")
        text = params.get(key, data.get(key))
        if isinstance(text, str):
            wanted = [canonical(each) for each in text.split(",")]
            return sorted(
                (who for who in names if canonical(who) in wanted),
                key=lambda who: wanted.index(canonical(who)),
            )
    return []


# Results


def _elected(
    rule: Counts,
    filling: Filling,
    data: Mapping[str, Any],
    unknown: list[str],
    lines: tuple[Comparison, ...],
    notes: tuple[str, ...] = (),
) -> Counted:
    findings: list[Finding] = []
    ways = filling.ways
    certain = [who for who in ways[0] if all(who in way for way in ways)]
    possible = tuple(sorted({who for way in ways for who in way}))
    decided = len(ways) == 1 and filling.whole and len(ways[0]) > 0
    verdict: Verdict = "met" if decided else "cannot tell"
    if not filling.whole:
        text = "too many are level to look at every order; nothing is ruled out"
        findings.append(Finding("too-many-level", "warning", text))
        certain = []
    elif not decided:
        level = [who for who in possible if who not in certain]
        text = f"{listed(level, 'and')} are level; {asked(rule.ties)}"
        findings.append(Finding("tie-open", "warning", text))
    if decided and len(ways[0]) < rule.seats:
        text = f"only {len(ways[0])} of {rule.seats} seats can be filled"
        findings.append(Finding("seats-left", "warning", text))
    if rule.limit is not None and unknown and data.get("limit_kept") is not True:
        text = (
            f"whether more than {rule.limit.at_most} share one {rule.limit.attribute} was not "
            f"checked: it is not told of {listed(sorted(unknown), 'and', 6)}; add it to "
            "'candidates', or write \"limit_kept\": true where whoever conducted the election "
            "has stated that it is kept"
        )
        findings.append(Finding("limit-not-checked", "warning", text))
        verdict = "cannot tell"
    if filling.passed and rule.limit is not None:
        verb = "is" if len(filling.passed) == 1 else "are"
        why = f"no more than {rule.limit.at_most} may share one {rule.limit.attribute}"
        notes = (*notes, f"{listed(filling.passed, 'and')} {verb} passed over: {why}")
    outcome: Any = None
    if decided:
        outcome = list(ways[0]) if rule.seats > 1 else ways[0][0]
    return Counted(outcome, possible, tuple(certain), verdict, (), notes, lines, tuple(findings))


def _cut_line(exact: Mapping[str, int], filling: Filling) -> tuple[Comparison, ...]:
    """The last who is in against the first who is not."""
    way = filling.ways[0]
    out = [who for who in exact if who not in way and who not in filling.passed]
    if not way or not out:
        return ()
    last = min(way, key=lambda who: exact[who])
    first = max(out, key=lambda who: exact[who])
    about = f"{last} has more votes than {first}"
    holds = exact[last] > exact[first]
    return (Comparison("choose", about, str(exact[last]), ">", str(exact[first]), holds),)


def _unsure(rule: Counts, votes: Votes) -> Counted:
    """Votes are unknown: who is in, whatever they are, and who may be."""
    possible = _may_be_in(votes.spans, rule.seats)
    spans = votes.spans
    certain = [
        who
        for who in spans
        if sum(spans[other][1] >= spans[who][0] for other in spans if other != who) < rule.seats
    ]
    notes = ("some votes are not known",)
    if votes.outstanding:
        notes = (f"{votes.outstanding} ballots are outstanding",)
    done = len(certain) == rule.seats and rule.limit is None
    order = sorted(certain, key=lambda who: -spans[who][0])
    fixed = order if rule.seats > 1 else (order[0] if order else None)
    return Counted(
        fixed if done else None,
        tuple(order) if done else tuple(spans if rule.limit else possible),
        tuple(certain) if rule.limit is None else (),
        "met" if done else "cannot tell",
        notes=notes,
    )


def _may_be_in(spans: Mapping[str, Span], places: int) -> list[str]:
    return [
        who
        for who in spans
        if sum(spans[other][0] > spans[who][1] for other in spans if other != who) < places
    ]


def _majority(
    rule: Counts, votes: Votes, data: Mapping[str, Any], params: Mapping[str, Any]
) -> Counted:
    """More than a share of a base; or so many who go on, with those who are level."""
    findings: list[Finding] = []
    spans = votes.spans
    base = _base(rule, spans, data, params, findings)
    least = sum(low for low, _ in spans.values())
    if rule.of != "cast" and least > base[1]:
        raise CountsError(f"{least} votes are more than '{rule.of}', {base[1]}")
    answers = {who: _over(rule, spans, who, base) for who in spans}
    lines = tuple(
        Comparison(
            "choose",
            f"votes for {who}: {'more than' if rule.strict else 'at least'} "
            f"{exact_text(rule.share)} of {rule.of}",
            range_text(*spans[who]) if spans[who][1] < MANY else "unknown",
            ">" if rule.strict else ">=",
            range_text(rule.share * base[0], rule.share * base[1])
            if base[1] < MANY
            else f"{rule.share * base[0]} or more",
            answers[who],
        )
        for who in spans
    )
    sure = [who for who in spans if answers[who]]
    able = [who for who in spans if answers[who] is not False]
    pairs: list[tuple[list[str], list[str]]] = [([who], []) for who in able]
    if not sure:
        pairs += [([], on) for on in _advancing(rule, spans)]
    decided = len(pairs) == 1
    verdict: Verdict = "cannot tell"
    if decided:
        verdict = "met" if sure else "not met"
    elif sure:
        verdict = "cannot tell"
    if rule.advance:
        outcome: Any = [*pairs[0]] if decided else None
        possible: tuple[Any, ...] = tuple([*pair] for pair in pairs)
    else:
        outcomes = [(pair[0][0] if pair[0] else NO_MAJORITY) for pair in pairs]
        outcome, possible = (outcomes[0] if decided else None), each_once(outcomes)
    return Counted(
        outcome, possible, tuple(sure), verdict, (), (), lines, () if decided else tuple(findings)
    )


def _advancing(rule: Counts, spans: Mapping[str, Span]) -> list[list[str]]:
    if not rule.advance:
        return [[]]
    if len(spans) <= rule.advance:
        return [sorted(spans, key=lambda who: (-spans[who][0], who))]
    try:
        found = [{*above, *level} for above, level in cuts(spans, rule.advance)]
    except TooManyError:
        found = [set(spans)]
    return [sorted(one, key=lambda who: (-spans[who][0], who)) for one in each_once(found)]


def _over(rule: Counts, spans: Mapping[str, Span], who: str, base: Span) -> bool | None:
    if rule.of != "cast":
        return reaches(spans[who], base, rule.share, rule.strict)
    others = [span for name, span in spans.items() if name != who]
    low, high = spans[who]
    worst = low + sum(span[1] for span in others)
    best = high + sum(span[0] for span in others)
    if reaches((low, low), (worst, worst), rule.share, rule.strict):
        return True
    return None if reaches((high, high), (best, best), rule.share, rule.strict) else False


def _base(
    rule: Counts,
    spans: Mapping[str, Span],
    data: Mapping[str, Any],
    params: Mapping[str, Any],
    findings: list[Finding],
) -> Span:
    least = sum(low for low, _ in spans.values())
    if rule.of == "cast":
        return least, min(MANY, sum(high for _, high in spans.values()))
    given = data.get(rule.of, params.get(rule.of))
    if given is None:
        text = (
            f"it depends on '{rule.of}', which is not told; add \"{rule.of}\": N to the ballots, "
            f"or --param {rule.of}=N"
        )
        findings.append(Finding("base-not-told", "warning", text))
        return least, MANY
    number = int(given) if isinstance(given, str) and given.isdecimal() else given
    size = _whole(number, f"'{rule.of}'")
    return size, size


def _by_star(
    rule: Counts,
    votes: Votes,
    data: Mapping[str, Any],
    shares: Mapping[str, Value],
    unknown: list[str],
    favoured: Sequence[str],
) -> Counted:
    if votes.outstanding or votes.ballots is None:
        why = (
            f"{votes.outstanding} ballots are outstanding"
            if votes.ballots is not None
            else "the sums alone do not tell the run-offs; write one object a ballot"
        )
        finding = Finding("ballots-needed", "warning", why)
        return Counted(None, tuple(votes.spans), findings=(finding,))
    star = Star(votes.ballots, rule.ties)
    names = list(votes.spans)
    orders = list(islice(star.orders(names), MOST_ORDERS + 1))
    whole = len(orders) <= MOST_ORDERS
    orders = _drawn(orders, favoured, rule.seats)
    fillings = [fill([[who] for who in order], rule.seats, rule.limit, shares) for order in orders]
    ways = {frozenset(each.ways[0]): each.ways[0] for each in fillings}
    passed = set(fillings[0].passed).intersection(*(each.passed for each in fillings))
    filling = Filling(tuple(ways.values()), tuple(sorted(passed)), whole)
    lines, notes = _run_offs(star, names, orders[0], rule.seats)
    return _elected(rule, filling, data, unknown, lines, notes)


def _drawn(orders: list[list[str]], favoured: Sequence[str], seats: int) -> list[list[str]]:
    """The orders in which those whom a lot (or the like) favours come as early as they may."""
    for who in favoured:
        inside = {who in order[:seats] for order in orders}
        if who in orders[0] and len(inside) == 2:
            first = min(order.index(who) for order in orders)
            orders = [order for order in orders if order.index(who) == first]
    return orders


def _run_offs(
    star: Star, names: Sequence[str], order: Sequence[str], seats: int
) -> tuple[tuple[Comparison, ...], tuple[str, ...]]:
    lines, notes = [], []
    left = list(names)
    for seat, winner in enumerate(order[:seats], 1):
        run_off = star.run_off(left, seat)
        if run_off is not None:
            one, other = run_off.pair
            first, second = run_off.votes
            if winner == other:
                one, other, first, second = other, one, second, first
            about = f"run-off: {one} is preferred to {other}"
            lines.append(
                Comparison(f"seat {seat}", about, str(first), ">", str(second), first > second)
            )
            notes.append(
                f"seat {seat}: run-off {one} {first}, {other} {second}, equal {run_off.equal}"
            )
        left.remove(winner)
    return tuple(lines), tuple(notes)
