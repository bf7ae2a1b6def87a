"""A rule written so that every condition rises with the members in favour, where that can be seen.

`yes > no, or yes = no and the chair is for it` has a condition that more members can break, and
holds as a whole from *yes >= no* on. Each list of weights has a few quotas; between them nothing
changes. If, over all combinations of the steps between quotas, more never hurts, then the rule is
the combinations from which on it holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from math import prod

from nemcon.analysis.game import (
    AllOf,
    AnyOf,
    Fixed,
    Formula,
    Groups,
    Threshold,
    all_of,
    any_of,
    may_fall,
    nodes,
    threshold,
)

MOST_STEPS = 5_000
_Row = tuple[int, ...]


def rising(formula: Formula) -> Formula:
    """The same formula in conditions that never fall; as it is, where this cannot be seen."""
    if not may_fall(formula):
        return formula
    if isinstance(formula, Groups):
        if min(formula.weights) < 0:
            return formula
        inner = tuple(rising(part) for part in formula.formulas)
        return Groups(formula.members, inner, formula.weights, formula.quota)
    if any(isinstance(node, Groups) for node in nodes(formula)):
        return _of_parts(formula)
    cuts = _cuts(formula)
    if cuts is None or prod(len(each) + 1 for each in cuts.values()) > MOST_STEPS:
        return _of_parts(formula)
    return _from(formula, cuts) or _of_parts(formula)


def _of_parts(formula: Formula) -> Formula:
    match formula:
        case AllOf():
            return all_of(rising(part) for part in formula.parts)
        case AnyOf():
            return any_of(rising(part) for part in formula.parts)
    return formula


def _cuts(formula: Formula) -> Mapping[_Row, Sequence[int]] | None:
    """Of each list of weights, none below nought, the quotas at which something changes."""
    found: dict[_Row, set[int]] = {}
    for node in nodes(formula):
        if isinstance(node, Threshold):
            row, cut = _upright(node)
            if min(row) < 0:
                return None
            found.setdefault(row, set()).add(cut)
    return {row: sorted(cuts) for row, cuts in found.items()}


def _upright(node: Threshold) -> tuple[_Row, int]:
    """The weights turned positive, and the first sum on the other side of the quota."""
    if max(node.weights) > 0:
        return node.weights, node.quota
    return tuple(-w for w in node.weights), 1 - node.quota


def _from(formula: Formula, cuts: Mapping[_Row, Sequence[int]]) -> Formula | None:
    """The steps from which on it holds; None if it falls somewhere between steps."""
    rows = list(cuts)
    every = list(product(*(range(len(cuts[row]) + 1) for row in rows)))
    holds = {at: _holds(formula, dict(zip(rows, at, strict=True)), cuts) for at in every}
    least = []
    for at, so in holds.items():
        before = [holds[(*at[:n], k - 1, *at[n + 1 :])] for n, k in enumerate(at) if k]
        if not so and any(before):
            return None
        if so and not any(before):
            least.append(at)
    return any_of(
        all_of(threshold(row, cuts[row][k - 1]) for row, k in zip(rows, at, strict=True) if k)
        for at in least
    )


def _holds(formula: Formula, at: Mapping[_Row, int], cuts: Mapping[_Row, Sequence[int]]) -> bool:
    """Whether it holds where each sum has passed so many of its quotas."""
    match formula:
        case Fixed():
            return formula.value
        case Threshold():
            row, cut = _upright(formula)
            passed = at[row] > cuts[row].index(cut)
            return passed if row == formula.weights else not passed
        case AllOf():
            return all(_holds(part, at, cuts) for part in formula.parts)
        case AnyOf():
            return any(_holds(part, at, cuts) for part in formula.parts)
        case Groups():
            raise TypeError(formula)
