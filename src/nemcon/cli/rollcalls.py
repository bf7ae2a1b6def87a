"""`nemcon rollcalls`: many votes of one body, under other rules and member by member."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from nemcon.cli.drawing import draw, format_of
from nemcon.cli.errors import CommandError
from nemcon.cli.opening import exit_code, in_our_words, json_findings, print_findings, rule_of
from nemcon.cli.paper import Paper
from nemcon.cli.parser import Parser
from nemcon.findings import errors

if TYPE_CHECKING:
    from nemcon.analysis.roll_calls import Agreement, RollCall, Standing, UnderRule

_MOST = 15


def options(parser: Parser) -> None:
    """The arguments of the command."""
    parser.add_argument(
        "votes",
        metavar="FILE",
        help="a table: one row a roll call (roll call, date, resolution), one column a member "
        "with Y, N or A",
    )
    parser.add_argument(
        "--rule",
        metavar="RULE",
        action="append",
        default=[],
        help="a rule to try on every roll call: an id of the library, or a file; may be repeated",
    )
    parser.add_argument(
        "--plot",
        metavar="FILE",
        default="",
        help="draw it: with --rule how many each rule carries, else what --picture says",
    )
    parser.add_argument(
        "--picture",
        choices=("alike", "alone"),
        default="alike",
        help="which one --plot draws without --rule: who votes with whom (default), or how often "
        "each stood alone or with few",
    )
    parser.add_argument(
        "--within",
        metavar="N",
        type=int,
        default=5,
        help="up to how many members of one vote are few (default 5)",
    )
    parser.add_argument("--dark", action="store_true", help="the picture on a dark page")
    parser.json()
    parser.explain(
        "Without --rule it tells how often each two members voted alike, and who stood alone;\n"
        "with --rule what each of several rules would have made of the same votes.",
        "nemcon rollcalls examples/un-ga-74/roll-calls.csv",
        "nemcon rollcalls examples/un-ga-74/roll-calls.csv --rule un-ga-simple "
        "--rule un-ga-two-thirds",
        "nemcon rollcalls examples/un-ga-74/roll-calls.csv --picture alone --plot alone.svg",
    )


def run(args: Namespace, paper: Paper) -> int:
    """Print what the roll calls show."""
    from nemcon.analysis.roll_calls import agreement, standing, under_rules
    from nemcon.load.roll_calls import open_roll_calls

    if args.within < 1:
        raise CommandError(f"--within {args.within}: write a number of members from 1 on")
    if args.plot:
        format_of(args.plot)
    with in_our_words():
        calls, findings = open_roll_calls(args.votes)
    if errors(findings) or not calls:
        raise CommandError("there are no roll calls to look at", 1, findings)
    if args.rule:
        tried = under_rules(calls, [rule_of(name) for name in args.rule])
        if args.plot:
            from nemcon.charts.numbers import rules_chart

            title = f"{len(calls)} roll calls under {len(tried)} rules"
            draw(rules_chart(tried, title, dark=args.dark), args.plot)
        if args.json:
            paper.json({"rules": [_rule_json(one, calls) for one in tried], **_told(findings)})
        else:
            _write_rules(paper, tried, calls)
    else:
        found, stood = agreement(calls), standing(calls, args.within)
        if args.plot:
            _draw(args, found, stood, len(calls))
        if args.json:
            paper.json({**_agreement_json(found, stood), **_told(findings)})
        else:
            _write_agreement(paper, found, calls)
    if not args.json:
        print_findings(paper, findings)
        if args.plot:
            paper.line(f"Drawn in {args.plot}")
    return exit_code(findings)


def _draw(args: Namespace, found: Agreement, stood: Sequence[Standing], many: int) -> None:
    """The picture that is asked for."""
    from nemcon.charts.matrix import agreement_chart
    from nemcon.charts.votes import standing_chart

    if args.picture == "alone":
        title = f"How often each stood alone or with few: {many} roll calls"
        chart = standing_chart(stood, title, dark=args.dark, within=args.within)
    else:
        chart = agreement_chart(found, f"Who votes with whom: {many} roll calls", dark=args.dark)
    draw(chart, args.plot)


def _told(findings: list[Any]) -> dict[str, Any]:
    return {"findings": json_findings(findings)}


def _write_rules(paper: Paper, tried: list[UnderRule], calls: list[RollCall]) -> None:
    paper.heading(f"{len(calls)} roll calls")
    for one in tried:
        open_ = len(calls) - one.met - one.not_met
        more = f", {open_} cannot be told" if open_ else ""
        paper.line(f"{one.title}: {one.met} carried, {one.not_met} not{more}")
    differing = [n for n in range(len(calls)) if len({one.answers[n].verdict for one in tried}) > 1]
    if len(tried) > 1:
        paper.line()
        paper.heading("Where they differ" if differing else "They differ in none")
        for n in differing[:_MOST]:
            call = calls[n]
            paper.line(f"{call.title or call.id} ({call.date}): {_counts(call)}")
            for one in tried:
                paper.line(f"{one.title}: {one.answers[n].outcome or 'open'}", indent=2)
        if len(differing) > _MOST:
            paper.line(f"and {len(differing) - _MOST} more; --json has all")


def _counts(call: RollCall) -> str:
    return f"{call.count('yes')} yes, {call.count('no')} no, {call.count('abstain')} abstain"


def _write_agreement(paper: Paper, found: Agreement, calls: list[RollCall]) -> None:
    paper.heading(f"{len(calls)} roll calls, {len(found.members)} members")
    alone = sorted(range(len(found.members)), key=lambda n: (-found.alone[n], found.members[n]))
    paper.line("Stood alone (the only one of its vote; in brackets: the only one against)")
    for n in alone[:_MOST]:
        if found.alone[n]:
            paper.line(f"{found.members[n]}: {found.alone[n]} ({found.against[n]})", indent=2)
    pairs = [
        (share, found.members[a], found.members[b])
        for a in range(len(found.members))
        for b in range(a)
        if (share := found.shares[a][b]) is not None
    ]
    paper.line("Least alike")
    for share, one, other in sorted(pairs, key=lambda p: (p[0], p[1:]))[:_MOST]:
        paper.line(f"{one} and {other}: {_percent(share)}", indent=2)


def _percent(share: Fraction) -> str:
    return f"{float(100 * share):.1f} % ({share})"


def _agreement_json(found: Agreement, stood: Sequence[Standing]) -> dict[str, Any]:
    by_name = {one.member: one for one in stood}
    return {
        "members": [
            {
                "member": name,
                "voted": one.voted,
                "alone": one.alone,
                "alone_against": one.against,
                "with_one": one.with_one,
                "with_few": one.with_few,
            }
            for name in found.members
            for one in [by_name[name]]
        ],
        "agreement": [
            [None if share is None else str(share) for share in row] for row in found.shares
        ],
    }


def _rule_json(one: UnderRule, calls: list[RollCall]) -> dict[str, Any]:
    return {
        "rule": one.rule,
        "met": one.met,
        "not_met": one.not_met,
        "roll_calls": [
            {
                "id": call.id,
                "title": call.title,
                "date": call.date,
                "outcome": answer.outcome,
                "verdict": answer.verdict,
            }
            for call, answer in zip(calls, one.answers, strict=True)
        ],
    }
