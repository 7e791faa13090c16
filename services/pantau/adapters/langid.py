"""py3langid as the language model: 0.7 s and about 100 MB while it loads, so only when first asked."""

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

LANGUAGES: Final = (
    "id", "en", "ms", "jv", "ar", "zh", "ja", "ko", "nl", "de", "fr", "es", "pt", "it", "ru", "tr", "th", "vi", "tl", "hi", "ta", "fa",
)  # fmt: skip
"""What it may answer: languages of news that reaches Indonesian readers. Fewer choices, fewer mistakes on short titles."""


CLEAR_LEAD: Final = 6.0
"""Lead in log probability that counts as clear. Of 5,948 Indonesian and English titles one in a hundred gives another
language more than 4.6, one in 200 more than 6.7; of twelve short ones in other languages all but one more than 7."""


class Langid:
    """Tells languages apart by byte sequences (a naive Bayes model)."""

    def classify(self, text: str, at_home: Sequence[str] = ()) -> str:
        """Give the ISO 639 code of the likeliest of `LANGUAGES`; of those `at_home`, if given, unless another leads clearly."""
        if not at_home:
            return str(_identifier().classify(text)[0])
        ranked = _identifier().rank(text)
        first, score = ranked[0]
        near, near_score = next(one for one in ranked if one[0] in at_home)
        return str(first if score - near_score > CLEAR_LEAD else near)


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 (slow to load)

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(LANGUAGES)
    return identifier
