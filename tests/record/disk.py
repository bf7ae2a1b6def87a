"""A disk under SQLite that a test can pull out, fill up, or watch.

Files are real ones; `watched` puts itself between them and SQLite for as long as its block lasts.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import apsw

# Called before each write, truncate, sync and delete with that word and the file's name; and, with
# "synced" and "deleted", after what was to be forced to the disk is there. An error of apsw raised
# in it is what SQLite gets in place of the operation.
Hook = Callable[[str, str], None]


class Disk(apsw.VFS):
    """The usual file system of SQLite, with a hook."""

    def __init__(self, hook: Hook) -> None:
        self.hook = hook
        self.base = apsw.vfs_names()[0]  # the first is the one in use
        super().__init__("watched", self.base, makedefault=True)

    def xOpen(self, name: Any, flags: list[int]) -> WatchedFile:  # noqa: N802
        return WatchedFile(self, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802
        self.hook("delete", Path(filename).name)
        super().xDelete(filename, syncdir)
        if syncdir:
            self.hook("deleted", Path(filename).name)


class WatchedFile(apsw.VFSFile):
    """One open file on such a disk."""

    def __init__(self, disk: Disk, name: Any, flags: list[int]) -> None:
        text = name.filename() if isinstance(name, apsw.URIFilename) else name
        self.hook, self.name = disk.hook, Path(text or "temporary").name
        super().__init__(disk.base, name, flags)

    def xWrite(self, data: Any, offset: int) -> None:  # noqa: N802
        self.hook("write", self.name)
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        self.hook("truncate", self.name)
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:  # noqa: N802
        self.hook("sync", self.name)
        super().xSync(flags)
        self.hook("synced", self.name)


@contextmanager
def watched(hook: Hook) -> Iterator[None]:
    """For the block, SQLite asks `hook` before it changes a file."""
    disk = Disk(hook)
    try:
        yield
    finally:
        disk.unregister()


def copy_of_the_killed(folder: Path, to: Path) -> None:
    """The files as a process killed now leaves them. Shared memory is made anew without it."""
    to.mkdir()
    for file in folder.iterdir():
        if not file.name.endswith("-shm"):
            shutil.copyfile(file, to / file.name)


class Platters:
    """What a power failure leaves of a folder: only what was forced to the disk by then.

    The worst case: nothing written since the last sync of a file has reached the disk, and no
    deletion whose folder was not synced.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files = {file.name: file.read_bytes() for file in folder.iterdir()}

    def note(self, operation: str, name: str) -> None:
        """Follow one operation, as a hook."""
        if operation == "synced":
            self._files[name] = (self._folder / name).read_bytes()
        elif operation == "deleted":
            self._files.pop(name, None)

    def copy(self, to: Path) -> None:
        """Lay out the files as the power failure leaves them."""
        to.mkdir()
        for name, data in self._files.items():
            if not name.endswith("-shm"):
                (to / name).write_bytes(data)
