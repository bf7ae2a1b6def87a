"""The sentence of each kind of entry, by the name of the kind. `words.describe` completes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from nemcon.entries import (
    ALL,
    Attestation,
    Body,
    Candidacy,
    Commitment,
    Confirmation,
    Correction,
    Credential,
    Decision,
    Draft,
    Expectation,
    Matter,
    Meeting,
    Membership,
    Objection,
    Office,
    Organ,
    Party,
    Position,
    Rejection,
    Remark,
    Reserve,
    Rule,
    Silence,
    Source,
    Statement,
    Tally,
    Term,
)
from nemcon.views.dates import on_words, when_words
from nemcon.views.phrases import (
    Titles,
    dated,
    event_words,
    listed,
    members_words,
    named,
    plural,
    source_words,
    the,
)
from nemcon.when import When

_STANCES: Mapping[str, tuple[str, str, str]] = {
    "support": ("supported", "did not support", "support"),
    "objection": ("objected to", "did not object to", "object to"),
    "no-objection": (
        "had no objection to",
        "had not said that they do not object to",
        "not object to",
    ),
    "abstention": ("abstained on", "did not abstain on", "abstain on"),
    "hesitation": ("hesitated over", "did not hesitate over", "hesitate over"),
    "recusal": ("recused themselves on", "did not recuse themselves on", "recuse themselves on"),
    "none": ("had taken no position on", "had taken a position on", "take no position on"),
}


def _source(entry: Source, _: Titles) -> str:
    place = f" ({entry.place})" if entry.place else ""
    return f"source: {source_words(entry)}{place}"


def _body(entry: Body, _: Titles) -> str:
    return f"{entry.title} is a body; its members are called {entry.member_title}"


def _organ(entry: Organ, titles: Titles) -> str:
    of = f" of {named(entry.body, titles)}" if entry.body else ""
    chair = f", chaired by {the(entry.chair, titles)}" if entry.chair else ""
    return f"{entry.title} is an organ{of}{chair}"


def _party(entry: Party, titles: Titles) -> str:
    more = [*([named(entry.of, titles)] if entry.of else []), *entry.roles]
    sort = {"state": "a State", "person": "a person", "organisation": "an organisation"}[entry.sort]
    return f"{entry.title} is {sort} ({', '.join(more)})" if more else f"{entry.title} is {sort}"


def _membership(entry: Membership, titles: Titles) -> str:
    who, body = named(entry.member, titles), named(entry.body, titles) or "the body"
    values = listed([f"{name} {value}" for name, value in entry.attributes.items()])
    said = {
        "accession": f"joined {body}",
        "withdrawal": f"left {body}",
        "suspension": f"was suspended from {body}",
        "resumption": f"resumed its membership of {body}",
        "attributes": f"has {values}",
    }[entry.change]
    more = f" with {values}" if values and entry.change != "attributes" else ""
    return f"{_planned(entry, f'{who} {said}')}{more}{dated(entry, titles)}"


def _office(entry: Office, titles: Titles) -> str:
    of = f" of {named(entry.body, titles)}" if entry.body else ""
    years = f", held for {plural(entry.years, 'year')} at a time" if entry.years else ""
    return f"{entry.title} is an office{of}{years}"


def _term(entry: Term, titles: Titles) -> str:
    office = f"the office of {named(entry.office, titles)}"
    took, left = (
        ("is to take up", "is to leave")
        if entry.modality == "planned"
        else (
            "took up",
            "left",
        )
    )
    start = f"{took} {office} {on_words(entry.start)}" if entry.start else ""
    end = f"{left} {'it' if start else office} {on_words(entry.end)}" if entry.end else ""
    said = listed([part for part in (start, end) if part]) or f"holds {office}"
    acting = " (acting)" if entry.acting else ""
    after = f", after {named(entry.succeeds, titles)}" if entry.succeeds else ""
    other = "" if entry.modality == "planned" else _modality(entry)
    return f"{other}{named(entry.holder, titles)}{acting} {said}{after}"


def _credential(entry: Credential, titles: Titles) -> str:
    organ = f" in {the(entry.organ, titles)}" if entry.organ else ""
    end = f", until {when_words(entry.end)}" if entry.end else ""
    return (
        f"{named(entry.person, titles)} may speak for {named(entry.member, titles)}{organ}"
        f"{dated(entry, titles)}{end}"
    )


def _rule(entry: Rule, titles: Titles) -> str:
    wants = {
        "approval-of-all": "the approval of all members is needed",
        "consensus": "decisions are taken by consensus",
    }.get(entry.requires, entry.requires)
    size = f" ({entry.of} of them)" if entry.of else ""
    name = entry.title or named(entry.name, titles)
    head = f"the rule “{name}”: " if name else "the rule: "
    text = f"{head}{wants}{size}" if wants else head.removesuffix(": ")
    period = _period(entry.start, entry.end)
    return f"{text}, in force{period}" if period else text


def _matter(entry: Matter, titles: Titles) -> str:
    name = entry.title or entry.name
    office = f" to the office of {named(entry.office, titles)}" if entry.office else ""
    organ = f" before {the(entry.organ, titles)}" if entry.organ else ""
    what = "a selection" if entry.sort == "selection" else "a motion"
    field = f", with a field of {entry.field_of}" if entry.field_of else ""
    return f"“{name}” is {what}{office}{organ}{field}{_complete(entry)}"


def _complete(entry: Matter) -> str:
    said = [f"{c.what}s{_period(c.start, c.end)}" for c in entry.completeness]
    return f"; the record holds all {listed(said)}" if said else ""


def _draft(entry: Draft, titles: Titles) -> str:
    revision = f", revision {entry.revision}" if entry.revision else ""
    language = f", in {entry.language}" if entry.language else ""
    return f"the draft “{entry.title or entry.name}”{revision}{language}{dated(entry, titles)}"


def _candidacy(entry: Candidacy, titles: Titles) -> str:
    who = named(entry.candidate, titles)
    by = f" by {named(entry.by, titles)}" if entry.by else ""
    said = {
        "running": "was a candidate",
        "declared": "declared a candidacy",
        "nominated": f"was nominated{by}",
        "accepted": "accepted the nomination",
        "declined": "declined",
        "withdrawn": "withdrew",
        "eliminated": "was eliminated",
    }[entry.change]
    told = f"; the body was told {on_words(entry.told)}" if entry.told else ""
    public = f"; public {on_words(entry.public)}" if entry.public else ""
    cause = f"; because: {entry.cause}" if entry.cause else ""
    return f"{_planned(entry, f'{who} {said}')}{dated(entry, titles)}{told}{public}{cause}"


def _position(entry: Position, titles: Titles) -> str:
    who = members_words(entry.members, entry.excepted, titles) or entry.group or "members"
    if entry.group and entry.members:
        who = f"{who} ({entry.group})"
    if entry.including:
        who = f"members including {who}"
    everybody = entry.members == (ALL,) and not entry.excepted
    if everybody and entry.negated and entry.claim == "holds" and entry.modality != "planned":
        who, verb = "no member", _stance(entry.stance)[0]
    else:
        verb = _stance_verb(entry)
    aim = named(entry.candidate or entry.draft, titles) or "the motion"
    denied = "it was denied that " if entry.modality == "denied" else ""
    return f"{denied}{who} {verb} {aim}{dated(entry, titles)}{_terms(entry)}"


def _stance(stance: str) -> tuple[str, str, str]:
    """A stance as three verbs: held, not held, to be held."""
    other = f"hold “{stance}” on"
    return _STANCES.get(stance, (f"held “{stance}” on", f"did not {other}", other))


def _stance_verb(entry: Position) -> str:
    held, not_held, to_hold = _stance(entry.stance)
    no = "not " if entry.negated else ""
    if entry.modality == "planned":
        return f"intended {no}to {to_hold}"
    if entry.claim == "changes":
        return f"came {no}to {to_hold}"
    return not_held if entry.negated else held


def _terms(entry: Position) -> str:
    """What makes a position less than final."""
    out = ""
    if entry.condition:
        met = f", met {on_words(entry.condition_met)}" if entry.condition_met else ""
        out += f", on the condition: {entry.condition}{met}"
    elif entry.modality == "conditional":
        out += ", on a condition"
    if entry.authority == "ad-referendum":
        done = f" {on_words(entry.confirmed)}" if entry.confirmed else ""
        out += f", confirmed{done}" if entry.confirmed else ", subject to confirmation at home"
    elif entry.authority:
        out += f", {entry.authority.replace('-', ' ')}"
    return out + (", in confidence" if entry.confidential else "")


def _reserve(entry: Reserve, titles: Titles) -> str:
    aim = named(entry.candidate or entry.draft, titles) or "the motion"
    reason = f" ({entry.reason})" if entry.reason else ""
    lifted = f"; lifted {on_words(entry.lifted)}" if entry.lifted else ""
    sort = entry.sort.replace("-", " ")
    who = named(entry.member, titles)
    return f"{who} had a {sort} reserve on {aim}{reason}{dated(entry, titles)}{lifted}"


def _objection(entry: Objection, titles: Titles) -> str:
    aim = named(entry.candidate or entry.draft, titles) or "the motion"
    reason = f" ({entry.reason})" if entry.reason else ""
    refused = "; not admitted" if entry.admitted is False else ""
    ended = f"; {entry.end or 'ended'} {on_words(entry.ended)}" if entry.ended else ""
    return (
        f"{named(entry.member, titles)} objected to {aim}{reason}{dated(entry, titles)}"
        f"{refused}{ended}"
    )


def _commitment(entry: Commitment, titles: Titles) -> str:
    verb = {
        "requested": "asked for",
        "pledged": "pledged",
        "delivered": "delivered",
        "lapsed": "let lapse",
    }[entry.change]
    amount = f" ({entry.quantity} of {entry.stock})" if entry.quantity and entry.stock else ""
    to = f" to {named(entry.to, titles)}" if entry.to else ""
    tied = f", tied to {event_words(entry.tied_to, titles)}" if entry.tied_to else ""
    beside = (
        f", announced together with {event_words(entry.announced_with, titles)}"
        if entry.announced_with
        else ""
    )
    by = f", announced by {named(entry.announced_by, titles)}" if entry.announced_by else ""
    return (
        f"{named(entry.by, titles)} {verb} {entry.what}{amount}{to}{dated(entry, titles)}"
        f"{by}{beside}{tied}"
    )


def _silence(entry: Silence, titles: Titles) -> str:
    draft = f" on {named(entry.draft, titles)}" if entry.draft else ""
    deadline = f", deadline {when_words(entry.deadline)}" if entry.deadline else ""
    members = f" to {members_words(entry.members, (), titles)}" if entry.members else ""
    by = f" by {named(entry.by, titles)}" if entry.by else ""
    return f"silence procedure{draft}: {entry.change}{members}{by}{dated(entry, titles)}{deadline}"


def _meeting(entry: Meeting, titles: Titles) -> str:
    place = f" in {entry.place}" if entry.place else ""
    level = f" at the level of {entry.level}" if entry.level else ""
    chair = f", chaired by {named(entry.presiding, titles)}" if entry.presiding else ""
    return f"{the(entry.organ, titles)} met{place}{level}{dated(entry, titles)}{chair}"


def _tally(entry: Tally, titles: Titles) -> str:
    bound = {"exactly": "", "at-least": "at least ", "about": "about "}[entry.bound]
    of = f" of {entry.of}" if entry.of else ""
    aim = named(entry.candidate or entry.draft, titles)
    parts = []
    for count in entry.counts:
        group = f" {count.group}" if count.group else ""
        what = f"{bound}{count.number}{of}{group} members {_stance(count.stance)[0]}"
        parts.append(f"{what} {aim or 'the motion'}")
    turn = f" in round {entry.round}" if entry.round else ""
    told = listed(parts) or "a tally without numbers"
    return f"{told}{turn}{dated(entry, titles)}"


def _decision(entry: Decision, titles: Titles) -> str:
    organ = the(entry.organ, titles) if entry.organ else "the body"
    aim = named(entry.candidate or entry.draft, titles)
    said = {
        "appointed": f"appointed {aim}".rstrip(),
        "adopted": f"adopted {aim or 'the motion'}",
        "not-adopted": f"did not adopt {aim or 'the motion'}",
        "rejected": f"rejected {aim or 'the motion'}",
        "other": f"decided on {aim or 'the matter'}",
    }[entry.result]
    manner = f" by {entry.manner.replace('-', ' ')}" if entry.manner else ""
    manner = manner.replace("by without", "without")
    announced = f"; announced {on_words(entry.announced)}" if entry.announced else ""
    effective = ""
    if entry.effective:
        planned = "in effect" if entry.effective_confirmed else "to take effect"
        effective = f"; {planned} {on_words(entry.effective)}"
    reason = f"; the chair's reason: {entry.reason}" if entry.reason else ""
    return (
        f"{_planned(entry, f'{organ} {said}')}{manner}{dated(entry, titles)}{announced}{effective}"
        f"{reason}"
    )


def _statement(entry: Statement, titles: Titles) -> str:
    return (
        f"{named(entry.by, titles)} made a statement ({entry.sort}){dated(entry, titles)}: "
        f"{entry.text}"
    )


def _remark(entry: Remark, titles: Titles) -> str:
    role = f", {entry.role}," if entry.role else ""
    about = f" of {event_words(entry.about, titles)}" if entry.about else ""
    channel = f" on {entry.channel}" if entry.channel else ""
    who = named(entry.speaker, titles) or "somebody"
    words = f"“{entry.quote}”" if entry.quote else entry.text
    return f"{who}{role} said{about}{channel}{dated(entry, titles)}: {words}".rstrip(": ")


def _expectation(entry: Expectation, titles: Titles) -> str:
    who = named(entry.by, titles) or "it is"
    verb = "expected" if who == "it is" else ("expect" if who.endswith("s") else "expects")
    window = entry.window_text or (when_words(entry.window) if entry.window else "")
    window = "" if window in entry.text else window
    what = entry.text or event_words(entry.expects, titles)
    said = f", said{dated(entry, titles)}" if entry.happened else ""
    return f"{who} {verb} {what}{f' ({window})' if window else ''}{said}"


def _attestation(entry: Attestation, titles: Titles) -> str:
    role = f" ({entry.role})" if entry.role else ""
    grounds = f", on these grounds: {entry.grounds}" if entry.grounds else ""
    return (
        f"{named(entry.by, titles)}{role} attested{dated(entry, titles)}: {entry.finding}{grounds}"
    )


def _correction(entry: Correction, titles: Titles) -> str:
    if entry.corrects.startswith(("confirmation-", "rejection-")) and not entry.replacement:
        return f"{entry.corrects} was taken back{_by(entry.by, titles)}{_reason(entry.reason)}"
    instead = (
        f"; instead stands {entry.replacement}" if entry.replacement else "; nothing stands instead"
    )
    return f"correction of {entry.corrects}{_by(entry.by, titles)}{_reason(entry.reason)}{instead}"


def _confirmation(entry: Confirmation, titles: Titles) -> str:
    return f"{entry.confirms} was confirmed{_by(entry.by, titles)}{dated(entry, titles)}"


def _rejection(entry: Rejection, titles: Titles) -> str:
    return (
        f"{entry.rejects} was rejected{_by(entry.by, titles)}{dated(entry, titles)}"
        f"{_reason(entry.reason)}"
    )


def _by(who: str, titles: Titles) -> str:
    return f" by {named(who, titles)}" if who else ""


def _reason(reason: str) -> str:
    return f" ({reason})" if reason else ""


def _period(start: When | None, end: When | None) -> str:
    out = f" from {when_words(start)}" if start else ""
    return out + (f" until {when_words(end)}" if end else "")


def _planned(entry: Any, text: str) -> str:
    return f"{_modality(entry)}{text}"


def _modality(entry: Any) -> str:
    """What kind of claim it is, where it is not simply said to be so."""
    said = {
        "planned": "it is planned that ",
        "conditional": "on a condition: ",
        "denied": "it was denied that ",
    }
    return said.get(entry.modality, "")


SENTENCES: Mapping[str, Callable[[Any, Titles], str]] = {
    "source": _source,
    "body": _body,
    "organ": _organ,
    "party": _party,
    "membership": _membership,
    "office": _office,
    "term": _term,
    "credential": _credential,
    "rule": _rule,
    "matter": _matter,
    "draft": _draft,
    "candidacy": _candidacy,
    "position": _position,
    "reserve": _reserve,
    "objection": _objection,
    "commitment": _commitment,
    "silence": _silence,
    "meeting": _meeting,
    "tally": _tally,
    "decision": _decision,
    "statement": _statement,
    "remark": _remark,
    "expectation": _expectation,
    "attestation": _attestation,
    "correction": _correction,
    "confirmation": _confirmation,
    "rejection": _rejection,
}
