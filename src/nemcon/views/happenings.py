"""What happened to a matter and when: candidacies, decision, hand-over, objections, the roll."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any

from nemcon.entries import (
    Candidacy,
    Decision,
    Draft,
    Expectation,
    Matter,
    Membership,
    Objection,
    Reserve,
    Silence,
    Source,
    Term,
)
from nemcon.saying import marked_each
from nemcon.state import State, confirmed
from nemcon.views.alphabet import by_name
from nemcon.views.phrases import event_words, listed, named, outcome_words, the
from nemcon.views.question import Question
from nemcon.views.tongue import _, numbered
from nemcon.when import When
from nemcon.worlds.candidates import OUT, candidates_of, steps_of
from nemcon.worlds.course import Declared
from nemcon.worlds.days import as_when, day_range
from nemcon.worlds.events import event_timings, register_timings
from nemcon.worlds.roll import JOINING, roll_changes

# Kinds that tell of the register or of the record itself, not of the matter's own course.
_REGISTER = frozenset(
    {
        *("body", "organ", "party", "membership", "office", "term", "credential", "rule"),
        *("source", "matter", "correction", "confirmation", "rejection"),
    }
)
_NOT_OF_THE_WORLD = frozenset({"known", "received", "window"})


@dataclass(frozen=True, slots=True)
class Happening:
    """One dated thing: `kind` is its sort for programs, `text` a few words for people.

    `planned`: only planned or expected, not confirmed. `member` is set where it is one member's
    own act; `entries` are those that say so.
    """

    kind: str
    when: When
    text: str
    entries: tuple[str, ...]
    planned: bool = False
    party: str = ""
    member: str = ""

    def to_json(self) -> dict[str, Any]:
        """The event as plain values."""
        return {
            "kind": self.kind,
            "when": str(self.when),
            "text": self.text,
            "planned": self.planned,
            "party": self.party or self.member or None,
            "entries": list(self.entries),
        }


def happenings(
    state: State,
    asked: Question,
    made: Declared | None,
    titles: Mapping[str, str],
    first: date,
    last: date,
) -> list[Happening]:
    """Everything that may lie between two days, in the order of dates."""
    found = [
        *_candidacies(state, asked, titles),
        *_decision(made, asked, titles),
        *_hand_over(state, asked, titles),
        *_expected(state, asked, titles),
        *_acts(state, asked, titles),
        *_roll(state, titles),
    ]
    inside = [each for each in found if _meets(each.when, state, first, last)]
    return sorted(inside, key=lambda each: (day_range(each.when, state.zone), each.kind, each.text))


def _meets(when: When, state: State, first: date, last: date) -> bool:
    low, high = day_range(when, state.zone)
    return low <= last.toordinal() and high >= first.toordinal()


_STEPS = marked_each(
    {
        "running": "{who} runs",
        "declared": "{who} declares",
        "nominated": "{who} is nominated",
        "accepted": "{who} accepts",
        "declined": "{who} declines",
        "withdrawn": "{who} withdraws",
        "eliminated": "{who} is eliminated",
    }
)


def _candidacies(state: State, asked: Question, titles: Mapping[str, str]) -> Iterator[Happening]:
    """Each step of each candidacy: told to the body, public, and since when it counts for sure."""
    entries = state.of_matter(asked.matter)
    for candidate in candidates_of(entries):
        reports = [e for e in entries if isinstance(e, Candidacy) and e.candidate == candidate]
        for step in steps_of(state, entries, candidate):
            said = tuple(sorted(r.id for r in reports if r.change == step.change and confirmed(r)))
            text = _(_STEPS[step.change]).format(who=named(candidate, titles))
            if step.told is not None:
                told = _("{said}: told to the body").format(said=text)
                yield Happening("candidacy-told", step.told, told, said, party=candidate)
            used = step.last[0]
            if step.public is not None:
                out = step.change in OUT or step.told is not None
                kind = "candidacy-public" if out else "candidacy"
                made = _("{said}: public").format(said=text) if out else text
                if step.change in OUT and day_range(step.public, state.zone)[1] == used:
                    made = _("{said}, counted from then").format(said=made)
                yield Happening(kind, step.public, made, said, party=candidate)


def _decision(
    made: Declared | None, asked: Question, titles: Mapping[str, str]
) -> Iterator[Happening]:
    """The declared decision, and its announcement where that is another date."""
    if made is None:
        return
    said = tuple(sorted(report.id for report in made.reports))
    organ = next((r.organ for r in made.reports if r.organ), asked.organ)
    whom = _(" or ").join(outcome_words(some, titles) for some in made.outcomes)
    text = _("decision by {organ}: {whom}") if organ else _("decision: {whom}")
    text = text.format(organ=the(organ, titles), whom=whom)
    party = made.candidate
    yield Happening("decision", made.decided, text, said, party=party)
    if made.announced is not None and made.announced != made.decided:
        text = _("decision announced")
        yield Happening("announcement", made.announced, text, said, party=party)


def _hand_over(state: State, asked: Question, titles: Mapping[str, str]) -> Iterator[Happening]:
    """When a candidate takes up the office, or a decision its effect: planned, or confirmed."""
    entries = state.of_matter(asked.matter)
    names = candidates_of(entries)
    office = named(asked.office, titles)
    dated: dict[tuple[str, When, bool], list[str]] = {}
    for term in state.all(Term):
        if asked.office and term.office == asked.office and term.holder in names and term.start:
            key = (term.holder, term.start, not confirmed(term))
            dated.setdefault(key, []).append(term.id)
    for entry in entries:
        if isinstance(entry, Decision) and confirmed(entry) and entry.effective:
            key = (entry.candidate, entry.effective, not entry.effective_confirmed)
            dated.setdefault(key, []).append(entry.id)
    for (who, when, planned), ids in sorted(dated.items(), key=str):
        if planned and any(w == when and h == who and not p for h, w, p in dated):
            continue  # the plan came true
        text = _("{who} takes office as {office}") if who else _("takes effect")
        text = text.format(who=named(who, titles), office=office)
        kind = "hand-over-planned" if planned else "hand-over"
        told = _("{said} (planned)").format(said=text) if planned else text
        yield Happening(kind, when, told, tuple(sorted(ids)), planned, who)


def _expected(state: State, asked: Question, titles: Mapping[str, str]) -> Iterator[Happening]:
    """What somebody expected, on the day on which that was reported."""
    for entry in state.of_matter(asked.matter):
        if isinstance(entry, Expectation) and entry.happened and entry.modality != "denied":
            event = f"{event_words(entry.expects, titles)} {entry.window_text}".rstrip()
            text = _("expected: {event}").format(event=event).rstrip()
            yield Happening("expectation", entry.happened, text, (entry.id,), planned=True)


def _acts(state: State, asked: Question, titles: Mapping[str, str]) -> Iterator[Happening]:
    """Objections and reserves, drafts, and the steps of a silence procedure."""
    for entry in state.of_matter(asked.matter):
        if not confirmed(entry):
            continue
        said = (entry.id,)
        match entry:
            case Objection(member=member) | Reserve(member=member):
                who = named(member, titles)
                objects = isinstance(entry, Objection)
                if entry.happened:
                    text = _("{who} objects") if objects else _("{who} enters a reserve")
                    text = text.format(who=who)
                    yield Happening(entry.kind, entry.happened, text, said, member=member)
                over = entry.ended if isinstance(entry, Objection) else entry.lifted
                if over:
                    end = (entry.end or "ended") if isinstance(entry, Objection) else "lifted"
                    text = _(_ENDS[end]).format(who=who)
                    yield Happening(f"{entry.kind}-ended", over, text, said, member=member)
            case Silence():
                if entry.happened:
                    text = _("silence {step}").format(step=_(entry.change))
                    yield Happening("silence", entry.happened, text, said)
                if entry.deadline:
                    text = _("silence ends (deadline)")
                    yield Happening("silence-deadline", entry.deadline, text, said, planned=True)
            case Draft() if entry.happened:
                name = f"{entry.title or entry.name} {entry.revision}".rstrip()
                text = _("draft {name}").format(name=name)
                yield Happening("draft", entry.happened, text, said)


def _roll(state: State, titles: Mapping[str, str]) -> Iterator[Happening]:
    """Who joined and who left, those of one date together."""
    timings = register_timings(state)
    together: dict[tuple[When, bool], list[str]] = {}
    for member, changes in roll_changes(state).items():
        for change in changes:
            key = (as_when(timings[change.timing].domain), change.joins)
            together.setdefault(key, []).append(member)
    for (when, joins), members in together.items():
        reports = (e for m in members for e in state.memberships[m] if confirmed(e))
        said = sorted(e.id for e in reports if _tells(e, when, state, joins=joins))
        names = sorted((named(member, titles) for member in members), key=by_name)
        more = len(names) - _NAMED
        others = numbered("{n} other", "{n} others", more).format(n=more)
        shown = names if more < 2 else [*names[:_NAMED], others]
        text = (
            numbered("{who} joins", "{who} join", len(names))
            if joins
            else numbered("{who} leaves", "{who} leave", len(names))
        ).format(who=listed(shown))
        kind = "accession" if joins else "departure"
        yield Happening(kind, when, text, tuple(said), party=members[0] if not names[1:] else "")


def _tells(entry: Membership, when: When, state: State, *, joins: bool) -> bool:
    """Whether it reports a coming (or a going) that may have been then."""
    told = entry.happened
    apart = told is not None and True in (
        told.before(when, state.zone),
        told.after(when, state.zone),
    )
    return (entry.change in JOINING) is joins and entry.change != "attributes" and not apart


_NAMED = 3  # members named before the rest is only counted
_ENDS = marked_each(
    {
        "ended": "objection of {who} ended",
        "addressed": "objection of {who} addressed",
        "withdrawn": "objection of {who} withdrawn",
        "overruled": "objection of {who} overruled",
        "lifted": "reserve of {who} lifted",
    }
)


# The days that these dates single out


def own_bounds(state: State, matter: str, office: str) -> list[date]:
    """The first and last days of all dates told of a matter's own course, hand-over included."""
    acts = [e for e in state.of_matter(matter) if e.kind not in _REGISTER]
    names = candidates_of(acts)
    terms = [t for t in state.all(Term) if office and t.office == office and t.holder in names]
    whens = [w for entry in acts for w in _whens(entry)] + [t.start for t in terms if t.start]
    return [d for w in whens for d in (w.first_day(state.zone), w.last_day(state.zone)) if d]


def turning_points(state: State, matter: str) -> set[int]:
    """The days on which something that a verdict, a stage or a holder rests on begins or ends."""
    days: set[int] = set()
    for entry in state.entries if len(state.variants) == 1 else _all(state):
        if isinstance(entry, Source):
            continue
        for when in _whens(entry):
            days.update(day_range(when, state.zone))
        if isinstance(entry, Candidacy | Decision | Expectation) and (d := state.known_day(entry)):
            days.add(d.toordinal())
        if isinstance(entry, Expectation):
            days.update(day + 1 for day in day_range(entry.happened, state.zone))
    for timing in event_timings(state, state.of_matter(matter)).values():
        days.update(day for part in timing.domain for day in part)
    return days


def _all(state: State) -> Iterable[Any]:
    return dict.fromkeys(entry for entries in state.variants for entry in entries)


def _whens(value: Any) -> Iterator[When]:
    """Every date of an entry of what happened, or is to happen, in the world."""
    for item in fields(value):
        held = getattr(value, item.name)
        if item.name in _NOT_OF_THE_WORLD:
            continue
        if isinstance(held, When):
            yield held
        elif isinstance(held, tuple) and isinstance(value, Matter):
            for part in held:
                if is_dataclass(part):
                    yield from _whens(part)
