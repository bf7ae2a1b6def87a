"""What the commands that write to a record share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from nemcon.access.submit import Submitted, submit
from nemcon.cli.citing import Citations
from nemcon.cli.errors import BAD_CONTENT, FINE, CommandError
from nemcon.cli.opening import in_our_words, now, print_findings
from nemcon.cli.paper import Paper, Progress
from nemcon.cli.parser import Parser
from nemcon.entries import AnyEntry, Confirmation
from nemcon.findings import Place, errors
from nemcon.load import Asked, load
from nemcon.state import Logged, answers
from nemcon.views.phrases import plural, short_id
from nemcon.views.status import titles_of
from nemcon.views.words import describe

MOST_LINES = 100


def by_whom(parser: Parser) -> None:
    """--by."""
    parser.add_argument(
        "--by", metavar="NAME", default="", help="who does this; kept in the record"
    )


def is_new(name: str) -> bool:
    """Whether there is no record of that name yet, or no more than an attempt to make one."""
    path = Path(name)
    if not path.exists():
        return True
    from nemcon.record.files import is_unmade  # SQLite only where needed

    return is_unmade(path)


def record(name: str) -> Asked:
    """What a record holds. Raises `CommandError` if there is no record of that name."""
    with in_our_words():
        found = load([name], now())
    if not found.live:
        raise CommandError(
            f"{name}: this is no record; 'nemcon add FILE... --record FILE' makes one"
        )
    return found


def write(
    name: str,
    items: Iterable[Logged],
    *,
    by: str = "",
    again: bool = False,
    places: Mapping[str, Place] | None = None,
) -> Submitted:
    """Submit the entries to the record `name`."""
    from nemcon.record.sqlite import SqliteLog  # SQLite and cryptography only where needed

    progress = Progress()
    items = tuple(items)
    progress(f"checking and writing {plural(len(items), 'entry', 'entries')} to {name}")
    try:
        with in_our_words(), SqliteLog(name) as log:
            return submit(log, items, now(), place=name, by=by, again=again, places=places)
    finally:
        progress.done()


class Held:
    """The entries of a record by id, and which of its proposals are open."""

    def __init__(self, found: Asked) -> None:
        self.found = found
        self.entries = {item.entry.id: item.entry for item in found.items}
        self._proposed = {item.entry.id for item in found.items if item.proposed}
        self._answers = answers(found.items)
        self.titles = titles_of(found.state(proposed=True))

    @property
    def open(self) -> list[str]:
        """The ids of the proposals that nobody has confirmed or rejected."""
        return [i for i in self.entries if i in self._proposed and self._answers.get(i) is None]

    def confirmed(self, ident: str) -> bool | None:
        """How the proposal was answered last; None if it is open."""
        answer = self._answers.get(ident)
        return isinstance(answer.entry, Confirmation) if answer else None

    def find(self, text: str) -> str:
        """The one id that begins with `text`, or whose digits do."""
        near = [
            i for i in self.entries if i.startswith(text) or i.rpartition("-")[2].startswith(text)
        ]
        if len(near) == 1:
            return near[0]
        if not near:
            raise CommandError(f"no entry of this record has an id that begins with {text!r}")
        several = ", ".join(short_id(ident) for ident in sorted(near)[:5])
        more = " …" if len(near) > 5 else ""
        raise CommandError(f"{text!r} begins {len(near)} ids ({several}{more}); write more of it")

    def line(self, ident: str) -> str:
        """An entry as a line for people."""
        return entry_line(self.entries[ident], self.titles)


def entry_line(entry: AnyEntry, titles: Mapping[str, str]) -> str:
    """An entry as a line for people: its sentence and its id."""
    return f"{describe(entry, titles)}  ({short_id(entry.id)})"


def write_entries(paper: Paper, entries: Sequence[AnyEntry], titles: Mapping[str, str]) -> None:
    """The entries one a line, or the first of very many."""
    paper.bullets(entry_line(entry, titles) for entry in entries[:MOST_LINES])
    if len(entries) > MOST_LINES:
        paper.line(f"  and {plural(len(entries) - MOST_LINES, 'more', 'more')} (--json lists all)")


def write_notice(paper: Paper, decision: AnyEntry, titles: Mapping[str, str]) -> None:
    """That a decision is adopted: only where the verdict of a complete record carries it."""
    paper.line(f"Notice of adoption: {describe(decision, titles)}; carried by the rule", hang=2)


def write_refusal(
    paper: Paper, name: str, result: Submitted, citations: Citations | None = None
) -> None:
    """Why nothing was written."""
    paper.line(
        f"Nothing was written to {name}: {plural(len(errors(result.findings)), 'error')}", "bad"
    )
    print_findings(paper, result.findings, citations)


def code_of(result: Submitted) -> int:
    """The exit code after a submission."""
    return BAD_CONTENT if result.refused else FINE
