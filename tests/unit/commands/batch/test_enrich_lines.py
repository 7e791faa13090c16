"""The output of `pantau enrich` for any article: offsets, order, names, given fields."""

import json
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pantau.commands.batch.enrich import _prepared, enrich_line
from pantau.common.files.batch_articles import BatchArticle, read_batch_articles
from pantau.common.files.jsonlines import Complaints, dump_line
from pantau.enricher import Enricher, build_enricher

ADDED = ["lang", "people", "organizations", "places", "place_codes", "entity_ids", "roles",
    "quotes",
         "entities", "dates", "quotations",
         "boilerplate", "fingerprint", "enricher_version"]  # fmt: skip
LISTS = {"person": "people", "organization": "organizations", "place": "places"}


@pytest.fixture(scope="module")
def enricher() -> Enricher:
    return build_enricher()


def _enrich(enricher: Enricher, tmp_path: Path, *objects: dict[str, Any]) -> list[dict[str, Any]]:
    path = tmp_path / "articles.jsonl"
    path.write_bytes(b"".join(map(dump_line, objects)))
    with path.open("rb") as stream:
        return [
            json.loads(dump_line(enrich_line(enricher, one)))
            for one in read_batch_articles(stream, "f", Complaints(None))
        ]


def _check(given_: dict[str, Any], out: dict[str, Any]) -> None:
    kept = [name for name in given_ if name not in ADDED or (name == "lang" and given_["lang"])]
    assert [name for name in out if name in kept] == kept
    assert {name: out[name] for name in kept} == {name: given_[name] for name in kept}
    assert set(out) - {"service"} == (set(given_) | set(ADDED)) - {"service"}
    spans: list[tuple[str, int, int]] = []
    for entity in out["entities"]:
        mentions = [(one["field"], one["start"], one["end"]) for one in entity["mentions"]]
        assert mentions
        assert mentions == sorted(mentions, key=lambda one: (one[0] != "title", one[1]))
        for field, start, end in mentions:
            text = out[field]
            assert 0 <= start < end <= len(text)
            assert text[start:end] == text[start:end].strip()
        spans += mentions
    assert all(a[0] != b[0] or a[2] <= b[1] for a, b in pairwise(sorted(spans)))
    for name in ("dates", "quotations", "boilerplate"):
        for one in out[name]:
            assert 0 <= one["start"] < one["end"] <= len(out[one["field"]])
    assert out["quotes"] == [
        out[one["field"]][one["start"] : one["end"]]
        for one in out["quotations"]
        if one["kind"] == "direct"
    ]
    for kind, name in LISTS.items():
        entities = [e for e in out["entities"] if e["type"] == kind]
        normal = list(dict.fromkeys(e["name"] for e in entities))
        assert out[name][: len(normal)] == normal
        assert {alias for e in entities for alias in e["aliases"]} <= set(out[name])
    assert out["entity_ids"] == list(dict.fromkeys(e["id"] for e in out["entities"] if "id" in e))


WORDS = ["Ketua", "KPK", "Bambang", "Wirawan", "Dr.", "Siti", "Komjen", "Pol", "di", "Bali",
    "Jakarta", "Badan Nasional (BNN)", "BNN", "Menteri",
         "yang", "kata", "the", "President", "Joko Widodo", "New York", "PT", "Tbk", "\U0001f600",
         "e\u0301", "\u200d", "\ud800", "\n", ".", ",", '"', "(", ")", "\u2028", "\r", "İ", "ß",
         "Editor : Budi", "Baca juga: X", "ANTARA", "-", "'s",
         "\u00a0", "PBB", "Indonesia"]  # fmt: skip
TEXTS = st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join) | st.lists(
    st.sampled_from(WORDS), max_size=12
).map("".join)


@settings(max_examples=150, deadline=None)
@given(TEXTS, TEXTS | st.text(st.characters(categories=None), max_size=60))
def test_any_article(enricher: Enricher, title: str, text: str) -> None:
    for body in ({"title": title, "text": text}, {"text": title, "title": text, "lang": "id"}):
        given_ = {"id": "1", **body}
        (article,) = read_batch_articles(_Lines([dump_line(given_)]), "f", Complaints(None))  # type: ignore[arg-type]  # reads lines alone
        _check(given_, json.loads(dump_line(enrich_line(enricher, article))))


class _Lines:
    """Lines in memory, read as a file is."""

    def __init__(self, lines: list[bytes]) -> None:
        self._lines = iter(lines)

    def readline(self, _limit: int) -> bytes:
        return next(self._lines, b"")


def test_given_fields_keep_their_values_and_order(enricher: Enricher, tmp_path: Path) -> None:
    given_ = {
        "x": [1, {"y": None}],
        "lang": "xx",
        "text": "Warga tiba di Bali kemarin.",
        "id": "1",
        "published": "kemarin",
        "title": None,
        "é": 1.5,
    }
    (out,) = _enrich(enricher, tmp_path, given_)
    assert list(out)[: len(given_)] == list(given_)
    assert set(out) == {*given_, *ADDED}
    assert {name: out[name] for name in given_} == given_
    assert out["places"][0] == "Bali"


def test_enriching_again_changes_nothing(enricher: Enricher, tmp_path: Path) -> None:
    first = _enrich(
        enricher,
        tmp_path,
        {"id": "1", "title": "KPK di Bali", "text": "Ketua KPK Bambang Wirawan tiba."},
    )
    assert _enrich(enricher, tmp_path, *first) == first


def test_what_was_given_as_names_is_found_anew(enricher: Enricher, tmp_path: Path) -> None:
    (out,) = _enrich(
        enricher, tmp_path, {"id": "1", "text": "Tiba di Bali.", "people": ["X"], "entities": 5}
    )
    assert (out["people"], out["places"][0], len(out["entities"])) == ([], "Bali", 1)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"title": "", "text": ""},
        {"text": None},
        {"text": "Editor : Budi Santoso"},
        {"text": " \n\t "},
    ],
)
def test_articles_that_say_nothing(
    enricher: Enricher, tmp_path: Path, body: dict[str, Any]
) -> None:
    given_ = {"id": "1", **body}
    (out,) = _enrich(enricher, tmp_path, given_)
    _check(given_, out)
    assert out["entities"] == []


def test_news_of_others(enricher: Enricher, tmp_path: Path, shared_data: Path) -> None:
    lines = (shared_data / "news" / "sample.jsonl").read_text("utf-8").splitlines()[::60]
    given_ = [{"id": str(number), **json.loads(line)} for number, line in enumerate(lines)]
    for number, one in enumerate(given_):
        if number % 2:
            del one["lang"]
            one["title"] = "\U0001f600e\u0301 " + one["title"]
    for one, out in zip(given_, _enrich(enricher, tmp_path, *given_), strict=True):
        _check(one, out)


def test_a_group_of_articles_is_read_at_once_and_yielded_in_order(
    enricher: Enricher, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = [
        BatchArticle(str(number), {"title": f"Berita {number}", "lang": "id"}, {})
        for number in range(5)
    ]
    read: list[list[str]] = []
    monkeypatch.setattr(
        enricher, "prepare", lambda given_: read.append([one.title for one in given_])
    )
    assert list(_prepared(enricher, iter(articles), 2)) == articles
    assert read == [["Berita 0", "Berita 1"], ["Berita 2", "Berita 3"]]


def test_articles_of_a_group_are_enriched_as_one_by_one(enricher: Enricher) -> None:
    texts = (
        "Ketua KPK Bambang Wirawan tiba di Bali, Senin (2/3).\n(Baca juga: Harga beras)",
        "Jane Roe said on Friday that Acme\u00a0Corp would leave London.",
        "",
    )
    articles = [
        BatchArticle(str(number), {"title": "KPK Tahan Dua Orang", "text": text, "lang": lang}, {})
        for number, (text, lang) in enumerate(product(texts, ("", "id", "en")))
    ]
    alone = [enrich_line(enricher, one) for one in articles]
    assert [enrich_line(enricher, one) for one in _prepared(enricher, iter(articles), 4)] == alone
    assert any(one["people"] for one in alone)
