"""A record whose own words and names are Greek: whatever else stands on a page is ours."""

from __future__ import annotations

from typing import Any

from nemcon.entries import (
    AnyEntry,
    Body,
    Candidacy,
    Count,
    Decision,
    Expectation,
    Matter,
    Membership,
    Office,
    Organ,
    Party,
    Position,
    Rule,
    Source,
    Span,
    Tally,
    Term,
)
from nemcon.when import When

TEXT = (
    "Ο Άλφα και ο Βήτα στηρίζουν τον Ρήγα. Ο Γάμμα δεν ξέρει ακόμη. "
    "Δύο από τους τρεις συμφωνούν. Το συμβούλιο θα αποφασίσει."
)
MEMBERS = {"alpha": "Άλφα", "beta": "Βήτα", "gamma": "Γάμμα"}
_RULE = {
    "outcome": [
        {"when": {"cmp": [{"n": "support"}, "=", {"n": "all"}]}, "is": "συμφωνία",
         "favourable": True},
        {"is": "όχι ακόμη"},
    ]
}  # fmt: skip


def day(text: str) -> When:
    return When.parse(text)


def span(quote: str) -> tuple[Span, ...]:
    start = TEXT.index(quote)
    return (Span("paper", start, start + len(quote), quote),)


def greek() -> list[AnyEntry]:
    """Three members choose somebody for an office."""
    chosen: dict[str, Any] = {"matter": "epilogi", "candidate": "rigas"}
    return [
        Body(name="enosi", title="Ένωση", member_title="Μέλη"),
        Organ(body="enosi", name="symvoulio", title="Συμβούλιο"),
        Office(body="enosi", name="proedros", title="Πρόεδρος", organ="symvoulio"),
        *(Party(body="enosi", name=name, title=title) for name, title in MEMBERS.items()),
        Party(body="enosi", name="rigas", title="Ρήγας", sort="person"),
        Party(body="enosi", name="palios", title="Παλιός", sort="person"),
        Party(body="enosi", name="zografos", title="Ζωγράφος", sort="person"),
        Membership(body="enosi", member="alpha", happened=day("2020-01-01")),
        Membership(body="enosi", member="beta", happened=day("2020-01-01")),
        Membership(body="enosi", member="gamma", happened=day("2021-05-01")),
        Membership(
            body="enosi", member="gamma", change="withdrawal", happened=day("2024-09-01")
        ),
        Rule(body="enosi", name="kanonas", title="Κανόνας", clause="Όλοι μαζί.", cite="§ 1",
             algebra=_RULE),
        Term(body="enosi", office="proedros", holder="palios", start=day("2019-01-01")),
        Term(body="enosi", office="proedros", holder="zografos", start=day("2014-01-01"),
             end=day("2019-01-01")),
        Term(body="enosi", office="proedros", holder="rigas", start=day("2024-07-01"),
             modality="planned"),
        Matter(body="enosi", name="epilogi", title="Επιλογή", sort="selection",
               office="proedros", organ="symvoulio", rule="kanonas"),
        Matter(body="enosi", name="allo", title="Άλλο", rule="kanonas"),
        Source(body="enosi", name="paper", title="Εφημερίδα", publisher="Τύπος", text=TEXT,
               address="https://example.org/a", date=day("2024-03-02")),
        Candidacy(body="enosi", matter="epilogi", candidate="rigas", change="declared",
                  happened=day("2024-02-20")),
        Candidacy(body="enosi", matter="epilogi", candidate="zografos", change="withdrawn",
                  happened=day("2024-02-25"), told=day("2024-02-24"), public=day("2024-02-26")),
        Position(body="enosi", members=("alpha", "beta"), happened=day("2024-03-01"),
                 source="paper", spans=span("Ο Άλφα και ο Βήτα στηρίζουν τον Ρήγα."), **chosen),
        Tally(body="enosi", counts=(Count("support", 2),), of=3, happened=day("2024-03-02"),
              source="paper", spans=span("Δύο από τους τρεις συμφωνούν."), **chosen),
        Expectation(body="enosi", matter="epilogi", expects="decision", by="alpha",
                    text="απόφαση", source="paper", happened=day("2024-03-02"),
                    spans=span("Το συμβούλιο θα αποφασίσει.")),
        Decision(body="enosi", organ="symvoulio", result="appointed",
                 happened=day("2024-03-10"), announced=day("2024-03-11"),
                 effective=day("2024-07-01"), **chosen),
    ]  # fmt: skip
