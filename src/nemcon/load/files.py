"""Finding and reading the files that the user names, and telling what each of them is."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from nemcon.findings import Finding, Place
from nemcon.load.folders import (
    READ,
    about_the_folder,
    by_content,
    by_name,
    listed,
    others,
    told,
    walked,
)
from nemcon.saying import say
from nemcon.text import decode

Kind = Literal["record", "toml", "json", "json-lines", "report"]

LARGEST = 32 * 1024 * 1024
"""The largest file that is read, in bytes; a record itself may be larger."""

_KINDS: dict[str, Kind] = {
    ".toml": "toml",
    ".json": "json",
    ".jsonl": "json-lines",
    ".txt": "report",
}
_SQLITE = b"SQLite format 3\0"


class LoadError(Exception):
    """What was named cannot be opened; the message says what, where and what to do."""


class SeveralBodiesError(LoadError):
    """What was named holds entries of several `bodies`, each with members of its own."""

    def __init__(self, bodies: Sequence[str]) -> None:
        self.bodies = tuple(bodies)
        super().__init__(
            say(
                "there are entries of several bodies here, {bodies}, and a question is about "
                "one of them: choose it with --body ID, or name only its files",
                bodies=", ".join(bodies),
            )
        )


@dataclass(frozen=True, slots=True)
class File:
    """One file as the user named it. `searched`: found in a folder, not named itself."""

    name: str
    kind: Kind
    data: bytes = b""
    searched: bool = False


def read_files(names: Iterable[str]) -> tuple[list[File], list[Finding]]:
    """The files behind `names`, each once and in one order whatever the order of the names.

    Raises `LoadError` for a path that cannot be read. Findings: `file-too-large`, and `passed-over`
    for what a folder holds beside entries and reports.
    """
    names = tuple(names)
    files: dict[str, File] = {}
    findings: list[Finding] = []
    passed: dict[str, str] = {}
    for name, searched in sorted(all_names(names)):
        real = os.path.realpath(name)
        if real in files:
            continue
        read = _read(name, searched)
        if isinstance(read, Finding):
            findings.append(read)
        elif searched and (kind := by_content(name, read.data)):
            passed[name] = kind
        else:
            files[real] = read
    return list(files.values()), [*findings, *_passed_over(names, passed, files)]


def _passed_over(
    names: Iterable[str], passed: Mapping[str, str], files: Collection[str]
) -> Iterator[Finding]:
    """What each folder holds that is not read, but for a README. Raises `LoadError` where nothing
    in it is.
    """
    for folder in sorted({name for name in names if os.path.isdir(name)}):  # noqa: PTH112
        inside = list(_walked(folder))
        kinds = {path: passed[path] for path in inside if path in passed} | others(inside)
        kinds = {path: kind for path, kind in kinds.items() if os.path.realpath(path) not in files}
        if len(kinds) == len(inside):
            raise LoadError(_nothing_in(folder, kinds))
        notable = {path: kind for path, kind in kinds.items() if not about_the_folder(path)}
        if notable:
            yield told(folder, notable)


def _nothing_in(folder: str, kinds: Mapping[str, str]) -> str:
    there = say("it holds {folder}", folder=listed(folder, kinds)) if kinds else say("it is empty")
    ends = ", ".join(f"*{end}" for end in READ)
    return say(
        "{folder}: no file of entries or dated report in this folder ({ends}); "
        "{there}. Name the files themselves if they are called otherwise",
        folder=folder,
        ends=ends,
        there=there,
    )


def all_names(names: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Every file behind `names`, and whether it was found in a folder.

    Raises `LoadError` for an address, and for a folder that holds nothing.
    """
    for name in names:
        if "://" in name:
            raise LoadError(_no_address(name))
        if not name:
            raise LoadError(say("'' is no path; is a variable of the shell empty?"))
        if "\0" in name:
            raise LoadError(
                say("{name!r}: no path holds a NUL character; check the path", name=name)
            )
        if not os.path.isdir(name):  # noqa: PTH112  (a path in a closed folder is no folder)
            yield name, False
            continue
        found = list(_inside(name))
        if not found:
            raise LoadError(_nothing_in(name, others(_walked(name))))
        yield from ((path, True) for path in found)


def _no_address(name: str) -> str:
    scheme = name.partition("://")[0]
    if scheme in ("postgres", "postgresql"):
        return say(
            "{scheme}://…: records in PostgreSQL are not in this version; give the path "
            "of an SQLite record, or files",
            scheme=scheme,
        )
    return say(
        "{name}: an address is not opened; save what is there as a file and give its path",
        name=name,
    )


def _inside(folder: str) -> Iterator[str]:
    return (path for path in _walked(folder) if by_name(path) is None)


def _walked(folder: str) -> Iterator[str]:
    try:
        yield from walked(folder)
    except OSError as error:
        raise LoadError(_cannot_open(error.filename or folder, error)) from error


def _read(name: str, searched: bool) -> File | Finding:
    try:
        with Path(name).open("rb") as stream:
            head = stream.read(len(_SQLITE))
            if head == _SQLITE:
                return File(name, "record")
            data = head + stream.read(LARGEST + 1 - len(head))
    except (OSError, ValueError) as error:
        raise LoadError(_cannot_open(name, error)) from error
    if len(data) > LARGEST:
        message = say(
            "the file has more than {largest} MB, which is too large to be read; split "
            "it, or give the file that was meant",
            largest=LARGEST // 1024**2,
        )
        return Finding("file-too-large", "error", message, place=Place(name))
    return File(
        name, _KINDS.get(Path(name).suffix.lower()) or _kind_by_content(data), data, searched
    )


def _cannot_open(name: str, error: OSError | ValueError) -> str:
    shown = name if name.isprintable() and name else repr(name)
    if isinstance(error, FileNotFoundError):
        return say("{shown}: there is no such file; check the path", shown=shown)
    if isinstance(error, PermissionError):
        return say("{shown}: it may not be read; ask for permission to read it", shown=shown)
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return say("{shown}: it cannot be read ({reason})", shown=shown, reason=reason)


def _kind_by_content(data: bytes) -> Kind:
    """TOML or JSON if it is that; else a report, whose reader tells what is wrong with it."""
    text = decode(data, "")
    if isinstance(text, Finding):
        return "report"
    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith(("{", "[{", "[\n")):
        return "json"
    try:
        return "toml" if tomllib.loads(text) else "report"
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        return "report"
