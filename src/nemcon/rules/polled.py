"""Deciding a rule on ballots that come in groups: the ladder, exactly, whatever is still open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from nemcon.findings import Finding, errors
from nemcon.rules.algebra import Between, Compare, Groups, If, Nobody, Position, parts_of
from nemcon.rules.answer import Comparison, Pivot, RuleAnswer, Verdict, range_text
from nemcon.rules.applied import Applied
from nemcon.rules.ballots import Ballots, read_ballots
from nemcon.rules.counting import Counting, blocks_of
from nemcon.rules.decide import lines_from
from nemcon.rules.evaluate import compare, holds, measure
from nemcon.rules.given import ways
from nemcon.rules.names import Value
from nemcon.rules.place import RuleError
from nemcon.rules.procedure import Line, Procedure
from nemcon.rules.roll import Roll
from nemcon.rules.scope import SILENT
from nemcon.rules.search import Problem, Reached, reached
from nemcon.rules.seating import OTHER, Members, Seated, open_positions, seat
from nemcon.rules.words import measure_words, set_words

MOST_PIVOTS = 300
_MOST_NAMES = 400


@dataclass(frozen=True)
class Asked:
    """What stands beside the ballots.

    `roll` is who may vote, if it is given; `directory` knows members by name. `on` is a date as
    text, for the answer. `attested` holds findings by name, as they were made. `find` knows other
    rules by their id, for the steps of a chain. While the vote is `running`, silence is open.
    """

    roll: Roll | None = None
    directory: Roll | None = None
    params: Mapping[str, Any] | None = None
    attested: Mapping[str, bool] | None = None
    closed: bool = False
    on: str | None = None
    find: Callable[[str], Procedure | None] | None = None
    running: bool = False


NOTHING_ELSE = Asked()
"""Ballots with nothing beside them."""


def wants_roll(procedure: Procedure, ballots: Ballots) -> bool:
    """Whether the groups leave something open that only a roll can tell."""
    if not ballots.counted:
        return True
    carried = {name for group in ballots.groups for name in group.attributes}
    return bool(procedure.reads - carried)


def decide_groups(procedure: Procedure, data: Any, asked: Asked = NOTHING_ELSE) -> RuleAnswer:
    """What the ladder says of ballots in groups.

    Findings: those of `read_ballots` and `seat`; `rule` where the rule needs what the ballots or
    the roll do not give; `too-hard` where an outcome could not be excluded within the limit;
    `no-outcome` where no line applies.
    """
    ballots = read_ballots(data, procedure)
    if errors(ballots.findings):
        return RuleAnswer(procedure.id, asked.on, findings=ballots.findings)
    try:
        seated = _seated(procedure, ballots, asked)
        found = replace(decide_seated(procedure, seated, asked), on=asked.on)
    except RuleError as error:
        findings = (*ballots.findings, Finding("rule", "error", str(error)))
        return RuleAnswer(procedure.id, asked.on, findings=findings)
    return replace(found, findings=(*ballots.findings, *found.findings))


def seat_groups(procedure: Procedure, data: Any, asked: Asked = NOTHING_ELSE) -> Seated:
    """Everybody on the roll, as ballots in groups leave them. Raises `RuleError`."""
    ballots = read_ballots(data, procedure)
    seated = _seated(procedure, ballots, asked)
    return replace(seated, findings=[*ballots.findings, *seated.findings])


def _seated(procedure: Procedure, ballots: Ballots, asked: Asked) -> Seated:
    roll = asked.roll
    if roll is None and not ballots.counted:
        roll = asked.directory
    beside = {"closed": asked.closed, "running": asked.running}
    return seat(procedure, ballots, roll, asked.directory, **beside)


def decide_seated(procedure: Procedure, seated: Seated, asked: Asked) -> RuleAnswer:
    """What the ladder says of members of whom it is known what they may have said.

    Raises `RuleError` if the rule needs what they do not have.
    """
    told = {"size": seated.size, "open": seated.open, "from": seated.source}
    if errors(seated.findings):
        findings = tuple(dict.fromkeys(seated.findings))
        return RuleAnswer(procedure.id, roll=told, findings=findings)
    found: list[tuple[Problem, Reached, Mapping[str, Any]]] = []
    for rule, assumed in ways(procedure, asked.params or {}, asked.attested or {}):
        problem = seated.problem(rule)
        found.append((problem, reached(problem), assumed))
    answer = _joined(procedure, [one for _, one, _ in found])
    answer = replace(answer, roll=told, findings=(*seated.findings, *answer.findings))
    answer = _with_what_is_unsaid(answer, procedure, found[0][2])
    if errors(answer.findings):
        return answer
    problem, one, _ = found[0]
    if len(found) == 1:
        answer = replace(answer, arithmetic=tuple(arithmetic(problem.procedure, one)))
    shows = [_shown(problem, one) for problem, one, _ in found]
    answer = replace(answer, shows={k: _same(s[k] for s in shows) for k in shows[0]})
    if len(found) == 1 and problem.settled and answer.outcome is not None:
        line = one.lines[0]
        assert line is not None
        answer = replace(
            answer,
            line=procedure_line(problem.procedure, line),
            effects=line.effects,
            then=line.then,
            binding_on=_binding(problem, line, seated.members),
            pivots=tuple(_pivots(problem, seated.members, answer.outcome)),
        )
    return answer


def procedure_line(procedure: Procedure, line: Line) -> int:
    """The number of a line of the ladder, from 1."""
    return next(n for n, each in enumerate(procedure.ladder, 1) if each is line)


def _joined(procedure: Procedure, found: Sequence[Reached]) -> RuleAnswer:
    """One answer over all ways in which what is unsaid may be."""
    if not all(one.fits for one in found):
        message = (
            "these ballots do not fit the roll: there is no way to have as many members of each "
            "class as it has; correct the groups, or the roll"
        )
        return RuleAnswer(procedure.id, findings=(Finding("class-sum", "error", message),))
    lines = [line for one in found for line in one.lines]
    names = {line.outcome for line in lines if line}
    ordered = dict.fromkeys(line.outcome for line in procedure.ladder if line.outcome in names)
    met = {line is not None and line.favourable for line in lines}
    verdict: Verdict = "cannot tell" if len(met) > 1 else ("met" if met == {True} else "not met")
    sure = len(names) == 1 and None not in lines
    findings: list[Finding] = []
    if None in lines:
        severity = "Nothing else applies" if names else "No line of the rule applies"
        message = (
            f"{severity}: what then follows the rule does not say; add a last line without 'when'"
        )
        findings.append(Finding("no-outcome", "warning", message))
    if not all(one.exact for one in found):
        message = (
            "too many ways in which open ballots may fall to decide this exactly: an outcome that "
            "is called possible may in truth be excluded"
        )
        findings.append(Finding("too-hard", "warning", message))
    return RuleAnswer(
        procedure.id,
        outcome=next(iter(names)) if sure else None,
        possible=tuple(ordered),
        certain=tuple(names) if sure else (),
        verdict=verdict,
        favourable=met.pop() if len(met) == 1 else None,
        findings=tuple(findings),
    )


def _with_what_is_unsaid(
    answer: RuleAnswer, procedure: Procedure, assumed: Mapping[str, Any]
) -> RuleAnswer:
    """Say what nobody has said, where the answer hangs on it."""
    if not assumed or answer.outcome is not None:
        return answer
    notes = []
    for name in assumed:
        about = procedure.params[name].about if name in procedure.params else ""
        what = f"'{name}'" + (f" ({about})" if about else "")
        notes.append(
            f"it is open whether {what}" if name not in procedure.params else f"{what} is not said"
        )
    return replace(answer, notes=(*answer.notes, *notes))


def _same(values: Iterable[bool | None]) -> bool | None:
    found = set(values)
    return found.pop() if len(found) == 1 else None


def _shown(problem: Problem, one: Reached) -> dict[str, bool | None]:
    return {each.label: holds(each.when, one.count) for each in problem.procedure.shows}


# The arithmetic


def arithmetic(procedure: Procedure, one: Reached) -> Iterator[Comparison]:
    """The comparisons of every line down to the last that may be the outcome."""
    last = one.lines[-1] if one.lines else None
    for number, line in enumerate(procedure.ladder, 1):
        for node in comparisons(line.when, one.count):
            yield _comparison(node, one.count, f"outcome {number}")
        if line is last:
            return


def comparisons(node: Any, count: Counting) -> Iterator[Compare | Nobody]:
    """The comparisons in a predicate; of a choice whose condition is clear, those of its side."""
    if isinstance(node, Compare | Nobody):
        yield node
    elif isinstance(node, If):
        told = holds(node.condition, count)
        yield from comparisons(node.condition, count)
        for part in (node.then,) * (told is not False) + (node.otherwise,) * (told is not True):
            yield from comparisons(part, count)
    elif not isinstance(node, Groups):
        for part in parts_of(node):
            yield from comparisons(part, count)


def _comparison(node: Compare | Nobody, count: Counting, of: str) -> Comparison:
    told = holds(node, count)
    if isinstance(node, Nobody):
        return Comparison(
            of, set_words(node.members), range_text(*count.size(node)), "=", "0", told
        )
    left, right = measure(node.left, count), measure(node.right, count)
    about = f"{measure_words(node.left)} {node.operator} {measure_words(node.right)}"
    assert told is compare(node, count)
    return Comparison(of, about, range_text(*left), node.operator, range_text(*right), told)


# Who is bound, and who could turn it


def _binding(problem: Problem, line: Line, members: Sequence[Members]) -> Mapping[str, Any] | None:
    if line.binding_on is None:
        return None
    names: list[str] = []
    number = 0
    for one in members:
        held = dict(one.classes[0])
        after = problem.procedure.normalised(one.positions[0], held)
        if problem.kinds.inside(line.binding_on, problem.kinds.number(after, held)):
            number += one.number
            names += one.names
    return {"number": number, "members": names}


def _pivots(problem: Problem, members: Sequence[Members], outcome: str) -> Iterator[Pivot]:
    """Every change of one member's position that turns the outcome."""
    tried = 0
    others = _choices(problem.procedure)
    applied = Applied(problem.kinds)
    for n, one in enumerate(members):
        for position in others:
            if position == one.positions[0] or tried >= MOST_PIVOTS or not one.number:
                continue
            tried += 1
            kind = problem.kinds.number(position, dict(one.classes[0]))
            turned = _turned(problem, applied, n, kind)
            if turned is not None and turned != outcome:
                yield Pivot(
                    one.names[:_MOST_NAMES],
                    one.number,
                    position_text(problem.procedure, one.positions[0]),
                    position_text(problem.procedure, position),
                    turned,
                    {key: _value_text(value) for key, value in one.classes[0]},
                )


def _value_text(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _choices(procedure: Procedure) -> list[Position]:
    return [p for p in open_positions(procedure) if not isinstance(p, Between) and p != OTHER]


def _turned(problem: Problem, applied: Applied, index: int, kind: int) -> str | None:
    """The outcome if one member of a group were of another kind; None if there is none."""
    counts = [(group.options[0], group.number) for group in problem.groups if group.number]
    counts += [(problem.groups[index].options[0], -1), (kind, 1)]
    try:
        count = Counting(applied(blocks_of(counts)), problem.kinds)
        (line, *more) = lines_from(problem.procedure, count)
    except RuleError:
        return None
    return line.outcome if line and not more else None


def position_text(procedure: Procedure, position: Position) -> str:
    """A position as the rule spells it."""
    if isinstance(position, str):
        return SILENT if position == SILENT else procedure.positions.shown.get(position, position)
    return str(position)
