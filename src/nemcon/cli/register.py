"""`nemcon register`: who is a member, which organs and offices there are, who holds them."""

from __future__ import annotations

from argparse import Namespace

from nemcon.cli.citing import Citations
from nemcon.cli.opening import asked, exit_code, print_findings
from nemcon.cli.paper import Paper
from nemcon.cli.parser import Parser
from nemcon.entries import Term
from nemcon.views.dates import on_words, when_words
from nemcon.views.phrases import plural, the
from nemcon.views.register import MemberLine, OfficeLine, RegisterView, register
from nemcon.when import When


def options(parser: Parser) -> None:
    """The arguments of the command."""
    parser.records()
    parser.dates()
    parser.json()
    parser.explain(
        "Bodies that the program knows need no file: name one of its reports, or a file with\n"
        'body = "nato".',
        "nemcon register report-2024-06-20.txt --on 2004-04-01",
    )


def run(args: Namespace, paper: Paper) -> int:
    """Print the register."""
    found = asked(args.records, body=args.body, recorded=args.recorded)
    state = found.state(args.on, args.known, recorded=args.recorded, proposed=args.proposed)
    day = found.known_until(state)
    known = args.known or (When.day(day) if day else None)
    view = register(state, known=known, findings=found.findings)
    if args.json:
        paper.json(view.to_json())
    else:
        write_register(paper, view)
        print_findings(paper, view.findings, Citations(found))
    return exit_code(view.findings)


def write_register(paper: Paper, view: RegisterView) -> None:
    """The register for people."""
    paper.heading(view.title(view.body) if view.body else "No body is declared here")
    placed = on_words(view.on)
    known = f", as known {on_words(view.known)}" if view.known else ""
    paper.line(f"{placed[:1].upper()}{placed[1:]}{known}")
    paper.line()
    paper.heading(_count(view))
    paper.bullets(_member(view, line) for line in view.members)
    if view.organs:
        paper.line()
        paper.heading("Organs")
        for organ in view.organs:
            chair = f", chaired by {the(organ.chair, view.titles)}" if organ.chair else ""
            paper.bullets([f"{organ.title}{chair}"])
    if view.offices:
        paper.line()
        paper.heading("Offices")
        for line in view.offices:
            paper.bullets([_office(view, line)])


def _count(view: RegisterView) -> str:
    title = view.member_title[:1].upper() + view.member_title[1:]
    if not view.members:
        return f"{title}: none known on this date"
    most = len(view.members)
    return f"{title}: {most if view.certain == most else f'{view.certain} to {most}'}"


def _member(view: RegisterView, line: MemberLine) -> str:
    name = view.title(line.member)
    maybe = "" if line.certain else " (possibly)"
    since = f", since {when_words(line.since)}" if line.since else ""
    values = "".join(f", {key} {value}" for key, value in line.attributes.items())
    return f"{name}{maybe}{since}{values}"


def _office(view: RegisterView, line: OfficeLine) -> str:
    years = f" ({plural(line.office.years, 'year')} at a time)" if line.office.years else ""
    held = [_held(view, term) for term in line.holders] or ["nobody is known to hold it"]
    planned = [_planned(view, term) for term in line.planned]
    return f"{line.office.title}{years}: {'; '.join([*held, *planned])}"


def _held(view: RegisterView, term: Term) -> str:
    acting = " (acting)" if term.acting else ""
    since = f", since {when_words(term.start)}" if term.start else ""
    return f"{view.title(term.holder)}{acting}{since}"


def _planned(view: RegisterView, term: Term) -> str:
    start = f" from {when_words(term.start)}" if term.start else ""
    end = f" until {when_words(term.end)}" if term.end else ""
    return f"planned, not confirmed: {view.title(term.holder)}{start}{end}"
