"""Evidence that an article and a story report one event. Pure.

Similarity alone joins two events that are reported in one form, or that have a person in common.
One event has a name or a number in common, and more than the two heaviest names: what happened.
"""

import heapq
from typing import Final

from pantau.stories.features import SCALE, read_event_words, read_features
from pantau.stories.products import Index

NAMED: Final = 0.08
"""Least similarity by names and numbers: what two events of one kind have in common is its words.

Chosen, as `FURTHER`, by `benchmarks/stories.py` and made-up pairs (`tests/data/story-pairs.txt`).
"""
FURTHER: Final = 0.035
"""Least similarity by telling words without the two names that contribute most.

Two short articles that have a person and a place in common report one event only if they share
what happened, too.
"""
ALL: Final = 0.6
"""Similarity above which two articles say nearly nothing else, as reports from a template."""
_MAIN_NAMES: Final = 2


def share_event(article: str, story: str, index: Index, size: int, alike: float) -> bool:
    """Return whether what an article, given by its features, and a story share can be one event.

    `index` has the story's sum of weights of each word, `size` is the weight of similarity 1, and
    `alike` their similarity.
    """
    features, words = read_features(article), read_event_words(article)
    own = 0
    names: list[int] = []
    for word in words.names:
        weight = features[word]
        own += weight * weight
        entries = index.get(word)
        if entries is not None and story in entries:
            names.append(weight * entries[story])
    named = sum(names)
    # An article with few or common names cannot share more than it has.
    if named < min(NAMED, own / SCALE**2 / 2) * size:
        return False
    if alike >= ALL:
        return True
    further = named - sum(heapq.nlargest(_MAIN_NAMES, names))
    for word in words.telling:
        if further >= FURTHER * size:
            break
        if word not in words.names and (entries := index.get(word)) is not None:
            further += features[word] * entries.get(story, 0)
    return further >= FURTHER * size
