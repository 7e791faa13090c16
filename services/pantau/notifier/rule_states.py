"""The states of the rules: the table `rule-state`, and what was decided since it was read."""

from pantau.errors import NewerRecordError
from pantau.ports import Table
from pantau.stream.table_reading import TableReading
from pantau_schemas.codec import NewerVersionError, SchemaError, current_version, decode
from pantau_schemas.events.rule_state import RuleState
from pantau_schemas.topics import RULE_STATE


class RuleStates:
    """Looks states up on demand: only their keys are held in memory."""

    def __init__(self, table: Table, reading: TableReading) -> None:
        self._table = table
        self._reading = reading
        self._version: int | None = None
        self._keys: set[str] = set()
        self._decided: dict[str, RuleState | None] = {}

    def refresh(self) -> set[str]:
        """Drop what was decided; return the keys whose states may differ from before."""
        first = self._version is None
        changes = self._table.snapshot() if first else self._table.changes(self._version or 0)
        self._version = changes.version
        for key, value in changes.values.items():
            if value is None:
                self._keys.discard(key)
            else:
                self._keys.add(key)
        changed = changes.values.keys() | self._decided.keys()
        self._decided.clear()
        return set(changed)

    def __contains__(self, subscription_id: object) -> bool:
        """Return whether there is a state, without decoding it."""
        if subscription_id in self._decided:
            return self._decided[str(subscription_id)] is not None
        # Keys of partitions that this member had before are known still; the table tells.
        known = subscription_id in self._keys
        return known and self._table.get(str(subscription_id)) is not None

    def keys(self) -> set[str]:
        """Return the keys of the table."""
        return set(self._keys)

    def get(self, subscription_id: str) -> RuleState | None:
        """Return a state; None if there is none, or none that can be read.

        Raises NewerRecordError for one that a newer program wrote: what waits in it must not be
        lost.
        """
        if subscription_id in self._decided:
            return self._decided[subscription_id]
        if subscription_id not in self._keys:
            return None
        value = self._table.get(subscription_id)
        try:
            return None if value is None else decode(RuleState, value)
        except NewerVersionError as error:
            if error.version == current_version(RuleState) + 1:
                message = (
                    f"notifier: the state of the subscription {subscription_id} waits: {error}"
                )
                raise NewerRecordError(message, subscription_id=subscription_id) from error
            self._reading.skip(RULE_STATE, subscription_id, error)
        except SchemaError as error:
            self._reading.skip(RULE_STATE, subscription_id, error)
        return None

    def put(self, subscription_id: str, state: RuleState | None) -> None:
        """Remember a decision until the table has it."""
        self._decided[subscription_id] = state
