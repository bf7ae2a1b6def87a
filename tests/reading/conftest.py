"""The packs that the reader is tried with: a made-up body, and the built-in one of NATO."""

from pathlib import Path

import pytest

from nemcon.entries import Entry
from nemcon.library import pack_text
from nemcon.text import read_toml

HERE = Path(__file__).parent
Pack = tuple[Entry, ...]


@pytest.fixture(scope="session")
def sample() -> Pack:
    """The made-up Sample League of `pack.toml`."""
    loaded = read_toml((HERE / "pack.toml").read_text("utf-8"), "pack.toml")
    assert loaded.findings == ()
    return loaded.entries


@pytest.fixture(scope="session")
def nato() -> Pack:
    """The built-in pack of NATO."""
    return read_toml(pack_text("nato"), "nato.toml").entries
