"""Who stands for the office, by what sentences say of them."""

from __future__ import annotations

from nemcon.reading import lexicon as lex
from nemcon.reading.clauses import Clause
from nemcon.reading.fields import listed
from nemcon.reading.line import Line
from nemcon.reading.posts import post_at, purpose
from nemcon.reading.predicates import meanings, past_adverbs
from nemcon.reading.scene import Scene
from nemcon.reading.view import OFFICE, Noun, View

NEXT = lex.word_set("next new future")
_STANDING = lex.word_set(
    "candidates contenders rivals frontrunner front-runner favourite favorite certain likely "
    "tipped poised"
)
_NOT_STANDING = lex.word_set("not no former unlikely successful failed")
_RUNS = lex.word_set("run ran running runs stood standing candidate candidacy bid nominee")
_IN_POLLS = lex.word_set("come finish lead receive get win place garner obtain")
_ENDORSING = frozenset({"members", "own-state", "all"})
_RACE_NOUNS = lex.word_set("race contest competition")
_RACES = lex.word_set("win lose lead")
_APPOINTS = lex.word_set("appoint select choose")
_LEAVING_VERBS = lex.word_set("succeed replace follow")


def succeeded(line: Line) -> list[str]:
    """Whom a sentence says somebody succeeds, replaces or takes over from."""
    found = []
    for i, noun in line.nouns():
        if noun.sort != "person":
            continue
        verb = line.verb(i - 1)
        if (
            (verb is not None and verb.lemma in _LEAVING_VERBS and not verb.passive)
            or (line.low(i - 1) == "from" and line.low(line.before(i - 1)) == "over")
            or (line.low(i - 1) == "to" and line.low(i - 2) == "successor")
        ):
            found.append(noun.id)
    return found


def candidates(line: Line, scene: Scene) -> list[str]:
    """The persons whom a sentence shows as candidates for the office."""
    found: list[str] = []
    leaving = succeeded(line)
    for i, noun in line.nouns():
        if (noun.sort == "owned" and noun.head in lex.BID_NOUNS | {"withdrawal"}) or (
            noun.sort == "owned" and noun.head in lex.CHOICE_NOUNS
        ):
            own = next((c.subject for c in line.clauses if not noun.id and c.at == i - 1), None)
            whose = own.id if own is not None and own.sort == "person" else ""
            found.append((whose or scene.person(noun, line, i)) if not other_contest(line) else "")
        elif (
            noun.sort == "person"
            and noun.id not in leaving
            and (_stands(line, i) or _supporters_of(line, i))
        ):
            found.append(noun.id)
    found.extend(_are_candidates(line, scene))
    found.extend(_listed(line))
    found.extend(_polled(line, scene))
    found.extend(_counted_on(line, scene))
    found.extend(_will_take_it(line, scene))
    found.extend(_nominated_too(line, scene))
    found.extend(_to_be_appointed(line))
    found.extend(_who_withdraws(line, scene))
    return [person for person in found if person != scene.holder]


def _are_candidates(line: Line, scene: Scene) -> list[str]:
    """*X of A and Y of B are candidates to become …*, *X is now the only candidate for the post*,
    *X seems certain to become …*.
    """
    found: list[str] = []
    for i, item in enumerate(line.items):
        if item.verb is None or item.verb.lemma not in {"be", "seem", "remain"}:
            continue
        at = next((k for k in range(i + 1, min(i + 10, len(line.items)))
                   if line.low(k) in {"to", "for"} or line.kind(k) == "verb"), -1)  # fmt: skip
        start = line.items[at].first if at > 0 else -1
        if at < 0 or purpose(line.view, start) <= start or item.verb.negated:
            continue
        between = {line.low(k) for k in range(i + 1, at)}
        if between & _NOT_STANDING or not between & (_STANDING | lex.RIVALS):
            continue
        clause = next((c for c in line.clauses if c.at == i), None)
        found.extend(_persons_before(line, scene, i))
        if clause is not None:
            found.append(scene.person(clause.subject, line, clause.subject_at))
    return found


def _listed(line: Line) -> list[str]:
    """*Candidates for the post: X of A and Y of B*."""
    names = listed(line.view)
    if not names or other_contest(line):
        return []
    found = [line.view.people.at(line.view.tokens, first) for first, _ in names]
    return [person[0] for person in found if person is not None]


def _polled(line: Line, scene: Scene) -> list[str]:
    """*X came first again*, in a report of straw polls for the office."""
    return [
        scene.person(clause.subject, line, clause.subject_at)
        for clause in line.clauses
        if clause.verb.lemma in _IN_POLLS and clause.subject.sort == "person"
        if not clause.verb.negated and not other_contest(line) and scene.straw_polls
    ]


def _counted_on(line: Line, scene: Scene) -> list[str]:
    """*X has the support of all 12 members*, *A endorsed X*: of a person it can only mean this."""
    found: list[str] = []
    for clause in line.clauses:
        means, at = meanings(line, clause.at), clause.at + 1
        subject = clause.subject.id if clause.subject.sort == "person" else ""
        if clause.verb.negated or not clause.verb.asserted or other_contest(line):
            continue
        if "receive" in means and not clause.verb.passive:
            at = next((k for k in range(at, min(at + 6, len(line.items)))
                       if line.low(k) in lex.SUPPORT_NOUNS), len(line.items)) + 2  # fmt: skip
            told = _proven(line.noun(at), scene) or named_for_post(line, clause)
            found += [subject] if told else []
        elif "support" in means and clause.verb.passive:
            found += [subject] if _proven(line.noun(past_adverbs(line, at) + 1), scene) else []
        elif "support" in means:
            noun = line.noun(past_adverbs(line, means["support"]))
            member = clause.verb.lemma == "endorse" and clause.subject.sort in _ENDORSING
            if noun is not None and (member or _proven(clause.subject, scene)):
                found += [noun.id] if noun.sort == "person" and not noun.former else []
    return found


def _will_take_it(line: Line, scene: Scene) -> list[str]:
    """*X will take over as …*, *X will succeed the holder (as …)*."""
    found: list[str] = []
    for clause in line.clauses:
        verb, means = clause.verb, meanings(line, clause.at)
        ahead = verb.planned or (verb.tense == "present" and verb.asserted and not verb.negated)
        if not ahead or verb.passive or clause.subject.sort != "person":
            continue
        if _so_as_to(line, clause.at) and not other_contest(line):
            found.append(clause.subject.id)
        at = past_adverbs(line, means.get("follow", means.get("begin", len(line.items))))
        noun, word = line.noun(at), line.items[at].first if at < len(line.items) else 0
        whom = noun is not None and noun.sort == "person" and noun.id == scene.holder
        end = purpose(line.view, word) if line.low(at) == "as" and line.kind(at) == "word" else -1
        takes = verb.planned and end > word
        if not other_contest(line) and (takes or ("follow" in means and whom)):
            found.append(clause.subject.id)
    return found


def _so_as_to(line: Line, at: int) -> bool:
    """*(X) needs only the blessing of the Council to become …*, with nobody else in between."""
    for i in range(at + 1, len(line.items)):
        noun, first = line.noun(i), line.items[i].first
        if line.low(i) in {",", ";", ":"} or (noun is not None and noun.sort in {"person", "name"}):
            return False
        if line.low(i) == "to" and line.view.word(first + 1) in {"become", "be", "succeed"}:
            return purpose(line.view, first) > first
    return False


def _nominated_too(line: Line, scene: Scene) -> list[str]:
    """*A nominated X for the post. B nominated Y.*: for the post that was just spoken of."""
    before = scene.lines[line.index - 1] if line.index else None
    nouns = [noun for _, noun in before.nouns()] if before is not None else []
    if not any(noun.sort == "contest" or (noun.sort == "post" and noun.id) for noun in nouns):
        return []
    found = []
    for clause in line.clauses:
        at = meanings(line, clause.at).get("nominate", len(line.items))
        noun = line.noun(at)
        plain = clause.verb.asserted and not clause.verb.negated and not clause.verb.passive
        ends = line.low(at + 1) == "." or line.kind(at + 1) == "date"
        if plain and ends and clause.subject.sort == "members" and clause.verb.lemma != "name":
            found += [noun.id] if noun is not None and noun.sort == "person" else []
    return found if not other_contest(line) else []


def in_one_breath(line: Line, known: set[str]) -> set[str]:
    """*A opposes X and supports Y*: Y is what X is."""
    towards: dict[int, set[str]] = {}
    for clause in line.clauses:
        means = meanings(line, clause.at)
        ends = [means[meaning] for meaning in ("support", "oppose") if meaning in means]
        noun = line.noun(past_adverbs(line, ends[0])) if ends and not clause.verb.passive else None
        if noun is not None and noun.sort == "person" and clause.subject.sort == "members":
            towards.setdefault(clause.subject_at, set()).add(noun.id)
    found = [people for people in towards.values() if people & known]
    return set().union(*found) if not other_contest(line) else set()


def _proven(noun: Noun | None, scene: Scene) -> bool:
    """Whether it counts the members: the whole is as many as there are."""
    if noun is None or noun.sort not in {"all", "count"}:
        return False
    every = noun.sort == "all" and not noun.number
    return every or scene.members in {noun.of, noun.number if noun.sort == "all" else 0}


def _persons_before(line: Line, scene: Scene, i: int) -> list[str]:
    """The persons joined by *and* who are the subject of the verb at item `i`."""
    found: list[str] = []
    i -= 1
    while line.kind(i) == "adverb":
        i -= 1
    while (noun := line.noun(i)) is not None and noun.sort in {"person", "pronoun"}:
        found.append(scene.person(noun, line, i))
        if line.low(i - 1) not in {"and", ","}:
            break
        i -= 1 + (line.low(i - 1) == "and" and line.low(i - 2) == ",") + 1
    return found


def _to_be_appointed(line: Line) -> list[str]:
    """*the Council is to appoint X (as …)*: whom the body or its organ chooses, or is to."""
    found: list[str] = []
    for clause in line.clauses:
        at = meanings(line, clause.at).get("decide", -1)
        if at < 0 or clause.verb.passive or clause.verb.lemma not in _APPOINTS:
            continue
        at = past_adverbs(line, at)
        noun = line.noun(at)
        if clause.subject.sort in {"body", "organ"} and noun is not None and noun.sort == "person":
            follows = line.items[at].last
            named = line.low(at + 1) in {"as", "to", "for"}
            if not line.view.possessive(follows) and (
                line.kind(at + 1) in {"date", "mark", ""}
                or (named and purpose(line.view, follows) > follows)
            ):
                found.append(noun.id)
    return found


def other_contest(line: Line) -> bool:
    """Whether the sentence speaks of an election or office of somebody else."""
    return runs_elsewhere(line) or any(
        token.low in lex.OTHER_CONTEST and not token.quoted and not _our_election(line.view, i)
        for i, token in enumerate(line.view.tokens)
    )


def _our_election(view: View, i: int) -> bool:
    """*the Director-General election*, *the election of the chair*: of the office itself."""
    if view.word(i) not in {"election", "elections"}:
        return False
    named = (view.named(k, OFFICE) for k in range(max(0, i - 6), i))
    after = post_at(view, i + 2) if view.word(i + 1) in {"of", "for"} else None
    before = any(found is not None and found[1] == i for found in named)
    return before or (after is not None and bool(after[0].id))


def runs_elsewhere(line: Line) -> bool:
    """*ran for president of something*: a candidacy for another office."""
    view = line.view
    return any(
        view.word(i) in _RUNS and view.word(i + 1) == "for" and purpose(view, i + 1) < 0
        for i in range(view.size)
        if not view.tokens[i].quoted
    )


def _stands(line: Line, i: int) -> bool:
    """Whether the person at item `i` is said to stand for the office, to be chosen, or chosen."""
    item = line.items[i]
    if line.low(i + 1) in {"to", "as", "for"} and purpose(line.view, item.last) > item.last:
        return True
    named_so = item.noun is not None and item.noun.head == "rival"
    if named_so or line.low(i - 1) in lex.RIVALS or line.low(i - 1) == "candidates":
        return not other_contest(line)
    if (
        line.low(i - 1) == "for"
        and (place := line.noun(i - 2)) is not None
        and (place.sort == "post" and place.id)
    ):
        return True
    race = _between(line, i) or _pitted(line, i) or _passed(line, i) or _run_against(line, i)
    if race and not other_contest(line):
        return True
    k = past_adverbs(line, i + 1)
    verb, post = line.verb(k), line.noun(k + 1)
    if verb is not None and verb.passive and "decide" in meanings(line, k):
        return verb.asserted and post is not None and post.sort == "post" and bool(post.id)
    if verb is not None and verb.lemma in {"be", "become"}:
        if post is not None and post.sort == "post" and post.id:
            ahead = verb.tense in {"future", "infinitive", "would"} or verb.control != ""
            return ahead or bool(NEXT & set(post.words.lower().split()))
        return _is_candidate(line, k + 1)
    after = line.items[k].last if verb is not None else -1
    if verb is not None and verb.passive and verb.lemma in {"recommend", "propose"}:
        return verb.asserted and purpose(line.view, after) > after
    if verb is not None and verb.passive and verb.lemma == "declare" and verb.asserted:
        return _is_candidate(line, k + 1)
    before = line.noun(i - 2)
    verb = line.verb(i - 1)
    if verb is not None and verb.lemma == "be" and before is not None and before.sort == "post":
        return bool(NEXT & set(before.words.lower().split()))
    return line.low(i + 1) == "," and _is_candidate(line, i + 2)


def _between(line: Line, i: int) -> bool:
    """*the race is between X and Y*: both stand."""
    if not any(noun.sort == "contest" for _, noun in line.nouns(i)):
        return False
    while line.low(i - 1) in {"and", ","} and line.noun(i - 2) is not None:
        i -= 2
    noun = line.noun(i)
    return line.low(i - 1) == "between" and noun is not None and noun.sort == "person"


def _pitted(line: Line, i: int) -> bool:
    """*(X runs for the post,) setting up a contest with Y*: Y stands as well."""
    noun = line.noun(i - 2)
    race = line.low(i - 2) in _RACE_NOUNS or (noun is not None and noun.sort == "contest")
    ours = any(noun.sort == "post" and noun.id for _, noun in line.nouns(i))
    return race and ours and line.low(i - 1) in {"with", "against"}


def _run_against(line: Line, i: int) -> bool:
    """*(X is running) against Y for the post*: Y stands as well."""
    verb = line.verb(i - 2)
    if line.low(i - 1) != "against" or verb is None or verb.lemma not in {"run", "stand"}:
        return False
    at = line.items[i].last
    return line.low(i + 1) == "for" and purpose(line.view, at) > at


def _supporters_of(line: Line, i: int) -> bool:
    """*X's supporters in the race for the post*: X stands."""
    race = line.noun(i + 4)
    named = line.low(i + 2) in {"supporters", "backers"} and line.low(i + 3) == "in"
    return named and race is not None and race.sort == "contest" and not other_contest(line)


def _passed(line: Line, i: int) -> bool:
    """*(X is) ahead of Y in the race for the post*: Y stands as well."""
    race = line.noun(i + 2) if line.low(i + 1) == "in" else None
    ahead = line.low(i - 1) == "of" and line.low(i - 2) in {"ahead", "front"}
    return ahead and race is not None and race.sort == "contest"


def _is_candidate(line: Line, i: int) -> bool:
    """*the only candidate (for the post)*, *his only rival*, *the president and one other …*."""
    noun, end = line.noun(i), i
    if noun is not None and noun.sort == "members" and noun.role and line.low(i + 1) == "and":
        i = end = i + 2
    called = lex.RIVALS | lex.FAVOURITES
    while end < i + 5 and line.kind(end) in {"word", "adverb"} and line.low(end) not in called:
        end += 1
    if line.low(end) not in called or other_contest(line):
        return False
    follows = line.items[end].last
    if end == i or line.low(end) in lex.FAVOURITES:  # "X, candidate for the post"
        return line.low(end + 1) in {"for", "to"} and purpose(line.view, follows) > follows
    return line.low(end + 1) not in {"for", "to"} or purpose(line.view, follows) > follows


def named_for_post(line: Line, clause: Clause) -> bool:
    """*was put forward as candidate for the post*: for ours, and for no other."""
    for i in range(clause.at, line.end_of_clause(clause.at)):
        first = line.items[i].first
        if line.low(i) in {"as", "for", "to"} and line.kind(i) == "word":
            return purpose(line.view, first) > first
    return False


def _runs_for_it(clause: Clause, line: Line) -> bool:
    """*X would run for the post*, *X has won the race*."""
    verb, follows = clause.verb, line.items[clause.at].last
    if verb.negated or verb.passive:
        return False
    if verb.lemma in {"run", "stand"}:
        against = line.low(clause.at + 1) == "against" and line.low(clause.at + 3) == "for"
        at = line.items[clause.at + 3].first if against else follows
        return line.view.word(at) == "for" and purpose(line.view, at) > at
    noun = line.noun(past_adverbs(line, clause.at + 1))
    if verb.lemma in {"be", "remain", "stay"}:
        return _in_the_race(line, clause)
    return verb.lemma in _RACES and noun is not None and noun.sort == "contest" and (
        not other_contest(line))  # fmt: skip


def _in_the_race(line: Line, clause: Clause) -> bool:
    """*X is ahead in the race (for the post)*, *X remains in the running*."""
    inside = range(clause.at + 1, line.end_of_clause(clause.at))
    return not other_contest(line) and any(
        line.low(i) == "in" and (noun := line.noun(i + 1)) is not None and noun.sort == "contest"
        for i in inside
    ) and clause.subject.sort in {"person", "pronoun"} and not clause.verb.hedged  # fmt: skip


def _who_withdraws(line: Line, scene: Scene) -> list[str]:
    """Subjects of *withdrew from the race*, *was put forward for the post*."""
    found = []
    for clause in line.clauses:
        means = meanings(line, clause.at)
        if clause.verb.passive and "nominate" in means and named_for_post(line, clause):
            found.append(scene.person(clause.subject, line, clause.subject_at))
        if _runs_for_it(clause, line):
            found.append(scene.person(clause.subject, line, clause.subject_at))
        for meaning in ("withdraw", "give-up", "run"):
            at = past_adverbs(line, means.get(meaning, len(line.items)))
            at += line.low(at) in {"from", "of"}
            noun = line.noun(at)
            if noun is not None and noun.sort == "contest" and not other_contest(line):
                found.append(scene.person(clause.subject, line, clause.subject_at))
    return found
