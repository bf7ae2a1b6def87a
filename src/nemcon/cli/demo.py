"""`nemcon demo`: the model case told from two reports to the verdict."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Sequence
from contextlib import ExitStack
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from nemcon.access.packs import procedure
from nemcon.cli.citing import Citations
from nemcon.cli.errors import FINE
from nemcon.cli.opening import asked
from nemcon.cli.paper import Paper
from nemcon.cli.parser import Parser
from nemcon.cli.status import VERDICTS, decision_words, office_words, stage_words, support_words
from nemcon.views.dates import on_words
from nemcon.views.status import StatusView, status
from nemcon.when import When

if TYPE_CHECKING:
    from nemcon.load import Asked

FIRST, SECOND, CHAIN = "report-2024-06-20.txt", "report-2024-06-26.txt", "tally-chain.toml"


def options(parser: Parser) -> None:
    """The command takes no arguments."""
    parser.explain("", "nemcon demo")


def run(_: Namespace, paper: Paper) -> int:
    """Tell the case."""
    with ExitStack() as stack:
        folder = files("nemcon").joinpath("examples", "nato-2024")
        paths = {
            name: str(stack.enter_context(as_file(folder.joinpath(name))))
            for name in (FIRST, SECOND, CHAIN)
        }
        _tell(paper, paths)
    return FINE
