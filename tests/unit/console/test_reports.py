"""Reports on pages and by the interface: files to save, and schedules."""

import json
from collections.abc import Collection, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from pantau.adapters.files.signing_key import signing_key
from pantau.bootstrap.provider import build_console_parts
from pantau.common.channels.mail_links import MailLinks
from pantau.settings import ConsoleSettings
from pantau.usecases.channels.health import id_of
from pantau.usecases.reports.schedules import ReportSchedules
from tests.consoles import Client, filled, serving, serving_console

ENGLISH = {"Accept-Language": "en"}
DAY = "2026-03-02"
PUBLIC = "https://pantau.example"


class Desk:
    """A console of its own, and its schedules."""

    def __init__(self, client: Client, schedules: ReportSchedules, links: MailLinks) -> None:
        self.client, self.schedules, self.links = client, schedules, links


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder: Path = tmp_path_factory.mktemp("desk")
    store, settings, clock = filled(folder, ConsoleSettings(public_url=PUBLIC))
    key = signing_key(settings)
    assert key is not None
    with serving_console(store, settings, clock) as address:
        schedules = ReportSchedules(store.log, clock)
        yield Desk(Client(address), schedules, MailLinks(PUBLIC, key))
    store.close()


@pytest.mark.parametrize(("form", "begins"), [("docx", b"PK"), ("pdf", b"%PDF-")])
def test_a_report_is_a_file_to_save(desk: Desk, form: str, begins: bytes) -> None:
    page = desk.client.get(f"/reports/{DAY}?subscription=banjir", headers=ENGLISH)
    assert f"/reports/{DAY}.{form}?subscription=banjir" in page.text
    answer = desk.client.get(f"/reports/{DAY}.{form}?subscription=banjir")
    assert answer.status == 200
    assert answer.content.startswith(begins)
    said = answer.headers["content-disposition"]
    assert said == f'attachment; filename="report-{DAY}.{form}"'


@pytest.mark.parametrize(
    ("missing", "forms"), [((), ["docx", "pdf"]), (("docx",), ["pdf"]), (("docx", "typst"), [])]
)
def test_files_are_offered_that_can_be_written(
    missing: Collection[str],
    forms: Sequence[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module in ("docx", "pdf"):
        place = f"pantau.adapters.documents.{module}.find_spec"
        monkeypatch.setattr(place, lambda name: None if name in missing else find_spec(name))
    store, settings, clock = filled(tmp_path)
    with serving(build_console_parts(store, settings, clock)) as address:
        page = Client(address).get(f"/reports/{DAY}?subscription=banjir", headers=ENGLISH).text
    store.close()
    assert [one for one in ("docx", "pdf") if f"/reports/{DAY}.{one}?" in page] == forms
    assert ("pantau[reports]" in page) is not bool(forms)


def test_a_long_report_is_shown_in_part_and_printed_whole(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/reports/{DAY}?subscription=banjir"
    whole = desk.client.get(path, headers=ENGLISH).text
    assert "The whole report" not in whole
    monkeypatch.setattr("pantau.console.pages.reports.SHOWN", 2)
    part = desk.client.get(path, headers=ENGLISH).text
    assert "The first 2 of 17 articles are shown here." in part
    assert f'href="/reports/{DAY}?subscription=banjir&amp;whole=1"' in part
    assert part.count("<li") < whole.count("<li")
    again = desk.client.get(f"{path}&whole=1", headers=ENGLISH).text
    assert again.count("<li") == whole.count("<li")
    assert "are shown here" not in again
    rows = desk.client.get(f"/reports/{DAY}.json?subscription=banjir").json()
    assert len(rows["items"]) == 17


def test_a_file_of_nothing_is_a_problem(desk: Desk) -> None:
    answer = desk.client.get(f"/reports/{DAY}.pdf?subscription=nihil", headers=ENGLISH)
    assert answer.status == 404


def test_a_refused_form_keeps_what_was_filled_in(desk: Desk) -> None:
    form = {"about": "s:banjir", "period": "monthly:last", "at": "16:05", "to": 'sms:62"><b>'}
    refused = desk.client.post("/reports/schedule", form, headers=ENGLISH)
    assert refused.status == 400
    for kept in (
        '<option value="s:banjir" selected>',
        '<option value="monthly:last" selected>',
        'type="time" value="16:05"',
        'value="sms:62&#34;&gt;&lt;b&gt;"',
        'role="alert"',
        '<details class="card" open>',
    ):
        assert kept in refused.text
    assert desk.schedules.all() == []


def test_a_report_is_scheduled_and_stopped_by_forms(desk: Desk) -> None:
    form = {"about": "s:banjir", "period": "weekly:fri", "at": "16:00"}
    made = desk.client.post(
        "/reports/schedule", {**form, "to": "webhook:https://a.example/in"}, headers=ENGLISH
    )
    assert made.status == 200
    assert "whsec_" in made.text
    assert made.headers["cache-control"] == "no-store"
    page = desk.client.get("/reports", headers=ENGLISH)
    assert "webhook:https://a.example/in" in page.text
    assert "whsec_" not in page.text
    (one,) = desk.schedules.all()
    assert one.when == "weekly:fri@16:00"
    assert f">({one.schedule.time_zone})</span></label>" in page.text, "whose time it is"
    gone = desk.client.post(f"/reports/schedules/{one.schedule.subscription_id}/remove", {})
    assert gone.status == 303
    assert desk.schedules.all() == []


def test_a_fault_of_the_form_is_said(desk: Desk) -> None:
    form = {"about": "s:banjir", "period": "daily", "at": "07:00", "to": "terminal"}
    answer = desk.client.post("/reports/schedule", form, headers=ENGLISH)
    assert answer.status == 400
    assert "e-mail address or a webhook" in answer.text
    assert desk.schedules.all() == []


def test_programs_schedule_export_and_stop(desk: Desk) -> None:
    body = {"subscription": "banjir", "when": "daily@06:30", "to": "webhook:https://b.example/in"}
    kind = {"Content-Type": "application/json"}
    made = desk.client.ask("POST", "/api/v1/report-schedules", kind, json.dumps(body).encode())
    assert made.status == 201
    told = json.loads(made.text)
    assert told["secret"].startswith("whsec_")
    listed = json.loads(desk.client.get("/api/v1/report-schedules").text)["items"]
    assert [one["id"] for one in listed] == [told["schedule"]["id"]]
    file = f"/api/v1/reports/{DAY}/file?subscription=banjir&form=docx"
    assert json.loads(desk.client.get(file).text)["name"] == f"report-{DAY}.docx"
    gone = desk.client.ask("DELETE", f"/api/v1/report-schedules/{told['schedule']['id']}", {})
    assert gone.status == 200
    assert desk.schedules.all() == []


def test_the_receiver_of_a_mail_stops_it(desk: Desk) -> None:
    form = {
        "about": "s:banjir",
        "period": "daily",
        "at": "07:00",
        "to": "webhook:https://c.example",
    }
    desk.client.post("/reports/schedule", form)
    (one,) = desk.schedules.all()
    channel = id_of(one.schedule.channel)
    link = desk.links.link("unsubscribe", one.schedule.subscription_id, channel)
    assert link is not None
    path = urlsplit(link).path
    assert desk.client.get(path, headers=ENGLISH).status == 200
    assert len(desk.schedules.all()) == 1  # scanners open links, and that changes nothing
    assert desk.client.post(path, {}, headers=ENGLISH).status == 200
    assert desk.schedules.all() == []
    assert desk.client.post(path, {}, headers=ENGLISH).status == 200  # mail programs repeat it
