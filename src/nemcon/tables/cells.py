"""One value to a cell and back, such that every value comes back as it was.

What a cell cannot hold as it is (control characters, blanks at its ends, lists within lists, a
text that looks like something else) is written as ``json:`` and JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import Field
from datetime import date, datetime, time, timedelta
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from nemcon.entries import Count
from nemcon.saying import joined, say
from nemcon.tables.grid import LONGEST_CELL, Broken, Cell, Percent
from nemcon.when import When

JSON = "json:"
Sort = Literal["text", "whole", "truth", "when", "list", "counts", "attributes", "json"]

EXACT = 10**15
"""Whole numbers from here on are written as text: spreadsheets keep fifteen digits."""

# Control characters but the line feed and the tab, marks that hide or turn text, and what XML
# readers of spreadsheets would decode.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_"
)
_WHOLE = re.compile(r"[+-]?\d{1,16}")
_FIRST_YEAR, _LAST_YEAR = 1000, 2199  # a number beyond is a spreadsheet's number of a day
_DAY_NUMBER = re.compile(r"[1-9]\d{3,4}")
_DOTTED = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d\d)")
_YEAR_FIRST = re.compile(
    r"(?P<year>\d{4})(?P<mark>[./ -]?)(?P<month>\d\d|(?<=\D)\d)(?P=mark)(?P<day>\d\d|(?<=\D)\d)"
)
_NO_ZONE = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)")
_YES = frozenset({"yes", "y", "true", "x", "1", "ja", "oui", "sí", "si"})
_NO = frozenset({"no", "n", "false", "0", "nein", "non"})


class CellError(Exception):
    """A cell that does not give a value of its column: the code of a finding, and its words."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def sort_of(hint: Any) -> Sort:
    """How values of this annotation stand in a cell."""
    arguments = get_args(hint)
    if NoneType in arguments:
        (hint,) = (each for each in arguments if each is not NoneType)
        arguments = get_args(hint)
    origin = get_origin(hint)
    if origin is Literal:
        return "text"
    if hint == tuple[Count, ...]:
        return "counts"
    if origin is tuple:
        return "list" if arguments[0] is str else "json"
    if origin is not None:
        return "json" if arguments[1] is Any else "attributes"
    simple: Mapping[Any, Sort] = {str: "text", int: "whole", bool: "truth", When: "when"}
    return simple[hint]


def shown(sort: Sort, item: Field[Any], value: Any) -> Cell:
    """The cell of a field; `value` is plain JSON as in `to_dict`, None where it is the default."""
    if value is None:
        # A default in words is written out, so that it can be seen and changed.
        return item.default if sort == "text" and isinstance(item.default, str) else None
    return encoded(sort, value)


def encoded(sort: Sort, value: Any) -> Cell:
    """A plain JSON value as a cell."""
    if type(value) is str and (sort in ("text", "when") or not _is_other(value)):
        far = sort == "when" and _DAY_NUMBER.fullmatch(value) and int(value) > _LAST_YEAR
        return value if _simple(value) and not far else kept_as_json(value)
    if type(value) is bool and sort == "truth":
        return "yes" if value else "no"
    if type(value) is int:
        return value if abs(value) < EXACT else str(value)
    if sort == "list" and value and all(_item(each) for each in value):
        return "; ".join(value)
    return kept_as_json(value)


def _is_other(text: str) -> bool:
    """Whether a text would be read as a number where numbers may stand too."""
    return _WHOLE.fullmatch(text) is not None


def _simple(text: str) -> bool:
    """Whether a text comes back from a cell as it is."""
    return (
        text != ""
        and text == text.strip()
        and not text.startswith((JSON, "#"))
        and _UNSAFE.search(text) is None
    )


def _item(text: str) -> bool:
    return _simple(text) and not any(mark in text for mark in ";\n")


def kept_as_json(value: Any) -> str:
    """What a cell cannot hold as it is, as text that says so."""
    return JSON + json.dumps(value, separators=(",", ":")).replace("_x", "\\u005fx")


def decoded(sort: Sort, cell: Cell) -> Any:
    """A cell as plain JSON value; None if it is empty. Raises `CellError`."""
    if isinstance(cell, Broken):
        raise CellError(cell.code, cell.message)
    if isinstance(cell, Percent):
        raise CellError("bad-number", _percentage(cell))
    if isinstance(cell, str):
        cell = cell.strip().strip("\u00a0").strip()
        if len(cell) > LONGEST_CELL:
            message = say(
                "holds more than {n:,} characters; keep long texts in files",
                n=LONGEST_CELL,
            )
            raise CellError("long-cell", message)
        if cell.startswith(JSON):
            return _from_json(cell)
    if cell is None or cell == "":
        return None
    return _READERS[sort](cell)


def _percentage(cell: Percent) -> str:
    return say(
        "is the percentage {percent:g} %, which a spreadsheet keeps as {cell}; write a whole "
        "number, or format the cell as text and write what is meant",
        percent=cell * 100,
        cell=float(cell),
    )


def _from_json(cell: str) -> Any:
    try:
        return json.loads(cell.removeprefix(JSON))
    except (ValueError, RecursionError):
        message = say(
            "begins with {json} but what follows is no JSON; write the text without it", json=JSON
        )
        raise CellError("bad-json", message) from None


def _text(cell: Any) -> str:
    if isinstance(cell, bool):
        raise CellError(
            "bad-cell", say("is the truth value {cell}; format the cell as text", cell=cell)
        )
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def _whole(cell: Any) -> Any:
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < EXACT * 10:
        return int(cell)
    if isinstance(cell, int) and not isinstance(cell, bool):
        return cell
    if isinstance(cell, str) and _WHOLE.fullmatch(cell):
        return int(cell)
    raise CellError(
        "bad-number", say("is {cell}, no whole number; write digits only", cell=quoted(cell))
    )


def _truth(cell: Any) -> bool:
    if isinstance(cell, bool):
        return cell
    word = _text(cell).casefold()
    if word in _YES or word in _NO:
        return word in _YES
    raise CellError("bad-choice", say("is {cell}; write yes or no", cell=quoted(cell)))


def _when(cell: Any) -> str:
    if isinstance(cell, datetime):
        return _day_of(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time | timedelta | bool):
        raise CellError(
            "bad-date", say("is {cell}, no date; write it as 2024-06-20", cell=quoted(cell))
        )
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, int | float):
        return _year(cell)
    if found := _DOTTED.fullmatch(cell):
        raise CellError("bad-date", _other_order(cell, found))
    if _DAY_NUMBER.fullmatch(cell):
        return _year(int(cell))
    if told := _almost(cell):
        raise CellError("bad-date", told)
    return str(cell)


def _almost(text: str) -> str:
    """What to write for a day that is clear and stands otherwise; "" if it may be right."""
    plainly = re.sub("[\u2010-\u2015\u2212]", "-", text)
    if found := _YEAR_FIRST.fullmatch(plainly):
        year, month, day = (int(found[n]) for n in ("year", "month", "day"))
        try:
            right = date(year, month, day).isoformat()
        except ValueError:
            return ""
        return (
            ""
            if text == right
            else say("is '{text}'; dates stand as year-month-day: {right}", text=text, right=right)
        )
    if found := _NO_ZONE.fullmatch(plainly):
        right = f"{found[1]}T{found[2]}"
        return say(
            "is the time '{text}' without its zone; write it with the zone: {right}Z or "
            "{right}+02:00",
            text=text,
            right=right,
        )
    return ""


def _day_of(moment: datetime) -> str:
    if moment.time() == time():
        return moment.date().isoformat()
    text = moment.replace(microsecond=0).isoformat()
    raise CellError(
        "bad-date",
        say(
            "is the time {text} without its zone; write it as text with the zone: "
            "{text}Z or {text}+02:00",
            text=text,
        ),
    )


def _year(number: float) -> str:
    if isinstance(number, int) and _FIRST_YEAR <= number <= _LAST_YEAR:
        return str(number)
    if _LAST_YEAR < number < 100_000:
        day = date(1899, 12, 30) + timedelta(days=int(number))
        message = say(
            "is the number {number}, which a spreadsheet may show as {day}; format the "
            "cell as a date, or write the date as text",
            number=number,
            day=day,
        )
        raise CellError("bad-date", message)
    raise CellError(
        "bad-date", say("is the number {number}, no date; write it as 2024-06-20", number=number)
    )


def _other_order(text: str, found: re.Match[str]) -> str:
    """What to write for 20.06.2024, where there is only one way to read it."""
    first, second, year = int(found[1]), int(found[2]), found[3]
    days = []
    for day, month in dict.fromkeys([(first, second), (second, first)]):
        try:
            days.append(date(int(year), month, day).isoformat() if len(year) == 4 else "")
        except ValueError:
            continue
    sure = [day for day in days if day]
    if len(sure) == 1:
        return say("is '{text}'; dates stand as year-month-day: {sure}", text=text, sure=sure[0])
    if sure:
        return say(
            "is '{text}', which may be {dates}; write the one that is meant",
            text=text,
            dates=joined(" or ", sure),
        )
    return say(
        "is '{text}', which is not in the calendar or lacks its year; write it as 2024-06-20",
        text=text,
    )


def _list(cell: Any) -> list[str]:
    parts = re.split(r"[;\n]", _text(cell))
    return [part.strip() for part in parts if part.strip()]


def _no_plain(cell: Any) -> Any:
    message = say(
        "is {cell}; such a value stands in a cell only as {json} and JSON",
        cell=quoted(cell),
        json=JSON,
    )
    raise CellError("bad-cell", message)


_READERS: Mapping[Sort, Callable[[Any], Any]] = {
    "text": _text,
    "whole": _whole,
    "truth": _truth,
    "when": _when,
    "list": _list,
    "counts": _no_plain,
    "attributes": _no_plain,
    "json": _no_plain,
}


def quoted(cell: Any) -> str:
    """A cell as a message shows it."""
    text = str(cell)
    return f"'{text[:60]}…'" if len(text) > 60 else f"'{text}'"
