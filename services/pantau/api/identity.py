"""Who a request comes from: `scope["state"]["person"]`, set before any route sees the request.

The console's `identity.PersonFinder` sets it from a cookie or a token. Whatever answers requests
takes its parts from `parts_of`, and so sees and changes only what the person may.
"""

from collections.abc import Callable
from typing import Final

from starlette.requests import HTTPConnection

from pantau.errors import PantauError
from pantau.operations.base.parts import Parts
from pantau.usecases.accounts.person import Person
from pantau_schemas.events.alert import Alert

PERSON: Final = "person"
"""Name of the person in the state of a request."""
NO_ACCOUNT: Final = "no-account"
"""Name of the mark of a request whose address is a secret; see `console.access.BY_SECRET`."""


def person_of(request: HTTPConnection) -> Person | None:
    """Return who a request comes from; None where there are no accounts, or nobody signed in."""
    found = request.scope.get("state", {}).get(PERSON)
    return found if isinstance(found, Person) else None


def parts_of(request: HTTPConnection, parts: Parts) -> Parts:
    """Return the parts as whoever sent a request may use them.

    Raises RuntimeError where there are accounts and the request has no person: no route is reached
    without one, but for those of `console.identity.PUBLIC`, which do not ask for parts. Addresses
    that are secrets get the whole store.
    """
    if parts.accounts is None or request.scope.get("state", {}).get(NO_ACCOUNT) is True:
        return parts
    person = person_of(request)
    if person is None:
        message = f"a request for {request.url.path[:200]!r} reached a route without a person"
        raise RuntimeError(message)
    return parts.for_person(person)


def alerts_shown_to(request: HTTPConnection, parts: Parts) -> Callable[[Alert], bool]:
    """Return what decides which alerts a stream shows, for as long as it lasts.

    Nothing is shown any more after the session or the token has ended, or while that is not known.
    """
    accounts, owners = parts.accounts, parts.ownership
    if accounts is None or owners is None:
        return lambda alert: alert is not None
    person = person_of(request)

    def shows(alert: Alert) -> bool:
        try:
            return (
                person is not None
                and owners.sees(person, alert.subscription_id)
                and accounts.is_current(person)
            )
        except PantauError:
            return False

    return shows


def repeat_key(request: HTTPConnection, key: str) -> str:
    """Return the key of a repeated request, which is another one for each session and token.

    An answer may hold the one secret of a channel, which a token that only reads must not get.
    """
    person = person_of(request)
    return key if person is None else f"{person.account_id} {person.reference} {key}"
