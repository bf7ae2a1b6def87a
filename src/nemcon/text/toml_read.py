"""TOML text to entries."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from nemcon.entries import KINDS
from nemcon.saying import say
from nemcon.text.convert import from_dict, unknown_kind
from nemcon.text.loaded import (
    DEFAULTS,
    Collector,
    Loaded,
    in_order,
    without_mark,
)
from nemcon.text.toml_scan import Header, headers, key_lines, long_key_at, too_deep_at

_AT_LINE = re.compile(r" \(at line (\d+), (column \d+)\)$")
_MANY_DIGITS = re.compile(r"[0-9_]{4300,}")


def read_toml(text: str, file: str) -> Loaded:
    """The entries of a TOML text, in its order. Never raises for what the text says.

    Findings: those of `from_dict`, and `bad-toml`, `too-deep`, `too-large`, `unknown-key` and
    `duplicate-entry` for the text itself. The place of each is the line of the entry's header.
    """
    text = without_mark(text)
    collector = Collector(file)
    if line := long_key_at(text):
        message = say("a key has more parts than can be read; write at most 64, joined by dots")
        collector.error("too-deep", message, line)
        collector.leave_out(None)
    elif content := _parsed(text, collector):
        _take_all(content, text, collector)
    return in_order(collector.loaded())


def _parsed(text: str, collector: Collector) -> Mapping[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        _not_toml(str(error), text, collector)
    except RecursionError:
        message = say("the values nest too deep to be read; write them flatter")
        collector.error("too-deep", message, too_deep_at(text))
    except ValueError:  # Python refuses to read numbers of thousands of digits
        digits = _MANY_DIGITS.search(text)
        line = text.count("\n", 0, digits.start()) + 1 if digits else None
        collector.error("too-large", say("a number has too many digits; write a smaller one"), line)
    collector.leave_out(None)
    return {}


def _not_toml(problem: str, text: str, collector: Collector) -> None:
    found = _AT_LINE.search(problem)
    line = int(found[1]) if found else text.count("\n") + 1
    lines = text.splitlines()
    at = lines[line - 1] if 0 < line <= len(lines) else ""
    problem = _AT_LINE.sub(r" (\2)", problem)
    collector.error(
        "bad-toml",
        say("this is not TOML: {problem}; {advice}", problem=problem, advice=_advice(at)),
        line,
    )


def _advice(line: str) -> str:
    header = re.match(r"\s*\[+\s*(body|matter|source)\s*\]", line)
    if header:
        name = header[1]
        return say(
            "a file that says {name} = … at its top can hold no [[{name}]]: move one of "
            "them to another file, or write [{name}] once and leave out {name} = …",
            name=name,
        )
    fraction = re.search(r"[=\[,]\s*(\d+\s*/\s*\d+)\s*(?=[,\]}]|$)", line)
    if fraction:
        return say('write a fraction as a text, in quotes: "{fraction}"', fraction=fraction[1])
    return say("correct that line (texts stand in quotes, a table starts with [[kind]])")


def _take_all(content: Mapping[str, Any], text: str, collector: Collector) -> None:
    found: dict[str, list[Header]] = defaultdict(list)
    for header in headers(text):
        found[header.name].append(header)
    keys = key_lines(text)
    defaults = _defaults(content)
    for name, value in content.items():
        tables = [value] if isinstance(value, dict) else value
        lines = _lines(tables, found.get(name, []), keys.get(name))
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            _take_value(name, value, lines[0], collector)
        elif name not in KINDS:
            collector.findings.append(unknown_kind(name, collector.place(lines[0])))
            collector.leave_out(None)
        else:
            _take_tables(name, tables, defaults, lines, collector)


def _defaults(content: Mapping[str, Any]) -> dict[str, str]:
    """What every entry of the file says unless it says else: ``body = "nato"``.

    A file that describes its one body as ``[body]`` means the name that stands there.
    """
    given = {name: content.get(name) for name in DEFAULTS}
    names = {
        name: value.get("name") if isinstance(value, dict) else value
        for name, value in given.items()
    }
    return {name: value for name, value in names.items() if isinstance(value, str)}


def _lines(tables: Any, found: Sequence[Header], key: int | None) -> list[int | None]:
    """The line of each table: of its header, else of the first thing that names it."""
    whole = [header.line for header in found if header.whole]
    count = len(tables) if isinstance(tables, list) and tables else 1
    if len(whole) == count:
        return [*whole]
    return [found[0].line if found and key is None else key] * count


def _take_value(name: str, value: Any, line: int | None, collector: Collector) -> None:
    if name in DEFAULTS and isinstance(value, str):
        return
    if name in DEFAULTS:
        collector.wrong_default(name, line)
    elif name in KINDS:
        message = say(
            "'{name}' is a kind of entry; write its fields below a line [[{name}]]", name=name
        )
        collector.error("wrong-type", message, line, name)
    else:
        collector.unknown_key(name, line)


def _take_tables(
    kind: str,
    tables: Sequence[dict[str, Any]],
    defaults: Mapping[str, str],
    lines: Sequence[int | None],
    collector: Collector,
) -> None:
    for table, line in zip(tables, lines, strict=True):
        place = collector.place(line)
        if table.get("kind", kind) != kind:
            message = say("'kind' differs from the header [[{kind}]]; leave it out", kind=kind)
            collector.error("wrong-type", message, line, "kind")
            collector.leave_out(table)
            continue
        data = {**defaults, **table, "kind": kind}
        collector.take(from_dict(data, place), place, data)
