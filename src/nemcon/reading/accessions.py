"""Members that joined or left the body."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from nemcon.entries import Basis, Membership, Span, Term
from nemcon.findings import Finding, Place
from nemcon.reading import lexicon as lex
from nemcon.reading.clauses import Clause
from nemcon.reading.line import Line
from nemcon.reading.predicates import meanings, past_adverbs
from nemcon.reading.scene import Scene
from nemcon.reading.view import Noun
from nemcon.when import When

_MAY_FOLLOW = lex.TEMPORAL | lex.word_set("with alongside together despite following but which")
_AGAIN = ("rejoin", "re-join", "readmit", "return")
_GAINS = frozenset({"gain", "add", "admit"})


def accessions(line: Line, scene: Scene) -> None:
    """Propose the changes of membership in a sentence."""
    for clause in line.clauses:
        verb = clause.verb
        done = verb.tense in {"past", "perfect", "pluperfect"}  # "joins on 1 June": not yet
        if not done or not verb.asserted or verb.negated or verb.passive or clause.supposed:
            continue
        if clause.frame.kind == "reported":
            continue
        means = meanings(line, clause.at)
        if clause.subject.sort == "count" and "accede" in means:
            _counted(clause, line, scene, means["accede"])
        elif clause.subject.sort == "members":
            _named(clause, line, scene, means)
        elif clause.subject.sort == "body" and verb.lemma in _GAINS:
            _gained(clause, line, scene)


def _named(clause: Clause, line: Line, scene: Scene, means: dict[str, int]) -> None:
    """*A joined the body on 7 March*, *A and B left it*."""
    if clause.subject.role or clause.subject.including:
        return
    change = ""
    if "accede" in means and _the_body(line, means["accede"], clause.verb.lemma):
        change = "accession"
    elif "secede" in means and _the_body(line, means["secede"], clause.verb.lemma):
        change = "withdrawal"
    words = [token.low for token in line.view.tokens]
    again = any(word.startswith(_AGAIN) for word in words) or ("came", "back") in pairwise(words)
    if not change or (change == "withdrawal" and again):
        return
    when, basis = scene.past((*clause.dates, *line.dates_after(clause.at)), line)
    span = scene.clause_span(line, clause)
    for member in clause.subject.members:
        scene.add("membership", line, Membership, [span], matter=False, member=member,
                  change=change, happened=when, basis=basis)  # fmt: skip


def _the_body(line: Line, i: int, lemma: str) -> bool:
    """Whether the body itself is joined or left, or *a member of the body* is what one becomes."""
    if lemma == "become":
        end = next((k for k in range(i, min(i + 4, len(line.items)))
                    if line.low(k) in {"member", "ally"}), -1)  # fmt: skip
        noun = line.noun(end + 2) if end >= 0 and line.low(end + 1) == "of" else None
        owner = line.noun(i)
        owned = owner is not None and owner.sort == "body" and line.low(i + 1) in {"'s", "’s"}
        if noun is not None and noun.sort == "body":
            whole = not line.view.possessive(line.items[end + 2].last)
            return whole and _ends_there(line, end + 3)
        return end >= 0 and owned and _ends_there(line, end + 1)
    noun = line.noun(i)
    after = line.items[i].last if i < len(line.items) else 0
    if noun is None or noun.sort != "body" or line.view.possessive(after):
        return False
    return _ends_there(line, i + 1)


def _ends_there(line: Line, i: int) -> bool:
    """Whether it is the body that is joined or left, as a member: not *the body programme*, *the
    body as an observer*, *the body in condemning …*, *the body and A in a protest*.
    """
    if line.kind(i) == "date":
        return True
    i = past_adverbs(line, i)
    low = line.low(i)
    if low == "as" and line.kind(i) != "date":
        words = [line.low(k) for k in range(i + 1, min(i + 6, len(line.items)))]
        partial = {"associate", "observer", "partner", "partial", "candidate", "honorary"}
        return bool({"member", "members"} & set(words)) and not partial & set(words)
    if low in {"and", ","}:
        return line.kind(i + 1) != "noun" or line.verb(i + 2) is not None
    return i >= len(line.items) or low in _MAY_FOLLOW or line.kind(i) in {"date", "mark"}


def _counted(clause: Clause, line: Line, scene: Scene, i: int) -> None:
    """*Four countries have joined the body since X took office: A, B, C and D*."""
    if not _the_body(line, i, clause.verb.lemma):
        return
    listed = _after_colon(line, clause.at)
    if listed is None:
        return
    _accede(clause, line, scene, clause.subject, listed, *_period(line, scene, clause))


def _gained(clause: Clause, line: Line, scene: Scene) -> None:
    """*the body has gained four members: A, B, C and D*."""
    counted, listed = line.noun(clause.at + 1), _after_colon(line, clause.at)
    if counted is None or counted.sort != "count" or listed is None:
        return
    _accede(clause, line, scene, counted, listed, *_period(line, scene, clause))


def _after_colon(line: Line, at: int) -> tuple[Noun, int] | None:
    for i in range(at, len(line.items) - 1):
        noun = line.noun(i + 1)
        if line.low(i) in {":", "–", "—"} and noun is not None and noun.sort == "members":
            ends = line.low(i + 2) in {".", ""} or line.kind(i + 2) == "mark"
            return (noun, i + 1) if ends else None
    return None


def _period(line: Line, scene: Scene, clause: Clause) -> tuple[When, Basis, str]:
    """From the start of a term to the report, where the sentence says so; else up to the report."""
    since = [c for c in line.clauses if c.frame.kind == "since"]
    until, report = scene.until_report(), scene.report.latest
    if since and scene.office is not None and "begin" in meanings(line, since[0].at):
        holder = scene.person(since[0].subject, line, since[0].subject_at)
        start = _start_of(scene, holder)
        key = f"term/{scene.office.name}/{holder}/start" if holder == scene.holder else ""
        if key and start is not None and report is not None:
            return When.parse(f"{start.text}/{report.isoformat()}"), "relative", key
        return until, "report-date", ""
    if _that_time(line):
        starts = [term for term in scene.told(Term, line, (1, 2)) if term.start]
        if len(starts) == 1 and starts[0].start is not None and report is not None:
            term = starts[0]
            key = f"term/{term.office}/{term.holder}/start"
            return When.parse(f"{starts[0].start.text}/{report.isoformat()}"), "relative", key
    dates = (*clause.dates, *line.dates_after(clause.at))
    lasting = [replace(date, lead="in") for date in dates if date.lead == "since"]
    dated = scene.dated(lasting, "past", line)
    if dated.when is not None and report is not None and dated.when.earliest is not None:
        return When.between(dated.when.earliest, report), dated.basis, ""
    when, basis = scene.past([date for date in dates if date.lead != "since"], line)
    return when, basis, ""


def _that_time(line: Line) -> bool:
    """*in that time*, *since then*: the time that the sentences before spoke of."""
    return any(item.kind == "adverb" and item.last - item.first > 1 and item.low == "then"
               for item in line.items)  # fmt: skip


def _start_of(scene: Scene, holder: str) -> When | None:
    """When the holder took office: by this report, else by the pack."""
    if holder in scene.starts:
        return scene.starts[holder]
    office = scene.office
    term = scene.names.start_of(office.name, holder) if office and holder else None
    return term.start if term else None


def _accede(
    clause: Clause, line: Line, scene: Scene, counted: Noun, listed: tuple[Noun, int],
    when: When, basis: Basis, after: str,
) -> None:  # fmt: skip
    noun, at = listed
    if len(noun.members) != counted.number:
        _differs(line, scene, counted.number, len(noun.members))
        return
    spans: list[Span] = [scene.span(line, min(clause.subject_at, clause.at), at + 1)]
    for member in noun.members:
        scene.add("accessions", line, Membership, spans, matter=False, member=member,
                  change="accession", happened=when, basis=basis, after=after)  # fmt: skip


def _differs(line: Line, scene: Scene, told: int, named: int) -> None:
    scene.findings.append(
        Finding(
            "count-differs",
            "warning",
            f"the report counts {told} and names {named}; "
            "look at the report and enter the members yourself",
            place=Place(
                file=scene.document.source.name, start=line.piece.start, end=line.piece.end
            ),
        )
    )
