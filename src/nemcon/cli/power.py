"""`nemcon power`: how much say each member has under a rule."""

from __future__ import annotations

from argparse import Namespace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from nemcon.cli.errors import BAD_CONTENT, CommandError
from nemcon.cli.opening import in_our_words
from nemcon.cli.paper import Paper
from nemcon.cli.parser import Parser, one_date
from nemcon.findings import errors
from nemcon.rules.names import listed
from nemcon.views.phrases import plural
from nemcon.when import When

if TYPE_CHECKING:
    from nemcon.analysis.power import Power, Say
    from nemcon.rules.procedure import Procedure
    from nemcon.rules.roll import Roll

_MOST_NAMED = 20


def options(parser: Parser) -> None:
    """The arguments of the command."""
    parser.add_argument(
        "rule", metavar="RULE", help="an id of the library, or a TOML or JSON file with a rule"
    )
    parser.add_argument(
        "--roll", metavar="FILE", help="who may vote: a column 'member', then one an attribute"
    )
    parser.add_argument(
        "--on", metavar="DATE", type=one_date, help="the roll of that day, from the body's pack"
    )
    parser.add_argument(
        "--index",
        choices=("banzhaf", "shapley"),
        default="banzhaf",
        help="banzhaf (default): the share of all swings; shapley: of all orders of joining",
    )
    parser.add_argument(
        "--abstain", action="store_true", help="members may also abstain (banzhaf only)"
    )
    parser.add_argument(
        "--approximate",
        action="store_true",
        help="shapley of a large weighted vote to a stated error, where exact is too much work",
    )
    parser.add_argument(
        "--param",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help="what the rule has to be told, such as active=47/3",
    )
    parser.add_argument(
        "--plot", metavar="FILE", default="", help="draw power beside weight: .svg or .png"
    )
    parser.add_argument("--dark", action="store_true", help="the picture on a dark page")
    parser.json()
    parser.explain(
        "All values are exact fractions unless --approximate is given. The method follows from\n"
        "the rule's structure and is named; what no method can do is refused with an estimate.",
        "nemcon power un-sc-1966",
        "nemcon power eu-qmv --index shapley --json",
        "nemcon power my-rule.toml --roll roll.csv",
    )


def run(args: Namespace, paper: Paper) -> int:
    """Print the power of each member."""
    from nemcon.analysis.from_rule import suited
    from nemcon.analysis.game import GameError
    from nemcon.analysis.power import power
    from nemcon.load.polling import open_rule
    from nemcon.rules.given import said
    from nemcon.rules.place import RuleError
    from nemcon.views.power import with_titles

    with in_our_words():
        try:
            procedure = open_rule(args.rule)
            suited(procedure)
            roll = _roll(procedure, args)
            found = power(
                procedure,
                roll,
                args.index,
                said(procedure, _params(args.param)),
                abstaining=args.abstain,
                approximate=args.approximate,
            )
        except (RuleError, GameError) as error:
            raise CommandError(str(error), BAD_CONTENT) from error
    named = with_titles(found, roll)
    if args.plot:
        _plot(procedure, roll, found, named, args)
    if args.json:
        paper.json(to_json(procedure, roll, found))
    else:
        write(paper, procedure, roll, named)
        if args.plot:
            paper.line(f"Drawn in {args.plot}")
    return 0


def _plot(procedure: Procedure, roll: Roll, found: Power, named: Power, args: Namespace) -> None:
    """Draw each member's power beside its weight."""
    from nemcon.charts.numbers import power_chart
    from nemcon.cli.drawing import draw
    from nemcon.views.power import weights_of

    weights, what = weights_of(procedure, roll, found)
    numbers = [None if w is None else float(w) for w in weights]
    note = "members may also abstain" if args.abstain else ""
    what = what or "members"
    chart = power_chart(named, numbers, what, procedure.title, dark=args.dark, note=note)
    draw(chart, args.plot)


def _params(settings: list[str]) -> dict[str, Any]:
    found = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals or not name.strip():
            raise CommandError(f"--param {setting}: write NAME=VALUE")
        found[name.strip()] = value.strip()
    return found


def _roll(procedure: Procedure, args: Namespace) -> Roll:
    """The roll of the file, of the pack on the day, or the abstract seats of the rule."""
    from nemcon.load.polling import open_roll, pack_roll
    from nemcon.rules.sides import seats

    if args.roll:
        roll, findings = open_roll(args.roll, procedure)
    else:
        abstract = seats(procedure)
        if args.on is None and abstract is not None:
            return abstract
        on = args.on or _day(procedure)
        pack = procedure.roll.pack or procedure.body
        opened, findings = pack_roll(pack, on)
        if opened is None and not findings:
            whose = f"no pack holds the members of '{pack}'" if pack else "the rule names no body"
            reads = ", ".join(sorted(procedure.reads))
            columns = f", then one for each of {reads}, which the rule reads" if reads else ""
            raise CommandError(
                f"{whose}; give the roll with --roll FILE: a column 'member'{columns}"
            )
        if opened is not None and not opened.seats:
            raise CommandError(
                f"the pack {pack} has no members on {on}{_with_members(pack)}; give another --on, "
                "or the roll with --roll FILE"
            )
        if opened is not None and abstract is not None and len(opened.seats) < len(abstract.seats):
            raise CommandError(
                f"the rule has {len(abstract.seats)} seats, and the pack {pack} holds "
                f"{plural(len(opened.seats), 'member')} on {on}; give another --on, none for the "
                "seats of the rule, or the roll with --roll FILE"
            )
        roll = opened or _nobody()
    if failed := errors(findings):
        raise CommandError("the roll cannot be used", BAD_CONTENT, failed)
    return roll


def _with_members(pack: str) -> str:
    """When a pack has members, in words; empty where it never has."""
    from nemcon.load.polling import days_with_members

    spans = [
        f"from {first} to {last}" if last else f"from {first} on"
        for first, last in days_with_members(pack)
    ]
    return f"; it has some {listed(spans, 'and')}" if spans else ""


def _nobody() -> Roll:
    from nemcon.rules.roll import Roll

    return Roll((), "")


def _day(procedure: Procedure) -> When:
    """Today; or the first day of a rule that is no longer in force."""
    today = When.day(datetime.now(UTC).date())
    for start, end in procedure.in_force:
        if end is None or today.before(end):
            return today
        if start is not None and (first := start.last_day()) is not None:
            return When.day(first)
    return today


def to_json(procedure: Procedure, roll: Roll, found: Power) -> dict[str, Any]:
    """The answer as plain values: what `--json` prints."""
    return {
        "rule": procedure.id,
        "roll": {"from": roll.source, "members": len(found.members)},
        "index": found.index,
        "method": found.method,
        "exact": found.exact,
        "error": found.error,
        "model": found.model,
        "members": [
            {
                "member": one.member,
                "swings": one.swings,
                "value": str(one.value),
                "float": one.floating,
            }
            for one in found.members
        ],
        "winning": found.winning,
        "minimal_winning": found.minimal_winning,
        "blocking": found.blocking,
        "vetoes": list(found.vetoes),
        "dummies": list(found.dummies),
    }


def write(paper: Paper, procedure: Procedure, roll: Roll, found: Power) -> None:
    """The answer for people."""
    name = "Banzhaf" if found.index == "banzhaf" else "Shapley and Shubik"
    paper.heading(f"{procedure.title}: power of {len(found.members)} members")
    paper.pair("Index", f"{name}, {'exact' if found.exact else f'within {found.error:.0e}'}")
    paper.pair("Method", found.method)
    paper.pair("Roll", roll.source)
    paper.pair("Model", found.model)
    paper.line()
    width = max(len(one.member) for one in found.members)
    for one in sorted(found.members, key=lambda each: -each.floating):
        paper.line(_line(one, width), indent=2)
    paper.line()
    if found.winning is not None:
        paper.pair("Winning coalitions", f"{found.winning:,}")
    if found.minimal_winning is not None:
        paper.pair("  of these minimal", f"{found.minimal_winning:,}")
    if found.blocking is not None:
        paper.pair("Blocking coalitions", f"{found.blocking:,}")
    paper.pair("Vetoes", _names(found.vetoes))
    paper.pair("Without any power", _names(found.dummies))


def _line(one: Say, width: int) -> str:
    swings = "" if one.swings is None else f"{one.swings:>15,} swings  "
    exact = "" if isinstance(one.value, float) else f"  {one.value}"
    shown = exact if len(exact) <= 40 else ""
    return f"{one.member:<{width}}  {one.floating:>10.6f}  {swings}{shown}".rstrip()


def _names(names: tuple[str, ...]) -> str:
    if not names:
        return "nobody"
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return ", ".join(names[:_MOST_NAMED]) + more
