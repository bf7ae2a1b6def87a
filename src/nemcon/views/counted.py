"""What a rule counts, in the reasons for an answer: support, objections, weights and the roll."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from nemcon.rules.algebra import Stances, walk
from nemcon.rules.names import as_number
from nemcon.rules.procedure import Procedure
from nemcon.state import State
from nemcon.views.alphabet import by_name
from nemcon.views.phrases import listed, plural
from nemcon.views.tongue import _, number_words, numbered
from nemcon.worlds.answers import Bounds, Reckoning
from nemcon.worlds.attributes import attributes_at

_MOST = 8


def counted(support: Bounds, roll: Bounds) -> str:
    """Support of a roll in words: *31 of 32*, *from 31 to 32 of 32 members*."""
    of = numbered("{many} of {n} member", "{many} of {n} members", roll.most)
    return of.format(many=range_words(support), n=range_words(roll))


def range_words(bounds: Bounds) -> str:
    """A number, or from what to what."""
    if bounds.least == bounds.most:
        return str(bounds.least)
    return _("from {low} to {high}").format(low=bounds.least, high=bounds.most)


def stands_words(one: Reckoning, procedure: Procedure | None, titles: Mapping[str, str]) -> str:
    """By how many a candidate or a motion is supported and who objects, as far as the rule asks."""
    read = _stances_read(procedure)
    if "objection" in read and "support" not in read:
        return _objections(one, titles) or _nobody(one, titles)
    who = counted(one.support, one.roll)
    if one.candidate:
        text = _("{who} support {aim}").format(who=who, aim=_aim(one, titles))
    else:
        text = _("{who} support it").format(who=who)
    sure = _objectors(one, sure=True)
    return "; ".join([text, *([_sure_words(one, sure, titles)] if sure else [])])


def _stances_read(procedure: Procedure | None) -> frozenset[str]:
    """The stances that a rule asks for."""
    if procedure is None:
        return frozenset()
    nodes = (node for line in procedure.ladder for node in walk(line.when))
    return frozenset(name for node in nodes if isinstance(node, Stances) for name in node.names)


def _objectors(one: Reckoning, *, sure: bool) -> list[str]:
    """Who objects in every world, or who may."""
    only = frozenset({"objection"})
    certain = [m for m, v in one.views.items() if v == only and m in one.always_on_roll]
    if sure:
        return certain
    return [m for m, v in one.views.items() if "objection" in v and m not in certain]


def _objections(one: Reckoning, titles: Mapping[str, str]) -> str:
    sure, may = _objectors(one, sure=True), _objectors(one, sure=False)
    parts = [_sure_words(one, sure, titles)] if sure else []
    if may and len(may) == one.roll.most:
        parts.append(_("any member may object"))
    elif may:
        told = _("{who} may object to {aim}")
        parts.append(told.format(who=_names(may, titles), aim=_aim(one, titles)))
    return "; ".join(parts)


def _sure_words(one: Reckoning, members: Sequence[str], titles: Mapping[str, str]) -> str:
    told = numbered("{who} objects to {aim}", "{who} object to {aim}", len(members))
    return told.format(who=_names(members, titles), aim=_aim(one, titles))


def _nobody(one: Reckoning, titles: Mapping[str, str]) -> str:
    return _("no member objects to {aim}").format(aim=_aim(one, titles))


def _aim(one: Reckoning, titles: Mapping[str, str]) -> str:
    return titles.get(one.candidate, one.candidate) if one.candidate else _("it")


def _names(members: Sequence[str], titles: Mapping[str, str]) -> str:
    names = sorted((titles.get(member, member) for member in members), key=by_name)
    if len(names) <= _MOST:
        return listed(names)
    return f"{', '.join(names[:_MOST])} {_('and')} {plural(len(names) - _MOST, 'other')}"


def weights_words(state: State, procedure: Procedure, one: Reckoning) -> list[str]:
    """What the rule weighs members by, and how much of it supports: *weight: 64 of 100*."""
    weighed = dict.fromkeys(term.weight for term in procedure.totals() if term.weight)
    if not weighed:
        return []
    attributes = attributes_at(state)
    usual = procedure.defaults
    told = (_weight_words(name, attributes, one, usual.get(name)) for name in weighed)
    return [words for words in told if words]


def _weight_words(
    name: str, attributes: Mapping[str, Mapping[str, object]], one: Reckoning, usual: object
) -> str:
    """The weight of those in favour; of whom none is told, it is the rule's `usual` one."""
    values = {m: as_number(attributes.get(m, {}).get(name, usual)) for m in one.supports}
    if any(value is None for value in values.values()):
        return ""  # the answer's findings say whose it lacks

    def total(members: Iterable[str]) -> Fraction:
        return sum((values[m] or Fraction(0) for m in members), Fraction(0))

    low, whole = total(one.certain), total(one.supports)
    high = low + total(one.open)
    told = _("{name}: {low} of {whole} support")
    if low != high:
        told = _("{name}: from {low} to {high} of {whole} support")
    return told.format(name=name, low=_number(low), high=_number(high), whole=_number(whole))


def _number(value: Fraction) -> str:
    return number_words(value.numerator) if value.denominator == 1 else str(value)
