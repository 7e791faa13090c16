"""The sign at the end of a question, which is a wildcard for one more character."""

import re
from collections.abc import Iterator
from typing import Final

from pantau.query.diagnosis.diagnosis import Edit, Finding
from pantau.query.diagnosis.masked import masked

_QUESTION: Final = re.compile(r"(?<![^\s():\"*?\x1a])(?P<word>[^\s():\"*?\x1a]+)(?P<sign>\?+)\s*\Z")
_OPERATOR: Final = re.compile(r"(?<!\S)(?:AND|OR|NOT|&&|\|\|)(?!\S)|[():*]|\?.", re.IGNORECASE)
_LEAST: Final = 3
"""Words of a question; a single word with a sign behind it is a pattern."""


def questions(text: str, language: str) -> Iterator[Finding]:
    """Find `Apakah banjir surut?` and `KPK?`.

    Words are in small letters in the index, so nobody writes a pattern in capitals.
    """
    if language == "kql":
        return
    hidden = masked(text)
    found = _QUESTION.search(hidden)
    if found is None:
        return
    word = found["word"]
    is_sentence = len(hidden.split()) >= _LEAST and not _OPERATOR.search(hidden[: found.end() - 1])
    if not is_sentence and not (word.isupper() and word.isalpha() and len(word) > 1):
        return
    written = text[found.start("word") : found.end("sign")]
    edits = (Edit(found.start("sign"), found.end("sign"), ""),)
    params = {"written": written, "meant": word}
    yield Finding("question_mark", found.start("word"), found.end("sign"), params, edits)
