"""Terms of office: when somebody took it or leaves it, planned or done, and whom one succeeds."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from nemcon.entries import Span, Term
from nemcon.reading import lexicon as lex
from nemcon.reading.clauses import Clause
from nemcon.reading.contest import past_holders
from nemcon.reading.dates import Written
from nemcon.reading.doubts import is_back
from nemcon.reading.line import Line
from nemcon.reading.posts import post_at, purpose
from nemcon.reading.predicates import meanings, past_adverbs
from nemcon.reading.scene import Dated, Scene
from nemcon.reading.verbs import Verb
from nemcon.reading.view import Noun

_SUCCEEDS = lex.word_set("succeed replace follow")
_OTHER_POST = lex.word_set("as from of in at")


def terms(line: Line, scene: Scene) -> None:
    """Propose the starts and ends of terms in a sentence."""
    if scene.office is None or any(item.low in lex.CONDITIONS - {"until", "till"}
                                   for item in line.items):  # fmt: skip
        return
    for clause in line.clauses:
        means = meanings(line, clause.at)
        if clause.verb.passive and clause.verb.lemma != "swear":
            continue
        if "finish" in means and _finishes(clause, line, scene, means["finish"]):
            continue
        if clause.verb.lemma in {"be", "lead", "head", "hold", "serve"}:
            _has_been(clause, line, scene)
        elif "begin" in means or "follow" in means or clause.verb.lemma == "become":
            _begins(clause, line, scene, means)
    _term_ends(line, scene)


def _person(clause: Clause, line: Line, scene: Scene) -> str:
    return scene.person(clause.subject, line, clause.subject_at)


def _propose(
    line: Line, scene: Scene, rule: str, person: str, side: str, verb: Verb, dated: Dated,
    span: Span, **fields: Any,
) -> None:  # fmt: skip
    """A start or an end: planned if it lies ahead, a fact if it is told as past."""
    if dated.when is None or scene.office is None or verb.negated or verb.hedged or verb.lapsed:
        return
    first, report = dated.when.first_day(), scene.report.last_day()
    ahead = verb.planned or (verb.tense == "present" and verb.control == "")
    if verb.tense in {"past", "perfect", "pluperfect"} and verb.control == "":
        modality = "asserted"
    elif ahead and first is not None and report is not None:
        last = dated.when.last_day()
        if last is None or last < report:
            return
        modality = "planned"
    else:
        return
    scene.add(rule, line, Term, [span], matter=False, office=scene.office.name, holder=person,
              basis=dated.basis, modality=modality, **{side: dated.when}, **fields)  # fmt: skip


def _direction(verb: Verb) -> str:
    """A present tense with a date is a plan (*takes office on 1 October*)."""
    return verb.direction or "future"


def _dates(clause: Clause, line: Line) -> tuple[Written, ...]:
    """The dates of the clause; those that say *from* count as *on*."""
    dates = (*clause.dates, *line.dates_after(clause.at), *_when_date(clause, line))
    return tuple(replace(date, lead="on") if date.lead == "from" else date for date in dates)


def _when_date(clause: Clause, line: Line) -> list[Written]:
    """*on 1 October, when X leaves it*: the date that *when* takes up."""
    return line.date_of_when(clause.subject_at - 1)


def _finishes(clause: Clause, line: Line, scene: Scene, i: int) -> bool:
    """*X will step down this year*, *X leaves the post in October*."""
    person, verb = _person(clause, line, scene), clause.verb
    gone = verb.tense in {"past", "pluperfect"} and person in past_holders(scene)
    if not person or not (person == scene.holder or gone):
        return False
    if not _from_our_post(line, scene, i, verb) or is_back(line, clause.at):
        return False
    speaker, frame = clause.frame.speaker, clause.frame
    if verb.tense == "would" and not verb.control and speaker is not None:
        himself = frame.kind == "reported" and scene.person(speaker, line, frame.say_at) == person
        verb = replace(verb, tense="future") if himself else verb
    dated = scene.dated(_dates(clause, line), _direction(verb), line)
    _propose(line, scene, "term-end", person, "end", verb, dated,
             scene.clause_span(line, clause))  # fmt: skip
    return True


def _from_our_post(line: Line, scene: Scene, i: int, verb: Verb) -> bool:
    """Whether what is left is the office: named so, or not named at all."""
    office = line.low(i - 1) == "office"
    i = past_adverbs(line, i)
    noun = line.noun(i)
    if verb.lemma == "leave":
        if noun is None:
            other = line.low(i) in _OTHER_POST and line.kind(i) != "date"
            return office and (not other or purpose(line.view, line.items[i].first) > 0)
        return (
            _ours(noun, scene)
            or (noun.sort == "body" and _nothing_of_it(line, i + 1))
            or (noun.sort == "pronoun" and noun.words == "it" and _post_before(line, scene, i))
        )
    if line.low(i) in _OTHER_POST and line.kind(i) != "date":
        noun = line.noun(i + 1)
        return noun is not None and _ours(noun, scene)
    return noun is None


def _nothing_of_it(line: Line, i: int) -> bool:
    """Whether it is the body itself that is left, not *the body summit*, *the body's hall*."""
    i = past_adverbs(line, i)
    return i >= len(line.items) or line.kind(i) == "mark" or line.low(i) in lex.TEMPORAL


def _ours(noun: Noun, scene: Scene) -> bool:
    return noun.sort == "post" and scene.office is not None and noun.id in {"", scene.office.name}


def _post_before(line: Line, scene: Scene, i: int) -> bool:
    return any(_ours(noun, scene) for _, noun in line.nouns(i)) or _office_word(line, i)


def _office_word(line: Line, end: int) -> bool:
    return any(line.low(i) in lex.POST_NOUNS for i in range(end))


def _begins(clause: Clause, line: Line, scene: Scene, means: dict[str, int]) -> None:
    """*X will assume the post on 1 October*, *X took office in 2014*."""
    person, verb = _person(clause, line, scene), clause.verb
    if not person or not (_may_hold(person, verb, scene) or _named_office(clause, line, scene)):
        return
    succeeds = _whom(line, clause.at, person)
    if succeeds and _as_another(line, scene, clause.at):
        return
    if not succeeds and not _takes_our_post(line, scene, means, clause):
        return
    dated = scene.dated(_dates(clause, line), _direction(verb), line)
    _propose(line, scene, "term-start", person, "start", verb, dated,
             scene.clause_span(line, clause), succeeds=succeeds)  # fmt: skip


def _may_hold(person: str, verb: Verb, scene: Scene) -> bool:
    """A past start is told of holders only, a coming one of candidates."""
    if verb.tense in {"past", "perfect", "pluperfect"}:
        return person == scene.holder or person in past_holders(scene)
    return person in scene.candidates


def _named_office(clause: Clause, line: Line, scene: Scene) -> bool:
    """*X took office as secretary general*: a candidate, and the office by its name."""
    if scene.person(clause.subject, line, clause.subject_at) not in scene.candidates:
        return False
    inside = range(clause.at + 1, line.end_of_clause(clause.at))
    return any(
        (noun := line.noun(i)) is not None and _ours(noun, scene) and noun.id for i in inside
    )


def _takes_our_post(line: Line, scene: Scene, means: dict[str, int], clause: Clause) -> bool:
    after = means.get("begin", clause.at + 1)
    bare = line.low(after - 1) in {"office", "over", "in"}
    i = past_adverbs(line, after)
    noun = line.noun(i)
    if clause.verb.lemma == "become":
        return noun is not None and _ours(noun, scene) and bool(noun.id)
    own = clause.subject.sort == "owned" and clause.subject.head in lex.TERM_NOUNS
    if clause.verb.lemma in {"begin", "start"} and own:  # "her term will begin in June"
        return noun is None
    if clause.verb.lemma in {"begin", "start"}:
        return noun is not None and noun.sort == "owned" and noun.head in lex.TERM_NOUNS
    if clause.verb.lemma in {"assume", "take", "step"} and not bare:
        return (noun is not None and _ours(noun, scene)) or _bare_post(line, i)
    if line.low(i) == "in" and line.low(i + 1) == "succession":
        return True
    if line.low(i) in {"as", "from", "at", "in"} and line.kind(i) != "date":
        found = post_at(line.view, line.items[i].last)
        return found is not None
    return (noun is None and line.kind(i) != "word") or (noun is not None and _ours(noun, scene))


def _bare_post(line: Line, i: int) -> bool:
    """*the office*, *his duties*."""
    return line.low(i) in {"the", "his", "her"} and (
        line.low(i + 1) in lex.POST_NOUNS | {"duties", "functions", "reins", "helm"}
    )


def _whom(line: Line, at: int, person: str) -> str:
    """Whom the sentence says the person succeeds (*succeeding X*, *taking over from X*)."""
    found = set()
    for i in range(at, len(line.items)):
        noun = line.noun(i)
        if noun is None or noun.sort != "person" or noun.id == person:
            continue
        verb = line.verb(i - 1)
        if (verb is not None and verb.lemma in _SUCCEEDS and not verb.passive and i - 1 >= at) or (
            (line.low(i - 1), line.low(line.before(i - 1)))
            in {("from", "over"), ("to", "succession")}
        ):
            found.add(noun.id)
    return found.pop() if len(found) == 1 else ""


def _as_another(line: Line, scene: Scene, at: int) -> bool:
    """*(will succeed X) as chair of the club*: in another post than the office."""
    for i in range(at + 1, line.end_of_clause(at)):
        if line.low(i) == "as" and line.kind(i) != "date":
            noun = line.noun(i + 1)
            return noun is None or not _ours(noun, scene)
    return False


def _has_been(clause: Clause, line: Line, scene: Scene) -> None:
    """*X has been secretary general since 2014*, *X has led the body since 2014*."""
    person, verb = _person(clause, line, scene), clause.verb
    since = [date for date in (*clause.dates, *line.dates_after(clause.at)) if date.lead == "since"]
    if verb.tense != "perfect" or person != scene.holder or not person or len(since) != 1:
        return
    i = past_adverbs(line, clause.at + 1)
    i += line.low(i) == "as" or (verb.lemma == "be" and line.low(i) == "in")
    noun = line.noun(i)
    whole = noun is not None and noun.sort == "body" and _nothing_of_it(line, i + 1)
    if noun is None or not (_ours(noun, scene) or (whole and verb.lemma != "be")):
        return
    dated = scene.dated([replace(since[0], lead="in")], "past", line)
    _propose(line, scene, "term-since", person, "start", verb, dated,
             scene.clause_span(line, clause))  # fmt: skip


def _term_ends(line: Line, scene: Scene) -> None:
    """*X's term at the helm will end on 1 October*, *his mandate runs until October*."""
    for i, item in enumerate(line.items):
        person, at = "", i + 1
        noun = item.noun
        if noun is not None and noun.sort == "owned" and noun.head in lex.TERM_NOUNS:
            person = scene.person(noun, line, i)
        elif item.low == "whose" and line.low(i + 1) in lex.TERM_NOUNS:
            before = line.noun(i - 2) if line.low(i - 1) == "," else line.noun(i - 1)
            person, at = scene.person(before, line, i), i + 2
        if person and person == scene.holder:
            _ends(line, scene, i, _past_post(line, scene, at), person)


def _past_post(line: Line, scene: Scene, i: int) -> int:
    """Past *as secretary general*, *at the helm of the body*, *of office*."""
    if line.low(i) in {"as", "at", "in", "of"}:
        noun = line.noun(i + 1)
        if noun is not None and _ours(noun, scene):
            return i + 2
        if line.low(i + 1) == "office":
            return i + 2
    return i


def _ends(line: Line, scene: Scene, start: int, i: int, person: str) -> None:
    close = next((k for k in range(i + 1, min(i + 7, len(line.items))) if line.low(k) == ","), -1)
    aside = line.items[i:close] if line.low(i) == "," and close > 0 else []
    if aside and not any(item.verb and item.verb.tense == "present" for item in aside):
        i = close  # "his term, twice extended, ends"
    while line.kind(i) in {"date", "adverb"} or line.low(i) == ",":
        i += 1
    verb = line.verb(i)
    if verb is None or verb.passive or "last" not in meanings(line, i):
        return
    dates = tuple(
        replace(date, lead="on") if date.lead in {"until", "till", "from"} else date
        for date in (*line.dates_after(i), *line.date_of_when(start - 1))
    )
    dated = scene.dated(dates, _direction(verb), line)
    span = scene.span(line, start, line.end_of_clause(i))
    _propose(line, scene, "term-end", person, "end", verb, dated, span)
