"""The built-in packs: what they say, and which of them a report may be about."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from typing import Any

from nemcon import library
from nemcon.entries import AnyEntry, Body
from nemcon.rules.procedure import Procedure, read_procedure
from nemcon.text import Loaded, read_toml

_BODY_TABLE = re.compile(r"^\[body\]\n(?:(?!\[).*\n?)*", re.MULTILINE)


@cache
def pack(name: str) -> Loaded:
    """The entries of the built-in pack `name`. Raises `KeyError` if there is none."""
    return read_toml(library.pack_text(name), f"bodies/{name}.toml")


def missing_packs(entries: Iterable[AnyEntry], more: Iterable[str] = ()) -> list[str]:
    """The built-in packs of bodies that the entries (or `more`) name and do not declare."""
    named, declared = set(more), set()
    for entry in entries:
        named.add(entry.body)
        if isinstance(entry, Body):
            declared.add(entry.name)
    return [name for name in library.packs() if name in named - declared]


def packs_named_in(texts: Iterable[str]) -> list[str]:
    """The built-in packs whose body one of the texts names; all of them if there is none.

    Only the table of the body is parsed: a pack of some thousand lines is read whole only if a
    report may be about it.
    """
    joined = "\n".join(texts)
    found = [name for name in library.packs() if any(n in joined for n in names_of(name))]
    return found or list(library.packs())


def names_of(name: str) -> list[str]:
    """The title and the aliases of the body of a built-in pack."""
    table = _BODY_TABLE.search(library.pack_text(name))
    if table is None:
        return [name]
    body: dict[str, Any] = tomllib.loads(table[0])["body"]
    return [str(body.get("title", name)), *map(str, body.get("aliases", ()))]


@cache
def procedure(name: str) -> Procedure | None:
    """The procedure `name` of the library; None if there is none."""
    try:
        text = library.procedure_text(name)
    except KeyError:
        return None
    return read_procedure(tomllib.loads(text), name)
