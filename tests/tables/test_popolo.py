"""Popolo as others write it: who sits in a legislature, for which party, in which period."""

from __future__ import annotations

import json
from typing import Any

from nemcon.entries import Credential, Membership
from nemcon.tables.held import Before, Origin, Plan
from nemcon.tables.popolo_read import read_popolo_text
from nemcon.when import When

ORIGIN = Origin("l.json", "l.json", "a" * 64, When.parse("2024-03-20"), "althing")
FILE: dict[str, Any] = {
    "persons": [{"id": name, "name": name.title()} for name in ("ana", "bo", "cy")],
    "organizations": [
        {"id": "althing", "name": "Althing", "classification": "legislature"},
        {"id": "pirates", "name": "Pirates", "classification": "party"},
    ],
    "events": [
        {"id": "term/1", "start_date": "2013-04-27", "end_date": "2016-10-29"},
        {"id": "term/2", "start_date": "2021-09-25", "end_date": "2025-09-27"},
    ],
}


def read(*memberships: dict[str, Any]) -> Plan:
    """A file of these memberships in the legislature."""
    held = [{"organization_id": "althing", **each} for each in memberships]
    text = json.dumps({**FILE, "memberships": held})
    return read_popolo_text(text, Before(), ORIGIN)


def changes(found: Plan) -> list[tuple[str, str, str]]:
    """Who joined and left, and when."""
    return [
        (e.member, e.change, e.happened.text if e.happened else "")
        for e in found.entries.values()
        if isinstance(e, Membership)
    ]


def notes(found: Plan) -> list[str]:
    return [each.message for each in found.findings]


def test_who_sits_for_a_party_is_a_member() -> None:
    found = read(
        {
            "person_id": "ana",
            "on_behalf_of_id": "pirates",
            "area_id": "area/x",
            "start_date": "2013-05-01",
            "end_date": "2014-09-01",
        }
    )
    assert changes(found) == [
        ("ana", "accession", "2013-05-01"),
        ("ana", "withdrawal", "2014-09-01"),
    ]
    assert notes(found) == [
        (
            "memberships are read without areas and the party on whose behalf they are held, "
            "unless it is a member itself"
        )
    ]


def test_who_speaks_for_a_member_has_a_credential() -> None:
    found = read(
        {"member": {"id": "pirates"}, "start_date": "2013"},
        {"person_id": "ana", "on_behalf_of_id": "pirates", "start_date": "2013"},
    )
    assert changes(found) == [("pirates", "accession", "2013")]
    (spoken,) = (e for e in found.entries.values() if isinstance(e, Credential))
    assert (spoken.member, spoken.person) == ("pirates", "ana")


def test_a_membership_without_days_is_of_its_period() -> None:
    found = read(
        {"person_id": "ana", "legislative_period_id": "term/1"},
        {"person_id": "bo", "legislative_period_id": "term/2"},
        {"person_id": "cy", "legislative_period_id": "term/9"},
    )
    assert changes(found) == [
        ("ana", "accession", "2013-04-27"),
        ("ana", "withdrawal", "2016-10-29"),
        ("bo", "accession", "2021-09-25"),
    ]
    assert notes(found) == [
        (
            "membership 3 is of a period whose days the file does not give, so nobody knows when "
            "it was; it is not read"
        ),
        (
            "memberships are read without periods, but for the days of those that name none of "
            "their own"
        ),
    ]


def test_who_has_neither_days_nor_period_had_joined_by_the_day_of_the_file() -> None:
    assert changes(read({"person_id": "ana"})) == [("ana", "accession", "../2024-03-20")]
