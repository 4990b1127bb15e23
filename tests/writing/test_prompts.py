"""The prompt texts: their variables, their folder, and what they do with odd input."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from jinja2 import Environment, meta, nodes

import pipeline
from pipeline.errors import InputError
from pipeline.writing.prompts import FOLDER, SUFFIX, VARIABLES, read_prompts

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "prompts" / "README.md").read_text(encoding="utf-8")
FILLED = {
    "system": {"instrument": "the Russell 2000", "symbol": "RUT"},
    "article": {"instrument": "the Russell 2000", "benchmark": "the S&P 500", "as_of": "AS-OF", "sheet": "$1 {{ x }}"},
    "repair": {"sentences": [{
        "number": 3, "text": "It fell.", "facts": ["A FACT"], "findings": [{"message": "WRONG", "help": "HELP"}],
    }]},
}  # fmt: skip


def readme_row(name: str) -> str:
    """The line of the README's table about a prompt."""
    return next(line for line in README.splitlines() if line.startswith(f"| `{name}{SUFFIX}`"))


@pytest.mark.parametrize("name", VARIABLES)
def test_no_variable_is_missing_or_unused(name: str) -> None:
    """The text, the program and the README name the same variables."""
    tree = Environment().parse((FOLDER / f"{name}{SUFFIX}").read_text(encoding="utf-8"))
    used = meta.find_undeclared_variables(tree)
    fields = {node.attr for node in tree.find_all(nodes.Getattr)}
    assert used == set(VARIABLES[name])
    assert set(re.findall(r"`(\w+)`", readme_row(name))) == used | fields
    assert set(FILLED[name]) == used


def test_every_file_of_the_folder_is_a_prompt() -> None:
    """A file that nobody sends does not lie there."""
    assert {file.name for file in FOLDER.iterdir()} == {f"{name}{SUFFIX}" for name in VARIABLES}


def test_a_wheel_carries_the_folder_beside_the_package() -> None:
    """The folder is found from the package, and the build puts both side by side."""
    packages = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]
    assert {"pipeline", "prompts"} <= set(packages["wheel"]["packages"])
    assert FOLDER.parents[1] == Path(pipeline.__file__).resolve().parents[1]


def test_values_are_printed_as_they_are() -> None:
    """Ampersands, dollars and braces of a value are text; the slots of the texts stay slots."""
    prompts = read_prompts()
    article = prompts.fill("article", **FILLED["article"])
    assert "the S&P 500" in article
    assert "$1 {{ x }}" in article
    assert "[[RUT.rsi_14]]" in prompts.fill("system", **FILLED["system"])
    repair = prompts.fill("repair", **FILLED["repair"])
    assert "3: It fell." in repair
    assert all(word in repair for word in ("WRONG", "HELP", "A FACT", "DELETE"))


def test_without_a_benchmark_none_is_named() -> None:
    """An empty benchmark leaves its words out."""
    assert "benchmark" not in read_prompts().fill("article", **{**FILLED["article"], "benchmark": ""})


@pytest.mark.parametrize("text", ["{{ nobody }}", "{% if %}", "{{ ''.__class__.__mro__ }}", "{{ symbol + 1 }}"])
def test_a_text_that_cannot_be_filled_in_says_which(tmp_path: Path, text: str) -> None:
    """An unknown variable, broken syntax and a way out of the sandbox are errors that name the file."""
    for name in VARIABLES:
        (tmp_path / f"{name}{SUFFIX}").write_text(text if name == "system" else "x", encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(f"system{SUFFIX} cannot be filled in")):
        read_prompts(tmp_path).fill("system", **FILLED["system"])


def test_a_folder_that_lacks_a_file_says_so(tmp_path: Path) -> None:
    """The message names the file and what the folder needs."""
    with pytest.raises(InputError, match=rf"system{re.escape(SUFFIX)}.*FileNotFoundError"):
        read_prompts(tmp_path)


def test_the_digest_follows_every_text(tmp_path: Path) -> None:
    """Another word in any of the texts is another digest; the same words are the same one."""
    for name in VARIABLES:
        (tmp_path / f"{name}{SUFFIX}").write_text("x", encoding="utf-8")
    digests = {read_prompts(tmp_path).sha256}
    for name in VARIABLES:
        (tmp_path / f"{name}{SUFFIX}").write_text("y", encoding="utf-8")
        digests.add(read_prompts(tmp_path).sha256)
    assert len(digests) == 1 + len(VARIABLES)
    assert read_prompts().sha256 == read_prompts().sha256
