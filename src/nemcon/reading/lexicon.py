"""The reader's English: small closed classes of words, no name of anybody or anything."""

from __future__ import annotations

from typing import Final


def word_set(text: str) -> frozenset[str]:
    """The words of `text` as a set."""
    return frozenset(text.split())


_MONTHS = """january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|
september sep sept|october oct|november nov|december dec"""
_WEEKDAYS = "monday|tuesday tue tues|wednesday|thursday thu thurs|friday fri|saturday|sunday"
_NUMBERS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
fifteen sixteen seventeen eighteen nineteen twenty"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"

MONTHS: Final = {
    name: number
    for number, names in enumerate(_MONTHS.split("|"), start=1)
    for name in names.split()
}
WEEKDAYS: Final = {
    name: number for number, names in enumerate(_WEEKDAYS.split("|")) for name in names.split()
}
NUMBERS: Final = {word: number for number, word in enumerate(_NUMBERS.split())}
TENS: Final = {word: 10 * number for number, word in enumerate(_TENS.split(), start=2)}

BE: Final = word_set("be am is are was were been being")
HAVE: Final = word_set("have has had having")
DO: Final = word_set("do does did")
MODALS: Final = word_set("will would shall should can could may might must cannot")
NOT: Final = word_set("not never n't")
POSSESSIVES: Final = word_set("his her its their our my your")

# Adverbs that change nothing about whether a thing was so.
PLAIN_ADVERBS: Final = word_set(
    "also already now then still again finally ultimately eventually officially formally "
    "publicly openly fully strongly firmly warmly clearly unanimously jointly together both "
    "since soon thus therefore consequently subsequently recently immediately swiftly quickly "
    "too just even later duly explicitly unequivocally wholeheartedly enthusiastically "
    "successfully however meanwhile today yesterday first only all overnight"
)
# Adverbs that put a stance into the past or open its end.
ENDED_ADVERBS: Final = word_set("initially previously formerly originally once earlier")
# Adverbs that leave open whether it was so at all.
HEDGES: Final = word_set(
    "reportedly allegedly apparently possibly probably perhaps maybe nearly almost supposedly "
    "likely potentially effectively tentatively conditionally privately virtually practically "
    "seemingly presumably theoretically reluctantly hardly barely scarcely arguably "
    "implicitly indirectly tacitly purportedly ostensibly unlikely partly partially "
    "provisionally hopefully informally personally nominally halfheartedly "
    "rarely seldom usually mostly largely broadly generally typically normally evidently surely "
    "temporarily momentarily briefly traditionally sporadically occasionally superficially "
    "outwardly cautiously symbolically verbally"
)
NOT_ADVERBS: Final = word_set(
    "ally rally supply apply reply family early only likely unlikely july italy daily weekly "
    "monthly assembly anomaly homily lily bully"
)

# Phrases that do the work of an adverb: "ultimately" changes nothing, "initially" has ended.
ADVERBIALS: Final[dict[str, list[tuple[tuple[str, ...], str]]]] = {}
for _meaning, _phrases in (
    (
        "ultimately",
        (
            "in the end|in the meantime|from now on|as well|so far|by then|by now|in turn|in total|"
            "at the same time|on the other hand|for its part|at last|of course|at this point|"
            "in fact|in addition|by contrast|in contrast|as expected|as ever|as usual|as before|"
            "without exception|by consensus|by acclamation|without a vote"
        ),
    ),
    (
        "then",
        (
            "earlier in the day|later in the day|in that time|since then|during that time|"
            "in this period|during that period"
        ),
    ),
    (
        "initially",
        "at first|at the beginning|in the beginning|in the past|at the outset|at one point",
    ),
):
    for _phrase in _phrases.split("|"):
        ADVERBIALS.setdefault(_phrase.split()[0], []).append((tuple(_phrase.split()), _meaning))

# Words that make a clause hypothetical, wherever they stand in it.
CONDITIONS: Final = word_set("if unless whether until till provided providing lest")
# What happens in these is not so in the world.
UNREAL: Final = word_set(
    "joke theory poll survey draft scenario dream simulation case principle paper fiction "
    "film novel version hypothesis model plan proposal leak opinion view eyes telling belief "
    "judgment judgement estimation"
)
# Words that open a clause which says that something happened, and when.
TEMPORAL: Final = word_set("after when before since once as while because though although")
REPORTING: Final = word_set(
    "say announce tell state declare confirm report add note stress explain write inform notify "
    "reveal disclose indicate"
)
# "decided it will back": the speaker says what it does itself, nobody reports it.
RESOLVING: Final = word_set("decide agree promise pledge vow")

COURTESIES: Final = word_set("mr mrs ms dr mr. mrs. ms. dr.")
MEMBER_NOUNS: Final = word_set(
    "member members ally allies state states country countries nation nations government "
    "governments capital capitals"
)
ONE_MEMBER: Final = word_set("member ally state country nation government")
PERSON_GROUPS: Final = word_set(
    "diplomat diplomats official officials source sources ambassador ambassadors envoy envoys "
    "representative representatives minister ministers leader leaders aide aides spokesman "
    "spokeswoman spokesperson"
)
BODY_NOUNS: Final = word_set(
    "alliance bloc organization organisation body union association federation pact group"
)
VAGUE: Final = word_set("some several many most various certain other numerous")
VAGUE_OF: Final = word_set("number handful group majority couple dozens")
ORG_WORDS: Final = word_set(
    "council union party parliament senate congress assembly ministry ministries committee "
    "commission court bank agency organization organisation association federation institute "
    "university house office bureau board forum summit treaty agreement war sea ocean world cup "
    "street square army navy force forces corps post times journal news press radio television "
    "group bloc alliance republic kingdom administration department service services coalition "
    "movement front league society foundation fund company corporation states nations network "
    "club team secretariat presidency cabinet government chancellery declaration convention"
)
# A sentence begins with a capital letter; these words never begin a name.
OPENERS: Final = word_set(
    "the a an this that these those he she it they we i you his her its their our there here "
    "what who when where why how which in on at by for from with without after before as if "
    "while since because although though but and or nor so yet however meanwhile moreover "
    "furthermore also still then thus hence therefore instead despite during under over until "
    "once like unlike according additionally initially finally eventually ultimately today "
    "yesterday tomorrow earlier later now not no none all any both each every some several many "
    "most few other another such only even just to of about among between against through "
    "throughout following including given is are was were will would can could may might must "
    "do does did has have had mr mrs ms dr former outgoing new next critics supporters opponents "
    "observers commentators rumours rumors reports polls media analysts experts others everyone "
    "everybody nobody people fans voters"
)
PARTICLES: Final = word_set(
    "de van von der den ter la le du di da dos del della bin ibn al el af zu ten"
)

CONTEST_NOUNS: Final = word_set(
    "race contest contention running competition dispute campaign battle fight succession"
)
POST_NOUNS: Final = word_set("job post role position office seat")
BID_NOUNS: Final = word_set("candidacy candidature bid nomination candidateship application quest")
CHOICE_NOUNS: Final = word_set("appointment selection election choice")
RIVALS: Final = word_set("competitor rival challenger contender opponent candidate")
FAVOURITES: Final = word_set("frontrunner front-runner favourite favorite nominee hopeful finalist")
TERM_NOUNS: Final = word_set("term mandate tenure")
SUPPORT_NOUNS: Final = word_set("support backing endorsement approval blessing")

# Titles of those who act for their State, of those who do not, and what takes a title away.
LEADING: Final = (
    "president|prime minister|premier|pm|chancellor|taoiseach|head of state|head of government|"
    "leader|foreign minister|defence minister|defense minister|minister|foreign secretary|"
    "secretary of state|defence secretary|defense secretary|minister of foreign affairs|"
    "minister for foreign affairs|minister of defence|minister of defense|trade minister|"
    "finance minister"
)
GOVERNING: Final = (
    "government|cabinet|authorities|foreign ministry|ministry of foreign affairs|presidency|"
    "council of ministers|prime minister's office|president's office|delegation"
)
OTHER_TITLES: Final = (
    "ambassador|envoy|diplomat|official|spokesman|spokeswoman|spokesperson|senator|"
    "opposition leader|politician|dictator|general|governor|mayor|commissioner|representative|"
    "lawmaker|candidate|secretary|chief|chair|chairman|chairwoman|king|queen|deputy|speaker|"
    "vice president|deputy prime minister|interior minister|chief of staff|minister of state|"
    "party leader|autocrat|strongman|economist|lawyer|judge"
)
# Who speaks for the State in whose service they are.
OFFICIALS: Final = word_set(
    "ambassador envoy diplomat official spokesman spokeswoman spokesperson representative"
)
PAST_STATUS: Final = word_set(
    "former ex late onetime one-time erstwhile then ex- shadow ousted deposed exiled "
    "self-styled self-proclaimed"
)
PRESENT_STATUS: Final = word_set(
    "current outgoing incumbent new acting caretaker interim longtime long-time veteran sitting "
    "populist nationalist conservative liberal centrist right-wing far-right left-wing hard-right "
    "longest-serving long-serving newly-elected senior top"
)
NOT_YET_STATUS: Final = word_set(
    "incoming designate elect next future aspiring would-be presumptive"
)

STANDING: Final = word_set(
    "strong full firm formal official public early initial unanimous broad wide widespread clear "
    "unequivocal continued overwhelming near-unanimous unwavering vocal key crucial solid own"
)
PLEDGE_VERBS: Final = word_set("donate give send provide deliver supply transfer hand lend grant")

OTHER_CONTEST: Final = word_set(
    "election elections referendum parliamentary presidential presidency senate mayoral "
    "gubernatorial primary primaries"
)
# Words for objecting, opposing, blocking or a veto, in whatever sense.
OBJECTING: Final = word_set(
    "object objects objected objecting objection objections objector objectors "
    "oppose opposes opposed opposing opposition opponent opponents "
    "block blocks blocked blocking blockade veto vetoes vetoed vetoing "
    "reject rejects rejected rejecting rejection resist resists resisted resisting resistance "
    "holdout holdouts"
)
SIGNALS: Final = OBJECTING | word_set(
    "candidacy candidature nomination bid withdraw withdrew withdrawn withdrawal race "
    "appointed appointment selected selection elected chosen named unanimous unanimously "
    "consensus hesitation hesitant reluctant abstain abstained endorse endorsed endorses "
    "succeed succeeding successor endorsing supporting withdrawing withdraws nominated "
    "favours favors joined acceded accession backed backing backs vote voted support supported "
    "supports"
)

# Whatever was told before these is somebody's opinion, or was taken back.
DOUBTING = word_set(
    "predict predicts predicted claim claims claimed believe believes believed think thinks "
    "thought seems hopes hoped suspect suspects reckons denied denies retracted disputes disputed "
    "speculated view"
)
# "said in a private capacity": then it is not the member who says it.
IN_PRIVATE = word_set("private personal")
CAPACITIES = word_set("capacity view opinion name")
UNTRUE = word_set("wrongly falsely mistakenly erroneously jokingly ironically mockingly account")


def plain_role(words: str) -> str:
    """A role in lower case; *premier*, *PM* and *prime minister* are one."""
    return {"premier": "prime minister", "pm": "prime minister"}.get(words.lower(), words.lower())
