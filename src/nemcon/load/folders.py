"""What a folder holds: files of entries and reports; all else is passed over, and told."""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from nemcon.entries import KINDS
from nemcon.findings import Finding, Place
from nemcon.saying import joined, marked_each, say
from nemcon.text import decode

READ = (".toml", ".json", ".jsonl", ".txt")
"""How the names of files end that may hold entries, or be reports."""

_SQLITE = b"SQLite format 3\0"
_FOR_PEOPLE = frozenset({"readme", "license", "licence", "copying", "changelog"})
_BY_END = {
    **dict.fromkeys((".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods"), "table"),
    **dict.fromkeys((".md", ".html", ".htm", ".pdf", ".docx", ".odt", ".rtf"), "for people"),
    ".keys": "keys",
    ".ics": "calendar",
}
_WORDS = marked_each(
    {
        "rule": "rule",
        "ballots": "ballots",
        "roll": "roll",
        "table": "table",
        "Popolo": "Popolo",
        "record": "record",
        "keys": "keys of a record",
        "calendar": "calendar",
        "for people": "text for people",
        "no file": "no file that could be read",
        "": "of another kind",
    }
)
_WHAT_TO_DO = marked_each(
    {
        "ballots": "'nemcon rules decide RULE --ballots FILE' counts ballots",
        "table": (
            "tables are for 'nemcon import', --roll, 'nemcon rollcalls' or 'nemcon serve FILE'"
        ),
        "Popolo": "'nemcon import FILE --record RECORD' brings Popolo in",
        "record": "a record is asked by itself",
    }
)
_SHOWN = 3
_ENTRY = re.compile(rf"^[ \t]*\[\[?[ \t]*[\"']?(?:{'|'.join(KINDS)})\b", re.MULTILINE)


def walked(folder: str) -> Iterator[str]:
    """Every file in a folder and the folders in it, but what is hidden. Raises `OSError` for a
    folder that may not be looked into: what lies there would be left out without a word.
    """
    for where, folders, names in os.walk(folder, onerror=_refuse):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        yield from (str(Path(where, name)) for name in sorted(names) if not name.startswith("."))


def _refuse(error: OSError) -> None:
    raise error


def about_the_folder(path: str) -> bool:
    """Whether a file tells people what a folder is: a README, a licence."""
    name = Path(path).name.lower()
    return name.partition(".")[0] in _FOR_PEOPLE and not name.endswith(".toml")


def by_name(path: str) -> str | None:
    """What a file in a folder is by its name, if that is nothing to be read; None if it may be."""
    name = Path(path).name.lower()
    end = Path(name).suffix
    if about_the_folder(path):
        return "for people"
    if Path(path).exists() and not Path(path).is_file():
        return "no file"  # to open a pipe would wait for somebody to write into it
    if end in READ:
        return None
    known = _BY_END.get(end, "")
    return known or ("record" if _is_record(path) else "")


def _is_record(path: str) -> bool:
    try:
        with Path(path).open("rb") as stream:
            return stream.read(len(_SQLITE)) == _SQLITE
    except OSError:
        return False


def by_content(path: str, data: bytes) -> str | None:
    """What a file of TOML or JSON in a folder holds, if that is certainly no entries; else None."""
    end = Path(path).suffix.lower()
    if end not in (".toml", ".json"):
        return None
    text = decode(data, path)
    if isinstance(text, Finding) or (end == ".toml" and _ENTRY.search(text)):
        return None
    try:
        content = (tomllib.loads if end == ".toml" else json.loads)(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return None
    return _table(content) if isinstance(content, dict) else _list(content)


def _table(content: Mapping[str, Any]) -> str | None:
    from nemcon.rules.parts import FORMS
    from nemcon.rules.procedure import DECIDING
    from nemcon.tables.popolo_read import LISTS

    if "kind" in content and content["kind"] in KINDS:
        return None
    if "entries" in content or any(isinstance(content.get(kind), list | dict) for kind in KINDS):
        return None
    if isinstance(content.get("id"), str) and any(key in content for key in DECIDING):
        return "rule"
    if any(key.replace("-", "_") in FORMS for key in content):
        return "ballots"
    if any(isinstance(content.get(name), list) for name in LISTS):
        return "Popolo"
    return "roll" if list(content) in (["roll"], ["members"]) else None


def _list(content: Any) -> str | None:
    from nemcon.rules.ballots import POSITION

    if not isinstance(content, list) or not content:
        return None
    if all(isinstance(each, str) for each in content):
        return "ballots"
    rows = [each for each in content if isinstance(each, dict)]
    if len(rows) < len(content) or any("kind" in row for row in rows):
        return None
    if all(any(key in row for key in POSITION if key != "stance") for row in rows):
        return "ballots"
    return "roll" if all("member" in row and "members" not in row for row in rows) else None


def told(folder: str, kinds: Mapping[str, str]) -> Finding:
    """That files of a folder are passed over: `kinds` says what each is."""
    severity: Any = "warning" if "record" in kinds.values() else "note"
    message = say(
        "passed over, as they are no entries and no reports: {files}", files=listed(folder, kinds)
    )
    return Finding("passed-over", severity, message, place=Place(folder))


def listed(folder: str, kinds: Mapping[str, str]) -> str:
    """Files of a folder by what they are, and what can be done with them."""
    groups: dict[str, list[str]] = defaultdict(list)
    for path, kind in sorted(kinds.items()):
        groups[kind].append(os.path.relpath(path, folder))
    parts = [
        say("{names} ({what})", names=_some(groups[kind]), what=say(words))
        for kind, words in _WORDS.items()
        if kind in groups
    ]
    hints = [say(hint) for kind, hint in _WHAT_TO_DO.items() if kind in groups]
    return joined("; ", [joined(", ", parts), *hints])


def _some(names: list[str]) -> str:
    more = len(names) - _SHOWN
    shown = names[:_SHOWN] if more > 1 else names
    rest = (
        [say("{number:,} more", number=len(names) - len(shown))] if len(names) > len(shown) else []
    )
    return joined(" and ", [", ".join(shown), *rest])


def others(paths: Iterable[str]) -> dict[str, str]:
    """The files of a folder that are nothing to be read, with what they are by their names."""
    return {path: kind for path in paths if (kind := by_name(path)) is not None}
