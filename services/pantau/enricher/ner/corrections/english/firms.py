"""Firms of English text by parts of their names: the Harlow of `Harlow Corp`, `Marlow and Tate`."""

from collections.abc import Collection, Sequence

from pantau.enricher.lexicon.memo import remembered_name
from pantau.enricher.ner.corrections.english.bodies import is_firm
from pantau.enricher.ner.corrections.spans import put
from pantau.enricher.ner.engine import Mention

_is_firm = remembered_name(is_firm)


def with_firms(text: str, mentions: list[Mention], shown: Collection[str]) -> list[Mention]:
    """Return the mentions, a person of one word as the firm whose name has that word.

    `Harlow said` after `Eastern Harlow Corp` is the firm, unless someone is called so. `shown` are
    names of organisations, of which a person has none.
    """
    if shown:
        mentions = [
            one._replace(type="organization") if text[one.start : one.end] in shown else one
            for one in mentions
        ]
    single = [
        (at, text[one.start : one.end])
        for at, one in enumerate(mentions)
        if one.type == "person" and text.find(" ", one.start, one.end) < 0
    ]
    if not single:
        return mentions
    names = [(text[start:end], kind) for start, end, kind in mentions if kind != "place"]
    words = {
        word
        for name, kind in names
        if kind == "organization" and _is_firm(name)
        for word in name.split()[:-1]
    }
    if not words:
        return mentions
    for name, kind in names:
        if kind == "person" and " " in name:
            words.difference_update(name.split())
    for at, name in single:
        if name in words:
            mentions[at] = mentions[at]._replace(type="organization")
    return mentions


def with_pairs(text: str, mentions: list[Mention], pairs: Sequence[str]) -> list[Mention]:
    """Return the mentions with pairs of partners wherever they are written."""
    found: list[Mention] = []
    for pair in pairs:
        at = text.find(pair)
        while at >= 0:
            found.append(Mention(at, at + len(pair), "organization"))
            at = text.find(pair, at + len(pair))
    return put(mentions, sorted(set(found)))
