"""Telling whether what the user named has changed since it was opened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

from nemcon.load.files import LoadError, all_names
from nemcon.saying import say

Stamp: TypeAlias = tuple[tuple[str, int, int, int], ...]

_BESIDE = ("-wal", ".keys")
"""What may lie beside a record and changes with it."""


def stamp(names: Iterable[str]) -> Stamp:
    """Name, file number, size and time of change of every file behind `names`.

    Equal stamps mean that nothing needs to be opened again. Raises `LoadError` for a path that
    cannot be read.
    """
    return tuple(sorted(_stamps(names)))


def _stamps(names: Iterable[str]) -> Iterator[tuple[str, int, int, int]]:
    for name, _ in all_names(names):
        found = _one(name)
        if found is None:
            raise LoadError(say("{name}: there is no such file; check the path", name=name))
        yield found
        for beside in _BESIDE:
            other = _one(name + beside)
            if other is not None and other[2]:
                yield other


def _one(name: str) -> tuple[str, int, int, int] | None:
    try:
        told = Path(name).stat()
    except (OSError, ValueError):
        return None
    return name, told.st_ino, told.st_size, told.st_mtime_ns
