"""`nemcon rules`: what the library holds, and what a rule says of ballots."""

from __future__ import annotations

from argparse import Namespace
from importlib import import_module

from nemcon.cli.errors import CommandError
from nemcon.cli.paper import Paper
from nemcon.cli.parser import Parser, one_date

# What is done -> its module, which is only imported when it runs.
ACTIONS = {
    "list": "rules_list",
    "show": "rules_show",
    "lint": "rules_lint",
    "decide": "rules_decide",
}


def options(parser: Parser) -> None:
    """The arguments of the command."""
    parser.add_argument("action", metavar="ACTION", help=f"what to do: {', '.join(ACTIONS)}")
    parser.add_argument(
        "rule",
        metavar="RULE",
        nargs="?",
        help="an id of the library, or a TOML or JSON file with a rule",
    )
    parser.add_argument(
        "--ballots",
        metavar="FILE",
        help="decide: the ballots: JSON, TOML, CSV or XLSX; docs/rules.md",
    )
    parser.add_argument(
        "--on", metavar="DATE", type=one_date, help="the date of the vote, for the roll of that day"
    )
    parser.add_argument(
        "--roll", metavar="FILE", help="who may vote: a column 'member', then one an attribute"
    )
    parser.add_argument(
        "--param",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help="what the rule has to be told, such as developers=1000",
    )
    parser.add_argument(
        "--attested",
        metavar="FINDING",
        action="append",
        default=[],
        help="a finding that an office-holder has made; FINDING=no if it was refused",
    )
    parser.add_argument(
        "--closed", action="store_true", help="the vote is over: who is in no group was silent"
    )
    parser.json()
    parser.explain(
        "list names the procedures of the library; show prints one as sentences beside its\n"
        "clauses; lint looks for what is odd about one; decide says what it makes of ballots.\n\n"
        "Members of the roll who are in no group are open: they may still say anything. An\n"
        "outcome is told only where it holds whatever they say.",
        "nemcon rules list",
        "nemcon rules show un-sc-1966",
        "nemcon rules lint my-rule.toml",
        "nemcon rules decide nato-consensus --ballots ballots.json --on 2024-06-20",
        "nemcon rules decide un-sc-1966 --ballots ballots.csv --json",
    )


def run(args: Namespace, paper: Paper) -> int:
    """Do what is asked."""
    if args.action not in ACTIONS:
        from difflib import get_close_matches

        near = get_close_matches(args.action, ACTIONS, 1)
        hint = f"did you mean 'nemcon rules {near[0]}'?" if near else f"it is {', '.join(ACTIONS)}"
        raise CommandError(f"'nemcon rules' does not know {args.action!r}; {hint}")
    if args.rule is None and args.action != "list":
        raise CommandError(f"name the rule: nemcon rules {args.action} un-sc-1966")
    code: int = import_module(f"nemcon.cli.{ACTIONS[args.action]}").run(args, paper)
    return code
