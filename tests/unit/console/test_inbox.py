"""The inbox as pages: rows are stories, and forms mark them without JavaScript."""

import html
import re
from collections.abc import Iterator
from urllib.parse import unquote

import pytest

from pantau.stream.envelope import record_for
from pantau.usecases.alerts.arrivals import find_alert
from pantau.usecases.alerts.history import AlertHistory
from pantau_schemas.topics import DELIVERIES
from tests.consoles import Client, filled, serving_console

EN = {"Accept-Language": "en"}


@pytest.fixture
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """Return a client of a console of its own, which a test may change."""
    store, settings, clock = filled(tmp_path_factory.mktemp("inbox"))
    with serving_console(store, settings, clock) as address:
        yield Client(address)
    store.close()


def rows(client: Client, path: str = "/alerts") -> list[str]:
    """Return the ids of the alerts whose rows a page shows."""
    return re.findall(r'name="id\.([a-z2-7]+)"', client.get(path).text)


def test_forms_mark_one_story_or_those_that_are_ticked(desk: Client) -> None:
    first, *others = rows(desk)
    assert others
    answer = desk.post("/alerts/triage", {"do": f"done {first}", "view": "open"})
    assert answer.status == 303
    assert "Marked." in desk.get(answer.headers["location"], headers=EN).text
    assert rows(desk) == others
    assert rows(desk, "/alerts?view=done") == [first]
    ticked = {f"id.{one}": "on" for one in others}
    assert desk.post("/alerts/triage", {"do": "star", **ticked}).status == 303
    assert sorted(rows(desk, "/alerts?view=starred")) == sorted(others)
    states = {one["alert_id"]: one["state"] for one in desk.get("/alerts.json").json()["items"]}
    assert states[first] == "done"
    assert {states[one] for one in others} == {"starred"}
    desk.post("/alerts/triage", {"do": f"reopen {first}"})
    assert first in rows(desk)


def test_a_form_marks_no_alert_that_came_after_the_page(desk: Client) -> None:
    first, *_ = rows(desk)
    form = {"do": f"done {first}", "until": "2020-01-01T00:00:00.000Z"}
    assert desk.post("/alerts/triage", form).status == 303
    assert first in rows(desk)


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"do": "done"},
        {"do": "burn", "id.x": "on"},
        {"do": "done nothing"},
        {"do": "done", "id.": "on"},
        {"do": "done", **{f"id.{number}": "on" for number in range(249)}},
        {"do": "done", **{f"id.{number}": "on" for number in range(300)}},
    ],
    ids=lambda form: f"{len(form)}{form.get('do', '')}",
)
def test_a_form_that_says_nothing_known_changes_nothing(
    client: Client, form: dict[str, str]
) -> None:
    before = client.get("/alerts?view=all").content
    assert client.post("/alerts/triage", form).status in {400, 404}
    assert client.get("/alerts?view=all").content == before


def test_an_alert_that_is_new_is_marked_as_seen_by_its_page(desk: Client) -> None:
    first, *_ = rows(desk)
    assert 'data-seen="see"' in desk.get(f"/alerts/{first}").text
    desk.post("/alerts/triage", {"do": f"see {first}"})
    assert 'data-seen=""' in desk.get(f"/alerts/{first}").text
    assert first in rows(desk)


def test_the_page_of_an_alert_offers_what_makes_sense_in_its_state(desk: Client) -> None:
    first, *_ = rows(desk)

    def offered() -> list[str]:
        page = desk.get(f"/alerts/{first}").text
        return re.findall(rf'value="(\w+) {first}"', page)

    assert offered() == ["done", "star", "mute", "see"]
    desk.post("/alerts/triage", {"do": f"mute {first}"})
    assert offered() == ["reopen", "star"]


def test_an_empty_inbox_says_that_all_is_well(desk: Client) -> None:
    everything = {f"id.{one}": "on" for one in rows(desk, "/alerts?limit=200")}
    desk.post("/alerts/triage", {"do": "done", **everything})
    page = desk.get("/alerts", headers=EN).text
    assert "All is well" in page
    assert "0 open stories" in page


def test_starred_stories_are_counted_beside_the_open_ones(desk: Client) -> None:
    text = desk.get("/alerts", headers={"Accept-Language": "en"}).text
    assert "starred" not in text.partition('id="open"')[2].partition("</p>")[0]
    first = rows(desk, "/alerts")[0]
    desk.post("/alerts/triage", {"do": f"star {first}"})
    for lang, told in (("en", ", 1 starred</p>"), ("id", ", 1 berbintang</p>")):
        text = desk.get("/alerts", headers={"Accept-Language": lang}).text
        assert told in text
        assert first in rows(desk, "/alerts")


def test_older_stories_follow_by_the_cursor_each_once(desk: Client) -> None:
    everything, found, path = rows(desk), list[str](), "/alerts?limit=1"
    while path and len(found) <= len(everything):
        page = desk.get(path, headers=EN).text
        found += re.findall(r'name="id\.([a-z2-7]+)"', page)
        assert ('rel="prev"' in page) == (len(found) > 1)
        older = re.search(r'rel="next" href="([^"]+)"', page)
        path = html.unescape(older[1]) if older else ""
        assert older is None or "limit=1&" in path
    assert found == everything
    assert len(everything) > 1


def test_a_mark_leads_back_to_the_same_page(desk: Client) -> None:
    page = desk.get("/alerts?limit=1", headers=EN).text
    older = re.search(r'rel="next" href="([^"]+)"', page)
    assert older is not None
    path = html.unescape(older[1])
    (second,) = rows(desk, path)
    cursor = path.partition("cursor=")[2]
    assert f'name="cursor" value="{unquote(cursor)}"' in desk.get(path).text
    form = {"do": f"star {second}", "limit": "1", "cursor": unquote(cursor)}
    assert f"cursor={cursor}" in desk.post("/alerts/triage", form).headers["location"]
    assert desk.get("/alerts?cursor=nothing").status == 400


def test_an_alert_has_a_column_of_reasons_once_there_is_one(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    store, settings, clock = filled(tmp_path_factory.mktemp("reasons"))
    with serving_console(store, settings, clock) as address:
        client = Client(address)
        path = f"/alerts/{rows(client)[0]}"
        before = client.get(path, headers=EN).text
        alert = find_alert(store.log, path.removeprefix("/alerts/"))
        (sent,) = AlertHistory(store.log).deliveries([alert])[alert.alert_id]
        told = sent.model_copy(update={"problem": "the receiver is full"})
        store.log.append([record_for(told, DELIVERIES, source="test", time=clock.now())])
        after = client.get(path, headers=EN).text
    store.close()
    assert "Deliveries</h2>" in before
    assert "Reason" not in before
    assert ">Reason</th>" in after
    assert "the receiver is full" in after
    heads, cells = (re.findall(rf"<{one}[ >]", after) for one in ("th", "td"))
    assert len(heads) == len(cells)


def buttons(page: str) -> dict[str, str]:
    """Return the buttons of a page by what they do, with their words."""
    found = re.findall(r'data-do="(\w+)">([^<]+)<', page)
    return {action: word.strip() for action, word in found}


def test_an_alert_has_the_buttons_that_change_its_state(desk: Client) -> None:
    first = rows(desk)[0]

    def after(action: str) -> dict[str, str]:
        desk.post("/alerts/triage", {"do": f"{action} {first}"})
        return buttons(desk.get(f"/alerts/{first}", headers=EN).text)

    assert [*after("reopen")] == ["done", "star", "mute", "see"]
    assert after("see")["reopen"] == "Mark as new"
    assert after("star") == {"done": "Done", "mute": "Mute", "reopen": "Take the star off"}
    assert after("done") == {"reopen": "Reopen", "star": "Star"}
    assert after("mute") == {"reopen": "Reopen", "star": "Star"}
    done = desk.get("/alerts?view=muted", headers=EN).text
    assert re.findall(r'data-all="(\w+)"', done) == ["reopen", "star"]
