"""The command line: `nemcon COMMAND …`. Exit codes: 0 fine, 1 bad content, 2 bad arguments."""

from nemcon.cli.app import main, run

__all__ = ["main", "run"]
