"""A thing as a clause of a query, for people and programs. Pure."""

from pantau.usecases.entities.gathering import NAME_FIELDS, KnownThing


def query_text(thing: KnownThing) -> str:
    """Return the query that finds the articles that name a thing, in Lucene's language."""
    field, value = NAME_FIELDS[thing.type], thing.name
    if thing.id is not None:
        field, value = "entity_ids", thing.id
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'{field}:"{escaped}"'
