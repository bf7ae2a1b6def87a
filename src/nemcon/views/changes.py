"""What changed between two answers, in plain words: one line for each change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from nemcon.views.alphabet import by_name
from nemcon.views.dates import on_words
from nemcon.views.diff import Change, DiffView
from nemcon.views.phrases import listed, plural
from nemcon.views.stands import stands
from nemcon.views.status import StatusView
from nemcon.views.telling import decision_words, either, office_words, stage_words, statuses_words
from nemcon.views.tongue import _, marked
from nemcon.when import When


def change_lines(view: DiffView) -> Iterator[str]:
    """Each change of the answer: *Mark Rutte, support: 29 of 32 → 31 of 32*."""
    done = set()
    for change in (part for each in view.changes for part in _parts(each)):
        about = (
            f"{view.titles.get(change.candidate, change.candidate)}, " if change.candidate else ""
        )
        if change.what not in ("open", "objecting", "against"):
            label = _(_LABELS.get(change.what, change.what))
            yield from (f"{about}{label}: {line}" for line in _change(change, view))
        elif change.candidate not in done:
            done.add(change.candidate)
            yield from (f"{about}{line}" for line in _standing(change.candidate, view))


def _standing(candidate: str, view: DiffView) -> Iterator[str]:
    """Who stands otherwise than before, in the words that fit the rule."""
    before, after = (_groups(side, candidate) for side in (view.before, view.after))
    for label in dict.fromkeys([*after, *before]):
        for line in _moved(before.get(label, ()), after.get(label, ()), view):
            yield f"{label}: {line}"


def _groups(view: StatusView | None, candidate: str) -> dict[str, tuple[str, ...]]:
    found = view.answer.reckonings if view else ()
    one = next((each for each in found if each.candidate == candidate), None)
    if view is None or one is None:
        return {}
    return {group.label: group.members for group in stands(view, one)}


def _parts(change: Change) -> Iterator[Change]:
    """What changed for a motion as for a candidate: its numbers, and who is open, objects, or is
    against.

    Its verdict is told for the whole.
    """
    if change.what != "support" or change.candidate:
        yield change
        return
    before, after = change.before or {}, change.after or {}
    for key in ("support", "open", "against", "objecting"):
        if before.get(key) != after.get(key):
            yield Change(key, before.get(key), after.get(key))


_LABELS = {"dates": "dates of the withdrawal"}
marked(
    "dates of the withdrawal",
    "support",
    "verdict",
    "stage",
    "status",
    "decision",
)
marked("told", "public", "used", "members", "roll", "winner", "nothing known")
marked("office", "expectations", "needed", "now", "no longer", "none", "unknown")
marked("now, new on the roll:", "no longer on the roll:")


def _change(change: Change, view: DiffView) -> Iterator[str]:
    """A change in words, one line or two."""
    if change.what == "status":
        yield f"{_status(change.before)} → {_status(change.after)}"
    elif change.what == "dates":
        yield f"{_dates(change.before)} → {_dates(change.after)}"
    elif change.what in _IN_WORDS:
        words = _IN_WORDS[change.what]
        yield f"{words(view.before) if view.before else _('none')} → {words(view.after)}"
    elif change.what in ("expectations", "needed"):
        yield from _rows(_texts(change.before or ()), _texts(change.after or ()))
    else:
        nothing = _("nothing known") if change.what in ("verdict", "support") else _("none")
        before, after = (
            nothing if each is None else _value(each, view)
            for each in (change.before, change.after)
        )
        yield f"{before} → {after}"


_IN_WORDS = {"decision": decision_words, "office": office_words, "stage": stage_words}


def _moved(then: Iterable[str], now: Iterable[str], view: DiffView) -> Iterable[str]:
    before, after = set(then), set(now)
    came, gone = after - before, before - after
    # Who is not on the other side's roll has not moved: it joined, or left.
    roll = _roll(view.before) if view.before else set()
    joined = came - roll if roll else set()
    left = gone - _roll(view.after)
    for word, members in (
        ("now", came - joined),
        ("now, new on the roll:", joined),
        ("no longer", gone - left),
        ("no longer on the roll:", left),
    ):
        if members:
            yield f"{_(word)} {_some(members, view)}"


def _roll(view: StatusView) -> set[str]:
    """Who can be on the roll."""
    return {member for one in view.answer.reckonings for member in one.supports}


def _dates(value: dict[str, str | None] | None) -> str:
    """A withdrawal: when the body was told, when it was public, and which date counts."""
    given = {name: When.parse(text) for name, text in (value or {}).items() if text}
    if not given:
        return _("none")
    return ", ".join(f"{_(name)} {on_words(when)}" for name, when in given.items())


def _status(value: dict[str, Any] | None) -> str:
    """The status of a candidate, or that nobody had named it."""
    return statuses_words(value["possible"]) if value else _("not named")


def _some(members: Iterable[str], view: DiffView) -> str:
    names = sorted((view.titles.get(member, member) for member in members), key=by_name)
    return listed(names) if len(names) <= 8 else plural(len(names), "member")


def _texts(rows: Iterable[dict[str, Any]]) -> dict[str, str]:
    """What is expected or needed, with how it stands."""
    return {row.get("what") or row["text"]: row.get("status", "") for row in rows}


def _rows(old: dict[str, str], new: dict[str, str]) -> Iterable[str]:
    for text, status in new.items():
        if text not in old:
            told = f"{text} ({_(status)})" if status else text
            yield _("new: {what}").format(what=told)
        elif old[text] != status:
            yield f"{text}: {_(old[text])} → {_(status)}"
    yield from (_("no longer: {what}").format(what=text) for text in old if text not in new)


def _value(value: Any, view: DiffView) -> str:
    """A part of the answer in few words."""
    if value is None:
        return _("none")
    if not isinstance(value, dict):
        return str(view.titles.get(value) or _(value)) if isinstance(value, str) else str(value)
    if "of" in value:
        return _("{many} of {n}").format(many=_bounds(value), n=_bounds(value["of"]))
    if "possible" in value:
        return either([_(each) for each in value["possible"]])
    if "least" in value:
        return _bounds(value)
    parts = [f"{_(key)} {_value(each, view)}" for key, each in value.items() if each is not None]
    return ", ".join(parts) or _("none")


def _bounds(value: dict[str, Any]) -> str:
    least, most = value["least"], value["most"]
    return str(least) if least == most else _("{low} to {high}").format(low=least, high=most)
