"""Lists of feeds: an OPML file of another reader is uploaded and imported."""

from dataclasses import replace
from typing import Final

from pantau.console.asked import Asked
from pantau.console.output import Answer, PageAnswer
from pantau.errors import UsageError
from pantau.feeds.formats.opml import OpmlList
from pantau.net.mailbox_address import is_mailbox
from pantau.problems import problem
from pantau.usecases.feeds.opml_lists import ImportPlan, plan_import

SHOWN: Final = 20
"""Entries of a list that are shown with the reason why they are no feeds."""


def ask_file(asked: Asked) -> Answer:
    """Return the form for a file."""
    return _page(asked)


def import_file(asked: Asked) -> Answer:
    """Watch all feeds of a list; those that are watched already stay unchanged."""
    try:
        plan = plan_import(asked.feeds, _listed(asked))
    except UsageError as error:
        return _page(asked, fault=error.text(asked.lang))
    for batch in plan.batches():
        asked.feeds.save(batch)
    return _page(asked, plan=plan)


def _listed(asked: Asked) -> OpmlList:
    """Return the feeds of the file. Raises UsageError for one that is no list."""
    body = asked.files.get("file", b"")
    if not body.strip():
        raise UsageError(problem("start.no-file"))
    listed = asked.parts.read_list(body, asked.text("start.this-file"))
    # A page must not name files of this machine.
    kept = tuple(one for one in listed.feeds if not is_mailbox(one.url))
    left_out = listed.left_out + len(listed.feeds) - len(kept)
    return replace(listed, feeds=kept, left_out=left_out)


def _page(asked: Asked, *, fault: str = "", plan: ImportPlan | None = None) -> Answer:
    reasons = [one.text(asked.lang) for one in plan.refused[:SHOWN]] if plan is not None else []
    begins = b"/start" in {asked.files.get("next"), asked.values.get("next", "").encode()}
    values = {"fault": fault, "plan": plan, "reasons": reasons, "begins": begins}
    return PageAnswer("feed-import.html", values, 400 if fault else 200)
