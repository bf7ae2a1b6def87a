"""When a stance was held, and whether the words date the change itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from nemcon.entries import Basis, Modality
from nemcon.reading import lexicon as lex
from nemcon.reading.clauses import Clause
from nemcon.reading.dates import Written
from nemcon.reading.holders import Holders
from nemcon.reading.line import Line
from nemcon.reading.scene import Dated, Scene
from nemcon.when import When

_ENDING = frozenset({"until", "till", "before", "for", "from"})


@dataclass(frozen=True, slots=True)
class Timing:
    """How and when a stance was held; *said*: as of the day on which it was said."""

    happened: When
    basis: Basis
    claim: str = "holds"
    modality: Modality = "asserted"
    before: str = ""
    said: bool = False


def timing_of(
    clause: Clause, line: Line, scene: Scene, meaning: str, who: Holders
) -> Timing | None:
    """When the stance was held, as a claim that *holds* or *changes*; None if that is unclear."""
    verb = clause.verb
    if verb.hedged or clause.supposed or clause.ended or lex.ENDED_ADVERBS & set(verb.adverbs):
        return None
    if verb.progressive and verb.tense in {"past", "pluperfect"} and not who.own:
        return None  # "was backing X" when something else was so
    dates = (*clause.dates, *line.dates_after(clause.at))
    if verb.tense == "ing":
        real = clause.frame.kind == "with" and not _unreal(line)
        return Timing(scene.report, "report-date") if real else None
    if verb.tense in {"would", "future"} or verb.planned:
        return _intended(clause, line, scene, dates, who)
    refused = verb.control in {"refuse", "yet"} and verb.tense not in {"would", "modal"}
    refused = refused or (meaning == "support" and _cannot(clause, line, who))
    if not verb.asserted and not refused:
        return None
    return _held(clause, line, scene, meaning, dates)


def _unreal(line: Line) -> bool:
    """*With A backing X, the race would be over*."""
    verbs = (item.verb for item in line.items)
    return any(verb is not None and verb.tense in {"would", "modal"} for verb in verbs)


def _intended(
    clause: Clause, line: Line, scene: Scene, dates: Sequence[Written], who: Holders
) -> Timing | None:
    """*will back*: a plan; *announced on Tuesday that it would back*: a change on Tuesday."""
    verb, frame = clause.verb, clause.frame
    if verb.hedged or verb.control not in {"", "plan"} or verb.lapsed:
        return None
    if verb.tense == "would" and not (frame.kind == "reported" and who.own):
        return None
    if frame.say is not None and frame.say.tense == "pluperfect":
        return None  # "had said that it would back X": what came of it, is not said
    if any(other.at > clause.at and other.supposed for other in line.clauses):
        return None  # "will back X once Y withdraws"
    decided = scene.dated(dates, "past", line) if verb.head in {"decide", "agree"} else None
    if decided is not None and decided.when is not None:
        return Timing(decided.when, decided.basis, modality="planned")
    if any(not date.word.endswith(" days") for date in dates):
        return None
    if frame.kind == "reported" and who.own and not verb.negated and frame.say is not None:
        said = scene.dated(frame.say_dates, frame.say.direction, line)
        if said.when is not None and who.itself:
            return Timing(said.when, said.basis, claim="changes", said=True)
        if said.when is not None:
            return Timing(said.when, said.basis, modality="planned", said=True)
    return Timing(scene.report, "report-date", modality="planned")


def _held(
    clause: Clause, line: Line, scene: Scene, meaning: str, dates: Sequence[Written]
) -> Timing | None:
    verb = clause.verb
    dates = [date for date in dates if date.lead != "since"]
    dated = scene.dated(dates, verb.direction, line)
    if any(date.lead in _ENDING for date in dates):
        return None
    by = [replace(date, lead="on") for date in dates if date.lead == "by"]
    latest = scene.dated(by, "past", line) if by else None
    if latest is not None and latest.when is not None:
        return Timing(When.between(None, latest.when.latest), latest.basis)
    if verb.tense == "present" and dated.written and not _of_today(dates, dated, scene):
        return None  # "endorses X on Friday": that is still to come
    if dated.when is not None:
        claim = "changes" if _dates_the_change(clause, meaning) else "holds"
        return Timing(dated.when, dated.basis, claim=claim)
    if verb.tense == "pluperfect" or (verb.tense == "past" and "already" in verb.adverbs):
        return _held_before(clause, line, scene)
    said = clause.frame.say
    told = scene.dated(clause.frame.say_dates, said.direction if said else "past", line)
    if told.when is not None and not dated.written:
        return Timing(told.when, told.basis, said=True)
    if verb.tense == "past" or (dated.written and not dated.usable):
        return Timing(scene.until_report(), "report-date")
    return Timing(scene.report, "report-date")


def _of_today(dates: Sequence[Written], dated: Dated, scene: Scene) -> bool:
    """Whether a date beside a present tense is that of the report, or one from which it holds."""
    return dated.when == scene.report or all(date.lead == "as of" for date in dates)


def _cannot(clause: Clause, line: Line, who: Holders) -> bool:
    """*cannot support X*, *said that it could not support X*: it does not."""
    item, verb = line.items[clause.at], clause.verb
    words = [token.low for token in line.view.tokens[item.first : item.last]]
    able = bool({"cannot", "can", "can't"} & set(words))
    could = bool({"could", "couldn't"} & set(words)) and who.own
    return verb.negated and not verb.control and (able or could) and "have" not in words


def _dates_the_change(clause: Clause, meaning: str) -> bool:
    """Whether the date is that of the change itself: of an announcement, not of a state."""
    if clause.verb.negated or clause.verb.tense != "past" or clause.verb.control:
        return False
    return meaning == "declare" or clause.verb.lemma == "endorse"


def _held_before(clause: Clause, line: Line, scene: Scene) -> Timing | None:
    """*had already backed*: before the withdrawal that was just told, if one was."""
    if "already" not in clause.verb.adverbs and clause.subject.sort not in {"all", "count"}:
        return None
    event = scene.withdrawn(line, range(3) if clause.frame.event else range(2))
    if not event:
        return Timing(scene.until_report(), "report-date")
    return Timing(scene.until_report(), "relative", before=f"candidacy/{event}/withdrawn")
