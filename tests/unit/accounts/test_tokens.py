"""API tokens: scopes, expiry, revocation, and what is shown of them."""

import json
from typing import Any

import pytest

from pantau.errors import UsageError
from pantau_schemas.events.people.account import Role, Scope
from pantau_schemas.topics import API_TOKENS
from tests.apis import ApiReply
from tests.unit.accounts.conftest import House

NEW = {"query": "banjir", "channels": ["terminal"]}


def made(house: House, name: str, *scopes: Scope, days: int | None = None) -> str:
    account = house.accounts.directory.find(name)
    return house.accounts.tokens.add(account, "papan", scopes, days)[1]


def call(house: House, token: str, method: str, path: str, value: Any = None) -> ApiReply:
    body = None if value is None else json.dumps(value).encode()
    return house.ask(None, method, f"/api/v1{path}", body=body, authorization=f"Bearer {token}")


def test_a_token_is_stored_as_a_digest_and_shown_once(house: House) -> None:
    house.join("ani", "editor")
    form = {"name": "papan", "scope": "write", "days": "30"}
    page = house.ask("ani", "POST", "/account/tokens", form).content.decode()
    (secret,) = [one for one in page.replace("<", ">").split(">") if one.startswith("pantau_")]
    shown = house.ask("ani", "GET", "/account").content.decode()
    assert secret not in shown
    assert secret[:11] in shown
    for key, value in house.store.log.table(API_TOKENS.name).snapshot().values.items():
        assert secret not in f"{key} {value!r}"
    assert call(house, secret, "GET", "/subscriptions").status == 200


@pytest.mark.parametrize(
    ("role", "scope", "reads", "changes", "retries"),
    [
        ("reader", "read", 200, 403, 403),
        ("editor", "read", 200, 403, 403),
        ("editor", "write", 200, 201, 403),
        ("admin", "read", 200, 403, 403),
        ("admin", "write", 200, 201, 403),
        ("admin", "admin", 200, 201, 404),
    ],
)
def test_a_token_may_do_what_its_scope_and_its_account_may(
    house: House, role: Role, scope: Scope, reads: int, changes: int, retries: int
) -> None:
    house.join("ani", role)
    token = made(house, "ani", scope)
    assert call(house, token, "GET", "/subscriptions").status == reads
    assert call(house, token, "POST", "/subscriptions", NEW).status == changes
    assert call(house, token, "POST", "/dead-letters/x/retry").status == retries


def test_scopes_beyond_the_role_are_refused_and_shrink_with_it(house: House) -> None:
    house.join("cici", "admin")
    ani = house.join("ani", "editor")
    with pytest.raises(UsageError, match="beyond the role editor"):
        made(house, "ani", "admin")
    token = made(house, "ani", "write")
    house.accounts.directory.change(ani, role="reader")
    assert call(house, token, "POST", "/subscriptions", NEW).status == 403


def test_a_token_ends_by_time_revocation_and_its_account(house: House) -> None:
    house.join("cici", "admin")
    ani = house.join("ani", "editor")
    short, long = made(house, "ani", "read", days=1), made(house, "ani", "read")
    house.clock.move(minutes=24 * 60)
    assert call(house, short, "GET", "/feeds").status == 401
    assert call(house, long, "GET", "/feeds").status == 200
    house.accounts.directory.change(ani, disabled=True)
    assert call(house, long, "GET", "/feeds").status == 401
    house.accounts.directory.change(ani, disabled=False)
    house.accounts.tokens.revoke(house.accounts.tokens.find(long).token_id)  # type: ignore[union-attr]  # it is there
    assert call(house, long, "GET", "/feeds").status == 401


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer ", "Bearer pantau_x", "Basic YW5pOng=", "", "Bearer " + "x" * 9000]
)
def test_what_is_no_token_is_nobodys_even_beside_a_cookie(house: House, header: str) -> None:
    house.join("ani", "editor")
    assert house.ask("ani", "GET", "/api/v1/feeds", authorization=header).status == 401


def test_a_token_makes_no_other_one_and_no_password(house: House) -> None:
    house.join("ani", "admin")
    token = made(house, "ani", "admin")
    for path in ("/account/tokens", "/account/password", "/account/tokens/x/revoke"):
        reply = house.ask(None, "POST", path, {"name": "x"}, authorization=f"Bearer {token}")
        assert reply.status == 400
        assert "a token cannot do it" in reply.content.decode()
    assert len(house.accounts.tokens.of()) == 1


def test_only_ones_own_tokens_are_revoked(house: House) -> None:
    house.join("ani", "editor")
    house.join("budi", "editor")
    token = made(house, "ani", "read")
    found = house.accounts.tokens.find(token)
    assert found is not None
    path = f"/account/tokens/{found.token_id}/revoke"
    assert house.ask("budi", "POST", path, {}).status == 404
    assert house.accounts.tokens.find(token) is not None
    assert house.ask("ani", "POST", path, {}).status == 303
    assert house.accounts.tokens.find(token) is None


def test_an_idempotency_key_is_that_of_one_account(house: House) -> None:
    house.join("ani", "editor")
    house.join("budi", "editor")
    body = json.dumps(NEW).encode()
    first, again, other = (
        house.ask(name, "POST", "/api/v1/subscriptions", body=body, idempotency_key="k").json()
        for name in ("ani", "ani", "budi")
    )
    assert first == again
    assert first["subscription"]["subscription_id"] != other["subscription"]["subscription_id"]


def test_what_one_token_was_answered_another_of_the_account_is_not(house: House) -> None:
    house.join("ani", "editor")
    new = NEW | {"channels": ["webhook:https://penerima.example/in"]}
    first, second, reading = (made(house, "ani", one) for one in ("write", "write", "read"))

    def create(token: str) -> ApiReply:
        return house.ask(
            None,
            "POST",
            "/api/v1/subscriptions",
            body=json.dumps(new).encode(),
            authorization=f"Bearer {token}",
            idempotency_key="k",
        )

    told = create(first).content
    assert b"whsec_" in told
    assert create(first).content == told
    assert create(second).content != told
    refused = create(reading)
    assert refused.status == 403
    assert b"whsec_" not in refused.content
