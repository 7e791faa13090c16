"""The parts of the program that faces work with."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Any, Protocol

from pantau.feeds.formats.opml import OpmlList
from pantau.messages.languages import Lang
from pantau.ports import Clock, Store, TemplateRenderer
from pantau.settings import Settings
from pantau.usecases.accounts.oidc.signing import ProviderSignIn
from pantau.usecases.accounts.owned_store import OwnedStore
from pantau.usecases.accounts.ownership import SubscriptionOwners
from pantau.usecases.accounts.person import Person
from pantau.usecases.accounts.signing_in import Accounts
from pantau.usecases.channels.trial import TrialResult
from pantau.usecases.feeds.adding import Added
from pantau.usecases.feeds.feed_list import FeedFields, FeedList
from pantau.usecases.pictures.serving import ArticlePictures
from pantau.usecases.reports.files import ReportWriter
from pantau_schemas.events.subscription import MessageTemplate, Subscription


class FeedAdder(Protocol):
    """Looks at an address and watches the feed there; see `usecases.feeds.adding.add_feed`."""

    def __call__(self, feed_list: FeedList, url: str, fields: FeedFields, /) -> Added:
        """Add a feed. Blocks while the address is fetched."""


class TrialSender(Protocol):
    """Sends a trial message to each channel; see `usecases.channels.trial.send_trials`."""

    def __call__(self, subscription: Subscription, lang: Lang) -> tuple[TrialResult, ...]:
        """Send, one channel after the other. Blocks until all have answered or timed out."""


ListReader = Callable[[bytes, str], OpmlList]
"""Reads a list of feeds; see `usecases.feeds.opml_lists.read_list`. The text names the document."""


def _no_templates(template: MessageTemplate, fields: Mapping[str, Any]) -> Mapping[str, str]:
    """Refuse: these parts were built without a renderer."""
    del template, fields
    message = "these parts render no templates"
    raise RuntimeError(message)


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything that a face works with.

    `lags` counts the records that wait, by stage. `signing_key` returns the key of links in mails,
    None where there is none. `changing` is held from the reading of what is stored to the change
    that depends on it, so that of two changes in this process none undoes the other. `accounts` are
    there where people sign in; `person` is who asks, and None where everybody may do all.
    `report_writers` make documents of reports, by form; `report_forms` are those that this
    installation can write. `provider` signs people in beside their
    passwords. `pictures` are there where pages show those of articles. `little_space` returns the
    free bytes of the data folder's disk where it is nearly full.
    """

    store: Store
    settings: Settings
    clock: Clock
    add_feed: FeedAdder
    send_trials: TrialSender
    read_list: ListReader
    lags: Callable[[], Mapping[str, int]] = dict
    signing_key: Callable[[], bytes | None] = lambda: None
    changing: Lock = field(default_factory=Lock, repr=False, compare=False)
    accounts: Accounts | None = None
    ownership: SubscriptionOwners | None = None
    person: Person | None = None
    report_writers: Mapping[str, ReportWriter] = field(default_factory=dict)
    report_forms: Collection[str] = frozenset({"docx", "pdf"})
    render_template: TemplateRenderer = _no_templates
    provider: ProviderSignIn | None = None
    pictures: ArticlePictures | None = None
    little_space: Callable[[], int | None] = lambda: None

    def for_person(self, person: Person) -> "Parts":
        """Return the parts as a person may use them: over a store that has what they see.

        Raises RuntimeError where there are no accounts, or these parts are of a person already.
        """
        if self.ownership is None or self.person is not None:
            message = "parts of a person are made once, of the parts of a console with accounts"
            raise RuntimeError(message)
        store = OwnedStore(self.store, person, self.ownership, self.clock)
        return replace(self, store=store, person=person)
