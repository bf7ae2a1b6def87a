"""Hypothesis strategies for dates and entries of every kind, from the annotations alone."""

from dataclasses import MISSING, fields
from datetime import UTC, date, timedelta, timezone
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from nemcon.entries import KINDS, AnyEntry
from nemcon.when import When

days = st.dates(date(1, 1, 1), date(9999, 12, 31))
offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
instants = st.datetimes(timezones=st.one_of(st.just(UTC), offsets))


@st.composite
def date_texts(draw: st.DrawFn) -> str:
    """A year, month, day or instant in the subset, with or without its marks."""
    if draw(st.booleans()):
        return draw(instants).isoformat().replace("+00:00", "Z")
    text = draw(days).isoformat()[: draw(st.sampled_from([4, 7, 10]))]
    return text + draw(st.sampled_from(["", "", "~", "?", "%"]))


@st.composite
def whens(draw: st.DrawFn) -> When:
    """Any date that can be written: single, closed range, half-open, open."""
    first = draw(date_texts())
    form = draw(st.sampled_from(["single", "single", "closed", "from", "until", "open"]))
    if form == "closed":
        second = draw(date_texts())
        low, high = sorted([When.parse(first), When.parse(second)], key=_first_day)
        return When.parse(f"{low}/{high}") if _in_order(low, high) else low
    texts = {"single": first, "from": f"{first}/..", "until": f"../{first}", "open": "../.."}
    return When.parse(texts[form])


def _first_day(when: When) -> date:
    return when.first_day() or date.min


def _in_order(low: When, high: When) -> bool:
    first, last = low.first_day(), high.last_day()
    return first is not None and last is not None and (last - first).days > 1


names = st.from_regex(r"[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,4})?", fullmatch=True)
texts = st.one_of(
    names, st.text(max_size=30), st.text("ab\"'\\\n\r\t#[]{}=\0\x7f\u2028", max_size=30)
)
numbers = st.one_of(st.integers(0, 200), st.integers(-(2**53) + 1, 2**53 - 1))
attributes = st.dictionaries(texts, st.one_of(texts, numbers, st.booleans()), max_size=3)
plain = st.recursive(
    st.one_of(texts, numbers, st.booleans()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3)),
    max_leaves=6,
)


def any_entry() -> st.SearchStrategy[AnyEntry]:
    """An entry of any kind with any of its fields."""
    return st.one_of([entries_of(cls) for cls in KINDS.values()])


def entries_of(cls: type) -> st.SearchStrategy[Any]:
    """Instances of one dataclass with what is needed and a few of the other fields."""
    hints = get_type_hints(cls)
    values = {item.name: _values(hints[item.name]) for item in fields(cls)}
    needed = [
        item.name
        for item in fields(cls)
        if item.default is MISSING and item.default_factory is MISSING
    ]
    return _instances(cls, values, needed, sorted(values.keys() - set(needed)))


@st.composite
def _instances(
    draw: st.DrawFn,
    cls: type,
    values: dict[str, st.SearchStrategy[Any]],
    needed: list[str],
    others: list[str],
) -> Any:
    some = draw(st.lists(st.sampled_from(others), max_size=5, unique=True)) if others else []
    return cls(**{name: draw(values[name]) for name in [*needed, *some]})


def _values(hint: Any) -> st.SearchStrategy[Any]:
    arguments = get_args(hint)
    if NoneType in arguments:
        return st.one_of(st.none(), *[_values(a) for a in arguments if a is not NoneType])
    origin = get_origin(hint)
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin is tuple:
        return st.lists(_values(arguments[0]), max_size=3).map(tuple)
    if origin is not None:
        return st.dictionaries(texts, plain, max_size=3) if arguments[1] is Any else attributes
    simple = {str: texts, int: numbers, bool: st.booleans(), When: whens()}
    return simple[hint] if hint in simple else entries_of(hint)
