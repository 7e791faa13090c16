"""The matched passages of an alert, each with the clauses of the query that it satisfies. Pure."""

from collections.abc import Iterable, Sequence
from typing import Final

from pantau.common.text.safe_text import marked_parts, one_line
from pantau.messages.languages import Lang
from pantau.notifier.composing.view import MatchedPassage
from pantau.problems import problem
from pantau_schemas.events.alert import Alert, MatchedClause, Snippet

PASSAGES: Final = 4
"""Maximum number of passages that are shown."""
CLAUSE_LIMIT: Final = 120
_CLAUSES: Final = 6


def passages_of(alert: Alert, lang: Lang) -> tuple[tuple[MatchedPassage, ...], str]:
    """Return the passages of an alert, and the clauses that none of them shows.

    A clause belongs to the first passages that have one of the words that it found. Dates and exact
    values have no words: they are named by themselves.
    """
    left = list(alert.clauses)
    passages: list[MatchedPassage] = []
    texts = [one for one in alert.snippets if not is_title(one, alert)]
    if len(texts) == 1:  # one line of clauses, below the passage, says it for the title too
        return (MatchedPassage(texts[0], ""),), _named(left, lang)
    for snippet in alert.snippets:
        words = _marked(snippet)
        shown = [one for one in left if _finds(one, snippet, words)]
        left = [one for one in left if one not in shown]
        if is_title(snippet, alert):
            left = [*shown, *left]  # the title is shown as such; its clauses stand below
        elif len(passages) < PASSAGES:
            passages.append(MatchedPassage(snippet, _named(shown, lang)))
    return tuple(passages), _named(left, lang)


def is_title(snippet: Snippet, alert: Alert) -> bool:
    """Return whether an excerpt is the title of the article."""
    return snippet.field == "title" and snippet.text == alert.article.title


def _finds(clause: MatchedClause, snippet: Snippet, words: frozenset[str]) -> bool:
    return snippet.field in clause.fields and any(
        one.casefold() in words or _is_part(one.casefold(), words) for one in clause.words
    )


def _is_part(words: str, marked: frozenset[str]) -> bool:
    """Return whether each word of a phrase is marked."""
    return all(one in marked for one in words.split()) and bool(words.strip())


def _marked(snippet: Snippet) -> frozenset[str]:
    marked = [text.casefold() for text, is_marked in marked_parts(snippet) if is_marked]
    return frozenset(marked) | {word for text in marked for word in text.split()}


def _named(clauses: Sequence[MatchedClause], lang: Lang) -> str:
    if not clauses:
        return ""
    return problem("messages.matched", clauses=", ".join(_texts(clauses))).text(lang)


def _texts(clauses: Sequence[MatchedClause]) -> Iterable[str]:
    # Words side by side are one text of several clauses.
    texts = list(dict.fromkeys(one_line(one.text, CLAUSE_LIMIT) for one in clauses))
    yield from texts[:_CLAUSES]
    if len(texts) > _CLAUSES:
        yield "…"
