"""Firms of English text by parts of their names: the Harlow of `Harlow Corp`, `Marlow and Tate`."""

from collections.abc import Collection, Sequence

from pantau.enricher.lexicon.memo import remembered_name
from pantau.enricher.ner.corrections.english.bodies import is_firm
from pantau.enricher.ner.corrections.spans import put
from pantau.enricher.ner.engine import Mention

_is_firm = remembered_name(is_firm)


def with_firms(text: str, mentions: list[Mention], shown: Collection[str]) -> list[Mention]:
    """Return the mentions, a person of one word as the firm whose name has that word.

    `Harlow said` after `Eastern Harlow Corp` is the firm, unless someone is called so; and so is
    `A.B. Harlow` after `A.B. Harlow Inc`. `shown` are names of organisations, which no person has.
    """
    if shown:
        mentions = [
            one._replace(type="organization") if text[one.start : one.end] in shown else one
            for one in mentions
        ]
    maybe = [
        (at, text[one.start : one.end])
        for at, one in enumerate(mentions)
        if one.type == "person"
        and (text.find(" ", one.start, one.end) < 0 or text[one.start + 1] == ".")
    ]
    parts = _parts_of_firms(text, mentions) if maybe else ()
    if parts:
        for at, name in maybe:
            if name in parts:
                mentions[at] = mentions[at]._replace(type="organization")
    return mentions


def _parts_of_firms(text: str, mentions: Sequence[Mention]) -> set[str]:
    """Return words of firms' names that are in no person's, and surnames with initials in them."""
    names = [(text[start:end], kind) for start, end, kind in mentions if kind != "place"]
    firms = [name for name, kind in names if kind == "organization" and _is_firm(name)]
    if not firms:
        return set()
    words = {word for name in firms for word in name.split()[:-1]}
    beginnings = {" ".join(name.split()[:2]) for name in firms if name[1] == "."}
    for name, kind in names:
        if kind == "person" and " " in name and name not in beginnings:
            words.difference_update(name.split())
    return words | beginnings


def with_pairs(text: str, mentions: list[Mention], pairs: Sequence[str]) -> list[Mention]:
    """Return the mentions with pairs of partners wherever they are written."""
    found: list[Mention] = []
    for pair in pairs:
        at = text.find(pair)
        while at >= 0:
            found.append(Mention(at, at + len(pair), "organization"))
            at = text.find(pair, at + len(pair))
    return put(mentions, sorted(set(found)))
