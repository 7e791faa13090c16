"""The vocabulary of the code: first words of docstrings, and words that are replaced."""

import re
from pathlib import Path
from typing import Final

VERBS: Final = frozenset(Path(__file__).with_name("verbs.txt").read_text(encoding="utf-8").split())
"""First words of function docstrings: verbs of the field, in the base form."""

NAMES: Final[dict[str, str]] = {
    "because": "explanation",
    "book": "state, or recorder",
    "breadth": "selectivity",
    "chore": "task",
    "judge": "classify, or reference",
    "judged": "classified",
    "lane": "queue",
    "leash": "supervised",
    "mend": "repair, or postprocess",
    "mended": "repaired",
    "standing": "status, or current",
    "taken": "revoked, used, or a mask",
    "tell": "report, notify, or return",
    "teller": "reporter, or describer",
    "telling": "telemetry",
    "told": "reported",
    "tongue": "language, or locale",
    "tongues": "languages, or locales",
}
"""Words that no module, class or function is named after, and what to say instead."""

PHRASES: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(pattern, re.IGNORECASE), instead)
    for pattern, instead in (
        (r"\b(?:is|are|was|be|been) told\b", "is notified, reported, known"),
        (r"\btells? (?:of|whether|how|who|what|which)\b", "reports, returns whether"),
        (r"\btold (?:of|by|apart)\b", "reported, distinguished"),
        (r"[;,.] gives? (?:how many|the|a|what|it|its|none)\b", "; return ..."),
        (r"^gives? ", "Return ..."),
        (r"\banew\b|\bafresh\b", "again"),
        (r"\bmend(?:s|ed|ing)?\b", "repair, fix"),
        (r"\bforesaw\b|\bunforeseen\b", "unexpected"),
        (r"\bfor the moment\b", "currently"),
        (r"\bagain is harmless\b", "idempotent"),
        (r"\bwhat is more than that\b|\bas fits somebody\b", "say what it is"),
        (r"\bsomebody\b", "the person, the operator, the caller"),
    )
)
"""Idioms that are not those of the field, in docstrings and comments."""
