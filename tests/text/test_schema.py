"""The JSON Schema and the page on the format: in step with the code, and true."""

import json
import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from nemcon.entries import AnyEntry, to_dict
from nemcon.text import json_schema, read_toml
from nemcon.text.json_read import read_json
from tests.random_entries import any_entry
from tools import write_reference

SCHEMA = json_schema()
VALIDATOR = Draft202012Validator(SCHEMA)
TOP = Path(__file__).resolve().parents[2]
REGENERATE = "run `./run python -m tools.write_reference` and commit what it wrote"


def plain(value: Any) -> Any:
    """TOML values as editors give them to a JSON Schema: dates are texts."""
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, date | datetime) else value


def test_the_schema_file_is_up_to_date():
    assert write_reference.SCHEMA.read_text("utf-8") == write_reference.schema_text(), REGENERATE


def test_the_page_is_up_to_date():
    page = write_reference.FORMAT.read_text("utf-8")
    assert write_reference.format_text(page) == page, REGENERATE


def test_the_schema_is_one():
    Draft202012Validator.check_schema(SCHEMA)


@given(any_entry())
def test_every_entry_fits_the_schema(entry: AnyEntry):
    content = to_dict(entry)
    VALIDATOR.validate([content])
    VALIDATOR.validate({"body": "nato", "entries": [content]})
    VALIDATOR.validate(content)
    kind = content.pop("kind")
    VALIDATOR.validate({"source": "wire", kind: content} if kind != "source" else {kind: content})


@pytest.mark.parametrize(
    "content",
    [
        3,
        {"positon": []},
        {"position": "a"},
        {"position": [{"stanc": "support"}]},
        {"position": [{"claim": "hold"}]},
        {"position": [{"kind": "reserve"}]},
        {"source": [{"title": "a"}]},
        {"tally": [{"counts": [{"stance": "support"}]}]},
        {"tally": [{"counts": [], "of": 2**53}]},
        {"membership": [{"member": "a", "attributes": {"weight": 0.5}}]},
        {"entries": [{"stance": "support"}]},
        [{"kind": "positon"}],
        [{"kind": "position", "stanc": "support"}],
        {"kind": "position", "stanc": "support"},
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(content: Any):
    assert not VALIDATOR.is_valid(content)
    assert read_json(json.dumps(content), "f").findings or isinstance(content, dict)


@pytest.mark.parametrize(
    "path",
    [
        *(TOP / "src/nemcon/bodies").glob("*.toml"),
        # The folders inside an example hold rules and ballots, which are no entries.
        *(TOP / "examples").glob("*/*.toml"),
    ],
    ids=lambda path: f"{path.parent.name}-{path.name}",
)
def test_the_files_we_ship_fit_the_schema(path: Path):
    text = path.read_text("utf-8")
    assert read_toml(text, path.name).findings == ()
    VALIDATOR.validate(plain(tomllib.loads(text)))


@pytest.mark.parametrize("language", ["toml", "json"])
def test_the_examples_on_the_page_hold(language: str):
    _, _, rest = write_reference.FORMAT.read_text("utf-8").partition(f"```{language}\n")
    text = rest.partition("```")[0]
    loaded = (read_toml if language == "toml" else read_json)(text, "format-entries.md")
    assert loaded.entries
    assert loaded.findings == ()
