"""What stands in the way, as a page may tell it: of files by their names, not of folders."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from pathlib import Path

from nemcon.server.desk import Desk
from nemcon.views.tongue import spoken

_log = logging.getLogger(__name__)


def reason(error: Exception, desk: Desk) -> str:
    """Why what is served cannot be opened, in the language that is spoken. How the folders of the
    server are called is nobody's business; the log tells it whole.
    """
    _log.error("%s", error)
    return _without_folders(spoken(str(error)), (*desk.names, *desk.tables.names.values()))


def _without_folders(text: str, names: Iterable[str]) -> str:
    folders = {folder for name in names for folder in _folders(name)}
    for folder in sorted(folders, key=len, reverse=True):
        text = text.replace(folder, "")
    return text


def _folders(name: str) -> Iterator[str]:
    """How an error may write the folder that a file or folder lies in."""
    path = Path(name)
    for each in (path, path.absolute(), path.resolve()):
        if each.name and each.parent.name:
            yield f"{each.parent}/"
