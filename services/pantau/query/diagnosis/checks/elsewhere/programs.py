"""Whole statements of other query languages: SQL, ES|QL, EQL, and Splunk's."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from pantau.query.diagnosis.diagnosis import Edit, Finding
from pantau.query.diagnosis.masked import masked
from pantau_schemas.events.subscription import QueryLanguage

_LONGEST: Final = 10_000
_SQL: Final = re.compile(
    r"\s*SELECT\s(?P<what>.{1,300}?)\sFROM\s+[\w.\"*-]+\s+WHERE\s+(?P<rest>.+)",
    re.IGNORECASE | re.DOTALL,
)
_SQL_TAIL: Final = re.compile(
    r"\s+(?:ORDER\s+BY|GROUP\s+BY|LIMIT)\s.*|\s*;\s*", re.IGNORECASE | re.DOTALL
)
_EQL: Final = re.compile(r"\s*any\s+where\s+(?=\w+\s*[:=])", re.IGNORECASE)
_PIPED: Final = re.compile(r"\s*FROM\s+[\w.*,: -]+\Z", re.IGNORECASE)
_WHERE: Final = re.compile(r"\s*WHERE\s+(?P<rest>.+)", re.IGNORECASE | re.DOTALL)
_COMMAND: Final = re.compile(
    r"\s*(?:stats|table|head|tail|sort|timechart|chart|top|rare|dedup|eval|fields|rename|limit"
    r"|keep|drop|rex)(?:\s|\Z)",
    re.IGNORECASE,
)
_SPLUNK: Final = re.compile(
    r"\s*(?:search\s+)?(?:index|sourcetype)\s*=\s*\S+\s+"
    r"(?:(?:index|sourcetype|host)\s*=\s*\S+\s+)*(?:AND\s+)?(?!\s*OR\s)",
    re.IGNORECASE,
)
"""A host alone is no statement of Splunk: it may be the source that is meant."""
_WHOLE: Final = re.compile(
    r"\s*(?P<name>KQL|QSTR)\s*\(\s*\"\"?\"?(?P<rest>.+?)\"\"?\"?\s*\)\s*\Z", re.IGNORECASE
)
_MATCH: Final = re.compile(
    r"(?<!\w)(?:MATCH|MATCH_PHRASE)\s*\(\s*(?P<name>\w+)\s*,\s*(?P<value>\"[^\"\\]+\")\s*\)",
    re.IGNORECASE,
)
_LIKE: Final = re.compile(r"(?<!\w)(?P<name>\w+)\s+LIKE\s+\"(?P<value>[\w*?.-]+)\"", re.IGNORECASE)


def programs(text: str, language: str) -> Iterator[Finding]:
    """Find a statement of another query language, whose condition is the query."""
    if len(text) > _LONGEST:
        return
    found = _of_sql(text) or _of_pipes(text) or _of_events(text)
    if found is None:
        return
    meant, used = found
    if not meant.strip():
        return
    other = None if used in {None, language} else used
    edits = (Edit(0, len(text), meant),)
    yield Finding("wrapped_query", 0, len(text), {"meant": meant}, edits, other)


def _of_sql(text: str) -> tuple[str, QueryLanguage | None] | None:
    found = _SQL.fullmatch(text)
    if found is None:
        return None
    return _SQL_TAIL.sub("", found["rest"]).strip(), None


def _of_events(text: str) -> tuple[str, QueryLanguage | None] | None:
    found = _EQL.match(text)
    return None if found is None else (text[found.end() :].strip(), None)


def _of_pipes(text: str) -> tuple[str, QueryLanguage | None] | None:
    """Return the conditions of stages with `|` between them; the other stages shape a table."""
    stages = _stages(text)
    splunk = _SPLUNK.match(text)
    if splunk is None and not (len(stages) > 1 and _PIPED.fullmatch(stages[0])):
        return None
    conditions = [stages[0][splunk.end() :].strip()] if splunk else []
    for stage in stages[1:]:
        where = _WHERE.fullmatch(stage)
        if where is not None:
            conditions.append(where["rest"].strip())
        elif _COMMAND.match(stage) is None:
            return None
    given = [one for one in conditions if one]
    if not given:
        return None
    whole = _WHOLE.fullmatch(given[0]) if len(given) == 1 else None
    if whole is not None:
        return whole["rest"], "kql" if whole["name"].upper() == "KQL" else "lucene"
    parts = [_LIKE.sub(r"\g<name>:\g<value>", _MATCH.sub(_matched, one)) for one in given]
    return " AND ".join(parts if len(parts) == 1 else (f"({one})" for one in parts)), None


def _matched(found: re.Match[str]) -> str:
    """Return what `MATCH(title, "a b")` means: any word, or all in order for a phrase."""
    words = found["value"].strip('"').split()
    if len(words) > 1 and "_" not in found[0].partition("(")[0]:
        return f"{found['name']}:({' OR '.join(words)})"
    return f"{found['name']}:{found['value']}"


def _stages(text: str) -> list[str]:
    """Return what stands between `|` outside of quotes."""
    hidden = masked(text, regex=False)
    cuts = [-1, *(one.start() for one in re.finditer(r"\|", hidden)), len(text)]
    return [text[start + 1 : end] for start, end in pairwise(cuts)]
