"""Whole reports with all that must be proposed for them.

An expectation file lists, for each report, every proposal with its rule, its spans (code points)
and its entry. Words of a report are not repeated there: `{ at = [start, end] }` names them.
"""

import tomllib
from pathlib import Path
from typing import Any

from nemcon.entries import to_dict
from nemcon.reading import Document, Reading

Expected = list[dict[str, Any]]


def expected(path: Path, file: str, document: Document) -> Expected:
    """What the expectation file at `path` asks of the report `file`."""
    reports = tomllib.loads(path.read_text("utf-8"))["report"]
    (report,) = (report for report in reports if report["file"] == file)
    return [
        {**row, "entry": {key: _words(value, document) for key, value in row["entry"].items()}}
        for row in report["proposal"]
    ]


def _words(value: Any, document: Document) -> Any:
    if isinstance(value, dict) and set(value) == {"at"}:
        start, end = value["at"]
        return document.text[start:end]
    if isinstance(value, list):
        return [_words(item, document) for item in value]
    return value


def found(reading: Reading, document: Document) -> Expected:
    """The proposals for one report in the same form; each quotation must be what its span holds."""
    out: Expected = []
    for proposal in reading.proposals:
        entry = to_dict(proposal.entry)
        if entry.pop("source") != document.source.name:
            continue
        spans = entry.pop("spans")
        for span in spans:
            assert document.text[span["start"] : span["end"]] == span["quote"]
        entry.pop("body")
        where = [[span["start"], span["end"]] for span in spans]
        out.append({"rule": proposal.rule, "spans": where, "entry": entry})
    return out
