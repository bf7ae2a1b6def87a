"""Entries to TOML and JSON text, such that reading it gives equal entries."""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any

from nemcon.entries import Entry, to_dict
from nemcon.text.loaded import DEFAULTS

WIDTH = 100

_COMMON = frozenset(item.name for item in fields(Entry))
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+").fullmatch

# Control characters must be escaped; marks that reorder or break lines are, so that they show.
_HIDDEN = r"\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff"
_escape_in_line = re.compile(rf'["\\\t\n{_HIDDEN}]').sub
# In a block, a quote is escaped only where three together or the end might close it.
_escape_in_block = re.compile(rf'(?<="")"|"\Z|[\\{_HIDDEN}]').sub
_SHORT = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}


def write_json(entries: Iterable[Entry]) -> str:
    """A JSON list with one entry a line, in the order given."""
    lines = [json.dumps(to_dict(entry), ensure_ascii=False) for entry in entries]
    return "[\n" + ",\n".join(lines) + "\n]\n" if lines else "[]\n"


def write_json_lines(entries: Iterable[Entry]) -> str:
    """One JSON object a line, in the order given."""
    return "".join(json.dumps(to_dict(entry), ensure_ascii=False) + "\n" for entry in entries)


def write_logged(
    entries: Iterable[Entry],
    proposed: Container[str] = (),
    by: Mapping[str, str] | None = None,
    unreadable: int = 0,
) -> str:
    """A record as JSON Lines: each entry with its id, whether it was only proposed, and by whom.

    An entry that cannot be read leaves a line that says so; `read_json_lines` reads it all back.
    """
    names = by or {}
    lines = []
    for entry in entries:
        line: dict[str, Any] = {"id": entry.id}
        if entry.id in proposed:
            line["proposed"] = True
        if name := names.get(entry.id):
            line["by"] = name
        lines.append({**line, "entry": to_dict(entry)})
    lines += [{"unreadable": True}] * unreadable
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def write_toml(entries: Iterable[Entry]) -> str:
    """TOML, in the order given; what every entry says of body, matter and source is said once."""
    entries = tuple(entries)
    shared = _shared(entries)
    top = "".join(_pair(name, value) for name, value in shared.items())
    tables = [_table(entry, shared) for entry in entries]
    return "\n".join([top, *tables] if top else tables)


def _shared(entries: Sequence[Entry]) -> dict[str, str]:
    """What all entries say alike; not where a table of the same name needs the key."""
    kinds = {entry.kind for entry in entries}
    values = {
        name: {getattr(entry, name) for entry in entries} for name in DEFAULTS if name not in kinds
    }
    return {name: min(same) for name, same in values.items() if len(same) == 1 and same != {""}}


def _table(entry: Entry, shared: Mapping[str, str]) -> str:
    content = to_dict(entry)
    kind = content.pop("kind")
    own = [name for name in content if name not in _COMMON]
    common = [name for name in content if name in _COMMON and name not in shared]
    return f"[[{kind}]]\n" + "".join(_pair(name, content[name]) for name in [*own, *common])


def _pair(name: str, value: Any) -> str:
    if isinstance(value, str) and "\n" in value.strip("\n"):
        return f'{name} = """\n{_escape_in_block(_escaped, value)}"""\n'
    line = f"{name} = {_value(value)}"
    if len(line) > WIDTH and isinstance(value, list) and len(value) > 1:
        line = f"{name} = [\n" + "".join(f"  {_value(item)},\n" for item in value) + "]"
    return line + "\n"


def _value(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, str):
        return f'"{_escape_in_line(_escaped, value)}"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_value(item) for item in value)}]"
    if isinstance(value, Mapping):
        pairs = (f"{_key(name)} = {_value(item)}" for name, item in value.items())
        return f"{{ {', '.join(pairs)} }}" if value else "{}"
    return str(value)


def _key(name: str) -> str:
    return name if _BARE_KEY(name) else _value(name)


def _escaped(found: re.Match[str]) -> str:
    character = found[0]
    return _SHORT.get(character) or f"\\u{ord(character):04x}"
