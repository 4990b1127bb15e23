"""Markdown as HTML: safe whatever the text, and marked at the right words without changing it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.publishing.markup import Mark, Pieces, body_start, title_of, to_html

SIGNS = "abc .,-–*_`#>|[]()<>&!\\~:\n\t1\r9%\"'=+{}éß日📉\u0301\ue000\ue001\ue010\ufffd"
VOID = {"br", "hr"}


def wrap(html: str, numbers: tuple[int, ...]) -> str:
    return f'<i class="{" ".join(map(str, numbers))}">{html}</i>' if numbers else html


def whole(pieces: Pieces) -> str:
    return "".join((pieces.headline, *pieces.dek, pieces.as_of, pieces.body))


def without(html: str) -> str:
    return re.sub(r'<i class="[\d ]+">|</i>', "", html)


def marked(html: str, number: int) -> str:
    """The text inside the stretches of one mark."""
    found = re.findall(r'<i class="([\d ]+)">(.*?)</i>', html, flags=re.DOTALL)
    return "".join(text for numbers, text in found if str(number) in numbers.split())


class Balance(HTMLParser):
    """Fails on tags that do not close in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert tag in VOID or self.open.pop() == tag


@given(st.text(SIGNS, max_size=120), st.lists(st.tuples(st.integers(0, 120), st.integers(0, 120)), max_size=6))
def test_marks_never_change_what_is_read(text: str, places: list[tuple[int, int]]) -> None:
    html = whole(to_html(text, [Mark(*place) for place in places], wrap))
    assert without(html) == whole(to_html(text))
    Balance(html)


@given(st.text(max_size=60))
def test_letters_and_digits_are_always_marked(word: str) -> None:
    """Letters and digits alone are never Markdown, so all of them must be marked, whatever the script."""
    word = "".join(filter(str.isalnum, word)) or "x"
    text = f"Before 📉 é: {word} after."
    start = text.index(": ") + 2
    assert marked(to_html(text, [Mark(start, start + len(word))], wrap).body, 0) == word


@pytest.mark.parametrize(
    ("text", "words", "html"),
    [
        ("It rose 2% today.", "rose 2%", '<p>It <i class="0">rose 2%</i> today.</p>'),
        ("«Ü» 📉📉 fell 3%.", "fell 3%", '<p>«Ü» 📉📉 <i class="0">fell 3%</i>.</p>'),
        ("e\u0301 rose", "rose", '<p>e\u0301 <i class="0">rose</i></p>'),
        ("a\r\nb rose\r\n", "rose", '<p>a\nb <i class="0">rose</i></p>'),
        ("It **rose** 2%.", "**rose** 2%", '<p>It <strong><i class="0">rose</i></strong><i class="0"> 2%</i>.</p>'),
        ("It **rose 2%**.", "2%", '<p>It <strong>rose <i class="0">2%</i></strong>.</p>'),
        ("_It rose_ 2%", "_It rose_", '<p><em><i class="0">It rose</i></em> 2%</p>'),
        ("S&P &amp; 500 <b>", "&amp; 500", '<p>S&amp;P <i class="0">&amp; 500</i> &lt;b&gt;</p>'),
        ("say `a < b` now", "a < b", '<p>say <code><i class="0">a &lt; b</i></code> now</p>'),
        ("- rose 2%\n- fell", "rose 2%", '<ul>\n<li><i class="0">rose 2%</i></li>\n<li>fell</li>\n</ul>'),
        ("## Rose 2%", "Rose 2%", '<h2><i class="0">Rose 2%</i></h2>'),
        ("Rose 2%\n---", "Rose 2%\n---", "<h2>Rose 2%</h2>"),  # the underline of a heading cannot be marked
        ("go [up 2%](https://a.example/b)", "up 2%",
         '<p>go <a href="https://a.example/b" rel="noopener noreferrer nofollow"><i class="0">up 2%</i></a></p>'),
        ("go [up](https://a.example/b) 2%", "example/b) 2%",
         '<p>go <a href="https://a.example/b" rel="noopener noreferrer nofollow">up</a> 2%</p>'),
    ],
)  # fmt: skip
def test_a_mark_is_set_at_its_words_or_left_out(text: str, words: str, html: str) -> None:
    start = text.index(words)
    assert to_html(text, [Mark(start, start + len(words))], wrap).body.strip() == html


def test_a_mark_over_table_cells_marks_each_cell() -> None:
    text = "| day | week |\n|---|---|\n| 0.12% | 2.04% |\n"
    start, end = text.index("0.12"), text.index("2.04%") + 5
    html = to_html(text, [Mark(start, end)], wrap).body
    assert '<td><i class="0">0.12%</i></td>\n<td><i class="0">2.04%</i></td>' in html
    assert html.count("<i") == 2


def test_a_mark_over_paragraphs_marks_each() -> None:
    html = to_html("one two\n\nthree four", [Mark(4, 14)], wrap).body
    assert html == '<p>one <i class="0">two</i></p>\n<p><i class="0">three</i> four</p>\n'


def test_overlapping_marks_name_all_the_shortest_first() -> None:
    html = to_html("abcdefgh", [Mark(0, 6), Mark(2, 4), Mark(3, 8)], wrap).body
    assert html == (
        '<p><i class="0">ab</i><i class="1 0">c</i><i class="1 2 0">d</i><i class="2 0">ef</i><i class="2">gh</i></p>\n'
    )


def test_marks_that_harm_are_left_out_and_the_others_stay() -> None:
    text = "[up](https://a.example) rose 2% and fell 3%"
    marks = [Mark(text.index("a.ex"), text.index("ple")), Mark(text.index("rose"), text.index(" and")),
             Mark(text.index("fell"), len(text)), Mark(7, 9)]  # fmt: skip
    html = to_html(text, marks, wrap).body
    assert [marked(html, number) for number in range(4)] == ["", "rose 2%", "fell 3%", ""]
    assert 'href="https://a.example"' in html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("x <img src=x onerror=alert(1)>", "x &lt;img src=x onerror=alert(1)&gt;"),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ("[x](JaVa&#115;cript:alert(1))", "[x](JaVascript:alert(1))"),
        ("[x](data:text/html,hi)", "[x](data:text/html,hi)"),
        ("[x](//evil.example)", "[x](//evil.example)"),
        ("[x](../../etc/passwd)", "[x](../../etc/passwd)"),
        ("<javascript:alert(1)>", "&lt;javascript:alert(1)&gt;"),
        ("![a *b*](https://evil.example/t.png)", "a *b*"),
        ("{{ 7 * 7 }} {% raw %} [[RUT.close]]", "{{ 7 * 7 }} {% raw %} [[RUT.close]]"),
        ('[x](https://a.example "a\\" onclick=b")',
         '<a href="https://a.example" title="a&quot; onclick=b" rel="noopener noreferrer nofollow">x</a>'),
        ("nul \0 here", "nul � here"),
    ],
)  # fmt: skip
def test_hostile_text_stays_text(text: str, html: str) -> None:
    assert to_html(text, [Mark(0, 2)]).body.strip() == f"<p>{html}</p>"


def test_a_language_of_a_code_block_cannot_leave_its_attribute() -> None:
    html = to_html('```"><script>\nx rose\n```', [Mark(16, 20)], wrap).body
    assert Balance(html).tags == {"pre", "code"}
    assert "x rose" in html


@pytest.mark.parametrize(
    "forged", ["\ue000\ue010\ue002X\ue001\ue010\ue002", "&#xE000;&#xE010;&#xE002;X&#xE001;&#xE010;&#xE002;"]
)
def test_text_cannot_set_marks_itself(forged: str) -> None:
    """The signs that carry marks, typed or spelled as entities, are shown as unknown characters."""
    text = f"{forged} and rose 2%"
    html = to_html(text, [Mark(text.index("rose"), len(text))], wrap).body
    assert html == '<p>���X��� and <i class="0">rose 2%</i></p>\n'


def test_the_head_is_told_from_the_body() -> None:
    text = "# Up *2%*\n\n*Less than* others.\n\nData as of the close, Fri.\n\nFirst.\n\nSecond.\n"
    pieces = to_html(text)
    assert pieces == Pieces("Up 2%", "Up <em>2%</em>", ("<em>Less than</em> others.",), "Data as of the close, Fri.",
                            "<p>First.</p>\n<p>Second.</p>\n")  # fmt: skip
    assert title_of(text) == "Up 2%"


@pytest.mark.parametrize(
    ("text", "dek", "as_of", "body"),
    [
        ("# T\n\nOne.\n\nTwo.", ("One.",), "", "<p>Two.</p>\n"),
        ("# T\n\n*Data as of the close*\n\nOne.", (), "<em>Data as of the close</em>", "<p>One.</p>\n"),
        ("# T\n\nA\n\nB\n\nC\n\nData as of x", ("A",), "", "<p>B</p>\n<p>C</p>\n<p>Data as of x</p>\n"),
        ("# T\n\n- item", (), "", "<ul>\n<li>item</li>\n</ul>\n"),
        ("# T", (), "", ""),
    ],
)
def test_other_heads_are_read_too(text: str, dek: tuple[str, ...], as_of: str, body: str) -> None:
    pieces = to_html(text)
    assert (pieces.title, pieces.dek, pieces.as_of, pieces.body) == ("T", dek, as_of, body)


def test_a_paragraph_emphasised_as_a_whole_is_an_aside() -> None:
    html = to_html("*Method: a **b** c.*\n\n*One* and *two*").body
    aside = '<p class="aside"><em>Method: a <strong>b</strong> c.</em></p>'
    assert html == f"{aside}\n<p><em>One</em> and <em>two</em></p>\n"


def test_a_text_without_headline_is_all_body() -> None:
    assert to_html("Only words.") == Pieces("", "", (), "", "<p>Only words.</p>\n")
    assert to_html("") == Pieces("", "", (), "", "")
    assert title_of("## Second") == ""


def test_front_matter_is_not_shown_and_marks_count_from_the_files_start() -> None:
    text = "---\ntitle: x rose\n---\n# Up\n\nIt rose.\n"
    assert body_start(text) == text.index("# Up")
    places = [text.index("x rose"), text.index("It rose")]
    pieces = to_html(text, [Mark(places[0], places[0] + 6), Mark(places[1], places[1] + 7)], wrap)
    assert pieces.title == title_of(text) == "Up"
    assert pieces.dek == ('<i class="1">It rose</i>.',)
