"""What a rule compares, with both sides as they are: the sums behind an answer, exactly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction

from nemcon.entries import Attribute
from nemcon.rules.algebra import Compare, Multiple, Range, as_attributes, walk
from nemcon.rules.applied import Applied
from nemcon.rules.counting import OUT, Block, Cell, Counting, Kinds
from nemcon.rules.decide import lines_from
from nemcon.rules.evaluate import holds, measure
from nemcon.rules.place import RuleError
from nemcon.rules.polled import comparisons
from nemcon.rules.procedure import Line, Procedure
from nemcon.rules.sentences import Words
from nemcon.views.tongue import _, number_words, spoken
from nemcon.worlds.answers import Reckoning

Attributes = Mapping[str, Mapping[str, Attribute]]


def sums_words(procedure: Procedure, one: Reckoning, attributes: Attributes) -> list[str]:
    """Each comparison of a rule that weighs members or asks for a share of them, down to the line
    that decides: *“adopted”: … is at least 2/3 of …: 6 ≥ 6, which holds*. Empty for other rules.

    What only all members together rule out is left in, so that a range may be wider than need be.
    """
    if not _has_sums(procedure):
        return []
    try:
        count = _counting(procedure, one, attributes)
        return [
            _told(procedure, line, node, count)
            for line in _down_to_the_last(procedure, count)
            for node in comparisons(line.when, count)
            if isinstance(node, Compare)
        ]
    except RuleError:
        return []  # the answer's findings say what it lacks


def _has_sums(procedure: Procedure) -> bool:
    nodes = [node for line in procedure.ladder for node in walk(line.when)]
    shares = (n for n in nodes if isinstance(n, Multiple) and abs(n.factor) != 1)
    return bool(procedure.weights - {""}) or any(True for _share in shares)


def _counting(procedure: Procedure, one: Reckoning, attributes: Attributes) -> Counting:
    kinds = Kinds(procedure)
    alike: Counter[frozenset[int]] = Counter()
    for member, held in one.views.items():
        told = as_attributes(attributes.get(member, {}))
        read = {name: value for name, value in told.items() if name in procedure.reads}
        alike[
            frozenset(
                OUT if stance is None else kinds.number(procedure.position(stance), read)
                for stance in held
                if stance is not None or member not in one.always_on_roll
            )
        ] += 1
    return Counting(Applied(kinds)([_block(n, options) for options, n in alike.items()]), kinds)


def _block(number: int, options: frozenset[int]) -> Block:
    least = number if len(options) == 1 else 0
    cells = tuple(Cell(kind, least, number) for kind in sorted(options))
    return Block(number, number, cells)


def _down_to_the_last(procedure: Procedure, count: Counting) -> Iterator[Line]:
    last = lines_from(procedure, count)[-1]
    for line in procedure.ladder:
        yield line
        if line is last:
            return


def _told(procedure: Procedure, line: Line, node: Compare, count: Counting) -> str:
    told = holds(node, count)
    left, right = (_range(measure(side, count)) for side in (node.left, node.right))
    if told is None:
        text = _("“{outcome}”: {condition}: {left} {operator} {right}, which is open")
    elif told:
        text = _("“{outcome}”: {condition}: {left} {operator} {right}, which holds")
    else:
        text = _("“{outcome}”: {condition}: {left} {operator} {right}, which does not hold")
    return text.format(
        outcome=line.outcome,
        condition=spoken(Words(procedure).predicate(node).text),
        left=left,
        operator=_SIGNS.get(node.operator, node.operator),
        right=right,
    )


_SIGNS = {">=": "≥", "<=": "≤", "!=": "≠"}


def _range(bounds: Range) -> str:
    low, high = (_number(Fraction(end)) for end in bounds)
    return low if low == high else _("from {low} to {high}").format(low=low, high=high)


def _number(value: Fraction) -> str:
    return number_words(value.numerator) if value.denominator == 1 else str(value)
