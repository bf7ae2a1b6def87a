"""What a folder holds that can be imported: tables, Popolo and files of entries."""

from __future__ import annotations

import os
from pathlib import Path

from nemcon.findings import Finding
from nemcon.load.files import LARGEST, LoadError
from nemcon.load.folders import about_the_folder, by_content, by_name, listed, told, walked
from nemcon.load.tabular import is_table
from nemcon.saying import say

_LOCK = "~$"  # how the file begins that a spreadsheet program lays beside one that is open


def files_of(name: str) -> tuple[list[str], list[Finding]]:
    """The files behind a name: itself, or all in a folder that an import can take, in the order of
    their names. Reports are among them: whoever imports them says where they belong.

    Raises `LoadError` for a folder that cannot be opened or holds no such file. Findings:
    `passed-over`, but for what tells people of the folder.
    """
    if not os.path.isdir(name):  # noqa: PTH112  (a path in a closed folder is no folder)
        return [name], []
    try:
        paths = list(walked(name))
        kinds = {path: kind for path in paths if (kind := _not_taken(path)) is not None}
    except OSError as error:
        message = say(
            "{shown}: it cannot be read ({reason})",
            shown=error.filename or name,
            reason=error.strerror or str(error),
        )
        raise LoadError(message) from error
    taken = [path for path in paths if path not in kinds]
    if not taken:
        there = (
            say("it holds {folder}", folder=listed(name, kinds)) if kinds else say("it is empty")
        )
        raise LoadError(
            say(
                "{folder}: nothing in this folder can be imported; {there}",
                folder=name,
                there=there,
            )
        )
    notable = {path: kind for path, kind in kinds.items() if not about_the_folder(path)}
    return taken, [told(name, notable)] if notable else []


def _not_taken(path: str) -> str | None:
    """What a file of a folder is, if an import has no use for it; None if it may have."""
    if Path(path).name.startswith(_LOCK):
        return ""
    if is_table(path) and Path(path).is_file():
        return None
    kind = by_name(path)
    if kind is not None:
        return kind
    with Path(path).open("rb") as stream:
        kind = by_content(path, stream.read(LARGEST))
    return None if kind == "Popolo" else kind
