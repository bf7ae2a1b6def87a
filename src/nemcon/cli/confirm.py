"""`nemcon confirm` and `nemcon reject`: what becomes of proposed entries."""

from __future__ import annotations

from argparse import Namespace
from datetime import datetime

from nemcon.access.submit import Submitted
from nemcon.cli.citing import Citations
from nemcon.cli.errors import FINE, CommandError
from nemcon.cli.opening import now, print_findings
from nemcon.cli.paper import Paper
from nemcon.cli.parser import Parser
from nemcon.cli.recording import (
    Held,
    by_whom,
    code_of,
    record,
    write,
    write_entries,
    write_notice,
    write_refusal,
)
from nemcon.entries import AnyEntry, Confirmation, Rejection
from nemcon.state import Logged
from nemcon.views.phrases import plural
from nemcon.when import When


def options(parser: Parser) -> None:
    """The arguments of both commands."""
    confirming = parser.prog.endswith("confirm")
    parser.add_argument("record", metavar="RECORD", help="the record")
    parser.add_argument(
        "ids",
        nargs="*",
        default=[],
        metavar="ID",
        help="ids of proposals, or enough of them to be unique",
    )
    parser.add_argument("--all", action="store_true", help="every open proposal")
    if not confirming:
        parser.add_argument("--reason", metavar="TEXT", default="", help="why; kept in the record")
    by_whom(parser)
    parser.json()
    parser.set_defaults(confirming=confirming)
    if confirming:
        parser.explain(
            "Without ID it lists the open proposals. A confirmed entry counts as known from the\n"
            "date of its source. To undo a confirmation, reject the proposal.",
            "nemcon confirm nato.nemcon",
            "nemcon confirm nato.nemcon position-1a2b3c4d",
        )
    else:
        parser.explain(
            "A rejected proposal stays readable and counts for nothing; confirm it to undo that.",
            "nemcon reject nato.nemcon position-1a2b3c4d --reason 'the report misquotes him'",
        )


def run(args: Namespace, paper: Paper) -> int:
    """Confirm, reject, or list what is open."""
    found = record(args.record)
    held = Held(found)
    if args.all and args.ids:
        raise CommandError("give ids or --all, not both")
    if not args.ids and not args.all:
        return _list(args, held, paper)
    wanted = held.open if args.all else list(dict.fromkeys(map(held.find, args.ids)))
    todo = [ident for ident in wanted if held.confirmed(ident) is not args.confirming]
    moment = now()
    answers = [Logged(_answer(args, held, ident, moment)) for ident in todo]
    result = Submitted((), (), (), ())
    if answers:
        result = write(args.record, answers, by=args.by, places=held.found.places)
    if args.json:
        paper.json({"record": args.record, **result.to_json()})
    elif result.refused:
        write_refusal(paper, args.record, result, Citations(held.found))
    else:
        _tell(paper, args, held, todo, [ident for ident in wanted if ident not in todo], result)
    return code_of(result)


def _answer(args: Namespace, held: Held, ident: str, moment: datetime) -> AnyEntry:
    """The entry that answers a proposal. Its instant keeps it apart from an earlier like answer."""
    target, happened = held.entries[ident], When.parse(moment.isoformat())
    if args.confirming:
        return Confirmation(body=target.body, confirms=ident, by=args.by, happened=happened)
    return Rejection(
        body=target.body, rejects=ident, by=args.by, happened=happened, reason=args.reason
    )


def _list(args: Namespace, held: Held, paper: Paper) -> int:
    """The open proposals."""
    if args.json:
        paper.json({"record": args.record, "open": held.open})
        return FINE
    paper.heading(f"{plural(len(held.open), 'proposal')} open in {args.record}")
    write_entries(paper, [held.entries[ident] for ident in held.open], held.titles)
    if held.open:
        paper.line(f"nemcon confirm {args.record} --all, or with the ids that are right", "dim")
    return FINE


def _tell(
    paper: Paper,
    args: Namespace,
    held: Held,
    done: list[str],
    before: list[str],
    result: Submitted,
) -> None:
    word = "confirmed" if args.confirming else "rejected"
    if done:
        paper.heading(f"{plural(len(done), 'proposal')} {word}")
        write_entries(paper, [held.entries[ident] for ident in done], held.titles)
    for ident in before:
        paper.line(f"Already {word}: {held.line(ident)}", hang=2)
    if not done and not before:
        paper.line("There is no open proposal")
    print_findings(paper, result.findings, Citations(held.found))
    for ident in result.adopted:
        write_notice(paper, held.entries[ident], held.titles)
