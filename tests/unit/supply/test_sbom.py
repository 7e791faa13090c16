import json

import pytest

from scripts.locked import SERVICE, Package, read_lock
from scripts.sbom import write


@pytest.fixture(scope="module")
def packages() -> list[Package]:
    return read_lock(SERVICE)


def test_it_lists_every_locked_package_with_hashes_and_licence(
    packages: list[Package], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772438400")

    document = json.loads(write(packages))  # checks itself against the schema

    assert document["specVersion"] == "1.6"
    assert {one["purl"] for one in document["components"]} == {package.purl for package in packages}
    for component in document["components"]:
        assert component["licenses"], component["name"]
        assert component["externalReferences"][0]["hashes"], component["name"]
    assert document["metadata"]["timestamp"].startswith("2026-03-02")


def test_it_tells_what_depends_on_what(packages: list[Package]) -> None:
    document = json.loads(write(packages))

    needed = {one["ref"]: one.get("dependsOn", []) for one in document["dependencies"]}

    names = {one.removeprefix("pkg:pypi/").partition("@")[0] for one in needed["pantau"]}
    assert {"feedparser", "h11", "kafka-python", "elasticsearch"} <= names


@pytest.mark.parametrize("needed", ["joserfc", "mcp", "pillow", "python-docx", "typst"])
def test_the_image_has_what_its_console_offers(packages: list[Package], needed: str) -> None:
    """The image has no pip: what the documents offer beside `pip install` must be in it."""
    assert needed in {one.name for one in packages}


def test_the_same_lock_gives_the_same_document(
    packages: list[Package], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")

    assert write(packages) == write(list(reversed(packages)))
