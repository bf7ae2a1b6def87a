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
