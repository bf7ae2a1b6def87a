"""Who can still turn a verdict, how many changes away it is, and what would settle it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from nemcon.analysis.columns import Like
from nemcon.analysis.game import GameError
from nemcon.analysis.pivots import Away, Pivots, Turn, Verdict, pivots
from nemcon.findings import Finding, errors
from nemcon.rules.algebra import Between, Position, as_attributes
from nemcon.rules.answer import RuleAnswer
from nemcon.rules.place import RuleError
from nemcon.rules.polled import position_text
from nemcon.rules.procedure import Procedure
from nemcon.rules.seating import OTHER, Attributes, Members, Seated, open_positions
from nemcon.views.status import StatusView, finding_json
from nemcon.worlds.answers import Reckoning
from nemcon.worlds.attributes import attributes_at
from nemcon.worlds.conventions import Conventions
from nemcon.worlds.kept import Kept
from nemcon.worlds.supposed import Supposed
from nemcon.worlds.verdict import answer
from nemcon.worlds.wide import findings_made, until

MOST_TRIES = 40
_SEVERAL = (
    "members may be of one of several classes, and how many are of each; how many changes away it "
    "is, is worked out where each member's class is known"
)


@dataclass(frozen=True)
class Part:
    """The pivots towards one candidate ("" in a motion or a ballot).

    `found` is None where they cannot be worked out; `problem` then says why. `may_be_out`: the
    candidate may no longer be eligible, and no stance changes that.
    """

    candidate: str
    verdict: Verdict
    members: tuple[Like, ...]
    found: Pivots | None
    problem: str = ""
    may_be_out: bool = False

    def blocking(self) -> tuple[Turn, ...]:
        """Changes of one member that alone make it *not met*."""
        return self._to("not met")

    def deciding(self) -> tuple[Turn, ...]:
        """Changes of one member that alone make it *met*."""
        return self._to("met")

    def _to(self, verdict: Verdict) -> tuple[Turn, ...]:
        return tuple(t for t in self.found.turns if t.verdict == verdict) if self.found else ()


@dataclass(frozen=True)
class Race:
    """Ballots in rounds: who has won, who could still win, and who is out, since which ballot
    (None: nobody put it out, but it can win no more).
    """

    won: tuple[str, ...]
    could_win: tuple[str, ...]
    out: tuple[tuple[str, int | None], ...]

    def to_json(self) -> dict[str, Any]:
        """The race as plain values."""
        out = [{"candidate": name, "ballot": ballot} for name, ballot in self.out]
        return {"won": list(self.won), "could_win": list(self.could_win), "out": out}


@dataclass(frozen=True)
class PivotsView:
    """Everything that `nemcon pivots` says; `to_json` is its contract.

    `status` is the answer of a record; of ballots there is none, and `possible` are the outcomes
    that may still come. `race` is there for ballots in rounds.
    """

    procedure: Procedure | None
    parts: tuple[Part, ...]
    verdict: Verdict
    possible: tuple[Any, ...] = ()
    status: StatusView | None = None
    findings: tuple[Finding, ...] = ()
    race: Race | None = None

    def to_json(self) -> dict[str, Any]:
        """The view as plain values."""
        about = {}
        if self.status is not None:
            about = {
                "body": self.status.body,
                "matter": self.status.question.matter,
                "on": str(self.status.on),
                "known": str(self.status.known) if self.status.known else None,
                "stage": list(self.status.stage.possible),
            }
        settled = self.status.settling if self.status else None
        return {
            **about,
            "rule": self.procedure.id if self.procedure else None,
            "verdict": self.verdict,
            "possible": list(self.possible),
            "rounds": self.race.to_json() if self.race else None,
            "candidates" if self._selection else "parts": [self._part(one) for one in self.parts],
            "settled_by": settled.to_json() if settled else None,
            "findings": [finding_json(finding) for finding in self.findings],
        }

    @property
    def _selection(self) -> bool:
        return any(one.candidate for one in self.parts)

    def _part(self, part: Part) -> dict[str, Any]:
        found = part.found
        return {
            "candidate": part.candidate or None,
            "verdict": part.verdict,
            "turned_by": [self._turn(part, turn) for turn in found.turns] if found else None,
            "to_met": self._away(part, found.met) if found else None,
            "to_not_met": self._away(part, found.not_met) if found else None,
            "exact": found.exact if found else False,
            "may_be_out": part.may_be_out,
            "problem": part.problem or None,
        }

    def _turn(self, part: Part, turn: Turn) -> dict[str, Any]:
        one = part.members[turn.of]
        return {**self._who(one), "to": self.shown(turn.to), "verdict": turn.verdict}

    def _who(self, one: Like) -> dict[str, Any]:
        return {
            "any_of": list(one.names) or None,
            "number": one.number,
            "from": [self.shown(position) for position in one.held],
        }

    def _away(self, part: Part, away: Away | None) -> dict[str, Any] | None:
        if away is None:
            return None
        changes = [
            {**self._who(part.members[n]), "change": number, "to": self.shown(position)}
            for n, position, number in away.changes
        ]
        return {"members": away.size, "exact": away.exact, "example": changes}

    def shown(self, position: Position | None) -> str:
        """A position as the rule spells it."""
        if position is None:
            return "off the roll"
        return position_text(self.procedure, position) if self.procedure else str(position)


# Of a record


def of_record(view: StatusView, conventions: Conventions, kept: Kept | None = None) -> PivotsView:
    """The pivots of the matter that a status is about."""
    procedure, found = view.question.procedure, view.answer
    parts: list[Part] = []
    if procedure is not None and found.exact and not found.unreadable:
        here = [r for r in found.reckonings if r.standing.may_run or not r.candidate]
        for one in here:
            parts.append(_Matter(view, procedure, conventions, kept or Kept(), one).part())
    return PivotsView(
        procedure, tuple(parts), found.verdict, (), status=view, findings=view.findings
    )


class _Matter:
    """One candidate of a matter; the engine of worlds is asked where the sums alone cannot tell."""

    def __init__(
        self,
        view: StatusView,
        procedure: Procedure,
        conventions: Conventions,
        kept: Kept,
        one: Reckoning,
    ) -> None:
        self._view, self._procedure, self._conventions = view, procedure, conventions
        self._kept, self._one = kept, one
        self._tries = 0
        self.members = tuple(self._classes(apart=False))

    def _classes(self, *, apart: bool) -> Iterator[Like]:
        """Members that nothing here tells apart, who may be on the roll; `apart`: in classes within
        which whatever may be so of one may be so of the other.
        """
        attributes = attributes_at(self._view.state)
        classes: dict[tuple[object, ...], list[str]] = {}
        for member in sorted(self._one.supports):
            read = self._read(attributes.get(member, {}))
            kind = self._one.kinds.get(member) if apart else None
            key = (tuple(sorted(read.items())), self._held(member), kind)
            classes.setdefault(key, []).append(member)
        for names in classes.values():
            held = sorted(self._held(names[0]), key=str)
            positions = dict.fromkeys(self._position(stance) for stance in held)
            yield Like(
                tuple(names),
                len(names),
                tuple(positions),
                self._read(attributes.get(names[0], {})),
            )

    def _held(self, member: str) -> frozenset[str | None]:
        """What a member may hold, in the light of what all others may."""
        one = self._one
        favour = {"support", str(self._procedure.position("support"))}
        held = one.views.get(member, frozenset({None}))
        if member in one.always_on_roll:
            held = held - {None}
        if True not in one.supports.get(member, ()):
            held = held - favour
        if False not in one.supports.get(member, ()):
            held = held & {*favour, None}
        return held

    def _read(self, attributes: Mapping[str, Any]) -> Mapping[str, Any]:
        return {k: v for k, v in as_attributes(attributes).items() if k in self._procedure.reads}

    def _position(self, stance: str | None) -> Position | None:
        return None if stance is None else self._procedure.position(stance)

    def part(self) -> Part:
        """What can be told of the candidate."""
        one = self._one
        told = Part(
            one.candidate,
            one.verdict,
            self.members,
            None,
            may_be_out=bool(one.candidate) and one.standing.may_be_out,
        )
        try:
            found = self._pivots()
            if not (found.exact or told.may_be_out):
                self.members = tuple(self._classes(apart=True))
                found = self._pivots()
                told = replace(told, members=self.members)
        except (GameError, RuleError) as error:
            return replace(told, problem=str(error))
        if told.may_be_out:
            found = replace(found, met=None, turns=_but_for_met(found.turns), exact=False)
        elif not found.exact:
            found = self._by_worlds(found)
        return replace(told, found=found)

    def _pivots(self) -> Pivots:
        """From the sums alone, with the findings that have been made."""
        state, candidate = self._view.state, self._one.candidate
        made = findings_made(
            *(state, self._view.question.matter, self._procedure, (candidate,), until(state))
        )
        return pivots(
            self._procedure,
            self.members,
            attested={**made.get("", {}), **made.get(candidate, {})},
            independent=False,
            present=self._one.verdict,
        )

    # With the engine

    def _by_worlds(self, found: Pivots) -> Pivots:
        """The same, with single changes tried in the worlds, and numbers proven there."""
        choices = _choices(self._procedure)
        pairs = [
            (n, to)
            for n, one in enumerate(self.members)
            for to in choices
            if one.held != (to,) and one.names
        ]
        turns = found.turns
        exact = len(pairs) <= MOST_TRIES
        if exact:
            tried = [(n, to, self._verdict({n: (1, to)})) for n, to in pairs]
            exact = all(verdict is not None for _, _, verdict in tried)
            turns = tuple(Turn(n, to, v) for n, to, v in tried if v not in (None, found.verdict))
        else:
            turns = tuple(turn for turn in turns if turn.verdict != "cannot tell")
        sure = {t.verdict for t in turns} if exact else None
        met, not_met = (
            self._proven(away, wanted, best, sure)
            for away, wanted, best in zip(
                (found.met, found.not_met), ("met", "not met"), found.best, strict=True
            )
        )
        return replace(found, turns=turns, met=met, not_met=not_met, exact=exact)

    def _proven(
        self, away: Away | None, wanted: str, best: Position | None, sure: set[Verdict] | None
    ) -> Away | None:
        """Whether no fewer members do, as the worlds have it.

        Of two changes, single ones (`sure` are all verdicts that they give) are ruled out; else
        only changes to the position `best` need be tried, and only of one member fewer.
        """
        if away is None or away.exact or away.size < 2:
            return away
        if away.size == 2 and sure is not None and wanted not in sure:
            return replace(away, exact=True)
        if best is None:
            return away
        sizes = [one.number for one in self.members]
        splits = list(islice(_splits(sizes, away.size - 1), MOST_TRIES + 1))
        if len(splits) > MOST_TRIES:
            return away
        for split in splits:
            chosen = {n: (k, best) for n, k in enumerate(split) if k}
            verdict = self._verdict(chosen)
            if verdict == wanted:
                changes = tuple((n, best, k) for n, (k, _) in sorted(chosen.items()))
                return self._proven(Away(away.size - 1, changes, False), wanted, best, sure)
            if verdict is None:
                return away
        return replace(away, exact=True)

    def _verdict(self, chosen: Mapping[int, tuple[int, Position]]) -> Verdict | None:
        """The verdict where so many of a class hold that; None if nobody can tell."""
        stances = tuple(
            sorted(
                (name, (str(to), "" if to == "silent" else self._one.candidate))
                for n, (k, to) in chosen.items()
                for name in self.members[n].names[:k]
            )
        )
        trial = answer(
            *(self._view.state, self._view.question.matter, self._procedure, self._conventions),
            only=self._one.candidate,
            kept=self._kept,
            supposed=Supposed(tuple((name, _spelt(stance)) for name, stance in stances)),
        )
        found = [r.verdict for r in trial.reckonings]
        return found[0] if trial.exact and found else None


def _choices(procedure: Procedure) -> list[Position]:
    """What a member may say in a record: the positions that have names, and silence."""
    found = [p for p in open_positions(procedure) if isinstance(p, str) and p != OTHER]
    return list(dict.fromkeys(found))


def _spelt(stance: tuple[str, str]) -> tuple[str, str]:
    """Silence is the stance *none*."""
    return ("none", "") if stance[0] == "silent" else stance


def _but_for_met(turns: Sequence[Turn]) -> tuple[Turn, ...]:
    return tuple(turn for turn in turns if turn.verdict == "not met")


def _splits(sizes: Sequence[int], left: int) -> Iterator[list[int]]:
    """Each way to take so many members out of classes of these sizes."""
    if left > sum(sizes):
        return
    if not sizes:
        yield []
        return
    for taken in range(min(left, sizes[0]) + 1):
        for more in _splits(sizes[1:], left - taken):
            yield [taken, *more]


# Of ballots


def like(seated: Seated) -> tuple[Like, ...] | None:
    """Members as ballots leave them; None where nobody can tell how many are of which class.

    Of one group that may be of several classes, the numbers of seats may tell what is left for it.
    """
    known = [one for one in seated.members if one.number and len(one.classes) <= 1]
    unsure = [one for one in seated.members if one.number and len(one.classes) > 1]
    found = [_like(one, one.classes[0] if one.classes else (), one.number) for one in known]
    for one in unsure:
        left = [_left(seated, known, held) for held in one.classes]
        if len(unsure) > 1 or None in left or sum(filter(None, left)) != one.number or one.names:
            return None
        pairs = zip(one.classes, left, strict=True)
        found += [_like(one, held, number) for held, number in pairs if number]
    return tuple(found)


def _like(one: Members, held: Attributes, number: int) -> Like:
    return Like(one.names, number, one.positions, dict(held))


def _left(seated: Seated, known: Sequence[Members], held: Attributes) -> int | None:
    """How many seats of a class nobody is known to have; None if their number is not fixed."""
    for number, wanted, _ in seated.quotas:
        values = dict(held)
        if all(values.get(name, False) == value for name, value in wanted):
            taken = sum(one.number for one in known if one.classes and _same(one, wanted))
            return number - taken
    return None


def _same(one: Members, wanted: Attributes) -> bool:
    values = dict(one.classes[0])
    return all(values.get(name, False) == value for name, value in wanted)


def of_ballots(
    procedure: Procedure,
    seated: Seated,
    verdict: Verdict,
    possible: tuple[Any, ...],
    params: Mapping[str, Any],
    attested: Mapping[str, bool],
    findings: tuple[Finding, ...],
) -> PivotsView:
    """The pivots of ballots in groups, some of which may still be open."""
    members = like(seated) or ()
    told = Part("", verdict, members, None)
    several = not members and bool(seated.members)
    numbers = any(isinstance(p, Between) for one in members for p in one.held)
    if several or numbers:
        told = replace(told, problem=_SEVERAL)
    else:
        try:
            found = pivots(procedure, members, params, attested, present=verdict)
            told = replace(told, found=found)
        except (GameError, RuleError) as error:
            told = replace(told, problem=str(error))
    return PivotsView(procedure, (told,), verdict, possible, findings=findings)


# Of rounds


def of_rounds(procedure: Procedure, data: Any, answer: RuleAnswer) -> PivotsView:
    """Who could still win ballots in rounds, whatever votes are still to come; `data` as read."""
    race = None
    if procedure.rounds is not None and not errors(list(answer.findings)):
        race = _race(_names(data), answer)
    return PivotsView(
        procedure, (), answer.verdict, answer.possible, findings=answer.findings, race=race
    )


def _names(data: Any) -> list[str]:
    """Everybody who has stood in a ballot, or is said to stand."""
    rows = data.get("rounds", []) if isinstance(data, Mapping) else data
    said = data.get("candidates", []) if isinstance(data, Mapping) else []
    held = [name for row in rows if isinstance(row, Mapping) for name in row]
    return [str(n) for n in dict.fromkeys([*said, *held]) if n not in ("_", "abstain")]


def _race(names: Sequence[str], answer: RuleAnswer) -> Race:
    told = answer.outcome if answer.outcome is not None else answer.certain
    won = [str(each) for each in (told if isinstance(told, list | tuple) else [told])]
    may = {str(n) for each in answer.possible for n in (each if _several(each) else [each])}
    put_out = {str(e[1]): int(e[2]) for e in answer.events if len(e) == 3 and e[0] == "eliminate"}
    out = [name for name in names if name not in won and name not in may]
    return Race(
        tuple(name for name in names if name in won),
        tuple(name for name in names if name in may and name not in won),
        tuple((name, put_out.get(name)) for name in out),
    )


def _several(value: Any) -> bool:
    return isinstance(value, list | tuple)
