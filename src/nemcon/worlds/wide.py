"""Rules that are more than sums over members: blocs, groups, findings of office-holders.

They are decided from what each member may hold and from the numbers that tallies tell, by the same
code as open ballots. That allows all worlds and perhaps more, so an answer is never wrongly sure.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from nemcon.entries import Attestation, Attribute
from nemcon.rules.algebra import as_attributes
from nemcon.rules.counting import OUT, Kinds
from nemcon.rules.given import ways
from nemcon.rules.names import canonical
from nemcon.rules.procedure import Procedure, RuleError
from nemcon.state import State
from nemcon.worlds.attributes import attributes_at
from nemcon.worlds.days import LAST, Point, day_range, instant
from nemcon.worlds.tied import Adds, Bound, Row, judged
from nemcon.worlds.untold import Untold

Held: TypeAlias = tuple[str | None, Adds]  # a stance (None: off the roll), what it adds to numbers


@dataclass(frozen=True)
class Like:
    """Members alike: how many, the stances that each may hold, each with what it then adds to the
    numbers of tallies, and their attributes, unless these are `unknown`.
    """

    count: int
    stances: frozenset[Held]
    attributes: Mapping[str, Attribute]
    unknown: bool = False


@dataclass
class Wide:
    """A rule that needs members, with the findings that have been made towards each candidate, and
    with what nobody is told to have.
    """

    procedure: Procedure
    attested: Mapping[str, Mapping[str, bool]] = field(default_factory=dict)
    untold: Untold = field(default_factory=Untold)
    rough: set[str] = field(default_factory=set)
    _known: dict[object, tuple[frozenset[bool], bool]] = field(default_factory=dict)

    def favours(
        self, members: Sequence[Like], candidate: str, numbers: Sequence[Bound] = ()
    ) -> frozenset[bool]:
        """Whether the outcome may be favourable, and whether it may not, where what members add to
        `numbers` comes right. Of whom that is not told exactly, the candidate is noted as `rough`.

        Raises `RuleError` for a rule that needs what is not known of members.
        """
        key = (
            *(candidate, tuple(numbers)),
            tuple((m.count, m.stances, m.unknown, *sorted(m.attributes.items())) for m in members),
        )
        if key not in self._known:
            self._known[key] = self._answers(members, candidate, numbers)
        answers, exact = self._known[key]
        if not exact:
            self.rough.add(candidate)
        return answers

    def _answers(
        self, members: Sequence[Like], candidate: str, numbers: Sequence[Bound]
    ) -> tuple[frozenset[bool], bool]:
        made = {**self.attested.get("", {}), **self.attested.get(candidate, {})}
        answers: frozenset[bool] = frozenset()
        rough = False
        for rule, _ in ways(self.procedure, {}, made):
            kinds = Kinds(rule)
            rows = [_row(rule, kinds, one, self.untold) for one in members]
            bounds = [*numbers, *((n, n) for _, _, n in self.untold.quotas)]
            found, exact = judged(rule, kinds, rows, bounds)
            answers, rough = answers | found, rough or not exact
        return answers, not rough or len(answers) == 1


def _row(rule: Procedure, kinds: Kinds, one: Like, untold: Untold) -> Row:
    held = {k: v for k, v in as_attributes(one.attributes).items() if k in rule.reads}
    options = set()
    for stance, adds in sorted(one.stances, key=str):
        if stance is None:
            options.add((OUT, (*adds, *untold.adds(None))))
            continue
        for way in untold.ways(rule if one.unknown else None):
            kind = kinds.number(rule.position(stance), {**held, **way})
            options.add((kind, (*adds, *untold.adds(way))))
    return Row(one.count, tuple(sorted(options)))


@dataclass(frozen=True)
class Until:
    """The question's time: the last day that is over by then, its instant (None: not known
    exactly), and the event that is asked about, if one is.
    """

    day: int
    at: Point | None = None
    event: str = ""

    def reaches(self, entry: Attestation, state: State) -> bool:
        """Whether a finding was made by then for certain."""
        happened = entry.happened
        if self.event and entry.before == self.event:
            return True
        point = instant(happened, state.zone)
        if point is not None and self.at is not None:
            return point <= self.at
        last = day_range(happened, state.zone)[1] if happened else _known(state, entry)
        return last <= self.day


def until(state: State) -> Until:
    """The time of the state's `on`: a day, its end included, or an instant."""
    first = day_range(state.on, state.zone)[0]
    point = instant(state.on, state.zone)
    return Until(first) if point is None else Until(first - 1, point)


def findings_made(
    state: State, matter: str, procedure: Procedure, names: Collection[str], until: Until
) -> Mapping[str, Mapping[str, bool]]:
    """The findings of office-holders, by candidate ("" for all) and name, made by the question.

    One that may be later, or that others contradict, is left out: it is open.
    """
    if procedure.sums:
        return {}
    told: dict[tuple[str, str], set[bool]] = {}
    for entry in state.all(Attestation):
        if entry.matter not in ("", matter) or entry.modality in ("planned", "conditional"):
            continue
        if until.reaches(entry, state) and (not entry.candidate or entry.candidate in names):
            key = (entry.candidate, canonical(entry.finding))
            told.setdefault(key, set()).add(entry.modality != "denied")
    found: dict[str, dict[str, bool]] = {}
    for (candidate, name), answers in sorted(told.items()):
        if len(answers) == 1:
            found.setdefault(candidate, {})[name] = True in answers
    return found


def out_of_reach(
    state: State, matter: str, procedure: Procedure, names: Collection[str]
) -> frozenset[str]:
    """The candidates for whom the rule is not met even if every member supports them: a finding
    that it asks for was refused.
    """
    made = findings_made(state, matter, procedure, names, until(state))
    if not made:
        return frozenset()
    wide, everyone = Wide(procedure, made), attributes_at(state).values()
    members = [Like(1, frozenset({("support", ())}), attributes) for attributes in everyone]
    return frozenset(name for name in made if name and _fails(wide, members, name))


def _fails(wide: Wide, members: Sequence[Like], candidate: str) -> bool:
    try:
        return True not in wide.favours(members, candidate)
    except RuleError:
        return False


def _known(state: State, entry: Attestation) -> int:
    day = state.known_day(entry)
    return day.toordinal() if day else LAST
