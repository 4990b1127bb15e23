"""The architecture page, kept true: which room may import from which, and where each library may be imported.

The tables are the documentation; the tests read every import of the project and compare. A part of the house is a
folder or a module of pipeline/, and flows/. Names with a dot allow one module of a room instead of all of it.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Arrows go one way: market <- facts <- writing, checking <- publishing <- production <- flows, commands <- cli.
# Writing is handed its checker: of checking it knows the shape of a verdict, and what a second reader is asked.
PARTS = """
    part          may import from
    errors        -
    market        errors
    facts         errors  market
    checking      errors  facts  market.instruments
    writing       errors  facts  market.instruments  checking.verdict  checking.second.exchange
    publishing    errors  facts  market  checking  writing
    settings      errors  writing.models
    production    errors  facts  market  checking  writing  publishing  settings
    flows         errors  production  settings
    commands      errors  facts  checking  production  settings  flows
    cli           errors  commands
"""

# top: imported at the top of a file, which everyone pays for at start-up. inside: only in the function that needs it.
LIBRARIES = """
    library       how      in
    pydantic      top      market  facts  checking  writing  publishing  settings
    click         top      commands  cli
    prefect       top      flows
    numpy         inside   market  facts  publishing
    pandas        inside   market  facts  publishing
    exchange_calendars  inside  market.calendars
    platformdirs  inside   market.cache
    yfinance      inside   market.yahoo_history
    curl_cffi     inside   market.yahoo_history
    ta            inside   facts
    yaml          inside   facts.notes
    matplotlib    inside   publishing
    jinja2        inside   writing  publishing
    markupsafe    inside   publishing
    markdown_it   top      publishing
    langchain     inside   writing.models
    langchain_core  inside  writing.models
    langsmith     inside   writing.models
    openai        inside   writing.models
"""


def _rows(table: str) -> list[list[str]]:
    return [line.split() for line in table.strip().splitlines()[1:]]


ALLOWED = {part: set(others) - {"-"} for part, *others in _rows(PARTS)}
HOW = {library: (how, set(parts)) for library, how, *parts in _rows(LIBRARIES)}


@dataclass(frozen=True)
class Import:
    """One import statement's module. at_top: it runs when the file is imported."""

    file: Path
    line: int
    module: str
    at_top: bool

    def __str__(self) -> str:
        return f"{self.file.relative_to(ROOT)}:{self.line} imports {self.module}"

    @property
    def importer(self) -> str:
        """The dotted name of the importing file, from the part on."""
        return _from_part(".".join(self.file.relative_to(ROOT).with_suffix("").parts))


def _from_part(module: str) -> str:
    return module.removeprefix("pipeline.").removesuffix(".__init__")


def _inside(module: str, names: set[str]) -> bool:
    """Whether a module is one of some parts or modules, or inside one of them."""
    return any(module == name or module.startswith(f"{name}.") for name in names)


def _imports(file: Path) -> Iterator[Import]:
    def walk(node: ast.AST, at_top: bool) -> Iterator[Import]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                for alias in child.names:
                    yield Import(file, child.lineno, alias.name, at_top)
            elif isinstance(child, ast.ImportFrom):
                for name in _from_names(child):
                    yield Import(file, child.lineno, name, at_top)
            types_only = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)
            inner = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from walk(child, at_top and not types_only and not inner)

    yield from walk(ast.parse(file.read_text(encoding="utf-8")), True)


def _from_names(node: ast.ImportFrom) -> list[str]:
    """`from pipeline.facts import units` names pipeline.facts.units where that is a module."""
    assert node.module, "imports are absolute"
    folder = ROOT / node.module.replace(".", "/")
    if not folder.is_dir():
        return [node.module]
    modules = [alias.name for alias in node.names if _is_module(folder / alias.name)]
    return [f"{node.module}.{name}" for name in modules] or [node.module]


def _is_module(path: Path) -> bool:
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()


FILES = sorted(file for folder in ("pipeline", "flows") for file in (ROOT / folder).rglob("*.py"))
IMPORTS = [item for file in FILES for item in _imports(file)]


def test_every_part_of_the_house_is_in_the_table() -> None:
    """A new folder or module finds its place in the table before it imports anything."""
    parts = {item.stem for item in (ROOT / "pipeline").iterdir() if _is_module(item.with_suffix(""))}
    assert parts - {"__init__"} | {"flows"} == set(ALLOWED)


def test_arrows_between_the_parts_go_one_way() -> None:
    """Every import of the project's own modules is allowed by the table."""
    own = [item for item in IMPORTS if item.module.split(".")[0] in ("pipeline", "flows")]
    wrong = []
    for item in own:
        part, target = item.importer.split(".")[0], _from_part(item.module)
        if target != "pipeline" and target.split(".")[0] != part and not _inside(target, ALLOWED.get(part, set())):
            wrong.append(str(item))
    assert len(own) > 50
    assert not wrong


def test_libraries_are_imported_where_the_table_allows() -> None:
    """Every library has a row, is imported in its parts only, and the heavy ones only inside functions."""
    wrong = []
    for item in IMPORTS:
        library = item.module.split(".")[0]
        if library in sys.stdlib_module_names or library in ("pipeline", "flows"):
            continue
        how, parts = HOW.get(library, ("nowhere", set()))
        if not _inside(item.importer, parts) or (how == "inside" and item.at_top):
            wrong.append(f"{item} ({how})")
    assert not wrong


@pytest.mark.parametrize(("source", "at_top"), [
    ("import pandas", True),
    ("def f():\n    import pandas", False),
    ("if TYPE_CHECKING:\n    import pandas", False),
    ("class A:\n    import pandas", True),
    ("try:\n    import pandas\nexcept ImportError:\n    pass", True),
])  # fmt: skip
def test_an_import_at_the_top_is_told_from_one_inside(tmp_path: Path, source: str, at_top: bool) -> None:
    """The reader of imports itself: where the statement runs decides, not where it is indented."""
    file = tmp_path / "x.py"
    file.write_text(source, encoding="utf-8")
    assert [item.at_top for item in _imports(file)] == [at_top]
