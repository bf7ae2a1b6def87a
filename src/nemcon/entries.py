"""The vocabulary: every kind of dated, sourced assertion, as frozen dataclasses.

An entry says one thing, on somebody's word, and never changes; its id is derived
from its content. A correction is a new entry. The union `AnyEntry` is closed:
`KINDS` lists every kind once. Names of bodies, members, candidates, matters and
sources are short ids such as ``romania`` or ``sg-2024``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from operator import attrgetter
from typing import Any, ClassVar, Literal

from nemcon.when import When

Basis = Literal["stated", "relative", "inferred-year", "report-date"]
Modality = Literal["asserted", "reported", "planned", "conditional", "denied"]
Attribute = str | int | bool

ALL = "all"


@dataclass(frozen=True, slots=True)
class Span:
    """A verbatim piece of a source: code points `start` to `end` of the file as read in UTF-8."""

    source: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many members of `group` (empty: of all) were counted with `stance`."""

    stance: str
    number: int
    group: str = ""


@dataclass(frozen=True, slots=True)
class Completeness:
    """A claim that the record holds every act of `what` from `start` to `end` (None: no bound)."""

    what: Literal["position", "objection"]
    start: When | None = None
    end: When | None = None


class _Identified:
    """Room for the id, which is computed once: it is asked for often and never changes."""

    __slots__ = ("_id",)
    _id: str


@dataclass(frozen=True, kw_only=True, slots=True, eq=False, repr=False)
class Entry(_Identified):
    """What every kind carries.

    `happened` is when it was so in the world, `known` when the fact became public
    (None: the date of the source; without a source, the last day of what it records),
    `received` when the registry got it. `speaker` is on whose word. `before` and `after`
    name an event that it is dated by: ``decision``, ``candidacy/CANDIDATE/CHANGE``,
    ``membership/MEMBER/CHANGE``, ``term/OFFICE/HOLDER/start`` or ``…/end``, with the names and
    the `change` of the entry that reports it, such as ``candidacy/johannis/withdrawn``. `cite`
    is a citation in words, `confidence` says whether the cited text was seen or the line rests
    on memory.
    """

    kind: ClassVar[str] = "entry"

    body: str = ""
    matter: str = ""
    source: str = ""
    spans: tuple[Span, ...] = ()
    speaker: str = ""
    happened: When | None = None
    basis: Basis = "stated"
    modality: Modality = "asserted"
    before: str = ""
    after: str = ""
    known: When | None = None
    received: When | None = None
    cite: str = ""
    confidence: Literal["seen", "memory"] = "seen"
    note: str = ""

    @property
    def id(self) -> str:
        """The kind and 24 hexadecimal digits of the SHA-256 of the canonical content."""
        try:
            return self._id
        except AttributeError:
            object.__setattr__(self, "_id", entry_id(self))
            return self._id

    # Once for all kinds: made for each by itself they are half the time that this module takes.

    def __eq__(self, other: object) -> bool:
        """Entries are equal whose content is."""
        return self.id == other.id if isinstance(other, Entry) else NotImplemented

    def __hash__(self) -> int:
        try:
            return hash(self._id)  # asked of every entry, again and again
        except AttributeError:
            return hash(self.id)

    def __repr__(self) -> str:
        names, values_of, defaults = _FIELDS[type(self)]
        values = zip(names, values_of(self), defaults, strict=True)
        told = (f"{name}={value!r}" for name, value, default in values if value != default)
        return f"{type(self).__name__}({', '.join(told)})"


@dataclass(frozen=True, kw_only=True, slots=True, eq=False, repr=False)
class Source(Entry):
    """A dated document. `name` is the id that entries cite; `text` only where it may be kept."""

    kind: ClassVar[str] = "source"
    name: str
    date: When
    title: str = ""
    publisher: str = ""
    place: str = ""
    address: str = ""
    sha256: str = ""
    text: str = ""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False, repr=False)
class Body(Entry):
    """A body that decides; `member_title` is its own word for members (Allies, Members)."""

    kind: ClassVar[str] = "body"
    name: str
    title: str
    aliases: tuple[str, ...] = ()
    member_title: str = "members"
    zone: str = "UTC"
    seat: str = ""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False, repr=False)
class Organ(Entry):
    """An organ of a body (the North Atlantic Council is one of NATO)."""

    kind: ClassVar[str] = "organ"
    name: str
    title: str
    aliases: tuple[str, ...] = ()
    chair: str = ""
    composition: str = ""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False, repr=False)
class Party(Entry):
    """A person, State or organisation, with the words that reports use for it.

    `metonyms`: words that stand for it only where they act, as a capital does in *Bucharest backs*.
    """

    kind: ClassVar[str] = "party"
    name: str
    title: str
    sort: Literal["state", "person", "organisation"] = "organisation"
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    of: str = ""
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True, eq=False, repr=False)
class Membership(Entry):
    """A change of one party's membership; `attributes`: weight, population, class from then on."""

    kind: ClassVar[str] = "membership"
    member: str
    change: Literal["accession", "withdrawal", "suspension", "resumption", "attributes"] = (
        "accession"
    )
    attributes: Mapping[str, Attribute] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False, repr=False)
class Office(Entry):
    """An office of the body. `short` heads the ids of selections to it (`sg` in `sg-2024`)."""

    kind: ClassVar[str] = "office"
    name: str
    title: str
    short: str = ""
    aliases: tuple[str, ...] = ()
    organ: str = ""
    rule: str = ""
    years: int = 0


@dataclass(frozen=True, kw_only=True, slots=True, eq=False, repr=False)
class Term(Entry):
    """A holder's start or end in an office, or both; modality *planned* until confirmed."""

    kind: ClassVar[str] = "term"
    office: str
    holder: str
    start: When | None = None
    end: When | None = None
    acting: bool = False
    succeeds: str = ""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False, repr=False)
class Credential(Entry):
    """Who may speak for a member in an organ, from `happened`."""

    kind: ClassVar[str] = "credential"
    member: str
    person: str
    organ: str = ""
    end: When | None = None


@dataclass(frozen=True, kw_only=True, slots=True, eq=False, repr=False)
class Rule(Entry):
    """A rule in force, or what a source says the rule is.

    `procedure` names the rule as data (a file of the library or `algebra` here); `requires`
    is what the source says is needed (`approval-of-all`, `consensus`, …).
    """

    kind: ClassVar[str] = "rule"
    name: str = ""
    title: str = ""
    organ: str = ""
    office: str = ""
    procedure: str = ""
    requires: str = ""
    of: int = 0
    start: When | None = None
    end: When | None = None
    clause: str = ""
    algebra: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False, repr=False)
class Matter(Entry):
    """A motion or a selection before an organ, under a rule, on the roll of a date."""

    kind: ClassVar[str] = "matter"
    name: str
    title: str = ""
    sort: Literal["selection", "motion"] = "motion"
    organ: str = ""
    office: str = ""
    rule: str = ""
    roll_on: When | None = None
    completeness: tuple[Completeness, ...] = ()
    field_of: int = 0


@dataclass(frozen=True, kw_only=True, slots=True, eq=False, repr=False)
class Draft(Entry):
    """A text or a part of one, with its revision and language version."""

    kind: ClassVar[str] = "draft"
    name: str
    title: str = ""
    revision: str = ""
    language: str = ""
    part: str = ""
    bracketed_by: tuple[str, ...] = ()
    carries_over: str = ""
    sha256: str = ""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False, repr=False)
class Candidacy(Entry):
    """A step of a candidacy; *running* says only that it was on foot when it was said.

    `told` is when the body was told, `public` when it became public (`happened` is
    evidence for `public`); `cause` is the reason that this source gives.
    """

    kind: ClassVar[str] = "candidacy"
    candidate: str
    change: Literal[
        "running", "declared", "nominated", "accepted", "declined", "withdrawn", "eliminated"
    ] = "running"
    by: str = ""
    told: When | None = None
    public: When | None = None
    cause: str = ""
    confidential: bool = False


@dataclass(frozen=True, kw_only=True, slots=True, eq=False, repr=False)
class Position(Entry):
    """Members' stance: *holds* (had it at `happened`) or *changes* (moved to it then).

    `members` are ids, or `all` (every member on the roll at that date, minus `excepted`).
    `including` marks an open list of which only these were named; `group` keeps an unnamed
    group in the source's words (*some eastern members*) and is never expanded. A stance may
    be negated (*did not support*). Modality *planned* is intent, *conditional* support is open
    until `condition_met`, authority *ad-referendum* is open until `confirmed`.
    """

    kind: ClassVar[str] = "position"
    members: tuple[str, ...] = ()
    excepted: tuple[str, ...] = ()
    including: bool = False
    group: str = ""
    stance: str = "support"
    negated: bool = False
    claim: Literal["holds", "changes"] = "holds"
    candidate: str = ""
    draft: str = ""
    condition: str = ""
    condition_met: When | None = None
    authority: Literal["", "on-instructions", "ad-referendum", "personal"] = ""
    confirmed: When | None = None
    confidential: bool = False


@dataclass(frozen=True, kw_only=True, slots=True, eq=False, repr=False)
class Reserve(Entry):
    """A member's reserve; while it is not lifted the member does not support."""

    kind: ClassVar[str] = "reserve"
    member: str
    sort: Literal["substantive", "scrutiny", "linguistic", "awaiting-instructions"] = "substantive"
    candidate: str = ""
    draft: str = ""
    lifted: When | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False, repr=False)
class Objection(Entry):
    """A member's objection, raised at `happened`; `ended` and `end` say how and when it closed."""

    kind: ClassVar[str] = "objection"
    member: str
    candidate: str = ""
    draft: str = ""
    reason: str = ""
    admitted: bool | None = None
    end: Literal["", "addressed", "withdrawn", "overruled"] = ""
    ended: When | None = None


@dataclass(frozen=True, kw_only=True, slots=True, eq=False, repr=False)
class Commitment(Entry):
    """Something requested, pledged, delivered or lapsed; `tied_to` names what it hangs on.

    `announced_with` is for things announced together with no condition claimed.
    """

    kind: ClassVar[str] = "commitment"
    by: str
    to: str = ""
    what: str
    change: Literal["requested", "pledged", "delivered", "lapsed"] = "pledged"
    quantity: int = 0
    stock: int = 0
    announced_by: str = ""
    announced_with: str = ""
    tied_to: str = ""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False, repr=False)
class Silence(Entry):
    """A step of a silence procedure on a draft, with its deadline."""

    kind: ClassVar[str] = "silence"
    change: Literal[
        "opened", "dispatched", "extended", "suspended", "resumed", "broken", "passed", "outage"
    ]
    draft: str = ""
    deadline: When | None = None
    members: tuple[str, ...] = ()
    by: str = ""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False, repr=False)
class Meeting(Entry):
    """A meeting of an organ: place, who presides, who attended and at what level."""

    kind: ClassVar[str] = "meeting"
    organ: str
    place: str = ""
    presiding: str = ""
    attendance: tuple[str, ...] = ()
    level: str = ""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False, repr=False)
class Tally(Entry):
    """An aggregate: how many members held each stance, of how many (`of`; 0: not said).

    `bound` says how exact each number is: *29 of 32*, *over 20*, *about 20*.
    """

    kind: ClassVar[str] = "tally"
    counts: tuple[Count, ...]
    of: int = 0
    bound: Literal["exactly", "at-least", "about"] = "exactly"
    candidate: str = ""
    draft: str = ""
    round: int = 0


@dataclass(frozen=True, kw_only=True, slots=True, eq=False, repr=False)
class Decision(Entry):
    """What the body declared: decided (`happened`), announced, effective (planned until confirmed).

    `reason` is the chair's stated reason where the computed verdict does not carry it.
    """

    kind: ClassVar[str] = "decision"
    organ: str = ""
    result: Literal["appointed", "adopted", "not-adopted", "rejected", "other"] = "adopted"
    candidate: str = ""
    draft: str = ""
    manner: Literal[
        "", "consensus", "without-a-vote", "acclamation", "silence", "recorded-vote", "secret-vote"
    ] = ""
    announced: When | None = None
    announced_by: str = ""
    effective: When | None = None
    effective_confirmed: bool = False
    place: str = ""
    level: str = ""
    of: int = 0
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False, repr=False)
class Statement(Entry):
    """An explanation, interpretative statement, reservation or dissociation about a decision."""

    kind: ClassVar[str] = "statement"
    by: str
    text: str
    sort: Literal[
        "explanation", "interpretative", "national", "reservation", "dissociation", "footnote"
    ] = "explanation"
    decision: str = ""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False, repr=False)
class Remark(Entry):
    """Something said: verbatim (`quote`) or in substance (`text`), with role and channel."""

    kind: ClassVar[str] = "remark"
    quote: str = ""
    text: str = ""
    about: str = ""
    role: str = ""
    channel: str = ""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False, repr=False)
class Expectation(Entry):
    """Who expects what event (`expects`, named as in `before`), and when; whether it came is
    computed.
    """

    kind: ClassVar[str] = "expectation"
    expects: str
    text: str = ""
    by: str = ""
    window: When | None = None
    window_text: str = ""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False, repr=False)
class Attestation(Entry):
    """A finding by a named office-holder that the machine must not compute."""

    kind: ClassVar[str] = "attestation"
    by: str
    role: str = ""
    finding: str
    candidate: str = ""
    draft: str = ""
    grounds: str = ""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False, repr=False)
class Correction(Entry):
    """Supersedes the entry `corrects`; `replacement` is the id of what stands instead, if any."""

    kind: ClassVar[str] = "correction"
    corrects: str
    replacement: str = ""
    reason: str = ""
    by: str = ""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False, repr=False)
class Confirmation(Entry):
    """Somebody confirmed the proposed entry `confirms`."""

    kind: ClassVar[str] = "confirmation"
    confirms: str
    by: str = ""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False, repr=False)
class Rejection(Entry):
    """Somebody rejected the proposed entry `rejects`."""

    kind: ClassVar[str] = "rejection"
    rejects: str
    by: str = ""
    reason: str = ""


AnyEntry = (
    Source | Body | Organ | Party | Membership | Office | Term | Credential | Rule | Matter | Draft
    | Candidacy | Position | Reserve | Objection | Commitment | Silence | Meeting | Tally
    | Decision | Statement | Remark | Expectation | Attestation
    | Correction | Confirmation | Rejection
)  # fmt: skip

KINDS: Mapping[str, type[Entry]] = {
    cls.kind: cls
    for cls in (
        Source, Body, Organ, Party, Membership, Office, Term, Credential, Rule, Matter, Draft,
        Candidacy, Position, Reserve, Objection, Commitment, Silence, Meeting, Tally,
        Decision, Statement, Remark, Expectation, Attestation,
        Correction, Confirmation, Rejection,
    )
}  # fmt: skip


def to_dict(entry: Entry) -> dict[str, Any]:
    """The entry as plain JSON values: its kind and every field that differs from its default."""
    out: dict[str, Any] = {"kind": entry.kind}
    names, values_of, defaults = _FIELDS[type(entry)]
    for name, value, default in zip(names, values_of(entry), defaults, strict=True):
        # Most fields are the very default: this is asked of every field of every entry.
        if value is not default and value != default:
            out[name] = _plain(value)
    return out


def _fields(cls: type[Entry]) -> tuple[tuple[str, ...], Callable[[Entry], Any], tuple[Any, ...]]:
    """The names of the fields of a kind, what gives all their values, and their defaults."""
    items = fields(cls)
    names = tuple(item.name for item in items)
    defaults = (i.default if i.default_factory is MISSING else i.default_factory() for i in items)
    return names, attrgetter(*names), tuple(defaults)


_FIELDS = {cls: _fields(cls) for cls in KINDS.values()}


def _plain(value: Any) -> Any:
    if type(value) is str:
        return value
    if isinstance(value, When):
        return value.text
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Span | Count | Completeness):
        items = ((item.name, getattr(value, item.name), item.default) for item in fields(value))
        return {name: _plain(part) for name, part, default in items if part != default}
    return dict(value) if isinstance(value, Mapping) else value


def canonical(content: Mapping[str, Any]) -> bytes:
    """RFC 8785 canonical JSON of content whose keys are ASCII and whose numbers are integers."""
    return _encoder.encode(content).encode("utf-8", "surrogatepass")


_encoder = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def entry_id(entry: Entry) -> str:
    """The content-derived id of an entry: equal content, equal id, whatever its file or order."""
    return f"{entry.kind}-{hashlib.sha256(canonical(to_dict(entry))).hexdigest()[:24]}"


def event_key(entry: Entry) -> tuple[str, ...]:
    """The names by which other entries of the same matter may date themselves by this one.

    ``candidacy/<candidate>/<change>``, ``membership/<member>/<change>``, ``decision``,
    ``term/<office>/<holder>/start`` and ``/end``; empty for kinds that date nothing.
    """
    match entry:
        case Candidacy():
            return (f"candidacy/{entry.candidate}/{entry.change}",)
        case Membership():
            return (f"membership/{entry.member}/{entry.change}",)
        case Decision():
            return ("decision",)
        case Term():
            ends = (("start", entry.start), ("end", entry.end))
            return tuple(f"term/{entry.office}/{entry.holder}/{n}" for n, when in ends if when)
    return ()
