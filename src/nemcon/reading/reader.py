"""Read reports together: which body, which selection, then every sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from unicodedata import normalize

from nemcon.entries import Entry
from nemcon.findings import Finding
from nemcon.reading import lexicon as lex
from nemcon.reading.accessions import accessions
from nemcon.reading.candidacies import candidacies
from nemcon.reading.clauses import Clauses
from nemcon.reading.contest import find_contest
from nemcon.reading.decisions import decisions
from nemcon.reading.document import Document
from nemcon.reading.expectations import expectations
from nemcon.reading.introduce import introduce, introduce_by_place, known_people, share
from nemcon.reading.items import items_of
from nemcon.reading.leaders import mark_leaders
from nemcon.reading.left_out import left_out
from nemcon.reading.line import Line
from nemcon.reading.matters import add_chairs, add_matters, add_parties, matter_name
from nemcon.reading.model import Proposal, Reading, Sentence, Status
from nemcon.reading.names import Names
from nemcon.reading.pledges import pledges
from nemcon.reading.remarks import remarks
from nemcon.reading.requirements import requirements
from nemcon.reading.scene import Scene
from nemcon.reading.split import Piece, sentences
from nemcon.reading.stances import stances
from nemcon.reading.taken_back import taken_back
from nemcon.reading.terms import terms
from nemcon.reading.vacancy import year_of
from nemcon.reading.view import View
from nemcon.reading.words import Token, past_marker, seen, tokens_of

MAX_SENTENCE = 1500
"""The longest sentence that is read, in code points; longer ones are told as not read."""

# Answers in the first person are somebody's words, not the report's.
_INTERVIEW = re.compile(r"(?:^|\s)A(?:nswer)?[:.] [^\n?]{0,300}?\b(?:I|[Ww]e|[Mm]y|[Oo]ur)\b")
# Who is named and what it is about is not yet what is said.
BESIDE = frozenset({"party", "matter"})
# Withdrawals and terms first: what was said before or after them is dated by them.
_FIRST = (candidacies, terms)
_THEN = (stances, decisions, accessions, pledges, expectations, requirements, remarks)


def read(
    documents: Sequence[Document], packs: Sequence[tuple[Entry, ...]], body: str | None = None
) -> Reading:
    """Propose entries from `documents`, read together; their order changes nothing.

    The body is the one that `body` names, or the one whose pack the reports match best.
    """
    unique = {document.source.name: document for document in documents}
    ordered = sorted(unique.values(), key=lambda d: (d.source.date.text, d.source.name))
    sources = tuple(document.source for document in ordered)
    findings = [finding for document in ordered for finding in document.findings]
    names = _body_of(ordered, packs, body)
    if isinstance(names, Finding):
        return Reading(body or "", sources, (), (), (*findings, names))
    scenes = _scenes(ordered, names)
    _apply(scenes)
    years = year_of(scenes)
    add_matters(scenes, years)
    proposals: list[Proposal] = []
    told: list[Sentence] = []
    for scene in scenes:
        add_chairs(scene)
        add_parties(scene)
        found = _proposals(scene, years)
        proposals.extend(found)
        told.extend(_sentences(scene, found))
        findings.extend(scene.findings)
    return Reading(names.body.name, sources, tuple(proposals), tuple(told), tuple(findings))


def _body_of(
    documents: Sequence[Document], packs: Sequence[tuple[Entry, ...]], body: str | None
) -> Names | Finding:
    """The pack to read with: the named one, or the one whose body the reports name most."""
    known = [names for pack in packs if (names := Names.of(pack)) is not None]
    ids = ", ".join(sorted(names.body.name for names in known)) or "none"
    if body is not None:
        for names in known:
            if names.body.name == body:
                return names
        return Finding("unknown-body", "error",
                       f"no pack describes the body '{body}'; known: {ids}")  # fmt: skip
    counts = [(sum(_mentions(document, names) for document in documents), names) for names in known]
    best = max((count for count, _ in counts), default=0)
    chosen = [names for count, names in counts if count == best]
    if best == 0 or len(chosen) > 1:
        return Finding(
            "body-not-found",
            "error",
            "the reports name no body that a pack describes, or two equally often; "
            f"say which one with --body ID (known: {ids}), or give its pack as a file",
        )
    return chosen[0]


def _mentions(document: Document, names: Names) -> int:
    """How often the report names the body by a name of its own (*the alliance* is nobody's)."""
    own = [
        alias
        for alias in (names.body.title, *names.body.aliases)
        if alias.removeprefix("the ").removeprefix("The ").lower() not in lex.BODY_NOUNS
    ]
    text = normalize("NFC", seen(document.words[document.start :]))
    return sum(text.count(alias) for alias in own)


def _scenes(documents: Sequence[Document], names: Names) -> list[Scene]:
    """Every report with its sentences, after the persons of all of them are known."""
    drafts = []
    for document in documents:
        people = known_people(names)
        nothing = View((), names, people)
        sights = []
        labels = _INTERVIEW.search(document.words, document.start) is None
        for piece in sentences(document.words, document.start):
            tokens = _tokens(document, piece, labels=labels)
            sights.append((piece, View(tokens, names, people) if tokens else nothing))
        views = [view for _, view in sights if view.size]
        introduce(views, people)
        introduce_by_place(views, people)
        mark_leaders(views, people)
        drafts.append((document, people, sights))
    share([people for _, people, _ in drafts])
    scenes = []
    for document, people, sights in drafts:
        lines = [_line(index, *sight) for index, sight in enumerate(sights)]
        scenes.append(Scene(document, names, people, lines))
    find_contest(scenes)
    return scenes


def _tokens(document: Document, piece: Piece, *, labels: bool) -> list[Token]:
    long = piece.end - piece.start > MAX_SENTENCE
    if long:
        long = len(seen(document.words[piece.start : piece.end])) > MAX_SENTENCE
    if not piece.complete or long:
        return []
    tokens = tokens_of(document.words, piece.start, piece.end, piece.quotes)
    return past_marker(tokens, labels=labels, day=document.source.date.first_day())


def _line(index: int, piece: Piece, view: View) -> Line:
    if not view.size:
        return Line(index, piece, view, [])
    items = items_of(view)
    clauses = Clauses(items)
    line = Line(index, piece, view, items, clauses.all(), clauses.tail)
    line.clauses = [clause for clause in line.clauses if not line.torn(clause)]
    return line


def _apply(scenes: Sequence[Scene]) -> None:
    for rules in (_FIRST, _THEN):
        for scene in scenes:
            for line in scene.lines:
                if line.items and line.items[-1].low != "?":
                    for rule in rules:
                        rule(line, scene)
    for scene in scenes:
        left_out(scene)
        taken_back(scene)


def _proposals(scene: Scene, years: dict[str, int]) -> list[Proposal]:
    """The entries of a report as proposals, in the order of the text."""
    name = matter_name(scene, years[scene.document.source.name])
    found: dict[str, Proposal] = {}
    for hit in scene.hits:
        if hit.matter and not name:
            continue
        entry = replace(hit.entry, matter=name) if hit.matter else hit.entry
        proposal = Proposal(entry.id, entry, hit.rule)
        found.setdefault(proposal.id, proposal)
    return sorted(found.values(), key=lambda p: (p.span.start, p.span.end))


def _sentences(scene: Scene, found: Sequence[Proposal]) -> list[Sentence]:
    """What became of each sentence; the dateline is context."""
    source, out, waiting = scene.document.source.name, [], list(reversed(found))
    if scene.document.dateline is not None:
        out.append(Sentence(source, *scene.document.dateline, "context", False))
    for line in scene.lines:
        here = []
        while waiting and waiting[-1].span.start < line.piece.end:
            here.append(waiting.pop())
        signal = _signals(line, scene.document.words)
        status: Status = "proposed" if here else "context"
        if all(p.entry.kind in BESIDE for p in here) and (signal or not line.view.size):
            status = "not-read"
        ids = tuple(proposal.id for proposal in here)
        out.append(Sentence(source, line.piece.start, line.piece.end, status, signal, ids))
    return out


def _signals(line: Line, text: str) -> bool:
    """Whether the sentence holds a word that usually carries an entry, outside quotations."""
    words = [token.low for token in line.view.tokens if not token.quoted]
    if not line.view.size:
        words = text[line.piece.start : line.piece.end].lower().split()
    for i, word in enumerate(words):
        about = word in lex.SUPPORT_NOUNS and words[i + 1 : i + 2] == ["for"]
        if word in lex.SIGNALS and not (about and not _person_follows(line, i)):
            return True
    return False


def _person_follows(line: Line, i: int) -> bool:
    """Whether it is support for a person, and not for a cause."""
    view = line.view
    near = range(i + 2, min(i + 9, view.size))
    return any(view.people.at(view.tokens, k) is not None for k in near)
