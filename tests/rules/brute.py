"""Rules decided by brute force, straight from the plain values of their files.

Shares nothing with `nemcon.rules`: every member is looked at by itself, every course is tried.
A member is a pair (position, attributes); a number as a position is a Fraction.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, product
from math import floor
from typing import Any

Member = tuple[Any, Mapping[str, Any]]
People = list[Member]
OPERATORS = {
    ">=": lambda a, b: a >= b,
    ">": lambda a, b: a > b,
    "=": lambda a, b: a == b,
    "<=": lambda a, b: a <= b,
    "<": lambda a, b: a < b,
    "!=": lambda a, b: a != b,
}
SPELT = {"none": "silent", "notpart": "not-participating", "recuse": "recused", "spoilt": "invalid"}
INPUTS = {"silent", "absent", "not-participating", "recused", "invalid"}


def named(position: Any) -> Any:
    """A position in one spelling."""
    if not isinstance(position, str):
        return position
    text = position.lower().replace(" ", "-").replace("_", "-")
    return SPELT.get(text, text)


def value(attributes: Mapping[str, Any], name: str) -> Any:
    """An attribute; what is absent is false."""
    return attributes.get(name, False)


def is_in(data: Any, member: Member) -> bool:
    """Whether a member is in a set."""
    position, attributes = member
    if data == "all":
        return True
    if isinstance(data, str):
        return bool(position == named(data))
    ((key, inner),) = data.items()
    if key == "pos":
        return position in map(named, inner)
    if key == "attr" and len(inner) == 2:
        return bool(value(attributes, inner[0]) == inner[1])
    if key == "attr":
        held = attributes.get(inner[0])
        if held is None or isinstance(held, bool | str):
            return False
        return bool(OPERATORS[inner[1]](Fraction(held), Fraction(inner[2])))
    if key == "value":
        return isinstance(position, Fraction) and OPERATORS[inner[0]](position, Fraction(inner[1]))
    if key == "and":
        return all(is_in(part, member) for part in inner)
    if key == "or":
        return any(is_in(part, member) for part in inner)
    if key == "minus":
        return is_in(inner[0], member) and not is_in(inner[1], member)
    assert key == "not"
    return not is_in(inner, member)


def members(data: Any, people: People) -> People:
    """The members in a set."""
    return [one for one in people if is_in(data, one)]


def weigh(name: str, one: Member) -> Fraction:
    """What a member weighs."""
    return Fraction(one[0] if name == "value" else one[1][name])


def measure(data: Any, people: People) -> Fraction:
    """A measure."""
    if isinstance(data, int | str):
        return Fraction(data)
    ((key, inner),) = data.items()
    if key == "n":
        return Fraction(len(members(inner, people)))
    if key == "w":
        return sum((weigh(inner[0], one) for one in members(inner[1], people)), Fraction(0))
    if key in ("add", "min", "max", "mul", "sub"):
        parts = [measure(part, people) for part in inner]
        if key == "mul":
            return parts[0] * parts[1]
        if key == "sub":
            return parts[0] - parts[1]
        return {"add": lambda: sum(parts, Fraction(0)), "min": lambda: min(parts)}.get(
            key, lambda: max(parts)
        )()
    if key == "square":
        return measure(inner, people) ** 2
    if key == "floor":
        return Fraction(floor(measure(inner, people)))
    if key == "groups":
        return groups(inner, people)
    assert key == "fewest"
    return fewest(inner, people)


def groups(data: Any, people: People) -> Fraction:
    """How many groups hold, or what they weigh."""
    inside = members(data.get("in", "all"), people)
    names = {one[1][data["by"]] for one in inside if data["by"] in one[1]}
    total = Fraction(0)
    for name in names:
        group = [one for one in inside if one[1].get(data["by"]) == name]
        if holds(data["where"], group):
            total += weigh(data["weight"], group[0]) if "weight" in data else 1
    return total


def fewest(data: Any, people: People) -> Fraction:
    """The least number of members that reach a measure: all sets are tried."""
    name, chosen, operator, wanted = data
    inside = members(chosen, people)
    goal = measure(wanted, people)
    for size in range(len(inside) + 1):
        for some in combinations(inside, size):
            if OPERATORS[operator](sum((weigh(name, one) for one in some), Fraction(0)), goal):
                return Fraction(size)
    return Fraction(len(inside) + 1)


def holds(data: Any, people: People) -> bool:
    """A predicate."""
    if isinstance(data, bool):
        return data
    if "if" in data:
        return holds(data.get("then" if holds(data["if"], people) else "else", True), people)
    ((key, inner),) = data.items()
    if key == "cmp":
        return bool(OPERATORS[inner[1]](measure(inner[0], people), measure(inner[2], people)))
    if key == "none":
        return not members(inner, people)
    if key == "some":
        return bool(members(inner, people))
    if key == "all":
        return all(holds(part, people) for part in inner)
    if key == "any":
        return any(holds(part, people) for part in inner)
    assert key == "not"
    return not holds(inner, people)


def normalised(rule: Mapping[str, Any], people: People) -> People:
    """The members after the rule's steps."""
    eligible = rule.get("roll", {}).get("eligible", "all")
    people = members(eligible, people)
    for step in rule.get("normalise", ()):
        people = stepped(step, people)
    return people


def stepped(step: Mapping[str, Any], people: People) -> People:
    """The members after one step."""
    if "default" in step:
        return [(named(step["default"]) if p == "silent" else p, a) for p, a in people]
    if "map" in step:
        pairs = {named(old): named(new) for old, new in step["map"].items()}
        return [(pairs.get(p, p), a) for p, a in people]
    if "where" in step:
        to = named(step["to"])
        return [(to if is_in(step["where"], (p, a)) else p, a) for p, a in people]
    if "drop" in step:
        return [one for one in people if not is_in(step["drop"], one)]
    if "bloc" in step:
        return blocs(step, people)
    return one_per(step["one_per"], people)


def blocs(step: Mapping[str, Any], people: People) -> People:
    """Members of one bloc that are not of one mind become invalid."""
    name, ignored = step["bloc"], {named(p) for p in step.get("ignore", ())}
    minds: dict[Any, set[Any]] = {}
    for position, held in people:
        if name in held and position not in ignored:
            minds.setdefault(held[name], set()).add(position)
    return [
        ("invalid" if name in a and p not in ignored and len(minds[a[name]]) > 1 else p, a)
        for p, a in people
    ]


def one_per(name: str, people: People) -> People:
    """Like ballots of one attribute value count as one: the first by its attributes."""
    first: dict[Any, Member] = {}
    rest: People = []
    for position, held in people:
        if name not in held or position in INPUTS:
            rest.append((position, held))
            continue
        key = (held[name], position)
        if key not in first or order(held) < order(first[key][1]):
            first[key] = (position, held)
    return [*rest, *first.values()]


def order(attributes: Mapping[str, Any]) -> Any:
    """The order of attributes: by name, then as text."""
    shown = {
        key: (repr(Fraction(v)) if isinstance(v, int) and not isinstance(v, bool) else repr(v))
        for key, v in attributes.items()
    }
    return sorted(shown.items())


def outcome(rule: Mapping[str, Any], people: Iterable[Member]) -> str | None:
    """The outcome of the ladder; None off its end."""
    counted = normalised(rule, [(named(p), a) for p, a in people])
    for line in rule["outcome"]:
        if holds(line.get("when", True), counted):
            return str(line["is"])
    return None


def outcomes(
    rule: Mapping[str, Any], people: Sequence[Member], open_: Sequence[Mapping[str, Any]]
) -> set[str | None]:
    """Every outcome, whatever members of whom nothing is known say."""
    options = [*map(named, rule["positions"]), "silent"]
    return {
        outcome(rule, [*people, *zip(said, open_, strict=True)])
        for said in product(options, repeat=len(open_))
    }


def splits(number: int, classes: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Every way to take so many out of classes of these sizes."""
    if not classes:
        if not number:
            yield ()
        return
    for taken in range(min(number, classes[0]) + 1):
        for more in splits(number - taken, classes[1:]):
            yield (taken, *more)
