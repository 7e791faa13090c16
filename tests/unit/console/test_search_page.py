"""The search: times that cannot be read, first queries, and the table of everything found."""

import csv
import io
import re

import pytest

from pantau.ports import Store
from tests.consoles import Client
from tests.support import enriched


def test_a_search_with_a_time_that_cannot_be_read_stays_on_its_page(client: Client) -> None:
    answer = client.get("/search", {"q": "banjir", "from": "bulan lalu"}, {"Accept-Language": "id"})
    assert answer.status == 400
    assert "&#39;bulan lalu&#39; bukan waktu; tulis jarak ke belakang seperti 7 hari" in answer.text
    assert 'value="bulan lalu"' in answer.text
    assert "kata &#34;banjir&#34;" in answer.text
    data = client.get("/search.json?q=banjir&from=bulan+lalu")
    assert (data.status, data.json()["error"]["code"]) == (400, "cli.no-moment")


def test_a_table_has_every_article_that_was_found_up_to_a_bound(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = client.get("/search.json?q=banjir").json()
    ids = [one["article_id"] for one in found["items"]]
    assert len(ids) == found["total"] > 15
    monkeypatch.setattr("pantau.console.asked.DATA_MOST", 5)
    whole = client.get("/search.csv?q=banjir")
    assert [one[0] for one in csv.reader(io.StringIO(whole.text))][1:] == ids
    assert "link" not in whole.headers
    monkeypatch.setattr("pantau.console.pages.search.TABLE_MOST", 15)
    cut = client.get("/search.csv?q=banjir")
    assert [one[0] for one in csv.reader(io.StringIO(cut.text))][1:] == ids[:15]
    path, _, kind = cut.headers["link"].partition(">")
    assert kind == '; rel="next"'
    rest = client.get(path.removeprefix("<"))
    assert [one[0] for one in csv.reader(io.StringIO(rest.text))][1:] == ids[15:]
    page = client.get("/search?q=banjir").text
    assert "CSV has the newest 15 articles" in page
    assert "CSV has" not in client.get("/search?q=gempa").text


def test_a_spreadsheet_is_told_of_utf_8_by_the_links_of_pages_alone(client: Client) -> None:
    page = client.get("/search?q=banjir&limit=2").text
    assert '"/search.csv?q=banjir&amp;bom=1"' in page
    assert client.get("/search.csv?q=banjir&bom=1").content.startswith(b"\xef\xbb\xbfarticle_id,")
    assert client.get("/search.csv?q=banjir").content.startswith(b"article_id,")


def test_a_query_that_cannot_be_read_is_no_empty_table(client: Client) -> None:
    answer = client.get("/search.csv?q=(banjir")
    assert answer.status == 400
    assert "content-disposition" not in answer.headers
    assert "cannot be read" in answer.json()["error"]["text"]


def test_a_service_piece_is_shown_as_such(client: Client, store: Store) -> None:
    stars = enriched("stars", title="Peruntungan Waringin", service="horoscope")
    store.index.put([stars])
    assert "Service: horoscope" in client.get("/search?q=waringin").text
    store.index.remove([stars.article_id])
    assert "Service: " not in client.get("/search?q=banjir").text


def test_the_first_queries_stand_beside_what_they_mean(client: Client) -> None:
    page = client.get("/search", headers={"Accept-Language": "id"}).text
    assert 'placeholder="7 hari"' in page
    assert "tetapi tanpa kata &#34;simulasi&#34;" in page


@pytest.mark.parametrize("path", ["/api/v1", "/api/v1/", "/api/v1/nothing"])
def test_below_the_interface_of_programs_there_are_no_pages(client: Client, path: str) -> None:
    answer = client.get(path, headers={"Accept": "text/html"})
    assert (answer.status, answer.headers["content-type"]) == (404, "application/problem+json")
    assert "/api/v1/openapi.json" in answer.json()["detail"]


def test_a_search_that_finds_nothing_says_what_each_part_finds(client: Client) -> None:
    page = client.get("/search", {"q": "gempa AND Demak AND NOT banjir AND tidakada"}).text
    told = " ".join(page.partition("Each part alone:")[2].partition("</ul>")[0].split())
    counts = re.findall(r"<li>(.*?) <strong>(.*?)</strong>", told)
    assert [one for _, one in counts] == [
        "1 article matches", "17 articles match", "0 articles match"
    ]  # fmt: skip
    assert "the word &#34;tidakada&#34;" in counts[2][0]
    for one in ("tidakada", "gempa", "NOT gempa AND NOT banjir AND NOT Aceh AND tidakada"):
        assert "Each part alone:" not in client.get("/search", {"q": one}).text


def test_a_name_in_other_letters_that_finds_nothing_comes_with_those_of_articles(
    client: Client,
) -> None:
    page = client.get("/search", {"q": 'people:"suharyanto"'}).text
    assert "<strong>0 articles match</strong>" in page
    assert '<a class="query" href="/search?q=people:Suharyanto&amp;l=lucene">' in page


def test_the_title_of_a_feed_as_a_source_is_answered_by_the_right_clause(client: Client) -> None:
    page = client.get("/search", {"q": 'source:"Kabar Nusantara"'}).text
    assert "No article has source Kabar Nusantara, which is the name of a feed" in page
    assert '"/search?q=feed:%22Kabar+Nusantara%22&amp;l=lucene"' in page
    assert "name of a feed" not in client.get("/search", {"q": "source:kabar.example"}).text
