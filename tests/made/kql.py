"""Queries in KQL, at random."""

from tests.made.queries import Maker, escaped, quoted

_SIGNS = '\\():<>"*{}'
_ODD = (
    *(
        "...",
        "10",
        "3.50",
        "0.5",
        "007",
        "true",
        "\\and",
        "\\u0061nak",
        "knot bar",
        "NOT",
        "a\\tb",
        '""',
    ),
    *("foo bar*", "-x*", "A/B*"),
)
_DATES = ("2020-03-27", "2020", "2020-03", '"2020-03-27T10:00:00Z"', '"2025-12-31"', "banjir")


class KqlMaker(Maker):
    """Generates queries without braces."""

    def query(self, depth: int = 2) -> str:
        """Generate a query of all operators."""
        inner = depth - 1
        nested = 1 if depth else 0
        return self.one_of(
            (45 * nested, lambda: self._joined(inner)),
            (15 * nested, lambda: f"({self.query(inner)})"),
            (10 * nested, lambda: f"not {self.query(0)}"),
            (8, self._value_of_field),
            (6, self._date),
            (3, lambda: self._compared() + self._value()),
            (
                8,
                lambda: (
                    self.chance.choice(("title", "text", "quotes", "nosuch"))
                    + ": "
                    + self._values(2)
                ),
            ),
            (8, self._value),
        )

    def _joined(self, depth: int) -> str:
        operator = self.chance.choice((" and ", " or ", " AND ", "  or\t"))
        return operator.join(self.query(depth) for _ in range(self.chance.randint(2, 3)))

    def _compared(self) -> str:
        return self.chance.choice(("title", "lang", "people")) + self.chance.choice(
            (">=", "<=", ">", "<")
        )

    def _date(self) -> str:
        sign = self.chance.choice((":", ">=", "<=", ">", "<", " > "))
        return self.chance.choice(("published", "first_seen")) + sign + self.chance.choice(_DATES)

    def _value_of_field(self) -> str:
        name, value = self.keyword()
        start = escaped(value[: self.chance.randint(1, 6)], _SIGNS)
        forms = (f": {quoted(value)}", f": {escaped(value, _SIGNS) or '*'}", f":{start}*", ": *")
        return name + self.chance.choices(forms, (4, 3, 2, 1))[0]

    def _values(self, depth: int) -> str:
        if depth and self.maybe(0.4):
            operator = self.chance.choice((" and ", " or ", " OR "))
            inner = operator.join(self._values(depth - 1) for _ in range(self.chance.randint(1, 3)))
            return f"({inner})"
        return f"(not {self._values(depth - 1)})" if depth and self.maybe(0.15) else self._value()

    def _value(self) -> str:
        def word() -> str:
            return escaped(self.any_word(), _SIGNS)

        def infix() -> str:
            made = word()
            place = self.chance.randint(0, len(made))
            return made if place and made[place - 1] == "\\" else f"{made[:place]}*{made[place:]}"

        return self.one_of(
            (35, word),
            (15, lambda: f"{word()} {word()}"),
            (20, self.phrase),
            (15, lambda: escaped(self.any_word()[: self.chance.randint(1, 6)], _SIGNS) + "*"),
            (5, infix),
            (2, lambda: "*"),
            (8, lambda: self.chance.choice(_ODD)),
        )
