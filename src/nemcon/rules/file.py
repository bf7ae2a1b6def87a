"""A procedure from the text of a file, TOML or JSON, with the line of whatever is wrong in it."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from typing import Any

from nemcon.rules.place import RuleError
from nemcon.rules.procedure import Procedure, read_procedure
from nemcon.saying import joined, say
from nemcon.text.loaded import without_mark
from nemcon.text.toml_scan import headers, key_lines, long_key_at, too_deep_at


def read_text(text: str, file: str, name: str = "") -> Procedure:
    """Read the one rule of a file; `name` is its id where it gives none.

    Raises `RuleError`: *file, line 12: rule 'x', outcome 2, when: …*.
    """
    text = without_mark(text)
    is_json = file.endswith(".json") or text.lstrip().startswith("{")
    data = parsed(text, file, is_json=is_json)
    try:
        return read_procedure(data, name)
    except RuleError as error:
        line = None if is_json else line_of(text, error.path)
        where = say("{file}, line {line}", file=file, line=line) if line else file
        raise RuleError(joined(": ", (where, str(error))), error.path) from None


def parsed(text: str, file: str, *, is_json: bool) -> Any:
    """The values of a TOML or JSON text. Raises `RuleError`."""
    if not is_json and (line := long_key_at(text)):
        raise RuleError(
            say(
                "{file}, line {line}: a key has too many parts; write at most 64",
                file=file,
                line=line,
            )
        )
    try:
        return json.loads(text, parse_constant=_refused) if is_json else tomllib.loads(text)
    except json.JSONDecodeError as error:
        message = say(
            "this is not JSON: {msg} (column {colno}); correct that line",
            msg=error.msg,
            colno=error.colno,
        )
        raise RuleError(
            say("{file}, line {lineno}: {message}", file=file, lineno=error.lineno, message=message)
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise RuleError(
            say("{file}: this is not TOML: {error}; correct that line", file=file, error=error)
        ) from None
    except RecursionError:
        line = too_deep_at(text)
        where = say("{file}, line {line}", file=file, line=line) if line else file
        raise RuleError(say("{where}: the values nest too deep to be read", where=where)) from None
    except ValueError as error:  # a constant such as NaN, or a number of thousands of digits
        raise RuleError(joined(": ", (file, str(error)))) from None


def _refused(name: str) -> Any:
    raise ValueError(say("{name} is no JSON; write a whole number, or a text in quotes", name=name))


def line_of(text: str, path: tuple[str | int, ...]) -> int | None:
    """The line of a TOML text nearest to a place in it; None where it names none."""
    if not path:
        return None
    name = path[0]
    found = [header for header in headers(text) if header.name == name]
    whole = [header.line for header in found if header.whole]
    number = path[1] if len(path) > 1 else None
    if isinstance(number, int) and len(whole) > number:
        return whole[number]
    if found:
        return (whole or [header.line for header in found])[0]
    keys: Mapping[str, int] = key_lines(text)
    return keys.get(str(name))
