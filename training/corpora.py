"""Labelled sentences: corpora with unified types, tokenized like the engine."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pantau.enricher.ner.trained.tokens import tokenize

Span = tuple[int, int, str]
TYPES: Final = {
    "PER": "PER",
    "person": "PER",
    "PERSON": "PER",
    "ORG": "ORG",
    "ORGANISATION": "ORG",
    "corporation": "ORG",
    "group": "ORG",
    "LOC": "LOC",
    "location": "LOC",
    "PLACE": "LOC",
    # CrossNER's finer types
    **dict.fromkeys(("politician", "writer", "musicalartist", "scientist", "researcher"), "PER"),
    **dict.fromkeys(("organisation", "politicalparty", "university", "band"), "ORG"),
    "country": "LOC",
}
DEMONYMS: Final = frozenset(
    [
        "russian",
        "israeli",
        "australian",
        "iraqi",
        "ukrainian",
        "european",
        "british",
        "french",
        "indonesian",
        "scottish",
        "victorian",
        "malaysian",
        "american",
        "canadian",
        "german",
        "italian",
        "spanish",
        "chinese",
        "japanese",
        "korean",
        "indian",
        "pakistani",
        "afghan",
        "iranian",
        "syrian",
        "egyptian",
        "turkish",
        "greek",
        "dutch",
        "swedish",
        "norwegian",
        "danish",
        "finnish",
        "polish",
        "czech",
        "hungarian",
        "romanian",
        "bulgarian",
        "serbian",
        "croatian",
        "swiss",
        "austrian",
        "belgian",
        "portuguese",
        "brazilian",
        "mexican",
        "argentine",
        "argentinian",
        "chilean",
        "cuban",
        "irish",
        "welsh",
        "english",
        "african",
        "asian",
        "arab",
        "thai",
        "vietnamese",
        "filipino",
        "palestinian",
        "lebanese",
        "jordanian",
        "saudi",
        "kuwaiti",
        "yemeni",
        "nigerian",
        "kenyan",
        "ethiopian",
        "somali",
        "sudanese",
        "libyan",
        "tunisian",
        "moroccan",
        "algerian",
        "ghanaian",
        "singaporean",
        "aussie",
        "brit",
        "brits",
        "americans",
        "chechen",
        "kurdish",
        "islamic",
        "jewish",
        "catalan",
        "basque",
        "crimean",
        "siberian",
        "parisian",
    ]
)
"""Words that one corpus labels as places, and the others do not."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens of the engine, with tags such as B-PER, I-PER, O."""

    tokens: tuple[str, ...]
    tags: tuple[str, ...]

    def __add__(self, other: "Sentence") -> "Sentence":
        return Sentence(self.tokens + other.tokens, self.tags + other.tags)


@dataclass(frozen=True, slots=True)
class Corpus:
    """Files of labelled words below the folder of data.

    A pattern of paths, the columns of word and tag.
    """

    pattern: str
    lang: str
    word: int = 0
    tag: int = -1
    social: bool = False


CORPORA: Final = {
    "idner": Corpus("ner/idner-news-2k/train.txt", "id"),
    "nergrit": Corpus("ner/nergrit/train_preprocess.txt", "id"),
    "wikigold": Corpus("ner/open-en/wikigold.conll.txt", "en"),
    "wnut": Corpus("ner/open-en/wnut17train.conll", "en"),
    "btc": Corpus("ner/open-en/btc/*.conll", "en", social=True),
    "pud": Corpus("ner/open-en/pud/en_pud.iob2", "en", 1, 2),
    "crossner": Corpus("ner/open-en/crossner/*.txt", "en"),
    "idner-dev": Corpus("ner/idner-news-2k/dev.txt", "id"),
    "nergrit-dev": Corpus("ner/nergrit/valid_preprocess.txt", "id"),
    "ewt-dev": Corpus("ner/open-en/en_ewt-ud-dev.iob2", "en", 1, 2),
}


def load(root: Path, name: str) -> list[Sentence]:
    """Read a corpus of `CORPORA` below `root`. Raises OSError if it is not there."""
    corpus = CORPORA[name]
    paths = sorted(root.glob(corpus.pattern))
    if not paths:
        msg = (
            f"no labelled data at {root / corpus.pattern}: set PANTAU_SHARED to the folder that "
            "holds ner/"
        )
        raise FileNotFoundError(msg)
    sentences: list[Sentence] = []
    for path in paths:
        for words in _rows(path, corpus):
            spans = _spans(words)
            sentences.append(
                _cut(words, _without_handles(words, spans) if corpus.social else spans)
            )
    return sentences


def _rows(path: Path, corpus: Corpus) -> Iterator[list[tuple[str, str]]]:
    words: list[tuple[str, str]] = []
    for line in path.read_text("utf-8").split("\n"):
        if line.startswith("# ") and path.suffix == ".iob2":
            continue
        columns = line.split("\t") if "\t" in line else line.split()
        if len(columns) > 1:
            words.append((columns[corpus.word].replace(" ", "\u00a0"), columns[corpus.tag]))
        elif words:
            yield words
            words = []
    if words:
        yield words


def _spans(words: list[tuple[str, str]]) -> list[Span]:
    """Return names as (first word, end, type); a tag I- without its B- begins one."""
    found: list[Span] = []
    start, kind = 0, ""
    for at, (_, tag) in enumerate([*words, ("", "O")]):
        mark, _, name = tag.partition("-")
        if kind and (mark != "I" or name != kind):
            if kind in TYPES:
                found.append((start, at, TYPES[kind]))
            kind = ""
        if mark in {"B", "I"} and not kind:
            start, kind = at, name
    return found


def _without_handles(words: list[tuple[str, str]], spans: list[Span]) -> list[Span]:
    """Remove names of accounts, marks before names, and demonyms.

    These are peculiar to one corpus.
    """
    kept: list[Span] = []
    for start, end, kind in spans:
        first = words[start][0]
        if first.startswith("@") or (start and words[start - 1][0] == "@"):
            continue
        if kind == "LOC" and end - start == 1 and first.lower().lstrip("#") in DEMONYMS:
            continue
        low = start + (first == "#")
        if low < end:
            kept.append((low, end, kind))
    return kept


def _cut(words: list[tuple[str, str]], spans: list[Span]) -> Sentence:
    """Join the words by spaces, and tokenize the text like the engine."""
    text, starts, ends = "", [], []
    for word, _ in words:
        starts.append(len(text))
        text += word
        ends.append(len(text))
        text += " "
    tokens, lows, highs = tokenize(text)
    tags = ["O"] * len(tokens)
    for first, last, kind in spans:
        mark = "B-"
        for index, (low, high) in enumerate(zip(lows, highs, strict=True)):
            if low < ends[last - 1] and high > starts[first] and tokens[index] != "#":
                tags[index] = mark + kind
                mark = "I-"
    return Sentence(tuple(tokens), tuple(tags))
