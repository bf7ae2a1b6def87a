"""An answer in plain words, part by part: what every face says of a status."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date

from nemcon.entries import Rule
from nemcon.rules.decide import one_objection_blocks
from nemcon.views.dates import day_words, on_words, when_words
from nemcon.views.phrases import also, event_words, outcome_words, plural, the
from nemcon.views.question import Question
from nemcon.views.status import StatusView
from nemcon.views.tongue import _, marked, numbered
from nemcon.views.unread import none_read_words
from nemcon.when import When
from nemcon.worlds.course import Declared, Hope, Stage
from nemcon.worlds.days import instant
from nemcon.worlds.shown import Beside
from nemcon.worlds.verdict import Reckoning


def title_of(view: StatusView) -> str:
    """The matter and the body as a heading."""
    asked_for = view.question
    office = view.title(asked_for.office) if asked_for.office else ""
    selection = _("selection: {office}").format(office=office) if office else asked_for.matter
    title = asked_for.title or selection
    body = f"{view.title(view.body)}: " if view.body else ""
    return f"{body}{title} ({asked_for.matter})" if title != asked_for.matter else f"{body}{title}"


def asked_when(view: StatusView) -> str:
    """The date asked about, and how far the record knows."""
    text = on_words(view.on)
    text = f"{text[:1].upper()}{text[1:]}"
    if view.known:
        known = on_words(view.known)
        text = _("{asked}, as known {known}").format(asked=text, known=known)
    if view.assumed:
        told = _("{asked} (past what is known: positions are assumed to persist)")
        return told.format(asked=text)
    return text


_LONGEST_CITE = 60  # an article, not a list of documents; `why` has all of it

_STAGES = {
    "open": "open",
    "consensus": "consensus reported",
    "decided": "decided",
    "in-office": "in office",
    "in-force": "in force",
    "lapsed": "lapsed",
}
marked("open", "consensus reported", "decided", "in office", "in force", "lapsed")
marked("rule met, not yet decided", "no known objection")


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
    possible = [_(words[name]) for name in stage.possible]
    if len(possible) == 1:
        return possible[0]
    told = _("{certain} (perhaps already {possible})")
    return told.format(certain=possible[0], possible=either(possible[1:]))


def either(words: Sequence[str]) -> str:
    """*A*, *A or B*, *A or B or C*."""
    return _(" or ").join(words)


_STATUSES = {"unknown": "candidacy not stated"}
marked("candidacy not stated", "running", "declared", "nominated", "accepted", "declined")
marked("withdrawn", "eliminated", "selected", "designate", "holder", " or ")


def statuses_words(possible: Sequence[str]) -> str:
    """The status of a candidate, or every one that is possible."""
    words = [_(_STATUSES.get(status, status)) for status in possible]
    return words[0] if len(words) == 1 else _("possibly {words}").format(words=either(words))


def standing_words(view: StatusView, one: Reckoning) -> list[str]:
    """The status of a candidate, with the dates of a withdrawal and the one that was used."""
    if not one.candidate:
        return []
    words = statuses_words(one.standing.possible)
    step = one.standing.departure
    if step is None:
        return [words]
    dates = [
        _("told {date}").format(date=on_words(step.told)) if step.told else "",
        _("public {date}").format(date=on_words(step.public)) if step.public else "",
    ]
    used = _used(view, one)
    return [f"{words} ({'; '.join(part for part in (*dates, used) if part)})"]


def _used(view: StatusView, one: Reckoning) -> str:
    """The day from which the withdrawal counts for certain."""
    told = [each for each in view.to_json()["candidates"] if each["candidate"] == one.candidate]
    day = told[0]["dates"]["used"]
    if not day:
        return ""
    return _("certain from {date}").format(date=day_words(date.fromisoformat(day)))


def support_words(one: Reckoning) -> str:
    """By how many of how many a candidate or a motion is supported."""
    least, most = one.support.least, one.support.most
    text = _("{low} to {high}")
    many = str(most) if least == most else text.format(low=least, high=most)
    low, high = one.roll.least, one.roll.most
    roll = plural(high, "member")
    if low != high:
        roll = _("{low} to {high} members").format(low=low, high=high)
    return _("supported by {many} of {roll}").format(many=many, roll=roll)


def plus_words(view: StatusView, one: Reckoning) -> str:
    """What proposals that wait would add for certain: *31 confirmed, +1 proposed*; else empty."""
    plus = view.plus(one)
    if not plus:
        return ""
    told = _("{n} confirmed, {plus} proposed")
    return told.format(n=one.support.least, plus=f"{plus:+}")


def waiting_words(view: StatusView) -> str:
    """What the verdict would be, were the proposals confirmed; empty where it would be the same."""
    if view.waiting is None or view.waiting.verdict == view.answer.verdict:
        return ""
    told = numbered(
        "with it the verdict would be {verdict}",
        "with them the verdict would be {verdict}",
        view.proposed,
    )
    return told.format(verdict=_(view.waiting.verdict))


def decision_words(view: StatusView) -> str:
    """The declared decision in a line."""
    made = view.declared
    if made is None or made.taken is False:
        if made is None:
            return _("none reported")
        return _("none by then (later: {date})").format(date=when_words(made.decided))
    organ = next((r.organ for r in made.reports if r.organ), view.question.organ)
    whom = _whom_words(view, made)
    decided = " ".join(filter(None, [_manner_words(made), on_words(_moment(made))]))
    if organ:
        told = _("{whom} by {organ}, decided {date}")
        parts = [told.format(whom=whom, organ=the(organ, view.titles), date=decided)]
    else:
        parts = [_("{whom}, decided {date}").format(whom=whom, date=decided)]
    if view.under is not None:
        parts.append(_under_words(view.under))
    if made.announced:
        parts.append(_("announced {date}").format(date=on_words(made.announced)))
    if view.effective:
        when, planned = view.effective
        parts.append(
            _("to take effect {date}").format(date=on_words(when))
            if planned
            else _("in effect since {date}").format(date=when_words(when))
        )
    if made.carried:
        parts.append(_(made.carried))
    text = "; ".join(parts)
    if made.contradicting:
        text = _("reports contradict each other: {decision}").format(decision=text)
    return text if made.taken else _("possibly already: {decision}").format(decision=text)


def _manner_words(made: Declared) -> str:
    """*by consensus*, *without a vote*, where its reports agree on that; else empty."""
    manners = {report.manner for report in made.reports if report.manner}
    if len(manners) != 1:
        return ""
    manner = manners.pop().replace("-", " ")
    told = _("{manner}") if manner.startswith("without") else _("by {manner}")
    return told.format(manner=_(manner))


def _moment(made: Declared) -> When:
    """When it was decided: the instant, where its reports tell one and leave no other day."""
    told = {r.happened for r in made.reports if r.happened and instant(r.happened, UTC)}
    return told.pop() if len(told) == 1 and made.decided.certain else made.decided


def _under_words(rule: Rule) -> str:
    """The rule that it was decided under, with its article where that is short."""
    title = rule.title or rule.name
    cite = rule.cite if len(rule.cite) <= _LONGEST_CITE else ""
    return also(_("under the rule “{title}”").format(title=title), _("{said} ({cite})"), cite=cite)


def _whom_words(view: StatusView, made: Declared) -> str:
    """Whom or what was decided, by each report where they contradict each other."""
    if not made.contradicting:
        return outcome_words(made.outcomes[0], view.titles)
    told = _("{what} ({sources})")
    each = [
        told.format(what=outcome_words(some, view.titles), sources=", ".join(by))
        for some, by in zip(made.outcomes, view.told_by, strict=True)
    ]
    return _(" or ").join(each)


marked("carried", "not carried", "not shown to be carried", "met", "not met", "cannot tell")
marked("appointed", "adopted", "not-adopted", "rejected", "other")


def office_words(view: StatusView) -> str:
    """Who holds the office, and who is chosen for it, in a line."""
    office = view.title(view.question.office)
    if view.holder is None:
        parts = [_("nobody known as {office}").format(office=office)]
    else:
        told = _("{who} is {office} (acting)") if view.holder.acting else _("{who} is {office}")
        parts = [told.format(who=view.title(view.holder.holder), office=office)]
    return "; ".join([*parts, *_to_come(view)])


def _to_come(view: StatusView) -> Iterator[str]:
    """Who was planned to hold the office by now, and who is chosen for it; who is both, once."""
    planned = view.planned.holder if view.planned else ""
    if planned and planned == view.designate:
        text = _("{who}, designate, was to take office by now; not confirmed")
        yield text.format(who=view.title(planned))
        return
    if planned:
        told = _("{who} was planned to be by now, not confirmed")
        yield told.format(who=view.title(planned))
    if view.designate:
        yield _("{who} is designate").format(who=view.title(view.designate))


def hope_words(view: StatusView, hope: Hope) -> str:
    """What is expected, for when and by whom, since when, and what came of it."""
    what = hope.entry.text or event_words(hope.entry.expects, view.titles)
    window = hope.entry.window_text
    window = f" {window}" if window and window not in what else ""
    text = f"{what}{window}"
    when, who = hope.entry.window, hope.entry.by
    text = also(text, _("{said} (expected {when})"), when=on_words(when) if when else "")
    text = also(text, _("{said}, on the word of {who}"), who=view.title(who) if who else "")
    if hope.reported:
        text = _("{what}, reported {date}").format(what=text, date=on_words(hope.reported))
    if hope.status == "late":
        return _late_words(text, hope)
    text = f"{text}: {_(hope.status)}"
    resolved = f" {on_words(hope.resolved)}" if hope.resolved else ""
    days = _(", {days} later").format(days=plural(hope.days, "day")) if hope.days else ""
    return f"{text}{resolved}{days}"


marked("open", "fulfilled", "late", "failed")


def _late_words(text: str, hope: Hope) -> str:
    """*came on 15 February 2021, 98 days after the day expected*."""
    came = on_words(hope.resolved) if hope.resolved else ""
    if not hope.days_late:
        told = _("{expected}: came {date}, after the day expected")
        return told.format(expected=text, date=came)
    told = numbered(
        "{expected}: came {date}, {n} day after the day expected",
        "{expected}: came {date}, {n} days after the day expected",
        hope.days_late,
    )
    return told.format(expected=text, date=came, n=hope.days_late)


def shown_words(view: StatusView, shown: Beside) -> str:
    """What a rule shows beside the verdict: *yes*, *no*, or why that cannot be told."""
    if shown.answer == "no" and view.answer_to(shown) != "no":
        return none_read_words(view.unread)
    if shown.groups:
        told = numbered(
            "yes, by an unnamed group ({groups})",
            "yes, by unnamed groups ({groups})",
            len(shown.groups),
        )
        return told.format(groups="; ".join(shown.groups))
    return _(shown.answer)


marked("yes", "no")
