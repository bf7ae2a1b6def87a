"""The sentence of a commitment: who asked whom for what, or pledged it, and what it hangs on."""

from __future__ import annotations

from nemcon.entries import Commitment
from nemcon.views.phrases import Titles, also, dated, event_words, named
from nemcon.views.tongue import _


def commitment_words(entry: Commitment, titles: Titles) -> str:
    """A commitment as a sentence. What is pledged may be words of any form, *to stand by it* as
    well as *a tractor*, and so it stands behind a colon.
    """
    said = _lead(entry, titles)
    if entry.change == "requested":
        said = dated(_amount(said, entry), entry, titles)
    else:
        said = dated(said, entry, titles)
        said = _amount(_("{said}: {more}").format(said=said, more=entry.what), entry)
    by = named(entry.announced_by, titles)
    said = also(said, _("{said}, announced by {who}"), who=by)
    beside = event_words(entry.announced_with, titles)
    said = also(said, _("{said}, announced together with {event}"), event=beside)
    return also(said, _("{said}, tied to {event}"), event=event_words(entry.tied_to, titles))


def _lead(entry: Commitment, titles: Titles) -> str:
    """How the sentence begins: with whom it is about, and to whom."""
    alone = {
        "requested": _("{who} asked for {what}"),
        "pledged": _("{who} pledged"),
        "delivered": _("{who} delivered"),
        "lapsed": _("{who} let a pledge lapse"),
    }
    towards = {
        "requested": _("{who} asked {to} for {what}"),
        "pledged": _("{who} pledged to {to}"),
        "delivered": _("{who} delivered to {to}"),
        "lapsed": _("{who} let a pledge to {to} lapse"),
    }
    text = (towards if entry.to else alone)[entry.change]
    who, to = named(entry.by, titles), named(entry.to, titles)
    return text.format(who=who, to=to, what=entry.what)


def _amount(said: str, entry: Commitment) -> str:
    """With how much of how much there is."""
    return also(said, _("{said} ({number} of {stock})"), number=entry.quantity, stock=entry.stock)
