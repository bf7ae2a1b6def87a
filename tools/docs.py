"""Runs the terminal sessions that the documents show, and puts the real output below each command.

`./run python -m tools.docs` writes them anew, in all documents or in those named; a test fails
while a document shows something else.

In a fenced block ```` ```console ```` a line that begins with `$ ` is a command: `nemcon …`,
`cd FOLDER` or `cat FILE`. The lines below it are what it prints, on stdout or stderr. A line `…`
alone stands for any lines that are cut there. A fenced block of entries that names a file
(```` ```toml vote.toml ````) is written to that file. All blocks of one document share one folder,
which begins as a copy of `examples/`.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from nemcon.cli import run

ROOT = Path(__file__).resolve().parent.parent

CUT = "…"
PROMPT = "$ "

_BLOCK = re.compile(r"^```(\S+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Shown:
    """One command of a document, what the document shows below it, and what it really prints."""

    command: str
    shown: tuple[str, ...]
    printed: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        """Whether the document shows what is printed, but for what it cuts."""
        return matches(self.shown, self.printed)

    def text(self) -> str:
        """The command with its output as it should stand in the document."""
        lines = self.shown if self.agrees else self.printed
        return "".join(f"{line}\n" for line in (PROMPT + self.command, *lines))


def documents() -> list[Path]:
    """The documents whose sessions are run."""
    return [
        ROOT / "README.md",
        *sorted((ROOT / "docs").glob("*.md")),
        *sorted((ROOT / "examples").glob("*/README.md")),
    ]


def matches(shown: Sequence[str], printed: Sequence[str]) -> bool:
    """Whether `shown` is `printed`, where a line `…` stands for any lines."""
    if CUT not in shown:
        return tuple(shown) == tuple(printed)
    at = list(shown).index(CUT)
    head, rest = tuple(shown[:at]), shown[at + 1 :]
    if tuple(printed[:at]) != head:
        return False
    return any(matches(rest, printed[end:]) for end in range(at, len(printed) + 1))


def sessions(text: str) -> list[Shown]:
    """Every command of a document, run in order in a folder of their own."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "examples", Path(folder, "examples"))
        with chdir(folder):
            return [shown for block in _BLOCK.finditer(text) for shown in _block(block)]


def renewed(text: str) -> str:
    """The document with the real output below each command that shows another."""
    commands = iter(sessions(text))

    def block(found: re.Match[str]) -> str:
        if found[1] != "console":
            return found[0]
        count = sum(1 for _ in _commands(found[3]))
        return "```console\n" + "".join(next(commands).text() for _ in range(count)) + "```"

    return _BLOCK.sub(block, text)


def _block(found: re.Match[str]) -> Iterator[Shown]:
    language, name, body = found.groups()
    if language == "console":
        for command, shown in _commands(body):
            yield Shown(command, shown, tuple(_printed(command).splitlines()))
    elif name:
        Path(name).write_text(body, "utf-8")


def _commands(body: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for part in re.split(rf"^{re.escape(PROMPT)}", body, flags=re.MULTILINE)[1:]:
        command, *shown = part.splitlines()
        yield command, tuple(shown)


def _printed(command: str) -> str:
    """What a command prints."""
    name, *arguments = shlex.split(command)
    match name:
        case "cd":
            os.chdir(arguments[0])
            return ""
        case "cat":
            return "".join(Path(each).read_text("utf-8") for each in arguments)
        case "nemcon":
            with io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) as out:
                with redirect_stdout(out), redirect_stderr(out):
                    run(arguments)
                out.seek(0)
                return out.read()
    raise ValueError(f"'{command}': a session shows nemcon, cd and cat only")


def main(names: Sequence[str]) -> None:
    """Write the documents anew."""
    for page in [Path(name).resolve() for name in names] or documents():
        text = page.read_text("utf-8")
        new = renewed(text)
        if new != text:
            page.write_text(new, "utf-8")
            print(f"wrote {page.relative_to(ROOT)}; look at what changed, and cut it again")


if __name__ == "__main__":
    main(sys.argv[1:])
