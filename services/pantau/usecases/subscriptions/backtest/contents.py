"""The contents of the messages of a backtest: what their receivers would have read.

Counting messages needs no passages and no clauses, and matching again to mark them is dear. So only
those messages are composed that are to be shown, by the functions of the dispatcher.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from pantau.alerter.decide import Composer
from pantau.alerter.matched_query import MatchedQuery
from pantau.notifier.composing.outgoing import named_alerts, several_message, single_message
from pantau.notifier.composing.own_form import own_texts
from pantau.notifier.mails.summary import say_message
from pantau.notifier.plan import id_of, plan_deliveries, plan_messages
from pantau.notifier.rules.decision import Planned
from pantau.ports import Message, RuleMessage, SearchIndex, Store, TemplateRenderer
from pantau.query.matching.engines import build_engine
from pantau.query.meaning.budget import BudgetExceededError
from pantau.query.text.document import Document
from pantau.usecases.channels.shown import shown_channel
from pantau.usecases.lists.values import query_of
from pantau.usecases.subscriptions.backtest.backtest import Backtest
from pantau.usecases.subscriptions.backtest.playing import with_channel
from pantau.usecases.subscriptions.backtest.report import SentMessage
from pantau_schemas.events.alert import Alert


def compose_messages(
    found: Backtest, store: Store, messages: Iterable[SentMessage]
) -> Iterator[Message | RuleMessage]:
    """Yield messages of a backtest as they would have been sent, each once for each channel.

    An article that was removed since is left out, as when a message is sent. Raises RetryError
    while the index does not answer.
    """
    alerts = _WholeAlerts(found, store)
    subscription = with_channel(found.subscription)
    channels = {id_of(one): one for one in subscription.channels}
    for one in messages:
        if one.message is None:
            outlined = alerts.outlines[one.message_id]
            for delivery in plan_deliveries(outlined, subscription, one.moment, only=one.channels):
                channel = channels[delivery.channel_id]
                for alert in alerts.of(one.alert_ids):
                    yield single_message(delivery, alert, subscription, channel)
            continue
        planned = (Planned(one.message, one.channels),)
        named = list(alerts.of(named_alerts(one.message)))
        for delivery in plan_messages(planned, subscription, one.moment):
            channel = channels[delivery.channel_id]
            yield several_message(delivery, one.message, named, subscription, channel)


@dataclass(frozen=True, slots=True)
class ReadMessage:
    """A message of a backtest in words, as the text of a mail has it."""

    message_id: str
    channel: str  # such as `email:desk@example.org`; keys in addresses are left out
    moment: datetime
    subject: str
    text: str


def read_newest(
    found: Backtest, store: Store, number: int, render: TemplateRenderer
) -> tuple[ReadMessage, ...]:
    """Return what the newest `number` messages of a backtest say, each by each of its channels.

    A template that fails leaves the usual text with a notice, as when a message is sent. Raises
    RetryError while the index does not answer.
    """
    if not number:
        return ()
    newest = found.report.messages[-number:]
    return tuple(_read(message, render) for message in compose_messages(found, store, newest))


def _read(message: Message | RuleMessage, render: TemplateRenderer) -> ReadMessage:
    delivery = message.delivery
    said = say_message(message, own_texts(message, render))
    return ReadMessage(
        message_id=delivery.message_id or delivery.alert_id,
        channel=shown_channel(delivery.channel),
        moment=delivery.created,
        subject=said.subject,
        text=said.plain,
    )


class _WholeAlerts:
    """The alerts of a backtest with what matched in them, composed when they are asked for."""

    def __init__(self, found: Backtest, store: Store) -> None:
        self.outlines = {one.alert_id: one for one in found.found.alerts}
        self._asked = MatchedQuery.of(found.subscription)
        self._index: SearchIndex = store.index
        self._engine = build_engine()
        self._engine.put(self._asked.subscription_id, query_of(found.subscription, store.log))

    def of(self, alert_ids: Iterable[str]) -> Iterator[Alert]:
        """Yield alerts in the order of their ids; one without an article is left out."""
        for alert_id in alert_ids:
            article = self._index.get(self.outlines[alert_id].article.article_id)
            if article is None:
                continue
            document = Document.from_article(article)
            composer = Composer(article, self.outlines[alert_id].matched_at, document)
            try:
                matched = self._engine.match(document)
            except BudgetExceededError:
                matched = []
            if matched:
                yield composer.compose(self._asked, matched[0][1])
            else:  # too dear now, or changed meanwhile: the article without what matched
                yield composer.outline(self._asked)
