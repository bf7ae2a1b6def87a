"""Verbs: their forms, and verb groups with tense, voice, negation and modality."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from nemcon.reading.lexicon import (
    BE,
    DO,
    ENDED_ADVERBS,
    HAVE,
    HEDGES,
    MODALS,
    NOT_ADVERBS,
    PLAIN_ADVERBS,
    word_set,
)
from nemcon.reading.words import Token

_REGULAR = """
abandon abstain accede accept act add agree announce anoint appear appoint approve argue ask
assume attempt attract back believe block champion claim clear coalesce complete conclude confirm
congratulate consider continue decide declare decline deliver demand deny depart describe
designate disclose donate doubt drop earn elect end endorse enjoy enter exit expect expire explain
express extend face fail favor favour file finalise finalize finish follow formalise formalize
gain garner grant hail hand happen have head help hesitate hope indicate inform insist intend join
last launch lift like line live look lose maintain move name need nominate note notify object
obtain occur offer open operate oppose pick place plan pledge plump praise predict prefer present
prolong promise prompt propose prove provide pull quash race raise rally ratify reach reaffirm
receive refuse reiterate reject remain remove renounce repeat replace report require resign retain
retire retract return reveal scrap scupper seal secure seem select serve share shift side sign
signal speak start state stay step stop stress submit succeed suggest supply support suspend
switch tap terminate thank threaten tip transfer transition try unite urge use veto voice vote vow
wait waive want warn welcome wish work worry
acknowledge admit allege arrive assert concede contend criticise criticize dispute fear host learn
persuade re-enter reckon rejoin relent renew reverse revive speculate suspect thwart travel visit
recommend
"""
_IRREGULAR = """
be was been|become became become|begin began begun|bow bowed bowed|break broke broken|
bring brought brought|choose chose chosen|come came come|fall fell fallen|feel felt felt|
fight fought fought|find found found|get got got|give gave given|go went gone|hear heard heard|
hold held held|keep kept kept|know knew known|lead led led|leave left left|lend lent lent|
let let let|make made made|meet met met|pay paid paid|put put put|quit quit quit|rise rose risen|
run ran run|say said said|see saw seen|seek sought sought|send sent sent|set set set|
stand stood stood|swear swore sworn|swing swung swung|take took taken|tell told told|
think thought thought|throw threw thrown|undertake undertook undertaken|win won won|
withdraw withdrew withdrawn|withhold withheld withheld|write wrote written
"""
_DOUBLED = word_set(
    "admit drop step plan tap tip scrap stop transfer occur prefer run put quit set get win"
)
_NO_DOUBLE_S = ("s", "x", "ch", "sh", "o")

_BASE = frozenset({"base", "both", "any"})
_PARTICIPLE = frozenset({"ed", "part", "both", "any"})

# What "X to VERB" says about the verb: a plan, somebody's forecast, a refusal, ...
CONTROL = {
    **dict.fromkeys(
        word_set("plan intend agree decide pledge promise vow choose undertake"), "plan"
    ),
    **dict.fromkeys(word_set("refuse decline fail"), "refuse"),
    **dict.fromkeys(word_set("continue"), "keep"),
    **dict.fromkeys(
        word_set(
            "want hope try seek threaten offer vote move appear seem begin start help like need "
            "wish attempt ask consider claim prefer urge expect come stop"
        ),
        "other",
    ),
}
_BE_TO = {
    **dict.fromkeys(word_set("set due going scheduled slated"), "plan"),
    **dict.fromkeys(word_set("expected likely poised tipped predicted believed thought"), "expect"),
    "yet": "yet",
    **dict.fromkeys(
        word_set(
            "ready willing prepared able unable reluctant unwilling unlikely eager keen supposed "
            "meant said understood reported rumoured rumored about inclined open bound obliged "
            "forced required asked urged told"
        ),
        "other",
    ),
}


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb group. `tense` is present, past, perfect, pluperfect, future, would, modal,
    infinitive, ing (a bare participle) or part (a bare past participle).

    `control` is what stands before the infinitive: plan, expect, refuse, keep, other, yet.
    `head` is the verb that governs it (*decided to back*), `lapsed` a plan of the past (*had
    planned to*, *was due to*).
    """

    lemma: str
    tense: str
    passive: bool = False
    negated: bool = False
    hedged: bool = False
    control: str = ""
    lapsed: bool = False
    adverbs: tuple[str, ...] = ()
    progressive: bool = False
    head: str = ""

    @property
    def asserted(self) -> bool:
        """Whether it says that something was or is so."""
        return (
            self.tense in {"present", "past", "perfect", "pluperfect"}
            and not self.hedged
            and self.control in {"", "keep"}
        )

    @property
    def planned(self) -> bool:
        """Whether it says that something is planned, and still is."""
        if self.hedged or self.negated or self.lapsed:
            return False
        if self.control == "plan":
            return self.tense in {"present", "past", "perfect", "future"}
        return self.control == "" and self.tense == "future"

    @property
    def direction(self) -> str:
        """Where a date of this verb lies, seen from the report: past, future, or unknown."""
        if self.tense in {"future", "would"} or self.control in {"plan", "expect"}:
            return "future"
        return "past" if self.tense in {"past", "perfect", "pluperfect"} else ""


@cache
def forms() -> dict[str, tuple[str, str]]:
    """Every known form -> its lemma and its shape: base, s, past, part, ing, ed (past or part),
    both (base or part), any (base, past or part).
    """
    out: dict[str, tuple[str, str]] = {}
    for lemma in _REGULAR.split():
        stem = lemma[:-1] if lemma.endswith("e") else lemma
        if lemma in _DOUBLED:
            stem = lemma + lemma[-1]
        y = lemma.endswith("y") and lemma[-2] not in "aeiou"
        out[(lemma[:-1] + "ied") if y else stem + "ed"] = (lemma, "ed")
        out[stem + "ing"] = (lemma, "ing")
        _present(out, lemma)
    for row in _IRREGULAR.replace("\n", "").split("|"):
        lemma, past, part = row.split()
        stem = lemma[:-1] if lemma.endswith("e") and lemma not in {"be", "see"} else lemma
        if lemma in _DOUBLED or lemma in {"begin", "let", "swim"}:
            stem = lemma + lemma[-1]
        out[part] = (lemma, "part")
        out[past] = (lemma, "ed" if past == part else "past")
        out[stem + "ing"] = (lemma, "ing")
        _present(out, lemma)
    out.update({lemma: (lemma, "any") for lemma in ("quit", "put", "set", "let")})
    out.update({lemma: (lemma, "both") for lemma in ("run", "become", "come")})
    return out


def _present(out: dict[str, tuple[str, str]], lemma: str) -> None:
    out[lemma] = (lemma, "base")
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        out[lemma[:-1] + "ies"] = (lemma, "s")
    else:
        out[lemma + ("es" if lemma.endswith(_NO_DOUBLE_S) else "s")] = (lemma, "s")


# Forms that are nouns as often as verbs: a verb only where a subject stands before them.
_NOUNS_TOO = word_set(
    "support supports back backs backing bid name names block vote votes voting plan plans object "
    "objects offer offers end ends ending start starts favour favor favours favors lead leads run "
    "runs running head heads need needs report reports state states claim claims hope hopes move "
    "moves signal signals lift post step steps request change demand demands supply supplies "
    "present welcome praise doubt switch stop return returns result call calls quit veto vetoes "
    "hand hands wish note notes question appeal rally meeting standing opening joining race pick "
    "picks work works help helps last line look wait hope supply seal share set place land fight "
    "praise pledge pledges promise promises vow vows delay fear fears endorsing opposing leading "
    "naming"
)
_LASTING = word_set("long always")  # "has long backed"
_SHORTENED = {"'ll": "will", "'d": "would", "'ve": "have", "'re": "are"}
_CONTRACTED = {"wo": "will", "ca": "can", "sha": "shall"}


def governed(head: Verb, inner: Verb) -> Verb | None:
    """The infinitive `inner` under `head` (*agreed … to back*); None if `head` governs none."""
    control = CONTROL.get(head.lemma, "")
    if not control or head.passive:
        return None
    lapsed = head.lemma in {"plan", "intend"} and head.tense in {"past", "pluperfect"}
    return replace(
        head,
        lemma=inner.lemma,
        passive=inner.passive,
        negated=head.negated or inner.negated or control == "refuse",
        hedged=head.hedged or inner.hedged,
        control=control,
        head=head.lemma,
        lapsed=lapsed or (control == "plan" and head.tense == "pluperfect"),
        adverbs=inner.adverbs,
    )


def is_adverb(token: Token) -> bool:
    """Whether the word is an adverb that may stand inside a verb group."""
    word = token.low
    if word in PLAIN_ADVERBS or word in HEDGES or word in ENDED_ADVERBS:
        return True
    return word.endswith("ly") and word not in NOT_ADVERBS and not token.capital and len(word) > 4


def noun_too(word: str) -> bool:
    """Whether the form is read as a verb only right after a subject."""
    return word in _NOUNS_TOO


def verb_at(tokens: Sequence[Token], i: int) -> tuple[Verb, int] | None:
    """The verb group that begins at token `i`, with the adverbs before it, and its end."""
    return _Group(tokens, i).parse()


class _Group:
    """Reads one verb group from left to right."""

    def __init__(self, tokens: Sequence[Token], i: int) -> None:
        self.tokens, self.i = tokens, i
        self.chain: list[str] = []
        self.adverbs: list[str] = []
        self.negated = False

    def word(self, ahead: int = 0) -> str:
        """The word so many tokens ahead, in small letters; empty past the last one."""
        at = self.i + ahead
        return self.tokens[at].low if at < len(self.tokens) else ""

    def skip_adverbs(self) -> None:
        """Step over adverbs and keep them; *not*, *never* and *no longer* negate the group."""
        while self.i < len(self.tokens):
            if self.word() == "no" and self.word(1) == "longer":
                self.negated = True
                self.adverbs.append("no longer")
                self.i += 2
            elif self.word() in {"not", "never"} or (
                self.word() == "yet" and self.negated and self.word(1) != "to"
            ):
                self.negated = True
                self.i += 1
            elif is_adverb(self.tokens[self.i]) or (
                self.word() in _LASTING and self.chain and self.chain[-1] in HAVE
            ):
                self.adverbs.append(self.word())
                self.i += 1
            else:
                return

    def parse(self) -> tuple[Verb, int] | None:
        """The verb group that begins here, and its end; None if no verb does."""
        self.skip_adverbs()
        if self.word() == "to":
            return self.infinitive()
        self.auxiliaries()
        found = self.main()
        return (found, self.i) if found else None

    def infinitive(self) -> tuple[Verb, int] | None:
        """*to back*, *to be backed*, with its end; None if no base form follows *to*."""
        self.i += 1
        self.skip_adverbs()
        form = forms().get(self.word())
        if form is None or form[1] not in _BASE:
            return None
        if form[0] == "be" and self.passive_after_be():
            return self.make("infinitive", passive=True), self.i
        self.i += 1
        return self.make("infinitive", form[0]), self.i

    def passive_after_be(self) -> bool:
        """After *to be*: step over an optional adverb to a past participle, if there is one."""
        ahead = 1
        while self.i + ahead < len(self.tokens) and is_adverb(self.tokens[self.i + ahead]):
            ahead += 1
        form = forms().get(self.word(ahead))
        if form is None or form[1] not in _PARTICIPLE:
            return False
        self.lemma = form[0]
        self.i += ahead + 1
        return True

    def auxiliaries(self) -> None:
        """Step over modals and forms of *be*, *have* and *do*, and keep them in full.

        *'ll* is *will*, *won't* and *cannot* negate the group.
        """
        while True:
            word = self.word()
            word = _SHORTENED.get(word, word)
            if word.endswith("n't"):
                word = _CONTRACTED.get(word[:-3], word[:-3])
                self.negated = True
            if word == "cannot":
                word, self.negated = "can", True
            if word not in MODALS and word not in BE and word not in HAVE and word not in DO:
                return
            self.chain.append(word)
            self.i += 1
            self.skip_adverbs()

    def main(self) -> Verb | None:
        """The verb after the auxiliaries, or the last of these where none fits; else None."""
        last = self.chain[-1] if self.chain else ""
        if last in BE or last in HAVE:
            controlled = self.be_to(last)
            if controlled is not None:
                return controlled
        form = forms().get(self.word())
        if form is None or form[0] == "be":
            return self.auxiliary_alone()
        lemma, shape = form
        verb = self.finite(lemma, shape) if not self.chain else self.composed(lemma, shape)
        if verb is None:
            return self.auxiliary_alone()
        self.i += 1
        return self.controlling(verb)

    def auxiliary_alone(self) -> Verb | None:
        """*is*, *had*, *did* as the whole verb; the unknown word after it stays outside."""
        if not self.chain:
            return None
        last = self.chain[-1]
        lemma = "be" if last in BE else "have" if last in HAVE else "do" if last in DO else "?"
        return self.make(self.tense(), lemma)

    def tense(self) -> str:
        """The tense that the auxiliaries give, one of those of `Verb`; there must be one."""
        first, rest = self.chain[0], self.chain[1:]
        if first in MODALS:
            if "have" in rest:
                return "modal"
            return {"will": "future", "shall": "future", "would": "would"}.get(first, "modal")
        if first in HAVE and rest:
            return {"had": "pluperfect", "having": "ing"}.get(first, "perfect")
        simple = {"was": "past", "were": "past", "did": "past", "had": "past"}
        unfinished = {"being": "ing", "having": "ing", "be": "infinitive", "been": "part"}
        return simple.get(first) or unfinished.get(first, "present")

    def finite(self, lemma: str, shape: str) -> Verb:
        """The verb of a form that stands alone: *backed* and *put* are past, *come* is present."""
        tense = {
            "base": "present",
            "both": "present",
            "s": "present",
            "ed": "past",
            "past": "past",
            "any": "past",
        }
        return self.make(tense.get(shape, shape), lemma)

    def composed(self, lemma: str, shape: str) -> Verb | None:
        """The verb of a form after auxiliaries; None where the last of them takes no such form."""
        last, tense = self.chain[-1], self.tense()
        participle = shape in _PARTICIPLE
        if last in BE and participle:
            return self.make(tense, lemma, passive=True)
        if last in BE and shape == "ing":
            return self.make(tense, lemma, progressive=True)
        if last in HAVE and participle:
            perfect = {"had": "pluperfect", "having": "ing"}.get(self.chain[0], "perfect")
            return self.make(perfect if len(self.chain) == 1 else tense, lemma)
        if (last in MODALS or last in DO) and shape in _BASE:
            return self.make(tense, lemma)
        return None

    def make(
        self, tense: str, lemma: str = "", passive: bool = False, progressive: bool = False
    ) -> Verb:
        """A verb, negated and hedged as read so far; without `lemma`, of the participle."""
        adverbs = tuple(self.adverbs)
        return Verb(
            lemma or self.lemma,
            tense,
            passive=passive,
            negated=self.negated,
            hedged=any(adverb in HEDGES for adverb in adverbs),
            adverbs=adverbs,
            progressive=progressive,
        )

    def be_to(self, last: str) -> Verb | None:
        """*is to back*, *is set to back*, *has yet to back*."""
        word = self.word()
        if word == "to" and last in BE and forms().get(self.word(1), ("", ""))[1] in _BASE:
            control = "plan"
        elif word in _BE_TO and self.word(1) == "to" and (last in BE or word == "yet"):
            control = _BE_TO[word]
            self.i += 1
        else:
            return None
        head = self.make(self.tense(), "be")
        return self.embedded(head, control, lapsed=head.tense in {"past", "pluperfect"})

    def controlling(self, verb: Verb) -> Verb:
        """*agreed to back* is *back*, with what *agreed* says about it."""
        control = CONTROL.get(verb.lemma, "")
        if verb.passive:
            control = _BE_TO.get(self.tokens[self.i - 1].low, "other")
        if self.word() != "to" or not control:
            return verb
        lapsed = verb.lemma in {"plan", "intend"} and verb.tense in {"past", "pluperfect"}
        lapsed = lapsed or (control == "plan" and verb.tense == "pluperfect")
        return self.embedded(verb, control, lapsed) or verb

    def embedded(self, head: Verb, control: str, lapsed: bool) -> Verb | None:
        """The infinitive after *to*, in the tense of `head`; None, and no step, if none follows.

        It is hedged by adverbs alone, and negated also by what governs it (*refused to*).
        """
        start, self.i = self.i, self.i + 1
        self.skip_adverbs()
        form = forms().get(self.word())
        if form is None or form[1] not in _BASE:
            self.i = start
            return None
        passive = form[0] == "be" and self.passive_after_be()
        if not passive:
            self.i += 1
        negated = head.negated or self.negated or control in {"refuse", "yet"}
        return replace(
            head,
            lemma=self.lemma if passive else form[0],
            passive=passive,
            negated=negated,
            control=control,
            head=head.lemma,
            lapsed=lapsed,
            adverbs=tuple(self.adverbs),
            hedged=any(adverb in HEDGES for adverb in self.adverbs),
            progressive=False,
        )
