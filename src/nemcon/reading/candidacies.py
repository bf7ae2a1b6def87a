"""Candidacies: who withdrew, and who was told; who stands, and who put whom forward."""

from __future__ import annotations

from typing import Any

from nemcon.entries import Candidacy, Modality
from nemcon.reading import lexicon as lex
from nemcon.reading.clauses import Clause
from nemcon.reading.contenders import named_for_post, other_contest
from nemcon.reading.doubts import elsewhere, is_back
from nemcon.reading.line import Line
from nemcon.reading.posts import purpose
from nemcon.reading.predicates import meanings, past_adverbs
from nemcon.reading.scene import Scene
from nemcon.reading.targets import after_purpose, may_end
from nemcon.reading.view import Noun

_LEAVES_BARE = lex.word_set("withdraw drop bow pull step")
_BARE_ENDS = lex.word_set(
    ", . ; because after due owing citing and but in following amid as when –"
)
_CANDIDATES = lex.word_set("candidate candidates contender contenders")
_WHICH_CANDIDATE = lex.word_set(
    "a an the one two of only sole other second third another official declared also now currently"
)
_ENTERS = lex.word_set("enter join re-enter rejoin")
_SAYS = lex.word_set("announce say confirm declare tell inform notify state")
_TOLD = frozenset({"body", "all", "group", "organ", "people", "members"})
_CAUSES = (
    ("due", "to"),
    ("because", "of"),
    ("owing", "to"),
    ("citing",),
    ("because",),
    ("for", "lack"),
)


def candidacies(line: Line, scene: Scene) -> None:
    """Propose the steps of candidacies in a sentence."""
    if elsewhere(line):
        return
    for clause in line.clauses:
        means = meanings(line, clause.at)
        if "tell" in means and _tells(clause, line, scene):
            continue
        if "withdraw" in means or "give-up" in means:
            _withdraws(clause, line, scene, means)
        if clause.verb.lemma == "be":
            _is_standing(clause, line, scene)
        if "run" in means or clause.verb.lemma in {"run", "stand"}:
            _runs(clause, line, scene, means)
        if "nominate" in means:
            _nominates(clause, line, scene, means["nominate"])
        if clause.verb.lemma in {"announce", "confirm"}:
            _announces(clause, line, scene)


def _withdraws(clause: Clause, line: Line, scene: Scene, means: dict[str, int]) -> None:
    """*X withdrew from the race*, *X gave up his bid*, *A withdrew X's candidacy*."""
    person, by = _who(clause, line, scene, means)
    if not person or person not in scene.candidates or not _says_so(clause):
        return
    if clause.verb.control and any(item.low in lex.CONDITIONS for item in line.items):
        return
    _withdrawn(clause, line, scene, person, by=by)


def _who(clause: Clause, line: Line, scene: Scene, means: dict[str, int]) -> tuple[str, str]:
    """Who is no candidate any more, and the State that took the candidate back, if one did."""
    subject = scene.person(clause.subject, line, clause.subject_at)
    if clause.verb.passive:
        bid = clause.subject.sort == "owned" and clause.subject.head in lex.BID_NOUNS
        return (subject, "") if bid else ("", "")
    at = past_adverbs(line, means.get("give-up", means.get("withdraw", len(line.items))))
    noun = line.noun(at)
    if noun is not None and noun.sort == "person":
        return _taken_back(clause, line, noun, at)
    if noun is not None and noun.sort == "owned" and noun.head in lex.BID_NOUNS:
        owner = noun.id or subject
        if clause.subject.sort == "members" and noun.id and not clause.subject.role:
            return noun.id, clause.subject.members[0]
        return (subject, "") if owner == subject else ("", "")
    if (
        noun is not None
        and noun.sort == "contest"
        and clause.verb.lemma in {"quit", "exit", "leave"}
    ):
        return ("" if other_contest(line) else subject), ""
    if "withdraw" in means and leaves_contest(line, scene, means["withdraw"], clause):
        return subject, ""
    return "", ""


def _taken_back(clause: Clause, line: Line, noun: Noun, at: int) -> tuple[str, str]:
    """*A withdrew X from the race*."""
    race = line.noun(at + 2) if line.low(at + 1) == "from" else None
    ours = race is not None and race.sort == "contest" and not other_contest(line)
    if ours and clause.subject.sort == "members" and len(clause.subject.members) == 1:
        return noun.id, clause.subject.members[0]
    return "", ""


def leaves_contest(line: Line, scene: Scene, i: int, clause: Clause) -> bool:
    """Whether what follows *withdrew* at item `i` is the contest, or nothing that is another."""
    i = past_adverbs(line, i)
    if _elsewhere(line, scene):
        return False
    if line.low(i) in {"from", "of"}:
        noun = line.noun(i + 1)
        return noun is not None and noun.sort == "contest"
    if line.low(i) == "as" and i < len(line.items):
        return purpose(line.view, line.items[i].first) > line.items[i].first
    if clause.verb.lemma not in _LEAVES_BARE:
        return False
    lack = line.low(i) == "for" and line.low(i + 1) == "lack"
    return i >= len(line.items) or line.low(i) in _BARE_ENDS or lack


def _elsewhere(line: Line, scene: Scene) -> bool:
    """Whether this sentence or the one before speaks of another election."""
    before = scene.lines[line.index - 1] if line.index else None
    return other_contest(line) or (before is not None and other_contest(before))


def _says_so(clause: Clause) -> bool:
    """Whether the withdrawal is a fact: it happened, or whoever withdraws says that he does."""
    verb = clause.verb
    unsure = verb.hedged or clause.supposed or clause.ended
    if unsure or verb.negated or verb.tense == "ing":
        return False
    if verb.control:  # "has decided to withdraw": whoever decides so withdraws
        told = verb.tense in {"past", "perfect"} and not verb.passive
        return told and verb.head == "decide"
    if verb.asserted:
        return True
    frame = clause.frame
    himself = frame.kind == "reported" and clause.subject.sort == "pronoun"
    return (
        himself
        and frame.say is not None
        and frame.say.lemma in _SAYS
        and (verb.tense in {"would", "future"})
    )


def _withdrawn(
    clause: Clause, line: Line, scene: Scene, person: str, *, by: str = "", rule: str = "withdrawal"
) -> None:
    fields = _dates(clause, line, scene)
    if clause.frame.kind == "reported" and clause.frame.speaker is None:
        return
    if fields is None or is_back(line, clause.at):
        return
    fields["cause"] = _cause(line, clause.at)
    modality, speaker = _word(clause, line, scene, person)
    span = scene.clause_span(line, clause, said=bool(clause.frame.say_dates))
    scene.add(rule, line, Candidacy, [span], candidate=person, by=by, change="withdrawn",
              modality=modality, speaker=speaker, **fields)  # fmt: skip


def _dates(clause: Clause, line: Line, scene: Scene) -> dict[str, Any] | None:
    """When it became public, or when the body was told; None if the date is still to come."""
    frame = clause.frame
    own = (*clause.dates, *line.dates_after(clause.at))
    own = own or tuple(line.date_of_when(clause.subject_at - 1))
    ahead = clause.verb.tense in {"would", "future"}
    if ahead and any(not date.word.endswith(" days") for date in own):
        return None
    told = frame.say is not None and frame.say.lemma in {"tell", "inform", "notify"}
    if own or not frame.say_dates:
        when, basis = scene.past(own, line)
    else:
        when, basis = scene.past(frame.say_dates, line)
    if told and frame.recipient is not None and frame.recipient.sort in _TOLD:
        return {"told": when, "basis": basis}
    return {"public": when, "happened": when, "basis": basis}


def _word(clause: Clause, line: Line, scene: Scene, person: str) -> tuple[Modality, str]:
    """On whose word: the report's own, the candidate's, or somebody else's."""
    frame = clause.frame
    if frame.kind != "reported" or frame.speaker is None:
        return "asserted", ""
    outer = line.outermost(clause.frame)
    speaker = outer.speaker or frame.speaker
    name = scene.speaker_name(speaker, line, outer.say_at)
    return ("asserted" if name == person else "reported"), name


def _cause(line: Line, at: int) -> str:
    """The reason that the sentence gives after the verb, in its words."""
    view, start = line.view, line.items[at].last
    for i in range(start, view.size):
        for words in _CAUSES:
            if all(view.word(i + k) == word for k, word in enumerate(words)):
                return _reason(line, i, words)
    return ""


def _reason(line: Line, i: int, words: tuple[str, ...]) -> str:
    view = line.view
    first = i + len(words) - (words[-1] == "lack")
    first += view.word(first) in {"a", "an", "the"}
    end = first
    while end < view.size and view.word(end) not in {",", ".", ";", "–", "—", "(", ":"}:
        end += 1
    return view.text(first, end)


def _tells(clause: Clause, line: Line, scene: Scene) -> bool:
    """*had informed the body last week of his decision to withdraw from the race*."""
    i, dates, recipient = clause.at + 1, list(clause.dates), None
    while i < len(line.items) and line.low(i) not in {"of", "about"}:
        item = line.items[i]
        if item.date is not None:
            dates.append(item.date)
        elif item.noun is not None and recipient is None:
            recipient = item.noun
        elif item.low != ",":
            return False
        i += 1
    noun = line.noun(i + 1)
    verb = clause.verb
    if recipient is None or recipient.sort not in _TOLD or noun is None or noun.sort != "owned":
        return False
    person = noun.id or scene.person(clause.subject, line, clause.subject_at)
    if person not in scene.candidates or not verb.asserted or verb.negated:
        return False
    if not _of_withdrawing(line, scene, clause, noun, i + 2):
        return False
    when, basis = scene.past(dates, line)
    modality, speaker = _word(clause, line, scene, person)
    scene.add("told", line, Candidacy, [scene.clause_span(line, clause)], candidate=person,
              change="withdrawn", told=when, basis=basis, modality=modality,
              speaker=speaker)  # fmt: skip
    return True


def _of_withdrawing(line: Line, scene: Scene, clause: Clause, noun: Noun, i: int) -> bool:
    """*his withdrawal*, *his decision to withdraw (from the race)*."""
    if noun.head == "withdrawal":
        return True
    verb = line.verb(i)
    if noun.head != "decision" or verb is None or verb.tense != "infinitive":
        return False
    means = meanings(line, i)
    at = means.get("withdraw", len(line.items))
    target = line.noun(at + (line.low(at) in {"from", "of"}))
    if target is not None and target.sort == "contest":
        return not other_contest(line)
    at = past_adverbs(line, means.get("give-up", len(line.items)))
    target = line.noun(at)
    if target is not None and target.sort == "owned" and target.head in lex.BID_NOUNS:
        return True
    return "withdraw" in means and leaves_contest(line, scene, means["withdraw"], clause)


def _announces(clause: Clause, line: Line, scene: Scene) -> None:
    """*X announced his withdrawal on Monday*, *… his decision to withdraw*."""
    at = past_adverbs(line, clause.at + 1)
    noun = line.noun(at)
    if noun is None or noun.sort != "owned" or not clause.verb.asserted or clause.verb.negated:
        return
    subject = scene.person(clause.subject, line, clause.subject_at)
    person = noun.id or subject
    if person in scene.candidates and _of_withdrawing(line, scene, clause, noun, at + 1):
        _withdrawn(clause, line, scene, person, rule="withdrawal-announced")


def _runs(clause: Clause, line: Line, scene: Scene, means: dict[str, int]) -> None:
    """*X entered the race*, *X declared his candidacy*, *X is running for the post*."""
    person = scene.person(clause.subject, line, clause.subject_at)
    verb, frame = clause.verb, clause.frame
    if person not in scene.candidates or verb.passive or verb.negated or verb.hedged:
        return
    follows = line.items[clause.at].last
    if verb.lemma == "run" and verb.tense in {"would", "future"} and verb.control == "":
        himself = frame.kind == "reported" and clause.subject.sort == "pronoun"
        said = frame.say_dates or clause.dates  # "said on Monday he would run"
        if himself and said and purpose(line.view, follows) > follows:
            _step(clause, line, scene, person, "declared")
        return
    if not verb.asserted:
        return
    at = past_adverbs(line, means.get("run", clause.at + 1))
    noun = line.noun(at)
    if verb.lemma in {"run", "stand"} and verb.progressive:
        change = "running" if purpose(line.view, follows) > follows else ""
    elif noun is not None and noun.sort == "owned" and noun.head in lex.BID_NOUNS:
        own = (noun.id or person) == person
        change = "declared" if own and verb.lemma not in {"confirm", *_ENTERS} else ""
    elif noun is not None and noun.sort == "contest" and verb.lemma in _ENTERS:
        change = "" if other_contest(line) else "declared"
    else:
        change = ""
    if change:
        _step(clause, line, scene, person, change)


def _is_standing(clause: Clause, line: Line, scene: Scene) -> None:
    """*X is a candidate for the post*, *X is the only candidate to become …*."""
    verb = clause.verb
    if not verb.asserted or verb.tense != "present" or verb.negated or clause.dates:
        return
    if any(item.low in lex.CONDITIONS for item in line.items):
        return
    at = clause.at + 1
    while at < clause.at + 6 and line.low(at) in _WHICH_CANDIDATE:
        at += 1
    if line.low(at) not in _CANDIDATES or line.low(at + 1) not in {"for", "to"}:
        return
    follows = line.items[at].last
    end = after_purpose(line, at + 1) if purpose(line.view, follows) > follows else None
    if end is None or not may_end(line, end):
        return
    person = scene.person(clause.subject, line, clause.subject_at)
    if person in scene.candidates and not scene.leaves(person):
        _step(clause, line, scene, person, "running")


def _step(clause: Clause, line: Line, scene: Scene, person: str, change: str, by: str = "") -> None:
    dates = (*clause.dates, *line.dates_after(clause.at))
    when, basis = scene.past(dates, line)
    if change in {"running", "declared"} and clause.frame.say_dates:
        when, basis = scene.past(clause.frame.say_dates, line)
    elif change == "running":
        when, basis = scene.report, "report-date"
    modality, speaker = _word(clause, line, scene, person)
    scene.add(change, line, Candidacy, [scene.clause_span(line, clause)], candidate=person,
              change=change, by=by, happened=when, basis=basis, modality=modality,
              speaker=speaker)  # fmt: skip


def _nominates(clause: Clause, line: Line, scene: Scene, i: int) -> None:
    """*A nominated X (as its candidate)*, *X was put forward by A*."""
    verb = clause.verb
    if not verb.asserted or verb.negated or clause.frame.kind == "reported":
        return
    if verb.passive:
        person = scene.candidate(clause.subject, line, clause.subject_at)
        if not named_for_post(line, clause):
            return
        by = line.noun(i + 1) if line.low(i) == "by" else None
    else:
        person, by = scene.candidate(line.noun(i), line, i), clause.subject
        follows = line.items[i].last if i < len(line.items) else 0
        if line.low(i + 1) in {"for", "as", "to"} and purpose(line.view, follows) <= follows:
            return
        if verb.lemma == "name" and line.low(i + 1) != "as":
            return
    if person and by is not None and by.sort == "members" and len(by.members) == 1:
        _step(clause, line, scene, person, "nominated", by.members[0])
