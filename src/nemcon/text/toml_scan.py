"""Where the tables of a TOML text start: the line numbers that `tomllib` does not give.

The scan knows as much of TOML as it needs: strings, comments and brackets may hide or fake
the header of a table. It is only asked about text that `tomllib` has read.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

# A header is a bracket that is first in its line, outside of everything else. Strings and
# comments are matched only to step over them. A multi-line string may end in five quotes.
_TOKEN = re.compile(
    r"""
      ^[ \t]*(?P<header>\[\[?)
    | "{3} (?: [^\\] | \\[\s\S] )*? "{3,5}
    | '{3} [\s\S]*? '{3,5}
    | " (?: [^"\\\n] | \\. )* "
    | ' [^'\n]* '
    | \# [^\n]*
    | (?P<open> [\[{] )
    | (?P<close> [\]}] )
    """,
    re.VERBOSE | re.MULTILINE,
)
_KEY = re.compile(
    r"""[ \t]*(?: (?P<bare>[A-Za-z0-9_-]+) | (?P<quoted>"(?:[^"\\\n]|\\.)*"|'[^'\n]*') )[ \t]*""",
    re.VERBOSE,
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
    for start, inside in _starts(text):
        line += text.count("\n", counted, start)
        counted = start
        if key := _KEY.match(text, inside):
            yield Header(_name(key), line, text.startswith("]", key.end()))


def _starts(text: str) -> Iterator[tuple[int, int]]:
    depth = 0
    for token in _TOKEN.finditer(text):
        group = token.lastgroup
        if group is None:
            continue
        if group == "close":
            depth -= 1
        elif group == "open":
            depth += 1
        else:
            if depth == 0:
                yield token.start(), token.end()
            depth += len(token["header"])


def _name(key: re.Match[str]) -> str:
    if key["bare"]:
        return key["bare"]
    return str(tomllib.loads(f"name = {key['quoted']}")["name"])


def too_deep_at(text: str, deepest: int = 100) -> int | None:
    """The line where brackets first nest deeper than `deepest`, as far as can be told."""
    depth = 0
    for token in _TOKEN.finditer(text):
        group = token.lastgroup
        if group is not None:
            depth += -1 if group == "close" else len(token[group])
            if depth > deepest:
                return text.count("\n", 0, token.end()) + 1
    return None


def key_line(text: str, name: str) -> int | None:
    """The line of the first key `name` before any header (``position = [...]``)."""
    pattern = rf"""^[ \t]*(["']?){re.escape(name)}\1[ \t]*[.=]"""
    found = re.search(pattern, text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else None
