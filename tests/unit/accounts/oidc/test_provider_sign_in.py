"""Sign-in by a provider: the console and a provider on this machine, as a browser sees them."""

import base64
import json
import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey

from pantau.console.identity import COOKIE as SESSION
from pantau.console.signing.provider import COOKIE as PENDING
from pantau.usecases.accounts.oidc.metadata import ProviderError
from pantau.usecases.accounts.oidc.pending import LASTS
from tests.provider import CLIENT, SECRET
from tests.unit.accounts.conftest import PASSWORD
from tests.unit.accounts.oidc.conftest import PUBLIC, Browser, Scene


def values_of(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query))


def test_a_person_signs_in_and_gets_an_account_at_the_first_time(scene: Scene) -> None:
    page = scene.browser.get("/sign-in?back=/feeds").content.decode()
    assert 'href="/sign-in/provider?back=%2Ffeeds"' in page
    assert "Sign in with Kantor" in page
    indonesian = scene.browser.get("/sign-in", **{"accept-language": "id"}).content.decode()
    assert "Masuk dengan Kantor" in indonesian
    reply = scene.browser.sign_in("/feeds")
    assert reply.headers["location"] == "/sign-in/done?back=%2Ffeeds"
    assert reply.headers["cache-control"] == "no-store"
    assert scene.browser.get("/sign-in/done?back=/feeds").headers["location"] == "/feeds"
    account = scene.house.accounts.directory.find("sari")
    assert (account.role, account.password) == ("reader", None)
    assert scene.actions() == [
        ("accounts.added", "sari", "sari (reader) <- 127.0.0.1"),
        ("sign-in.accepted", "sari", "127.0.0.1"),
    ]
    scene.provider.claims["preferred_username"] = "sari-baru"
    assert Browser(scene.house).sign_in().status == 303
    assert [one.name for one in scene.house.accounts.directory.all()] == ["sari"]


def test_what_the_provider_is_asked_has_pkce_and_no_secret(scene: Scene) -> None:
    address = scene.browser.begin()
    asked = values_of(address)
    assert asked["redirect_uri"] == f"{PUBLIC}/sign-in/provider/return"
    assert {len(asked[one]) for one in ("state", "nonce", "code_challenge")} == {43}
    assert asked["scope"] == "openid profile email"
    assert asked["tenant"] == "news"
    assert SECRET not in address
    other = values_of(Browser(scene.house).begin())
    assert all(asked[one] != other[one] for one in ("state", "nonce", "code_challenge"))


def test_cookies_of_a_sign_in_are_kept_from_scripts_and_other_sites(scene: Scene) -> None:
    given = scene.browser.get("/sign-in/provider").headers["set-cookie"]
    parts = {one.strip().lower() for one in given.split(";")[1:]}
    assert given.startswith("__Host-pantau-sign-in=")
    assert {"secure", "httponly", "samesite=lax", "path=/", "max-age=600"} <= parts


def by_other_key(claims: dict[str, Any]) -> str:
    key = ECKey.generate_key("P-256", auto_kid=True)
    return jwt.encode({"alg": "ES256", "kid": key.kid}, claims, key)


def unsigned(claims: dict[str, Any]) -> str:
    parts = (json.dumps(one).encode() for one in ({"alg": "none"}, claims))
    return ".".join([*(base64.urlsafe_b64encode(one).decode().rstrip("=") for one in parts), ""])


def always(token: str) -> Callable[[dict[str, Any]], str]:
    def sign(claims: dict[str, Any]) -> str:
        del claims
        return token

    return sign


def by_shared_secret(claims: dict[str, Any]) -> str:
    key = OctKey.import_key(SECRET)
    return jwt.encode({"alg": "HS256"}, claims, key, ["HS256"])


@pytest.mark.parametrize(
    ("sign", "reason"),
    [
        (by_other_key, "a key that the provider does not publish"),
        (unsigned, "unsupported_algorithm"),
        (by_shared_secret, "unsupported_algorithm"),
        (always("no.token.atall"), "refused"),
        (always(""), "refused"),
        (always("a.b.c.d.e"), "refused"),
        (always("x" * 50_000), "too long"),
    ],
)
def test_tokens_that_the_provider_did_not_sign_are_refused(
    scene: Scene, sign: Callable[[dict[str, Any]], str], reason: str
) -> None:
    scene.provider.sign = sign
    reply = scene.browser.sign_in()
    assert (reply.status, SESSION in scene.browser.cookies) == (403, False)
    assert "proves nothing" in reply.content.decode()
    assert reason in reply.content.decode()
    assert scene.house.accounts.directory.all() == []


def test_a_changed_token_is_refused(scene: Scene) -> None:
    def tampered(claims: dict[str, Any]) -> str:
        scene.provider.sign = None
        scene.provider.claims = {**claims, "sub": "another"}
        head, _, proof = scene.provider.token(claims["nonce"]).split(".")
        scene.provider.claims = {**claims, "sub": "u-71"}
        _, body, _ = scene.provider.token(claims["nonce"]).split(".")
        return f"{head}.{body}.{proof}"

    scene.provider.sign = tampered
    assert "bad_signature" in scene.browser.sign_in().content.decode()


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ({"iss": "https://other.example"}, "(iss)"),
        ({"iss": None}, "missing_claim"),
        ({"aud": "another-client"}, "(aud)"),
        ({"aud": ["another-client", "third"]}, "(aud)"),
        ({"aud": None}, "missing_claim"),
        ({"aud": [CLIENT, "third"]}, "several clients"),
        ({"aud": [CLIENT, "third"], "azp": "third"}, "azp"),
        ({"azp": "third"}, "azp"),
        ({"exp": 1_000_000_000}, "expired_token"),
        ({"exp": None}, "missing_claim"),
        ({"exp": "tomorrow"}, "(exp)"),
        ({"iat": 4_000_000_000}, "(iat)"),
        ({"nbf": 4_000_000_000}, "(nbf)"),
        ({"nonce": "of-another-sign-in"}, "(nonce)"),
        ({"nonce": None}, "missing_claim"),
        ({"sub": None}, "missing_claim"),
        ({"sub": ""}, "(sub)"),
        ({"sub": 7}, "(sub)"),
    ],
)
def test_tokens_for_others_and_of_other_times_are_refused(
    scene: Scene, claims: dict[str, Any], reason: str
) -> None:
    scene.provider.claims.update(claims)
    reply = scene.browser.sign_in()
    assert (reply.status, SESSION in scene.browser.cookies) == (403, False)
    assert reason in reply.content.decode()
    assert scene.house.accounts.directory.all() == []


def test_a_nonce_among_several_is_no_nonce(scene: Scene) -> None:
    def listed(claims: dict[str, Any]) -> str:
        made = {**claims, "nonce": [claims["nonce"], "x"]}
        return jwt.encode({"alg": "ES256", "kid": scene.provider.key.kid}, made, scene.provider.key)

    scene.provider.sign = listed
    assert scene.browser.sign_in().status == 403


def test_an_answer_counts_once_and_in_its_own_browser(scene: Scene) -> None:
    path = scene.browser.agree(scene.browser.begin())
    kept = dict(scene.browser.cookies)
    assert Browser(scene.house).get(path).status == 403
    assert Browser(scene.house, {PENDING: "x.y"}).get(path).status == 403
    other = Browser(scene.house)
    other.begin()
    assert other.get(path).status == 403
    assert scene.browser.get(path).status == 303
    asked = scene.provider.asked("/token")
    replayed = Browser(scene.house, kept).get(path)
    assert (replayed.status, scene.provider.asked("/token")) == (403, asked)
    assert "was not begun in this browser, was used before" in replayed.content.decode()


def test_a_sign_in_takes_ten_minutes_at_most(scene: Scene) -> None:
    path = scene.browser.agree(scene.browser.begin())
    scene.house.clock.move(minutes=int(LASTS.total_seconds() // 60))
    assert scene.browser.get(path).status == 403


def test_a_cookie_of_other_hands_is_refused(scene: Scene) -> None:
    path = scene.browser.agree(scene.browser.begin())
    body, _, proof = scene.browser.cookies[PENDING].partition(".")
    for changed in (f"{body}.{proof[::-1]}", f"{body[::-1]}.{proof}", body, f".{proof}", "é.é"):
        other = Browser(scene.house, {PENDING: changed})
        assert other.get(path).status == 403


def test_an_answer_of_another_provider_is_refused(scene: Scene) -> None:
    """The mix-up attack (RFC 9207): the code of one provider is sent to another one."""
    path = scene.browser.agree(scene.browser.begin())
    mixed = f"{path}&{urlencode({'iss': 'https://other.example'})}"
    asked = scene.provider.asked("/token")
    assert scene.browser.get(mixed).status == 403
    assert scene.provider.asked("/token") == asked


def test_a_provider_that_names_itself_must_do_so(scene: Scene) -> None:
    scene.provider.sends_issuer = True
    path = scene.browser.agree(scene.browser.begin())
    without = path.partition("&iss=")[0]
    assert scene.browser.get(without).status == 403
    assert Browser(scene.house).sign_in().status == 303


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/keys", "/token"])
def test_redirects_of_the_provider_are_not_followed(scene: Scene, path: str) -> None:
    moved = f"{scene.provider.issuer}/elsewhere"
    scene.provider.answers[path] = (302, {"Location": moved}, b"")
    reply = scene.browser.get("/sign-in/provider")
    if reply.status == 303:
        reply = scene.browser.get(scene.browser.agree(reply.headers["location"]))
    assert reply.status == 403
    assert scene.provider.asked("/elsewhere") == 0
    page = reply.content.decode()
    assert ("redirects are not followed here; check oidc.issuer" in page) == (path != "/token")


@pytest.mark.parametrize(
    "discovery",
    [
        {"issuer": "https://other.example"},
        {"issuer": None},
        {"token_endpoint": None},
        {"token_endpoint": "http://other.example/token"},
        {"token_endpoint": "file:///etc/passwd"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": "https://user:word@login.example/"},
        {"authorization_endpoint": 7},
        {"jwks_uri": "https://login.example:99999/keys"},
        {"end_session_endpoint": "http://other.example/out"},
        {"authorization_endpoint": "https://login.example/a b"},
    ],
)
def test_a_discovery_document_that_cannot_be_trusted_is_refused(
    scene: Scene, discovery: dict[str, Any]
) -> None:
    scene.provider.discovery = discovery
    reply = scene.browser.get("/sign-in/provider")
    assert (reply.status, "location" in reply.headers) == (403, False)
    assert "oidc.issuer" in reply.content.decode()


@pytest.mark.parametrize(
    ("status", "body"),
    [(200, b"[]"), (200, b"<html>"), (500, b"{}"), (404, b""), (200, b"[" * 100_000)],
)
def test_documents_that_are_none_name_the_setting(scene: Scene, status: int, body: bytes) -> None:
    scene.provider.answers["/.well-known/openid-configuration"] = (status, {}, body)
    reply = scene.browser.get("/sign-in/provider")
    assert reply.status == 403
    assert "oidc.issuer" in reply.content.decode()


@pytest.mark.parametrize("body", [b"{}", b'{"keys": 7}', b'{"keys": []}', b'{"keys": [7]}'])
def test_keys_that_are_none_sign_nobody_in(scene: Scene, body: bytes) -> None:
    scene.provider.answers["/keys"] = (200, {}, body)
    assert scene.browser.sign_in().status == 403


def test_keys_that_nobody_can_use_do_not_hide_the_others(scene: Scene) -> None:
    own = scene.provider.key.as_dict(private=False)
    odd: list[Any] = [
        {"kty": "RSA", "kid": "a"},
        {"kty": "RSA", "n": "!", "e": 7},
        {"kty": ["EC"]},
        {"kty": "EC", "crv": "P-1", "x": "AA", "y": "AA"},
        {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"},
        {"kty": "ML-KEM", "kid": 7},
        {"kty": "oct", "k": "c2VjcmV0", "kid": scene.provider.key.kid},
        {**own, "use": "enc", "kid": "other"},
        None,
        "key",
    ]
    scene.provider.answers["/keys"] = (200, {}, json.dumps({"keys": [*odd, own]}).encode())
    assert scene.browser.sign_in().status == 303


def test_new_keys_of_the_provider_are_asked_for_once(scene: Scene) -> None:
    assert scene.browser.sign_in().status == 303
    scene.provider.key = ECKey.generate_key("P-256", auto_kid=True)
    scene.house.clock.move(minutes=1)
    assert Browser(scene.house).sign_in().status == 303
    assert scene.provider.asked("/keys") == 2
    scene.provider.sign = by_other_key
    for _ in range(3):
        assert Browser(scene.house).sign_in().status == 403
    assert scene.provider.asked("/keys") == 2


def test_a_provider_that_is_away_is_not_asked_by_every_visitor(scene: Scene) -> None:
    place = "/.well-known/openid-configuration"
    scene.provider.answers[place] = (500, {}, b"")
    for _ in range(5):
        assert scene.browser.get("/sign-in/provider").status == 403
    assert scene.provider.asked(place) == 1
    scene.house.clock.move(minutes=1)
    scene.provider.answers.clear()
    assert scene.browser.sign_in().status == 303


def test_each_visitor_of_a_provider_that_is_away_gets_an_error_of_their_own(scene: Scene) -> None:
    """One that is raised again and again would keep every request that it passed through."""
    scene.provider.answers["/.well-known/openid-configuration"] = (500, {}, b"")
    assert scene.house.parts.provider is not None
    errors = []
    for _ in range(2):
        with pytest.raises(ProviderError) as raised:
            scene.house.parts.provider.provider.metadata()
        errors.append(raised.value)
    first, second = errors
    assert first is not second
    assert first.problem == second.problem


def test_a_host_inside_is_asked_only_where_the_setting_allows_it(scene: Scene) -> None:
    scene.set(allow_private=False)
    reply = scene.browser.get("/sign-in/provider")
    assert reply.status == 403
    assert "oidc.allow_private" in reply.content.decode()
    assert scene.provider.seen == []
    # Another host of this machine than the one that the setting names stays closed.
    scene.set(allow_private=True)
    place = scene.provider.issuer.replace("127.0.0.1", "localhost")
    scene.provider.discovery = {"token_endpoint": f"{place}/token"}
    reply = scene.browser.sign_in()
    assert (reply.status, scene.provider.asked("/token")) == (403, 0)


def test_a_wrong_secret_names_the_settings_and_shows_in_no_log(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = "another secret of the client"
    scene.set(client_secret=wrong)
    with caplog.at_level(logging.DEBUG):
        path = scene.browser.agree(scene.browser.begin())
        page = scene.browser.get(path).content.decode()
    assert "oidc.client_id and oidc.client_secret" in page
    code = values_of(path)["code"]
    for secret in (wrong, code, scene.browser.cookies[PENDING]):
        assert secret not in caplog.text
        assert secret not in page
        assert all(secret not in str(one) for one in scene.actions())
    assert "oidc.client_secret" in caplog.text
    made = scene.house.parts.provider
    assert made is not None
    assert str(made.key) not in repr(scene.house.parts)


def test_a_refusal_of_the_provider_is_said(scene: Scene) -> None:
    state = values_of(scene.browser.begin())["state"]
    given = urlencode({"error": "access_denied<script>", "state": state})
    page = scene.browser.get(f"/sign-in/provider/return?{given}").content.decode()
    assert "access_denied&lt;script&gt;" in page
    assert scene.provider.asked("/token") == 0


def test_refusals_are_audited_and_slowed_down(scene: Scene) -> None:
    for _ in range(30):
        assert scene.browser.get("/sign-in/provider/return?state=x&code=y").status == 403
    reply = scene.browser.get("/sign-in/provider/return?state=x&code=y")
    assert (reply.status, "retry-after" in reply.headers) == (429, True)
    refused = [one for one in scene.actions() if one[0] == "sign-in.refused"]
    assert refused[0] == ("sign-in.refused", "?", "127.0.0.1 (oidc.not-asked)")
    assert len(refused) == 30


def test_signing_out_offers_to_sign_out_of_the_provider(scene: Scene) -> None:
    scene.browser.sign_in()
    reply = scene.browser.post("/sign-out")
    assert reply.headers["location"] == "/sign-in?ended=1"
    page = scene.browser.get("/sign-in?ended=1").content.decode()
    assert 'href="/sign-in/provider/end"' in page
    led = scene.browser.get("/sign-in/provider/end").headers["location"]
    assert led.startswith(f"{scene.provider.issuer}/logout?")
    assert values_of(led) == {"client_id": CLIENT, "post_logout_redirect_uri": f"{PUBLIC}/sign-in"}
    assert scene.browser.get("/account").status == 303


def test_tokens_and_passwords_go_on_beside_it(scene: Scene) -> None:
    scene.house.join("ani", "editor")
    form = urlencode({"name": "ani", "password": PASSWORD}).encode()
    assert scene.browser.post("/sign-in", form).status == 303
    ani = scene.house.accounts.directory.find("ani")
    _, secret = scene.house.accounts.tokens.add(ani, "x", ["read"], None)
    reply = scene.house.client.ask(
        "GET", "/api/v1/alerts", headers={"authorization": f"Bearer {secret}"}
    )
    assert reply.status == 200


def test_a_person_of_the_provider_has_no_password_to_guess(scene: Scene) -> None:
    scene.browser.sign_in()
    for given in ("", "None", PASSWORD):
        form = urlencode({"name": "sari", "password": given}).encode()
        assert Browser(scene.house).post("/sign-in", form).status == 403
    assert 'action="/account/password"' not in scene.browser.get("/account").content.decode()
