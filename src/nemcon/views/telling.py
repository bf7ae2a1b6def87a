"""An answer in plain words, part by part: what every face says of a status."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from nemcon.rules.decide import one_objection_blocks
from nemcon.views.dates import day_words, on_words, when_words
from nemcon.views.phrases import event_words, plural, the
from nemcon.views.question import Question
from nemcon.views.status import StatusView
from nemcon.worlds.course import Hope, Stage
from nemcon.worlds.verdict import Reckoning


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
    return stages_words(view.stage, view.question, complete=view.answer.complete)


def stages_words(stage: Stage, question: Question, *, complete: bool) -> str:
    """How far a matter has come, in the words that its rule and its record allow."""
    words = dict(_STAGES)
    if question.procedure is None or not one_objection_blocks(question.procedure):
        words["consensus"] = "rule met, not yet decided"
    elif complete:
        words["consensus"] = "no known objection"
    possible = [words[name] for name in stage.possible]
    if len(possible) == 1:
        return possible[0]
    return f"{possible[0]} for certain, possibly {' or '.join(possible[1:])}"


_STATUSES = {"unknown": "candidacy not stated"}


def statuses_words(possible: Sequence[str]) -> str:
    """The status of a candidate, or every one that is possible."""
    words = [_STATUSES.get(status, status) for status in possible]
    return words[0] if len(words) == 1 else f"possibly {' or '.join(words)}"


def standing_words(view: StatusView, one: Reckoning) -> list[str]:
    """The status of a candidate, with the dates of a withdrawal and the one that was used."""
    if not one.candidate:
        return []
    words = statuses_words(one.standing.possible)
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


def plus_words(view: StatusView, one: Reckoning) -> str:
    """What proposals that wait would add for certain: *31 confirmed, +1 proposed*; else empty."""
    plus = view.plus(one)
    return f"{one.support.least} confirmed, {plus:+} proposed" if plus else ""


def waiting_words(view: StatusView) -> str:
    """What the verdict would be, were the proposals confirmed; empty where it would be the same."""
    if view.waiting is None or view.waiting.verdict == view.answer.verdict:
        return ""
    them = "it" if view.proposed == 1 else "them"
    return f"with {them} the verdict would be {view.waiting.verdict}"


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


def hope_words(view: StatusView, hope: Hope) -> str:
    """What is expected, since when, and what came of it."""
    what = hope.entry.text or event_words(hope.entry.expects, view.titles)
    window = hope.entry.window_text
    window = f" {window}" if window and window not in what else ""
    reported = f", reported {on_words(hope.reported)}" if hope.reported else ""
    resolved = f" {on_words(hope.resolved)}" if hope.resolved else ""
    days = f", {plural(hope.days, 'day')} later" if hope.days else ""
    return f"{what}{window}{reported}: {hope.status}{resolved}{days}"
