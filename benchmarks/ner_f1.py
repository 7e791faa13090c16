"""Span F1 of the enricher on labelled development sets.

Exact spans and types, seqeval's definition.

    python benchmarks/ner_f1.py [SHARED_DATA] [--engine NAME ...] [--errors SET]
    python benchmarks/ner_f1.py [SHARED_DATA] --model FILE [--english FILE] [--errors SET]
    (or the variable PANTAU_SHARED)

The networks that ship have learnt from the development sets, so their figures here say little.
Measure those that have not:

    python -m training.train --hold-out --target held-out.npz
    python -m training.train --hold-out --recipe english --target english.npz
    python benchmarks/ner_f1.py --model held-out.npz --english english.npz

Each sentence is given to the engine as a text of its own, its words joined by single spaces; a span
counts if its first and last word and its type agree. Types are person, organisation, place; others
are not counted.
"""

import argparse
import json
import os
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

from pantau.enricher import Enricher, build_enricher
from pantau.enricher.build import DEFAULT_ENGINE
from pantau.enricher.language.langid import Langid
from pantau.enricher.lexicon.gazetteer import load_gazetteer
from pantau.enricher.ner.trained.convolutional import ConvolutionalEngine
from pantau.enricher.ner.trained.network import Network

KINDS: Final = {"PER": "PER", "ORG": "ORG", "LOC": "LOC", "PLA": "LOC"}
TYPES: Final = {"person": "PER", "organization": "ORG", "place": "LOC"}

SAMPLED: Final = 10
"""Every so many articles of the news sample are timed."""

Span = tuple[int, int, str]


@dataclass(frozen=True)
class LabelledSet:
    """A file of labelled words: columns of word and tag, comment mark, language."""

    path: str
    word: int
    tag: int
    lang: str


SETS: Final = {
    "idner-news-2k dev": LabelledSet("ner/idner-news-2k/dev.txt", 0, -1, "id"),
    "NERGrit dev": LabelledSet("ner/nergrit/valid_preprocess.txt", 0, -1, "id"),
    "EWT dev": LabelledSet("ner/open-en/en_ewt-ud-dev.iob2", 1, 2, "en"),
    "idner-news-2k train": LabelledSet("ner/idner-news-2k/train.txt", 0, -1, "id"),
    "NERGrit train": LabelledSet("ner/nergrit/train_preprocess.txt", 0, -1, "id"),
}


@dataclass
class Score:
    """Counts of spans by type."""

    right: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)

    def f1(self, kind: str | None = None) -> tuple[float, float, float]:
        """Return precision, recall and F1 of a type, or of all together (micro)."""
        right, found, wanted = (
            counts[kind] if kind else counts.total()
            for counts in (self.right, self.found, self.wanted)
        )
        precision, recall = right / found if found else 0.0, right / wanted if wanted else 0.0
        total = precision + recall
        return precision, recall, 2 * precision * recall / total if total else 0.0


def read(path: Path, layout: LabelledSet) -> list[list[tuple[str, str]]]:
    """Return the sentences of a file as (word, tag)."""
    sentences: list[list[tuple[str, str]]] = [[]]
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("# "):
            continue
        columns = line.split("\t") if "\t" in line else line.split()
        if len(columns) < 2:
            sentences.append([])
        else:
            sentences[-1].append((columns[layout.word].replace(" ", "\u00a0"), columns[layout.tag]))
    return [sentence for sentence in sentences if sentence]


def gold(sentence: list[tuple[str, str]]) -> set[Span]:
    """Return the labelled spans, in words; a tag I- without its B- begins one, as in seqeval."""
    spans, start, kind = set(), 0, ""
    for at, (_, tag) in enumerate([*sentence, ("", "O")]):
        mark, _, name = tag.partition("-")
        if kind and (mark != "I" or name != kind):
            if kind[:3] in KINDS:
                spans.add((start, at, KINDS[kind[:3]]))
            kind = ""
        if mark in {"B", "I"} and not kind:
            start, kind = at, name
    return spans


def predict(enricher: Enricher, sentence: list[tuple[str, str]], lang: str) -> set[Span]:
    """Return the spans that the enricher finds, in words."""
    text, starts = "", []
    for word, _ in sentence:
        starts.append(len(text))
        text += word + " "
    spans = set()
    for entity in enricher.entities("", text[:-1], lang, []):
        for one in entity.mentions:
            inside = [
                at
                for at, start in enumerate(starts)
                if start < one.end and one.start < start + len(sentence[at][0])
            ]
            spans.add((inside[0], inside[-1] + 1, TYPES[entity.type]))
    return spans


def measure(
    enricher: Enricher, sentences: list[list[tuple[str, str]]], lang: str, *, show: bool = False
) -> Score:
    """Compare the found spans with the labels."""
    score = Score()
    for sentence in sentences:
        wanted, found = gold(sentence), predict(enricher, sentence, lang)
        score.wanted.update(kind for _, _, kind in wanted)
        score.found.update(kind for _, _, kind in found)
        score.right.update(kind for _, _, kind in wanted & found)
        if show and wanted != found:
            words = [word for word, _ in sentence]
            print(" ".join(words))
            for mark, spans in (("  missed", wanted - found), ("  false ", found - wanted)):
                for start, end, kind in sorted(spans):
                    print(mark, kind, " ".join(words[start:end]))
    return score


def milliseconds(enricher: Enricher, shared: Path) -> float | None:
    """Return the CPU time per article for its entities alone, once words are cached."""
    path = shared / "news" / "sample.jsonl"
    if not path.exists():
        return None
    articles = [json.loads(line) for line in path.read_text("utf-8").splitlines()[::SAMPLED]]
    taken = 0.0
    for _ in range(2):  # the second run counts
        started = time.process_time()
        for article in articles:
            enricher.entities(article["title"], article["text"], article["lang"])
        taken = time.process_time() - started
    return 1_000 * taken / len(articles)


def report(enricher: Enricher, shared: Path, errors: str | None) -> None:
    """Print the figures of an engine: all sets of development, or one with its errors."""
    for name, layout in SETS.items():
        if (errors is None and "train" in name) or (errors not in {None, name}):
            continue
        sentences = read(shared / layout.path, layout)
        score = measure(enricher, sentences, layout.lang, show=errors == name)
        cells = (
            f"{kind or 'all'} {'/'.join(f'{x:.3f}' for x in score.f1(kind))}"
            for kind in (None, "PER", "ORG", "LOC")
        )
        print(f"{enricher.version:10} {name:22}", "  ".join(cells), flush=True)
    took = None if errors else milliseconds(enricher, shared)
    if took is not None:
        print(
            f"{enricher.version:10} {took:.2f} ms an article, {1_000 / took:,.0f} articles/s on "
            "one core"
        )


def main() -> None:
    """Print a table of engines and sets, or the errors of one."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "shared", type=Path, nargs="?", default=os.environ.get("PANTAU_SHARED", "../shared/data")
    )
    parser.add_argument("--engine", action="append", help="default: the default one and rules")
    parser.add_argument(
        "--model", type=Path, help="measure this file of the default engine instead"
    )
    parser.add_argument(
        "--english", type=Path, help="with --model: let this file of the engine read English"
    )
    parser.add_argument(
        "--errors", choices=sorted(SETS), help="print each sentence of this set that is not right"
    )
    arguments = parser.parse_args()
    print("precision / recall / F1")
    rules = not arguments.errors
    for enricher in enrichers(arguments.engine, arguments.model, arguments.english, rules=rules):
        report(enricher, Path(arguments.shared), arguments.errors)


def enrichers(
    names: list[str] | None, model: Path | None, english: Path | None, *, rules: bool
) -> Iterator[Enricher]:
    """Yield the requested ones; else the default one, and optionally the rules."""
    if model is not None:
        second = partial(Network.load, english) if english is not None else None
        engine = ConvolutionalEngine(Network.load(model), load_gazetteer(), second)
        yield Enricher(engine, Langid(), load_gazetteer())
        return
    for name in names or [DEFAULT_ENGINE, *(["rules"] if rules else [])]:
        yield build_enricher(name)


if __name__ == "__main__":
    main()
