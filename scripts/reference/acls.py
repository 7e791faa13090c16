"""The page of access rights in Kafka: which principal needs what, from the topology."""

from collections.abc import Iterator, Mapping
from typing import Final

from pantau.adapters.kafka.group.adopted_positions import ADOPTED
from pantau.bootstrap.distributed import CONSOLE
from pantau.notifier.dispatch import GROUP as DISPATCHER
from pantau.poller.service import GROUP as POLLER
from pantau.topology import EXTRACTOR, STAGES
from pantau_schemas.topics import DEAD_LETTERS, TOPICS
from scripts.reference.markdown import table

Rights = Mapping[str, tuple[str, ...]]
"""Operations by the name of a topic or group."""

READ: Final = ("Read", "Describe")
WRITE: Final = ("Write", "Describe")
COMMANDS: Final = "command line"
SETUP: Final = "setup"
_GROUPS: Final = {"poller": (POLLER,), "notifier": ("notifier", DISPATCHER)}
"""Consumer groups of services that have others than the one of their name."""
_INTRODUCTION: Final = """\
# Access rights in Kafka

Where Kafka asks for a login, its administrator grants each principal what it needs. These are the
rights of each service, if each has a principal of its own; with one principal for all, grant it the
union. Names of topics and groups carry `kafka.prefix` before them: a prefix makes one prefixed ACL
for all of Pantau's topics possible.

With Kafka's own tool, a row of the tables below is:

```sh
kafka-acls.sh --bootstrap-server kafka:9092 --command-config admin.properties \\
  --add --allow-principal User:pantau-enricher --operation Read --topic articles.full
```

Every principal also needs `Describe` on all of Pantau's topics: a service waits until all of them
exist. Producers are idempotent; from Kafka 3 on, `Write` on a topic includes the right to that.
Nothing here needs `All`, `Delete` or `ClusterAction`.
"""


def topic_rights(principal: str) -> Rights:
    """Return what a principal needs on topics."""
    if principal == SETUP:
        operations = ("Create", "Describe", "DescribeConfigs", "AlterConfigs")
        return dict.fromkeys(TOPICS, operations)
    if principal in {COMMANDS, CONSOLE}:
        back = {stage.reads.name for stage in (EXTRACTOR, *STAGES)}  # what `retry` puts back
        return {
            name: _joined(READ, WRITE)
            if {"cli", "replay"} & {*topic.producers} or name in back or topic == DEAD_LETTERS
            else READ
            for name, topic in TOPICS.items()
        }
    found: dict[str, tuple[str, ...]] = {}
    for name, topic in TOPICS.items():
        operations = (
            *(READ if principal in topic.consumers else ()),
            *(WRITE if principal in topic.producers else ()),
        )
        if operations:
            found[name] = _joined(operations)
    return found


def group_rights(principal: str) -> Rights:
    """Return what a principal needs on consumer groups."""
    if principal == SETUP:
        # It moves positions when a stage takes over another one's topic.
        groups = {group for _, before, after in ADOPTED for group in (before, after)}
        return dict.fromkeys(sorted(groups), READ)
    everybody = (EXTRACTOR.name, *(stage.name for stage in STAGES), DISPATCHER)
    if principal in {COMMANDS, CONSOLE}:
        return dict.fromkeys(everybody, ("Describe",))
    own = _GROUPS.get(principal, (principal,))
    rights = dict.fromkeys(own, ("Read",))
    if principal == "poller":  # it polls no faster than the stages work
        rights |= dict.fromkeys(everybody, ("Describe",))
    return rights


def principals() -> tuple[str, ...]:
    """Return everybody who connects to Kafka."""
    return ("poller", EXTRACTOR.name, *(stage.name for stage in STAGES), CONSOLE, SETUP, COMMANDS)


def acls_page() -> Iterator[str]:
    """Yield the lines of the page."""
    yield _INTRODUCTION
    for principal in principals():
        yield f"## {principal[0].upper()}{principal[1:]}"
        yield ""
        rows = [
            *(("topic", name, ops) for name, ops in topic_rights(principal).items()),
            *(("group", name, ops) for name, ops in group_rights(principal).items()),
        ]
        cells = ((kind, f"`{name}`", ", ".join(operations)) for kind, name, operations in rows)
        yield from table(("resource", "name", "operations"), cells)


def _joined(*some: tuple[str, ...]) -> tuple[str, ...]:
    """Return all operations, each once."""
    return tuple(dict.fromkeys(one for operations in some for one in operations))
