"""Declared decisions that the computed verdict does not carry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from nemcon.check.checked import REGISTER, Checked
from nemcon.check.lookup import procedure_of
from nemcon.check.words import count, plain, quoted
from nemcon.entries import Decision
from nemcon.findings import Finding, Severity
from nemcon.saying import listed, marked, say
from nemcon.state import State
from nemcon.worlds.course import Declared, at_decision, declared
from nemcon.worlds.course import carried as whether_carried
from nemcon.worlds.verdict import Answer

marked("not carried", "not shown to be carried")


def decisions_carried(checked: Checked) -> Iterator[Finding]:
    """Favourable decisions for which the rule was not met, or is not shown to have been."""
    if not checked.roll.stays:
        return  # nothing can be carried, and `no-members` says why
    decided = {checked.matter_of(d) for d in checked.all(Decision)} - {""}
    for matter in sorted(decided):
        state = _of_matter(checked, matter)
        made = declared(state, matter, None, checked.conventions, checked.kept)
        if made is None or not made.favourable:
            continue
        procedure = procedure_of(checked, matter, checked.day_range(made.decided))
        if procedure is not None:
            found = at_decision(state, matter, procedure, checked.conventions, made, checked.kept)
            finding = carried(made, found, checked.titles)
            if finding:
                place = checked.finding("", "note", "", made.reports).place
                yield replace(finding, place=place)


def _of_matter(checked: Checked, matter: str) -> State:
    """The state without what other matters say: the engine looks through all entries, often."""
    if len(checked.matters) < 2:
        return checked.state

    def make() -> State:
        return replace(
            checked.state,
            variants=tuple(
                tuple(
                    e
                    for e in variant
                    if e.matter == matter or (not e.matter and e.kind in REGISTER)
                )
                for variant in checked.state.variants
            ),
        )

    return checked.state.once(("of", matter), make).moved(checked.state.on, checked.state.known)


def carried(made: Declared, at_decision: Answer, titles: Mapping[str, str] = {}) -> Finding | None:
    """The finding for a favourable decision, given the answer at its own instant (`answer` with
    `event="decision"`): not carried, or not shown to be; None if it is carried.

    Not carried is an error where the record is complete and the chair states no reason.
    """
    verdict = whether_carried(at_decision, made)
    if verdict == "carried":
        return None
    reason = next((d.reason for d in made.reports if d.reason), "")
    severity: Severity = "warning"
    if verdict == "not carried" and at_decision.complete and not reason:
        severity = "error"
    message = say(
        "{decision} is {verdict} by the rule{support}; {advice}",
        decision=_decision_words(made, titles),
        verdict=say(verdict),
        support=_support(made, at_decision),
        advice=_advice(verdict, reason, made, at_decision),
    )
    return Finding(
        f"decision-{verdict.replace(' ', '-')}",
        severity,
        message,
        tuple(sorted(d.id for d in made.reports)),
    )


def _decision_words(made: Declared, titles: Mapping[str, str]) -> str:
    people = [plain(titles.get(one, one)) for one in made.candidates if one]
    if not people:
        return say("the decision of {date}", date=made.decided)
    who = listed(people, "or")
    return say("the decision of {date} to appoint {who}", date=made.decided, who=who)


def _support(made: Declared, found: Answer) -> str:
    """The support that the record shows at the decision, as far as it was reckoned."""
    if len(made.candidates) > 1:
        return ""
    for one in found.reckonings:
        if one.candidate in (made.candidate, ""):
            if one.standing.possible and not one.standing.may_run:
                return say(" (the candidate had left the contest)")
            support = count(one.support.least, one.support.most)
            return say(
                " (support then: {support} of {roll})",
                support=support,
                roll=count(one.roll.least, one.roll.most),
            )
    return ""


def _advice(verdict: str, reason: str, made: Declared, found: Answer) -> str:
    if made.contradicting:
        return say("its reports contradict each other: correct the one that is wrong")
    if reason:
        return say("the reason stated is {reason}", reason=quoted(reason))
    if not found.exact:
        return say("the reports fit together in too many ways to decide it; date them more closely")
    if found.unreadable:
        return say("entries that cannot be read may say more")
    if verdict == "not carried":
        return say("record the stances that are missing, or the chair's reason in 'reason'")
    return say("record who supported it and when, as far as that can be known")
