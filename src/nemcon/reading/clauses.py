"""Clauses: which verb has which subject, and on whose word the clause stands.

A clause is taken only where everything between its parts is understood: adverbs, dates, an
aside between commas or brackets, a relative *who* or *which*. Whatever stands under *if*,
under a doubt, under an unknown word, or is asked, gives no clause.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from nemcon.reading import lexicon as lex
from nemcon.reading.dates import Written
from nemcon.reading.items import Item
from nemcon.reading.verbs import Verb, governed
from nemcon.reading.view import Noun

_RELATIVES = lex.word_set("who which")
_ITSELF = lex.word_set("itself himself herself themselves")
_ASIDES = lex.word_set(
    "who which whose a an the his her its their my our where including along like unlike one "
    "through via rivals neighbours neighbors partners friends members allies home host both"
)
_CLOSING = {",": ",", ")": "(", "–": "–", "—": "—"}
_CONJUNCTIONS = lex.word_set("and but while whereas yet so ;")
_PREAMBLES = lex.word_set(
    "after when before while as since because although though despite following amid in on at by "
    "with under during from to given unlike for speaking citing saying announcing without among "
    "hours days weeks months shortly soon just minutes"
)
_TELLS = lex.word_set("tell inform notify")
_TO_WHOM = lex.word_set("us me reporters journalists lawmakers parliament")
# After these, what follows a dash is told by the report itself.
_PLAIN_DEEDS = lex.word_set(
    "back support endorse favour favor oppose object veto block reject abstain withdraw drop lift "
    "appoint elect choose select name meet announce decide agree be have remain become join switch"
)
_PLACES = lex.word_set("in at during on through via after following")
_KEEPS = frozenset({"keep", "continue"})
_DASHES = lex.word_set(", - – —")
_GOES_ON = (
    lex.TEMPORAL
    | lex.CONDITIONS
    | lex.word_set(
        "who which whose whom where that and but or nor with as for in on at by to than including"
    )
)
_RUMOURS = lex.word_set(
    "rumour rumours rumor rumors gossip speculation bookmakers website websites blog blogs tweet "
    "tweets post posts tabloid legend"
)
_NOT_FACTIVE = lex.word_set("only unless until even not long soon far many much few well little")


@dataclass(frozen=True, slots=True)
class Frame:
    """What governs a clause: nothing (*main*), a report (*reported*, with its speaker and verb),
    a conjunction of time or reason (*after*, *when*, …), *with*, or a relative pronoun.
    `event` is set where the sentence begins with *before* or *after* the withdrawal.
    """

    kind: str
    speaker: Noun | None = None
    say: Verb | None = None
    say_dates: tuple[Written, ...] = ()
    say_at: int = -1
    recipient: Noun | None = None
    event: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb (item `at`) with its subject (item `subject_at`; -1 if shared) and its frame."""

    verb: Verb
    at: int
    subject: Noun
    subject_at: int
    frame: Frame
    dates: tuple[Written, ...] = ()
    ended: bool = False

    @property
    def supposed(self) -> bool:
        """Whether it is still to come (*when A backs X*, *once A has backed X*)."""
        ahead = self.verb.tense in {"present", "perfect"}
        return ahead and self.frame.kind in {"after", "before", "when", "once"}


@dataclass(slots=True)
class _Left:
    """What was found to the left of a verb, on the way to its subject."""

    noun: Noun
    at: int
    start: int
    relative: bool = False
    dates: list[Written] = field(default_factory=list)
    ended: bool = False


class Clauses:
    """Finds the clauses of one sentence, left to right."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = items
        self.found: list[Clause] = []
        self.tail = self._attribution()

    def all(self) -> list[Clause]:
        """Every clause that is understood; none in a question."""
        if not self.items or self.items[-1].low == "?":
            return []
        for at, item in enumerate(self.items):
            if item.verb is not None and item.verb.tense not in {"infinitive", "part"}:
                clause = self._clause(at, item.verb)
                if clause is not None:
                    self.found.append(clause)
                    self._governed(clause)
        hearsay = self._hearsay() if self.tail is None else -1
        return [c for c in self.found if c.at >= hearsay or c.frame.kind in lex.TEMPORAL]

    def _governed(self, clause: Clause) -> None:
        """*agreed on Tuesday to back*: the infinitive is a clause with the subject and the date;
        *goes on backing*: so is what goes on.
        """
        at = clause.at + 1
        on = clause.verb.lemma == "go" and self.low(at) == "on"
        going = self.items[at + on].verb if at + on < len(self.items) else None
        if going is not None and going.tense == "ing" and (on or clause.verb.lemma in _KEEPS):
            kept = replace(clause.verb, lemma=going.lemma, control="keep", head=clause.verb.lemma)
            self.found.append(replace(clause, verb=kept, at=at + on))
            return
        while self.kind(at) in {"date", "adverb"}:
            at += 1
        inner = self.items[at].verb if at < len(self.items) else None
        if at == clause.at + 1 or inner is None or inner.tense != "infinitive":
            return
        verb = governed(clause.verb, inner)
        if verb is not None:
            between = tuple(item.date for item in self.items[clause.at : at] if item.date)
            dates = (*clause.dates, *between)
            self.found.append(replace(clause, verb=verb, at=at, dates=dates))

    def kind(self, i: int) -> str:
        """The kind of item `i`; empty outside the sentence."""
        return self.items[i].kind if 0 <= i < len(self.items) else ""

    def low(self, i: int) -> str:
        """The first word of item `i`; empty outside the sentence."""
        return self.items[i].low if 0 <= i < len(self.items) else ""

    def _clause(self, at: int, verb: Verb) -> Clause | None:
        left = self._subject(at)
        if left is None:
            return self._shared(at, verb)
        if left.relative:
            frame: Frame | None = Frame("relative")
        else:
            frame = self._frame(left.start, verb, left)
        if frame is None:
            return None
        if frame.kind in {"main", "relative"} and self.tail is not None and at < self.tail.say_at:
            frame = self.tail
        return Clause(verb, at, left.noun, left.at, frame, tuple(left.dates), left.ended)

    def _subject(self, at: int) -> _Left | None:
        """The noun phrase before the verb, over adverbs, dates and asides."""
        dates: list[Written] = []
        ended, relative = False, False
        i = at - 1
        while i >= 0:
            item = self.items[i]
            if item.date is not None:
                dates.append(item.date)
            elif item.kind == "adverb":
                if item.low in lex.HEDGES:
                    return None
                ended = ended or item.low in lex.ENDED_ADVERBS
            elif item.noun is not None:
                return _Left(item.noun, i, i, relative, dates, ended)
            elif item.low in _ITSELF and self.kind(i - 1) == "noun":
                pass
            elif item.low in _RELATIVES and not relative:
                relative = True
                i -= self.low(i - 1) == ","
            elif item.low in _CLOSING:
                opened = self._aside(i)
                if opened is None:
                    return None
                i = opened
            else:
                return None
            i -= 1
        return None

    def _aside(self, close: int) -> int | None:
        """The mark that opened the aside which ends at `close`; a noun stands before it."""
        if self.low(close) != ",":
            opening = _CLOSING[self.low(close)]
            return next((i for i in range(close - 1, 0, -1) if self.low(i) == opening), None)
        for i in range(close - 1, 0, -1):
            if self.low(i) in {";", ":"} or self.kind(i) == "quote":
                return None
            noun = self.items[i - 1].noun
            if self.low(i) == "," and noun is not None:
                if noun.sort in {"post", "contest"}:
                    return None
                inside = self.items[i + 1 : close]
                if inside and self._is_aside(inside):
                    return i
        return None

    def _is_aside(self, inside: Sequence[Item]) -> bool:
        first = inside[0]
        if first.low in _RELATIVES or first.low == "whose":
            return True
        if all(item.low in lex.PLAIN_ADVERBS and item.kind == "adverb" for item in inside):
            return True  # "A, too, backs X"
        if any(
            item.verb
            and item.verb.tense not in {"infinitive", "part", "ing"}
            and not (k == 1 and first.low in {"a", "an", "the"} and item.low.endswith("ed"))
            for k, item in enumerate(inside)
        ):
            return False
        if first.kind == "adverb" and len(inside) > 1:
            first = inside[1]
        age = len(inside) == 1 and first.low.isdigit()
        return first.kind in {"noun", "date"} or first.low in _ASIDES or age

    def _shared(self, at: int, verb: Verb) -> Clause | None:
        """*X withdrew and backed Y*: the second verb has the subject of the first."""
        i = at - 1
        while self.kind(i) in {"adverb", "date"}:
            i -= 1
        if self.low(i) not in {"and", "but"} or not self.found:
            return None
        before = self.found[-1]
        if before.verb.tense == "ing" or verb.tense == "ing" or self.low(i - 1) == ",":
            return None
        if any(item.low in {",", ";", ":"} for item in self.items[before.at : i]):
            return None
        dates = tuple(item.date for item in self.items[i:at] if item.date)
        return Clause(verb, at, before.subject, before.subject_at, before.frame, dates)

    def _frame(self, start: int, verb: Verb, left: _Left) -> Frame | None:
        """What governs the clause whose subject begins at item `start`."""
        i, own = start - 1, len(left.dates)
        while self.kind(i) in {"adverb", "date"} and self.low(i) not in lex.HEDGES:
            item = self.items[i]
            if item.date is not None:
                left.dates.append(item.date)
            left.ended = left.ended or item.low in lex.ENDED_ADVERBS
            i -= 1
        if i < 0 or self.low(i) == ";":
            return Frame("main")
        if self.low(i) in {"–", "—"}:
            second = any(self.low(k) == self.low(i) for k in range(i))
            return Frame("main") if not second and self._stands_by_itself(i) else None
        word = self.low(i)
        if word == "that":
            return self._that(i)
        if i <= 3 and self._event(i):
            return Frame("main", event=self.low(0))
        if word == "with" and verb.tense == "ing":
            return Frame("with")
        if word in lex.TEMPORAL and self.low(i - 1) not in _NOT_FACTIVE:
            return Frame(word)
        if i == 0 and word in {"but", "and", "yet"}:
            return Frame("main")
        if word in _CONJUNCTIONS:
            return self._coordinated(i)
        told = self.items[i - 1].verb if i > 0 else None
        if told is not None and told.lemma in _TELLS and self._recipient(i):
            i -= 1
        if self.items[i].verb is not None:
            return self._said_then(i, left, own)
        if word == ",":
            return self._preamble(i, left)
        return None

    def _stands_by_itself(self, dash: int) -> bool:
        """Whether what stands before a dash is a sentence that is understood, or only a date: not
        *The worst case – A opposes X*.
        """
        before = [item for item in self.items[:dash] if item.kind not in {"date", "adverb"}]
        told = any(c.at < dash and c.verb.lemma in _PLAIN_DEEDS for c in self.found)
        return not before or told

    def _recipient(self, i: int) -> bool:
        """*(told) us it would …*, *(told) the body it would …*: to whom it is said."""
        noun = self.items[i].noun
        return self.low(i) in _TO_WHOM or (noun is not None and noun.sort in {"body", "people"})

    def _said_then(self, i: int, left: _Left, own: int) -> Frame | None:
        """*said on Monday it would back X*: the day is that of the saying."""
        frame = self._said(i, explicit=False)
        if frame is None:
            return None
        between = tuple(left.dates[own:])
        del left.dates[own:]
        return replace(frame, say_dates=(*frame.say_dates, *between))

    def _event(self, end: int) -> bool:
        """*Before the withdrawal*, at the very beginning."""
        if self.low(0) not in {"before", "after"}:
            return False
        inside = [item.low for item in self.items[1 : end + 1]]
        owned = self.items[1].noun is not None and self.items[1].noun.head == "withdrawal"
        return inside in (["the", "withdrawal"], ["the", "withdrawal", ","]) or (owned and end < 3)

    def _that(self, i: int) -> Frame | None:
        """Before *that* a verb of saying must stand; *and that* goes on with the last one."""
        if self.low(i - 1) == "and":
            saying = [c.frame for c in self.found if c.frame.kind == "reported"]
            alike = saying and all(frame == saying[0] for frame in saying)
            return saying[0] if alike or (saying and self.low(i - 2) == ",") else None
        return self._said(i - 1, explicit=True)

    def _said(self, i: int, *, explicit: bool) -> Frame | None:
        """The report whose verb stands at or before item `i`, with its speaker."""
        dates: list[Written] = []
        recipient: Noun | None = None
        steps = 0
        while i >= 0 and self.items[i].verb is None:
            item = self.items[i]
            if item.date is not None:
                dates.append(item.date)
            elif (
                item.kind == "quote"
                or item.kind == "mark"
                or not explicit
                or steps > 7
                or item.low in lex.NOT
            ):
                return None
            elif item.noun is not None and self.low(i - 1) not in _PLACES:
                recipient = item.noun
            i -= 1
            steps += 1
        clause = next((c for c in self.found if c.at == i), None)
        if clause is None or not _reports(clause):
            return None
        frame = clause.frame
        if frame.kind not in {"main", "relative", "reported", "and"}:
            return None
        return Frame(
            "reported",
            clause.subject,
            clause.verb,
            (*clause.dates, *dates),
            i,
            recipient,
        )

    def _coordinated(self, i: int) -> Frame | None:
        """After *and*, *but*, *while*: the frame of the clause before, if that is beyond doubt."""
        comma = self.low(i - 1) == ","
        before = self.found[-1] if self.found else None
        if before is None or self._hypothetical(before.at, i):
            return None
        if before.frame.kind == "reported":
            return None if comma or self.low(i) != "and" else before.frame
        if before.frame.kind in {"main", "relative"} or comma:
            return Frame("main")
        return before.frame if self.low(i) == "and" else None

    def _hypothetical(self, first: int, end: int) -> bool:
        return any(item.low in lex.CONDITIONS for item in self.items[first:end])

    def _preamble(self, comma: int, left: _Left) -> Frame | None:
        """What stands before the comma must be a preamble that begins the sentence."""
        inside = self.items[:comma]
        start = max((k for k, item in enumerate(inside) if item.low == ";"), default=-1) + 1
        inside = inside[start:]
        if not inside or any(item.low in lex.CONDITIONS | lex.UNREAL for item in inside):
            return None
        first = inside[0]
        if first.low == "according":
            speaker = next((item.noun for item in inside if item.noun), None)
            return Frame("reported", speaker) if speaker else None
        if first.low in lex.HEDGES or first.low in {"once", "until", "had", "were", "should"}:
            return None
        ing = first.verb is not None and first.verb.tense == "ing"
        if not ing and first.kind not in {"adverb", "date"} and first.low not in _PREAMBLES:
            return None
        left.ended = left.ended or first.low in lex.ENDED_ADVERBS
        left.dates.extend(item.date for item in inside if item.date and len(inside) == 1)
        return Frame("main")

    def _attribution(self) -> Frame | None:
        """*…, two diplomats said on Monday.* or *…, according to X.* at the end."""
        for i in range(len(self.items) - 1, 0, -1):
            if self.low(i) in {",", "-", "–", "—"}:
                found = self._attributed(i + 1)
                if found is not None:
                    return found
        return None

    def _hearsay(self) -> int:
        """The last comma, if what follows it is on somebody's word that is no report: *…, one
        hears*, *…, his rival claims*, *…, so the rumour goes*; -1 if not.
        """
        last = len(self.items) - (self.items[-1].low in {".", "!"})
        start = next((i for i in range(last - 1, 0, -1) if self.low(i) in _DASHES), -1) + 1
        if start < 1 or self.low(start) in _GOES_ON or self.kind(start) == "quote":
            return -1
        at = next((k for k in range(last - 1, start, -1) if _finite(self.items[k])), -1)
        verb = self.items[at].verb if at > start else None
        rest = self.items[at + 1 : last]
        ends = all(item.kind in {"date", "adverb"} for item in rest)
        if verb is None or not (ends or verb.lemma in lex.REPORTING):
            return -1
        return start

    def _attributed(self, i: int) -> Frame | None:
        """A speaker with a verb of saying and no more of a sentence, from item `i` on."""
        if self.low(i) == "according" and self.low(i + 1) == "to":
            noun = self.items[i + 2].noun if i + 2 < len(self.items) else None
            if any(item.low in _RUMOURS for item in self.items[i + 2 :]):
                return Frame("reported", say_at=i)
            return Frame("reported", noun or Noun("name", words="unnamed"), say_at=i)
        at = next((k for k in range(i, len(self.items)) if self.items[k].verb), -1)
        verb = self.items[at].verb if at >= i else None
        if verb is None or verb.lemma not in lex.REPORTING or verb.negated or verb.tense == "ing":
            return None
        if any(item.kind in {"mark", "quote"} or item.low == "that" for item in self.items[i:at]):
            return None
        if verb.passive and verb.tense == "present":
            return None  # "it is said"
        rest = self.items[at + 1 :]
        if any(item.low == "that" or _finite(item) for item in rest):
            return None
        if at == i:  # "…, said X"
            noun = self.items[at + 1].noun if rest else None
            dates = tuple(item.date for item in rest if item.date)
            unnamed = Noun("name", words=" ".join(item.low for item in rest))
            return Frame("reported", noun or unnamed, verb, dates, i) if rest else None
        if self.kind(at + 1) == "noun":
            return None
        dates = tuple(item.date for item in rest if item.date)
        words = " ".join(item.low for item in self.items[i:at])
        noun = self.items[i].noun if at == i + 1 else None
        if verb.passive:  # "it was reported"
            noun, words = None, "unnamed"
        return Frame("reported", noun or Noun("name", words=words), verb, dates, i)


def _finite(item: Item) -> bool:
    return item.verb is not None and item.verb.tense not in {"infinitive", "part", "ing"}


def _reports(clause: Clause) -> bool:
    """Whether the clause says that something is so: *said*, *has announced*, not *denied*."""
    verb = clause.verb
    if verb.passive or verb.negated or verb.hedged or verb.control:
        return False
    known = verb.lemma in lex.REPORTING or verb.lemma in lex.RESOLVING
    return known and verb.tense in {"present", "past", "perfect", "pluperfect"}
