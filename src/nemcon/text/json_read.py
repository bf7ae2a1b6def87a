"""JSON and JSON Lines text to entries."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from nemcon.saying import say
from nemcon.text.convert import from_dict
from nemcon.text.loaded import DEFAULTS, Collector, Loaded, field_name, without_mark
from nemcon.text.toml_scan import too_deep_at

UNREADABLE = "unreadable"
"""The key of a line that stands for an entry nobody could read when a record was exported."""

FORMS = '[{"kind": "position", …}, …] or {"body": "…", "entries": […]}'


def read_json(text: str, file: str) -> Loaded:
    """The entries of a JSON text: a list of them, an object with a list `entries`, or one entry.

    Never raises for what the text says. Findings: those of `from_dict`, and `bad-json`,
    `too-deep`, `too-large`, `unknown-key` and `duplicate-entry` for the text itself. The place
    of each is the line where the entry starts.
    """
    text = without_mark(text)
    collector = Collector(file)
    content = _parsed(text, collector, 0)
    if isinstance(content, list):
        _take_all(content, {}, text, collector)
    elif isinstance(content, dict) and "kind" in content:
        _take(content, {}, 1 + text.count("\n", 0, text.index("{")), collector)
    elif isinstance(content, dict):
        _take_object(content, text, collector)
    elif content is not _NOTHING:
        collector.error("bad-json", say("these are no entries; write {forms}", forms=FORMS), 1)
    return collector.loaded()


def read_json_lines(text: str, file: str) -> Loaded:
    """The entries of a text with one JSON object a line; a broken line costs only itself.

    Findings as in `read_json`.
    """
    collector = Collector(file)
    for before, line in enumerate(without_mark(text).split("\n")):
        if line.strip():
            content = _parsed(line, collector, before)
            if content is not _NOTHING:
                _take(content, {}, before + 1, collector)
    return collector.loaded()


class _TwoMeaningsError(ValueError):
    """JSON that other programs would read in another way, or not at all."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in read if names.count(name) > 1)
        raise _TwoMeaningsError(
            say("the name {twice!r} stands twice in one object; keep one", twice=twice[:60])
        )
    return read


def _no_constant(name: str) -> Any:
    raise _TwoMeaningsError(
        say("{name} is no JSON; write a whole number, or a text in quotes", name=name)
    )


_decoder = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_constant)
_NOTHING = object()


def _parsed(text: str, collector: Collector, before: int) -> Any:
    """The value of a JSON text that stands below `before` other lines, or `_NOTHING`."""
    try:
        return _decoder.decode(text)
    except json.JSONDecodeError as error:
        message = say(
            "this is not JSON: {msg} (column {colno}); correct that line",
            msg=error.msg,
            colno=error.colno,
        )
        collector.error("bad-json", message, before + error.lineno)
    except _TwoMeaningsError as error:
        collector.error("bad-json", str(error), before + _failing_line(text))
    except RecursionError:
        message = say("the values nest too deep to be read; write them flatter")
        line = too_deep_at(text)
        collector.error("too-deep", message, line and before + line)
    except ValueError:  # Python refuses to read numbers of thousands of digits
        message = say("a number has too many digits; write a smaller one")
        collector.error("too-large", message, before + _failing_line(text))
    collector.leave_out(None)
    return _NOTHING


def _take_object(content: dict[str, Any], text: str, collector: Collector) -> None:
    entries = content.get("entries")
    if not isinstance(entries, list):
        collector.error(
            "bad-json", say("there is no list of entries; write {forms}", forms=FORMS), 1
        )
        return
    defaults = {}
    for name, value in content.items():
        if name in DEFAULTS and isinstance(value, str):
            defaults[name] = value
        elif name in DEFAULTS:
            collector.wrong_default(name, 1)
        elif name != "entries":
            collector.unknown_key(name, 1)
    _take_all(entries, defaults, text, collector)


def _take_all(
    entries: list[Any], defaults: dict[str, str], text: str, collector: Collector
) -> None:
    line, counted = 1, 0
    for data, start in zip(entries, _starts(text), strict=True):
        line += text.count("\n", counted, start)
        counted = start
        _take(data, defaults, line, collector)


def _take(data: Any, defaults: dict[str, str], line: int, collector: Collector) -> None:
    place = collector.place(line)
    if isinstance(data, dict) and "kind" not in data and data.keys() & {"entry", UNREADABLE}:
        _take_logged(data, line, collector)
        return
    if defaults and isinstance(data, dict):
        data = {**defaults, **data}
    collector.take(from_dict(data, place), place, data)


def _take_logged(data: dict[str, Any], line: int, collector: Collector) -> None:
    """An entry as a record held it: what `write_logged` writes."""
    place = collector.place(line)
    if UNREADABLE in data:
        collector.unreadable += 1
        return
    for name in data.keys() - {"id", "entry", "proposed", "by"}:
        message = say(
            "beside an entry of a record stand 'id', 'proposed' and 'by', not {name!r}",
            name=name[:60],
        )
        collector.error("unknown-key", message, line, field_name(name))
    entry = from_dict(data["entry"], place)
    if not isinstance(entry, tuple) and data.get("id", entry.id) != entry.id:
        message = say(
            "the id beside this entry is {data!r}, but its content gives {id}: it was "
            "changed by hand; restore it, or keep only what 'entry' holds",
            data=str(data["id"])[:60],
            id=entry.id,
        )
        collector.error("other-id", message, line, "id")
        collector.leave_out(data["entry"])
        return
    collector.take(entry, place, data["entry"])
    if isinstance(entry, tuple):
        return
    if data.get("proposed") is True:
        collector.proposed.add(entry.id)
    if isinstance(by := data.get("by"), str) and by:
        collector.by[entry.id] = by


_space = re.compile(r"[ \t\r\n]*").match


def _past_space(text: str, at: int) -> int:
    found = _space(text, at)
    return found.end() if found else at


def _next(text: str, at: int) -> int:
    """Where the next item or name starts, after the value that ends at `at`."""
    at = _past_space(text, at)
    return _past_space(text, at + 1) if text[at] == "," else at


def _starts(text: str) -> Iterator[int]:
    """Where each entry of a text starts that holds a list of them."""
    at = _past_space(text, _list_start(text) + 1)
    while text[at] != "]":
        yield at
        at = _next(text, _decoder.raw_decode(text, at)[1])


def _list_start(text: str) -> int:
    """The opening bracket of the list of entries, outermost or below the name `entries`."""
    at = _past_space(text, 0)
    if text[at] == "[":
        return at
    at = _past_space(text, at + 1)
    while True:
        name, end = _decoder.raw_decode(text, at)
        at = _past_space(text, _past_space(text, end) + 1)
        if name == "entries":
            return at
        at = _next(text, _decoder.raw_decode(text, at)[1])


def _failing_line(text: str) -> int:
    """The line of the entry that the decoder refuses, or of the text's start."""
    start = 0
    try:
        for at in _starts(text):
            start = at
    except (ValueError, IndexError):
        pass
    return text.count("\n", 0, start) + 1
