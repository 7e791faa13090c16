"""Kibana's own language, KQL, without braces for nested fields.

    query = or ; or = and ( "or" and )* ; and = not ( "and" not )* ; not = ["not"] ( "(" or ")" | expression )
    expression = field ":" value | field ":" "(" values ")" | field ( < | <= | > | >= ) value | value

Words without an operator between them are one value: `title: banjir besar` is a title with either word.
"""

from pantau.query import ast
from pantau.query.errors import QueryError


def parse(text: str, time_zone: str = "UTC") -> ast.Query:
    """Read a query in KQL. Raises QueryError."""
    del time_zone
    raise QueryError(text, 0, "KQL is not supported yet")
