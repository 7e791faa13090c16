"""Import of subscriptions: what a line does not name stays, and every fault is named."""

import csv
import io
import json
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as config
from hypothesis import strategies as st

from pantau.adapters.memory.store import MemoryStore
from pantau.errors import UsageError
from pantau.problems import Problem
from pantau.settings import Settings
from pantau.usecases.subscriptions import files
from pantau.usecases.subscriptions.files import (
    COLUMNS,
    ParsedRows,
    RowFault,
    as_csv,
    parse_file,
    parse_rows,
    rows_of,
)
from pantau.usecases.subscriptions.importing import FAULTS_SHOWN, FaultyRowsError, import_rows
from pantau.usecases.subscriptions.repository import SubscriptionRepository
from pantau_schemas.events.rules import Rules, Throttled
from pantau_schemas.events.subscription import (
    EmailChannel,
    Subscription,
    TerminalChannel,
    WebhookChannel,
)
from tests.support import FixedClock, subscription

HOOK: Final = "https://hook.example/in"
SECRET: Final = "whsec_" + "c2VjcmV0" * 4
OTHER_SECRET: Final = "whsec_" + "b3RoZXIh" * 4


@pytest.fixture
def repository(clock: FixedClock) -> SubscriptionRepository:
    return SubscriptionRepository(MemoryStore(clock).log, clock)


def stored(identifier: str = "flood", **fields: Any) -> Subscription:
    webhook = WebhookChannel.model_validate({"url": HOOK, "secret": SECRET, "payload": 2})
    usual = {
        "name": "Banjir",
        "tags": ("air", "bencana alam"),
        "language": "pantau",
        "time_zone": "Asia/Makassar",
        "channels": (webhook, TerminalChannel()),
        "paused": True,
        "include_historical": True,
        "rules": Rules(sources=3),  # no file names them
    }
    return subscription(identifier, "banjir NEAR/3 Demak").model_copy(update={**usual, **fields})


OPTIONAL: Final = [one for one in COLUMNS if one != "id"]


def old_channels() -> tuple[Any, ...]:
    """Return channels that could not be read again: no mail server, a folder that is gone."""
    one = WebhookChannel.model_validate({"url": f"{HOOK}/1", "secret": OTHER_SECRET, "payload": 1})
    two = WebhookChannel.model_validate({"url": HOOK, "secret": SECRET, "payload": 2})
    mail = EmailChannel(to="desk@example.org", timing=Throttled(every_seconds=600))
    return one, mail, two


class TestPartialLines:
    @config(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
    @given(
        dropped=st.sets(st.sampled_from(OPTIONAL)),
        form=st.sampled_from(["json", "csv", "short"]),
        mixed=st.booleans(),
    )
    def test_members_that_are_dropped_from_an_export_change_nothing(
        self, settings: Settings, dropped: set[str], form: str, mixed: bool
    ) -> None:
        """Import exports with members left out, columns left out, and lines cut."""
        clock = FixedClock()
        repository = SubscriptionRepository(MemoryStore(clock).log, clock)
        channels = old_channels() if mixed else stored().channels
        before = [stored(channels=channels), stored("quake", name="Gempa", query="gempa AND ambon")]
        repository.save(*before)
        parsed = _without([*rows_of(before)], dropped, form)
        assert import_rows(parsed, repository, settings).changed == 2
        assert {one.subscription_id: one for one in repository.all()} == {
            one.subscription_id: one for one in before
        }

    @pytest.mark.parametrize("value", [None, "", []])
    def test_null_and_empty_clear_a_member(
        self, repository: SubscriptionRepository, settings: Settings, value: object
    ) -> None:
        repository.save(stored())
        names = ("name", "tags", "to", "paused", "include_historical")
        row = {"id": "flood", **dict.fromkeys(names, value)}
        if value == []:
            row |= {"name": None, "paused": None, "include_historical": None}
        import_rows(parse_rows(json.dumps(row)), repository, settings)
        (after,) = repository.all()
        assert (after.tags, after.channels, after.paused) == ((), (), False)
        assert (after.name, after.query) == ("banjir NEAR/3 Demak", "banjir NEAR/3 Demak")
        assert after.time_zone == "Asia/Makassar"

    @pytest.mark.parametrize("text", ["{\n" * 50, "query\n" + "banjir,x\n" * 50])
    def test_of_a_file_without_end_no_more_is_read_than_it_may_have(
        self, monkeypatch: pytest.MonkeyPatch, text: str
    ) -> None:
        read: list[int] = []

        def fault(line: int, of: Problem) -> RowFault:
            read.append(line)
            return RowFault(line, of)

        monkeypatch.setattr(files, "MOST_ROWS", 10)
        monkeypatch.setattr(files, "RowFault", fault)
        with pytest.raises(UsageError, match="more than 10"):
            parse_rows(text)
        assert len(read) <= 11

    def test_a_name_that_was_the_query_follows_it(
        self, repository: SubscriptionRepository, settings: Settings
    ) -> None:
        repository.save(stored("a", name="banjir NEAR/3 Demak"), stored("b", name="Banjir"))
        text = '{"id": "a", "query": "gempa"}\n{"id": "b", "query": "gempa bumi"}'
        import_rows(parse_rows(text), repository, settings)
        assert sorted(one.name for one in repository.all()) == ["Banjir", "gempa"]

    @pytest.mark.parametrize("reference", ["flood", "flo", "Banjir"])
    def test_a_line_without_a_query_names_its_subscription_as_people_do(
        self, repository: SubscriptionRepository, settings: Settings, reference: str
    ) -> None:
        repository.save(stored(), stored("quake", name="Gempa"))
        text = json.dumps({"id": reference, "tags": ["x"]})
        assert import_rows(parse_rows(text), repository, settings).made == 0
        assert [one.tags for one in repository.all() if one.name == "Banjir"] == [("x",)]
        for wrong in ("", "tsunami"):
            with pytest.raises(FaultyRowsError):
                import_rows(parse_rows(json.dumps({"id": wrong, "tags": []})), repository, settings)


class TestSecrets:
    def test_an_address_keeps_its_secret_in_another_subscription(
        self, repository: SubscriptionRepository, settings: Settings
    ) -> None:
        repository.save(stored())
        text = json.dumps({"id": "new", "query": "gempa", "to": [f"webhook:{HOOK}"]})
        done = import_rows(parse_rows(text), repository, settings)
        made = repository.get("new")
        assert made is not None
        assert made.channels == stored().channels[:1]
        assert done.new_secret is None

    def test_a_receiver_on_this_machine_is_warned_about_once(
        self, repository: SubscriptionRepository, settings: Settings
    ) -> None:
        line = {"query": "gempa", "to": ["webhook:http://127.0.0.1:8000/in"]}
        text = "\n".join(json.dumps({**line, "id": f"id{one}"}) for one in range(3))
        done = import_rows(parse_rows(text), repository, settings, lambda _: True)
        assert [one.code for one in done.warnings] == ["channels.inside"]
        again = import_rows(parse_rows(text), repository, settings)
        assert again.warnings == ()  # nothing is new


class TestFaults:
    def test_every_fault_of_every_line_is_named(
        self, repository: SubscriptionRepository, settings: Settings
    ) -> None:
        rows = [
            {"query": "banjir", "to": ["sms:1", "terminal", "fax:2"], "paused": "maybe"},
            {"query": "banjir AND (", "time_zone": "Mars/Olympus", "payload": 3, "tags": {"a": 1}},
            {"query": "gempa"},
            {"query": "gempa", "chanels": [], "language": "sql", "id": "!" * 300},
        ]
        text = "\n".join([*map(json.dumps, rows), "no json", '{"name": "Tanpa kueri"}'])
        with pytest.raises(FaultyRowsError) as caught:
            import_rows(parse_rows(text), repository, settings)
        found = [(line, getattr(one, "code", "")) for line, one in caught.value.faults]
        assert [line for line, _ in found] == sorted(line for line, _ in found)
        assert sorted(found) == [
            (1, "channels.refused"),
            (1, "channels.refused"),
            (1, "subscriptions.row-truth"),
            (2, "query.no-time-zone"),
            (2, "subscriptions.row-payload"),
            (2, "subscriptions.row-texts"),
            (2, "unreadable"),
            (4, "query.no-language"),
            (4, "subscriptions.invalid"),
            (4, "subscriptions.row-column"),
            (5, "subscriptions.row-no-json"),
            (6, "query.empty"),
        ]
        assert not repository.all()

    def test_many_faults_are_counted(
        self, repository: SubscriptionRepository, settings: Settings
    ) -> None:
        text = "query,to\n" + "banjir,sms:1\n" * (FAULTS_SHOWN + 5)
        with pytest.raises(FaultyRowsError) as caught:
            import_rows(parse_rows(text), repository, settings)
        shown = str(caught.value).splitlines()
        assert len(caught.value.faults) == FAULTS_SHOWN + 5
        assert shown[0] == f"nothing is imported: the file has {FAULTS_SHOWN + 5} faults"
        assert shown[-1] == "and 5 more"
        assert caught.value.text("id").endswith("dan 5 lagi")

    def test_cells_beyond_the_titles_are_no_part_of_a_member(
        self, repository: SubscriptionRepository, settings: Settings
    ) -> None:
        with pytest.raises(FaultyRowsError, match="line 2: it has more cells"):
            import_rows(parse_rows("query,to\nbanjir,terminal,gempa"), repository, settings)
        import_rows(parse_rows("query,to\nbanjir,terminal,,"), repository, settings)
        assert len(repository.all()) == 1

    def test_a_text_of_another_encoding_is_refused_by_line(self) -> None:
        with pytest.raises(UsageError, match="line 2: the text is not UTF-8"):
            parse_file("query\nSão Tomé".encode("latin-1"))
        assert parse_file("\ufeffquery\nSão Tomé".encode()).rows == ((2, {"query": "São Tomé"}),)

    def test_a_line_separator_in_a_text_ends_no_line(
        self, repository: SubscriptionRepository, settings: Settings
    ) -> None:
        import_rows(parse_rows('{"query": "banjir\u2028Demak"}'), repository, settings)
        assert len(repository.all()) == 1


@pytest.mark.parametrize(
    ("given_zone", "name"),
    [("WIB", "Asia/Jakarta"), ("wita", "Asia/Makassar"), (" Wit ", "Asia/Jayapura"),
     ("asia/jakarta", "Asia/Jakarta"), ("Europe/Lisbon", "Europe/Lisbon")],
)  # fmt: skip
def test_zones_are_named_as_people_name_them(
    repository: SubscriptionRepository, settings: Settings, given_zone: str, name: str
) -> None:
    text = json.dumps({"query": "banjir", "time_zone": given_zone})
    import_rows(parse_rows(text), repository, settings)
    assert [one.time_zone for one in repository.all()] == [name]


@pytest.mark.parametrize("name", ["Banjir", "banjir ", "BANJIR"])
def test_a_name_that_another_subscription_has_is_asked_about(
    repository: SubscriptionRepository, settings: Settings, name: str
) -> None:
    repository.save(stored())
    rows = parse_rows(json.dumps({"query": "gempa", "name": name}))
    with pytest.raises(UsageError, match=r"(?i)1 name is taken already, .*line 1: .*banjir"):
        import_rows(rows, repository, settings)
    asked: list[Problem] = []

    def agree(question: Problem) -> bool:
        asked.append(question)
        return True

    import_rows(rows, repository, settings, agree)
    assert [one.code for one in asked] == ["subscriptions.rows-named"]
    assert len(repository.all()) == 2


def test_a_name_that_stands_twice_in_a_file_is_asked_about(
    repository: SubscriptionRepository, settings: Settings
) -> None:
    lines = [{"query": query, "name": "Meja"} for query in ("gempa", "longsor", "rob")]
    with pytest.raises(UsageError, match=r"2 names are taken already, .*line 2"):
        import_rows(parse_rows("\n".join(map(json.dumps, lines))), repository, settings)
    assert not repository.all()


def test_a_name_that_moves_from_one_line_to_another_is_free(
    repository: SubscriptionRepository, settings: Settings
) -> None:
    repository.save(stored("flood", name="Lama"))
    lines = [{"id": "flood", "name": "Baru"}, {"query": "gempa", "name": "Lama"}]
    import_rows(parse_rows("\n".join(map(json.dumps, lines))), repository, settings)
    assert sorted(one.name for one in repository.all()) == ["Baru", "Lama"]


def _without(rows: list[dict[str, Any]], dropped: set[str], form: str) -> ParsedRows:
    """Return rows without members: left out, without their columns, or cut at the first one."""
    kept = [name for name in COLUMNS if name not in dropped]
    if form == "json":
        return parse_rows("\n".join(json.dumps({name: row[name] for name in kept}) for row in rows))
    lines = [*csv.reader(io.StringIO(as_csv(rows), newline=""))]
    places = [COLUMNS.index(name) for name in kept]
    text = io.StringIO()
    writer = csv.writer(text)
    if form == "csv":
        writer.writerows([line[one] for one in places] for line in lines)
    else:
        length = min((COLUMNS.index(name) for name in dropped), default=len(COLUMNS))
        writer.writerows([lines[0], *(line[:length] for line in lines[1:])])
    return parse_rows(text.getvalue())
