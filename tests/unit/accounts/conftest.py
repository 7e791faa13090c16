"""A console where people sign in, over a store that the pipeline has filled.

What the pipeline raised belongs to the team of Ani. Budi is an editor and Cici an administrator of
other teams; each has made something of their own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest

from pantau.adapters.passwords import Argon2Passwords
from pantau.bootstrap import open_store
from pantau.bootstrap.documents import REPORT_WRITERS
from pantau.bootstrap.faces import read_feed_list
from pantau.console.app import build_app
from pantau.console.identity import COOKIE
from pantau.net.networks import network_of
from pantau.operations.base.parts import Parts
from pantau.ports import Store
from pantau.settings import ConsoleSettings, Settings
from pantau.stream.envelope import record_for
from pantau.usecases.accounts.ownership import SubscriptionOwners
from pantau.usecases.accounts.signing_in import Accounts, build_accounts
from pantau.usecases.accounts.throttle import SignInThrottle
from pantau.usecases.subscriptions.repository import SubscriptionRepository
from pantau_schemas.events.dead_letter import DeadLetter
from pantau_schemas.events.people.account import Account, Role
from pantau_schemas.events.reports.schedule import ReportSchedule
from pantau_schemas.events.rules import Digest
from pantau_schemas.events.subscription import ChannelState, EmailChannel
from pantau_schemas.ids import channel_id, digest_id
from pantau_schemas.topics import CHANNEL_STATE, DEAD_LETTERS, DELIVERIES, REPORT_SCHEDULES
from tests.apis import ApiClient, ApiReply
from tests.consoles import add_feed, fill, send_trials
from tests.support import START, FixedClock, subscription

PASSWORDS = Argon2Passwords(memory_kib=8, rounds=1)
"""As cheap as Argon2 can be: the parameters of the program are tested by themselves."""
OWN = "taman"
"""Beginning of the ids of what Ani's team has."""
MARK = "anggrek"
"""A word that everything of Ani's team has, and nothing of anybody else."""
ADDRESS = f"kebun@{MARK}.example"
PASSWORD = "kuda laut biru 7"


@dataclass(slots=True)
class House:
    """A store, its accounts, and the console over them."""

    store: Store
    settings: Settings
    clock: FixedClock
    accounts: Accounts
    client: ApiClient
    parts: Parts
    secrets: dict[str, str] = field(default_factory=dict)

    def join(self, name: str, role: Role, *teams: str) -> Account:
        """Add an account that is signed in."""
        account = self.accounts.directory.add(name, role, teams, PASSWORD)
        self.secrets[name] = self.accounts.sessions.begin(account, "192.0.2.1")
        return account

    def ask(
        self,
        name: str | None,
        method: str,
        path: str,
        form: Mapping[str, str] | None = None,
        body: bytes | None = None,
        **headers: str,
    ) -> ApiReply:
        """Send a request of a person; a form for pages, or a body.

        `_` in names of headers stands for `-`.
        """
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {"accept-language": "en", **named}
        if name is not None:
            sent["cookie"] = f"{COOKIE}={self.secrets[name]}"
        if form is not None:
            body = urlencode(form).encode()
            sent["content-type"] = "application/x-www-form-urlencoded"
        return self.client.ask(method, path, body or b"", sent)


def build_house(store: Store, settings: Settings, clock: FixedClock) -> House:
    """Return the console over a store, where people sign in."""
    accounts = build_accounts(
        store.log,
        clock,
        PASSWORDS,
        session_days=settings.console.session_days,
        throttle=SignInThrottle(network_of),
    )
    parts = Parts(
        store,
        settings,
        clock,
        add_feed,
        send_trials,
        read_feed_list,
        accounts=accounts,
        ownership=SubscriptionOwners(store.log),
        report_writers=REPORT_WRITERS,
    )
    client = ApiClient(build_app(parts), "")
    return House(store, settings, clock, accounts, client, parts)


def open_house(folder: Path) -> House:
    """Return a console over a new store."""
    console = ConsoleSettings(accounts=True, requests_per_minute=0)
    settings, clock = Settings(data=folder, console=console), FixedClock(START)
    return build_house(open_store(settings, clock), settings, clock)


def fill_house(house: House) -> None:
    """Run the pipeline for subscriptions of the team `kebun`, and for those of nobody."""
    store, clock = house.store, house.clock
    own = subscription(
        f"{OWN}-1", f"(banjir AND Demak) OR {MARK}", channels=(EmailChannel(to=ADDRESS),)
    )
    other = subscription(f"{OWN}-2", "banjir AND Demak", channels=(EmailChannel(to=ADDRESS),))
    named = {"name": f"Kebun {MARK}", "tags": (MARK,), "owner": "team:kebun"}
    SubscriptionRepository(store.log, clock).save(
        own.model_copy(update=named), other.model_copy(update=named)
    )
    fill(store, house.settings, clock)
    now, channel = clock.now(), channel_id("email", ADDRESS)
    delivery = next(
        value
        for value in store.log.table(DELIVERIES.name).snapshot().values.values()
        if value is not None and MARK.encode() in value
    )
    letter = DeadLetter(
        dead_letter_id=digest_id("letter", MARK),
        stage="notifier",
        topic=DELIVERIES.name,
        offset=2,
        key="k2",
        value=delivery,
        error="ReceiverGoneError",
        reason=f"{ADDRESS} is gone",
        failed_at=now,
    )
    stopped = ChannelState(
        channel_id=channel,
        channel=f"email:{ADDRESS}",
        stopped_since=now,
        problem=f"{ADDRESS} is gone",
        updated=now,
    )
    schedule = ReportSchedule(
        subscription_id=f"{OWN}-report",
        about=f"{OWN}-1",
        timing=Digest(every="day"),
        time_zone="Asia/Jakarta",
        channel=EmailChannel(to=ADDRESS),
        language="id",
        owner="team:kebun",
        created=now,
    )
    store.log.append(
        [
            record_for(schedule, REPORT_SCHEDULES, source="test", time=now),
            record_for(letter, DEAD_LETTERS, source="test", time=now),
            record_for(stopped, CHANNEL_STATE, source="test", time=now),
        ]
    )


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    found = open_house(tmp_path)
    yield found
    found.store.close()


@pytest.fixture(scope="package")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    found = open_house(tmp_path_factory.mktemp("house"))
    found.join("ani", "editor", "kebun")
    found.join("budi", "editor", "melati")
    found.join("cici", "admin", "melati")
    found.join("dedi", "reader", "kebun")
    fill_house(found)
    yield found
    found.store.close()
