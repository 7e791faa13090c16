"""Subscriptions changed, copied, exported and imported, over a store in memory."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.common.text.csv_cells import plain_cell, safe_cell
from pantau.errors import UsageError
from pantau.ports import Store
from pantau.problems import Problem
from pantau.settings import Settings
from pantau.stream.envelope import record_for
from pantau.usecases.subscriptions.editing import SubscriptionChanges, copy, edit
from pantau.usecases.subscriptions.files import as_csv, parse_rows, rows_of
from pantau.usecases.subscriptions.importing import FaultyRowsError, import_rows
from pantau.usecases.subscriptions.lists import chosen
from pantau.usecases.subscriptions.repository import SubscriptionRepository
from pantau.usecases.subscriptions.subscribing import NewSubscription, subscribe
from pantau_schemas.codec import decode
from pantau_schemas.events.alert import Delivery, DeliveryStatus
from pantau_schemas.events.subscription import Subscription
from pantau_schemas.topics import DELIVERIES, SUBSCRIPTIONS
from tests.support import FixedClock
from tests.unit.notifier.support import alert

HOOK = "webhook:https://hook.example/in"
OTHER = "webhook:https://hook.example/other"


@pytest.fixture
def repository(store: Store, clock: FixedClock) -> SubscriptionRepository:
    return SubscriptionRepository(store.log, clock)


def yes(_: object) -> bool:
    return True


def no(_: object) -> bool:
    return False


def saved(repository: SubscriptionRepository, settings: Settings, **fields: object) -> Subscription:
    wanted = NewSubscription(**({"query": "banjir", "name": "Banjir"} | fields))  # type: ignore[arg-type]  # its fields
    return subscribe(wanted, repository, settings, FixedClock()).subscription


def code_of(caught: pytest.ExceptionInfo[UsageError]) -> str:
    assert caught.value.problem is not None
    return caught.value.problem.code


def test_an_edited_subscription_keeps_what_a_newer_version_added(
    repository: SubscriptionRepository, store: Store, settings: Settings, clock: FixedClock
) -> None:
    before = saved(repository, settings)
    record = record_for(before, SUBSCRIPTIONS, source="test", time=clock.now())
    value = json.dumps({**json.loads(record.value or b""), "mood": "calm"}).encode()
    store.log.append([replace(record, value=value)])
    changes = SubscriptionChanges(query="banjir OR rob")
    edit("Banjir", changes, repository, settings, store.log, yes)
    after = repository.find("Banjir")
    assert (after.query, after.model_extra) == ("banjir OR rob", {"mood": "calm"})


def test_a_mistyped_channel_is_told_with_the_nearest_but_no_key(
    repository: SubscriptionRepository, store: Store, settings: Settings
) -> None:
    key = "webhook:https://hooks.slack.com/services/T0/B0/kunci"
    saved(repository, settings, targets=(HOOK, key))
    for typed, told in ((HOOK[:-1], f"did you mean '{HOOK}'?"), (key[:-1], "see `pantau")):
        changes = SubscriptionChanges(removed=(typed,))
        with pytest.raises(UsageError) as caught:
            edit("Banjir", changes, repository, settings, store.log, yes)
        assert code_of(caught) == "subscriptions.no-such-channel"
        assert told in caught.value.text()
        assert "kunci" not in caught.value.text()


class TestDuplicates:
    def test_a_name_is_given_once_unless_it_is_meant(
        self, repository: SubscriptionRepository, settings: Settings
    ) -> None:
        saved(repository, settings)
        with pytest.raises(UsageError) as caught:
            saved(repository, settings, query="gempa", name=" banjir ")
        assert code_of(caught) == "subscriptions.name-taken"
        saved(repository, settings, query="gempa", is_sure=True)
        with pytest.raises(UsageError, match=r"\(gempa, 2026.*\(banjir|\(banjir, 2026.*\(gempa"):
            repository.find("Banjir")

    def test_the_same_query_for_the_same_channels_is_asked_about(
        self, repository: SubscriptionRepository, settings: Settings
    ) -> None:
        saved(repository, settings, name=None, targets=(HOOK,))
        with pytest.raises(UsageError) as caught:
            saved(repository, settings, name=None, query=" banjir ", targets=(HOOK,))
        assert code_of(caught) == "subscriptions.query-taken"
        other = saved(repository, settings, name=None, targets=(OTHER,))
        assert other.name == "banjir (2)"


class TestEditing:
    def test_what_is_not_named_stays(
        self, repository: SubscriptionRepository, settings: Settings, store: Store
    ) -> None:
        before = saved(repository, settings, targets=(HOOK,))
        changes = SubscriptionChanges(query="gempa", added=("terminal",))
        done = edit("Banjir", changes, repository, settings, store.log, no)
        after = done.subscription
        assert after == before.model_copy(
            update={"query": "gempa", "channels": (*before.channels, after.channels[1])}
        )
        assert repository.get(before.subscription_id) == after
        assert done.new_secret is None

    def test_open_deliveries_go_to_the_channel_that_came(
        self, repository: SubscriptionRepository, settings: Settings, store: Store
    ) -> None:
        from pantau.notifier.plan import plan_deliveries  # noqa: PLC0415 (this test alone)

        before = saved(repository, settings, targets=(HOOK,))
        fired = alert(before.subscription_id)
        (old,) = plan_deliveries(fired, before, repository.now())
        sent = old.model_copy(update={"delivery_id": "x" * 26, "status": DeliveryStatus.DELIVERED})
        for one in (old, sent):
            store.log.append([record_for(one, DELIVERIES, source="t", time=one.created)])
        changes = SubscriptionChanges(targets=(OTHER,))
        done = edit("Banjir", changes, repository, settings, store.log, no)
        assert done.moved == 1
        assert done.new_secret is not None
        (planned,) = plan_deliveries(fired, done.subscription, repository.now())
        value = store.log.table(DELIVERIES.name).get(planned.delivery_id)
        moved = decode(Delivery, value or b"")
        assert (moved.channel, moved.status) == (OTHER, DeliveryStatus.PENDING)

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            (SubscriptionChanges(), "subscriptions.no-change"),
            (SubscriptionChanges(removed=("terminal",)), "subscriptions.no-such-channel"),
            (SubscriptionChanges(name="gempa"), "subscriptions.name-taken"),
            (SubscriptionChanges(query=" "), "query.empty"),
        ],
    )
    def test_what_cannot_be_changes_nothing(
        self,
        repository: SubscriptionRepository,
        settings: Settings,
        store: Store,
        changes: SubscriptionChanges,
        code: str,
    ) -> None:
        before = saved(repository, settings)
        saved(repository, settings, name="Gempa", query="gempa")
        with pytest.raises(UsageError) as caught:
            edit("Banjir", changes, repository, settings, store.log, no)
        assert code_of(caught) == code
        assert repository.get(before.subscription_id) == before

    def test_a_copy_has_an_id_of_its_own(
        self, repository: SubscriptionRepository, settings: Settings
    ) -> None:
        before = saved(repository, settings, targets=(HOOK,))
        made = copy("Banjir", "Banjir lagi", repository, no)
        assert made.subscription_id != before.subscription_id
        assert (made.query, made.channels) == (before.query, before.channels)
        with pytest.raises(UsageError):
            copy("Banjir", "banjir lagi", repository, no)
        assert copy("Banjir", "banjir lagi", repository, yes).name == "banjir lagi"

    def test_what_has_no_name_is_named_after_its_query(
        self, repository: SubscriptionRepository, store: Store, settings: Settings
    ) -> None:
        before = saved(repository, settings)
        for name in ("", " ", "\x00"):
            assert copy("Banjir", name, repository, yes).name == before.query
        assert saved(repository, settings, query="gempa", name=" ").name == "gempa"
        edit(
            before.subscription_id,
            SubscriptionChanges(name=" "),
            repository,
            settings,
            store.log,
            yes,
        )
        assert repository.find(before.subscription_id).name == before.query


class TestFiles:
    @pytest.mark.parametrize("form", ["csv", "json"])
    def test_what_is_exported_is_imported_unchanged(
        self, repository: SubscriptionRepository, settings: Settings, form: str
    ) -> None:
        saved(repository, settings, targets=(HOOK, "terminal"))
        saved(repository, settings, name="=1+1", query="+banjir -gempa", include_historical=True)
        before = repository.all()
        rows = [*rows_of(before)]
        text = as_csv(rows) if form == "csv" else "\n".join(map(json.dumps, rows))
        assert "whsec_" not in text
        done = import_rows(parse_rows(text), repository, settings)
        assert (done.made, done.changed, done.new_secret) == (0, 2, None)
        assert repository.all() == before

    @pytest.mark.parametrize(
        ("text", "line", "code"),
        [
            ('{"query": "banjir"}\n{"query": "banjir AND ("}', 2, "unreadable"),
            ('{"query": "banjir"}\nbanjir', 2, "subscriptions.row-no-json"),
            ('{"query": "banjir", "chanels": []}', 1, "subscriptions.row-column"),
            ('{"query": "banjir", "to": ["sms:1"]}', 1, "channels.refused"),
            ('{"query": "a", "id": "x"}\n{"query": "b", "id": "x"}', 2, "subscriptions.row-twice"),
            ("name\nbanjir", 1, "subscriptions.row-no-query"),
            ("query,paused\nbanjir,maybe", 2, "subscriptions.row-truth"),
            ('{"query": " "}', 1, "query.empty"),
        ],
    )
    def test_one_wrong_line_saves_nothing(
        self,
        repository: SubscriptionRepository,
        settings: Settings,
        text: str,
        line: int,
        code: str,
    ) -> None:
        with pytest.raises(FaultyRowsError) as caught:
            import_rows(parse_rows(text), repository, settings)
        ((at, fault),) = caught.value.faults
        assert (at, getattr(fault, "code", "")) == (line, code)
        assert repository.all() == []

    def test_csv_of_spreadsheets_of_other_countries(
        self, repository: SubscriptionRepository, settings: Settings
    ) -> None:
        text = "\ufeffQuery;Name;To\r\nbanjir;Banjir;terminal\r\n;;\r\n"
        import_rows(parse_rows(text), repository, settings)
        (one,) = repository.all()
        assert (one.name, one.query, len(one.channels)) == ("Banjir", "banjir", 1)

    @pytest.mark.parametrize(
        ("text", "codes"),
        [
            ('{"query": "*"}\n{"query": "site:a"}\n{"query": "banjir"}', ["rows-doubtful"]),
            ('{"query": "banjir"}\n{"query": " banjir "}', ["rows-same"]),
            (
                '{"query": "banjir"}\n{"query": "lang:id AND lang:en"}\n{"query": "banjir"}',
                ["rows-doubtful", "rows-same"],
            ),
            ('{"query": "banjir"}\n{"query": "banjir", "to": ["terminal"]}', []),
        ],
    )
    def test_what_is_doubtful_is_asked_about_once_a_kind(
        self,
        repository: SubscriptionRepository,
        settings: Settings,
        text: str,
        codes: list[str],
    ) -> None:
        asked: list[Problem] = []

        def agree(doubt: Problem) -> bool:
            asked.append(doubt)
            return True

        if codes:
            with pytest.raises(UsageError):
                import_rows(parse_rows(text), repository, settings)
            assert repository.all() == []
        seen: list[int] = []
        import_rows(
            parse_rows(text), repository, settings, agree, lambda rows: seen.append(len(rows))
        )
        assert [one.code for one in asked] == [f"subscriptions.{code}" for code in codes]
        assert seen == [len(repository.all())] == [text.count("query")]

    def test_lines_that_change_nothing_are_not_doubted(
        self, repository: SubscriptionRepository, settings: Settings
    ) -> None:
        text = '{"query": "*", "id": "semua"}\n{"query": "*", "id": "lagi"}'
        import_rows(parse_rows(text), repository, settings, yes)
        assert import_rows(parse_rows(text), repository, settings).changed == 2

    @given(st.text())
    def test_a_cell_is_never_a_formula_and_can_be_read_back(self, text: str) -> None:
        cell = safe_cell(text)
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
        assert plain_cell(cell) == text


def test_a_list_is_filtered_and_sorted(
    repository: SubscriptionRepository, settings: Settings
) -> None:
    saved(repository, settings, name="Gempa", query="gempa", targets=(HOOK,))
    saved(repository, settings, name="banjir", query="banjir")
    found = repository.listed()
    assert [one.subscription.name for one in chosen(found, sort="name")] == ["banjir", "Gempa"]
    assert [one.subscription.name for one in chosen(found, match="HOOK.example")] == ["Gempa"]
    assert chosen(found, state="paused") == []
    assert chosen(found, state="ill") == []
