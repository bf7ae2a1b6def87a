"""`nemcon pivots`: who can still turn it, and how many changes away it is."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Sequence

from nemcon.analysis.columns import Like
from nemcon.analysis.pivots import Away, Turn
from nemcon.cli.citing import Citations
from nemcon.cli.errors import CommandError
from nemcon.cli.opening import (
    answered,
    asked,
    conventions,
    exit_code,
    print_findings,
)
from nemcon.cli.paper import Paper
from nemcon.cli.parser import Parser
from nemcon.cli.status import VERDICTS, write_counting
from nemcon.findings import errors
from nemcon.rules.answer import RuleAnswer
from nemcon.rules.names import listed as named
from nemcon.rules.sides import sides
from nemcon.views.alphabet import by_name
from nemcon.views.needed import settling_words
from nemcon.views.phrases import listed, plural
from nemcon.views.pivots import Part, PivotsView, Race, of_ballots, of_record, of_rounds
from nemcon.views.telling import asked_when, stage_words, title_of

_MANY = 8
_MOST_SHOWN = 12


def options(parser: Parser) -> None:
    """The arguments of the command."""
    parser.question()
    parser.add_argument(
        "--ballots",
        metavar="FILE",
        help="ask about these ballots; RECORD is then the rule: an id of the library, or a file",
    )
    parser.add_argument(
        "--roll", metavar="FILE", help="with --ballots: who may vote, as for 'nemcon rules decide'"
    )
    parser.add_argument(
        "--param",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help="with --ballots: what the rule has to be told",
    )
    parser.add_argument(
        "--attested",
        metavar="FINDING",
        action="append",
        default=[],
        help="with --ballots: a finding that was made; FINDING=no if it was refused",
    )
    parser.add_argument(
        "--closed", action="store_true", help="with --ballots: who is in no group was silent"
    )
    parser.explain(
        "Tells who can still block, whose change alone turns the verdict, how few members would\n"
        "have to change for 'met' and for 'not met' (one way, and who could stand in), and\n"
        "whose word would settle an open verdict. An open member counts as one change: its word\n"
        "is outstanding. 'At most' stands where fewer have not been ruled out. Of ballots in\n"
        "rounds it tells who could still win.",
        "nemcon pivots reports/ --on 2024-06-18",
        "nemcon pivots un-sc-1966 --ballots ballots.json",
    )


def run(args: Namespace, paper: Paper) -> int:
    """Print the pivots of a record, or of ballots."""
    if args.ballots:
        return _of_ballots(args, paper)
    if args.roll or args.param or args.attested or args.closed:
        raise CommandError("--roll, --param, --attested and --closed go with --ballots")
    found = asked(args.records, body=args.body, recorded=args.recorded)
    view = of_record(answered(found, args), conventions(args.count))
    if args.json:
        paper.json(view.to_json())
    else:
        assert view.status is not None
        paper.heading(title_of(view.status))
        paper.line(asked_when(view.status))
        paper.line()
        paper.pair("Verdict", view.verdict, VERDICTS[view.verdict])
        paper.pair("Stage", stage_words(view.status))
        write(paper, view)
        write_counting(paper, view.status, found)
        print_findings(paper, view.findings, Citations(found))
    return exit_code(view.findings)


def _of_ballots(args: Namespace, paper: Paper) -> int:
    from nemcon.cli.rules_decide import decided, opened
    from nemcon.rules.weigh import members_of

    if len(args.records) != 1:
        raise CommandError("with --ballots name one rule: nemcon pivots un-sc-1966 --ballots FILE")
    args.rule = args.records[0]
    procedure, answer = decided(args)
    _, data, beside, _ = opened(args)
    seated = None if errors(list(answer.findings)) else members_of(procedure, data, beside)
    if seated is None:
        view = of_rounds(procedure, data, answer)
    else:
        members, said = seated
        view = of_ballots(
            *(procedure, members, answer.verdict, answer.possible),
            *(said.params or {}, said.attested or {}, answer.findings),
        )
    if args.json:
        paper.json(view.to_json())
    else:
        paper.heading(f"{procedure.title} ({procedure.id})")
        paper.line()
        paper.pair("Verdict", view.verdict, VERDICTS[view.verdict])
        if view.race is None:
            _possible(paper, answer)
        else:
            _race(paper, view.race)
        write(paper, view)
        print_findings(paper, view.findings)
    return exit_code(view.findings)


def _possible(paper: Paper, answer: RuleAnswer) -> None:
    if answer.outcome is not None:
        paper.pair("Outcome", _text(answer.outcome))
    elif answer.possible:
        paper.pair("May still come", "; ".join(map(_text, answer.possible)))


def _race(paper: Paper, race: Race) -> None:
    """Who has won, could still win, and is out."""
    out = [f"{name} (out in ballot {n})" if n else name for name, n in race.out]
    for label, names in (
        ("Won", race.won),
        ("Could still win", race.could_win),
        ("Cannot win any more", out),
    ):
        if names:
            paper.pair(label, listed(names))
    if not race.won and not race.could_win:
        paper.line("Nobody can win any more")


def _text(value: object) -> str:
    return listed([str(each) for each in value]) if isinstance(value, list) else str(value)


def write(paper: Paper, view: PivotsView) -> None:
    """The pivots for people."""
    if view.status is not None and view.status.stage.certain not in ("open", "consensus"):
        paper.line("The body has decided; a change of stance does not undo that", "dim")
    for part in view.parts:
        paper.line()
        _write_part(paper, view, part)
    if view.status is not None:
        for line in settling_words(view.status.settling, view.status.titles):
            paper.line(line, hang=2)


def _write_part(paper: Paper, view: PivotsView, part: Part) -> None:
    if part.candidate:
        assert view.status is not None
        paper.heading(f"{view.status.title(part.candidate)}: {part.verdict}")
    found = part.found
    if found is None:
        paper.line(f"How far it is cannot be told: {part.problem}", hang=2)
        other = "rules decide" if view.status is None else "whatif"
        paper.line(f"'nemcon {other}' tells what single changes do", hang=2)
        return
    if part.may_be_out:
        paper.line("may no longer be a candidate; no stance changes that", hang=2)
    for verdict, away in (("met", found.met), ("not met", found.not_met)):
        if part.verdict != verdict and not (verdict == "met" and part.may_be_out):
            paper.line(_away(view, part, verdict, away), hang=2)
    turns: tuple[tuple[str, Sequence[Turn]], ...] = (
        ("Alone can make it met", part.deciding()),
        ("Alone can block it", part.blocking()),
        ("Alone can open it again", [t for t in found.turns if t.verdict == "cannot tell"]),
    )
    for label, rows in turns:
        lines = list(_rows(view, part, rows))
        if lines:
            paper.line(f"{label}:")
            paper.bullets(lines[:_MOST_SHOWN])
            if len(lines) > _MOST_SHOWN:
                paper.line(f"- and {len(lines) - _MOST_SHOWN} more; --json shows all")
    if not any(rows for _, rows in turns):
        sure = "" if found.exact else ", as far as could be told"
        paper.line(f"No single change turns it{sure}")


def _away(view: PivotsView, part: Part, verdict: str, away: Away | None) -> str:
    if away is None:
        return f"'{verdict}' cannot be reached by changes of stance"
    least = "" if away.exact else "at most "
    changes = list(_changes(view, part, away))
    way = f": {'; '.join(changes)}" if changes else ""
    return f"'{verdict}' is {least}{plural(away.size, 'change')} away{way}"


def _changes(view: PivotsView, part: Part, away: Away) -> Iterable[str]:
    """Who changes to what; where that is many, those who hold the same together."""
    rows = [
        (_some(view, part.members[n], number), _held(view, part.members[n]), view.shown(position))
        for n, position, number in away.changes
    ]
    if len(rows) <= _MANY:
        return [f"{who} ({held}) to {to}" for who, held, to in rows]
    together: dict[tuple[str, str], list[str]] = {}
    for who, held, to in rows:
        together.setdefault((held, to), []).append(who)
    return [f"{named(who, 'and', _MANY)} ({held}) to {to}" for (held, to), who in together.items()]


def _rows(view: PivotsView, part: Part, turns: Iterable[Turn]) -> Iterable[str]:
    """One line for each class: which of its changes do it."""
    by_class: dict[int, list[str]] = {}
    for turn in turns:
        by_class.setdefault(turn.of, []).append(view.shown(turn.to))
    for n, to in by_class.items():
        one = part.members[n]
        yield f"{_some(view, one, 1)} ({_held(view, one)}) to {listed_or(to)}"


def listed_or(names: Sequence[str]) -> str:
    """*a*, *a or b*, *a, b or c*."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def _some(view: PivotsView, one: Like, number: int) -> str:
    """So many members of a class: by name, or any of them."""
    titles = view.status.titles if view.status else {}
    names = sorted((titles.get(name, name) for name in one.names), key=by_name)
    known = len(names) == one.number
    about = listed([f"{k} {_plain(v)}" for k, v in sorted(one.attributes.items())])
    group = f"{plural(one.number, 'member')}{f' with {about}' if about else ''}"
    if number == one.number == 1 and not known:
        return f"the one {group.removeprefix('1 ')}"
    if number == one.number:
        return listed(names) if known and number <= _MANY else f"all {group}"
    many = "one" if number == 1 else str(number)
    return f"any {many} of {listed(names) if known and len(names) <= _MANY else group}"


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _held(view: PivotsView, one: Like) -> str:
    """Where a member stands now: *open* where it may be in favour, else what it may hold."""
    if len(one.held) == 1:
        return f"now {view.shown(one.held[0])}"
    assert view.procedure is not None
    favour = sides(view.procedure).favour
    if favour in one.held:
        return "open"
    return f"now {listed_or([view.shown(position) for position in one.held])}"
