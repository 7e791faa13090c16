"""From news to silver, but for the teacher that needs torch: its opinion is on file here."""

import json
from pathlib import Path

import numpy as np

from tests.unit.training.corpus_files import write_corpora
from training.distil import NEWS, Order, join, make_crf, news_parts
from training.silver import LABELS, Silver, read_silver, write_silver

TEXT = {
    "id": "Menurut Siti Aminah , banjir di Garut surut",
    "en": "Menurut Agus Salim floods left Medan",
}


def write_news(path: Path) -> None:
    path.parent.mkdir(parents=True)
    articles = [{"lang": "id" if at % 3 else "en", "number": at} for at in range(60)]
    lines = [
        json.dumps(one | {"title": "", "text": f"{TEXT[str(one['lang'])]} {one['number']}"})
        for one in articles
    ]
    path.write_text(
        "\n".join([*lines, json.dumps({"lang": "ms", "text": TEXT["id"]})]), encoding="utf-8"
    )


def test_parts_are_fair_and_lose_no_article(tmp_path: Path) -> None:
    write_news(tmp_path / NEWS)
    parts = news_parts(tmp_path / NEWS)
    assert {len(part.sentences) for part in parts} == {5}
    assert sorted(int(one[-1]) for part in parts for one in part.sentences) == list(range(60))
    assert sum(part.langs.count("en") for part in parts) == 20
    assert all(
        ("Aminah" in one) == (lang == "id")
        for p in parts
        for one, lang in zip(p.sentences, p.langs, strict=True)
    )
    assert [part.sentences for part in news_parts(tmp_path / NEWS)] == [
        part.sentences for part in parts
    ]


def test_silver_is_what_both_teachers_say(tmp_path: Path) -> None:
    write_corpora(tmp_path)
    order = Order(tmp_path, tmp_path / "work", hold_out=True)
    make_crf(order)
    tokens = TEXT["id"].split()
    unsure = np.full((len(tokens), len(LABELS)), 1 / len(LABELS), np.float32)
    sure = np.eye(len(LABELS), dtype=np.float32)[[LABELS.index("B-ORG")] * len(tokens)]
    source, target = order.parts("teacher")[0], order.parts("silver")[0]
    assert source.parent.name == "held-out"
    write_silver(source, Silver([tokens, tokens], ["id", "id"], [unsure, sure]))
    join(order, source, target)
    silver = read_silver(target)
    best = [[LABELS[number] for number in rows.argmax(axis=1)] for rows in silver.probabilities]
    assert best[0] == ["O", "B-PER", "I-PER", "O", "O", "O", "B-LOC", "O"]
    assert best[1] == ["B-ORG"] * len(tokens)
    assert silver.sentences == [tokens, tokens]
