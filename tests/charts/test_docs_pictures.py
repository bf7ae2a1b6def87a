"""The pictures in the documents say what the commands beside them draw today."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from nemcon.cli.app import run

ROOT = Path(__file__).resolve().parents[2]
IMAGES = ROOT / "docs" / "images"
DRAWN = {
    "power-eu.svg": ("eu-council", "power eu-qmv --on 2024-06-17"),
    "power-eu-28.svg": ("eu-council", "power eu-qmv --roll roll-28.csv"),
    "power-sc.svg": ("eu-council", "power un-sc-1966"),
    "power-sc-abstain.svg": ("eu-council", "power un-sc-1966 --abstain"),
    "rules.svg": (
        "un-ga-74",
        "rollcalls roll-calls.csv --rule un-ga-simple --rule un-ga-two-thirds",
    ),
    "alone.svg": ("un-ga-74", "rollcalls roll-calls.csv --picture alone"),
}


@pytest.mark.parametrize("picture", DRAWN)
def test_a_picture_is_current(
    picture: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    pytest.importorskip("vl_convert")
    folder, command = DRAWN[picture]
    monkeypatch.chdir(ROOT / "examples" / folder)
    assert run([*shlex.split(command), "--plot", str(tmp_path / picture)]) == 0
    capsys.readouterr()
    again = f"nemcon {command} --plot docs/images/{picture}"
    assert _texts(IMAGES / picture) == _texts(tmp_path / picture), again


def test_a_picture_says_its_numbers() -> None:
    """What would differ if a picture were taken for another."""
    texts = _texts(IMAGES / "power-eu.svg")
    assert "12.05 %  (18.56 %)" in texts
    assert "Germany" in texts
    assert "3 + 18 + 10" in _texts(IMAGES / "alone.svg")


def _texts(file: Path) -> list[str]:
    """All that is written in a picture, in order."""
    return re.findall(r"<text[^>]*>([^<]*)", file.read_text("utf-8"))
