"""`nemcon read`: what reports say, sentence by sentence."""

from __future__ import annotations

from argparse import Namespace

from nemcon.cli.citing import Citations
from nemcon.cli.opening import asked, exit_code, print_findings, refusal
from nemcon.cli.paper import Paper, Style
from nemcon.cli.parser import Parser
from nemcon.reading import Sentence
from nemcon.views.phrases import plural, short_id, source_words
from nemcon.views.reading import ReadView
from nemcon.views.status import titles_of
from nemcon.views.words import describe


def options(parser: Parser) -> None:
    """The arguments of the command."""
    parser.add_argument(
        "records", nargs="+", metavar="REPORT", help="dated reports; a pack or entries beside them"
    )
    parser.body()
    parser.add_argument(
        "--coverage", action="store_true", help="every sentence, also those that gave nothing"
    )
    parser.json()
    parser.explain(
        "Nothing is asserted: each entry is a proposal, with the words that it rests on. A report\n"
        "begins with ' date YYYY-MM-DD ' or with a front matter between lines of +++; a saved\n"
        "web page (.html) may give its date in its head, as article:published_time.",
        "nemcon read report-2024-06-20.txt",
        "nemcon read report-2024-06-20.txt --coverage",
    )


def run(args: Namespace, paper: Paper) -> int:
    """Print the proposals."""
    found = asked(args.records, body=args.body)
    reading = found.reading
    if reading is None:
        message = "there is no report among these; a report is a dated text (.txt)"
        raise refusal(message, found.findings)
    view = ReadView(reading, found.texts, titles_of(found.state()))
    if args.json:
        paper.json(view.to_json())
        return exit_code(found.findings)
    for source in reading.sources:
        paper.heading(f"{found.places[source.id]}: {source_words(source)}")
        for sentence in view.sentences_of(source):
            if sentence.proposals or args.coverage:
                _write(paper, view, sentence)
        paper.line()
    _summary(paper, view, coverage=args.coverage)
    print_findings(paper, found.findings, Citations(found))
    return exit_code(found.findings)


_MARKS = {"proposed": "", "context": "[context] ", "not-read": "[not read] "}
_IN_PART = "[read in part] "


def _mark(sentence: Sentence) -> str:
    """How a sentence was read; in part where it gave only who somebody in it is."""
    in_part = sentence.status == "not-read" and sentence.proposals
    return _IN_PART if in_part else _MARKS[sentence.status]


def _write(paper: Paper, view: ReadView, sentence: Sentence) -> None:
    """A sentence and what it gave."""
    paper.line()
    style: Style = "open" if sentence.status == "not-read" and sentence.signal else "dim"
    paper.line(f"{_mark(sentence)}“{view.quote(sentence)}”", style, hang=2)
    for proposal in view.proposals_of(sentence):
        words = describe(proposal.entry, view.titles)
        paper.line(f"- {words}  ({short_id(proposal.id)})", indent=2, hang=2)


def _summary(paper: Paper, view: ReadView, *, coverage: bool) -> None:
    reading = view.reading
    total = len(reading.sentences)
    many = plural(len(reading.proposals), "proposal")
    reports = plural(len(reading.sources), "report")
    paper.line(f"{many} from {plural(total, 'sentence')} of {reports}")
    if view.not_read:
        hint = "" if coverage else "; --coverage shows them"
        several = plural(len(view.not_read), "sentence")
        said = "with a word that usually says something gave no entry for it"
        paper.line(f"{several} {said}{hint}", hang=2)
    if reading.proposals:
        paper.line("To keep them: nemcon add REPORT... --record FILE", "dim", hang=2)
