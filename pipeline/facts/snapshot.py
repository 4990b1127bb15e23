"""The snapshot: every fact an article may state, with what is missing and where it all came from.

Frozen pydantic models, versioned, with a JSON Schema (snapshot.schema.json beside this file, written by
`technical-trader snapshot --schema`). Missing is never zero: the fact is absent and a gap says why.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, SkipValidation, field_serializer, model_validator

from pipeline.errors import InputError, shown
from pipeline.facts.units import Unit
from pipeline.market.instruments import Instrument

if TYPE_CHECKING:
    from pydantic import ValidationError

SCHEMA_VERSION: Literal["1"] = "1"
Timeframe = Literal["daily", "weekly"]
DIGITS = 30
"""More digits than any price, percentage or volume has before or after its point."""


class Frozen(BaseModel):
    """Base of the snapshot's models: immutable, no unknown names."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Fact(Frozen):
    """One value with everything needed to trace it.

    value: a decimal (six decimals, quantised when the fact is made), a flag, a date or a label, as `unit` says.
    shown: the printed form, signed where the value has a sign. start, end: the period it covers. dates: the sessions
    it refers to. rows: first and last session of the source used. derived_from: ids of the facts it was made of.
    """

    id: str
    instrument: str
    measure: str
    window: int | None = None
    timeframe: Timeframe = "daily"
    value: SkipValidation[Decimal | bool | date | str]  # the unit tells which; the validators below see to it
    unit: Unit
    shown: str
    as_of: date
    start: date | None = None
    end: date | None = None
    dates: tuple[date, ...] = ()
    source: str
    rows: tuple[date, date]
    derived_from: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _value_by_unit(cls, data: Any) -> Any:
        """JSON has one string type for decimals, dates and labels; the unit tells which it is."""
        if not isinstance(data, dict) or not isinstance(value := data.get("value"), str):
            return data
        unit = data.get("unit")
        if unit == Unit.DATE:
            return {**data, "value": date.fromisoformat(value)}
        if unit in (Unit.LABEL, Unit.BOOL):
            return data
        try:
            return {**data, "value": Decimal(value)}
        except ArithmeticError:
            raise ValueError(f"{shown(value)} is not a number") from None

    @model_validator(mode="after")
    def _value_fits_unit(self) -> Self:
        expected = {Unit.BOOL: bool, Unit.DATE: date, Unit.LABEL: str}.get(self.unit, Decimal)
        if not isinstance(self.value, expected):
            raise ValueError(f"{self.id}: a value of unit {self.unit} is a {expected.__name__}, not {self.value!r}")
        if isinstance(self.value, Decimal) and not (self.value.is_finite() and abs(self.value.adjusted()) < DIGITS):
            raise ValueError(f"{self.id}: {shown(self.value)} is not a number that a market has")
        if self.unit in (Unit.PRICE, Unit.VOLUME):
            raise ValueError(f"{self.id}: a snapshot says dollars, points or shares, not {self.unit}")
        return self

    @field_serializer("value", when_used="json")
    def _plain_value(self, value: Decimal | bool | date | str) -> str | bool:
        return value if isinstance(value, bool) else format(value, "f") if isinstance(value, Decimal) else str(value)

    @property
    def decimals(self) -> int:
        """Decimals of the printed form."""
        return len(self.shown.partition(".")[2].rstrip("% abcdefghijklmnopqrstuvwxyz"))

    @property
    def number(self) -> Decimal:
        """The value of a numeric fact."""
        assert isinstance(self.value, Decimal), self.id
        return self.value


class Gap(Frozen):
    """Something without a value, and why.

    kind: a measure; a session whose bar is left out because it has not closed; a week that is not over, so that its
    close is not known; the benchmark, without which no pair's measure has a value; or a note that is not valid at the
    session. instrument, measure: empty where it is of neither.
    """

    id: str
    kind: Literal["measure", "session", "week", "benchmark", "note"] = "measure"
    instrument: str = ""
    measure: str = ""
    timeframe: Timeframe = "daily"
    reason: str


class Remark(Frozen):
    """What the quality gate saw in an instrument's bars that an editor should know; no fact rests on it.

    rule: a name of pipeline.market.gate, or "source" for what the source says of the bars. dates: the sessions it is
    about, at most the latest few. pressing: it may have bent a figure of the article, which looks back a year.
    """

    instrument: str
    rule: str
    text: str
    dates: tuple[date, ...] = ()
    pressing: bool = False


class Source(Frozen):
    """Where an instrument's bars came from."""

    id: str
    instrument: str
    description: str
    first: date
    last: date
    rows: int
    sha256: str
    retrieved: datetime | None = None


class Note(Frozen):
    """A sourced statement of something prices cannot show, as pipeline.facts.notes reads it.

    figures: as they stand in the text. kind: a cause may be given as the reason for a move. instruments: the symbols
    it is about, all if empty.
    """

    id: str
    text: str
    figures: tuple[str, ...] = ()
    speaker: str = ""
    publisher: str = ""
    url: str = ""
    published: date | None = None
    valid_until: date | None = None
    kind: Literal["statement", "event", "cause"] = "statement"
    instruments: tuple[str, ...] = ()


class Snapshot(Frozen):
    """All facts of an instrument, and of its benchmark, at one session's close.

    proxies: instruments whose volume stands in for one that has none of its own; of them there are no other facts.
    """

    schema_version: Literal["1"]
    catalogue_version: str
    as_of: date
    zone: str = "America/New_York"
    session: Literal["final", "in progress"] = "final"
    instruments: tuple[Instrument, ...]
    proxies: tuple[Instrument, ...] = ()
    facts: tuple[Fact, ...]
    gaps: tuple[Gap, ...] = ()
    notes: tuple[Note, ...] = ()
    remarks: tuple[Remark, ...] = ()
    sources: tuple[Source, ...]
    digest: str

    @property
    def primary(self) -> Instrument:
        """The instrument the article is about."""
        return self.instruments[0]

    @property
    def benchmark(self) -> Instrument | None:
        """The instrument it is compared with."""
        return self.instruments[1] if len(self.instruments) > 1 else None

    @property
    def owners(self) -> tuple[Instrument, ...]:
        """Every instrument that has facts: those of the article, then the proxies."""
        return (*self.instruments, *self.proxies)

    @property
    def volume_owner(self) -> Instrument | None:
        """The instrument whose volume an article about the primary one tells: itself, else the one that stands in."""
        if self.primary.kind != "index":
            return self.primary
        return next((one for one in self.owners if one.symbol == self.primary.volume_from), None)

    @property
    def pair(self) -> str | None:
        """The instrument id of relative facts: `RUT/SPX`."""
        return f"{self.primary.symbol}/{self.benchmark.symbol}" if self.benchmark else None

    @cached_property
    def by_id(self) -> dict[str, Fact]:
        """Facts by id."""
        return {fact.id: fact for fact in self.facts}

    def get(self, fact_id: str) -> Fact | None:
        """The fact of an id, or None."""
        return self.by_id.get(fact_id)

    @model_validator(mode="after")
    def _possible(self) -> Self:
        from pipeline.facts.possible import impossibilities

        if faults := impossibilities(self):
            raise ValueError("; ".join(faults))
        return self


def read_snapshot(text: str, where: str = "snapshot.json") -> Snapshot:
    """A snapshot from JSON text. Raises InputError with the first faults and the place."""
    from pydantic import ValidationError

    try:
        return Snapshot.model_validate_json(text.removeprefix("\ufeff"))
    except ValidationError as error:
        raise InputError(f"{where} {_fault(error)}. Make it again with technical-trader snapshot.") from None


FAULTS = 3
"""How many faults of a snapshot are told."""


def _fault(found: ValidationError) -> str:
    """What is wrong with a file that holds no snapshot of this version."""
    errors = found.errors()
    first = errors[0]
    if first["type"] == "json_invalid":
        return f"is not whole JSON: {first['ctx']['error']}" if "ctx" in first else "is not JSON"
    if not first["loc"] and first["type"] == "model_type":
        return f"is JSON but no snapshot: it needs an object with facts, and found {shown(first['input'])}"
    for error in errors:
        if error["loc"] == ("schema_version",) and (error["type"] != "missing" or len(errors) == 1):
            version = "no schema_version" if error["type"] == "missing" else f"schema_version {error['input']!r:.60}"
            return f"has {version}, and this program reads {SCHEMA_VERSION!r}"
    told = [f"{'.'.join(map(str, error['loc'])) or 'snapshot'}: {error['msg']}" for error in errors[:FAULTS]]
    told = [one if len(one) <= 160 else f"{one[:157]}..." for one in told]
    more = f"; and {len(errors) - FAULTS} more" if len(errors) > FAULTS else ""
    return f"is not a snapshot of schema version {SCHEMA_VERSION}: {'; '.join(told)}{more}"
