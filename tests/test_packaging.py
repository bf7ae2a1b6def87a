"""What a fresh clone and an installed package promise."""

import re
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import nemcon


def test_one_version_everywhere(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    assert nemcon.__version__ == project["version"] == version("nemcon")


def test_importing_nemcon_loads_nothing_else() -> None:
    code = "import sys; old = set(sys.modules); import nemcon; print(*(set(sys.modules) - old))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["nemcon"]


def test_no_pattern_leans_on_what_python_3_11_2_gets_wrong(root: Path) -> None:
    r"""Debian 12's Python forgets to go back where a possessive group or an atomic one gives up
    halfway: there `\d+(?:,\d+)*+` takes the comma of "20, and". Marks of one character are right.
    """
    lines = (
        (path, line)
        for path in sorted((root / "src").rglob("*.py"))
        for line in path.read_text("utf-8").splitlines()
    )
    wrong = re.compile(r"[^\\]\)(?:[*+?]|\{[\d,]+\})\+|\(\?>")
    assert [(path.name, line) for path, line in lines if wrong.search(line)] == []


def test_the_lock_names_only_pypi(root: Path) -> None:
    hosts = re.findall(r"https?://[^/\"]+", (root / "uv.lock").read_text("utf-8"))
    assert set(hosts) == {"https://pypi.org", "https://files.pythonhosted.org"}


def test_run_says_nothing_on_stdout_and_keeps_the_exit_code(root: Path, tmp_path: Path) -> None:
    code = "import os; print(os.getcwd()); raise SystemExit(7)"
    done = subprocess.run(
        [root / "run", "python", "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.returncode) == (f"{tmp_path.resolve()}\n", 7)


def test_run_without_a_command_says_what_to_do(root: Path) -> None:
    done = subprocess.run([root / "run"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "for example: ./run nemcon demo" in done.stderr.lower()
