"""Writing files for the user: all of them whole, or none."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from nemcon.cli.errors import CommandError

# How SQLite's databases and their write-ahead logs begin.
_DATABASES = (b"SQLite format 3\0", b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83")


def write_files(files: Mapping[Path, bytes]) -> None:
    """Write files with these contents, and make the folders that they lie in.

    Each is written beside its place first, and all are moved there once the last of them is on the
    disk: where that fails, what was there stays as it was, and nothing new is left behind. What is
    no plain file, such as /dev/stdout, is written to as it is. Raises `OSError`, and `CommandError`
    for a place where a record or its keys are: these are never overwritten.
    """
    for path in files:
        _refuse_record(path)
    made: list[Path] = []
    drafts: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            if path.exists() and not path.is_file():
                path.write_bytes(data)
                continue
            target = path.resolve()  # a link stays a link
            made += _folders(target.parent)
            draft = target.with_name(f".{target.name[:40]}.{token_hex(8)}")
            drafts[draft] = target
            _write(draft, data, like=target)
        for draft, target in drafts.items():
            draft.replace(target)
    except BaseException:
        for draft in drafts:
            with suppress(OSError):
                draft.unlink()
        for folder in reversed(made):
            with suppress(OSError):
                folder.rmdir()
        raise


def _refuse_record(path: Path) -> None:
    """Raise `CommandError` where a database lies: a record, its keys, or what belongs to them."""
    if not path.is_file():
        return
    with path.open("rb") as stream:
        if stream.read(16).startswith(_DATABASES):
            raise CommandError(
                f"{path}: this is a record, or belongs to one, and is never overwritten; give "
                "another name"
            )


def _folders(folder: Path) -> list[Path]:
    """Make a folder, and tell which folders were made for it, the outermost first."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(exist_ok=True)
    return missing[::-1]


def _write(draft: Path, data: bytes, like: Path) -> None:
    """Write a new file until it is on the disk, with the permissions of one that is there.

    Its name cannot be known before, and what lies there all the same, such as a link, is not
    followed: in a folder of everybody nobody else leads the writing elsewhere.
    """
    with draft.open("xb") as stream:
        if like.exists():
            with suppress(OSError):
                os.fchmod(stream.fileno(), like.stat().st_mode & 0o777)
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
