"""What a run is asked to do: the defaults, technical-trader.toml, TECHNICAL_TRADER_* variables, then the command line.

Each field of `Request` is a key of the file, a variable (upper case, with the prefix) and an option. A name nobody
knows is an error that says where it stands, and all faults are told at once.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from pipeline.errors import InputError, shown
from pipeline.writing.models import OPENAI_URL, Endpoint

FILE = "technical-trader.toml"
PREFIX = "TECHNICAL_TRADER_"
DEBUG = PREFIX + "DEBUG"  # read by pipeline.cli

WriterName = Literal["auto", "template", "model"]
MAY_BE_NONE = ("benchmark", "second_reader")
"""Settings that the word none switches off, where a file or a variable has switched them on."""


def _iso_day(value: object) -> object:
    """Only a date or YYYY-MM-DD: pydantic would read a bare number as seconds since 1970."""
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    elif isinstance(value, date) or value is None:
        return value
    raise ValueError(f"{shown(value)} is not a date. Write it as YYYY-MM-DD")


def _accepted(value: object) -> object:
    """SYMBOL:DATE entries of a list, or of one text with commas, as the command line and a variable give it."""
    listed = value if isinstance(value, list | tuple) else (value,)
    entries = [part.strip() for text in listed for part in str(text).split(",") if part.strip()]
    for entry in entries:
        symbol, _, day = entry.rpartition(":")
        try:
            date.fromisoformat(day)
        except ValueError:
            symbol = ""
        if not symbol:
            raise ValueError(f"{shown(entry)} is no session. Write each as SYMBOL:DATE, such as RUT:2026-01-16")
    return tuple(entries)


class Request(BaseModel):
    """One run, fully specified: the defaults write the bundled sample's article with what is at hand.

    benchmark: None for an article without comparison. as_of: the session, None for the last one held. source: a name of
    pipeline.market.sources. data: the folder of a csv source. cache: the folder for bars that were fetched, None for
    the system's. accept: sessions a person has looked at and found right, as SYMBOL:DATE, that the quality gate holds
    the article for. notes: the file of sourced statements. model: under writer auto, naming one chooses the model
    writer. base_url: an address or a name of `endpoints`. fallback: whether the template writer stands in for a model
    that cannot be reached. second_reader: the model that proposes readings for what the checker could not read, None
    for none. second_reader_url: where that one answers, base_url if None. endpoints: by name, the fields of
    pipeline.writing.models.Endpoint but the model.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    instrument: str = Field("IXIC", min_length=1, max_length=32)
    benchmark: str | None = Field("SPX", min_length=1, max_length=32)
    as_of: Annotated[date | None, BeforeValidator(_iso_day)] = None
    source: str = "sample"
    data: Path | None = None
    cache: Path | None = None
    accept: Annotated[tuple[str, ...], BeforeValidator(_accepted)] = ()
    notes: Path | None = None
    writer: WriterName = "auto"
    model: str | None = Field(None, min_length=1)
    base_url: str = OPENAI_URL
    outputs: Path = Path("outputs")
    fallback: bool = True
    second_reader: str | None = Field(None, min_length=1)
    second_reader_url: str | None = Field(None, min_length=1)
    endpoints: dict[str, dict[str, Any]] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _implied(cls, given: Any) -> Any:
        """A folder of data implies source csv; an index that is the usual benchmark has none of its own; the word none
        stands for nothing where nothing may be asked for."""
        if not isinstance(given, dict):
            return given
        implied: dict[str, Any] = {"source": "csv"} if given.get("data") else {}
        usual = cls.model_fields["benchmark"].default
        if given.get("benchmark") == "none" or str(given.get("instrument")).upper() == usual:
            implied["benchmark"] = None
        return implied | {name: value for name, value in given.items() if name not in MAY_BE_NONE or value != "none"}

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.writer == "model" and not self.model:
            raise ValueError("the writer model needs the name of a model; found none. Name it with --model or `model`")
        for name in self.endpoints:
            try:
                self.model_copy(update={"base_url": name}).endpoint()
            except (InputError, ValidationError) as error:
                raise ValueError(f"endpoints.{name}: {_first(error)}") from None
        try:
            self.endpoint()
            self.reading_endpoint()
        except InputError as error:
            known = f" Or name an endpoint: {', '.join(self.endpoints)}" if self.endpoints else ""
            raise ValueError(f"{_first(error)}{known}") from None
        return self

    @property
    def uses_model(self) -> bool:
        """Whether a model writes, rather than the template alone."""
        return self.writer != "template" and self.model is not None

    def endpoint(self) -> Endpoint:
        """Where the model answers: an endpoint of the settings, by its name or its address, or an address alone."""
        return self._endpoint(self.base_url, self.model)

    def reading_endpoint(self) -> Endpoint:
        """Where the second reader answers. It is asked at temperature 0, unless its endpoint has another."""
        return self._endpoint(self.second_reader_url or self.base_url, self.second_reader, temperature=0.0)

    def _endpoint(self, where: str, model: str | None, **usual: float) -> Endpoint:
        by_address = {str(table.get("base_url")).rstrip("/"): table for table in self.endpoints.values()}
        table = self.endpoints.get(where) or by_address.get(where.rstrip("/"))
        return Endpoint.model_validate({"base_url": where, **usual, **(table or {}), "model": model or "none"})

    def environment(self) -> dict[str, str]:
        """The variables that make `load` give this request again in another process (endpoints stay in the file)."""
        values = self.model_dump(mode="json", exclude={"endpoints"})
        values |= {name: "none" for name in MAY_BE_NONE if values[name] is None}
        values["accept"] = ",".join(self.accept) or None
        return {variable(name): str(value) for name, value in values.items() if value is not None}


def variable(name: str) -> str:
    """The environment variable of a setting."""
    return PREFIX + name.upper()


def load(
    overrides: Mapping[str, Any] | None = None, environ: Mapping[str, str] | None = None, folder: Path | None = None
) -> Request:
    """The request made of the file in a folder, an environment and overrides (the command line; None is not given).

    Raises InputError that names every fault with its file, variable or option."""
    values: dict[str, Any] = {}
    origin: dict[str, str] = {}
    faults: list[str] = []

    def take(name: str, value: Any, where: str) -> None:
        if name not in Request.model_fields:
            near = difflib.get_close_matches(name, Request.model_fields, n=1)
            hint = f"did you mean {near[0]}" if near else f"the settings are {', '.join(Request.model_fields)}"
            faults.append(f"{where} is not a setting; {hint}")
        else:
            values[name], origin[name] = value, where

    for name, value in _read(folder or Path.cwd()).items():
        take(name, value, f"{FILE}: {name}")
    for key, value in (os.environ if environ is None else environ).items():
        if key.startswith(PREFIX) and key != DEBUG:
            take(key.removeprefix(PREFIX).lower(), value, key)
    for name, value in (overrides or {}).items():
        if value is not None:
            take(name, value, "--" + name.replace("_", "-"))
    try:
        request = Request.model_validate(values)
    except ValidationError as error:
        faults += [_told(fault, origin) for fault in error.errors()]
    if faults:
        raise InputError(". ".join(faults) + ".")
    return request


def _read(folder: Path) -> dict[str, Any]:
    try:
        return tomllib.loads((folder / FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{FILE} needs to be TOML in UTF-8; found: {error}. Mend it or move it away.") from None
    except OSError as error:
        raise InputError(f"{FILE} needs to be a readable file; found: {error.strerror}. Mend or move it.") from None


def _told(fault: Any, origin: Mapping[str, str]) -> str:
    """One fault of validation in a sentence that starts with where the value came from."""
    path = [str(part) for part in fault["loc"]]
    message = fault["msg"].removeprefix("Value error, ").rstrip(".")
    if not path:
        return f"{FILE}: {message}" if message.startswith("endpoints.") else message
    if fault["type"] != "value_error":
        message = f"{shown(fault['input'])} does not fit: {message[:1].lower()}{message[1:]}"
    return f"{'.'.join([origin.get(path[0], path[0]), *path[1:]])}: {message}"


def _first(error: Exception) -> str:
    """What is wrong with an endpoint: its own sentences, or the first fault of its fields."""
    if isinstance(error, ValidationError):
        fault = error.errors()[0]
        return f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}"
    return str(error)
