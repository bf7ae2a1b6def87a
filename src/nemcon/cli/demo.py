"""`nemcon demo`: the model case, told from two reports to the verdict."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from nemcon.access.packs import procedure
from nemcon.cli.citing import Citations
from nemcon.cli.errors import FINE, CommandError
from nemcon.cli.opening import asked
from nemcon.cli.paper import Paper
from nemcon.cli.parser import Parser
from nemcon.cli.status import VERDICTS
from nemcon.cli.writing import write_files
from nemcon.load import Asked
from nemcon.reading import Sentence
from nemcon.views.dates import on_words
from nemcon.views.phrases import plural
from nemcon.views.reading import ReadView
from nemcon.views.reasons import Reason
from nemcon.views.status import StatusView, status, titles_of
from nemcon.views.telling import decision_words, office_words, stage_words, support_words
from nemcon.views.words import describe
from nemcon.when import When

FIRST, SECOND, CHAIN = "report-2024-06-20.txt", "report-2024-06-26.txt", "tally-chain.toml"
_SHOWN = 3  # sentences of the first report


@dataclass(frozen=True)
class Step:
    """One question of the case: what is asked of which files, and the answer."""

    title: str
    names: tuple[str, ...]
    view: StatusView
    found: Asked

    def to_json(self) -> dict[str, Any]:
        """The step as plain values."""
        return {"title": self.title, "files": list(self.names), "status": self.view.to_json()}


def options(parser: Parser) -> None:
    """The arguments of the command."""
    parser.add_argument(
        "--copy", metavar="FOLDER", default="", help="only copy the files of the case to FOLDER"
    )
    parser.json()
    parser.explain(
        "Two short reports and a tally of the press, which come with the program, tell how NATO\n"
        "chose its Secretary General in 2024.",
        "nemcon demo",
        "nemcon demo --copy nato-2024",
    )


def run(args: Namespace, paper: Paper) -> int:
    """Tell the case."""
    with ExitStack() as stack:
        folder = files("nemcon").joinpath("examples", "nato-2024")
        paths = [
            stack.enter_context(as_file(folder.joinpath(name))) for name in (FIRST, SECOND, CHAIN)
        ]
        if args.copy:
            _copy(paths, Path(args.copy))
            if args.json:
                paper.json({"folder": args.copy, "files": [path.name for path in paths]})
            else:
                paper.line(f"{plural(len(paths), 'file')} put into {args.copy}")
            return FINE
        steps = _steps(paths)
        if args.json:
            paper.json({"steps": [step.to_json() for step in steps]})
            return FINE
        paper.heading("NATO chooses a Secretary General, 2024: from two reports to the verdict")
        _write_reading(paper, steps[0].found)
        for number, step in enumerate(steps, 2):
            _write_step(paper, step, number)
        _write_next(paper)
    return FINE


def _copy(paths: Sequence[Path], folder: Path) -> None:
    """Put the files of the case into a folder, over nothing that is there."""
    there = [path.name for path in paths if (folder / path.name).exists()]
    if there:
        raise CommandError(f"{folder}: {there[0]} is there already; name another folder")
    try:
        write_files({folder / path.name: path.read_bytes() for path in paths})
    except OSError as error:
        raise CommandError(f"{folder}: it cannot be written ({error.strerror})") from error


def _steps(paths: Sequence[Path]) -> list[Step]:
    first, second, chain = map(str, paths)
    return [
        _step("The first report: is it agreed?", [first], "2024-06-20"),
        _step("Both reports, two days earlier", [first, second], "2024-06-18"),
        _step("The same day, with what the press counted", [first, second, chain], "2024-06-18"),
        _step("Both reports, six days later", [first, second], "2024-06-26"),
    ]


def _step(title: str, paths: Sequence[str], on: str) -> Step:
    found = asked(paths)
    view = status(found.state(When.parse(on)), procedure, findings=found.findings)
    return Step(title, tuple(Path(path).name for path in paths), view, found)


def _write_reading(paper: Paper, found: Asked) -> None:
    """What is read in the first report: a few of its sentences."""
    paper.line()
    paper.heading(f"1. Reading {FIRST}")
    if found.reading is None:
        return
    view = ReadView(found.reading, found.texts, titles_of(found.state()))
    many = plural(len(found.reading.proposals), "proposal")
    paper.line(f"{plural(len(found.reading.sentences), 'sentence')} give {many}, such as", indent=3)
    telling = [s for s in found.reading.sentences if _tells(view, s)]
    for sentence in telling[:_SHOWN]:
        paper.line(f"“{view.quote(sentence)}”", "dim", indent=3, hang=1)
        for proposal in view.proposals_of(sentence):
            paper.line(f"- {describe(proposal.entry, view.titles)}", indent=5, hang=2)


def _tells(view: ReadView, sentence: Sentence) -> bool:
    """Whether a sentence gives something that moves the verdict."""
    kinds = {proposal.entry.kind for proposal in view.proposals_of(sentence)}
    return bool(kinds & {"position", "tally", "candidacy"}) and "party" not in kinds


def _write_step(paper: Paper, step: Step, number: int) -> None:
    view = step.view
    paper.line()
    paper.heading(f"{number}. {step.title}")
    paper.line(f"{on_words(view.on)}, from {', '.join(step.names)}", indent=3, hang=2)
    paper.line(view.answer.verdict, VERDICTS[view.answer.verdict], indent=3)
    for one in view.answer.reckonings:
        if one.standing.certain != "withdrawn":
            paper.line(f"{view.title(one.candidate)}: {support_words(one)}", indent=3, hang=2)
    paper.line(f"stage: {stage_words(view)}", indent=3, hang=2)
    if view.declared and view.declared.taken:
        paper.line(f"decision: {decision_words(view)}", indent=3, hang=2)
        paper.line(f"office: {office_words(view)}", indent=3, hang=2)
    for needed in view.needed:
        paper.line(f"needed: {needed.text}", indent=3, hang=2)
    if view.answer.verdict == "met" and not (view.declared and view.declared.taken):
        _write_proof(paper, step)


def _write_proof(paper: Paper, step: Step) -> None:
    """The words that the verdict rests on."""
    citations = Citations(step.found, short=True)
    tallies = [leaf for leaf in _leaves(step.view.reasons) if leaf.entries[0].startswith("tally-")]
    for leaf in tallies[:1]:
        for quote in citations.of(leaf):
            paper.line(f"because {quote}", indent=3, hang=2)


def _leaves(reasons: Sequence[Reason]) -> list[Reason]:
    out: list[Reason] = []
    for reason in reasons:
        out += _leaves(reason.below) if reason.below else ([reason] if reason.entries else [])
    return out


def _write_next(paper: Paper) -> None:
    paper.line()
    paper.heading("Ask it yourself")
    for command in (
        "nemcon demo --copy nato-2024",
        "cd nato-2024",
        f"nemcon why {FIRST}",
        f"nemcon diff {FIRST} {SECOND} --known 2024-06-20..2024-06-26",
        f"nemcon read {SECOND} --coverage",
        f"nemcon add {FIRST} --record ~/nato.nemcon",
    ):
        paper.line(command, indent=3, hang=2)
    paper.line()
    paper.heading("See it in the browser, with a slider for every day")
    paper.line(f"nemcon serve {FIRST} {SECOND}", indent=3, hang=2)
