"""Which account a person of the provider has, and with which role."""

from typing import Any

import pytest

from pantau.console.identity import COOKIE as SESSION
from pantau.errors import UsageError
from pantau.usecases.accounts.oidc.claims import numbered, plain_name
from tests.unit.accounts.oidc.conftest import Browser, Scene


def test_an_account_of_the_same_name_is_another_persons_unless_a_setting_says_so(
    scene: Scene,
) -> None:
    sari = scene.house.join("sari", "editor", "kebun")
    assert scene.browser.sign_in().status == 303
    assert {one.name for one in scene.house.accounts.directory.all()} == {"sari", "sari-2"}
    assert scene.house.accounts.directory.find("sari") == sari


def test_an_account_is_matched_by_its_exact_name_and_once(scene: Scene) -> None:
    sari = scene.house.join("sari", "editor", "kebun")
    scene.set(match_accounts=True)
    assert scene.browser.sign_in().status == 303
    linked = scene.house.accounts.directory.find("sari")
    assert (linked.account_id, linked.role) == (sari.account_id, "editor")
    assert ("accounts.linked", "sari", "sari <- 127.0.0.1") in scene.actions()
    scene.provider.claims["sub"] = "somebody-else"
    reply = Browser(scene.house).sign_in()
    assert (reply.status, "belongs to another person" in reply.content.decode()) == (403, True)


def test_a_person_of_the_provider_has_one_account_however_they_race(scene: Scene) -> None:
    """Each step looked before; what it saw may have changed until it writes."""
    directory = scene.house.accounts.directory
    budi, ani = scene.house.join("budi", "reader"), scene.house.join("ani", "reader")
    sari = directory.add_known("sari", "reader", "a" * 26)
    with pytest.raises(UsageError, match="sari"):
        directory.add_known("sari-2", "reader", "a" * 26)
    with pytest.raises(UsageError, match="sari"):
        directory.link(budi, "a" * 26)
    directory.link(ani, "b" * 26)
    with pytest.raises(UsageError, match="ani"):
        directory.link(ani, "c" * 26)
    known = {one.name: one.identity for one in directory.all()}
    assert known == {"ani": "b" * 26, "budi": None, "sari": sari.identity}


@pytest.mark.parametrize("name", ["sari@evil.example", "Sari", " sari!", "SÁRI"])
def test_a_name_that_only_resembles_that_of_an_account_gets_another_one(
    scene: Scene, name: str
) -> None:
    sari = scene.house.join("sari", "admin")
    scene.set(match_accounts=True)
    scene.provider.claims["preferred_username"] = name
    assert scene.browser.sign_in().status == 303
    assert scene.house.accounts.directory.find("sari") == sari
    assert scene.house.accounts.directory.find("sari-2").role == "reader"


def test_without_an_account_nobody_gets_in_where_none_is_created(scene: Scene) -> None:
    scene.set(create_accounts=False)
    reply = scene.browser.sign_in()
    assert (reply.status, SESSION in scene.browser.cookies) == (403, False)
    assert "oidc.create_accounts" in reply.content.decode()


def test_a_disabled_account_stays_out_and_a_removed_one_owns_nothing(scene: Scene) -> None:
    scene.browser.sign_in()
    directory = scene.house.accounts.directory
    first = directory.find("sari")
    directory.change(first, disabled=True)
    assert Browser(scene.house).sign_in().status == 403
    assert scene.browser.get("/account").status == 303
    directory.remove(first)
    assert Browser(scene.house).sign_in().status == 303
    assert directory.find("sari").account_id != first.account_id


@pytest.mark.parametrize(
    ("claims", "role"),
    [
        ({"groups": ["staff", "redaksi"]}, "editor"),
        ({"groups": "redaksi"}, "editor"),
        ({"groups": ["redaksi", "pantau-admin"]}, "admin"),
        ({"groups": ["pantau-reader"]}, "reader"),
        ({"groups": []}, None),
        ({"groups": ["Redaksi"]}, None),
        ({"groups": {"redaksi": True}}, None),
        ({"groups": [["redaksi"]]}, None),
        ({}, None),
    ],
)
def test_a_claim_says_the_role(scene: Scene, claims: dict[str, Any], role: str | None) -> None:
    scene.set(role_claim="groups", editor_values=["redaksi"], default_role="none")
    scene.provider.claims.update(claims)
    reply = scene.browser.sign_in()
    if role is None:
        assert (reply.status, scene.house.accounts.directory.all()) == (403, [])
        assert "oidc.role_claim" in reply.content.decode()
    else:
        assert scene.house.accounts.directory.find("sari").role == role


def test_the_role_follows_a_claim_inside_another_at_each_sign_in(scene: Scene) -> None:
    scene.set(role_claim="realm_access.roles")
    scene.provider.claims["realm_access"] = {"roles": ["pantau-editor"]}
    scene.browser.sign_in()
    assert scene.house.accounts.directory.find("sari").role == "editor"
    scene.provider.claims["realm_access"] = {"roles": []}
    Browser(scene.house).sign_in()
    assert scene.house.accounts.directory.find("sari").role == "reader"
    assert ("accounts.changed", "sari", "sari (reader) <- 127.0.0.1") in scene.actions()


def test_the_last_administrator_stays_one_whatever_the_claim_says(scene: Scene) -> None:
    scene.set(role_claim="groups")
    scene.provider.claims["groups"] = ["pantau-admin"]
    scene.browser.sign_in()
    scene.provider.claims["groups"] = []
    assert Browser(scene.house).sign_in().status == 303
    assert scene.house.accounts.directory.find("sari").role == "admin"


def test_without_a_claim_administrators_set_the_role(scene: Scene) -> None:
    scene.set(default_role="editor")
    scene.browser.sign_in()
    directory = scene.house.accounts.directory
    assert directory.find("sari").role == "editor"
    directory.change(directory.find("sari"), role="reader")
    Browser(scene.house).sign_in()
    assert directory.find("sari").role == "reader"


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ("sari", "sari"),
        ("Sari.Dewi@kabar.example", "sari.dewi"),
        ("  José Ñandú ", "jose-nandu"),
        ("..--..", "person"),
        ("", "person"),
        ("\u0645\u062d\u0645\u062f", "person"),
        ("@kabar.example", "person"),
        ("a" * 90, "a" * 40),
        ("x\x00y\nz", "x-y-z"),
        ("../../etc", "etc"),
    ],
)
def test_a_name_is_made_that_an_account_can_have(given: str, made: str) -> None:
    assert plain_name(given) == made
    assert len(numbered(made, 2)) <= 40
