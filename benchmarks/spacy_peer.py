"""The best engine that can be installed, beside ours: spaCy, trained on the same sentences.

    python -m benchmarks.spacy_peer [SHARED_DATA] [--epochs 10]      (or the variable PANTAU_SHARED)

No package index has a model of Indonesian names, so spaCy's own `ner` (hash embeddings, four
convolutions) is trained from nothing on the corpora that `make model` reads, with its default
settings, and measured through the same product as `ner_f1.py` does.
"""

import argparse
import os
import random
import sys
import tempfile
from pathlib import Path

import spacy
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import fix_random_seed, minibatch

from benchmarks.ner_f1 import report
from pantau.enricher import build_enricher
from pantau.settings import EnrichSettings, SpacySettings
from training.corpora import load
from training.lessons import names

BATCH = 64
DROPOUT = 0.2


def train(shared: Path, lang: str, corpora: tuple[str, ...], epochs: int, folder: Path) -> Path:
    """Train a pipeline, and return its folder."""
    fix_random_seed(0)
    chance = random.Random(0)  # noqa: S311 (the order of sentences)
    pipeline = spacy.blank(lang)
    pipeline.add_pipe("ner")
    examples = []
    for sentence in (one for name in corpora for one in load(shared, name)):
        words, tags = list(sentence.tokens), list(sentence.tags)
        if words:
            examples.append(
                Example(
                    Doc(pipeline.vocab, words=words), Doc(pipeline.vocab, words=words, ents=tags)
                )
            )
    optimizer = pipeline.initialize(lambda: examples)
    for epoch in range(epochs):
        chance.shuffle(examples)
        losses: dict[str, float] = {}
        for batch in minibatch(examples, BATCH):
            pipeline.update(batch, sgd=optimizer, drop=DROPOUT, losses=losses)
        print(f"{lang} {epoch + 1} of {epochs}: loss {losses['ner']:,.0f}", file=sys.stderr)
    pipeline.to_disk(folder / lang)
    return folder / lang


def main() -> None:
    """Train both pipelines and print their figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "shared", type=Path, nargs="?", default=os.environ.get("PANTAU_SHARED", "../shared/data")
    )
    parser.add_argument("--epochs", type=int, default=10)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        models = {
            lang: str(
                train(
                    given.shared, lang, names(hold_out=True, lang=lang), given.epochs, Path(scratch)
                )
            )
            for lang in ("id", "en")
        }
        enricher = build_enricher("spacy", EnrichSettings(spacy=SpacySettings(models=models)))
        report(enricher, given.shared, None)


if __name__ == "__main__":
    main()
