"""Tables of lists without further pages: whole up to a bound, and what is said beyond it."""

import csv
import io

import pytest

from tests.consoles import Client


@pytest.mark.parametrize("path", ["/alerts", "/stories", "/entities"])
def test_a_table_is_whole_up_to_a_bound(
    client: Client, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr("pantau.console.asked.DATA_MOST", 1)
    monkeypatch.setattr("pantau.console.asked.DATA_ROWS", 1)
    whole = client.get(f"{path}.csv")
    rows = [*csv.reader(io.StringIO(whole.text))][1:]
    assert len(rows) > 1
    assert "x-has-more" not in whole.headers
    assert client.get(f"{path}.json").json()["has_more"]
    monkeypatch.setattr("pantau.console.asked.TABLE_MOST", len(rows) - 1)
    cut = client.get(f"{path}.csv")
    assert [*csv.reader(io.StringIO(cut.text))][1:] == rows[:-1]
    assert cut.headers["x-has-more"] == "true"
    asked_for = client.get(f"{path}.csv?limit=1")
    assert len([*csv.reader(io.StringIO(asked_for.text))]) == 2
    assert asked_for.headers["x-has-more"] == "true"


def test_a_page_says_how_many_rows_its_table_has(client: Client) -> None:
    assert 'title="the first 10,000 rows">CSV' in client.get("/alerts").text
    assert ">CSV" in client.get("/feeds").text
    assert 'rows">CSV' not in client.get("/feeds").text
