"""Cold commands: each number is a new process, against `python -c pass` in the same run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from benchmarks import federation
from benchmarks.clock import Aims, Spent, process
from nemcon.access.stored import item_of
from nemcon.record.sqlite import SqliteLog
from nemcon.text import write_toml

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "nato-2024"
SEEDS = ROOT.parent / "shared" / "seeds"
ENTRIES = 10_000


def _more(aims: Aims, what: str, spent: Spent, base: Spent, aim: float | None) -> None:
    """Processor time over that of `python -c pass`; the clock's time beside it."""
    ratio = spent.processor / base.processor
    beside = f"{ratio:.0f} x `pass`; {spent.wall - base.wall:.2f} s more by the clock"
    aims.show(what, spent.processor - base.processor, aim, beside=beside)


def start(aims: Aims, environment: Mapping[str, str]) -> Spent:
    """The bare interpreter, `import nemcon`, and the two reports."""
    base = process(["-c", "pass"], environment, times=15)
    print("\nStart: more than `python -c pass`, in processor time")
    aims.show("python -c pass", base.processor)
    imported = process(["-c", "import nemcon"], environment, times=15)
    _more(aims, "import nemcon", imported, base, 0.150)
    faces = process(["-c", "import nemcon.cli.status"], environment)
    _more(aims, "import nemcon.cli.status", faces, base, None)
    for name, folder in (("examples/nato-2024", EXAMPLE), ("shared/seeds", SEEDS)):
        reports = sorted(map(str, folder.glob("*.txt")))
        if reports:
            spent = process(["-m", "nemcon", "status", *reports], environment)
            _more(aims, f"nemcon status, the two reports of {name}", spent, base, 0.5)
    return base


def large(aims: Aims, environment: Mapping[str, str], base: Spent, folder: Path) -> None:
    """`status` on a record of 10,000 entries, from SQLite and from TOML."""
    print(f"\n{ENTRIES} entries, {federation.MEMBERS} members: more than `python -c pass`")
    for matters, words in federation.MATTERS.items():
        entries = federation.entries(ENTRIES, matters)
        record, text = folder / f"{matters}.nemcon", folder / f"{matters}.toml"
        with SqliteLog.create(record) as log, log.writing() as writer:
            writer.append(map(item_of, entries))
        text.write_text(write_toml(entries), "utf-8")
        for path, aim in ((record, 1.0), (text, 4.0)):
            asked = ["--matter", federation.LIVE, "--on", federation.ASKED]
            spent = process(["-m", "nemcon", "status", str(path), *asked], environment, times=3)
            _more(aims, f"status {path.suffix[1:]}, {words}", spent, base, aim)
