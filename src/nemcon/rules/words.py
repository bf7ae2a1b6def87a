"""Measures and sets in short words, for the arithmetic of an answer."""

from __future__ import annotations

from nemcon.rules.algebra import (
    VALUE,
    Both,
    Constant,
    Either,
    Everyone,
    Extreme,
    Fewest,
    Floor,
    Groups,
    Having,
    HavingNumber,
    Measure,
    Members,
    Multiple,
    Parameter,
    Product,
    Square,
    Stances,
    Sum,
    Term,
    Valued,
    Versus,
    Without,
)
from nemcon.rules.answer import exact_text
from nemcon.rules.names import listed


def set_words(members: Members) -> str:
    """A set: *all*, *yes or no*, *no, permanent*."""
    match members:
        case Everyone():
            return "all"
        case Stances():
            return listed(sorted(members.names))
        case Having():
            if members.value is True:
                return members.attribute
            if members.value is False:
                return f"not {members.attribute}"
            return f"{members.attribute} {members.value}"
        case HavingNumber():
            return f"{members.attribute} {members.operator} {members.number}"
        case Valued():
            return f"{members.operator} {members.number}"
        case Both():
            return ", ".join(map(_inner, members.parts)) or "all"
        case Either():
            return " or ".join(map(_inner, members.parts)) or "nobody"
        case Without(whole=Everyone(), part=part):
            return f"all but {_inner(part)}"
        case Without():
            return f"{_inner(members.whole)} but not {_inner(members.part)}"


def _inner(members: Members) -> str:
    words = set_words(members)
    simple = not isinstance(members, Either | Without | Both)
    return words if simple else f"({words})"


def measure_words(measure: Measure) -> str:
    """A measure: *yes*, *pop of yes*, *2/3 of (yes or no)*."""
    match measure:
        case Term(members=members, weight=""):
            return set_words(members)
        case Term(members=members, weight=weight):
            return f"{'sum' if weight == VALUE else weight} of {_inner(members)}"
        case Constant():
            return exact_text(measure.value)
        case Multiple():
            return f"{exact_text(measure.factor)} of {_part(measure.measure)}"
        case Product():
            return f"{_part(measure.left)} times {_part(measure.right)}"
        case Sum():
            return _sum(measure)
        case Extreme():
            which = "least" if measure.which == "min" else "greatest"
            return f"the {which} of {listed(map(_part, measure.parts), 'and')}"
        case Square():
            return f"the square of {_part(measure.measure)}"
        case Floor():
            return f"{_part(measure.measure)}, rounded down"
        case Parameter():
            return measure.name
        case Groups():
            weight = f"{measure.weight} of groups" if measure.weight else "groups"
            return f"{weight} by {measure.by}"
        case Fewest():
            return f"the fewest of {_inner(measure.members)} with enough {measure.attribute}"
        case Versus():
            return f"{measure.first} before {measure.second}"


def _sum(measure: Sum) -> str:
    match measure.parts:
        case (left, Multiple(factor=factor, measure=right)) if factor == -1:
            return f"{_part(left)} less {_part(right)}"
    return " plus ".join(map(_part, measure.parts)) or "0"


def _part(measure: Measure) -> str:
    words = measure_words(measure)
    alone = isinstance(measure, Constant | Parameter | Term) and " or " not in words
    return words if alone else f"({words})"
