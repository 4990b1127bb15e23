"""Markdown to visible text: what is seen, where it stands in the file, and that any text can be read."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.checking.text import Block, read_markdown


def seen(source: str) -> list[tuple[str, str]]:
    """Kind and text of the blocks."""
    return [(block.kind, block.text) for block in read_markdown(source)]


def only(source: str) -> Block:
    (block,) = read_markdown(source)
    return block


@pytest.mark.parametrize(
    ("source", "kind", "text"),
    [
        ("The close.", "paragraph", "The close."),
        ("# Nasdaq rises", "heading", "Nasdaq rises"),
        ("## Levels ##", "heading", "Levels"),
        ("- one level", "item", "one level"),
        ("3) one level", "item", "one level"),
        ("> the close", "paragraph", "the close"),
        ("two\nlines", "paragraph", "two lines"),
        ("two\r\nlines", "paragraph", "two lines"),
        ("**6,6**35.28 is _the_ close", "paragraph", "6,635.28 is the close"),
        ("`0.77%` up", "paragraph", "0.77% up"),
        ("snake_case_names stay", "paragraph", "snake_case_names stay"),
        ("the [close](https://example.com/a_b?c=9.99%) rose", "paragraph", "the close rose"),
        ("![the chart of 2018](chart_77.svg)", "paragraph", "the chart of 2018"),
        ("S&amp;P 500", "paragraph", "S&P 500"),
        ("5 &lt; 6 &#37;", "paragraph", "5 < 6 %"),
        ("a \\* star and 1\\. dot", "paragraph", "a * star and 1. dot"),
        ("up <b>2%</b> <!-- not 3% --> now", "paragraph", "up 2%  now"),
        ("\u22120.38%", "paragraph", "-0.38%"),
        ("50\u2011day", "paragraph", "50-day"),
        ("0.77\u00a0%", "paragraph", "0.77 %"),
        ("1\u202f234", "paragraph", "1 234"),
        ("6,\u200b635.28", "paragraph", "6,635.28"),
        ("the\u00ad close", "paragraph", "the close"),
        ("\uff10.\uff17\uff17%", "paragraph", "0.77%"),
        (
            "\u0661\u0662",
            "paragraph",
            "\u0661\u0662",
        ),  # Arabic-Indic digits have no NFKC form; the tokeniser reads them
        ("\u201cthe close\u201d isn\u2019t", "paragraph", '"the close" isn\'t'),
    ],
)
def test_what_a_reader_sees(source: str, kind: str, text: str) -> None:
    assert seen(source) == [(kind, text)]


def test_rules_and_blank_lines_are_nothing_to_see() -> None:
    assert seen("one\n\n---\n\n* * *\n\ntwo\n\n===\n") == [("paragraph", "one"), ("paragraph", "two")]


def test_a_fence_is_read_line_by_line_as_it_stands() -> None:
    """Whatever stands in a code fence is printed, so it is text; its markup is not markup."""
    assert seen("```text\nrose **0.77%**\n\nto 3\n```\nend") == [
        ("paragraph", "rose **0.77%**"), ("paragraph", "to 3"), ("paragraph", "end"),
    ]  # fmt: skip


def test_front_matter_gives_its_wording_only() -> None:
    source = '---\ntitle: "Nasdaq rises 0.77%"\nslug: nasdaq-9-99\ndek: The close\n---\n\nText.'
    assert seen(source) == [("front", ' "Nasdaq rises 0.77%"'), ("front", " The close"), ("paragraph", "Text.")]


def test_front_matter_that_never_ends_is_text() -> None:
    assert ("paragraph", "title: 0.77%") in seen("---\ntitle: 0.77%\n\nText.")


def test_a_table_gives_cells_with_row_and_column() -> None:
    source = "| | Close | Day |\n|---|--:|:-:|\n| Nasdaq | 6,635.28 | +0.77% |\n| S&P 500 | 2,506.85 | |"
    cells = [(b.row, b.column, b.text.strip()) for b in read_markdown(source)]
    assert cells == [
        (0, 0, ""), (0, 1, "Close"), (0, 2, "Day"),
        (1, 0, "Nasdaq"), (1, 1, "6,635.28"), (1, 2, "+0.77%"),
        (2, 0, "S&P 500"), (2, 1, "2,506.85"), (2, 2, ""),
    ]  # fmt: skip
    assert {b.table for b in read_markdown(source)} == {0}


def test_tables_are_numbered() -> None:
    table = "| a | b |\n|---|---|\n| 1 | 2 |"
    assert {b.table for b in read_markdown(f"{table}\n\ntext\n\n{table}") if b.kind == "cell"} == {0, 1}


def test_an_entity_maps_to_where_it_begins() -> None:
    block = only("S&amp;P 500")
    start, end = block.span(1, 2)
    assert ("S&amp;P 500"[start], end - start) == ("&", 1)


def test_an_entity_of_two_characters_stands_in_one_place() -> None:
    block = only("&fjlig;ord")
    assert (block.text, block.offsets[:3]) == ("fjord", (0, 0, 7))


def test_a_span_of_nothing_is_a_place() -> None:
    assert only("The close.").span(4, 4) == (4, 4)


FRAGMENTS = st.sampled_from(
    ["The Nasdaq ", "rose **0.77%** ", "\n\n", "\n", "# ", "- ", "| a | b |\n|---|---|\n| 1 | 2 |\n", "&amp;", "&#x25;",
     "[link](u)", "![alt](u)", "```\n", "---\n", "title: x\n", "\u2212", "\u00a0", "\u200b", "\uff15", "\r\n", "\\*",
     "_a_", "<b>", "<!-- c -->", "~~x~~", "> ", "1. "]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(FRAGMENTS, st.text(max_size=8)), max_size=14).map("".join))
def test_every_visible_character_stands_where_its_offset_says(source: str) -> None:
    """Offsets rise, lie in the file, and lead to the character itself, its plain form, or the entity it came from."""
    for block in read_markdown(source):
        assert len(block.offsets) == len(block.text) + 1
        assert list(block.offsets) == sorted(block.offsets)
        assert block.offsets[-1] <= len(source) + 1
        for char, offset in zip(block.text, block.offsets, strict=False):
            origin = source[offset]
            assert (
                origin == char
                or origin == "&"
                or (char == " " and (origin.isspace() or unicodedata.category(origin)[0] == "Z"))
                or unicodedata.normalize("NFKC", origin) in (char, f" {char}")
                or char in "-'\""
            ), (char, origin)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_read(source: str) -> None:
    for block in read_markdown(source):
        assert block.span(0, len(block.text))[1] <= len(source) + 1


@pytest.mark.parametrize(
    ("source", "blocks"),
    [
        ("<!-- 5%\n\n7% -->\nText.", [("paragraph", "Text.")]),
        ("Up <!-- 5%\n6% --> 2%", [("paragraph", "Up   2%")]),
        ("Up <!-- 5%", [("paragraph", "Up <!-- 5%")]),
        ("```\n<!-- 5% -->\n```", [("paragraph", "<!-- 5% -->")]),
        ("Text.\n\n<script>\nlet x = 5;\n</script>\n", [("paragraph", "Text.")]),
        ("A heading\n=========\n\nB\n---\nC", [("heading", "A heading"), ("heading", "B"), ("paragraph", "C")]),
        ("Up.[^1]\n\n[^1]: A note.", [("paragraph", "Up."), ("paragraph", "A note.")]),
        ('See [the table][t].\n\n[t]: https://a.b/5 "9%"', [("paragraph", "See the table.")]),
        ('![up *2%*](a.png "to 3")', [("paragraph", "up 2% to 3")]),
        ("<img src='a.png' alt='up 2%' title='to 3'>", [("paragraph", "up 2%  to 3")]),
        ("Data: https://a.b/2018/5%25 here", [("paragraph", "Data:  here")]),
        ("---\nsummary: >\n  up\n  2%\nslug: x-5\n---\nText.", [("front", "up   2%"), ("paragraph", "Text.")]),
    ],
)
def test_what_is_hidden_and_what_is_shown(source: str, blocks: list[tuple[str, str]]) -> None:
    """Comments, scripts, definitions and addresses are hidden; notes, descriptions and folded values are shown."""
    assert [(kind, text.strip()) for kind, text in seen(source)] == blocks
