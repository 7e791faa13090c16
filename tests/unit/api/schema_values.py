"""Values of JSON schemas as the OpenAPI document has them, and values that break them."""

from collections.abc import Mapping
from typing import Any, Final

from hypothesis import strategies as st

_TEXT: Final = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20) | st.sampled_from(
    ["banjir", "7d", "2026-03-01", "(", '"', "banjir AND Demak", "\x00", "../x"]
)
_PLAIN: Final = {"null": st.none(), "boolean": st.booleans(), "string": _TEXT}
WRONG: Final = st.sampled_from([{"x": 1}, [[1]], -1, 10**30, 1.5, "x" * 5_000, [None], ""])


def values(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """Return values that a schema accepts; of a pattern or format only those of this program."""
    match schema:
        case {"$ref": str() as ref}:
            return values(schemas[ref.rpartition("/")[2]], schemas)
        case {"enum": list() as options}:
            return st.sampled_from(options)
        case {"anyOf": list() as options}:
            return st.one_of([values(one, schemas) for one in options])
        case {"type": "integer"}:
            least = schema.get("minimum", 0)
            return st.integers(least, min(schema.get("maximum", least + 20), least + 20))
        case {"type": "array"}:
            least = schema.get("minItems", 0)
            most = max(least, min(schema.get("maxItems", 3), 3))
            return st.lists(values(schema["items"], schemas), min_size=least, max_size=most)
        case {"type": "object"}:
            return _objects(schema, schemas)
        case {"type": "string", "pattern": str() as pattern}:
            most = schema.get("maxLength", 200)
            # `$` ends a text in ECMAScript; in Python it also stands before a line break.
            return st.from_regex(pattern).filter(lambda one: len(one) <= most and "\n" not in one)
        case {"type": str() as kind} if kind in _PLAIN:
            return _PLAIN[kind]
    raise AssertionError(f"no values are known for {schema}")


def _objects(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    required = schema.get("required", ())
    fields = {name: values(one, schemas) for name, one in schema["properties"].items()}
    return st.fixed_dictionaries(
        {name: one for name, one in fields.items() if name in required},
        optional={name: one for name, one in fields.items() if name not in required},
    )
