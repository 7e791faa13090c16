r"""English help texts to Indonesian: whole paragraphs, the lines of `\b` blocks, options."""

import importlib
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final, cast

from pantau.messages.help.indonesian.click_words import EXTRAS, METAVARS
from pantau.messages.help.sentences import sentence

AREAS: Final = (
    "root",
    "feeds",
    "receivers",
    "rules",
    "news",
    "upkeep",
    "programs",
    "queries",
    "accounts",
)
"""Modules of `indonesian`, in the order in which the texts are looked up."""
_BLOCK: Final = "\b"
"""Opens a paragraph that click does not wrap."""
_COMMENT: Final = re.compile(r"(?P<command>.*?\S)(?P<gap>\s+)(?P<comment># .+)")
"""A line of an example, and what is said about it."""
_PLACEHOLDER: Final = re.compile(r"(?<![\w-])[A-Z]{2,}(?![\w-])")
_EXTRA: Final = re.compile(r"(?P<text>.*)  \[(?P<extras>[^\[\]]*)\]", re.DOTALL)


def catalogue() -> Mapping[str, str]:
    """Return all translations by their English text."""
    return {english: text for area in AREAS for english, text in _texts(area).items()}


def lookup(text: str) -> str | None:
    """Return the translation of a unit: a paragraph, a line, a comment, an option's meaning.

    Areas are imported one by one until one has it, so `pantau --help` needs the first alone.
    """
    return next((_texts(area)[text] for area in AREAS if text in _texts(area)), None)


def unit(text: str) -> str:
    """Return a unit in Indonesian; in English where it has no translation, which a test forbids."""
    return lookup(text) or text


def page(text: str) -> str:
    """Return the text of a command, or what stands below its options, in Indonesian."""
    return "\n\n".join(_paragraph(one) for one in re.split(r"\n\s*\n", text.strip("\n")))


def option(text: str) -> str:
    """Return what an option means in Indonesian, with what click adds to it in brackets."""
    added = None if lookup(text) else _EXTRA.fullmatch(text)
    if added is None:
        return unit(text)
    extras = "; ".join(sentence(one, EXTRAS) or one for one in added["extras"].split("; "))
    return f"{unit(added['text'])}  [{extras}]"


def placeholders(text: str) -> str:
    """Return a usage line or the names of an option with their placeholders in Indonesian."""
    shown = text.replace("INTEGER RANGE", "INTEGER").replace("FLOAT RANGE", "FLOAT")
    return _PLACEHOLDER.sub(lambda found: METAVARS.get(found[0], found[0]), shown)


@cache
def _texts(area: str) -> Mapping[str, str]:
    module = importlib.import_module(f"pantau.messages.help.indonesian.{area}")
    return cast("Mapping[str, str]", module.TEXTS)


def _paragraph(text: str) -> str:
    lines = text.split("\n")
    if lines[0].strip() == _BLOCK:
        return "\n".join([lines[0], *_block(lines[1:])])
    return unit(" ".join(text.split()))


def _block(lines: list[str]) -> Iterator[str]:
    for line in lines:
        if not line.startswith("  "):
            yield unit(line)
        elif example := _COMMENT.fullmatch(line):
            yield f"{example['command']}{example['gap']}{unit(example['comment'])}"
        else:
            yield line
