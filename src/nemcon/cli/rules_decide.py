"""`nemcon rules decide`: what a rule says of ballots."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from nemcon.access.packs import procedure as of_library
from nemcon.cli.errors import BAD_CONTENT, CommandError
from nemcon.cli.opening import exit_code, in_our_words, print_findings
from nemcon.cli.paper import Paper, Style
from nemcon.findings import Finding, Place, errors
from nemcon.load.polling import open_ballots, open_roll, open_rule, pack_roll
from nemcon.rules.answer import Comparison, Pivot, RuleAnswer
from nemcon.rules.ballots import read_ballots
from nemcon.rules.names import listed
from nemcon.rules.place import RuleError
from nemcon.rules.polled import Asked, wants_roll
from nemcon.rules.procedure import Procedure
from nemcon.rules.roll import Roll
from nemcon.rules.weigh import weigh
from nemcon.when import When, WhenError

_MOST_SHOWN = 12
_STYLES: dict[str, Style] = {"met": "good", "not met": "bad", "cannot tell": "open"}


def run(args: Namespace, paper: Paper) -> int:
    """Print what the rule says."""
    if not args.ballots:
        raise CommandError("--ballots is missing: name the file with the ballots")
    procedure, answer = decided(args)
    if args.json:
        paper.json(answer.to_json())
    else:
        write(paper, procedure, answer)
    return exit_code(answer.findings)


def decided(args: Namespace) -> tuple[Procedure, RuleAnswer]:
    """The rule and its answer. Raises `CommandError` for what cannot be opened."""
    procedure, data, asked, found = opened(args)
    if errors(found):
        return procedure, RuleAnswer(procedure.id, asked.on, findings=tuple(found))
    answer = weigh(procedure, data, asked)
    on = When.parse(asked.on) if asked.on else None
    told = (*found, *_not_in_force(procedure, on), *_in_file(answer.findings, args.ballots))
    return procedure, _with(answer, told)


def opened(args: Namespace) -> tuple[Procedure, Any, Asked, list[Finding]]:
    """The rule, the ballots, what stands beside them, and what was found on the way.

    Raises `CommandError` for what cannot be opened.
    """
    with in_our_words():
        try:
            procedure = open_rule(args.rule)
        except RuleError as error:
            raise CommandError(str(error), BAD_CONTENT) from error
        data, found = open_ballots(args.ballots)
        roll: Roll | None = None
        if args.roll:
            roll, more = open_roll(args.roll, procedure)
            found += more
    on = args.on or _date_of(data)
    directory: Roll | None = None
    if not errors(found) and roll is None and on is not None and _wants_roll(procedure, data):
        directory, more = pack_roll(procedure.roll.pack or procedure.body, on)
        found += more
    asked = Asked(
        roll,
        directory,
        _settings(args.param, "--param"),
        {name: value != "no" for name, value in _findings(args.attested)},
        args.closed,
        str(on) if on else None,
        of_library,
    )
    return procedure, data, asked, found


def _with(answer: RuleAnswer, findings: Iterable[Finding]) -> RuleAnswer:
    return replace(answer, findings=tuple(findings))


def _in_file(findings: Iterable[Finding], file: str) -> Iterable[Finding]:
    """The findings with the file that they are about."""
    for one in findings:
        place = one.place
        if place is not None and place.file is None:
            place = Place(file, place.line, place.field, place.start, place.end)
        yield Finding(one.code, one.severity, one.message, one.entries, place)


def _date_of(data: Any) -> When | None:
    """The date that stands beside the ballots, if one can be read there."""
    text = data.get("on", data.get("date")) if isinstance(data, Mapping) else None
    try:
        when = When.parse(str(text)) if text else None
    except WhenError:
        return None
    return when if when is not None and when.certain else None


def _wants_roll(procedure: Procedure, data: Any) -> bool:
    if not procedure.ladder:
        return False
    groups = data.get("ballots") if isinstance(data, Mapping) else data
    if not isinstance(groups, list) or any(isinstance(each, str) for each in groups):
        return False
    return wants_roll(procedure, read_ballots(groups, procedure))


def _settings(settings: Iterable[str], option: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals or not name.strip():
            raise CommandError(f"{option} {setting}: write NAME=VALUE")
        if found.setdefault(name.strip(), value.strip()) != value.strip():
            raise CommandError(f"{option} {name} is given twice; give it once")
    return found


def _findings(settings: Iterable[str]) -> Iterable[tuple[str, str]]:
    for setting in settings:
        name, _, value = setting.partition("=")
        if value not in ("", "yes", "no") or not name.strip():
            raise CommandError(f"--attested {setting}: write the finding, or FINDING=no")
        yield name.strip(), value


def _not_in_force(procedure: Procedure, on: When | None) -> Iterable[Finding]:
    """That the rule was not in force on the date."""
    if on is None or not procedure.in_force:
        return
    spans = [
        (start is None or not on.before(start), end is None or on.before(end) is not False)
        for start, end in procedure.in_force
    ]
    if not any(started and going for started, going in spans):
        periods = listed(
            (f"{start or '…'} to {end or '…'}" for start, end in procedure.in_force), "and"
        )
        message = f"on {on} this rule was not in force ({periods}); look for the one that was"
        yield Finding("not-in-force", "warning", message)


# For people


def write(paper: Paper, procedure: Procedure, answer: RuleAnswer) -> None:
    """The answer for people."""
    paper.heading(f"{procedure.title} ({procedure.id})")
    if answer.on:
        paper.line(f"On {answer.on}")
    paper.line()
    if not errors(list(answer.findings)):
        _outcome(paper, answer)
    _arithmetic(paper, answer.arithmetic)
    _pivots(paper, answer.pivots)
    for event in answer.events:
        paper.line(f"Event: {_event(event)}")
    for note in answer.notes:
        paper.line(f"Note: {note}", hang=2)
    for key, value in answer.more.items():
        if value not in (None, [], {}, ""):
            paper.line(f"{key.replace('_', ' ').capitalize()}: {_plain(value)}", hang=2)
    if answer.roll:
        paper.line(_roll(answer.roll))
    print_findings(paper, answer.findings)


def _outcome(paper: Paper, answer: RuleAnswer) -> None:
    style = _STYLES[answer.verdict]
    if answer.outcome is not None:
        paper.pair("Outcome", _plain(answer.outcome), style)
    else:
        possible = listed(map(_plain, answer.possible)) or "nobody can tell"
        paper.pair("Outcome", f"open; possible: {possible}", style)
    paper.pair("Verdict", answer.verdict, style)
    if answer.line is not None:
        paper.line(f"By line {answer.line} of the rule's outcomes")
    for effect in answer.effects:
        paper.line(f"Effect: {effect}", hang=2)
    if answer.then:
        paper.line(f"Then: {answer.then}")
    if answer.binding_on is not None:
        names = answer.binding_on["members"]
        who = f" ({listed(names, 'and')})" if names else ""
        paper.line(f"Binding on {answer.binding_on['number']} members{who}", hang=2)
    for label, told in answer.shows.items():
        paper.line(f"{label}: {'open' if told is None else ('yes' if told else 'no')}")


def _arithmetic(paper: Paper, arithmetic: Iterable[Comparison]) -> None:
    rows = list(arithmetic)
    if not rows:
        return
    paper.line()
    paper.heading("Arithmetic")
    for one in rows[:_MOST_SHOWN]:
        told = {True: "holds", False: "does not hold", None: "open"}[one.holds]
        about = f" ({one.about})" if one.about else ""
        paper.line(f"- {one.of}: {one.text}{about}: {told}", hang=2)
    if len(rows) > _MOST_SHOWN:
        paper.line(f"- and {len(rows) - _MOST_SHOWN} more; --json shows all")


def _pivots(paper: Paper, pivots: Iterable[Pivot]) -> None:
    rows = list(pivots)
    if not rows:
        return
    paper.line()
    paper.heading("One change would turn it")
    for one in rows[:_MOST_SHOWN]:
        paper.line(f"- {_who(one)} from {one.position} to {one.to}: {one.outcome}", hang=2)
    if len(rows) > _MOST_SHOWN:
        paper.line(f"- and {len(rows) - _MOST_SHOWN} more; --json shows all")


def _who(one: Pivot) -> str:
    if len(one.members) == one.number and one.number <= 4:
        return listed(one.members)
    about = listed((f"{key} {value}" for key, value in one.attributes.items()), "and")
    many = "the one" if one.number == 1 else f"any of the {one.number}"
    return f"{many} ({about})" if about else many


def _event(event: Any) -> str:
    kind, who, number = event
    names = listed(who, "and") if isinstance(who, list | tuple) else who
    return f"{kind}{f' {names}' if names else ''}, ballot {number}"


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_plain(each)}" for key, each in value.items())
    if isinstance(value, list | tuple):
        return listed(map(_plain, value), "and") or "nobody"
    return "open" if value is None else str(value)


def _roll(roll: Mapping[str, Any]) -> str:
    size, still = roll["size"], roll.get("open", 0)
    many = f"{size} member{'' if size == 1 else 's'}"
    return f"Roll: {many}, from {roll['from']}" + (f"; {still} still open" if still else "")
