"""Random rules of the whole algebra, and random members to decide them for."""

from functools import cache
from typing import Any

from hypothesis import strategies as st

POSITIONS = ("yes", "no", "abstain")
PLACES = (*POSITIONS, "silent", "absent", "recused", "invalid")
OPERATORS = (">=", ">", "=", "<=", "<", "!=")
SHARES = ("1/2", "2/3", "3/5", "1", "2", "-1", "55/100")


@cache
def sets(depth: int = 2) -> st.SearchStrategy[Any]:
    """A set of members."""
    leaves = st.one_of(
        st.just("all"),
        st.sampled_from(PLACES),
        st.fixed_dictionaries(
            {"pos": st.lists(st.sampled_from(PLACES), min_size=1, max_size=3, unique=True)}
        ),
        st.fixed_dictionaries({"attr": st.tuples(st.just("p"), st.booleans()).map(list)}),
        st.fixed_dictionaries({"attr": st.tuples(st.just("g"), st.sampled_from("ab")).map(list)}),
        st.fixed_dictionaries(
            {
                "attr": st.tuples(st.just("w"), st.sampled_from(OPERATORS), st.integers(0, 4)).map(
                    list
                )
            }
        ),
    )
    if depth == 0:
        return leaves
    inner = sets(depth - 1)
    return st.one_of(
        leaves,
        leaves,
        st.fixed_dictionaries({"and": st.lists(inner, min_size=1, max_size=2)}),
        st.fixed_dictionaries({"or": st.lists(inner, min_size=1, max_size=2)}),
        st.fixed_dictionaries({"minus": st.tuples(inner, inner).map(list)}),
        st.fixed_dictionaries({"not": inner}),
    )


@cache
def sums() -> st.SearchStrategy[Any]:
    """A measure that is a sum over members."""
    return st.one_of(
        st.integers(0, 6),
        st.fixed_dictionaries({"n": sets()}),
        st.fixed_dictionaries({"n": sets()}),
        st.fixed_dictionaries({"w": st.tuples(st.just("w"), sets()).map(list)}),
    )


@cache
def measures(depth: int = 2, *, nested: bool = True) -> st.SearchStrategy[Any]:
    """A measure."""
    if depth == 0:
        return sums()
    inner = measures(depth - 1, nested=nested)
    choices = [
        sums(),
        sums(),
        st.fixed_dictionaries({"mul": st.tuples(st.sampled_from(SHARES), inner).map(list)}),
        st.fixed_dictionaries({"mul": st.tuples(inner, inner).map(list)}),
        st.fixed_dictionaries({"add": st.lists(inner, max_size=3)}),
        st.fixed_dictionaries({"sub": st.tuples(inner, inner).map(list)}),
        st.fixed_dictionaries({"min": st.lists(inner, min_size=1, max_size=3)}),
        st.fixed_dictionaries({"max": st.lists(inner, min_size=1, max_size=3)}),
        st.fixed_dictionaries({"square": inner}),
        st.fixed_dictionaries({"floor": inner}),
        st.fixed_dictionaries(
            {
                "fewest": st.tuples(st.just("w"), sets(1), st.sampled_from((">", ">=")), inner).map(
                    list
                )
            }
        ),
    ]
    if nested:
        choices.append(
            st.fixed_dictionaries(
                {
                    "groups": st.fixed_dictionaries(
                        {"by": st.just("g"), "where": predicates(1, nested=False)},
                        optional={"weight": st.just("v"), "in": sets(1)},
                    )
                }
            )
        )
    return st.one_of(choices)


@cache
def predicates(depth: int = 2, *, nested: bool = True) -> st.SearchStrategy[Any]:
    """A predicate."""
    measure = measures(nested=nested)
    leaves = st.one_of(
        st.fixed_dictionaries(
            {"cmp": st.tuples(measure, st.sampled_from(OPERATORS), measure).map(list)}
        ),
        st.fixed_dictionaries(
            {"cmp": st.tuples(measure, st.sampled_from(OPERATORS), measure).map(list)}
        ),
        st.fixed_dictionaries({"none": sets()}),
        st.fixed_dictionaries({"some": sets()}),
        st.booleans(),
    )
    if depth == 0:
        return leaves
    inner = predicates(depth - 1, nested=nested)
    return st.one_of(
        leaves,
        leaves,
        st.fixed_dictionaries({"all": st.lists(inner, max_size=3)}),
        st.fixed_dictionaries({"any": st.lists(inner, max_size=3)}),
        st.fixed_dictionaries({"not": inner}),
        st.fixed_dictionaries({"if": inner, "then": inner, "else": inner}),
    )


@cache
def steps() -> st.SearchStrategy[Any]:
    """One step before counting."""
    return st.one_of(
        st.fixed_dictionaries({"default": st.sampled_from(PLACES)}),
        st.fixed_dictionaries(
            {
                "map": st.dictionaries(
                    st.sampled_from(PLACES), st.sampled_from(PLACES), min_size=1, max_size=2
                )
            }
        ),
        st.fixed_dictionaries({"where": sets(1), "to": st.sampled_from(PLACES)}),
        st.fixed_dictionaries({"drop": sets(1)}),
        st.fixed_dictionaries(
            {"bloc": st.sampled_from("gv")},
            optional={"ignore": st.lists(st.sampled_from(PLACES), max_size=2, unique=True)},
        ),
        st.fixed_dictionaries({"one_per": st.sampled_from("gv")}),
    )


@st.composite
def rules(draw: st.DrawFn, *, simple_steps: bool = False) -> dict[str, Any]:
    """A rule with a ladder of one to three conditions, whose last line may be missing."""
    lines = [
        {"when": draw(predicates()), "is": name, "favourable": draw(st.booleans())}
        for name in ("one", "two", "three")[: draw(st.integers(1, 3))]
    ]
    if draw(st.integers(0, 3)):
        lines.append({"is": "last"})
    found: dict[str, Any] = {
        "id": "r",
        "title": "r",
        "positions": list(POSITIONS),
        "outcome": lines,
    }
    normalise = draw(st.lists(steps(), max_size=3))
    if simple_steps:
        normalise = [s for s in normalise if "bloc" not in s and "one_per" not in s]
    if normalise:
        found["normalise"] = normalise
    if draw(st.integers(0, 5)) == 0:
        found["roll"] = {"eligible": draw(sets(1))}
    return found


def attributes() -> st.SearchStrategy[dict[str, Any]]:
    """Attributes of a member: a class, a group with its weight, a weight of its own."""
    weights = {"a": 1, "b": 2, "c": 5}
    return st.tuples(st.booleans(), st.sampled_from("abc"), st.integers(0, 4)).map(
        lambda one: {"p": one[0], "g": one[1], "v": weights[one[1]], "w": one[2]}
    )
