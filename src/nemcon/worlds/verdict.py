"""The verdict: is the rule met in every world, in none, or can nobody tell?"""

from __future__ import annotations

from dataclasses import replace

from nemcon.rules.procedure import Procedure
from nemcon.state import State
from nemcon.worlds.answers import Answer, Bounds, Reckoning, Verdict, merged
from nemcon.worlds.candidates import candidates_of
from nemcon.worlds.conventions import Conventions
from nemcon.worlds.doubts import doubted
from nemcon.worlds.drafts import doubtful_drafts, possible_drafts
from nemcon.worlds.kept import Kept
from nemcon.worlds.supposed import NOTHING, Supposed, Word
from nemcon.worlds.unanswered import unreadable
from nemcon.worlds.variant import Variant

__all__ = ["Answer", "Bounds", "Reckoning", "Verdict", "answer"]


def answer(
    state: State,
    matter: str,
    procedure: Procedure,
    conventions: Conventions = Conventions(),
    event: str = "",
    only: str | None = None,
    kept: Kept | None = None,
    supposed: Supposed = NOTHING,
    word: Word | None = None,
) -> Answer:
    """The verdict on a matter at the state's `on`, or just at the instant of `event`.

    `only` reckons one candidate ("" in a motion) and leaves out the lists of members, for callers
    that ask many times. `kept` is for callers that ask one state for many dates. `supposed` is what
    the question takes to be otherwise than the record says, `word` what it takes to be said.

    Findings: conflicts between claims, limits passed, a rule that needs an attribute that a member
    lacks, entries that cannot be read or were left out, objections of nobody that is known
    (SEMANTICS 11 to 15).
    """
    variants = [state.variant(n) for n in range(len(state.variants))]
    named = candidates_of(entry for one in variants for entry in one.of_matter(matter))
    ways = [
        (one, drafts)
        for one in variants
        for drafts in possible_drafts(one.of_matter(matter), one, event)
    ]
    found = [
        Variant(
            one, matter, procedure, conventions, event, only, kept, named, drafts, supposed, word
        ).answer()
        for one, drafts in ways
    ]
    whole = found[0] if len(found) == 1 else merged(found)
    for one in variants if len(ways) > len(variants) else ():
        if len(possible_drafts(one.of_matter(matter), one, event)) > 1:
            doubt = doubtful_drafts(one.of_matter(matter), one, event)
            whole = replace(whole, findings=(*whole.findings, doubt))
    if any(f.code == "too-many-rival-corrections" for f in state.findings):
        whole = replace(whole, verdict="cannot tell", exact=False)
    whole = doubted(whole, state, matter, procedure, event)
    if state.sealed or state.erased:
        whole = replace(
            whole,
            verdict="cannot tell",
            findings=(*whole.findings, unreadable(state)),
            unreadable=True,
        )
    return whole
