"""Articles and subscriptions to play, and previews in the same form as the messages sent.

Everything is drawn from a seed, so it is the same on every run and on every store.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from pydantic import SecretStr

from pantau.adapters.templates.own_texts import own_texts
from pantau.notifier.attempt import look_up
from pantau.notifier.mails.summary import say_message
from pantau.notifier.payload import webhook_bytes
from pantau.ports import Message, RuleMessage, Store
from pantau.usecases.subscriptions.backtest.backtest import Backtest, backtest
from pantau.usecases.subscriptions.backtest.contents import compose_messages
from pantau_schemas.codec import decode
from pantau_schemas.events.alert import Delivery
from pantau_schemas.events.article import EnrichedArticle, StoryCoverage
from pantau_schemas.events.message import AlertMessage
from pantau_schemas.events.rules import (
    Collected,
    Digest,
    Mute,
    QuietHours,
    Rules,
    Silence,
    Spike,
    Threshold,
    Throttled,
)
from pantau_schemas.events.subscription import (
    Channel,
    EmailChannel,
    MessageTemplate,
    PayloadVersion,
    Subscription,
    WebhookChannel,
    WebhookFormat,
)
from pantau_schemas.topics import DELIVERIES, MESSAGES
from tests.support import START, enriched, subscription

_FEW: Final = ("banjir", "gempa", "pemilu", "panen", "pasar", "jalan", "sekolah", "warga")


@dataclass(frozen=True, slots=True)
class Scale:
    """The size of what is played."""

    articles: int
    subscriptions: int
    days: int
    rare: int
    """One article in so many has the word whose silence is waited for."""
    words: tuple[str, ...] = _FEW

    @property
    def end(self) -> datetime:
        """The time at which previews end."""
        return START + timedelta(days=self.days)


SHORT: Final = Scale(150, 36, 40, 20)
LONG: Final = Scale(5_000, 500, 40, 700, (*_FEW, *(f"kata{number}" for number in range(112))))
"""Each query matches about a twentieth of the articles."""
ZONES = ["Asia/Jakarta", "UTC", "Europe/Berlin", "America/New_York"]
QUIET = QuietHours(begin="22:00", end="05:30", except_sources=4)
RULES = [
    Rules(),
    Rules(timing=Collected(seconds=1800)),
    Rules(timing=Throttled(every_seconds=6 * 3600)),
    Rules(timing=Digest(every="hour", at="00:15")),
    Rules(timing=Digest(every="day", at="06:30")),
    Rules(timing=Digest(every="week", at="07:00", weekday=1)),
    Rules(timing=Digest(every="month", at="08:00", day=31)),
    Rules(articles="first"),
    Rules(articles="growth", timing=Collected(seconds=600)),
    Rules(sources=3),
    Rules(quiet=QUIET),
    Rules(quiet=QUIET, timing=Throttled(every_seconds=3600), articles="first"),
    Rules(mute=Mute(since=START, until=START + timedelta(days=12))),
    Rules(mute=Mute(since=START, until_growth=True)),
    Rules(expires=START + timedelta(days=20), timing=Digest(every="day")),
    Rules(trigger=Threshold(number=4, seconds=2 * 86_400)),
    Rules(trigger=Spike(sensitivity="high")),
    Rules(trigger=Silence(seconds=3 * 86_400)),
]
SECRET = SecretStr("whsec_" + "QUJD" * 8)
OWN_FORM = MessageTemplate(
    subject="{{ name }}: {{ stories | length }}",
    text="{% for one in stories %}{{ one.title }}: {{ one.clauses }}, {{ one.also }}\n{% endfor %}",
)


def made_channels(number: int) -> tuple[Channel, ...]:
    """Return a mailbox, often in its owner's own form, or a webhook, of each kind in turn."""
    if number // len(RULES) % 2 == 0:
        own = None if number % 3 else OWN_FORM
        return (EmailChannel(to=f"s{number}@example.org", template=own),)
    form: tuple[PayloadVersion, WebhookFormat] = (
        (1, "pantau"), (2, "pantau"), (2, "cloudevents"), (2, "slack"), (2, "teams"),
    )[number % 5]  # fmt: skip
    url = f"https://{number}.example/in"
    return (WebhookChannel(url=url, secret=SECRET, payload=form[0], format=form[1]),)


def made_articles(chance: random.Random, scale: Scale) -> list[EnrichedArticle]:
    """Return articles in the order of their arrival, a third of them in stories that grow."""
    moments = sorted(chance.uniform(0, (scale.days - 1) * 86_400) for _ in range(scale.articles))
    stories: list[tuple[str, list[str]]] = []
    made = []
    for number, seconds in enumerate(moments):
        source = f"koran{chance.randrange(9)}.example"
        if stories and chance.random() < 0.4:
            story, sources = chance.choice(stories[-6:])
        else:
            story, sources = f"story{number}", []
            stories.append((story, sources))
        others = tuple(dict.fromkeys(one for one in sources if one != source))
        sources.append(source)
        words = " ".join(chance.choices(scale.words, k=3)) + " letusan" * (number % scale.rare == 7)
        made.append(
            enriched(
                f"a{number}",
                title=f"{words} {number}",
                text=f"Laporan nomor {number} tentang {words} di beberapa desa.",
                source=source,
                first_seen=START + timedelta(seconds=round(seconds, 3)),
                story_id=story,
                story=StoryCoverage(articles=len(sources), other_sources=others),
                historical=chance.random() < 0.03,
            )
        )
    return made


def with_revisions(
    chance: random.Random, articles: Sequence[EnrichedArticle], scale: Scale
) -> list[tuple[datetime, EnrichedArticle]]:
    """Return articles with the moments of their arrival; one in ten comes again, corrected."""
    arrivals = [(one.first_seen, one) for one in articles]
    for one in articles:
        if chance.random() < 0.1:
            later = min(one.first_seen + timedelta(hours=chance.uniform(0.1, 20)), scale.end)
            changed = {"revision": 2, "text": f"{one.text} Diperbarui."}
            arrivals.append((later, one.model_copy(update=changed)))
    return sorted(arrivals, key=lambda pair: (pair[0], pair[1].article_id))


def made_subscriptions(chance: random.Random, scale: Scale) -> list[Subscription]:
    """Return subscriptions with every kind of rule, in zones with and without summer time."""
    made = []
    for number in range(scale.subscriptions):
        rules = RULES[number % len(RULES)]
        rare = isinstance(rules.trigger, Silence)
        words = ["letusan"] if rare else chance.sample(scale.words, chance.randrange(1, 4))
        query = " OR ".join(words)
        one = subscription(
            f"s{number}", query, channels=made_channels(number), time_zone=chance.choice(ZONES)
        )
        changed = {"rules": rules, "created": START}
        made.append(one.model_copy(update=changed))
    return made


def sent_live(store: Store) -> set[tuple[object, ...]]:
    """Return what was sent: messages with their moments and alerts, and alerts by themselves."""
    found: set[tuple[object, ...]] = set()
    for value in store.log.table(MESSAGES.name).snapshot().values.values():
        one = decode(AlertMessage, value or b"")
        found.add((one.subscription_id, one.message_id, one.due, one.occasion, one.alert_ids))
    for value in store.log.table(DELIVERIES.name).snapshot().values.values():
        delivery = decode(Delivery, value or b"")
        if delivery.message_id is None:
            moment, alert_id = delivery.created, delivery.alert_id
            found.add((delivery.subscription_id, alert_id, moment, None, (alert_id,)))
    return found


def backtests(store: Store, given: Sequence[Subscription], scale: Scale) -> list[Backtest]:
    """Return the preview of each subscription."""
    return [backtest(one, store, START, scale.end) for one in given]


def previewed(found: Sequence[Backtest]) -> set[tuple[object, ...]]:
    """Return what previews show, in the form of `sent_live`."""
    return {
        (
            one.subscription.subscription_id,
            message.message_id,
            message.moment,
            message.occasion,
            message.alert_ids,
        )
        for one in found
        for message in one.report.messages
    }


def contents_sent(store: Store) -> dict[str, str]:
    """Return digests of what each delivery brings, as the dispatcher looks it up."""
    found = {}
    for value in store.log.table(DELIVERIES.name).snapshot().values.values():
        delivery = decode(Delivery, value or b"")
        message = look_up(store.log, delivery)
        assert isinstance(message, Message | RuleMessage), (delivery, message)
        found[delivery.delivery_id] = sha256(rendered(message)).hexdigest()
    return found


def contents_previewed(store: Store, found: Sequence[Backtest]) -> dict[str, str]:
    """Return digests of what each delivery of the previews brings."""
    return {
        message.delivery.delivery_id: sha256(rendered(message)).hexdigest()
        for one in found
        for message in compose_messages(one, store, one.report.messages)
    }


def rendered(message: Message | RuleMessage) -> bytes:
    """Return what the receiver gets: all that a mail is written of, or the body of a webhook."""
    texts = own_texts(message)
    if isinstance(message.channel, EmailChannel):
        return f"{message.message_id} {say_message(message, texts)!r}".encode()
    return webhook_bytes(message, texts)
