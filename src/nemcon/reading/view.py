"""One sentence seen through the names of a pack: what stands at a token."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from nemcon.reading import lexicon as lex
from nemcon.reading.names import Name, Names
from nemcon.reading.people import People
from nemcon.reading.verbs import forms
from nemcon.reading.words import Token, is_possessive

MEMBER = frozenset({"member"})
ADJECTIVE = frozenset({"adjective"})
METONYM = frozenset({"metonym"})
ORGAN = frozenset({"organ"})
OFFICE = frozenset({"office"})
_BODY = frozenset({"body"})
_STATE = frozenset({"member", "adjective"})
_KNOWN = frozenset({"member", "adjective", "body", "organ", "office"})
_BODY_ADJECTIVES = lex.word_set(
    "military defence defense transatlantic trans-atlantic western trade global world security "
    "intergovernmental regional political"
)


@dataclass(frozen=True, slots=True)
class Noun:
    """What a noun phrase stands for.

    `sort` is one of: members (named, or their governments and leaders), all, none, count, group,
    person, name (an unknown name), body, organ, post (the office, the job), contest, owned
    (*X's candidacy*: `head` says what, `id` whose), state-organ, organ-word (*the Council*),
    people (*two diplomats*), title (*the president*), pronoun. A number is `bare` if no word says
    that it counts members (*all 12*).
    """

    sort: str
    id: str = ""
    members: tuple[str, ...] = ()
    including: bool = False
    other: bool = False
    excepted: tuple[str, ...] = ()
    number: int = 0
    of: int = 0
    bound: str = "exactly"
    words: str = ""
    head: str = ""
    role: str = ""
    state: str = ""
    acts: bool = False
    former: bool = False
    bare: bool = False

    @property
    def plural(self) -> bool:
        """Whether *they* may stand for it."""
        return self.sort in {"all", "count", "group"} or len(self.members) > 1


Found = tuple[Noun, int]


@dataclass(frozen=True, slots=True)
class Title:
    """A title as written, its class (leading, governing, other, office), and its end."""

    words: str
    kind: str
    end: int


@cache
def _titles() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """First word -> the titles that begin with it, longest first, each with its class."""
    out: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for kind, titles in (
        ("leading", lex.LEADING),
        ("governing", lex.GOVERNING),
        ("other", lex.OTHER_TITLES),
    ):
        for title in titles.replace("'s", " 's").split("|"):
            words = tuple(title.split())
            out.setdefault(words[0], []).append((words, kind))
    for rows in out.values():
        rows.sort(key=lambda row: -len(row[0]))
    return out


_BEYOND = 40
_BEGINNINGS = (
    lex.VAGUE | lex.PERSON_GROUPS | lex.MEMBER_NOUNS | lex.PAST_STATUS | lex.PRESENT_STATUS
    | lex.NOT_YET_STATUS | lex.POSSESSIVES | lex.POST_NOUNS | lex.BODY_NOUNS
    | frozenset(lex.NUMBERS) | frozenset(lex.TENS) | frozenset(_titles())
    | lex.word_set(
        "he she it they him her them all each every the a an both this other remaining most "
        "contention leadership more at no none over only just exactly about around roughly "
        "approximately nearly almost some circa key large larger largest small smaller big bigger "
        "biggest major leading influential powerful allied founding important heavyweight newer "
        "newest older eastern western northern southern central east west north south mr mrs ms "
        "dr mr. mrs. ms. dr. senior unnamed anonymous european top foreign next new highest "
        "political civilian own coveted future chief head boss helm leader secretary-general"
    )
)  # fmt: skip


_ALSO_NAMES = lex.word_set("jan april may june august")
_BEFORE_MONTH = lex.word_set(
    "in of since by until till to from last next this that early late mid on and or between before "
    "after during"
)


class View:
    """The tokens of one sentence with what the pack and the report know of them."""

    def __init__(self, tokens: Sequence[Token], names: Names, people: People) -> None:
        self.tokens, self.names, self.people = tokens, names, people
        self.size = len(tokens)
        lows = [token.low for token in tokens] + [""] * _BEYOND
        # The token in lower case; empty just beyond the sentence, on both sides.
        self.word: Callable[[int], str] = lows.__getitem__
        self._named = {i: found for i in range(self.size) if (found := names.matches(tokens, i))}
        # What was found at a token is asked for again and again.
        self._titles: dict[int, Title | None] = {}
        self._names: dict[int, int] = {}
        self._bodies: dict[int, int] = {}
        self._capital = [token.capital and token.is_word for token in tokens] + [False] * _BEYOND

    def named(self, i: int, kinds: frozenset[str]) -> tuple[Name, int] | None:
        """The longest name of these kinds at token `i`, and its end; None if it is ambiguous."""
        best: tuple[Name, int] | None = None
        for found in self._named.get(i, ()):
            if found[0].kind not in kinds:
                continue
            if best is None:
                best = found
            elif found[1] == best[1] and found[0] != best[0]:
                return None
        return best

    def may_begin(self, i: int) -> bool:
        """Whether any phrase that is known can begin at token `i` (a quick look)."""
        word = self.word(i)
        return (
            word in _BEGINNINGS
            or self._capital[i]
            or i in self._named
            or word[:1].isdigit()
            or "-" in word
            or word in lex.PARTICLES
        )

    def text(self, first: int, end: int) -> str:
        """The tokens as one string, with the spaces that were between them as one each."""
        out = ""
        for i in range(first, end):
            gap = i > first and self.tokens[i].start > self.tokens[i - 1].end
            out += (" " if gap else "") + self.tokens[i].text
        return out

    def capital(self, i: int) -> bool:
        """Whether a word with a capital letter stands at `i`."""
        return self._capital[i]

    def possessive(self, i: int) -> bool:
        """Whether a possessive mark stands at `i`."""
        return is_possessive(self.tokens, i)

    def the(self, i: int) -> int:
        """Past an article."""
        return i + 1 if self.word(i) in {"the", "a", "an"} else i

    def number(self, i: int) -> tuple[int, int] | None:
        """A number in figures or words (*28*, *twenty-eight*), and its end."""
        word = self.word(i)
        if word.isascii() and word.isdigit() and len(word) < 5:
            return int(word), i + 1
        if word in lex.NUMBERS:
            return lex.NUMBERS[word], i + 1
        tens, _, ones = word.partition("-")
        if tens in lex.TENS:
            return lex.TENS[tens] + lex.NUMBERS.get(ones, 0), i + 1
        return None

    def member(self, i: int) -> tuple[str, int] | None:
        """A State named at `i`, with or without *the*, and its end."""
        i = i + 1 if self.word(i) == "the" else i
        if not self.capital(i):
            return None
        found = self.named(i, MEMBER)
        return (found[0].id, found[1]) if found else None

    def state(self, i: int) -> tuple[str, int] | None:
        """A State before a noun: *Northlandic*, *Northland's*, or *US*, and its end."""
        if not self.capital(i):
            return None
        found = self.named(i, _STATE)
        if found is None:
            return None
        name, end = found
        if name.kind == "member" and self.possessive(end):
            end += 1
        return name.id, end

    def body(self, i: int) -> int:
        """The end of the body's name at `i` (*the alliance* too), or `i`."""
        if i not in self._bodies:
            self._bodies[i] = self._body(i)
        return self._bodies[i]

    def _body(self, i: int) -> int:
        if i >= self.size:
            return i
        at = i + 1 if self.word(i) == "the" else i
        if at >= self.size:
            return i
        found = self.named(at, _BODY)
        if found is not None:
            if self.word(found[1]) == "of" and self.capital(found[1] + 1):
                return i  # the Alliance of Others
            return self.past_abbreviation(found[1])
        if at == i:
            return i
        return self._generic_body(i, at)

    def _generic_body(self, i: int, at: int) -> int:
        """*the alliance*, *the 12-nation military alliance*: no other word may stand in it."""
        while self.word(at) in _BODY_ADJECTIVES or (
            self.word(at).endswith(("-nation", "-member", "-country", "-strong"))
        ):
            at += 1
        if self.word(at) not in lex.BODY_NOUNS or (
            self.tokens[at].capital and self.capital(at + 1)
        ):
            return i
        return i if self.word(at + 1) in {"of", "for", "between", "with", "that"} else at + 1

    def past_abbreviation(self, end: int) -> int:
        """Past the body's short name in brackets after the long one."""
        if self.word(end) == "(" and self.word(end + 2) == ")":
            inner = self.named(end + 1, _BODY)
            if inner is not None and inner[1] == end + 2:
                return end + 3
        return end

    def of_body(self, i: int) -> int:
        """The end of the body's name with a possessive mark, if there is one, or `i`."""
        end = self.body(i)
        return end + 1 if end > i and self.possessive(end) else end

    def title(self, i: int) -> Title | None:
        """A title at `i` (*prime minister*); an office of the body is one too."""
        if i not in self._titles:
            self._titles[i] = self._title(i)
        return self._titles[i]

    def _title(self, i: int) -> Title | None:
        found = self.named(i, OFFICE)
        if found is not None:
            return Title(self.text(i, found[1]), "office", found[1])
        word = self.word(i)
        plain = word.removeprefix("ex-").removeprefix("then-")
        for words, kind in _titles().get(plain, ()):
            if all(self.word(i + k) == part for k, part in enumerate(words) if k):
                return Title(self.text(i, i + len(words)), kind, i + len(words))
        return None

    def name(self, i: int) -> int:
        """The end of a run of capitalised words that nobody knows, at most five, or `i`."""
        if i not in self._names:
            self._names[i] = self._name(i)
        return self._names[i]

    def _name(self, i: int) -> int:
        end, words = i, 0
        while end < self.size and words < 5:
            if self._in_name(end, words):
                end, words = end + 1, words + 1
            elif words and self.word(end) in lex.PARTICLES and self._in_name(end + 1, words):
                end += 1
            else:
                break
        return end

    def _in_name(self, i: int, words: int) -> bool:
        if not self.capital(i) or self.tokens[i].quoted:
            return False
        word = self.word(i)
        if word in lex.OPENERS and (words == 0 or word in {"the", "a", "and", "of", "in"}):
            return False
        month = word in lex.MONTHS and not self.first_name(i)
        if words == 0 and (month or word in lex.WEEKDAYS or self._opens(i)):
            return False
        if word in lex.WEEKDAYS or self.title(i) is not None:
            return False
        return self.named(i, _KNOWN) is None

    def first_name(self, i: int) -> bool:
        """Whether a word for a month is somebody's first name (*Jan Example*)."""
        if self.word(i) not in _ALSO_NAMES or self.word(i - 1) in _BEFORE_MONTH:
            return False
        word = self.word(i + 1)
        other = word in lex.MONTHS or word in lex.WEEKDAYS or self.title(i + 1) is not None
        return self.capital(i) and self.capital(i + 1) and not other and (
            self.named(i + 1, _KNOWN) is None)  # fmt: skip

    def _opens(self, i: int) -> bool:
        """Whether the capital may only be due to the beginning of the sentence."""
        word = self.word(i)
        return i == 0 and (word in forms() or word.endswith(("ing", "ly")))

    def is_person_name(self, first: int, end: int) -> bool:
        """Whether a run of capitalised words may be a person's full name."""
        words = [self.word(i) for i in range(first, end)]
        if not 2 <= len(words) <= 5 or lex.ORG_WORDS & set(words):
            return False
        if any(t.text.isupper() and len(t.text) > 2 for t in self.tokens[first:end]):
            return False
        return self.word(first - 1) != "the"
