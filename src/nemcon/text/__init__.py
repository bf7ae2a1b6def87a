"""TOML and JSON text to entries and back.

Nothing here opens a file or raises for what a text says: every problem is a finding with
the line of its entry. Field names are those of the dataclasses in `nemcon.entries`;
`docs/format-entries.md` lists them all.
"""

from nemcon.text.convert import from_dict
from nemcon.text.json_read import read_json, read_json_lines
from nemcon.text.loaded import Loaded, decode
from nemcon.text.schema import json_schema
from nemcon.text.toml_read import read_toml
from nemcon.text.write import write_json, write_json_lines, write_logged, write_toml

__all__ = [
    "Loaded",
    "decode",
    "from_dict",
    "json_schema",
    "read_json",
    "read_json_lines",
    "read_toml",
    "write_json",
    "write_json_lines",
    "write_logged",
    "write_toml",
]
