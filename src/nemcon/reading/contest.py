"""What the selection is: which office, who holds it and who held it, who stands for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from nemcon.entries import Office, Term
from nemcon.reading.contenders import NEXT, candidates, in_one_breath, other_contest, succeeded
from nemcon.reading.line import Line
from nemcon.reading.posts import post_at, purpose
from nemcon.reading.scene import ONE_SELECTION, Scene
from nemcon.reading.view import OFFICE, View


def find_contest(scenes: Sequence[Scene]) -> None:
    """Set the office, its holder and the candidates of each report.

    A report that names no office is about the one that the others of its time name; who stands
    for it in one report stands for it in the others of that time.
    """
    for scene in scenes:
        scene.office = _office(scene)
    named = [(scene, scene.office) for scene in scenes if scene.office is not None]
    for scene in scenes:
        near = {office for other, office in named if _one_selection(scene, other)}
        scene.office = scene.office or (near.pop() if len(near) == 1 else None)
        scene.holder = _holder(scene, scene.office) if scene.office is not None else ""
    alone = [(scene, _alone(scene)) for scene in scenes]
    for scene in scenes:
        for other, found in alone:
            if other.office == scene.office and _one_selection(scene, other):
                known = {person for person in found if scene.people.get(person) is not None}
                scene.candidates |= known - {scene.holder} - past_holders(scene)


def _alone(scene: Scene) -> set[str]:
    """The candidates that a report shows by itself."""
    if scene.office is None:
        return set()
    found = {person for line in scene.lines for person in candidates(line, scene)}
    found |= {person for line in scene.lines for person in in_one_breath(line, found)}
    return found - {"", scene.holder} - past_holders(scene)


def _one_selection(scene: Scene, other: Scene) -> bool:
    """Whether two reports are near enough in time to be about one selection."""
    days = days_between(scene, other)
    return scene is other or (days is not None and days <= ONE_SELECTION)


def days_between(scene: Scene, other: Scene) -> int | None:
    """How many days lie between two reports; None where one has no date."""
    here, there = scene.report.last_day(), other.report.last_day()
    return abs((here - there).days) if here is not None and there is not None else None


def past_holders(scene: Scene) -> set[str]:
    """Who had already held the office at the time of the report, by the pack."""
    return {term.holder for term in scene.names.terms if _began(term, scene)}


def _began(term: Term, scene: Scene) -> bool:
    """Whether somebody had already held the office at the time of the report."""
    start, report = term.start, scene.report.last_day()
    first = start.first_day() if start else None
    return first is not None and report is not None and first <= report


def _office(scene: Scene) -> Office | None:
    """The office of the pack that the report names most; None if it names none, or two alike."""
    counts = Counter(office for line in scene.lines for office in _offices(line))
    ranked = counts.most_common(2)
    if not ranked and len(scene.names.offices) == 1 and any(map(_for_the_lead, scene.lines)):
        return scene.names.offices[0]
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return next(office for office in scene.names.offices if office.name == ranked[0][0])


def _for_the_lead(line: Line) -> bool:
    """*the race to lead the body*, *the next head of the body*: the one office of the pack."""
    view = line.view
    for i in range(view.size):
        if view.tokens[i].quoted:
            continue
        lead = view.word(i) == "to" and view.word(i + 1) in {"lead", "head"}
        if (lead and purpose(view, i) > i) or _next_head(view, i):
            return not other_contest(line)
    return False


def _next_head(view: View, i: int) -> bool:
    post = post_at(view, i) if view.word(i) in NEXT else None
    return post is not None and bool(post[0].id)


def _offices(line: Line) -> list[str]:
    """The offices that a sentence names, also inside other phrases (*his bid for the post*)."""
    view = line.view
    named = [i for i in range(view.size) if view.named(i, OFFICE) is not None]
    found = [post_at(view, i) for i in named]
    heads = [noun.id for _, noun in line.nouns() if noun.sort == "post" and noun.id]
    return heads or [post[0].id for post in found if post is not None and post[0].id]


def _holder(scene: Scene, office: Office) -> str:
    """Who holds the office: by the pack on that day, else whom the report says is succeeded."""
    known = scene.names.holder(office.name, scene.report.last_day())
    if known:
        return known
    found = {person for line in scene.lines for person in succeeded(line)}
    return found.pop() if len(found) == 1 else ""
