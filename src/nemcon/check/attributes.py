"""Attributes of members of which the reports leave open which value holds."""

from __future__ import annotations

from collections.abc import Iterator

from nemcon.check.checked import Checked
from nemcon.check.words import quoted
from nemcon.findings import Finding
from nemcon.saying import listed, say
from nemcon.state import confirmed
from nemcon.worlds.attributes import possible_values, told_of_attributes
from nemcon.worlds.days import LAST, end_of_day


def attributes_agree(checked: Checked) -> Iterator[Finding]:
    """Attributes for which two reports, neither of which is the later, give two values."""
    ever = end_of_day(LAST)
    for member, told in told_of_attributes(checked.state).items():
        if len(told) < 2:
            continue
        entries = [e for e in checked.state.memberships[member] if confirmed(e) and e.attributes]
        for name in sorted({name for entry in entries for name in entry.attributes}):
            values = possible_values(told, name, ever, ever) - {None}
            if len(values) < 2:
                continue
            found = [entry for entry in entries if entry.attributes.get(name) in values]
            message = say(
                "reports contradict each other: {name} of {member} is {values}, and no date tells "
                "which is the later; correct the one that is wrong, or write the later as a "
                '[[membership]] with change = "attributes" and its date',
                name=quoted(name),
                member=checked.titles.get(member, member),
                values=listed(
                    (
                        say(
                            "{value} ({source})",
                            value=str(entry.attributes[name]),
                            source=checked.told(entry),
                        )
                        for entry in found
                    ),
                    "or",
                ),
            )
            yield checked.finding("contradicting-attributes", "warning", message, found)
