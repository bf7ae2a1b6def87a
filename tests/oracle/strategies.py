"""Hypothesis strategies for small records, weighted towards conflicts, tallies and same-day orders.

`questions()` draws a record and what is asked of it: at most four members, three candidates and
six claims, days 1 to 5 of January 2024. What the semantics leaves without meaning is not drawn:
a member that leaves before it may have joined, reports of a suspension or its end that contradict
each other, entries that name nobody's candidate in a selection.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from hypothesis import strategies as st

from nemcon.entries import (
    ALL,
    AnyEntry,
    Completeness,
    Count,
    Expectation,
    Membership,
    Modality,
    Objection,
    Position,
    Reserve,
    Tally,
)
from nemcon.when import When
from tests.oracle.build import (
    MATTER,
    corrects,
    decided,
    joins,
    leaves,
    motion,
    on,
    runs,
    selection,
)
from tests.oracle.rules import RULES
from tests.oracle.surroundings import (
    LONG_AGO,
    beside_another,
    dated_by_each_other,
    decided_on,
    drafted,
    few_moves,
    known_from,
    moved,
    nominated_by,
    one_in,
    published,
    rival_dates,
    spans,
    taken_back,
    told_twice,
    zones,
)

NAMES = ("w", "x", "y", "z")
CANDIDATES = ("P", "Q", "R")


@dataclass(frozen=True)
class Question:
    """A record, and what is asked of it; `rule` is the name of a rule of `RULES`."""

    entries: tuple[AnyEntry, ...]
    on: When
    rule: str
    known: When | None = None
    conventions: Mapping[str, object] = field(default_factory=dict)
    matter: str = MATTER


@dataclass(frozen=True)
class Scene:
    """What the claims of one record may speak about."""

    members: tuple[str, ...]
    candidates: tuple[str, ...]
    days: int
    events: tuple[str, ...]
    objects_to: tuple[str, ...]
    uncertain: bool
    changing: bool


@st.composite
def dates(
    draw: st.DrawFn, days: int, uncertain: bool = True, open_ended: bool = False, since: int = 1
) -> When:
    """A day, or a range of days, or (seldom, if `open_ended`) up to a day; an instant at times."""
    sort = draw(st.sampled_from(["day"] * 6 + ["range"] * 3 * uncertain + ["special"]))
    first = draw(st.integers(since, days))
    if sort == "range":
        last = draw(st.integers(first, min(days, first + 2)))
        return on(f"{first}/{last}") if last > first else on(first)
    if sort == "special":
        hour = draw(st.sampled_from(["06", "18"]))
        text = f"../2024-01-{first:02}" if open_ended else f"2024-01-{first:02}T{hour}:00Z"
        return When.parse(text)
    return on(first)


@st.composite
def rolls(draw: st.DrawFn, most: int, days: int, weights: bool) -> list[AnyEntry]:
    """Members since long ago, or who join on a day or in a range of days; a few leave again."""
    out: list[AnyEntry] = []
    for name in NAMES[: draw(st.integers(1, most))]:
        more: dict[str, Any] = {}
        if weights:
            more = {"weight": draw(st.integers(1, 3)), "class": draw(st.sampled_from("ab"))}
        sort = draw(st.sampled_from(["founder"] * 7 + ["joins"] * 2 + ["leaves", "suspended"]))
        if sort == "joins":
            out.append(joins(name, draw(dates(days)).text, **more))
        else:
            out.append(joins(name, **more))
        if sort == "leaves":
            out.append(leaves(name, draw(dates(days)).text))
        if sort == "suspended":
            out += draw(suspensions(name, days))
        if weights and sort != "joins" and draw(one_in(6)):
            other: dict[str, Any] = {
                "weight": draw(st.integers(1, 3)),
                "class": draw(st.sampled_from("ab")),
            }
            day = on(draw(st.integers(1, days)))
            out.append(Membership(member=name, change="attributes", happened=day, attributes=other))
    return out


@st.composite
def suspensions(draw: st.DrawFn, name: str, days: int) -> list[AnyEntry]:
    """A member's suspension, and perhaps its end, which may be on the same day."""
    off, back = draw(spans(days)), draw(spans(days))
    out: list[AnyEntry] = [Membership(member=name, change="suspension", happened=off)]
    if draw(st.booleans()):
        out.append(Membership(member=name, change="resumption", happened=back))
    return out


@st.composite
def candidacies(draw: st.DrawFn, candidates: tuple[str, ...], days: int) -> list[AnyEntry]:
    """Steps of candidacies; a withdrawal may have been told before it became public, or not."""
    out: list[AnyEntry] = []
    for candidate in candidates:
        change = draw(st.sampled_from(["", "", "withdrawn", "nominated", "both", "other"]))
        if change in ("nominated", "both"):
            step = draw(st.sampled_from(["nominated"] * 3 + ["declared", "accepted"]))
            out.append(runs(candidate, step, draw(dates(days)).text))
        if change == "other":
            step = draw(st.sampled_from(["declined", "eliminated"]))
            out.append(runs(candidate, step, draw(dates(days)).text))
        if change in ("withdrawn", "both"):
            public = draw(dates(days))
            first = public.first_day()
            last = days if draw(one_in(4)) or first is None else first.day
            told = draw(st.integers(1, last)) if draw(st.booleans()) else None
            out.append(runs(candidate, "withdrawn", public.text, told=told and on(told)))
    return out


# -- claims ----------------------------------------------------------------------------------


def _stance(draw: st.DrawFn, scene: Scene) -> dict[str, Any]:
    stance = draw(st.sampled_from(["support"] * 5 + ["objection"] * 2 + ["abstention"]))
    targets = scene.objects_to if stance == "objection" else scene.candidates
    candidate = draw(st.sampled_from(targets))
    negated = draw(one_in(2 if stance == "objection" else 10))
    return {"stance": stance, "candidate": candidate, "negated": negated}


def _dating(draw: st.DrawFn, scene: Scene, moves: bool = False) -> dict[str, Any]:
    """A date, and now and then a link to an event; a few claims are not dated at all."""
    out: dict[str, Any] = {}
    if draw(one_in(5)) and scene.events:
        link = draw(st.sampled_from(["before", "after"])) if not moves else "after"
        out[link] = draw(st.sampled_from(scene.events))
        if draw(st.booleans()):
            return out | {"happened": on(f"../{scene.days}")}
    if draw(one_in(25)):
        return out
    return out | {"happened": draw(dates(scene.days, scene.uncertain, open_ended=not moves))}


@st.composite
def _positions(draw: st.DrawFn, scene: Scene) -> Position:
    sort = draw(st.sampled_from(["one"] * 4 + ["list", "all", "all", "except"]))
    who: tuple[str, ...] = (draw(st.sampled_from(scene.members)),)
    excepted: tuple[str, ...] = ()
    if sort in ("all", "except"):
        who, excepted = (ALL,), who if sort == "except" else ()
    elif sort == "list":
        who = tuple(dict.fromkeys((*who, draw(st.sampled_from(scene.members)))))
    moves = scene.changing and sort in ("one", "list") and draw(one_in(2))
    claim: Literal["holds", "changes"] = "changes" if moves else "holds"
    return Position(
        members=who,
        excepted=excepted,
        claim=claim,
        **_stance(draw, scene),
        **_dating(draw, scene, moves),
        **_modality(draw, scene, moves),
    )


def _modality(draw: st.DrawFn, scene: Scene, moves: bool) -> dict[str, Any]:
    sorts = ["planned", "planned", "denied", "conditional", "ad-referendum", "both"]
    sort = draw(st.sampled_from([""] * 18 + sorts))
    if sort in ("planned", "denied") and not moves:
        return {"modality": sort}
    end = on(draw(st.integers(1, scene.days))) if draw(one_in(3)) else None
    if sort == "conditional":
        return {"condition": "if asked", "condition_met": end}
    if sort == "ad-referendum":
        return {"authority": sort, "confirmed": end}
    if sort == "both":
        then = on(draw(st.integers(1, scene.days))) if draw(st.booleans()) else None
        waits = {"condition": "if asked", "condition_met": then}
        return {**waits, "authority": "ad-referendum", "confirmed": end}
    return {}


def _course(draw: st.DrawFn, scene: Scene) -> tuple[dict[str, Any], When | None]:
    """When an act was done, and perhaps when it ended: not on an earlier day."""
    dating = _dating(draw, scene)
    happened = dating.get("happened")
    if draw(one_in(2)) or happened is None or len(dating) > 1:
        return dating, None
    first = happened.first_day()
    return dating, draw(dates(scene.days, scene.uncertain, since=first.day if first else 1))


@st.composite
def _act_modality(draw: st.DrawFn, scene: Scene) -> Modality:
    return draw(st.sampled_from(["asserted"] * 15 + ["planned", "denied", "conditional"]))


@st.composite
def _objections(draw: st.DrawFn, scene: Scene) -> Objection:
    dating, ended = _course(draw, scene)
    undated = ended is not None and draw(one_in(5))
    end: Literal["", "withdrawn"] = "withdrawn" if ended else ""
    return Objection(
        member=draw(st.sampled_from(scene.members)),
        candidate=draw(st.sampled_from(scene.objects_to)),
        admitted=False if draw(one_in(15)) else None,
        modality=draw(_act_modality(scene)),
        end=end,
        ended=None if undated else ended,
        known=ended if undated else None,
        **dating,
    )


@st.composite
def _reserves(draw: st.DrawFn, scene: Scene) -> Reserve:
    dating, lifted = _course(draw, scene)
    return Reserve(
        member=draw(st.sampled_from(scene.members)),
        candidate=draw(st.sampled_from(scene.candidates)),
        lifted=lifted,
        modality=draw(_act_modality(scene)),
        **dating,
    )


@st.composite
def _tallies(draw: st.DrawFn, scene: Scene) -> Tally:
    of = draw(st.sampled_from([len(scene.members)] * 4 + [0, max(1, len(scene.members) - 1)]))
    number = draw(st.integers(0, of or len(scene.members)))
    bound: Literal["exactly", "at-least", "about"] = draw(
        st.sampled_from(["exactly", "exactly", "exactly", "at-least", "at-least", "about"])
    )
    group = "a" if draw(one_in(12)) else ""
    counts = [Count("support", number, group)]
    left = (of or len(scene.members)) - number
    if left and number and not group and draw(one_in(5)):
        counts.append(Count("objection", draw(st.integers(0, left))))
    candidate = draw(st.sampled_from(scene.candidates))
    return Tally(
        counts=tuple(counts), of=of, bound=bound, candidate=candidate, **_dating(draw, scene)
    )


CLAIMS: tuple[Callable[[Scene], st.SearchStrategy[AnyEntry]], ...] = (
    *[_positions] * 6,
    *[_objections] * 2,
    _reserves,
    *[_tallies] * 4,
)


def claims(scene: Scene, most: int) -> st.SearchStrategy[list[AnyEntry]]:
    """Up to so many claims about the scene."""
    one = st.sampled_from(CLAIMS).flatmap(lambda make: make(scene))
    return st.integers(1, 2 * most).flatmap(
        lambda n: st.lists(one, min_size=min(n, most), max_size=most)
    )


# -- records and questions -------------------------------------------------------------------


def _of_a_group_at_an_event(entry: AnyEntry) -> bool:
    groups = isinstance(entry, Tally) and any(count.group for count in entry.counts)
    return groups and bool(entry.before or entry.after)


def _exact(when: When) -> bool:
    return isinstance(when.earliest, datetime)


@st.composite
def _outside(draw: st.DrawFn, scene: Scene, events: list[AnyEntry]) -> list[AnyEntry]:
    """A decision and an expectation, now and then."""
    out: list[AnyEntry] = []
    if draw(one_in(3)):
        link = {"after": draw(st.sampled_from(scene.events))} if scene.events else {}
        candidate = draw(st.sampled_from(scene.candidates))
        more = link if draw(one_in(4)) else {}
        out.append(decided(draw(dates(scene.days)).text, candidate, **more))
    again = draw(one_in(4))
    if out and again:  # somebody else tells it, otherwise perhaps
        when = draw(dates(scene.days))
        if _exact(when) or (out[0].happened and _exact(out[0].happened)):
            when = out[0].happened or when  # a contradicted instant counts as its day
        other = decided(when.text, draw(st.sampled_from(scene.candidates)))
        refused = draw(one_in(2))
        out.append(replace(other, result="rejected") if refused else other)
    # Of whom it is said to be suspended, nobody expects that it will join.
    off = {e.member for e in events if isinstance(e, Membership) and e.change == "suspension"}
    told_of = (
        e
        for e in [*events, *out]
        if e.happened and not _exact(e.happened) and getattr(e, "member", "") not in off
    )
    keys = [key for entry in told_of for key in moved(entry)]
    if draw(one_in(6)) and keys:
        told = on(draw(st.integers(1, scene.days)))
        out.append(Expectation(expects=draw(st.sampled_from(keys)), happened=told))
    return out


@st.composite
def _corrections(draw: st.DrawFn, scene: Scene, made: list[AnyEntry]) -> list[AnyEntry]:
    """One claim corrected, to nothing or to another; seldom by two rivals."""
    wrong = draw(st.sampled_from(made))
    rights = draw(st.lists(_positions(scene), max_size=2))
    if not rights:
        return [corrects(wrong)]
    ids = {entry.id for entry in made}
    return [e for right in rights if right.id not in ids for e in (right, corrects(wrong, right))]


@st.composite
def completeness(draw: st.DrawFn, days: int) -> tuple[Completeness, ...]:
    """Nothing, or that the record holds every position or every objection."""
    sort = draw(st.sampled_from(["none"] * 7 + ["position", "objection", "both"]))
    kinds = {"none": (), "both": ("position", "objection")}.get(sort, (sort,))
    end = on(draw(st.integers(1, days))) if draw(one_in(5)) and kinds else None
    start = on(draw(st.integers(1, 2))) if draw(one_in(6)) and kinds else None
    return tuple(Completeness(kind, start, end) for kind in kinds)  # type: ignore[arg-type]


@st.composite
def conventions(draw: st.DrawFn) -> dict[str, object]:
    """Mostly none."""
    out: dict[str, object] = {}
    if draw(one_in(6)):
        out["intent"] = draw(st.booleans())
    if draw(one_in(8)):
        out["tolerance"] = draw(st.integers(0, 1))
    if draw(one_in(8)):
        out["record"] = draw(st.sampled_from(["complete", "reported"]))
    if draw(one_in(8)):
        out["nominee"] = True
    return out


@st.composite
def questions(draw: st.DrawFn, members: int = 3, most: int = 4, days: int = 4) -> Question:
    """A small record and what is asked of it; larger arguments make larger records."""
    rule = draw(st.sampled_from(sorted(RULES)))
    selecting = draw(one_in(3))
    candidates = CANDIDATES[: draw(st.sampled_from([1, 2, 2, 3]))] if selecting else ("",)
    roll = draw(rolls(members, days, rule == "qualified" or draw(one_in(8))))
    counted = draw(conventions())
    events: tuple[AnyEntry, ...] = (
        *roll,
        *(draw(candidacies(candidates, days)) if selecting else []),
    )
    names = tuple(dict.fromkeys(e.member for e in roll if hasattr(e, "member")))
    if "nominee" in counted:
        events = draw(nominated_by(events, names))
    events = draw(dated_by_each_other(events))
    keys = tuple(k for e in events for k in moved(e) if e.happened != LONG_AGO)
    targets = ("",) if draw(one_in(3)) else candidates
    scene = Scene(names, candidates, days, keys, targets, draw(st.booleans()), draw(st.booleans()))
    complete = draw(completeness(days))
    roll_on = on(draw(st.integers(1, days))) if draw(one_in(10)) else None
    make = selection if selecting else motion
    matter = make(completeness=complete, roll_on=roll_on)
    said = draw(claims(scene, most))
    if draw(one_in(8)):
        said = [*said, *draw(_corrections(scene, said))]
    if draw(one_in(6)):
        said = draw(published(said, days))
    on_drafts = draw(one_in(8))
    if on_drafts:
        said = draw(drafted(said, days))
    said = few_moves(said)
    outside = draw(_outside(scene, list(events)))
    outside += draw(told_twice([*events, *outside], days))
    if on_drafts:
        outside = draw(decided_on(outside))
    known = on(draw(st.integers(1, days))) if draw(one_in(5)) else None
    asked = draw(dates(days + 1, uncertain=False))
    if outside or _exact(asked) or any(map(_of_a_group_at_an_event, said)):
        # Whether they had changed at an instant of that day the engine leaves open.
        events = tuple(e for e in events if moved(e) or not isinstance(e, Membership))
    entries: tuple[AnyEntry, ...] = (*events, *outside, *said)
    if draw(one_in(12)):
        entries = (*entries, *draw(rival_dates(entries, days)))
    if known and draw(st.booleans()):
        entries = draw(known_from(entries, days))
    if draw(one_in(12)):
        entries = (*entries, *draw(taken_back(entries)))
    if draw(one_in(12)):
        entries = draw(beside_another(entries))
    return Question((matter, *draw(zones()), *entries), asked, rule, known, counted)
