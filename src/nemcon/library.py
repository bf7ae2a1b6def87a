"""The data that comes with the package: packs of bodies and the library of procedures.

Nothing is read before it is asked for, and each file only once.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent  # importlib.resources would take longer to import than all of this


def packs() -> tuple[str, ...]:
    """The names of the built-in bodies, in alphabetical order."""
    return _names("bodies")


def pack_text(name: str) -> str:
    """The TOML text of the pack `name`. Raises `KeyError` if there is none of that name."""
    return _text("bodies", name)


def procedure_ids() -> tuple[str, ...]:
    """The ids of the procedures in the library, in alphabetical order."""
    return _names("procedures")


def procedure_text(procedure: str) -> str:
    """The TOML text of a procedure by its id. Raises `KeyError` if there is none of that id."""
    return _text("procedures", procedure)


@cache
def _names(folder: str) -> tuple[str, ...]:
    names = (item.name for item in (_HERE / folder).iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@cache
def _text(folder: str, name: str) -> str:
    if name not in _names(folder):
        raise KeyError(name)
    return (_HERE / folder / f"{name}.toml").read_text(encoding="utf-8")
