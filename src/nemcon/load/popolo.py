"""Opening Popolo JSON files."""

from __future__ import annotations

import hashlib
from pathlib import Path

from nemcon.findings import Finding, Place
from nemcon.load.files import LARGEST
from nemcon.tables.held import Before, Origin, Plan
from nemcon.tables.popolo_read import looks_like_popolo, read_popolo_text
from nemcon.text import decode
from nemcon.when import When


def is_popolo(name: str) -> bool:
    """Whether the file is Popolo JSON. What cannot be opened is left to whoever opens files."""
    if not name.lower().endswith(".json"):
        return False
    text = _text(name)
    return isinstance(text, str) and looks_like_popolo(text)


def read_popolo(name: str, before: Before, body: str, date: When | None) -> Plan:
    """The proposals of a Popolo file."""
    text = _text(name)
    if not isinstance(text, str):
        return Plan(findings=[text] if text else [])
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return read_popolo_text(text, before, Origin(name, Path(name).name, sha256, date, body))


def _text(name: str) -> str | Finding | None:
    try:
        with Path(name).open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except (OSError, ValueError):
        return None
    if len(data) > LARGEST:
        message = f"the file has more than {LARGEST // 1024**2} MB; split it"
        return Finding("file-too-large", "error", message, place=Place(name))
    return decode(data, name)
