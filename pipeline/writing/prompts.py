"""The prompt texts: found, filled in, and refused when a variable is missing or unknown.

They stand in the folder `prompts` beside the package, in a checkout and in an installed wheel alike; another folder
with the same files takes the place of one. prompts/README.md names the variables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import InputError

if TYPE_CHECKING:
    from jinja2 import Environment

PROMPTS = Path(__file__).resolve().parents[2] / "prompts"
FOLDER = PROMPTS / "technical_trader"
SUFFIX = ".md.j2"

VARIABLES: dict[str, tuple[str, ...]] = {
    "system": ("instrument", "symbol"),
    "article": ("instrument", "benchmark", "as_of", "sheet"),
    "repair": ("sentences",),
}
"""What each prompt of a writer may name."""


@dataclass(frozen=True)
class Prompts:
    """The prompt texts of a folder by name, and what each may name. Make one with `read_prompts`."""

    texts: Mapping[str, str]
    folder: Path = FOLDER
    variables: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: VARIABLES)

    @property
    def sha256(self) -> str:
        """Digest of all the texts."""
        return sha256("\0".join(f"{name}\0{self.texts[name]}" for name in self.variables).encode()).hexdigest()

    @cached_property
    def _environment(self) -> Environment:
        from jinja2 import DictLoader, StrictUndefined
        from jinja2.sandbox import ImmutableSandboxedEnvironment

        return ImmutableSandboxedEnvironment(
            loader=DictLoader({name: self.texts[name] for name in self.variables}), undefined=StrictUndefined,
            autoescape=False, trim_blocks=True, lstrip_blocks=True,
        )  # fmt: skip

    def fill(self, name: str, **variables: Any) -> str:
        """A prompt with its variables. Raises InputError for a text that cannot be filled in."""
        from jinja2 import TemplateError

        assert set(variables) == set(self.variables[name]), f"{name} takes {self.variables[name]}"
        try:
            return self._environment.get_template(name).render(variables).strip()
        except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
            known = ", ".join(self.variables[name]) or "none"
            raise InputError(
                f"The prompt {self.folder / (name + SUFFIX)} cannot be filled in: {error}. Its variables are {known}; "
                "correct it by prompts/README.md."
            ) from None


def read_prompts(folder: Path = FOLDER, variables: Mapping[str, tuple[str, ...]] = VARIABLES) -> Prompts:
    """The prompts of a folder, a writer's unless others are named. Raises InputError when a file cannot be read."""
    texts = {}
    for name in variables:
        path = folder / f"{name}{SUFFIX}"
        try:
            texts[name] = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            needed = ", ".join(f"{each}{SUFFIX}" for each in variables)
            raise InputError(
                f"A folder of prompts holds {needed}; {path} cannot be read ({type(error).__name__}). "
                "Add it, or leave the folder out of the settings."
            ) from None
    return Prompts(texts, folder, variables)
