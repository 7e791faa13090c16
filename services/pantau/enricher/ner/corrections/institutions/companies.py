"""Companies that neither a list nor an engine has, beside a word that only companies have.

`CEO Panenin` and `Panenin, startup agritech` name one.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.lexicon.words import word_flags
from pantau.enricher.ner.corrections.persons.name_words import may_be_named
from pantau.enricher.ner.corrections.spans import Words, with_free
from pantau.enricher.ner.engine import Mention
from pantau.enricher.ner.scan import PERSON

_LEADERS: Final = frozenset({"CEO", "CTO", "CFO", "COO", "CMO", "Founder", "Co-Founder", "Partner"})
"""Offices that companies alone have, in Indonesian text; their names follow."""
_KINDS: Final = frozenset({"startup", "emiten", "fintech", "marketplace", "maskapai", "pabrikan"})
"""Words for companies: their names follow, or stand before with a comma."""
_SHARES: Final = "saham"
"""The word before the short form by which a company is traded: saham SMAR."""
_TRADED: Final = 4
"""Letters of such short forms in Indonesia."""
_INDEX: Final = "IHSG"
COMPANY_CUES: Final = _LEADERS.union(
    form for word in (*_KINDS, _SHARES) for form in (word, word.capitalize())
)
"""Those words as texts write them."""


def with_companies(words: Words, cues: Sequence[int], mentions: list[Mention]) -> list[Mention]:
    """Return the mentions with the companies that the tokens `cues` show."""
    found = (
        words.mention(index, index + 1, "organization")
        for index in _beside(words.tokens, cues)
        if (
            _is_traded(words.tokens[index])
            if words.tokens[index - 1].lower() == _SHARES
            else _is_company(words.tokens[index], words.gazetteer)
        )
    )
    return with_free(len(words.passage.text), mentions, found)


def _beside(tokens: Sequence[str], cues: Sequence[int]) -> Iterator[int]:
    """Yield the tokens where the name of a company may stand."""
    for index in cues:
        if index + 1 < len(tokens):
            yield index + 1
        if index > 1 and tokens[index] in _KINDS and tokens[index - 1] == ",":
            yield index - 2


def _is_company(token: str, gazetteer: Gazetteer) -> bool:
    """Return whether a word with a capital is no common one, and no name of people."""
    if not (token[0].isupper() and token.isalpha() and len(token) > 2):
        return False
    low = token.lower()
    return may_be_named(low, gazetteer) and not word_flags().get(low, 0) & PERSON


def _is_traded(token: str) -> bool:
    return len(token) == _TRADED and token.isalpha() and token.isupper() and token != _INDEX
