"""Where the tables of a TOML text start: the line numbers that `tomllib` does not give.

The scan knows as much of TOML as it needs: strings, comments and brackets may hide or fake
the header of a table. It is only asked about text that `tomllib` has read.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

# Strings and comments are matched only to step over them; a multi-line string may end in five
# quotes. What is first in its line, outside of everything else, is a header or a key.
_ELSE = r"""
    | "{3} (?: [^\\] | \\[\s\S] )*? "{3,5}
    | '{3} [\s\S]*? '{3,5}
    | " (?: [^"\\\n] | \\. )* "
    | ' [^'\n]* '
    | \# [^\n]*
    | (?P<open> [\[{] )
    | (?P<close> [\]}] )
"""
_HEADERS = re.compile(r"^[ \t]*(?P<start>\[\[?)" + _ELSE, re.VERBOSE | re.MULTILINE)
_KEYS = re.compile(r"^[ \t]*(?P<start>(?=[\w\"'-]))" + _ELSE, re.VERBOSE | re.MULTILINE)
_KEY = re.compile(
    r"""[ \t]*(?: (?P<bare>[A-Za-z0-9_-]+) | (?P<quoted>"(?:[^"\\\n]|\\.)*"|'[^'\n]*') )[ \t]*""",
    re.VERBOSE,
)
# `tomllib` takes a time that grows with the square of the parts of a key.
_LONG_KEY = re.compile(
    r"""(?: \. [ \t]*+ (?: [A-Za-z0-9_-]++ | "[^"\n]*+" | '[^'\n]*+' ) [ \t]*+ ){64}""", re.VERBOSE
)


@dataclass(frozen=True, slots=True)
class Header:
    """A header: the first part of its name, its line, and whether that part is all of it."""

    name: str
    line: int
    whole: bool


def headers(text: str) -> Iterator[Header]:
    """Every ``[name]``, ``[[name]]`` and ``[name.part]`` of a valid TOML text, in order."""
    line, counted = 1, 0
    for start, inside in _starts(_HEADERS, text):
        line += text.count("\n", counted, start)
        counted = start
        if key := _KEY.match(text, inside):
            yield Header(_name(key), line, text.startswith("]", key.end()))


def key_lines(text: str) -> Mapping[str, int]:
    """The line of each first part of a key above the first header of a valid TOML text."""
    first = next(_starts(_HEADERS, text), None)
    above = text[: first[0]] if first else text
    lines: dict[str, int] = {}
    for start, inside in _starts(_KEYS, above):
        if key := _KEY.match(above, inside):
            lines.setdefault(_name(key), above.count("\n", 0, start) + 1)
    return lines


def _starts(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Where each header or key starts, and where its name does."""
    depth = 0
    for token in pattern.finditer(text):
        group = token.lastgroup
        if group == "start":
            if depth == 0:
                yield token.start(), token.end()
            depth += len(token["start"])
        elif group is not None:
            depth += 1 if group == "open" else -1


def _name(key: re.Match[str]) -> str:
    if key["bare"]:
        return key["bare"]
    return str(tomllib.loads(f"name = {key['quoted']}")["name"])


def long_key_at(text: str) -> int | None:
    """The line of a key of so many parts that `tomllib` would take too long over it."""
    found = _LONG_KEY.search(text)
    return text.count("\n", 0, found.start()) + 1 if found else None


def too_deep_at(text: str, deepest: int = 100) -> int | None:
    """The line where brackets first nest deeper than `deepest`, those in strings counted too."""
    depth = 0
    for bracket in re.finditer(r"[\[{]|([\]}])", text):
        depth += -1 if bracket[1] else 1
        if depth > deepest:
            return text.count("\n", 0, bracket.start()) + 1
    return None
