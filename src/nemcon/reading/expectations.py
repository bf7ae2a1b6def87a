"""Expectations: who expects the decision, and in which window. An open window fails nothing."""

from __future__ import annotations

from collections.abc import Iterable

from nemcon.entries import Expectation
from nemcon.reading import lexicon as lex
from nemcon.reading.clauses import Clause
from nemcon.reading.dates import Written
from nemcon.reading.line import Line
from nemcon.reading.posts import purpose
from nemcon.reading.predicates import meanings, past_adverbs
from nemcon.reading.scene import Scene
from nemcon.reading.verbs import Verb

_WHO_DECIDES = frozenset({"organ", "body", "group", "all", "people", "pronoun"})
_PERSONS = frozenset({"person", "pronoun", "compatriot", "title", "post", "owned"})
_SUCCESSOR = lex.word_set("successor replacement winner")
_WINDOWS = lex.word_set("shortly soon imminently")


def expectations(line: Line, scene: Scene) -> None:
    """Propose the expectations of a sentence."""
    if scene.office is None or any(item.low in lex.CONDITIONS for item in line.items):
        return
    for clause in line.clauses:
        verb = clause.verb
        said = verb.asserted and verb.tense != "pluperfect"
        if verb.lemma == "expect" and said and not verb.negated and not verb.passive:
            _expects(clause, line, scene)
        elif verb.control == "expect" and verb.tense in {"present", "perfect"}:
            _is_expected(clause, line, scene)


def _expects(clause: Clause, line: Line, scene: Scene) -> None:
    """*diplomats expect the Council to select X in the coming days*."""
    for i in range(clause.at + 1, len(line.items)):
        verb = line.verb(i)
        if verb is None or verb.tense not in {"infinitive", "future"}:
            continue
        if verb.negated or verb.hedged or not _deciding(line, scene, i, verb):
            return
        who = next((k for k in range(clause.at + 1, i)
                    if (n := line.noun(k)) is not None and n.sort in _WHO_DECIDES), -1)  # fmt: skip
        if who >= 0 or _of_candidate(line, scene, clause.at + 1, i):
            _propose(clause, line, scene, who if who >= 0 else clause.at + 1, i)
        return


def _deciding(line: Line, scene: Scene, i: int, verb: Verb) -> bool:
    """Whether the verb is that of the decision (*select*, *take the formal decision*)."""
    means = meanings(line, i)
    noun = line.noun(means.get("decide", len(line.items)))
    choice = noun is not None and noun.sort == "owned" and noun.head in lex.CHOICE_NOUNS
    if "decide" in means and (verb.lemma not in {"confirm", "approve"} or choice):
        return verb.passive or choice or _somebody(line, scene, means["decide"])
    words = [line.low(k) for k in range(i + 1, i + 5)]
    return verb.lemma in {"take", "make", "reach"} and "decision" in words


def _somebody(line: Line, scene: Scene, i: int) -> bool:
    """Whether a person or the office is decided on, and not somebody of theirs, or a panel."""
    noun = line.noun(past_adverbs(line, i))
    whom = line.noun(i + 3) if line.low(i + 2) in {"to", "of"} else None
    if whom is not None and whom.sort in {"person", "name"} and whom.id != scene.holder:
        return False  # "a successor to X"
    if noun is None:
        return line.low(i) in {"a", "the", "its"} and line.low(i + 1) in _SUCCESSOR | {
            "new",
            "next",
        }
    return not line.view.possessive(line.items[i].last) and noun.sort in _PERSONS


def _of_candidate(line: Line, scene: Scene, first: int, end: int) -> bool:
    return any(scene.candidate(line.noun(i), line, i) for i in range(first, end))


def _is_expected(clause: Clause, line: Line, scene: Scene) -> None:
    """*X is expected to be formally selected next week*, *the Council is expected to appoint X*."""
    verb = clause.verb
    if verb.negated or verb.hedged or not _deciding(line, scene, clause.at, verb):
        return
    if verb.passive:
        fits = bool(scene.candidate(clause.subject, line, clause.subject_at))
    else:
        fits = clause.subject.sort in _WHO_DECIDES - {"pronoun"}
    if fits and not _for_another(line, clause.at):
        _propose(clause, line, scene, min(clause.subject_at, clause.at), clause.at)


def _for_another(line: Line, at: int) -> bool:
    """*(X is expected to be appointed) as chair of something else*, *appointed minister*."""
    verb, following = line.verb(at), line.noun(past_adverbs(line, at + 1))
    if (
        verb is not None
        and verb.passive
        and (
            line.kind(past_adverbs(line, at + 1)) == "noun"
            and not (following is not None and following.sort == "post")
        )
    ):
        return True
    for i in range(at + 1, line.end_of_clause(at)):
        by = _agent(line, i + 1) if line.low(i) == "by" and line.kind(i) == "word" else None
        if line.low(i) == "by" and line.kind(i) == "word" and by not in _WHO_DECIDES:
            return True
        if line.low(i) == "as" and line.kind(i) != "date":
            start = line.items[i].first
            return purpose(line.view, start) <= start
    return False


def _agent(line: Line, i: int) -> str:
    noun = line.noun(i)
    return noun.sort if noun is not None else ""


def _propose(clause: Clause, line: Line, scene: Scene, first: int, at: int) -> None:
    end = line.end_of_clause(at)
    dates = [*clause.dates, *line.dates_after(at)]
    window = scene.dated(dates, "future", line)
    last, report = window.when.last_day() if window.when else None, scene.report.first_day()
    if last is not None and report is not None and last < report:
        return  # an expectation of the past
    by = _by_whom(clause, line, scene)
    start = min(clause.subject_at, clause.at)
    scene.add("expectation", line, Expectation, [scene.span(line, start, end)],
              expects="decision", text=line.text(first, end), by=by, window=window.when,
              window_text=_words(dates, line, at, end), happened=scene.report,
              basis="report-date", modality="reported" if by else "asserted",
              speaker=by)  # fmt: skip


def _by_whom(clause: Clause, line: Line, scene: Scene) -> str:
    """Who expects it: the subject, or whoever is reported to say so; the report itself: empty."""
    frame = clause.frame
    if clause.verb.lemma == "expect" and clause.subject.sort != "pronoun":
        return scene.speaker_name(clause.subject, line, clause.subject_at)
    if frame.kind == "reported" and frame.speaker is not None:
        return scene.speaker_name(frame.speaker, line, frame.say_at)
    return ""


def _words(dates: Iterable[Written], line: Line, at: int, end: int) -> str:
    written = [date.text for date in dates]
    if written:
        return written[0]
    said = [line.low(i) for i in range(at, end) if line.low(i) in _WINDOWS]
    return said[0] if said else ""
