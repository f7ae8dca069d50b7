import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.kit.paging import BadCursor, Cursor


@given(
    st.datetimes(timezones=st.just(dt.UTC)),
    st.integers(min_value=1, max_value=2**62),
)
def test_a_cursor_survives_its_way_through_the_address(moment: dt.datetime, pk: int) -> None:
    cursor = Cursor(moment, pk)

    assert Cursor.parse(str(cursor)) == cursor


@given(st.text())
def test_any_other_text_is_refused(text: str) -> None:
    try:
        cursor = Cursor.parse(text)
    except BadCursor:
        return
    assert Cursor.parse(str(cursor)) == cursor


@pytest.mark.parametrize("text", ["", "~", "20161019T120000.000000", "20161019T120000.000000~x", "now~1"])
def test_half_a_cursor_is_refused(text: str) -> None:
    with pytest.raises(BadCursor):
        Cursor.parse(text)
