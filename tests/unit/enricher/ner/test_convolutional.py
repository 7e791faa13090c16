"""The trained engine: exact decoding, determinism, hostile texts, model file, minimum F1."""

import functools
import itertools
import random
import zipfile
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.ner_f1 import SETS, measure, read
from pantau.enricher import Enricher, build_enricher
from pantau.enricher.ner.engine import Mention, Passage
from pantau.enricher.ner.trained.convolutional import (
    ENGLISH_MODEL,
    MODEL,
    VERSION,
    load_convolutional,
)
from pantau.enricher.ner.trained.features import LONGEST, Book, shape, word_features
from pantau.enricher.ner.trained.network import (
    BLOCK,
    MOST,
    MOST_ROWS,
    NEAR,
    REACH,
    Network,
    _load_wordbook,
)
from pantau.enricher.ner.trained.tokens import BREAK, tokenize
from pantau.enricher.ner.trained.viterbi import Steps, best_labels, best_path
from pantau_schemas.events.article import TEXT_LIMIT
from tests.cost import assert_linear, repeated

LARGEST = 4_000_000  # bytes of a model
ENGINE = load_convolutional()
FILES = tuple(
    Path(str(files("pantau.enricher").joinpath("data", name))) for name in (MODEL, ENGLISH_MODEL)
)


load = functools.cache(Network.load)


@pytest.fixture
def network() -> Network:
    return load(FILES[0])


def brute_force(scores: np.ndarray, table: np.ndarray) -> float:
    """Return the score of the best labels, trying every label at every token."""
    types = (len(table) - 1) // 2
    before = np.full(len(table), -np.inf)
    before[0] = 0.0
    for row in scores:
        allowed = table.astype(np.float64).copy()
        for kind in range(types):
            to = 1 + types + kind
            for origin in range(len(table)):
                if origin not in {1 + kind, to}:
                    allowed[origin, to] = -np.inf
        before = (before[:, None] + allowed).max(axis=0) + row
    return float((before + table[:, 0]).max())


def worth(labels: list[int], scores: np.ndarray, table: np.ndarray) -> float:
    path = [0, *labels, 0]
    steps = sum(float(table[a, b]) for a, b in itertools.pairwise(path))
    return steps + sum(float(scores[at, label]) for at, label in enumerate(labels))


@settings(max_examples=200, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), length=st.integers(1, 30), lead=st.floats(0, 6))
def test_what_is_left_out_is_never_on_the_best_path(seed: int, length: int, lead: float) -> None:
    chance = np.random.default_rng(seed)
    scores = chance.normal(0, 3, (length, 7)).astype(np.float32)
    scores[:, 0] += lead
    table = chance.normal(0, 3, (7, 7)).astype(np.float32)
    steps = Steps.of(table)
    labels = best_labels(scores, steps)
    assert worth(labels, scores, table) == pytest.approx(brute_force(scores, table), abs=1e-3)


def test_every_type_left_gives_the_same_labels_on_text(network: Network) -> None:
    text = (
        "Menurut Ketua KPK Bambang Wirawan, Kabupaten Karawang dan PT Sumber Rejeki Abadi Tbk "
        "aman.\nBali ramai. " * 9
    )
    scores = network.read(tokenize(text)[0]).scores
    everything = np.full(len(scores), 0b111111)  # B- and I- of three types
    assert best_labels(scores, network.steps) == best_path(scores, network.steps, everything)


def test_nothing_beyond_a_line_is_seen(network: Network) -> None:
    first, second = ["Ketua", "KPK"], ["Bambang", "Wirawan", "hadir"]
    together = network.read([*first, BREAK, *second]).scores
    assert np.array_equal(together[:2], network.read(first).scores)
    assert np.array_equal(together[3:], network.read(second).scores)


def test_scores_do_not_depend_on_what_was_read_before(network: Network) -> None:
    tokens = tokenize("Gubernur Jawa Tengah Sutrisno Wibowo meninjau Kudus.")[0]
    before = network.read(tokens).scores.copy()
    chance = random.Random(3)
    for _ in range(4):
        network.read([f"Kata{chance.random()}" for _ in range(MOST_ROWS // 3)])
    assert np.array_equal(network.read(tokens).scores, before)


WORDS = (
    *("Karawang", "PDI-P", "xqzvkj", "12.345", "ß", "Ḁ", "a", "Al", "İİ", "KPK", "kata-katanya"),
    *("di", "--", "3-1", "Xa", "Xab", "Xabc"),
)


@functools.cache
def model(file: Path) -> tuple[dict[str, int], np.ndarray, Book]:
    """Return the model's features, their rows, and its book."""
    with np.load(file, allow_pickle=False) as arrays:
        names = arrays["features"].tobytes().decode("utf-8").split("\n")
        letters = arrays["letters"].astype(np.int64)
        return {name: row for row, name in enumerate(names)}, letters, _load_wordbook(dict(arrays))


def single_features(file: Path, words: Sequence[str]) -> np.ndarray:
    """Return the sums of the rows of words, feature by feature."""
    rows, letters, book = model(file)
    known = [[rows[one] for one in word_features(word, book) if one in rows] for word in words]
    return np.array([letters[found].sum(axis=0) for found in known])


@pytest.mark.parametrize("file", FILES)
@settings(max_examples=50, deadline=None)
@given(words=st.lists(st.text(alphabet="ABabn.-'/1 éİß", min_size=1, max_size=9), max_size=8))
def test_a_word_is_the_sum_of_the_features_that_the_model_knows(
    file: Path, words: list[str]
) -> None:
    words = [*WORDS, *words, BREAK]
    assert np.array_equal(load(file)._words.sums(words), single_features(file, words))


@pytest.mark.parametrize("file", FILES)
def test_the_row_of_a_word_is_spread_from_its_sum(file: Path) -> None:
    network = load(file)
    with np.load(file, allow_pickle=False) as arrays:
        spread, scale = arrays["spread"].astype(np.float64), float(arrays["spread_scale"])
    rows = np.rint(single_features(file, WORDS).astype(np.float64) @ spread * scale)
    rows = rows.reshape(len(WORDS), 2 * NEAR + 1, -1)
    rows[:, NEAR] += network._hidden  # what a unit begins with
    assert np.array_equal(network._rows[network._numbers(WORDS)], rows)


@pytest.mark.parametrize("file", FILES)
def test_no_sum_of_features_exceeds_what_is_promised(file: Path) -> None:
    network = load(file)
    with np.load(file, allow_pickle=False) as arrays:
        words = arrays["words"].tobytes().decode("utf-8").split("\n")
        spread = np.abs(arrays["spread"].astype(np.int64)).sum(axis=0).max()
    forms = [form for word in words[::50] for form in (word, word.title(), f"{word}-{word}")]
    assert 0 < np.abs(network._words.sums(forms).astype(int)).max() <= network._words.most
    exact = network._words.most * spread < 2**24  # what a 32-bit float holds
    assert network._spread.dtype == (np.float32 if exact else np.float64)


def test_a_text_in_blocks_scores_as_in_one(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokens = tokenize("Ketua KPK tiba di Bali.\nPT Abc Tbk rugi, kata Siti. " * 20)[0]
    assert len(tokens) < BLOCK
    whole = network.read(tokens).scores
    monkeypatch.setattr("pantau.enricher.ner.trained.network.BLOCK", 37)
    assert np.array_equal(network.read(tokens).scores, whole)


def test_words_further_away_than_the_network_sees_change_nothing(network: Network) -> None:
    tokens = ["Siti", "Aminah", *["di"] * REACH, "Bali"]
    other = [*tokens[:-1], "Ketua"]
    assert np.array_equal(network.read(tokens).scores[:2], network.read(other).scores[:2])


@pytest.mark.parametrize("file", FILES)
def test_no_sum_can_leave_the_whole_numbers_that_floats_hold(file: Path) -> None:
    """So the order of additions, which differs from one BLAS to another, changes no score."""
    with np.load(file, allow_pickle=False) as arrays:
        for name, most in (("first", MOST), ("second", MOST), ("out", 2 * MOST)):
            sums = np.abs(arrays[name].astype(np.int64)).sum(axis=0)
            assert sums.max() * most < 2**24
            assert sums.max() > 0


@settings(max_examples=200, deadline=None)
@given(
    text=st.text(alphabet="Aa Bb.\n,-'’()KPK\ud800\x00İßé1", max_size=120),
    lang=st.sampled_from(["id", "en", "und"]),
    spans=st.lists(st.integers(0, 120), max_size=4),
)
def test_mentions_lie_in_the_text_in_order_outside_what_is_skipped(
    text: str, lang: str, spans: list[int]
) -> None:
    bounds = sorted(min(one, len(text)) for one in spans)
    skip = tuple(zip(bounds[::2], bounds[1::2], strict=False))
    end = 0
    for one in ENGINE.find(Passage(text, lang, skip)):
        assert end <= one.start < one.end <= len(text)
        assert not any(one.start < high and low < one.end for low, high in skip)
        end = one.end


@pytest.mark.parametrize(
    "piece",
    [
        "Siti Aminah ",
        "A",
        "SITI ",
        "\ud800",
        "\x00",
        "Siti-",
        "Siti\n",
        "Siti Aminah. ",
        "Ketua Badan Pangan Nasional Wiranti ",
        "Komisi Pemberantasan Korupsi ",
    ],
)
def test_hostile_texts_take_linear_time(piece: str) -> None:
    """A search of the text for each of its names shows in long texts alone."""
    assert_linear(lambda text: ENGINE.find(Passage(text, "id")), repeated(piece), TEXT_LIMIT // 8)


def test_engines_of_the_same_model_agree() -> None:
    text = "Kepala Dinas Kesehatan Kota Semarang Rina Hartono bertemu Gubernur Bali di Denpasar."
    found: list[list[Mention]] = [
        engine.find(Passage(text, "id")) for engine in (ENGINE, load_convolutional())
    ]
    assert found[0] == found[1]
    assert found[0]


def test_networks_of_the_same_model_keep_rows_of_their_own(network: Network) -> None:
    words = ["Gubernur", "Zulkifarhan", "bertemu"]
    other, third = network.apart(), network.apart()
    assert np.array_equal(other.read(words).scores, network.read(words).scores)
    assert set(words) <= other._known.keys()
    assert third._known.keys() == {BREAK}
    network.apart().read([*words, "Zubaidillah"])
    assert "Zubaidillah" not in network._known.keys() | other._known.keys()


@pytest.mark.parametrize("file", FILES)
def test_the_network_is_a_small_file_of_plain_arrays(file: Path) -> None:
    assert file.stat().st_size < LARGEST
    with zipfile.ZipFile(file) as archive:
        assert all(one.filename.endswith(".npy") for one in archive.infolist())
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    with np.load(file, allow_pickle=False) as arrays:
        assert all(arrays[key].dtype.kind in "iuf" for key in arrays.files)


@pytest.mark.parametrize(
    ("word", "expected"),
    [("KPK", "XX"), ("A", "X"), ("Asia-Pasifik", "Xx-Xx"), ("2022", "d"), ("iPhone", "xXx")],
)
def test_shapes(word: str, expected: str) -> None:
    assert shape(word) == expected


@pytest.mark.parametrize("separator", [" , ", ", "])
def test_the_spacing_of_marks_makes_no_difference(separator: str) -> None:
    text = f"Menurut Siti Aminah{separator}warga di Semarang{separator}harga beras naik."
    names = {text[one.start : one.end] for one in ENGINE.find(Passage(text, "id"))}
    assert names == {"Siti Aminah", "Semarang"}


def test_the_default_engine_is_the_trained_one(enricher: Enricher) -> None:
    assert enricher.version == build_enricher("convolutional").version
    assert enricher.version.startswith(f"{VERSION}+e:")


@pytest.mark.parametrize(
    ("name", "floor"), [("idner-news-2k dev", 0.88), ("NERGrit dev", 0.88), ("EWT dev", 0.86)]
)
def test_f1_stays_above_a_floor(
    enricher: Enricher, shared_data: Path, name: str, floor: float
) -> None:
    """The network has learnt these.

    What is tested is that it is read, reckoned and linked as when it was made.
    """
    layout = SETS[name]
    score = measure(enricher, read(shared_data / layout.path, layout), layout.lang)
    assert score.f1()[2] > floor


def test_what_is_kept_of_words_has_a_bound_a_word(network: Network) -> None:
    long = "supercalifragilistic" * 3
    rows = network.read([long, "b", long + "X" * 5_000, "b", long + "x" * 5_000]).scores
    assert max(map(len, network._known)) <= LONGEST + 1
    assert np.array_equal(
        rows, network.read([long, "b", long + "X" * 9_000, "b", long + "x" * 9_000]).scores
    )


@given(st.text(alphabet="aZ9nys'’-./&@_ \n\t\xa0“”‘–—…•(),$", max_size=40))
def test_a_text_of_usual_characters_has_the_tokens_that_any_text_has(text: str) -> None:
    tokens, starts, ends = tokenize(text)
    others, begun, ended = tokenize(f"{text}\né")  # é is read by the general pattern
    assert (tokens, starts, ends) == (others[:-2], begun[:-2], ended[:-2])
