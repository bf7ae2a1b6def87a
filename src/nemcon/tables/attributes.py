"""Attributes of members in cells: what they weigh, and what else is told of them.

A rule reads `1.000` as one, and whoever wrote it may have meant a thousand. So what a member weighs
is a whole number in digits or a fraction, and what looks like a number in any other notation is no
value of any attribute.
"""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from typing import Any

from nemcon.saying import say
from nemcon.tables.cells import CellError, decoded, encoded, kept_as_json, quoted
from nemcon.tables.columns import plain
from nemcon.tables.grid import Broken, Cell, Percent

_WEIGHTS = frozenset(
    {
        *("weight", "weights", "votes", "vote", "shares", "share", "population", "pop"),
        *("votingpower", "power", "tokens", "standing", "stimmen", "anteile", "voix", "parts"),
    }
)
_WEIGHT = re.compile(r"\d{1,16}(?:/0*[1-9]\d{0,15})?")
# Digits with what people put between and behind them. A dot before other than three digits can
# only part a fraction from its whole, and a zero begins no thousands.
_NUMBER_LIKE = re.compile(r"[+\-\u2212]?\s*\d[\d.,'\u2019\s]*%?")
_CLEAR = re.compile(r"[+-]?(?:\d{1,16}|\d+/\d+|0\.\d+|\d+\.(?:\d\d?|\d{4,}))")


def is_weight(name: str) -> bool:
    """Whether an attribute is one that members are weighed by: a number, and nothing else."""
    return plain(name) in _WEIGHTS


def attribute(name: str, cell: Cell) -> Any:
    """A cell of an attribute as its value; None if it is empty. Raises `CellError`."""
    if cell is None or isinstance(cell, Broken | Percent | str):
        text = decoded("text", cell)
        if not isinstance(text, str) or str(cell).strip().startswith("json:"):
            return text
        cell = text
    elif isinstance(cell, date | time | timedelta):
        raise CellError(
            "bad-cell",
            say("is the date {cell}; format the cell as text, and write what is meant", cell=cell),
        )
    return _weight(cell) if is_weight(name) else _other(cell)


def attribute_cell(name: str, value: Any) -> Cell:
    """The cell of an attribute, such that `attribute` gives the value back."""
    cell = encoded("attributes", value)
    try:
        read = attribute(name, cell)
    except CellError:
        return kept_as_json(value)
    return cell if (type(read), read) == (type(value), value) else kept_as_json(value)


def _weight(cell: Any) -> Any:
    if isinstance(cell, str) and _WEIGHT.fullmatch(cell):
        return cell if "/" in cell else int(cell)
    if not isinstance(cell, str | bool) and cell >= 0 and float(cell).is_integer():
        return decoded("whole", cell)
    raise CellError(
        "bad-number",
        say(
            "is {cell}; write a whole number in digits only, such as 1000, or a fraction such as "
            "1/2",
            cell=quoted(cell),
        ),
    )


def _other(cell: Any) -> Any:
    """A whole number where it is one, true or false, else a text."""
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, str) and _NUMBER_LIKE.fullmatch(cell) and not _CLEAR.fullmatch(cell):
        raise CellError(
            "bad-number",
            say(
                "is {cell}, which may be read as another number than is meant; write digits "
                "only, such as 1000, or a fraction such as 1/2",
                cell=quoted(cell),
            ),
        )
    try:
        return decoded("whole", cell)
    except CellError:
        return decoded("text", cell)
