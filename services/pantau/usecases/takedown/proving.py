"""The proof of a take-down: looks everywhere, and says what it found where."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pantau.ports import Eraser, Filters, RawTrace, SearchRequest, Store
from pantau.query.ast import MatchAll
from pantau.usecases.takedown.findings import LEAST, Findings, forms_of
from pantau.usecases.takedown.matching import concerns
from pantau.usecases.takedown.subject import Subject
from pantau.usecases.takedown.sweeping import INDEX
from pantau_schemas.topics import TOPICS


@dataclass(slots=True)
class Proof:
    """Remains, by topic or index; files of this machine; and how much was looked through."""

    left: Counter[str] = field(default_factory=Counter)
    files: Sequence[RawTrace] = ()
    records: int = 0
    shared: int = 0  # excerpts that stand in other articles as well, and prove nothing

    @property
    def clean(self) -> bool:
        """True if nothing was found."""
        return not self.left.total() and not self.files


def prove(
    store: Store,
    eraser: Eraser,
    subject: Subject,
    found: Findings,
    progress: Callable[[str], None],
) -> Proof:
    """Search every record of every topic, the index, and the bytes of this machine's files.

    An excerpt that an article of another source has as well, such as the text of an agency, is no
    trace: files are not searched for it. Where nothing of an article is known any more, they are
    searched for its address as it was named. Raises RetryError when a server does not answer.
    """
    proof = Proof()
    needles = found.needles or _address(subject)
    shared: set[bytes] = set()
    for topic in TOPICS:
        progress(topic)
        for received in eraser.records(topic):
            proof.records += 1
            value = received.record.value
            if value is None:
                continue
            if concerns(received, found):
                proof.left[topic] += 1
            else:
                shared.update(one for one in needles if one not in shared and one in value)
    store.index.refresh()
    proof.left[INDEX] = len(store.index.revisions(list(found.articles)))
    if subject.kind == "source" and not subject.text.startswith("*."):
        request = SearchRequest(MatchAll(), Filters(sources=(subject.text,)), limit=1)
        proof.left[INDEX] = max(proof.left[INDEX], store.index.search(request).total or 0)
    proof.left = +proof.left
    proof.shared = len(shared)
    proof.files = eraser.raw([one for one in needles if one not in shared])
    return proof


def _address(subject: Subject) -> list[bytes]:
    """Return the bytes of the address that was named; none of one that is too short to tell."""
    url = subject.url or ""
    return list(forms_of(url)) if len(url) >= LEAST else []
