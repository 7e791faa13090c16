"""The language model: naive Bayes over byte n-grams (Lui and Baldwin, 2012).

py3langid itself knows 142 languages and takes 0.7 s and 100 MB to load.
`benchmarks/build_langid.py` keeps its weights for `LANGUAGES` and their n-grams; the results are
the same. Loaded on first use: most articles do not need it.
"""

import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

LANGUAGES: Final = (
    "id", "en", "ms", "jv", "ar", "zh", "ja", "ko", "nl", "de", "fr", "es", "pt", "it", "ru", "tr",
    "th", "vi", "tl", "hi", "ta", "fa",
)  # fmt: skip
"""The supported languages: those of news that reaches Indonesian readers.

Fewer choices cause fewer errors on short titles.
"""


CLEAR_LEAD: Final = 6.0
"""A clear lead in log probability.

Of 5,948 Indonesian and English titles one in a hundred gives another language more than 4.6, one in
200 more than 6.7; of twelve short ones in other languages all but one more than 7.
"""
_LONGEST: Final = 6
"""Maximum n-gram length in bytes."""


class Langid:
    """Classifies languages by byte n-grams (a naive Bayes model)."""

    def classify(self, text: str, at_home: Sequence[str] = ()) -> str:
        """Return the ISO 639 code of the most likely of `LANGUAGES`.

        One of `at_home`, if given, unless another leads clearly.
        """
        ranked = _runs().rank(text)
        first, score = ranked[0]
        if not at_home:
            return first
        near, near_score = next(one for one in ranked if one[0] in at_home)
        return first if score - near_score > CLEAR_LEAD else near


def pack(run: bytes) -> int:
    """Pack an n-gram of at most seven bytes into a number; longer ones are greater."""
    return len(run) << 56 | int.from_bytes(run, "big")


class Runs:
    """Packed n-grams, ascending, with their features (-1: none) and weights."""

    def __init__(
        self,
        languages: list[str],
        runs: "npt.NDArray[np.uint64]",
        features: "npt.NDArray[np.int32]",
        weights: "npt.NDArray[np.float16]",
        priors: "npt.NDArray[np.float32]",
    ) -> None:
        self._languages, self._runs, self._features = languages, runs, features
        self._weights, self._priors = weights, priors

    def rank(self, text: str) -> list[tuple[str, float]]:
        """Return all languages with their log probabilities, the most likely first."""
        scores = self._scores(text)
        # ties in the model's order
        return sorted(zip(self._languages, scores, strict=True), key=lambda one: -one[1])

    def _scores(self, text: str) -> list[float]:
        import numpy as np  # noqa: PLC0415 (only when asked)

        counts = Counter(self._visited(_normal(text)))
        if not counts:
            return [0.0] * len(self._languages)
        seen = np.fromiter(counts, dtype=np.intp)
        times = np.fromiter(counts.values(), dtype=np.float32)
        scores: list[float] = (np.log1p(times) @ self._weights[seen] + self._priors).tolist()
        return scores

    def _visited(self, data: bytes) -> list[int]:
        """Return the feature at each byte.

        That of the longest n-gram that ends there, if it is one.
        """
        import numpy as np  # noqa: PLC0415 (as above)

        text = np.frombuffer(data, dtype=np.uint8).astype(np.uint64)
        found = np.full(len(text), -1, dtype=np.int32)
        window = np.zeros(len(text), dtype=np.uint64)
        for size in range(1, min(_LONGEST, len(text)) + 1):
            # the window that ends at a byte is extended by the preceding byte
            window[size - 1 :] |= text[: len(text) - size + 1] << np.uint64(8 * (size - 1))
            packed = window[size - 1 :] | np.uint64(size << 56)
            at = self._runs.searchsorted(packed).clip(max=len(self._runs) - 1)
            known = self._runs[at] == packed
            found[size - 1 :][known] = self._features[at[known]]
        visited: list[int] = found[found >= 0].tolist()
        return visited


def _normal(text: str) -> bytes:
    """Return the bytes in the form of the training data.

    One form of each letter, and no text in all capitals.
    """
    if text.isupper():
        text = text.lower()
    return unicodedata.normalize("NFC", text).encode("utf-8", "surrogatepass")


@cache
def _runs() -> Runs:
    import numpy as np  # noqa: PLC0415 (as above)

    source = files("pantau.enricher").joinpath("data", "langid.npz")
    with as_file(source) as path, np.load(path, allow_pickle=False) as data:
        return Runs(
            data["languages"].tolist(),
            data["steps"].cumsum(dtype=np.uint64),
            data["features"],
            data["weights"].T,
            data["priors"],
        )
