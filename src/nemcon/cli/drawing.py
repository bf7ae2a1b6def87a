"""Writing a picture to the file that --plot names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nemcon.cli.errors import CommandError
from nemcon.cli.writing import write_files


def format_of(name: str) -> str:
    """*svg* or *png*, by the end of the file's name. Raises `CommandError`."""
    ending = Path(name).suffix.lower()
    if ending not in (".svg", ".png"):
        raise CommandError(f"--plot {name}: a picture is FILE.svg or FILE.png")
    if not Path(name).resolve().parent.is_dir():
        raise CommandError(f"--plot {name}: there is no folder to put it in; make it first")
    return ending[1:]


def draw(chart: dict[str, Any], name: str) -> None:
    """Write a Vega-Lite specification as the picture `name`. Raises `CommandError`."""
    from nemcon.charts.drawing import MissingDrawerError, png, svg

    kind = format_of(name)
    try:
        data = svg(chart).encode() if kind == "svg" else png(chart)
    except MissingDrawerError as error:
        raise CommandError(str(error)) from error
    try:
        write_files({Path(name): data})
    except OSError as error:
        why = error.strerror or str(error)
        raise CommandError(f"--plot {name}: the picture cannot be written ({why})") from error
