"""`nemcon serve`: the state of play as a page."""

from __future__ import annotations

import sys
from argparse import Namespace
from importlib import import_module

from nemcon.cli.errors import FINE, CommandError
from nemcon.cli.opening import in_our_words
from nemcon.cli.paper import Paper, Progress
from nemcon.cli.parser import Parser
from nemcon.cli.recording import by_whom


def options(parser: Parser) -> None:
    """The arguments of the command."""
    parser.records()
    parser.add_argument(
        "--host",
        metavar="H",
        default="127.0.0.1",
        help="the address to listen on (else 127.0.0.1: this machine only)",
    )
    parser.add_argument(
        "--port", metavar="N", type=int, default=8000, help="the port (else 8000); 0 for a free one"
    )
    parser.add_argument(
        "--name",
        metavar="NAME",
        action="append",
        default=[],
        help="a name under which others call this machine, with --host",
    )
    parser.add_argument(
        "--review", action="store_true", help="decide on proposals of a record; writes to it"
    )
    by_whom(parser)
    parser.explain(
        "The verdict, everybody's position and the reports with what was read in them, on a page\n"
        "with two sliders: the date asked about, and how much was known. The page only reads;\n"
        "what changes in the files shows when it is loaded again. Ctrl-C ends it.\n"
        "A table of roll calls (.csv, .xlsx) among them is compared on a page of its own.\n"
        "With --review the address that is printed opens a page that also writes; it opens once.",
        "nemcon serve report-2024-06-20.txt report-2024-06-26.txt",
        "nemcon serve reports/ tally.toml --port 0",
        "nemcon serve examples/un-ga-74/roll-calls.csv",
        "nemcon serve nato.nemcon --review --by 'Anna Ek'",
    )


def run(args: Namespace, paper: Paper) -> int:
    """Serve until stopped."""
    # By name: the two faces do not know each other, and Django is loaded only here.
    starting = import_module("nemcon.server.start")
    progress = Progress()
    try:
        with in_our_words():
            server = starting.start(
                args.records,
                args.host,
                args.port,
                body=args.body,
                also=args.name,
                review=args.review,
                by=args.by,
                progress=progress,
            )
    except starting.StartError as error:
        raise CommandError(str(error)) from error
    finally:
        progress.done()
    if not starting.is_local(args.host):
        Paper.on(sys.stderr).error(
            f"whoever reaches {args.host} on your network can read all of this: there are no "
            "accounts, and nothing is encrypted on the way"
        )
    try:
        paper.line(f"Open {server.address}")
        paper.line("Ctrl-C ends it.", "dim")
        sys.stdout.flush()
        server.run()
    except KeyboardInterrupt:
        server.close()  # before it had begun to answer
    paper.line("Stopped.")
    return FINE
