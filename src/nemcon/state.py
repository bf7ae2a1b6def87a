"""What follows from the entries at one moment: a pure fold, whatever their order.

`at(items, on, known)` picks the entries that count: known by then, confirmed, not corrected.
`State` answers what they say of the register: members, organs, offices, holders, matters.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Container, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, tzinfo
from functools import cached_property
from itertools import product
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from nemcon.entries import (
    AnyEntry,
    Body,
    Confirmation,
    Correction,
    Entry,
    Matter,
    Membership,
    Rejection,
    Source,
    Term,
)
from nemcon.findings import Finding
from nemcon.saying import say
from nemcon.when import When

MAX_VARIANTS = 64
_DATED = (
    *("happened", "start", "end", "announced", "public", "told", "date"),
    *("ended", "lifted", "condition_met", "confirmed"),
)
_T = TypeVar("_T", bound=Entry)
_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class Logged:
    """An entry as its record holds it: perhaps only proposed, recorded at an instant (UTC).

    `by` is who brought it in, where an export of a record names somebody.
    """

    entry: AnyEntry
    proposed: bool = False
    recorded: datetime | None = None
    sequence: int | None = None
    by: str = ""


@dataclass(frozen=True)
class State:
    """The entries that count at `on` as known at `known` (None: all), in the order of their ids.

    `variants` are the alternatives that rival corrections leave, usually one, and `entries` is
    the first. `proposed` counts open proposals; `sealed` and `erased` entries that cannot be read.
    `left_out` names the matter ("": none) of each entry that was left out for an error.
    """

    variants: tuple[tuple[AnyEntry, ...], ...]
    on: When
    known: When | None = None
    proposed: int = 0
    sealed: int = 0
    erased: int = 0
    findings: tuple[Finding, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def entries(self) -> tuple[AnyEntry, ...]:
        """The entries that count, in the order of their ids."""
        return self.variants[0]

    def moved(self, on: When, known: When | None) -> State:
        """The same entries at another date, and as known at another at which no others were, with
        what was worked out of them.
        """
        if (on, known) == (self.on, self.known):
            return self
        other = replace(self, on=on, known=known)
        # Nothing that is kept here depends on either, and what is made later, both have.
        other.__dict__["_made"] = self._made
        other.__dict__.update({k: v for k, v in self.__dict__.items() if k not in _FIELDS})
        return other

    def once(self, key: Hashable, make: Callable[[], _Made]) -> _Made:
        """What `make` gives, made once for a key: for what follows from the entries alone, whatever
        the dates.
        """
        if key not in self._made:
            self._made[key] = make()
        made: _Made = self._made[key]
        return made

    @cached_property
    def _made(self) -> dict[Hashable, Any]:
        """What was made once."""
        return {}

    def variant(self, number: int) -> State:
        """This state with only its alternative `number`."""
        if len(self.variants) == 1:
            return self  # with all that was worked out of it
        one = self.once(
            ("variant", number), lambda: replace(self, variants=(self.variants[number],))
        )
        return one.moved(self.on, self.known)

    @cached_property
    def _by_kind(self) -> Mapping[str, list[AnyEntry]]:
        kinds: dict[str, list[AnyEntry]] = defaultdict(list)
        for entry in self.entries:
            kinds[entry.kind].append(entry)
        return kinds

    def all(self, cls: type[_T]) -> list[_T]:
        """The entries of one kind, in the order of their ids."""
        return [entry for entry in self._by_kind.get(cls.kind, ()) if isinstance(entry, cls)]

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """The sources by the name that entries cite."""
        return {source.name: source for source in self.all(Source)}

    @cached_property
    def body(self) -> Body | None:
        """The body of the record, if an entry declares one."""
        return next(iter(self.all(Body)), None)

    @cached_property
    def zone(self) -> tzinfo:
        """The time zone of the body; UTC where none is given or its name is unknown."""
        try:
            return ZoneInfo(self.body.zone) if self.body else UTC
        except (KeyError, ValueError, OSError):
            return UTC

    @cached_property
    def memberships(self) -> Mapping[str, list[Membership]]:
        """Each party's changes of membership."""
        changes: dict[str, list[Membership]] = defaultdict(list)
        for change in self.all(Membership):
            changes[change.member].append(change)
        return changes

    @cached_property
    def matters(self) -> Mapping[str, list[Matter]]:
        """What is said of each matter, by its name (several sources may speak of one)."""
        matters: dict[str, list[Matter]] = defaultdict(list)
        for matter in self.all(Matter):
            matters[matter.name].append(matter)
        return matters

    def matter_title(self, matter: str) -> str:
        """The title of a matter; empty if it has none.

        What somebody wrote stands over what was read from a report: that names only the office
        and the year.
        """
        titled = [each for each in self.matters.get(matter, ()) if each.title]
        written = [each for each in titled if not each.spans]
        return min((each.title for each in written or titled), default="")

    @cached_property
    def matter_names(self) -> frozenset[str]:
        """Every matter that an entry names or declares."""
        return frozenset({e.matter for e in self.entries if e.matter} | self.matters.keys())

    def of_matter(self, matter: str) -> Sequence[AnyEntry]:
        """The entries of a matter; those that name none belong to the only matter there is."""
        found = self._of_matters.get(matter)
        if found is None:
            lone = len(self.matter_names) <= 1
            found = self._of_matters[matter] = tuple(
                e
                for e in self.entries
                if e.matter == matter
                or (lone and not e.matter)
                or (isinstance(e, Matter) and e.name == matter)
            )
        return found

    @cached_property
    def _of_matters(self) -> dict[str, tuple[AnyEntry, ...]]:
        """What `of_matter` has answered."""
        return {}

    def known_day(self, entry: AnyEntry) -> date | None:
        """The day from which an entry is known, in the body's zone; None: always."""
        return known_day(entry, self.sources, self.zone)

    def holders(self, office: str) -> list[Term]:
        """Confirmed terms of an office that started by `on` and have no confirmed end by then."""
        day = self.on.last_day(self.zone)
        assert day is not None, "`on` has an end"
        terms = [term for term in self.all(Term) if term.office == office and confirmed(term)]
        started = [t for t in terms if t.start and _by(t.start, day, self.zone)]
        latest: dict[str, Term] = {}
        for term in started:
            other = latest.get(term.holder)
            if other is None or _last(term.start, self.zone) > _last(other.start, self.zone):
                latest[term.holder] = term
        return [t for t in latest.values() if not self._ended(t, terms, day)]

    def _ended(self, term: Term, terms: Sequence[Term], day: date) -> bool:
        """Whether a confirmed end of this holder lies between the start of `term` and `day`."""
        start = _last(term.start, self.zone)
        for other in terms:
            ends = other.holder == term.holder and other.end and _by(other.end, day, self.zone)
            if ends and (_last(other.end, self.zone) > start or other is term):
                return True
        return False


_FIELDS = frozenset(field.name for field in fields(State))
_ANY = When.parse("../..")


def confirmed(entry: Entry) -> bool:
    """Whether the entry says that something is so: not planned, conditional or denied."""
    return entry.modality in ("asserted", "reported")


def _by(when: When, day: date, zone: tzinfo) -> bool:
    return _last(when, zone) <= day


def _last(when: When | None, zone: tzinfo) -> date:
    return (when.last_day(zone) if when else None) or date.max


def known_day(entry: AnyEntry, sources: Mapping[str, Source], zone: tzinfo) -> date | None:
    """The day from which an entry is known: its own `known`, else its source's date, else the
    last day of what it records; None where it carries no date (SEMANTICS 16).
    """
    if entry.known is not None:
        return entry.known.last_day(zone)
    if isinstance(entry, Source):
        return entry.date.last_day(zone)
    if entry.source in sources:
        return sources[entry.source].date.last_day(zone)
    whens = (getattr(entry, name, None) for name in _DATED)
    days = [when.last_day(zone) for when in whens if isinstance(when, When)]
    return max((day for day in days if day), default=None)


def at(
    items: Iterable[Logged | AnyEntry],
    on: When,
    known: When | None = None,
    *,
    recorded: datetime | None = None,
    proposed: bool = False,
    sealed: int = 0,
    erased: int = 0,
) -> State:
    """The state at `on` as known at `known`, from entries in any order.

    `recorded` (an instant, UTC) leaves out what the log did not hold by then; `proposed` lets
    open proposals count. Findings: cycles of corrections, too many rival corrections,
    proposals both confirmed and rejected.
    """
    return standing(items, recorded=recorded, proposed=proposed).at(on, known, sealed, erased)


def standing(
    items: Iterable[Logged | AnyEntry],
    *,
    recorded: datetime | None = None,
    proposed: bool = False,
) -> Standing:
    """What stands of the entries, for whoever asks `at` with many `known`."""
    logged = [item if isinstance(item, Logged) else Logged(item) for item in items]
    if recorded is not None:
        logged = [item for item in logged if item.recorded is None or item.recorded <= recorded]
    entries, waiting, findings = _confirmed(logged, proposed)
    entries.sort(key=lambda entry: entry.id)
    return Standing(tuple(entries), waiting, findings)


@dataclass(frozen=True)
class Standing:
    """The entries that stand, whenever they became known, in the order of their ids, with how many
    proposals wait, and what was found on the way.
    """

    entries: tuple[AnyEntry, ...]
    waiting: int
    findings: tuple[Finding, ...]

    def at(self, on: When, known: When | None, sealed: int = 0, erased: int = 0) -> State:
        """The state at `on` as known at `known` (None: all)."""
        entries: Sequence[AnyEntry] = self.entries
        limit = known.last_day(self._zone) if known else None
        if limit is not None:
            days = zip(self.entries, self._days, strict=True)
            entries = [entry for entry, day in days if day is None or day <= limit]
        variants, more = _corrected(entries, self._replacements)
        found = (*self.findings, *more)
        return State(variants, on, known, self.waiting, sealed, erased, found)

    @cached_property
    def news(self) -> LastNews:
        """When the entries became known."""
        return LastNews(tuple(sorted({day for day in self._days if day})), self._zone)

    @cached_property
    def _days(self) -> list[date | None]:
        """From when each entry is known."""
        sources = {entry.name: entry for entry in self.entries if isinstance(entry, Source)}
        return [known_day(entry, sources, self._zone) for entry in self.entries]

    @cached_property
    def _zone(self) -> tzinfo:
        bodies = tuple(entry for entry in self.entries if isinstance(entry, Body))
        return State((bodies,), _ANY).zone

    @cached_property
    def _replacements(self) -> frozenset[str]:
        corrections = (entry for entry in self.entries if isinstance(entry, Correction))
        return frozenset(each.replacement for each in corrections if each.replacement)


@dataclass(frozen=True)
class LastNews:
    """The days on which something became known. From one to the next nobody knew more."""

    days: tuple[date, ...]
    zone: tzinfo

    def before(self, known: When | None) -> date | None:
        """The last of these days that is not after `known`: equal where the same was known."""
        limit = known.last_day(self.zone) if known else None
        number = len(self.days) if limit is None else bisect_right(self.days, limit)
        return self.days[number - 1] if number else None


def _confirmed(
    logged: Sequence[Logged], proposed: bool
) -> tuple[list[AnyEntry], int, tuple[Finding, ...]]:
    """The entries that stand once each, the number of open proposals, and findings."""
    given = answers(logged)
    standing: dict[str, AnyEntry] = {}
    open_ids: set[str] = set()
    findings: list[Finding] = []
    for item in logged:
        key = item.entry.id
        if not item.proposed:
            standing[key] = item.entry
            continue
        answer = given.get(key)
        if answer is None and key in given:
            findings.append(_both(key))
        if (answer and isinstance(answer.entry, Confirmation)) or (proposed and answer is None):
            standing[key] = item.entry
        if answer is None:
            open_ids.add(key)
    waiting = len(open_ids) if proposed else len(open_ids - standing.keys())
    return list(standing.values()), waiting, tuple(findings)


def answers(items: Iterable[Logged]) -> dict[str, Logged | None]:
    """The confirmation or rejection that holds for each proposal that has one.

    Of several the last in the log holds; None where both stand in no order. One that was taken
    back (see `taken_back`) does not count, so that the one before it holds again.
    """
    items = tuple(items)
    back = taken_back(items)
    yes: dict[str, Logged] = {}
    no: dict[str, Logged] = {}
    for item in sorted(items, key=lambda item: item.sequence or 0):
        if isinstance(item.entry, Confirmation) and item.entry.id not in back:
            yes[item.entry.confirms] = item
        elif isinstance(item.entry, Rejection) and item.entry.id not in back:
            no[item.entry.rejects] = item
    return {key: _later(yes.get(key), no.get(key)) for key in yes.keys() | no.keys()}


def taken_back(items: Iterable[Logged]) -> frozenset[str]:
    """The ids of confirmations and rejections that a correction takes back.

    Like every entry they are out if a correction of them is itself in. Since they say what counts
    and not what was known when, it does not matter from when the correction is known; one that
    was only proposed itself takes nothing back.
    """
    items = tuple(items)
    given = {x.entry.id for x in items if isinstance(x.entry, Confirmation | Rejection)}
    acts = [x.entry for x in items if isinstance(x.entry, Correction) and not x.proposed]
    if not any(act.corrects in given for act in acts):
        return frozenset()
    standing, _ = _corrections_in(acts)
    return frozenset(act.corrects for act in standing if act.corrects in given)


def _later(yes: Logged | None, no: Logged | None) -> Logged | None:
    """Of a confirmation and a rejection, the later in the log."""
    if yes is None or no is None:
        return yes or no
    if yes.sequence is None or no.sequence is None or yes.sequence == no.sequence:
        return None
    return yes if yes.sequence > no.sequence else no


def _both(key: str) -> Finding:
    return Finding(
        "confirmed-and-rejected",
        "warning",
        say(
            "proposal {key} is both confirmed and rejected, in no order; confirm or "
            "reject it again",
            key=key,
        ),
        (key,),
    )


def _corrected(
    entries: Sequence[AnyEntry], replacements: Container[str]
) -> tuple[tuple[tuple[AnyEntry, ...], ...], tuple[Finding, ...]]:
    """Apply corrections: an entry is out if and only if a correction of it is itself in.

    An entry that stands only in the place of another (one of `replacements`, also of corrections
    that are not known yet) is in only while a correction that names it is in.
    """
    corrections = [entry for entry in entries if isinstance(entry, Correction)]
    if not corrections:
        return (tuple(e for e in entries if e.id not in replacements),), ()
    standing, cyclic = _corrections_in(corrections)
    findings = [_cycle(correction) for correction in cyclic]
    by_target: dict[str, dict[str, Correction]] = defaultdict(dict)
    for correction in standing:
        by_target[correction.corrects][correction.replacement] = correction
    choices = [list(rivals) for _, rivals in sorted(by_target.items())]
    if len(list(_limited(choices))) > MAX_VARIANTS:
        findings.append(_too_many(standing))
        choices = [options[:1] for options in choices]
    cyclic_ids = {c.id for c in cyclic}
    variants = []
    for chosen in product(*choices):
        kept = set(chosen)
        variants.append(
            tuple(
                e
                for e in entries
                if e.id not in by_target
                and e.id not in cyclic_ids
                and (e.id not in replacements or e.id in kept)
            )
        )
    findings += [_rivals(t, rivals) for t, rivals in by_target.items() if len(rivals) > 1]
    return tuple(variants), tuple(findings)


def _limited(choices: Sequence[Sequence[str]]) -> Iterable[tuple[str, ...]]:
    for number, chosen in enumerate(product(*choices)):
        if number > MAX_VARIANTS:
            return
        yield chosen


def _corrections_in(
    corrections: Sequence[Correction],
) -> tuple[list[Correction], list[Correction]]:
    """The corrections that are in, and those on a cycle (which apply to nothing)."""
    correctors: dict[str, list[str]] = defaultdict(list)
    for correction in corrections:
        correctors[correction.corrects].append(correction.id)
    status: dict[str, bool] = {}
    undecided = {c.id for c in corrections}
    moved = True
    while moved:
        moved = False
        for key in sorted(undecided):
            answers = [status.get(other) for other in correctors[key]]
            if any(answers) or all(answer is False for answer in answers):
                status[key] = not any(answers)
                undecided.discard(key)
                moved = True
    standing = [c for c in corrections if status.get(c.id)]
    return standing, [c for c in corrections if c.id in undecided]


def _cycle(correction: Correction) -> Finding:
    return Finding(
        "correction-cycle",
        "error",
        say(
            "correction {id} is part of a circle of corrections; none of them applies: "
            "withdraw one of them by a correction of its own",
            id=correction.id,
        ),
        (correction.id,),
    )


def _rivals(target: str, rivals: Mapping[str, Correction]) -> Finding:
    return Finding(
        "rival-corrections",
        "warning",
        say(
            "{number} corrections of {target} disagree; the answer allows each of them: "
            "correct all but one of them",
            number=len(rivals),
            target=target,
        ),
        (target, *sorted(c.id for c in rivals.values())),
    )


def _too_many(standing: Sequence[Correction]) -> Finding:
    return Finding(
        "too-many-rival-corrections",
        "error",
        say(
            "rival corrections leave more than {max_variants} alternatives, too many to "
            "decide: correct all but one of each group",
            max_variants=MAX_VARIANTS,
        ),
        tuple(sorted(c.id for c in standing)),
    )
