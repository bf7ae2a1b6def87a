"""The work of others within the scripts that draw charts, and the notices that go with it.

A minified script holds many packages. Which ones was found by comparing the lines of each package
that `npm install` brings with those of the script before it is minified, and from the maps of
vega-lite and vega-embed; what is adapted in them is told by their comments. Packages of the makers
of Vega themselves stand under the licence of the script that they are in.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Part:
    """A package within a script, in the version that its notice is taken from; its licence. Without
    a file of its own, the notice is in a comment of the script that holds these words.
    """

    name: str
    version: str
    licence: str
    comment: str = ""


def _isc(*named: str) -> tuple[Part, ...]:
    """Packages `NAME@VERSION` under the ISC licence."""
    split = (each.split("@") for each in named)
    return tuple(Part(name, version, "ISC") for name, version in split)


PARTS: Mapping[str, tuple[Part, ...]] = {
    "vega": (
        *_isc("d3-array@3.2.5", "d3-color@3.1.1", "d3-delaunay@6.0.6", "d3-dispatch@3.0.2"),
        *_isc("d3-dsv@3.0.2", "d3-force@3.0.1", "d3-format@3.1.3", "d3-geo@3.1.2"),
        *_isc("d3-geo-projection@4.0.0", "d3-hierarchy@3.1.3", "d3-interpolate@3.0.2"),
        *_isc("d3-path@3.1.1", "d3-quadtree@3.0.2", "d3-scale@4.0.3", "d3-scale-chromatic@3.1.1"),
        *_isc("d3-shape@3.2.1", "d3-time@3.1.1", "d3-time-format@4.1.1", "d3-timer@3.0.2"),
        *_isc("delaunator@5.1.0", "internmap@2.0.3", "quickselect@3.0.0", "topojson-client@3.1.0"),
        Part("d3-ease", "3.0.2", "BSD-3-Clause"),
        Part("d3-regression", "1.3.10", "BSD-3-Clause"),
        Part("hashlru", "2.3.0", "MIT"),
        Part("regression", "2.0.1", "MIT"),
        Part("robust-predicates", "3.0.3", "Unlicense"),
        Part("science", "1.9.3", "BSD-3-Clause"),
        Part("d3-cloud", "", "BSD-3-Clause", "The name Jason Davies may not be used"),
        Part("esprima", "", "BSD-2-Clause", "Original header comment and license for Esprima"),
    ),
    "vega-lite": (),
    "vega-embed": (
        *_isc("semver@7.8.6"),
        Part("fast-deep-equal", "3.1.3", "MIT"),
        Part("fast-json-patch", "3.1.1", "MIT"),
        Part("json-stringify-pretty-compact", "4.0.0", "MIT"),
    ),
}

FEW = """\
Of these a few lines are adapted, and no notice was published with them:

* time-grain-detector (npm), by Paul Rosenzweig, under the ISC licence, the words of which stand
  above.
* Apache Commons Math, Copyright The Apache Software Foundation, under the Apache License 2.0.
* DOMPurify, by Mario Heiderich, Cure53, and others, under the Apache License 2.0.
"""
"""What else the comments of vega name."""


def notices(name: str, script: str, folder: Path) -> str:
    """The notices of all parts of a script; `script` is its text before it is minified, and what is
    fetched lies in `folder`.
    """
    _install([part for part in PARTS[name] if not part.comment], folder)
    head = f"{name} holds the work of others, under these licences.\n"
    told = [head, *(_notice(part, script, folder) for part in PARTS[name])]
    return "\n".join([*told, *([FEW] if name == "vega" else [])])


def _install(parts: list[Part], folder: Path) -> None:
    wanted = [f"{part.name}@{part.version}" for part in parts]
    command = ["npm", "install", "--silent", "--ignore-scripts", "--no-audit", "--no-save"]
    subprocess.run([*command, "--prefix", str(folder), *wanted], check=True, capture_output=True)


def _notice(part: Part, script: str, folder: Path) -> str:
    text = _comment(part, script) if part.comment else _licence(folder / "node_modules" / part.name)
    lines = (line.rstrip() for line in text.replace("\r", "").strip("\n").splitlines())
    return "\n".join([f"=== {part.name} ({part.licence}) ===", "", *lines, ""])


def _comment(part: Part, script: str) -> str:
    """The comment of the script that is the notice, without its indent."""
    found = next(each for each in _comments(script) if part.comment in each)
    return "\n".join(line.strip() for line in found.splitlines())


def _comments(script: str) -> Iterator[str]:
    return (found[1] for found in re.finditer(r"/\*(.*?)\*/", script, re.DOTALL))


def _licence(folder: Path) -> str:
    (path,) = (each for each in folder.iterdir() if each.stem.upper() == "LICENSE")
    return path.read_text("utf-8")


def missing(name: str, text: str) -> list[str]:
    """What is wrong with the notices of a script: the parts that they do not name."""
    return [
        f"{name}.PARTS.txt does not name {part.name} ({part.licence})"
        for part in PARTS[name]
        if f"\n=== {part.name} ({part.licence}) ===\n" not in f"\n{text}"
    ]
