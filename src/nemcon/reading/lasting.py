"""Whether a stance of the past still stands when the sentence is over.

A stance that is held persists in the record. So what was held in the past is taken only where
nothing behind it in the sentence may say that it ended, or where that was read, too.
"""

from __future__ import annotations

from collections.abc import Sequence

from nemcon.reading import lexicon as lex
from nemcon.reading.clauses import Clause
from nemcon.reading.contenders import runs_elsewhere
from nemcon.reading.line import Line
from nemcon.reading.predicates import meanings, past_adverbs
from nemcon.reading.scene import Scene
from nemcon.reading.targets import backed
from nemcon.reading.verbs import Verb
from nemcon.reading.view import Noun

_RELATES = lex.word_set("who which whose whom where when")
_UNDOING = lex.word_set(
    "lifted dropped withdrawn waived cleared overcome removed reversed rescinded revoked retracted "
    "resolved settled"
)
# What follows a stance of the past and may say that it is over.
_TURNS = lex.word_set(
    "then later since until till before but yet now however though although afterwards "
    "eventually finally"
)
_CHANGES = frozenset(
    {"support", "declare", "reaffirm", "oppose", "forsake", "lift", "relent", "desert"}
)


def is_past(verb: Verb) -> bool:
    """Whether the verb tells of the past alone (*backed*, *had backed*)."""
    return verb.tense in {"past", "pluperfect"} and verb.control in {"", "keep"}


def still_stands(clause: Clause, line: Line, scene: Scene, read: Sequence[Clause]) -> bool:
    """Whether nothing after a stance of the past may be its end, but for what was read."""
    if runs_elsewhere(line) or _of_long_ago(clause, line, scene):
        return False
    holder = clause.subject
    if any(c.subject_at == clause.subject_at or c.subject == holder or c.subject.sort == "pronoun"
           for c in read):  # fmt: skip
        return True
    subjects = {c.at: c for c in line.clauses}
    end = line.end_of_clause(clause.at)
    if holder.sort in {"all", "count", "group"} and _goes_on_about(line, end):
        return False
    if _undone(line, end):
        return False
    for i in range(clause.at + 1, len(line.items)):
        other = subjects.get(i)
        alien = other is not None and other.subject_at != clause.subject_at
        alien = alien and other is not None and other.subject.sort not in {"pronoun", "none"}
        if i >= end and not alien and _may_end_it(line, scene, clause, i):
            return False
        if i >= end and not alien and _taken_up(line, i):
            return False
        if (
            other is not None
            and other.subject_at == clause.subject_at >= 0
            and (other.verb.lemma not in lex.REPORTING)
        ):
            return False
        if (
            i >= end
            and line.low(i) in _TURNS
            and not (_others(line, i + 1, holder) or _last_word(line, i))
        ):
            return False
    return True


def _last_word(line: Line, i: int) -> bool:
    """*(it had dropped its veto) before*, *already*: an adverb that ends the sentence."""
    return line.low(i) in {"before", "now", "finally", "eventually"} and i + 2 >= len(line.items)


def _undone(line: Line, end: int) -> bool:
    """Whether something is told to be undone behind it (*…; the veto was lifted in April*)."""
    first = line.items[end].first if end < len(line.items) else line.view.size
    return any(token.low in _UNDOING and not token.quoted for token in line.view.tokens[first:])


def _goes_on_about(line: Line, end: int) -> bool:
    """Whether a sentence about many goes on with another day, or with one who changed."""
    for i in range(end, len(line.items)):
        if line.low(i) in _RELATES:
            return False
        verb = line.verb(i)
        if line.kind(i) == "date" or (verb is not None and _CHANGES & set(meanings(line, i))):
            return True
    return False


def _of_long_ago(clause: Clause, line: Line, scene: Scene) -> bool:
    """Whether an undated stance follows a date of years before (*In 2012 X ran; A opposed X*)."""
    if clause.dates or line.dates_after(clause.at):
        return False
    report = scene.report.first_day()
    years = [item.date.year for item in line.items[: clause.at] if item.date and item.date.year]
    return report is not None and any(year < report.year - 1 for year in years)


def _may_end_it(line: Line, scene: Scene, clause: Clause, i: int) -> bool:
    """Whether the verb at item `i` may end the stance of the clause: not an objection to X, if
    somebody else than X is supported.
    """
    first, then = meanings(line, clause.at), meanings(line, i)
    if not _CHANGES & set(then):
        return False
    objected = backed(line, scene, first["oppose"]) if "oppose" in first else None
    other = line.noun(past_adverbs(line, then["support"])) if "support" in then else None
    if objected is None or other is None or other.sort != "person":
        return True
    return other.id in {"", objected[0]}


def _taken_up(line: Line, i: int) -> bool:
    """Whether *it* or *they* at item `i` begins to say more of the holder (*a step it regrets*)."""
    noun = line.noun(i)
    if noun is None or noun.sort != "pronoun" or noun.words not in {"it", "they"}:
        return False
    while line.kind(i - 1) in {"adverb", "date"}:
        i -= 1
    return line.low(i - 1) not in {"because", "since", "as", "after", "when", "that", "where"}


def _others(line: Line, i: int, holder: Noun) -> bool:
    """Whether a new subject follows, which is not the holder of the stance."""
    while line.kind(i) in {"adverb", "date"}:
        i += 1
    noun = line.noun(i)
    return noun is not None and noun.sort != "pronoun" and noun != holder
