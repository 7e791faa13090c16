"""The vocabulary of the code: first words of docstrings, and words that are replaced."""

import re
from typing import Final

VERBS: Final = frozenset(
    """
    Abort Accept Acquire Add Admit Advance Allow Analyse Append Apply Assign Attempt Await Block
    Bound Buffer Build Call Cancel Change Charge Check Choose Classify Clear Close Collect Combine
    Commit Compare Complete Compose Compute Configure Connect Consume Convert Copy Count Create
    Decide Decode Decompress Decorate Delete Deliver Derive Detect Disable Discard Disconnect Divide
    Do Drop Emit Enable Encode Enrich Ensure Escape Estimate Evaluate Exit Expand Explain Export
    Extend Extract Fail Fetch Fill Filter Find Fix Fold Follow Format Forward Fuzz Generate Group
    Guess Handle Hash Hold Identify Import Include Index Infer Initialise Insert Install Invoke Join
    Keep Kill Label Limit Link List Listen Load Lock Log Map Mark Mask Match Measure Merge Migrate
    Monitor Move Normalise Notify Open Order Pack Parse Pass Pause Place Plan Poll Populate Post
    Postpone Predict Prepare Print Probe Process Produce Propagate Publish Pull Push Put Query Queue
    Raise Rank Read Reap Rebuild Receive Record Recover Redirect Reduce Refresh Refuse Register
    Reject Release Remember Remove Rename Render Renumber Repair Repeat Replace Report Request Reset
    Resolve Restart Restore Restrict Resume Return Revert Rewind Rewrite Round Run Sample Save
    Schedule Score Search Seek Select Send Serialise Serialize Serve Set Show Shut Simulate Skip
    Sort Split Start Stop Store Stream Strip Submit Subscribe Suggest Sum Supervise Suspend Swap
    Terminate Test Throttle Tokenize Track Train Translate Treat Trim Truncate Try Undo Unpack
    Unregister Update Use Validate Verify Wait Wake Walk Warn Watch Widen Wire Wrap Write Yield
    """.split()
)
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
