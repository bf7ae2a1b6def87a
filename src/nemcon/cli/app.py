"""Which commands there are, and how one is found, run and ended."""

from __future__ import annotations

import errno
import gc
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn

from nemcon.cli.errors import BAD_ARGUMENTS, FINE, CommandError
from nemcon.cli.paper import Paper

if TYPE_CHECKING:
    from nemcon.cli.parser import Parser

# Name -> (what it does, its module). Only the module of the command that runs is imported.
COMMANDS: Mapping[str, tuple[str, str]] = {
    "demo": ("the model case, from two reports to the verdict", "demo"),
    "status": ("is it agreed? the verdict, and what is outstanding", "status"),
    "why": ("the reasons for the verdict as a tree, with quotations", "why"),
    "diff": ("what became known between two dates, and what it changed", "diff"),
    "whatif": ("what the answer would be, were something otherwise", "whatif"),
    "pivots": ("who can still turn it, and how many changes away it is", "pivots"),
    "timeline": ("how support, roll and stage went, day by day; and a picture", "timeline"),
    "serve": ("the state of play as a page in the browser", "serve"),
    "register": ("members, organs, offices and holders on a date", "register"),
    "read": ("what reports say: proposed entries, and what was not read", "read"),
    "add": ("add reports or entries to a record", "add"),
    "review": ("proposals one by one beside their report: accept, mend, reject, undo", "review"),
    "confirm": ("confirm proposed entries of a record", "confirm"),
    "reject": ("reject proposed entries of a record", "confirm"),
    "correct": ("replace or take out an entry of a record", "correct"),
    "import": ("bring sheets, exports and Popolo files into a record", "importing"),
    "export": ("write a record as sheets, JSON Lines, TOML, Popolo or a calendar", "exporting"),
    "check": ("look for mistakes in entries, reports or a record", "check"),
    "rollcalls": ("many votes by name: who votes with whom, and under other rules", "rollcalls"),
    "power": ("how much say each member has under a rule", "power"),
    "paths": ("what would come of open votes, under assumptions that you state", "paths"),
    "rules": ("what a rule says of ballots, exactly and in the open", "rules"),
}

_INTERRUPTED = 130  # as shells tell it: 128 + SIGINT
_PIPE_CLOSED = 141  # 128 + SIGPIPE
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
# What may be so of any path that is named: no permission, a disk that cannot be written to.
_OF_A_PATH = (
    *(errno.EACCES, errno.EPERM, errno.EROFS, errno.ENAMETOOLONG, errno.ELOOP, errno.ENOTDIR),
    *_NO_ROOM,
)
_OTHERS = frozenset({"concurrent.futures", "multiprocessing", "socketserver"})
_OUR_FAULT = 70  # EX_SOFTWARE of sysexits.h


def main() -> None:
    """The command `nemcon`."""
    # A command makes a lot, drops little of it and soon ends: to look for what could be freed each
    # few hundred objects, or few thousand, would cost more time than it frees memory.
    gc.set_threshold(1_000_000, 20, 20)
    _end(run(sys.argv[1:]))


def _end(code: int) -> NoReturn:
    """End the process with `code`, at once where nothing but memory is left to tidy up.

    To free one by one what a question about 10,000 entries made takes a fifth of its time; the
    system takes it all back anyway.
    """
    if not _OTHERS.isdisjoint(sys.modules):  # threads and processes that may have to be waited for
        sys.exit(code)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # closed; what could be said of it was said
            stream.flush()
    os._exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run one command line, without the name of the program, and give its exit code."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by the shell: <&- or >&-
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal that lacks a letter shows ?
    try:
        code = _run(arguments)
        sys.stdout.flush()
        return code
    except CommandError as error:
        return _refuse(error, as_json="--json" in arguments)
    except KeyboardInterrupt:
        print("\nstopped; nothing was left half done", file=sys.stderr)
        return _INTERRUPTED
    except BrokenPipeError:
        # Python would complain once more at exit, when it flushes what nobody reads.
        _to_nobody()
        return _PIPE_CLOSED
    except OSError as error:
        if error.filename is not None and error.errno in _OF_A_PATH:
            told = f"{error.filename}: it cannot be opened or written ({error.strerror})"
            return _refuse(CommandError(told), as_json="--json" in arguments)
        if error.errno not in _NO_ROOM or error.filename is not None:
            return _fault()
        _to_nobody()
        print(f"nemcon: the output cannot be written ({error.strerror})", file=sys.stderr)
        return BAD_ARGUMENTS
    except Exception:
        return _fault()


def _to_nobody() -> None:
    """What waits to be written goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _fault() -> int:
    """Say that the program itself is wrong, and where."""
    import traceback

    traceback.print_exc()
    print("nemcon: this is a fault of the program; the lines above say where", file=sys.stderr)
    return _OUR_FAULT


def _refuse(error: CommandError, *, as_json: bool) -> int:
    """Tell why there is no answer: on stderr, and as JSON where that was asked for."""
    paper = Paper.on(sys.stderr)
    if error.findings or as_json:
        from nemcon.cli.opening import json_findings, print_findings

        if as_json:
            told = {"error": str(error), "findings": json_findings(error.findings)}
            Paper.on(sys.stdout).json(told)
        else:
            print_findings(paper, error.findings)
    paper.error(str(error))
    return error.code


def _run(arguments: Sequence[str]) -> int:
    name = arguments[0] if arguments else "--help"
    if name in ("-h", "--help", "help") and len(arguments) < 2:
        _overview(Paper.on(sys.stdout))
        return FINE
    if name == "help":
        return _run([arguments[1], "--help"])
    if name in ("--version", "-V"):
        from nemcon import __version__

        print(f"nemcon {__version__}")
        return FINE
    if name not in COMMANDS:
        raise CommandError(_no_command(name), BAD_ARGUMENTS)
    parsed = parser_of(name).read(arguments[1:])
    if parsed is None:
        return FINE
    code: int = _module(name).run(parsed, Paper.on(sys.stdout))
    return code


def parser_of(name: str) -> Parser:
    """The parser of the command `name`."""
    from nemcon.cli.parser import Parser

    parser = Parser(name, COMMANDS[name][0])
    _module(name).options(parser)
    return parser


def _module(name: str) -> Any:
    return import_module(f"nemcon.cli.{COMMANDS[name][1]}")


def _no_command(name: str) -> str:
    from difflib import get_close_matches  # slow to import, and seldom needed

    what = "option" if name.startswith("-") else "command"
    near = get_close_matches(name, COMMANDS, 1)
    hint = f"did you mean 'nemcon {near[0]}'?" if near else "'nemcon --help' lists the commands"
    return f"there is no {what} {name!r}; {hint}"


def _overview(paper: Paper) -> None:
    paper.line("nemcon keeps the sourced record of how a body of members comes to a decision,")
    paper.line("and answers for any date: is it agreed?")
    paper.line()
    paper.heading("Usage")
    paper.line("nemcon COMMAND …            'nemcon COMMAND --help' explains one", indent=2)
    paper.line()
    paper.heading("Commands")
    for name, (summary, _) in COMMANDS.items():
        paper.line(f"{name:<10}{summary}", indent=2, hang=10)
    paper.line()
    paper.heading("To begin")
    paper.line("nemcon demo", indent=2)
    paper.line("nemcon status report.txt    (a text that begins ' date 2024-06-20 ')", indent=2)
