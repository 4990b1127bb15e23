"""Settings: where each value comes from, and that every fault says where it stands."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import InputError
from pipeline.settings import FILE, Request, load

LOCAL = """
model = "llama"
base_url = "local"
[endpoints.local]
base_url = "http://localhost:11434/v1"
[endpoints.router]
base_url = "https://router.example/v1"
key_variable = "ROUTER_KEY"
"""


def write(folder: Path, text: str) -> Path:
    (folder / FILE).write_text(text, encoding="utf-8")
    return folder


def test_without_any_setting_the_sample_is_written_by_the_template(tmp_path: Path) -> None:
    request = load({}, {}, tmp_path)
    assert (request.instrument, request.benchmark, request.as_of, request.source) == ("IXIC", "SPX", None, "sample")
    assert not request.uses_model


def test_file_then_environment_then_command_line(tmp_path: Path) -> None:
    write(tmp_path, 'instrument = "A"\nbenchmark = "A"\nmodel = "A"\nas_of = 2018-01-03\n')
    environ = {"TECHNICAL_TRADER_BENCHMARK": "B", "TECHNICAL_TRADER_MODEL": "B", "HOME": "/"}
    request = load({"model": "C", "writer": None}, environ, tmp_path)
    assert (request.instrument, request.benchmark, request.model) == ("A", "B", "C")
    assert (request.as_of, request.writer) == (date(2018, 1, 3), "auto")


def test_a_folder_of_data_implies_its_source_unless_one_is_named(tmp_path: Path) -> None:
    assert load({"data": "bars"}, {}, tmp_path).source == "csv"
    assert load({"data": "bars", "source": "sample"}, {}, tmp_path).source == "sample"


@pytest.mark.parametrize(("given", "benchmark"), [
    ({"benchmark": "none"}, None),
    ({"instrument": "spx"}, None),  # the usual benchmark has none of its own
    ({"instrument": "SPX", "benchmark": "IXIC"}, "IXIC"),
    ({"instrument": "SPX", "benchmark": "SPX"}, "SPX"),  # asked for, so the quality gate can refuse it
])  # fmt: skip
def test_an_article_may_have_no_benchmark(tmp_path: Path, given: dict[str, str], benchmark: str | None) -> None:
    assert load(given, {}, tmp_path).benchmark == benchmark


@pytest.mark.parametrize(("base_url", "address", "key"), [
    ("local", "http://localhost:11434/v1", None),
    ("https://router.example/v1/", "https://router.example/v1", "ROUTER_KEY"),  # known by its address too
    ("https://other.example/v1", "https://other.example/v1", None),
    ("https://api.openai.com/v1", "https://api.openai.com/v1", "OPENAI_API_KEY"),
])  # fmt: skip
def test_an_endpoint_has_its_own_key_or_none(tmp_path: Path, base_url: str, address: str, key: str | None) -> None:
    endpoint = load({"base_url": base_url}, {}, write(tmp_path, LOCAL)).endpoint()
    assert (endpoint.model, endpoint.base_url, endpoint.key_name) == ("llama", address, key)


@pytest.mark.parametrize(("file", "environ", "options", "told"), [
    ("modle = 'x'", {}, {}, ["technical-trader.toml: modle", "did you mean model"]),
    ("", {"TECHNICAL_TRADER_OUTPUT": "x"}, {}, ["TECHNICAL_TRADER_OUTPUT ", "did you mean outputs"]),
    ("colour = 1", {}, {}, ["technical-trader.toml: colour", "the settings are instrument, benchmark"]),
    ("a =\n", {}, {}, ["technical-trader.toml", "line 1"]),
    ("as_of = 20180103", {}, {}, ["technical-trader.toml: as_of", "'20180103' is not a date", "YYYY-MM-DD"]),
    ("", {}, {"as_of": "2018-02-30"}, ["--as-of", "'2018-02-30' is not a date"]),
    ("", {"TECHNICAL_TRADER_WRITER": "human"}, {}, ["TECHNICAL_TRADER_WRITER", "'human'", "'template'"]),
    ("", {}, {"writer": "model"}, ["needs the name of a model", "--model"]),
    ("", {}, {"base_url": "localhost:8000"}, ["http://", "'localhost:8000'"]),
    ("", {}, {"second_reader_url": "localhost:9"}, ["http://", "'localhost:9'"]),
    ("[endpoints.x]\nbase_url='http://x/v1'\nkey_variable='OPENAI_API_KEY'", {}, {},
     ["technical-trader.toml: endpoints.x", "OpenAI's own address alone"]),
    ("[endpoints.x]\nbase_url='http://x/v1'\nkey='sk-1'", {}, {}, ["technical-trader.toml: endpoints.x: key"]),
])  # fmt: skip
def test_a_fault_says_where_it_stands_and_what_fits(
    tmp_path: Path, file: str, environ: dict[str, str], options: dict[str, str], told: list[str]
) -> None:
    with pytest.raises(InputError) as error:
        load(options, environ, write(tmp_path, file))
    assert error.value.exit_code == 2
    assert [part for part in told if part not in str(error.value)] == []


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        load({"as_of": "soon"}, {"TECHNICAL_TRADER_WRITER": "human"}, write(tmp_path, "x = 1"))
    assert [part for part in ("--as-of", "TECHNICAL_TRADER_WRITER", f"{FILE}: x") if part not in str(error.value)] == []


def test_a_settings_file_that_is_a_folder_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    with pytest.raises(InputError, match=r"technical-trader\.toml needs to be a readable file"):
        load({}, {}, tmp_path)


@pytest.mark.parametrize("given", [
    {},
    {"benchmark": "none", "data": "bars", "as_of": "2018-01-03", "fallback": False},
    {"source": "yahoo", "cache": "kept/bars", "instrument": "^RUT"},
    {"notes": "desk/notes.yaml"},
    {"writer": "model", "model": "m", "base_url": "http://localhost:1/v1"},
    {"second_reader": "m", "second_reader_url": "http://localhost:1/v1"},
])  # fmt: skip
def test_the_environment_carries_a_request_to_another_process(tmp_path: Path, given: dict[str, str]) -> None:
    request = load(given, {}, tmp_path)
    assert load({}, request.environment(), tmp_path) == request


def test_a_second_reader_is_off_until_one_is_named(tmp_path: Path) -> None:
    """It answers where the writer does unless told otherwise, at temperature 0 unless its endpoint has another."""
    assert load({}, {}, tmp_path).second_reader is None
    warm = '[endpoints.warm]\nbase_url = "http://localhost:2/v1"\ntemperature = 1.0\n'
    write(tmp_path, f'second_reader = "m"\nbase_url = "http://localhost:1/v1"\n{warm}')
    endpoint = load({}, {}, tmp_path).reading_endpoint()
    assert (endpoint.model, endpoint.base_url, endpoint.temperature) == ("m", "http://localhost:1/v1", 0.0)
    assert load({"second_reader_url": "warm"}, {}, tmp_path).reading_endpoint().temperature == 1.0
    off = load({"second_reader": "none"}, {}, tmp_path)
    assert off.second_reader is None
    assert load({}, off.environment(), tmp_path) == off, "a run of its own does not switch it on again"


def test_a_request_never_holds_a_key() -> None:
    """The fields of a request travel through logs, run.json and Prefect's database."""
    assert [name for name in Request.model_fields if "key" in name] == []


@pytest.mark.parametrize("given", [
    "RUT:2020-03-16, SPX:2020-03-16", ("RUT:2020-03-16", "SPX:2020-03-16"), ["RUT:2020-03-16,SPX:2020-03-16"],
])  # fmt: skip
def test_accepted_sessions_come_as_text_or_list(tmp_path: Path, given: Any) -> None:
    assert load({"accept": given}, {}, tmp_path).accept == ("RUT:2020-03-16", "SPX:2020-03-16")


@pytest.mark.parametrize("given", ["RUT", "RUT:2020-13-45", ":2020-03-16", 5])
def test_an_accepted_session_is_a_symbol_and_a_date(tmp_path: Path, given: Any) -> None:
    with pytest.raises(InputError, match=r"--accept.* is no session\. Write each as SYMBOL:DATE, such as "):
        load({"accept": given}, {}, tmp_path)
