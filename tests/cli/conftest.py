"""The command line in this process, on a desk of its own with the example files on it."""

import os
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from nemcon.cli import run

FIRST, SECOND, CHAIN = "report-2024-06-20.txt", "report-2024-06-26.txt", "tally-chain.toml"


@dataclass(frozen=True)
class Done:
    """What a command did: its exit code and what it printed."""

    code: int
    out: str
    err: str


Nemcon = Callable[..., Done]


@pytest.fixture
def desk(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the example files, which is the current one during the test."""
    for name in (FIRST, SECOND, CHAIN):
        shutil.copy(root / "examples" / "nato-2024" / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NO_COLOR", raising=False)
    return tmp_path


@pytest.fixture
def nemcon(capsys: pytest.CaptureFixture[str]) -> Nemcon:
    """Run one command: `nemcon("status", "report.txt")`."""

    def command(*arguments: str) -> Done:
        capsys.readouterr()
        code = run(arguments)
        out, err = capsys.readouterr()
        return Done(code, out, err)

    return command


def golden(name: str, text: str) -> None:
    """Hold a text to the file of that name in `golden/`; NEMCON_GOLDEN=1 writes the file anew."""
    path = Path(__file__).parent / "golden" / name
    masked = _IDS.sub("ID", _TIMES.sub("TIME", text))
    if os.environ.get("NEMCON_GOLDEN") == "1":
        path.parent.mkdir(exist_ok=True)
        path.write_text(masked, "utf-8")
    assert masked == path.read_text("utf-8")


# What the clock wrote, and the digits of ids, which any word of an entry changes.
_TIMES = re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
_IDS = re.compile(r"(?<=[a-z]-)(?:[0-9a-f]{24}|[0-9a-f]{8})(?![0-9a-f])")
