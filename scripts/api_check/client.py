"""Examples of use through a client that was generated from the OpenAPI document.

`python client.py ADDRESS [TOKEN]`, in the environment and beside the package of the client.
"""

import sys
from typing import Any

from pantau_client import AuthenticatedClient, Client
from pantau_client.api.articles import read_article
from pantau_client.api.inbox import list_inbox
from pantau_client.api.queries import check_query, explain_query
from pantau_client.api.search import search_articles
from pantau_client.api.subscriptions import (
    create_subscription,
    read_subscription,
    remove_subscription,
    update_subscription,
)
from pantau_client.models import GivenQueryBody, SubscriptionFieldsBody, SubscriptionPatchBody


def main() -> None:
    """Run the examples; raise AssertionError where an answer is not what they promise."""
    address, *token = sys.argv[1:]
    client = AuthenticatedClient(address, token[0]) if token else Client(address)
    with client as asked:
        _search(asked)
        _check(asked)
        _subscribe(asked)
        _triage(asked)


def _search(client: Any) -> None:
    found = search_articles.sync(client=client, query="banjir", since="7d", limit=2)
    expect(len(found.items), 2)
    (whole, *_) = found.items
    expect(read_article.sync(whole.article_id, client=client).title, whole.title)
    following = search_articles.sync(client=client, query="banjir", limit=2, cursor=found.cursor)
    ids = [{one.article_id for one in page.items} for page in (found, following)]
    expect(ids[0] & ids[1], set())


def _check(client: Any) -> None:
    wrong = check_query.sync(client=client, body=GivenQueryBody(query="banjir AND"))
    expect((wrong.ok, wrong.notes[0].suggestion), (False, "banjir"))
    query = 'people:"Siti Rahma" AND (banjir OR longsor)'
    told = explain_query.sync(client=client, body=GivenQueryBody(query=query))
    expect(told.reading.splitlines()[0], "Articles with all of these:")
    refused = explain_query.sync(client=client, body=GivenQueryBody(query="banjir AND"))
    expect((refused.status, refused.code), (400, "unreadable"))


def _subscribe(client: Any) -> None:
    body = SubscriptionFieldsBody(
        query="banjir AND (Demak OR Kudus)", name="Banjir di Demak", channels=["terminal"]
    )
    made = create_subscription.sync(client=client, body=body, idempotency_key="order-1")
    again = create_subscription.sync(client=client, body=body, idempotency_key="order-1")
    expect(again.to_dict(), made.to_dict())
    name = made.subscription.subscription_id
    read = read_subscription.sync_detailed(name, client=client)
    expect(read.parsed.query, body.query)
    patch = SubscriptionPatchBody(tags=["sungai"])
    etag = read.headers["etag"]
    changed = update_subscription.sync(name, client=client, body=patch, if_match=etag)
    expect(changed.subscription.tags, ["sungai"])
    late = update_subscription.sync(name, client=client, body=patch, if_match=etag)
    expect((late.status, late.code), (412, "api.changed-meanwhile"))
    expect(remove_subscription.sync(name, client=client).removed, name)


def _triage(client: Any) -> None:
    first = list_inbox.sync(client=client, limit=1)
    second = list_inbox.sync(client=client, limit=1, cursor=first.cursor)
    expect(len({page.items[0].story_id for page in (first, second)}), 2)


def expect(found: object, wanted: object) -> None:
    """Raise AssertionError for another value than the wanted one."""
    if found != wanted:
        message = f"{found!r} in place of {wanted!r}"
        raise AssertionError(message)


if __name__ == "__main__":
    main()
