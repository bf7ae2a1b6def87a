"""Who holds a stance, and on whose word: members, all, so many, or a group in its own words."""

from __future__ import annotations

from dataclasses import dataclass, replace

from nemcon.entries import Modality, Span
from nemcon.reading import lexicon as lex
from nemcon.reading.clauses import Clause
from nemcon.reading.line import Line
from nemcon.reading.quantities import exceptions
from nemcon.reading.scene import Scene
from nemcon.reading.view import Noun


@dataclass(frozen=True, slots=True)
class Holders:
    """The fields of a position or tally that say who.

    `own`: the members say it themselves, through whomever; `itself`: the member or its
    government as such says it.
    """

    members: tuple[str, ...] = ()
    excepted: tuple[str, ...] = ()
    including: bool = False
    group: str = ""
    number: int = 0
    of: int = 0
    bound: str = "exactly"
    speaker: str = ""
    modality: Modality = "asserted"
    own: bool = False
    itself: bool = False
    spans: tuple[Span, ...] = ()


def holders_of(
    clause: Clause | None, line: Line, scene: Scene, candidate: str,
    noun: Noun | None = None, at: int = -1,
) -> Holders | None:  # fmt: skip
    """Who the phrase `noun` (the subject of the clause, if not given) stands for; None if it
    may hold no stance, or if somebody else says it of a member.
    """
    if clause is not None and noun is None:
        noun, at = clause.subject, clause.subject_at
    if noun is None:
        return None
    who = _antecedent(clause, line, scene, noun, at, candidate)
    if who is None or clause is None:
        return who
    return _on_whose_word(clause, line, scene, noun, who)


def _antecedent(
    clause: Clause | None, line: Line, scene: Scene, noun: Noun, at: int, candidate: str
) -> Holders | None:
    speaker = clause.frame.speaker if clause is not None else None
    if noun.sort == "own-state":  # "said that her country backs X"
        return _home(speaker, scene)
    if noun.sort != "pronoun":
        return _holders(clause, line, scene, noun, candidate)
    saying = next((c for c in line.clauses if clause and c.at == clause.frame.say_at), None)
    if saying is not None and saying.frame.kind == "relative" and noun.words == "they":
        return None  # "members who said that they back X": which ones, is not said
    if speaker is not None and noun.words in {"it", "they"}:
        return _holders(clause, line, scene, speaker, candidate)
    if speaker is not None and noun.words in {"he", "she"} and speaker.acts:
        return _holders(clause, line, scene, speaker, candidate)
    if noun.words == "it":
        return _it(line, scene, at)
    if noun.words != "they":
        return None
    found = scene.group_before(line, at)
    if found is None:
        return None
    group, where = found
    who = _holders(clause, where, scene, group, candidate)
    if who is None or where is line:
        return who
    index = next(i for i, n in where.nouns() if n is group)
    return replace(who, spans=(*who.spans, scene.span(where, index, index + 1)))


def _home(speaker: Noun | None, scene: Scene) -> Holders | None:
    """The member of whoever says that *her country* or *his government* holds something."""
    if speaker is None or not _of_the_state(speaker):
        return None
    (state,) = speaker.members if len(speaker.members) == 1 else (speaker.state,)
    return Holders(members=(state,)) if scene.is_member(state) else None


_DETERMINERS = lex.word_set("a an the its this that another one each every")
_THINGS = frozenset({"body", "organ", "organ-word", "state-organ", "name", "all", "group", "post"})


def _it(line: Line, scene: Scene, at: int) -> Holders | None:
    """*it*: the member that this sentence, or the one before, is about, if nothing else in there
    can be meant.
    """
    for index in (line.index, line.index - 1):
        if index < 0:
            return None
        back = scene.lines[index]
        nouns = [noun for _, noun in back.nouns(at if back is line else None)]
        states = {noun.members for noun in nouns if noun.sort == "members"}
        if any(noun.sort in _THINGS for noun in nouns):
            return None
        until = at if back is line else len(back.items)
        if any(item.kind == "word" and item.low in _DETERMINERS for item in back.items[:until]):
            return None  # "A has a new party. It backs X."
        if states:
            subject = next((c.subject for c in back.clauses if c.subject_at >= 0), None)
            (members, *more) = states
            alone = not more and len(members) == 1 and scene.is_member(members[0])
            if not alone or subject is None or subject.members != members:
                return None
            noun = next(noun for noun in nouns if noun.members)
            spans = () if back is line else (_at(back, scene, noun),)
            return Holders(members=members, spans=spans)
        if nouns:
            return None
    return None


def _at(line: Line, scene: Scene, noun: Noun) -> Span:
    index = next(i for i, n in line.nouns() if n is noun)
    return scene.span(line, index, index + 1)


def _holders(
    clause: Clause | None, line: Line, scene: Scene, noun: Noun, candidate: str
) -> Holders | None:
    if noun.sort == "members":
        if not noun.members or not all(scene.is_member(member) for member in noun.members):
            return None
        return Holders(members=noun.members, including=noun.including)
    if noun.sort == "person" and noun.acts and scene.is_member(noun.state):
        if not noun.role and noun.id in scene.candidates:
            return None  # a candidate speaks as one
        past = clause is not None and clause.verb.tense in {"past", "pluperfect"}
        if not noun.role and past and clause is not None and not _dated(clause, line):
            return None  # in which office, is not said
        return Holders(members=(noun.state,))
    if noun.sort == "group":
        return Holders(group=noun.words)
    if noun.sort == "count":
        if noun.bare and noun.of != scene.members:
            return None
        return Holders(number=noun.number, of=noun.of, bound=noun.bound)
    if noun.sort == "none":
        return Holders(members=("all",))
    if noun.sort == "all":
        return _all(clause, line, scene, noun, candidate)
    return None


def _dated(clause: Clause, line: Line) -> bool:
    """Whether the clause gives its day, or is a report of what its subject says."""
    return bool(clause.dates or line.dates_after(clause.at) or clause.frame.kind == "reported")


def _all(
    clause: Clause | None, line: Line, scene: Scene, noun: Noun, candidate: str
) -> Holders | None:
    """All members, but for those excepted, or for the one just spoken of (*all other*)."""
    excepted = noun.excepted or exceptions(line.view)
    if excepted is None:
        return None
    if excepted:
        return Holders(members=("all",), excepted=excepted)
    if not noun.other:
        if noun.bare and noun.number != scene.members:
            return None
        if noun.number:
            return Holders(number=noun.number, of=noun.number)
        return Holders(members=("all",))
    found = _just_spoken_of(clause, line, scene, candidate)
    if found is None:
        return None
    return Holders(members=("all",), excepted=(found[0],), spans=(found[1],))


def _just_spoken_of(
    clause: Clause | None, line: Line, scene: Scene, candidate: str
) -> tuple[str, Span] | None:
    """The member that *other* leaves out: whose leader or candidate the sentence before is about.

    Taken only if that sentence names no other member, but for the State of the candidate whom
    the others support.
    """
    own = scene.people.get(candidate)
    backed = own.state if own else ""
    for index in (line.index - 1, line.index - 2):
        if index < 0:
            return None
        before = scene.lines[index]
        named = _states(before, scene) - {backed}
        subject = _subject(before, scene)
        if len(named) == 1 and subject is not None and subject[0] in named:
            return None if index and _another(scene.lines[index - 1], named) else subject
        if named or not (clause is not None and clause.frame.event):
            return None
    return None


def _another(line: Line, named: set[str]) -> bool:
    """Whether the sentence before is about another member, which may stand apart as well."""
    main = next((c for c in line.clauses if c.frame.kind == "main"), None)
    return main is not None and main.subject.sort == "members" and (
        not set(main.subject.members) <= named)  # fmt: skip


def _states(line: Line, scene: Scene) -> set[str]:
    found: set[str] = set()
    for _, noun in line.nouns():
        states = {*noun.members, noun.state}
        if noun.sort == "person" and not noun.state:
            known = scene.people.get(noun.id)
            states.add(known.state if known else "")
        found |= {state for state in states if state and scene.is_member(state)}
    return found


def _subject(line: Line, scene: Scene) -> tuple[str, Span] | None:
    """The member that the main clause of a sentence is about, through its leader or candidate."""
    main = next((c for c in line.clauses if c.frame.kind == "main"), None)
    if main is None or main.subject_at < 0:
        return None
    noun = main.subject
    state = noun.members[0] if len(noun.members) == 1 else noun.state
    if not state:
        return None
    return state, scene.span(line, main.subject_at, main.subject_at + 1)


def _on_whose_word(
    clause: Clause, line: Line, scene: Scene, noun: Noun, who: Holders
) -> Holders | None:
    """What is reported of a member counts only on its own word; a count may be anybody's."""
    frame = clause.frame
    if frame.kind != "reported":
        return who
    if frame.speaker is None:
        return None
    outer = line.outermost(frame)
    speaker = scene.organ_meant(frame.speaker, line)
    name = scene.speaker_name(speaker, line, frame.say_at)
    if who.number or who.group or "all" in who.members:
        if name in scene.candidates:
            return None
        return replace(who, speaker=name, modality="reported")
    if outer is not frame and not _speaks_for(outer.speaker, who, line, scene):
        return None
    own = noun.sort == "own-state" and (speaker.sort == "members" or speaker.acts)
    if clause.subject is noun and (noun.sort == "pronoun" or own):
        return replace(who, own=True, itself=True, speaker=name)
    if speaker.sort == "own-state" and clause.subject.sort == "members" and len(who.members) == 1:
        itself = not lex.OFFICIALS & set(speaker.words.split())
        modality: Modality = (
            "asserted" if itself else "reported"
        )  # "A backs X, its government said"
        return replace(who, own=True, itself=itself, speaker=name, modality=modality)
    if not _speaks_for(speaker, who, line, scene):
        return None
    own = speaker.sort == "members" or speaker.acts
    return replace(
        who, own=True, itself=own, speaker=name, modality="asserted" if own else "reported"
    )


def _of_the_state(speaker: Noun) -> bool:
    """Whether the speaker has a part in the State's affairs now: no former minister, no senator."""
    if speaker.sort != "person":
        return not speaker.former and not (lex.PAST_STATUS & set(speaker.words.lower().split()))
    return speaker.acts or (not speaker.former and speaker.role.lower() in lex.OFFICIALS)


def _speaks_for(speaker: Noun | None, who: Holders, line: Line, scene: Scene) -> bool:
    """Whether the speaker is of the one member whose stance is told."""
    if speaker is None or len(who.members) != 1:
        return False
    speaker = scene.organ_meant(speaker, line)
    if not _of_the_state(speaker):
        return False
    return (set(speaker.members) or {speaker.state}) == set(who.members)
