"""The consoles that the pages are shown over: a newsroom, nothing, long contents, people."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from pantau.adapters.files.signing_key import signing_key
from pantau.bootstrap import build_workers, open_store
from pantau.bootstrap.provider import build_console_parts
from pantau.common.channels.mail_links import ChannelToken, MailLinks
from pantau.common.stored_problems import to_data
from pantau.common.time.clock import SystemClock
from pantau.ports import Store
from pantau.problems import problem
from pantau.runtimes.embedded.worker import run_until_idle
from pantau.settings import ConsoleSettings, OidcSettings, Settings
from pantau.stream.envelope import record_for
from pantau.usecases.accounts.administration import Administration
from pantau.usecases.accounts.audit import AuditVia, entry
from pantau.usecases.accounts.signing_in import Accounts
from pantau.usecases.feeds.feed_list import FeedList
from pantau.usecases.reports.schedules import ReportSchedules
from pantau.usecases.subscriptions.repository import SubscriptionRepository
from pantau_schemas.events.dead_letter import DeadLetter
from pantau_schemas.events.feed import FeedStatus
from pantau_schemas.events.reports.schedule import ReportSchedule
from pantau_schemas.events.rules import Digest
from pantau_schemas.events.subscription import EmailChannel, Subscription, WebhookChannel
from pantau_schemas.ids import channel_id, digest_id
from pantau_schemas.topics import ARTICLES_FULL, DEAD_LETTERS, FEED_STATE, REPORT_SCHEDULES
from scripts.pictures.pages import LONG_QUERY, PASSWORD, Scene, Served
from tests.consoles import Client, serving
from tests.support import full

REPORTED: Final = "keamanan-pangan"
"""The subscription of the demonstration that pages are shown of."""
DESK: Final = EmailChannel(to="meja@redaksi.example")
OFFICE: Final = (
    "Kementerian Koordinator Bidang Pembangunan Manusia dan Kebudayaan Republik Indonesia"
)
LONG_NAME: Final = "Pemantauan kesiapsiagaan bencana hidrometeorologi Jawa Tengah dan DIY harian"
LONG_TITLE: Final = (
    "Banjir rob kembali merendam permukiman pesisir Semarang, Demak, dan Pekalongan setelah "
    "tanggul jebol pada Minggu dini hari, ribuan warga mengungsi ke gedung sekolah sementara "
    "pemerintah provinsi menyiapkan pembangunan tanggul laut sepanjang dua puluh tujuh kilometer "
    "yang tertunda tiga tahun"
)
"""A title of 300 characters."""
LONG_TEXT: Final = f"""SEMARANG - {LONG_TITLE}. "Kami tidak akan meninggalkan satu pun warga tanpa
tempat berteduh, makanan, dan layanan kesehatan yang layak selama masa tanggap darurat ini," kata
Menteri Koordinator Raden Mas Haryo Suryaningrat Kusumawardhana di Semarang pada Senin.
{OFFICE} menyalurkan bantuan bersama Kementerian Pendayagunaan Aparatur Negara dan Reformasi
Birokrasi serta Badan Penanggulangan Bencana Daerah Provinsi Jawa Tengah di Kabupaten Demak,
Kota Pekalongan, dan Kota Semarang.""".replace("\n", " ")
LONG_SOURCE: Final = "www.kabarpesisirutarajawatengah-pembaruanharian.example"

_AUDITED: Final[tuple[tuple[int, str, AuditVia, str, str], ...]] = (
    (50, "tono", "sign-in", "sign-in.refused", ""),
    (45, "budi", "session", "subscriptions.changed", "Keamanan Pangan"),
    (40, "budi", "token", "feeds.added", f"https://{LONG_SOURCE}/rss"),
)
"""Minutes ago, who, by what, and what of the audit log."""


@contextmanager
def served_scenes(folder: Path, wanted: Iterable[Scene]) -> Iterator[Mapping[Scene, Served]]:
    """Fill folders below one and serve a console over each."""
    with ExitStack() as stack:
        made: dict[Scene, Served] = {}
        for scene in sorted(set(wanted)):
            made[scene] = stack.enter_context(_SCENES[scene](folder))
        yield made


@contextmanager
def _news(folder: Path) -> Iterator[Served]:
    settings = Settings(data=_demonstrated(folder, "news"))
    with _opened(settings) as store:
        _fill_news(store)
        key = signing_key(settings)
        with serving(build_console_parts(store, settings, SystemClock())) as address:
            ids = (
                _found_ids(address)
                | {"subscription": REPORTED, "mailed": digest_id("Kabar Pagi")[:12]}
                | _links(key or b"")
            )
            yield Served(address, ids)


@contextmanager
def _empty(folder: Path) -> Iterator[Served]:
    settings = Settings(data=folder / "empty")
    with (
        _opened(settings) as store,
        serving(build_console_parts(store, settings, SystemClock())) as address,
    ):
        yield Served(address, {})


@contextmanager
def _long(folder: Path) -> Iterator[Served]:
    settings = Settings(data=folder / "long")
    with _opened(settings) as store:
        _fill_long(store, settings)
        with serving(build_console_parts(store, settings, SystemClock())) as address:
            organization = _first(address, "/entities.json?type=organization")["name"]
            yield Served(address, _found_ids(address) | {"organization": organization})


@contextmanager
def _people(folder: Path) -> Iterator[Served]:
    console = ConsoleSettings(accounts=True)
    settings = Settings(data=_demonstrated(folder, "people"), console=console)
    with _opened(settings) as store:
        parts = build_console_parts(store, settings, SystemClock())
        if parts.accounts is None:
            raise RuntimeError("the settings ask for accounts")
        ids = _fill_people(store, parts.accounts)
        with serving(parts) as address:
            yield Served(address, ids)


@contextmanager
def _provider(folder: Path) -> Iterator[Served]:
    oidc = OidcSettings(
        issuer="https://masuk.redaksi.example", client_id="pantau", label="Akun Redaksi"
    )
    console = ConsoleSettings(accounts=True, public_url="https://pantau.redaksi.example")
    settings = Settings(data=folder / "provider", console=console, oidc=oidc)
    with (
        _opened(settings) as store,
        serving(build_console_parts(store, settings, SystemClock())) as address,
    ):
        yield Served(address, {})


_SCENES: Final = {
    "news": _news,
    "empty": _empty,
    "long": _long,
    "people": _people,
    "provider": _provider,
}


@contextmanager
def _opened(settings: Settings) -> Iterator[Store]:
    store = open_store(settings)
    try:
        yield store
    finally:
        store.close()


def _demonstrated(folder: Path, name: str) -> Path:
    """Return a data folder that the demonstration filled; it runs once."""
    first, own = folder / "demonstrated", folder / name
    if not first.exists():
        paths = ("services", "schemas", os.environ.get("PYTHONPATH", ""))
        subprocess.run(  # noqa: S603 (our own program)
            [sys.executable, "-m", "pantau.cli", "demo", "--keep", str(first)],
            env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
            check=True,
            stdout=subprocess.DEVNULL,
            timeout=300,
        )
    shutil.copytree(first, own)
    return own


def _fill_news(store: Store) -> None:
    """Add what the demonstration lacks: something that failed, a receiver of mails, a report."""
    clock = SystemClock()
    now, feeds = clock.now(), FeedList(store.log, clock)
    broken, _ = feeds.add("https://mati.example/rss", title="Harian Pesisir", tags=("daerah",))
    _set_state(store, feeds, broken.url, status=FeedStatus.ERROR, **_failure("mati.example"))
    subscriptions = SubscriptionRepository(store.log, clock)
    for name, channels in (("Kabar Pagi", (DESK,)), ("Kabar Siang", ())):
        subscriptions.save(
            Subscription(
                subscription_id=digest_id(name)[:12],
                name=name,
                query="pasar AND harga",
                channels=channels,
                tags=("harian",),
                created=now - timedelta(days=40),
            )
        )
    letter = DeadLetter(
        dead_letter_id=digest_id("letter"),
        stage="enricher",
        topic=ARTICLES_FULL.name,
        offset=1,
        key="k",
        value=b"{}",
        error="RejectError",
        reason="not a valid event: title: Field required",
        failed_at=now - timedelta(hours=3),
    )
    store.log.append([record_for(letter, DEAD_LETTERS, source="pictures", time=now)])
    _schedule(store, REPORTED)


def _fill_long(store: Store, settings: Settings) -> None:
    """Put long names, titles, queries and addresses into an empty store, by the real stages."""
    clock = SystemClock()
    now, feeds = clock.now(), FeedList(store.log, clock)
    long_address = f"https://{LONG_SOURCE}/kanal/{'/'.join(['bencana-alam-dan-cuaca'] * 5)}/rss"
    feed, _ = feeds.add(
        long_address,
        title="Kabar Pesisir Utara Jawa Tengah: Pembaruan Harian Bencana Alam dan Cuaca Ekstrem",
        tags=("bencana-hidrometeorologi", "jawa-tengah-pesisir-utara"),
    )
    _set_state(store, feeds, feed.url, status=FeedStatus.ERROR, **_failure(LONG_SOURCE))
    hook = f"https://{LONG_SOURCE}/hook/{'a' * 80}"
    SubscriptionRepository(store.log, clock).save(
        Subscription(
            subscription_id="panjang",
            name=LONG_NAME,
            query=f"{LONG_QUERY} OR banjir",
            channels=(WebhookChannel.model_validate({"url": hook, "secret": "s" * 32}), DESK),
            tags=("kesiapsiagaan-bencana", "hidrometeorologi"),
            created=now - timedelta(days=400),
        )
    )
    articles = [
        full(
            f"panjang-{place}",
            title=LONG_TITLE if place else f"{OFFICE} menyiapkan bantuan banjir",
            text=LONG_TEXT,
            source=LONG_SOURCE if place % 2 else "lintas.example",
            author="Raden Mas Haryo Suryaningrat Kusumawardhana, Ni Luh Putu Ayu Wulandari",
            url=f"https://{LONG_SOURCE}/{place}/{'banjir-rob-merendam-' * 8}",
            feed=(feed.feed_id, feed.title),
            first_seen=now - timedelta(hours=3 * place),
            published=now - timedelta(hours=3 * place, minutes=8),
        )
        for place in range(8)
    ]
    store.log.append(
        [record_for(one, ARTICLES_FULL, source="pictures", time=now) for one in articles]
    )
    names = ["enricher", "indexer", "alerter", "notifier"]
    run_until_idle(build_workers(store, clock, settings, only=names), threading.Event())
    _schedule(store, "panjang")


def _fill_people(store: Store, accounts: Accounts) -> dict[str, str]:
    """Add people in every state; return the passwords that were made for them."""
    changes = Administration(accounts, SubscriptionRepository(store.log, SystemClock()), "admin")
    for name, role, teams in (
        ("sari", "admin", ("bencana", "ekonomi")),
        ("budi", "editor", ("bencana",)),
        ("dewi", "reader", ("bencana",)),
        ("tono", "reader", ("sekretariat-redaksi-daerah", "ekonomi")),
        ("joko", "editor", ()),
    ):
        changes.add(name, role, teams, PASSWORD)  # type: ignore[arg-type]  # a role
    changes.edit("joko", disabled=True)
    changes.give([REPORTED], "team:bencana")
    _, first = changes.invite("rini", "editor", ["bencana"])
    changes.invite("wati", "reader", [])
    now = accounts.clock.now()
    for name, scope, days in (("papan redaksi", "read", 90), ("penghubung arsip", "write", None)):
        accounts.tokens.add(accounts.directory.find("sari"), name, [scope], days)  # type: ignore[list-item]
    accounts.sign_in("budi", PASSWORD, "192.0.2.7")
    accounts.states.locked(accounts.directory.find("tono"), now + timedelta(minutes=12))
    address = "2001:db8:85a3::8a2e:370:7334"
    for minutes, actor, via, action, subject in _AUDITED:
        accounts.audit.write(
            entry(
                now - timedelta(minutes=minutes),
                actor=actor,
                via=via,
                action=action,
                subject=subject,
                address=address,
            )
        )
    return {"password_rini": first}


def _set_state(store: Store, feeds: FeedList, url: str, **changes: Any) -> None:
    now = SystemClock().now()
    found = feeds.find(url)
    state = found.state.model_copy(update=changes | {"last_polled": now - timedelta(minutes=7)})
    store.log.append([record_for(state, FEED_STATE, source="pictures", time=now)])


def _failure(host: str) -> dict[str, Any]:
    """Return what the state of a feed has where its host is unknown."""
    fault = problem("fetch.no-such-host", host=host)
    return {"problem": fault.text("en"), "reason": to_data(fault)}


def _schedule(store: Store, about: str) -> None:
    now = SystemClock().now()
    schedule = ReportSchedule(
        subscription_id=digest_id("report", about)[:12],
        about=about,
        timing=Digest(every="day"),
        time_zone="Asia/Jakarta",
        channel=DESK,
        language="id",
        created=now,
    )
    store.log.append([record_for(schedule, REPORT_SCHEDULES, source="pictures", time=now)])
    ReportSchedules(store.log, SystemClock())


def _links(key: bytes) -> dict[str, str]:
    """Return the tokens of links in mails."""
    links, own = MailLinks("", key), channel_id("email", DESK.to)

    def token(name: str) -> ChannelToken:
        return ChannelToken(digest_id(name)[:12], own)

    return {
        "unsubscribe": links.token("unsubscribe", token("Kabar Pagi")),
        "mute": links.token("mute", token("Kabar Pagi")),
        "unsubscribe_other": links.token("unsubscribe", token("Kabar Siang")),
        "unsubscribe_gone": links.token("unsubscribe", token("Kabar Sore")),
    }


def _first(address: str, path: str) -> dict[str, Any]:
    found: dict[str, Any] = Client(address).get(path).json()["items"][0]
    return found


def _found_ids(address: str) -> dict[str, str]:
    """Return ids of things to show: the largest story, its newest article, and so on."""
    alert = _first(address, "/api/v1/alerts")["alert"]
    return {
        "story": _first(address, "/stories.json")["story_id"],
        "article": _first(address, "/search.json?q=banjir&by=article")["article_id"],
        "place": _first(address, "/entities.json?type=place")["name"],
        "alert": alert["alert_id"],
        "subscription": alert["subscription_id"],
        "feed": _first(address, "/feeds.json")["feed_id"],
    }
