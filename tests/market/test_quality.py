"""The quality gate: what is refused, in which words, what is mended, and what passes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.market.bars import COLUMNS
from pipeline.market.quality import FaultyBarsError, checked_bars, checked_frame

HEADER = "date,open,high,low,close,volume"


def rows(number: int = 3) -> list[str]:
    """Sound rows: row 2 of the file is 2024-01-01, row 3 is 2024-01-02, and so on."""
    first = date(2024, 1, 1)
    return [f"{first + timedelta(days=at)},10,12,9,11,500" for at in range(number)]


def file(*lines: str, header: str = HEADER) -> bytes:
    return "\n".join((header, *lines, "")).encode()


def refused(raw: bytes) -> str:
    """The message with which the gate refuses a file."""
    with pytest.raises(InputError) as caught:
        checked_frame(raw, "XYZ.csv")
    assert caught.value.exit_code == 2
    message = str(caught.value)
    assert message.startswith("XYZ.csv needs ")
    assert "\n" not in message
    return message


def test_sound_file_becomes_the_frame_it_spells() -> None:
    frame = checked_frame(file("2024-01-02,10,12.5,9,11,500", "2024-01-03,11,13,10.25,12,600"), "XYZ.csv")
    assert tuple(frame.columns) == COLUMNS
    assert frame.to_numpy().tolist() == [[10, 12.5, 9, 11, 500], [11, 13, 10.25, 12, 600]]
    assert [str(day.date()) for day in frame.index] == ["2024-01-02", "2024-01-03"]
    assert set(map(str, frame.dtypes)) == {"float64"}
    assert frame.index.tz is None


def test_columns_stand_in_any_order_and_case_with_others_between() -> None:
    header = "\ufeffVolume, Close,Note,LOW,High,Open,Date"
    frame = checked_frame(file('600, 11,"split, 2:1",9,12,10, 2024-01-02', header=header), "XYZ.csv")
    assert frame.to_numpy().tolist() == [[10, 12, 9, 11, 600]]


def test_blank_lines_and_line_ends_of_any_kind_are_no_rows() -> None:
    assert len(checked_frame(file(*rows()).replace(b"\n", b"\r\n") + b"\r\n\r\n", "XYZ.csv")) == 3


@pytest.mark.parametrize(
    ("row", "found", "advice"),
    [
        ("01/02/2024,10,12,9,11,500", "row 3, date: '01/02/2024' is not a date.", "Write dates as YYYY-MM-DD."),
        ("2024-02-30,10,12,9,11,500", "row 3, date: '2024-02-30' is not a date.", "Write dates as YYYY-MM-DD."),
        ("2024-W01-2,10,12,9,11,500", "row 3, date: '2024-W01-2' is not a date.", "Write dates as YYYY-MM-DD."),
        ("20240102,10,12,9,11,500", "row 3, date: '20240102' is not a date.", "Write dates as YYYY-MM-DD."),
        (",10,12,9,11,500", "row 3, date: '' is not a date.", "Write dates as YYYY-MM-DD."),
        ("2024-01-01,10,12,9,11,500", "row 3, date: 2024-01-01 stands in row 2 too.", "Keep one row per session."),
        ("2023-12-29,10,12,9,11,500", "row 3, date: 2023-12-29 stands after 2024-01-01.", "Sort the rows"),
        ("2024-01-02,10,12,9,NaN,500", "row 3, close: 'NaN' is not a finite number.", "fill or remove rows without"),
        ("2024-01-02,10,inf,9,11,500", "row 3, high: 'inf' is not a finite number.", "fill or remove rows without"),
        ("2024-01-02,,12,9,11,500", "row 3, open: '' is not a number.", "fill or remove rows without"),
        ("2024-01-02,10,12,n/a,11,500", "row 3, low: 'n/a' is not a number.", "fill or remove rows without"),
        ("2024-01-02,10,12,0,11,500", "row 3, low: '0' is not positive.", "fill or remove rows without"),
        ("2024-01-02,10,12,9,-11,500", "row 3, close: '-11' is not positive.", "fill or remove rows without"),
        ("2024-01-02,10,1e16,9,11,500", "row 3, high: '1e16' is outside of 1e-06 to 1e+09.", "fill or remove"),
        ("2024-01-02,10,12,9,11,many", "row 3, volume: 'many' is not a number.", "Write volumes as plain numbers"),
        ("2024-01-02,10,12,9,11,-5", "row 3, volume: '-5' is not positive.", "Write volumes as plain numbers"),
        ("2024-01-02,10,10.9,9,11,500", "row 3, high: 10.9 is below 11.0, another price", "from another source."),
        ("2024-01-02,12.1,12,9,11,500", "row 3, high: 12 is below 12.1, another price", "from another source."),
        ("2024-01-02,10,12,10.5,11,500", "row 3, low: 10.5 is above 10.0, another price", "from another source."),
        ("2024-01-02,1,234,12,9,11,500", "row 3, whole row: 7 cells under 6 columns.", "no thousands separators."),
        ("2024-01-02,10,12", "row 3, whole row: 3 cells under 6 columns.", "one cell per column"),
    ],
)  # fmt: skip
def test_a_faulty_row_is_named_with_its_column_and_the_way_out(row: str, found: str, advice: str) -> None:
    message = refused(file(rows()[0], row, "2024-01-03,10,12,9,11,500"))
    assert "found 1 fault: " in message
    assert found.rstrip(".") in message
    assert advice in message.rsplit(": ", 1)[1]


def test_all_faults_are_told_at_once_the_first_five_with_their_rows() -> None:
    wrong = [row.replace(",11,", ",x,") for row in rows(7)]
    message = refused(file("2023-12-31,10,12,9,11,-1", *wrong, "1/8/2024,10,12,9,11,500"))
    assert "found 9 faults: row 2, volume: '-1' is not positive; row 3, close: 'x' is not a number; row 4" in message
    assert "row 6, close" in message
    assert "row 7" not in message
    assert "; and 4 more. " in message
    for advice in ("Write volumes as plain numbers", "fill or remove rows without", "Write dates as YYYY-MM-DD."):
        assert message.count(advice) == 1


def test_a_file_sorted_newest_first_is_refused() -> None:
    assert "found 2 faults: row 3, date: 2024-01-02 stands after 2024-01-03" in refused(file(*rows()[::-1]))


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (b"", "found an empty file"),
        (b"\n\r\n", "found an empty file"),
        (file(), "found a header and no rows"),
        (b"2024-01-02,10,12,9,11,500\n", "found no date, no open, no high, no low, no close in row 1, '2024-01-02,10,"),
        (file(*rows(), header="date,open,high,low,price,volume"), "found no close in row 1"),
        (file(*rows(), header="date;open;high;low;close;volume"), "with commas between them."),
        (file("2024-01-02,1,1,1,1,1", header="date,open,high,low,close,Close"), "found 2 columns named close"),
        ("date,open\n".encode("utf-16"), "Save it as UTF-8 CSV."),
        (b"\x89PNG\r\n\x1a\n\x00", "Save it as UTF-8 CSV."),
        (b'date,"' + b"x" * 200_000, "Save it as UTF-8 CSV."),
    ],
)
def test_what_is_no_table_of_bars_is_refused(raw: bytes, found: str) -> None:
    assert found in refused(raw)


def test_text_of_a_file_is_escaped_and_cut_in_messages() -> None:
    message = refused(file(f"2024-01-02,10,12,9,\x1b[31m\u202e{'x' * 500},500"))
    assert message.isprintable()
    assert len(message) < 300


def test_an_unknown_volume_passes_as_nan() -> None:
    lines = ["2024-01-01,10,12,9,11,", "2024-01-02,10,12,9,11,NaN", "2024-01-03,10,12,9,11,0", "2024-01-04,9,9,9,9,0"]
    volume = checked_frame(file(*lines), "XYZ.csv")["volume"]
    assert volume.isna().tolist() == [True, True, True, False]  # nothing is traded where no price moves
    without = checked_frame(file("2024-01-01,10,12,9,11", header="date,open,high,low,close"), "XYZ.csv")
    assert without["volume"].isna().all()


def test_single_precision_noise_is_mended_and_a_cent_is_not() -> None:
    # 2506.85 and 2506.850098 are the same price: the second is the nearest single-precision number
    frame = checked_frame(file("2024-01-02,2500,2506.85,2400.10009765625,2506.850098,1"), "XYZ.csv")
    assert frame["high"].item() == 2506.850098
    frame = checked_frame(file("2024-01-02,2400.1,2510,2400.10009765625,2506,1"), "XYZ.csv")
    assert frame["low"].item() == 2400.1
    assert "high: 2506.84 is below 2506.85" in refused(file("2024-01-02,2500,2506.84,2400,2506.85,1"))


def columns(*bars: tuple[float, ...]) -> dict[str, list[float]]:
    return dict(zip(COLUMNS, map(list, zip(*bars, strict=True)), strict=True))


def test_bars_that_were_never_text_pass_the_same_gate() -> None:
    days = [date(2024, 1, 2), date(2024, 1, 3)]
    frame = checked_bars(days, columns((10, 12.5, 9, 11, 500), (11, 13, 10.25, 12, 0)), "the answer")
    expected = checked_frame(file("2024-01-02,10,12.5,9,11,500", "2024-01-03,11,13,10.25,12,0"), "XYZ.csv")
    assert frame.equals(expected)


def test_their_faults_are_named_by_date_and_known_by_position() -> None:
    days = [date(2024, 1, 2), date(2024, 1, 3), date(2024, 1, 3), date(2024, 1, 1)]
    good = (10.0, 12.0, 9.0, 11.0, 500.0)
    with pytest.raises(FaultyBarsError) as caught:
        checked_bars(days, columns((10, 12, 9, float("nan"), 500), good, good, (10, 10.5, 9, 11, 500)), "the answer")
    assert str(caught.value).startswith(
        "the answer needs one sound row per session, oldest first; found 4 faults: 2024-01-02, close: 'nan' is not a "
        "finite number; 2024-01-03, date: 2024-01-03 stands twice; 2024-01-01, date: 2024-01-01 stands after "
        "2024-01-03; 2024-01-01, high: 10.5 is below 11.0, another price of that session. "
    )
    assert [fault.row for fault in caught.value.faults] == [0, 2, 3, 3]


def test_defects_that_make_no_fact_wrong_pass() -> None:
    flat = [f"1950-01-0{day},16.66,16.66,16.66,16.66,1260000" for day in range(3, 7)]
    halved = ["1950-01-09,8.33,8.40,8.20,8.33,0"]
    assert len(checked_frame(file(*flat, *halved), "XYZ.csv")) == 5


CELL = st.one_of(
    st.sampled_from(["2024-01-02", "2024-01-04", "10", "11", "11.5", "0", "-1", "nan", "inf", "", '"', "1e-9"]),
    st.text(max_size=6),
    st.floats().map(str),
)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5), CELL), max_size=2))
@settings(max_examples=200, deadline=None)
def test_a_file_with_any_cells_replaced_is_a_sound_frame_or_an_input_error(edits: list[tuple[int, int, str]]) -> None:
    cells = [row.split(",") for row in rows(4)]
    for row, column, text in edits:
        cells[row][column] = text
    raw = "\n".join((HEADER, *map(",".join, cells))).encode(errors="replace")
    try:
        frame = checked_frame(raw, "XYZ.csv")
    except InputError:
        assert edits, "sound rows are refused"
        return
    assert frame.index.is_monotonic_increasing
    assert frame.index.is_unique
    assert (frame[list(COLUMNS[:4])] > 0).all().all()
    assert (frame["high"] >= frame[["open", "close", "low"]].max(axis=1)).all()
    assert (frame["low"] <= frame[["open", "close"]].min(axis=1)).all()
    assert not (frame["volume"] < 0).any()


PRICE = st.decimals("0.01", "99999.99", places=2, allow_nan=False)


@given(st.lists(st.tuples(PRICE, PRICE, PRICE, PRICE, st.integers(1, 10**12)), min_size=1, max_size=8))
@settings(max_examples=100, deadline=None)
def test_sound_rows_come_back_as_they_were(bars: list[tuple[object, ...]]) -> None:
    lines, expected = [], []
    for at, (*prices, volume) in enumerate(bars):
        low, a, b, high = sorted(prices)
        lines.append(f"{date(2024, 1, 1) + timedelta(days=at)},{a},{high},{low},{b},{volume}")
        expected.append([float(each) for each in (a, high, low, b, volume)])
    assert checked_frame(file(*lines), "XYZ.csv").to_numpy().tolist() == expected
