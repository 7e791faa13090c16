"""The backtest beside the form of a subscription: as it is typed, and without a script."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from pantau.console.show.trying import message_bars
from pantau.query.parsing.languages import parse
from pantau.usecases.subscriptions.backtest.asked import AskedQuery, asked_subscription
from pantau.usecases.subscriptions.backtest.live import LiveBacktest, live_backtest
from pantau.usecases.subscriptions.backtest.report import MANY, BacktestDay
from tests.consoles import Client, filled, serving_console
from tests.unit.console.conftest import Newsroom

ENGLISH = {"Accept-Language": "en"}


def part(client: Client, **values: str) -> str:
    answer = client.get("/subscriptions/new/backtest", params=values, headers=ENGLISH)
    assert answer.status == 200
    return answer.text


def test_a_part_of_the_page_shows_what_would_have_been_found_and_sent(client: Client) -> None:
    text = part(client, q="banjir")
    assert "<html" not in text
    assert "17 articles would have alerted" in text
    assert "Its rules would have sent 17 messages" in text
    assert text.count("<svg") == 2
    assert "<mark>Banjir</mark>" in text
    assert text.count("/articles/") == 10


def test_without_a_match_there_is_no_chart_nor_a_heading_of_one(client: Client) -> None:
    text = part(client, q="tidakada")
    assert "0 articles would have alerted" in text
    assert "<svg" not in text
    assert "<h3" not in text


def test_a_form_without_a_match_names_the_clause_that_is_meant(client: Client) -> None:
    asked = {"q": 'source:"kabar nusantara"'}
    for path, fields in (("/search/reading", asked), ("/subscriptions/new", asked | {"look": "1"})):
        page = client.get(path, fields).text
        assert page.count("write feed:&#34;Kabar Nusantara&#34;") == 1
    saved = client.post("/subscriptions/new", asked | {"name": "Pesisir"})
    assert "write feed:&#34;Kabar Nusantara&#34;, or" in saved.text


def test_rules_of_the_form_are_played(client: Client) -> None:
    digest = part(client, q="banjir", timing="daily@07:00")
    assert "Its rules would have sent 0 messages" in digest
    assert "17 articles wait for the next message, at 3 Mar 2026 07:00" in digest
    first = part(client, q="banjir", articles="first")
    assert "Its rules would have sent 17 messages" not in first
    assert "first article of each story" in first


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"timing": "whenever"}, "When messages come: whenever is not"),
        ({"when": "5 im 1h"}, "What a message waits for: 5 im 1h is not"),
        ({"quiet": "22"}, "Quiet hours: 22 is not"),
    ],
)
def test_a_rule_that_cannot_be_read_is_named(
    client: Client, values: dict[str, str], told: str
) -> None:
    text = part(client, q="banjir", **values)
    assert "note danger" in text
    assert told in text
    assert "<svg" not in text


@pytest.mark.parametrize("q", ["", "   ", "(banjir", "@tidakada", "title:"])
def test_what_cannot_be_played_shows_nothing_and_breaks_nothing(client: Client, q: str) -> None:
    assert "<svg" not in part(client, q=q, l="pantau")


def test_without_a_script_a_button_shows_the_same(client: Client) -> None:
    values = {"q": "banjir", "timing": "daily@07:00", "quiet": "22:00-05:30"}
    page = client.get("/subscriptions/new", params=values | {"look": "1"}, headers=ENGLISH).text
    assert 'name="look" value="1" formmethod="get" formaction="/subscriptions/new"' in page
    assert 'value="daily@07:00"' in page
    assert part(client, **values).strip() in page


def test_the_form_does_not_wait_for_what_it_shows_beside(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the form played the rules")

    monkeypatch.setattr("pantau.console.show.trying.live_backtest", refuse)
    page = client.get("/subscriptions/new?q=banjir&when=5+in+1h", headers=ENGLISH)
    assert page.status == 200
    assert "Articles with the word" in page.text
    assert 'data-now href="/subscriptions/new?q=banjir&amp;when=5+in+1h&amp;look=1"' in page.text
    assert "<svg viewBox" not in page.text


@pytest.mark.parametrize("q", ["", "(banjir", "@tidakada"])
def test_what_cannot_be_played_is_not_asked_for(client: Client, q: str) -> None:
    page = client.get("/subscriptions/new", params={"q": q, "l": "pantau"}, headers=ENGLISH).text
    assert "data-now" not in page
    assert ('class="note danger"' in page) == bool(q)


def test_a_subscription_is_saved_with_its_rules(tmp_path: Path) -> None:
    store, settings, clock = filled(tmp_path)
    try:
        with serving_console(store, settings, clock) as address:
            client = Client(address)
            form = {"q": "longsor", "name": "l", "when": "5 in 1h", "quiet": "22:00-05:30"}
            made = client.post("/subscriptions/new", form)
            assert made.status == 303
            text = client.get(made.headers["location"], headers=ENGLISH).text
            assert "22:00" in text
            wrong = client.post("/subscriptions/new", form | {"name": "m", "timing": "x"})
            assert wrong.status == 400
    finally:
        store.close()


@pytest.fixture
def played(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> LiveBacktest:
    """Run a query with more matches than the budget has."""
    store, _, clock = newsroom
    monkeypatch.setattr("pantau.usecases.subscriptions.backtest.live.MOST", 5)
    given = asked_subscription(store.log, clock, None, AskedQuery("banjir"))
    return live_backtest(given, parse("banjir", "lucene", "UTC"), store, clock)


def test_no_more_than_the_newest_alerts_are_played(played: LiveBacktest) -> None:
    assert played.whole.report.alerts == 5
    assert played.whole.found.is_cut
    first = played.whole.found.alerts[0].matched_at
    assert played.covered_since == first
    assert [one.day for one in played.complete if one.day <= first.date()] == []
    assert played.a_day == 5
    assert not played.is_much
    assert len(played.newest) == 10


def test_more_than_people_read_is_much(played: LiveBacktest) -> None:
    assert not replace(played, a_day=float(MANY)).is_much
    assert replace(played, a_day=MANY + 0.1).is_much


def test_days_become_bars_of_the_zone() -> None:
    days = [BacktestDay(date(2026, 3, 1) + timedelta(days=n), 3, 2, n) for n in range(3)]
    bars = message_bars(days, UTC)
    assert [one.count for one in bars] == [0, 1, 2]
    assert bars[0].start == datetime(2026, 3, 1, tzinfo=UTC)
    assert all(one.end - one.start == timedelta(days=1) for one in bars)
