"""Open what the user named and put the question, with every refusal in the words of a command."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from nemcon.cli.errors import BAD_ARGUMENTS, BAD_CONTENT, FINE, CommandError
from nemcon.cli.paper import Paper, Progress
from nemcon.entries import Body
from nemcon.findings import Finding, errors
from nemcon.load import Asked, LoadError, SeveralBodiesError, load
from nemcon.load.answering import answer
from nemcon.record.errors import ContentError, RecordError, RefusedError
from nemcon.state import State
from nemcon.views.phrases import plural, short_id
from nemcon.views.question import QuestionError, matter_names
from nemcon.views.status import StatusView, finding_json
from nemcon.worlds.conventions import ConventionError, Conventions, parse_conventions

if TYPE_CHECKING:
    from nemcon.cli.citing import Citations
    from nemcon.rules.procedure import Procedure


class SeveralError(CommandError):
    """The question names no body, and what was opened speaks of several `bodies`."""

    def __init__(self, error: SeveralBodiesError) -> None:
        super().__init__(str(error))
        self.bodies = error.bodies


@contextmanager
def in_our_words() -> Iterator[None]:
    """Turn what cannot be opened, or not be written, into the end of the command."""
    try:
        yield
    except SeveralBodiesError as error:
        raise SeveralError(error) from error
    except LoadError as error:
        raise CommandError(str(error)) from error
    except (ContentError, RefusedError) as error:
        raise CommandError(str(error), BAD_CONTENT) from error
    except RecordError as error:
        raise CommandError(str(error)) from error


def rule_of(name: str) -> Procedure:
    """The procedure of an id of the library, or in a file. Raises `CommandError`."""
    from nemcon.load.polling import open_rule
    from nemcon.rules.place import RuleError

    with in_our_words():
        try:
            return open_rule(name)
        except RuleError as error:
            raise CommandError(str(error), BAD_CONTENT) from error


def now() -> datetime:
    """The machine's clock, in UTC."""
    return datetime.now(UTC)


def asked(names: Sequence[str], *, body: str = "", recorded: datetime | None = None) -> Asked:
    """Everything behind the arguments RECORD."""
    progress = Progress()
    try:
        with in_our_words():
            found = load(names, now(), body=body, recorded=recorded, progress=progress)
    finally:
        progress.done()
    entries = [item.entry for item in (*found.items, *found.packed)]
    bodies = {e.name if isinstance(e, Body) else e.body for e in entries} - {""}
    if body and bodies and body not in bodies:
        from nemcon.rules.names import nearest  # seldom needed

        near = nearest(body, bodies)
        of = ", ".join(sorted(bodies))
        hint = f"; did you mean '{near}'?" if near else ""
        raise CommandError(f"--body {body}: nothing here is of it, but of {of}{hint}")
    return found


def conventions(settings: Iterable[str]) -> Conventions:
    """The conventions that `--count NAME=VALUE` sets."""
    values: dict[str, str] = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals:
            raise CommandError(f"--count {setting}: write NAME=VALUE, such as intent=yes")
        if name in values and values[name] != value:
            raise CommandError(f"--count {name} is given twice; give it once")
        values[name] = value
    try:
        return parse_conventions(values)
    except ConventionError as error:
        raise CommandError(f"--count {error}") from error


def answered(found: Asked, args: Namespace) -> StatusView:
    """The status that the options ask for. Raises `CommandError` where nothing can be answered."""
    counting = conventions(args.count)
    state = found.state(args.on, args.known, recorded=args.recorded, proposed=args.proposed)
    try:
        return answer(found, state, matter=args.matter, conventions=counting)
    except QuestionError as error:
        message = no_answer(error, found, state, args.records[0])
        raise refusal(message, found.findings) from error


def _not_yet_known(found: Asked, state: State) -> str:
    """That what is here became known only after the day asked about; empty if that is not why."""
    if not state.known or not matter_names(found.state(None, None, proposed=True)):
        return ""
    whole, last = found.state(None, None, proposed=True), state.known.last_day(state.zone)
    days = sorted(day for item in found.items if (day := whole.known_day(item.entry)))
    first = next((day for day in days if last and day > last), None)
    since = f"; the next that is known here is of {first}" if first else ""
    return f"nothing here was known of a matter to decide by {state.known}{since}"


def refusal(message: str, findings: Sequence[Finding]) -> CommandError:
    """The end of a command that has no answer: for errors in the content, else for the question."""
    if errors(list(findings)):
        return CommandError("what is wrong with these files comes first", BAD_CONTENT, findings)
    return CommandError(message, BAD_ARGUMENTS, findings)


def no_answer(error: QuestionError, found: Asked, state: State, record: str) -> str:
    """Why there is no answer, and whether proposals of the record that wait may give one."""
    if not matter_names(state) and (later := _not_yet_known(found, state)):
        return later
    if not (found.live and state.proposed):
        return str(error)
    wait = "waits" if state.proposed == 1 else "wait"
    waiting = f"{plural(state.proposed, 'proposal')} {wait} for confirmation"
    then = f"'nemcon confirm {record}' lists them, --proposed asks as if they were confirmed"
    if matter_names(state):
        return f"{error}; {waiting}: {then}"
    return f"nothing confirmed here speaks of a matter to decide, but {waiting}: {then}"


def exit_code(findings: Iterable[Finding]) -> int:
    """1 if a finding is an error, else 0."""
    return BAD_CONTENT if errors(list(findings)) else FINE


def print_findings(
    paper: Paper,
    findings: Sequence[Finding],
    citations: Citations | None = None,
    *,
    title: str = "Findings",
) -> None:
    """The findings as a list, if there are any: errors first, each with the entries it rests on."""
    if not findings:
        return
    order = {"error": 0, "warning": 1, "note": 2}
    paper.heading(title)
    for finding in sorted(findings, key=lambda each: order[each.severity]):
        text = _LONG_ID.sub(lambda found: short_id(found[0]), str(finding))
        paper.line(f"- {text}", "bad" if finding.severity == "error" else "", hang=2)
        for line in citations.entries(finding) if citations else ():
            paper.line(line, "dim", indent=4, hang=2)


# An id of an entry, in full.
_LONG_ID = re.compile(r"\b[a-z]+-[0-9a-f]{24}\b")


def json_findings(findings: Iterable[Finding]) -> list[dict[str, object]]:
    """Findings as they stand in JSON."""
    return [finding_json(finding) for finding in findings]
