"""The sentence of each kind of entry, by the name of the kind. `words.describe` completes them.

A sentence begins as a whole, *A supported B*, and grows by what an entry tells more, each time as a
whole: `{said}, chaired by {who}`. So another language can put everything where it belongs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from nemcon.entries import (
    ALL,
    Attestation,
    Body,
    Candidacy,
    Confirmation,
    Correction,
    Count,
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
from nemcon.views.commitments import commitment_words
from nemcon.views.dates import on_words, when_words
from nemcon.views.phrases import (
    Titles,
    also,
    dated,
    event_words,
    listed,
    members_words,
    named,
    plural,
    source_words,
    the,
)
from nemcon.views.tongue import _, marked, numbered
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
    "": ("held “{stance}” on", "did not hold “{stance}” on", "hold “{stance}” on"),
}
"""Each stance as three verbs: held, not held, to be held; at the end any other."""

marked("substantive", "scrutiny", "linguistic", "awaiting instructions", "on instructions")
marked("ad referendum", "personal", "ended", "consensus", "without a vote", "acclamation")
marked("silence", "recorded vote", "secret vote")


def stance_sentences() -> Iterator[str]:
    """Every sentence about a stance, for translators."""
    for held, not_held, to_hold in _STANCES.values():
        yield from (f"{{who}} {verb} {{aim}}" for verb in (held, not_held))
        for lead in ("intended to", "intended not to", "came to", "came not to"):
            yield f"{{who}} {lead} {to_hold} {{aim}}"


def _source(entry: Source, _titles: Titles) -> str:
    said = _("source: {source}").format(source=source_words(entry))
    return also(said, _("{said} ({more})"), more=entry.place)


def _body(entry: Body, _titles: Titles) -> str:
    text = _("{name} is a body; its members are called {members}")
    return text.format(name=entry.title, members=entry.member_title)


def _organ(entry: Organ, titles: Titles) -> str:
    of = named(entry.body, titles)
    text = _("{name} is an organ of {body}") if of else _("{name} is an organ")
    said = text.format(name=entry.title, body=of)
    return also(said, _("{said}, chaired by {who}"), who=the(entry.chair, titles))


def _party(entry: Party, titles: Titles) -> str:
    text = {
        "state": _("{name} is a State"),
        "person": _("{name} is a person"),
        "organisation": _("{name} is an organisation"),
    }[entry.sort]
    more = [*([named(entry.of, titles)] if entry.of else []), *entry.roles]
    return also(text.format(name=entry.title), _("{said} ({more})"), more=", ".join(more))


def _membership(entry: Membership, titles: Titles) -> str:
    values = listed([f"{name} {value}" for name, value in entry.attributes.items()])
    text = {
        "accession": _("{who} joined {body}"),
        "withdrawal": _("{who} left {body}"),
        "suspension": _("{who} was suspended from {body}"),
        "resumption": _("{who} resumed its membership of {body}"),
        "attributes": _("{who} has {values}"),
    }[entry.change]
    body = named(entry.body, titles) or _("the body")
    said = _told(entry, text.format(who=named(entry.member, titles), body=body, values=values))
    if entry.change != "attributes":
        said = also(said, _("{said} with {values}"), values=values)
    return dated(said, entry, titles)


def _office(entry: Office, titles: Titles) -> str:
    of = named(entry.body, titles)
    text = _("{name} is an office of {body}") if of else _("{name} is an office")
    years = plural(entry.years, "year") if entry.years else ""
    said = text.format(name=entry.title, body=of)
    return also(said, _("{said}, held for {years} at a time"), years=years)


def _term(entry: Term, titles: Titles) -> str:
    planned = entry.modality == "planned"
    if entry.start and entry.end:
        text = (
            _("{who} is to take up the office of {office} {start} and is to leave it {end}")
            if planned
            else _("{who} took up the office of {office} {start} and left it {end}")
        )
    elif entry.start:
        text = (
            _("{who} is to take up the office of {office} {start}")
            if planned
            else _("{who} took up the office of {office} {start}")
        )
    elif entry.end:
        text = (
            _("{who} is to leave the office of {office} {end}")
            if planned
            else _("{who} left the office of {office} {end}")
        )
    else:
        text = _("{who} holds the office of {office}")
    who = named(entry.holder, titles)
    said = text.format(
        who=_("{who} (acting)").format(who=who) if entry.acting else who,
        office=named(entry.office, titles),
        start=_on(entry.start),
        end=_on(entry.end),
    )
    said = also(said, _("{said}, after {who}"), who=named(entry.succeeds, titles))
    return said if planned else _told(entry, said)


def _credential(entry: Credential, titles: Titles) -> str:
    said = _("{who} may speak for {member}").format(
        who=named(entry.person, titles), member=named(entry.member, titles)
    )
    said = also(said, _("{said} in {organ}"), organ=the(entry.organ, titles))
    said = dated(said, entry, titles)
    return also(said, _("{said}, until {date}"), date=_when(entry.end))


def _rule(entry: Rule, titles: Titles) -> str:
    wants = {
        "approval-of-all": _("the approval of all members is needed"),
        "consensus": _("decisions are taken by consensus"),
    }.get(entry.requires, entry.requires)
    name = entry.title or named(entry.name, titles)
    said = _("the rule “{name}”").format(name=name) if name else _("the rule")
    if wants:
        said = _("{said}: {more}").format(said=said, more=wants)
        said = also(said, _("{said} ({number} of them)"), number=entry.of)
    if entry.start or entry.end:
        said = _period(_("{said}, in force").format(said=said), entry.start, entry.end)
    return said


def _matter(entry: Matter, titles: Titles) -> str:
    text = _("“{name}” is a selection") if entry.sort == "selection" else _("“{name}” is a motion")
    said = text.format(name=entry.title or entry.name)
    said = also(said, _("{said} to the office of {office}"), office=named(entry.office, titles))
    said = also(said, _("{said} before {organ}"), organ=the(entry.organ, titles))
    said = also(said, _("{said}, with a field of {number}"), number=entry.field_of)
    words = {"position": _("positions"), "objection": _("objections")}
    held = [_period(words[c.what], c.start, c.end) for c in entry.completeness]
    return also(said, _("{said}; the record holds all {what}"), what=listed(held))


def _draft(entry: Draft, titles: Titles) -> str:
    said = _("the draft “{name}”").format(name=entry.title or entry.name)
    said = also(said, _("{said}, revision {revision}"), revision=entry.revision)
    said = also(said, _("{said}, in {language}"), language=entry.language)
    return dated(said, entry, titles)


def _candidacy(entry: Candidacy, titles: Titles) -> str:
    by = named(entry.by, titles)
    text = {
        "running": _("{who} was a candidate"),
        "declared": _("{who} declared a candidacy"),
        "nominated": _("{who} was nominated by {by}") if by else _("{who} was nominated"),
        "accepted": _("{who} accepted the nomination"),
        "declined": _("{who} declined"),
        "withdrawn": _("{who} withdrew"),
        "eliminated": _("{who} was eliminated"),
    }[entry.change]
    said = _told(entry, text.format(who=named(entry.candidate, titles), by=by))
    said = dated(said, entry, titles)
    said = also(said, _("{said}; the body was told {date}"), date=_on(entry.told))
    said = also(said, _("{said}; public {date}"), date=_on(entry.public))
    return also(said, _("{said}; because: {cause}"), cause=entry.cause)


def _position(entry: Position, titles: Titles) -> str:
    who = members_words(entry.members, entry.excepted, titles) or entry.group or _("members")
    if entry.group and entry.members:
        who = _("{said} ({more})").format(said=who, more=entry.group)
    if entry.including:
        who = _("members including {who}").format(who=who)
    everybody = entry.members == (ALL,) and not entry.excepted
    if everybody and entry.negated and entry.claim == "holds" and entry.modality != "planned":
        said = _held(entry.stance, _("no member"), _aim(entry, titles))
    else:
        text, stance = _stance_verb(entry)
        said = _(text).format(who=who, aim=_aim(entry, titles), stance=stance)
    if entry.modality == "denied":
        said = _("it was denied that {said}").format(said=said)
    return _terms(dated(said, entry, titles), entry)


def _aim(entry: Position | Reserve | Objection | Tally, titles: Titles) -> str:
    return named(entry.candidate or entry.draft, titles) or _("the motion")


def _verbs(stance: str) -> tuple[str, str, str]:
    return _STANCES.get(stance, _STANCES[""])


def _held(stance: str, who: str, aim: str) -> str:
    """That somebody held a stance."""
    text = f"{{who}} {_verbs(stance)[0]} {{aim}}"
    return _(text).format(who=who, aim=aim, stance=stance)


def _stance_verb(entry: Position) -> tuple[str, str]:
    """The sentence for a position, and its stance."""
    held, not_held, to_hold = _verbs(entry.stance)
    no = "not " if entry.negated else ""
    verb = not_held if entry.negated else held
    if entry.modality == "planned":
        verb = f"intended {no}to {to_hold}"
    elif entry.claim == "changes":
        verb = f"came {no}to {to_hold}"
    return f"{{who}} {verb} {{aim}}", entry.stance


def _terms(said: str, entry: Position) -> str:
    """With what makes a position less than final."""
    if entry.condition:
        said = _("{said}, on the condition: {text}").format(said=said, text=entry.condition)
        said = also(said, _("{said}, met {date}"), date=_on(entry.condition_met))
    elif entry.modality == "conditional":
        said = _("{said}, on a condition").format(said=said)
    if entry.authority == "ad-referendum" and entry.confirmed:
        said = _("{said}, confirmed {date}").format(said=said, date=_on(entry.confirmed))
    elif entry.authority == "ad-referendum":
        said = _("{said}, subject to confirmation at home").format(said=said)
    elif entry.authority:
        said = _("{said}, {more}").format(said=said, more=_(entry.authority.replace("-", " ")))
    return _("{said}, in confidence").format(said=said) if entry.confidential else said


def _reserve(entry: Reserve, titles: Titles) -> str:
    said = _("{who} had a {sort} reserve on {aim}").format(
        who=named(entry.member, titles),
        sort=_(entry.sort.replace("-", " ")),
        aim=_aim(entry, titles),
    )
    said = dated(also(said, _("{said} ({more})"), more=entry.reason), entry, titles)
    return also(said, _("{said}; lifted {date}"), date=_on(entry.lifted))


def _objection(entry: Objection, titles: Titles) -> str:
    said = _held("objection", named(entry.member, titles), _aim(entry, titles))
    said = dated(also(said, _("{said} ({more})"), more=entry.reason), entry, titles)
    if entry.admitted is False:
        said = _("{said}; not admitted").format(said=said)
    end = _(entry.end or "ended")
    return also(said, _("{said}; {end} {date}"), end=end, date=_on(entry.ended))


def _silence(entry: Silence, titles: Titles) -> str:
    draft = named(entry.draft, titles)
    text = _("silence procedure on {draft}: {step}") if draft else _("silence procedure: {step}")
    said = text.format(draft=draft, step=_(entry.change))
    said = also(said, _("{said} to {who}"), who=members_words(entry.members, (), titles))
    said = dated(also(said, _("{said} by {who}"), who=named(entry.by, titles)), entry, titles)
    return also(said, _("{said}, deadline {date}"), date=_when(entry.deadline))


def _meeting(entry: Meeting, titles: Titles) -> str:
    said = _("{organ} met").format(organ=the(entry.organ, titles))
    said = also(said, _("{said} in {place}"), place=entry.place)
    said = dated(also(said, _("{said} at the level of {level}"), level=entry.level), entry, titles)
    return also(said, _("{said}, chaired by {who}"), who=named(entry.presiding, titles))


def _tally(entry: Tally, titles: Titles) -> str:
    aim = _aim(entry, titles)
    parts = [_held(each.stance, _counted(entry, each), aim) for each in entry.counts]
    said = listed(parts) or _("a tally without numbers")
    return dated(also(said, _("{said} in round {number}"), number=entry.round), entry, titles)


def _counted(entry: Tally, count: Count) -> str:
    """*20 members*, *about 3 of 7 permanent members*."""
    text = {
        "exactly": "{number}",
        "at-least": _("at least {number}"),
        "about": _("about {number}"),
    }[entry.bound]
    number = text.format(number=count.number)
    number = also(number, _("{number} of {whole}"), whole=entry.of, number=number)
    many = entry.of or count.number
    if count.group:
        group = numbered("{number} {group} member", "{number} {group} members", many)
        return group.format(number=number, group=count.group)
    return numbered("{number} member", "{number} members", many).format(number=number)


def _decision(entry: Decision, titles: Titles) -> str:
    organ = the(entry.organ, titles) if entry.organ else _("the body")
    aim = named(entry.candidate or entry.draft, titles)
    motion = _("the matter") if entry.result == "other" else _("the motion")
    text = {
        "appointed": _("{organ} appointed {aim}"),
        "adopted": _("{organ} adopted {aim}"),
        "not-adopted": _("{organ} did not adopt {aim}"),
        "rejected": _("{organ} rejected {aim}"),
        "other": _("{organ} decided on {aim}"),
    }[entry.result]
    if entry.result == "appointed":
        motion = ""
    said = _told(entry, text.format(organ=organ, aim=aim or motion).rstrip())
    manner = entry.manner.replace("-", " ")
    without = _("{said} {manner}") if manner.startswith("without") else _("{said} by {manner}")
    said = also(said, without, manner=_(manner) if manner else "")
    said = dated(said, entry, titles)
    said = also(said, _("{said}; announced {date}"), date=_on(entry.announced))
    effect = (
        _("{said}; in effect {date}")
        if entry.effective_confirmed
        else _("{said}; to take effect {date}")
    )
    said = also(said, effect, date=_on(entry.effective))
    return also(said, _("{said}; the chair's reason: {reason}"), reason=entry.reason)


def _statement(entry: Statement, titles: Titles) -> str:
    said = _("{who} made a statement ({sort})").format(
        who=named(entry.by, titles), sort=_(entry.sort)
    )
    return _("{said}: {more}").format(said=dated(said, entry, titles), more=entry.text)


def _remark(entry: Remark, titles: Titles) -> str:
    who = named(entry.speaker, titles) or _("somebody")
    text = _("{who}, {role}, said") if entry.role else _("{who} said")
    said = text.format(who=who, role=entry.role)
    said = also(said, _("{said} of {event}"), event=event_words(entry.about, titles))
    said = dated(also(said, _("{said} on {channel}"), channel=entry.channel), entry, titles)
    words = f"“{entry.quote}”" if entry.quote else entry.text
    return also(said, _("{said}: {more}"), more=words).rstrip(": ")


def _expectation(entry: Expectation, titles: Titles) -> str:
    who = named(entry.by, titles)
    window = entry.window_text or _when(entry.window)
    if not who:
        text = _("it is expected {what}")
    else:
        text = _("{who} expect {what}") if who.endswith("s") else _("{who} expects {what}")
    said = text.format(who=who, what=entry.text or event_words(entry.expects, titles))
    said = also(said, _("{said} ({more})"), more="" if window in entry.text else window)
    return dated(_("{said}, said").format(said=said), entry, titles) if entry.happened else said


def _attestation(entry: Attestation, titles: Titles) -> str:
    who = named(entry.by, titles)
    who = _("{said} ({more})").format(said=who, more=entry.role) if entry.role else who
    said = dated(_("{who} attested").format(who=who), entry, titles)
    said = _("{said}: {more}").format(said=said, more=entry.finding)
    return also(said, _("{said}, on these grounds: {grounds}"), grounds=entry.grounds)


def _correction(entry: Correction, titles: Titles) -> str:
    answers = entry.corrects.startswith(("confirmation-", "rejection-"))
    if answers and not entry.replacement:
        said = _("{id} was taken back").format(id=entry.corrects)
        return _by(said, entry, titles)
    said = _by(_("correction of {id}").format(id=entry.corrects), entry, titles)
    if not entry.replacement:
        return _("{said}; nothing stands instead").format(said=said)
    return _("{said}; instead stands {id}").format(said=said, id=entry.replacement)


def _confirmation(entry: Confirmation, titles: Titles) -> str:
    said = _("{id} was confirmed").format(id=entry.confirms)
    return dated(also(said, _("{said} by {who}"), who=named(entry.by, titles)), entry, titles)


def _rejection(entry: Rejection, titles: Titles) -> str:
    said = _("{id} was rejected").format(id=entry.rejects)
    said = dated(also(said, _("{said} by {who}"), who=named(entry.by, titles)), entry, titles)
    return also(said, _("{said} ({more})"), more=entry.reason)


def _by(said: str, entry: Correction, titles: Titles) -> str:
    said = also(said, _("{said} by {who}"), who=named(entry.by, titles))
    return also(said, _("{said} ({more})"), more=entry.reason)


def _period(said: str, start: When | None, end: When | None) -> str:
    said = also(said, _("{said} from {date}"), date=_when(start))
    return also(said, _("{said} until {date}"), date=_when(end))


def _when(when: When | None) -> str:
    return when_words(when) if when else ""


def _on(when: When | None) -> str:
    return on_words(when) if when else ""


def _told(entry: Any, said: str) -> str:
    """With what kind of claim it is, where it is not simply said to be so."""
    match entry.modality:
        case "planned":
            return _("it is planned that {said}").format(said=said)
        case "conditional":
            return _("on a condition: {said}").format(said=said)
        case "denied":
            return _("it was denied that {said}").format(said=said)
    return said


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
    "commitment": commitment_words,
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
