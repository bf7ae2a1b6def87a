"""`nemcon status`: is it agreed?"""

from __future__ import annotations

import shlex
from argparse import Namespace
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from nemcon.cli.citing import Citations
from nemcon.cli.opening import answered, asked, exit_code, print_findings
from nemcon.cli.paper import Paper, Style
from nemcon.cli.parser import Parser
from nemcon.rules.decide import one_objection_blocks
from nemcon.views.dates import day_words, on_words, when_words
from nemcon.views.needed import sets_words
from nemcon.views.phrases import event_words, listed, plural, the

if TYPE_CHECKING:
    from nemcon.load import Asked
    from nemcon.views.status import StatusView
    from nemcon.worlds.course import Hope
    from nemcon.worlds.verdict import Reckoning

VERDICTS: dict[str, Style] = {"met": "good", "not met": "bad", "cannot tell": "open"}
_MANY = 8  # names listed before the rest is only counted


def options(parser: Parser) -> None:
    """The arguments of the command."""
    parser.question()
    parser.explain(
        "The answer is 'met', 'not met' or 'cannot tell', with who is certain, who is open and\n"
        "what is needed. Reports can be asked directly: what they say counts as if confirmed.",
        "nemcon status report-2024-06-20.txt",
        "nemcon status reports/ tally.toml --on 2024-06-18 --count record=complete",
    )


def run(args: Namespace, paper: Paper) -> int:
    """Print the status."""
    found = asked(args.records, body=args.body, recorded=args.recorded)
    view = answered(found, args)
    if args.json:
        paper.json(view.to_json())
    else:
        write_status(paper, view, found)
        paper.line()
        paper.line(f"Why: nemcon why {_same(args)}", "dim")
    return exit_code(view.findings)


def _same(args: Namespace) -> str:
    """The arguments that put the same question."""
    given = {"--body": args.body, "--matter": args.matter, "--on": args.on, "--known": args.known}
    options = [word for name, value in given.items() if value for word in (name, str(value))]
    counts = [word for setting in args.count for word in ("--count", setting)]
    return shlex.join([*args.records, *options, *counts])


def write_status(paper: Paper, view: StatusView, found: Asked) -> None:
    """The answer for people, the verdict first."""
    write_head(paper, view)
    paper.line()
    for one in view.answer.reckonings:
        _candidate(paper, view, one)
    paper.pair("Decision", decision_words(view))
    if view.question.office:
        paper.pair("Office", office_words(view))
    for hope in view.hopes:
        paper.pair("Expected", _hope(view, hope))
    for shown in view.shows:
        about = f" ({view.title(shown.candidate)})" if shown.candidate else ""
        paper.pair(f"{shown.label[:1].upper()}{shown.label[1:]}{about}", shown.answer)
    _needed(paper, view)
    write_counting(paper, view, found)
    print_findings(paper, view.findings, Citations(found))


def write_head(paper: Paper, view: StatusView) -> None:
    """What is asked, and the verdict."""
    paper.heading(title_of(view))
    paper.line(asked_when(view))
    paper.line()
    paper.pair("Verdict", view.answer.verdict, VERDICTS[view.answer.verdict])
    paper.pair("Stage", stage_words(view))


def title_of(view: StatusView) -> str:
    """The matter and the body as a heading."""
    asked_for = view.question
    office = view.title(asked_for.office) if asked_for.office else ""
    title = asked_for.title or (f"selection: {office}" if office else asked_for.matter)
    body = f"{view.title(view.body)}: " if view.body else ""
    return f"{body}{title} ({asked_for.matter})" if title != asked_for.matter else f"{body}{title}"


def asked_when(view: StatusView) -> str:
    """The date asked about, and how far the record knows."""
    text = on_words(view.on)
    text = f"{text[:1].upper()}{text[1:]}"
    if view.known:
        text += f", as known {on_words(view.known)}"
    return (
        f"{text} (past what is known: positions are assumed to persist)" if view.assumed else text
    )


_STAGES = {
    "open": "open",
    "consensus": "consensus reported",
    "decided": "decided",
    "in-office": "in office",
    "in-force": "in force",
}


def stage_words(view: StatusView) -> str:
    """How far the matter has come."""
    words = dict(_STAGES)
    rule = view.question.procedure
    if rule is None or not one_objection_blocks(rule):
        words["consensus"] = "rule met, not yet decided"
    elif view.answer.complete:
        words["consensus"] = "no known objection"
    possible = [words[name] for name in view.stage.possible]
    if len(possible) == 1:
        return possible[0]
    return f"{possible[0]} for certain, possibly {' or '.join(possible[1:])}"


def _candidate(paper: Paper, view: StatusView, one: Reckoning) -> None:
    """Who it is, whether running, and by whom supported."""
    counts = one.standing.may_run or not one.candidate
    said = "; ".join([*_standing(view, one), *([support_words(one)] if counts else [])])
    name = f"{view.title(one.candidate)}: " if one.candidate else ""
    paper.line(f"{name}{said}" if name else f"{said[:1].upper()}{said[1:]}", hang=2)
    if counts:
        for label, members in (("open", one.open), ("not supporting", one.against)):
            if members:
                paper.line(f"{label}: {_names(view, members)}", indent=2, hang=2)


_STATUSES = {"unknown": "candidacy not stated"}


def _standing(view: StatusView, one: Reckoning) -> list[str]:
    """The status of a candidate, with the dates of a withdrawal and the one that was used."""
    if not one.candidate:
        return []
    possible = [_STATUSES.get(status, status) for status in one.standing.possible]
    words = possible[0] if len(possible) == 1 else f"possibly {' or '.join(possible)}"
    step = one.standing.departure
    if step is None:
        return [words]
    dates = [
        f"told {on_words(step.told)}" if step.told else "",
        f"public {on_words(step.public)}" if step.public else "",
    ]
    used = _used(view, one)
    return [f"{words} ({'; '.join(part for part in (*dates, used) if part)})"]


def _used(view: StatusView, one: Reckoning) -> str:
    """The day from which the withdrawal counts for certain."""
    told = [each for each in view.to_json()["candidates"] if each["candidate"] == one.candidate]
    day = told[0]["dates"]["used"]
    return f"certain from {day_words(date.fromisoformat(day))}" if day else ""


def support_words(one: Reckoning) -> str:
    """By how many of how many a candidate or a motion is supported."""
    least, most = one.support.least, one.support.most
    many = str(most) if least == most else f"{least} to {most}"
    low, high = one.roll.least, one.roll.most
    roll = plural(high, "member") if low == high else f"{low} to {high} members"
    return f"supported by {many} of {roll}"


def _names(view: StatusView, members: Sequence[str]) -> str:
    names = sorted(view.title(member) for member in members)
    if len(names) <= _MANY:
        return listed(names)
    return f"{', '.join(names[:_MANY])} and {plural(len(names) - _MANY, 'other')}"


def decision_words(view: StatusView) -> str:
    """The declared decision in a line."""
    made = view.declared
    if made is None or made.taken is False:
        return (
            "none reported" if made is None else f"none by then (later: {when_words(made.decided)})"
        )
    organ = next((r.organ for r in made.reports if r.organ), view.question.organ)
    by = f" by {the(organ, view.titles)}" if organ else ""
    whom = view.title(made.candidate) if made.candidate else made.reports[0].result
    parts = [f"{whom}{by}, decided {on_words(made.decided)}"]
    if made.announced:
        parts.append(f"announced {on_words(made.announced)}")
    if view.effective:
        when, planned = view.effective
        parts.append(
            f"to take effect {on_words(when)}" if planned else f"in effect since {when_words(when)}"
        )
    if made.carried:
        parts.append(made.carried)
    certain = "" if made.taken else "possibly already: "
    return certain + "; ".join(parts)


def office_words(view: StatusView) -> str:
    """Who holds the office, and who is chosen for it, in a line."""
    office = view.title(view.question.office)
    held = (
        f"{view.title(view.holder.holder)} is {office}"
        if view.holder
        else f"nobody known as {office}"
    )
    acting = " (acting)" if view.holder and view.holder.acting else ""
    parts = [held + acting]
    if view.planned:
        parts.append(f"{view.title(view.planned.holder)} was planned to be by now, not confirmed")
    if view.designate:
        parts.append(f"{view.title(view.designate)} is designate")
    return "; ".join(parts)


def _hope(view: StatusView, hope: Hope) -> str:
    what = hope.entry.text or event_words(hope.entry.expects, view.titles)
    window = hope.entry.window_text
    window = f" {window}" if window and window not in what else ""
    reported = f", reported {on_words(hope.reported)}" if hope.reported else ""
    resolved = f" {on_words(hope.resolved)}" if hope.resolved else ""
    days = f", {plural(hope.days, 'day')} later" if hope.days else ""
    return f"{what}{window}{reported}: {hope.status}{resolved}{days}"


def _needed(paper: Paper, view: StatusView) -> None:
    if view.needed:
        paper.line()
        paper.heading("Needed")
        paper.bullets(needed.text for needed in view.needed)
    settling = view.settling
    if settling is None:
        return
    for outcome, sets in (("met", settling.met), ("not met", settling.not_met)):
        if sets:
            words = sets_words(settling, sets, view.titles)
            paper.line(f"'{outcome}' would follow from the word of {words}", hang=2)


def write_counting(paper: Paper, view: StatusView, found: Asked) -> None:
    """How it was counted, and what the answer rests on: never left out."""
    paper.line()
    shown = ", ".join(f"{name}={_setting(value)}" for name, value in view.counting.items())
    paper.pair("Counted with", shown)
    for line in rests_on(view, found):
        paper.line(line, "dim", hang=2)


def _setting(value: object) -> str:
    return (
        {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
    )


def rests_on(view: StatusView, found: Asked) -> Iterator[str]:
    """Proposals, unreadable entries and packs that the answer rests on."""
    if view.proposed and not found.live:
        many = plural(view.proposed, "proposal")
        yield f"{many} read from the reports count as if confirmed ('nemcon read' lists them)"
    elif view.proposed:
        wait = "waits" if view.proposed == 1 else "wait"
        yield f"{plural(view.proposed, 'proposal')} {wait} for confirmation ('nemcon confirm')"
    for number, what in ((view.sealed, "cannot be read"), (view.erased, "was erased")):
        if number:
            words = what if number == 1 else what.replace("was", "were")
            yield f"{plural(number, 'entry', 'entries')} {words} and could say anything"
    if found.packs:
        yield f"Members, offices and rules: the built-in pack {listed(found.packs)}"
