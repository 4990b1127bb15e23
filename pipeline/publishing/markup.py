"""An article's Markdown as safe HTML, with stretches of it wrapped at the right words.

Markdown is parsed by markdown-it-py rather than by hand: untrusted text needs a full CommonMark parser with HTML
switched off, and its tokens let marks be set without touching the text. Marks travel through the parser as pairs of
private-use characters around the marked words and are taken out of its tokens again, so a mark may cross emphasis,
cells and paragraphs and still gives well-formed HTML. Marks that would change how the text is read are left out:
without its wrappers the result is always what the text alone gives.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

Wrap = Callable[[str, tuple[int, ...]], str]
"""Gives the HTML for a stretch's HTML and the numbers of the marks over it, the shortest first."""

AS_OF = "Data as of "
_OPEN, _CLOSE, _STOP, _ZERO = "\ue000", "\ue001", "\ue002", 0xE010
_OURS = re.compile("[\ue000-\ue002\ue010-\ue019]")
_BOUNDARY = re.compile("([\ue000\ue001])([\ue010-\ue019]+)\ue002")
_EDGES = " \t\r\n*_`#>|~"
_LEAVES = frozenset({"text", "code_inline", "image", "fence", "code_block"})
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n.*?\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
WEB = re.compile(r"https?://[^/]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a Markdown file: code points, half-open."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Pieces:
    """The HTML of an article: headline, dek, as-of line and body. title: the headline as plain text."""

    title: str
    headline: str
    dek: tuple[str, ...]
    as_of: str
    body: str


def body_start(text: str) -> int:
    """Where the text after front matter begins."""
    found = _FRONT_MATTER.match(text)
    return found.end() if found else 0


def title_of(text: str) -> str:
    """The first heading of level 1 as plain text, or an empty string."""
    tokens = _parser().parse(_OURS.sub("�", text[body_start(text) :]))
    return next((_plain(tokens[at + 1]) for at, token in enumerate(tokens) if _is(token, "heading_open", "h1")), "")


def to_html(text: str, marks: Sequence[Mark] = (), wrap: Wrap | None = None) -> Pieces:
    """An article in HTML, each marked stretch passed through `wrap`.

    Links stay only if they lead to the web, pictures become their description, HTML and expressions become text.
    """
    start = body_start(text)
    text = _OURS.sub("�", text[start:])
    shifted = {
        number: trimmed
        for number, mark in enumerate(marks)
        if (trimmed := _trimmed(text, mark.start - start, mark.end - start))
    }
    plain = _rendered(text)
    kept = _harmless(text, shifted, plain)
    return _pieces(_tokens(_marked(text, kept), kept), wrap or (lambda html, _numbers: html))


def _trimmed(text: str, start: int, end: int) -> Mark | None:
    """A stretch without the Markdown signs and spaces at its edges, None if nothing is left."""
    start, end = max(start, 0), min(end, len(text))
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return Mark(start, end) if start < end else None


def _marked(text: str, marks: dict[int, Mark]) -> str:
    """The text with a boundary character sequence before and after each mark."""
    cuts: dict[int, list[str]] = {}
    for number, mark in marks.items():
        digits = "".join(chr(_ZERO + int(digit)) for digit in str(number))
        cuts.setdefault(mark.start, []).append(f"{_OPEN}{digits}{_STOP}")
        cuts.setdefault(mark.end, []).insert(0, f"{_CLOSE}{digits}{_STOP}")
    parts: list[str] = []
    position = 0
    for cut in sorted(cuts):
        parts += (text[position:cut], *cuts[cut])
        position = cut
    return "".join((*parts, text[position:]))


def _harmless(text: str, marks: dict[int, Mark], plain: str) -> dict[int, Mark]:
    """The marks that leave the rendered text as it is, found by halving."""
    if not marks or _rendered(_marked(text, marks)) == plain:
        return marks
    if len(marks) == 1:
        return {}
    numbers = list(marks)
    halves = (numbers[: len(numbers) // 2], numbers[len(numbers) // 2 :])
    first, second = (_harmless(text, {number: marks[number] for number in half}, plain) for half in halves)
    both = first | second
    return both if _rendered(_marked(text, both)) == plain else first


def _rendered(text: str) -> str:
    """The HTML of a text that may hold boundaries, without them."""
    return _html(_tokens(text, {}), lambda html, _numbers: html)


def _tokens(text: str, marks: dict[int, Mark]) -> list[Token]:
    """Parse a text and move its boundaries from the leaves' content to `meta`: pieces with the marks over each."""
    tokens = _parser().parse(text)
    leaves = [leaf for token in tokens for leaf in (token.children or [token]) if leaf.type in _LEAVES]
    seen = [(found[1], found[2]) for leaf in leaves for found in _BOUNDARY.finditer(leaf.content)]
    whole = {digits for sign, digits in seen if sign == _OPEN} & {digits for sign, digits in seen if sign == _CLOSE}
    active: set[int] = set()
    for leaf in leaves:
        pieces, position = [], 0
        for found in (*_BOUNDARY.finditer(leaf.content), None):
            piece = leaf.content[position : found.start() if found else None]
            if piece:
                order = sorted(active, key=lambda number: marks[number].end - marks[number].start)
                pieces.append((piece, tuple(order)))
            if found:
                position = found.end()
                number = int("".join(str(ord(digit) - _ZERO) for digit in found[2]))
                if found[2] in whole and number in marks:
                    (active.add if found[1] == _OPEN else active.discard)(number)
        leaf.meta["pieces"] = pieces
        leaf.content = "".join(piece for piece, _ in pieces)
    for at, token in enumerate(tokens):
        if token.type == "inline" and tokens[at - 1].type == "paragraph_open" and _is_aside(token):
            tokens[at - 1].attrSet("class", "aside")
    return tokens


def _html(tokens: Sequence[Token], wrap: Wrap) -> str:
    parser = _parser()
    return str(parser.renderer.render(tokens, parser.options, {"wrap": wrap}))


def _pieces(tokens: list[Token], wrap: Wrap) -> Pieces:
    """Split an article's tokens into headline, dek, as-of line and body.

    The as-of line is one of the first three paragraphs and begins "Data as of"; what stands between the headline and
    it is the dek. Without such a line the paragraph after the headline is the dek.
    """
    if not (tokens and _is(tokens[0], "heading_open", "h1")):
        return Pieces("", "", (), "", _html(tokens, wrap))
    count = 0
    while count < 3 and 3 + 3 * count < len(tokens) and _is(tokens[3 + 3 * count], "paragraph_open", "p"):
        count += 1
    lines = [tokens[4 + 3 * index] for index in range(count)]
    as_of = next((index for index, line in enumerate(lines) if _plain(line).startswith(AS_OF)), None)
    dek = min(count, 1) if as_of is None else as_of
    taken = dek if as_of is None else dek + 1
    return Pieces(
        _plain(tokens[1]),
        _html([tokens[1]], wrap),
        tuple(_html([line], wrap) for line in lines[:dek]),
        "" if as_of is None else _html([lines[as_of]], wrap),
        _html(tokens[3 + 3 * taken :], wrap),
    )


def _is(token: Token, kind: str, tag: str) -> bool:
    return token.type == kind and token.tag == tag and token.level == 0


def _is_aside(inline: Token) -> bool:
    """Whether a paragraph is emphasised as a whole, as a method or a disclosure is."""
    children = inline.children or []
    return (
        len(children) > 2
        and (children[0].type, children[-1].type) == ("em_open", "em_close")
        and not any(child.type == "em_close" and child.level == 0 for child in children[:-1])
    )


def _plain(inline: Token) -> str:
    """The visible text of an inline token."""
    return "".join(
        " " if child.type in ("softbreak", "hardbreak") else child.content
        for child in inline.children or ()
        if child.type in _LEAVES or child.type.endswith("break")
    ).strip()


@cache
def _parser() -> MarkdownIt:
    """CommonMark with tables and without HTML."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.validateLink = lambda url: bool(WEB.match(url))  # type: ignore[method-assign]
    parser.core.ruler.before("text_join", "guard", _guard)
    for kind in ("text", "image"):
        parser.add_render_rule(kind, _render_text)
    parser.add_render_rule("code_inline", _render_code)
    parser.add_render_rule("link_open", _render_link)
    return parser


def _guard(state: StateCore) -> None:
    """Boundaries come from us alone: those spelled as entities or escapes are taken out before they look like text."""
    for token in state.tokens:
        for child in token.children or ():
            if child.type == "text_special":
                child.content = _OURS.sub("�", child.content)


def _render_text(_self: Any, tokens: Sequence[Token], index: int, _options: Any, env: Any) -> str:
    return "".join(env["wrap"](escape(piece), numbers) for piece, numbers in tokens[index].meta.get("pieces", ()))


def _render_code(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    return f"<code>{_render_text(self, tokens, index, options, env)}</code>"


def _render_link(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    tokens[index].attrSet("rel", "noopener noreferrer nofollow")
    return str(self.renderToken(tokens, index, options, env))
