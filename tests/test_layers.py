"""Which module may import which, and which may touch the world.

The package is a pile of layers: a module imports only what lies above it in `ORDER`, so that what
decides (dates, entries, state, worlds) never depends on what shows or stores. Above `record`
nothing reads a clock, a random number, a file, the network or a database.
"""

import ast
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

# From the vocabulary down to the faces. A name is a file `NAME.py` or a folder `NAME/`.
ORDER = (
    "saying",  # messages to people, which know what they were made of
    "when",
    "findings",
    "entries",
    "text",
    "state",
    "rules",
    "worlds",
    "check",
    "library",  # reads the packaged data, and nothing else
    "reading",
    "analysis",
    "views",
    "charts",  # views as specifications of pictures
    "tables",  # entries as rows, Popolo and calendars; opens nothing
    "record",
    "access",
    "survey",
    "load",  # opens the user's files into entries
    "cli",
    "server",
)
FACES = ("cli", "server")
PURE = ORDER[: ORDER.index("record")]
READS_PACKAGED_DATA = "library"

# What a pure module may not import: it takes text, values, `on` and `known` from its caller.
WORLDLY = frozenset(
    {
        *("random", "secrets", "time", "uuid"),
        *("fcntl", "glob", "importlib", "mmap", "os", "pathlib", "pkgutil", "shutil", "tempfile"),
        *("asyncio", "http", "select", "socket", "socketserver", "ssl", "urllib"),
        *("apsw", "psycopg", "sqlite3"),
        *("getpass", "multiprocessing", "subprocess"),
    }
)
WORLDLY_CALLS = frozenset({"__import__", "input", "open"})
CLOCKS = frozenset({"now", "today", "utcnow"})


@dataclass(frozen=True)
class Import:
    """One import of a module of the package: written in `source`, at `line`, naming `target`."""

    source: str
    file: str
    line: int
    target: str


@dataclass(frozen=True)
class Module:
    """One file of the package; `name` is dotted and without `nemcon.` (`rules.choose`)."""

    name: str
    file: str
    is_package: bool
    tree: ast.Module

    @property
    def layer(self) -> str:
        return self.name.partition(".")[0]


def modules_of(package: Path) -> dict[str, Module]:
    """Every module of the package but its own `__init__` and `__main__`, by name."""
    found = {}
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package).with_suffix("").parts
        if parts in {("__init__",), ("__main__",)}:
            continue
        is_package = parts[-1] == "__init__"
        name = ".".join(parts[:-1] if is_package else parts)
        file = path.relative_to(package.parent.parent).as_posix()
        found[name] = Module(name, file, is_package, ast.parse(path.read_text("utf-8"), file))
    return found


def imports_of(module: Module, names: frozenset[str]) -> Iterator[Import]:
    """What the module imports from the package, wherever the import stands.

    An import inside a function or under TYPE_CHECKING counts like any other. `from nemcon.rules
    import choose` names the module `rules.choose` if there is one, else `rules`.
    """
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            targets = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = _base(module, node)
            members = [f"{base}.{alias.name}" for alias in node.names]
            targets = [
                member if member.removeprefix("nemcon.") in names else base for member in members
            ]
        else:
            continue
        for target in dict.fromkeys(targets):
            if target.startswith("nemcon."):
                yield Import(module.name, module.file, node.lineno, target.removeprefix("nemcon."))


def _base(module: Module, node: ast.ImportFrom) -> str:
    """The absolute name of what stands between `from` and `import`."""
    if not node.level:
        return node.module or ""
    parts = ["nemcon", *module.name.split(".")]
    climb = node.level - 1 if module.is_package else node.level
    return ".".join([*parts[: len(parts) - climb], *([node.module] if node.module else [])])


def wrong_layers(modules: dict[str, Module]) -> list[str]:
    """Modules without a place in ORDER, and imports that go down instead of up."""
    wrong = [
        f"{module.file}:1: {module.layer} has no place in ORDER; "
        "give it one in tests/test_layers.py, above everything that imports it"
        for module in modules.values()
        if module.layer not in ORDER
    ]
    for module in modules.values():
        for found in imports_of(module, frozenset(modules)):
            source, target = module.layer, found.target.partition(".")[0]
            if source not in ORDER or source == target:
                continue
            where = f"{found.file}:{found.line}: {source} imports {found.target}"
            if target not in ORDER:
                wrong.append(f"{where}, which has no place in ORDER; is the name right?")
            elif {source, target} == set(FACES):
                wrong.append(f"{where}, but faces do not import each other; move it above both")
            elif ORDER.index(target) > ORDER.index(source):
                wrong.append(
                    f"{where}, which lies below it; pass the value in as an argument, "
                    f"or move what is needed into {source} or above"
                )
    return wrong


def cycles(modules: dict[str, Module]) -> list[str]:
    """Rings of modules that import each other, each told once with the lines that close it."""
    edges = {
        name: {
            found.target: found
            for found in imports_of(module, frozenset(modules))
            if found.target in modules and found.target != name
        }
        for name, module in modules.items()
    }
    told: list[str] = []
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        if name in trail:
            ring = (*trail[trail.index(name) :], name)
            steps = [edges[a][b] for a, b in itertools.pairwise(ring)]
            told.append(
                f"{steps[0].file}:{steps[0].line}: an import cycle: "
                + ", ".join(
                    f"{step.source} imports {step.target} (line {step.line})" for step in steps
                )
                + "; move what both need into a module above them"
            )
        elif name not in done:
            for target in edges[name]:
                visit(target, (*trail, name))
            done.add(name)

    for name in edges:
        visit(name, ())
    return told


def worldly(modules: dict[str, Module]) -> list[str]:
    """Where a pure module reads a clock, a random number, a file, the network or a database."""
    return [
        f"{module.file}:{line}: {module.name} {what}"
        for module in modules.values()
        if module.layer in PURE and module.layer != READS_PACKAGED_DATA
        for line, what in sorted(_worldly_lines(module.tree))
    ]


def _worldly_lines(tree: ast.Module) -> Iterator[tuple[int, str]]:
    clocks = {"datetime", "date"}  # the names that the two classes have in this file
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "datetime":
            clocks |= {a.asname for a in node.names if a.name in {"datetime", "date"} and a.asname}
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                for alias in names:
                    if alias.name.partition(".")[0] in WORLDLY:
                        yield node.lineno, _imports(alias.name)
            case ast.ImportFrom(module=str(name), level=0):
                if name.partition(".")[0] in WORLDLY:
                    yield node.lineno, _imports(name)
            case ast.Call(func=ast.Name(id=name)) if name in WORLDLY_CALLS:
                yield node.lineno, f"calls {name}(); take the text as an argument: load opens files"
            case ast.Attribute(value=ast.Name(id="io"), attr="open"):
                yield node.lineno, "calls io.open(); take the text as an argument: load opens files"
            case ast.Attribute(value=ast.Name(id=owner) | ast.Attribute(attr=owner), attr=name) if (
                owner in clocks and name in CLOCKS
            ):
                yield (
                    node.lineno,
                    f"reads the clock with {owner}.{name}; take `on` or `now` as an argument",
                )


def _imports(name: str) -> str:
    return (
        f"imports {name}; above record a module takes text and values: "
        "let load, record or a face read it and pass it in"
    )


# The package as it stands.


@pytest.fixture(scope="module")
def package(root: Path) -> dict[str, Module]:
    return modules_of(root / "src" / "nemcon")


def test_a_module_imports_only_what_lies_above_it(package: dict[str, Module]) -> None:
    assert wrong_layers(package) == []


def test_no_modules_import_each_other(package: dict[str, Module]) -> None:
    assert cycles(package) == []


def test_nothing_above_record_touches_the_world(package: dict[str, Module]) -> None:
    assert worldly(package) == []


def test_the_package_itself_imports_nothing(root: Path) -> None:
    tree = ast.parse((root / "src" / "nemcon" / "__init__.py").read_text("utf-8"))
    assert [n.lineno for n in ast.walk(tree) if isinstance(n, ast.Import | ast.ImportFrom)] == []


# The checks themselves, on small packages that break one thing each.


def made(folder: Path, files: dict[str, str]) -> dict[str, Module]:
    """A package in `folder` with these files."""
    for name, text in files.items():
        path = folder / "src" / "nemcon" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return modules_of(folder / "src" / "nemcon")


GOOD = {
    "__init__.py": "",
    "__main__.py": "from nemcon.cli import main\n",
    "when.py": "import datetime as dt\n\ndef day(on: dt.date): return on.isoformat()\n",
    "entries.py": "from nemcon import __version__\nfrom nemcon.when import When\n",
    "rules/__init__.py": "from nemcon.rules.algebra import Rule\n",
    "rules/algebra.py": "from nemcon.entries import Entry\n",
    "rules/choose.py": "from nemcon.rules import algebra\nfrom . import algebra as same\n",
    "library.py": "import importlib.resources\nfrom nemcon import text\n",
    "text.py": "",
    "record/__init__.py": "import os, time\n",
    "server/app.py": "from nemcon.load import load\nfrom .pages import home\n",
    "server/pages.py": "from nemcon.views import Status\n",
    "views.py": "from nemcon.library import packs\n",
    "load.py": "from pathlib import Path\nfrom nemcon.record import log\n",
    "cli.py": "from nemcon import load, views\n",
}


def test_a_good_package_passes(tmp_path: Path) -> None:
    modules = made(tmp_path, GOOD)
    assert wrong_layers(modules) + cycles(modules) + worldly(modules) == []


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        ("when.py", "from nemcon.entries import Entry", "when imports entries, which lies below"),
        ("when.py", "from nemcon import entries", "when imports entries, which lies below"),
        ("when.py", "import nemcon.entries", "when imports entries, which lies below"),
        ("when.py", "from . import entries", "when imports entries, which lies below"),
        ("when.py", "def f():\n from .entries import x", ":2: when imports entries, which lies"),
        ("when.py", "if TYPE_CHECKING:\n import nemcon.text", ":2: when imports text, which lies"),
        ("rules/algebra.py", "from ..worlds import x", "rules imports worlds, which lies below"),
        ("rules/__init__.py", "from ..worlds import x", "rules imports worlds, which lies below"),
        ("library.py", "from nemcon.load import load", "library imports load, which lies below"),
        ("server/app.py", "from nemcon.cli import main", "faces do not import each other"),
        ("cli.py", "from nemcon.server.app import main", "faces do not import each other"),
        ("helpers.py", "", "helpers has no place in ORDER"),
        ("cli.py", "from nemcon.vews import x", "cli imports vews, which has no place in ORDER"),
    ],
)
def test_an_import_that_goes_down_is_told(tmp_path: Path, file: str, text: str, told: str) -> None:
    wrong = wrong_layers(made(tmp_path, {**GOOD, "worlds.py": "", file: text + "\n"}))
    assert [told in line for line in wrong] == [True]
    assert wrong[0].startswith(f"src/nemcon/{file}:")


def test_a_cycle_inside_a_folder_is_told_once(tmp_path: Path) -> None:
    files = {"rules/a.py": "import nemcon.rules.b", "rules/b.py": "\nfrom .a import x"}
    (told,) = cycles(made(tmp_path, files))
    assert told == (
        "src/nemcon/rules/a.py:1: an import cycle: rules.a imports rules.b (line 1), "
        "rules.b imports rules.a (line 2); move what both need into a module above them"
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("import os.path", "imports os.path;"),
        ("from pathlib import PurePath", "imports pathlib;"),
        ("import io\ntext = io.open('x')", ":2: state calls io.open();"),
        ("import json, secrets", "imports secrets;"),
        ("def f(p):\n return open(p)", ":2: state calls open();"),
        ("import datetime as dt\nx = dt.datetime.now()", ":2: state reads the clock"),
        ("from datetime import date\nx = date.today()", ":2: state reads the clock"),
        ("from datetime import datetime as d\nx = [d.utcnow]", ":2: state reads the clock"),
    ],
)
def test_a_pure_module_that_touches_the_world_is_told(tmp_path: Path, text: str, told: str) -> None:
    found = worldly(made(tmp_path, {"state.py": text, "library.py": text, "record/log.py": text}))
    assert [told in line for line in found] == [True]
    assert found[0].startswith("src/nemcon/state.py:")
