"""Queries in the language `pantau`, at random.

Its own operators, among clauses of the Lucene syntax.
"""

from tests.made.lucene import LuceneMaker
from tests.made.queries import escaped, quoted

_NUMBERS = (0, 0, 1, 1, 2, 3, 3, 5, 8, 20, 99, 100, 103, 2_000, 4_000_000_000)


class PantauMaker(LuceneMaker):
    """Generates queries in which most clauses are operators of the language."""

    def leaf(self) -> str:
        """Generate one clause of any kind."""
        return self.one_of(
            (8, self.near),
            (4, self.at_least),
            (3, self.exact),
            (4, super().leaf),
        )

    def near(self) -> str:
        """Join two operands, mostly words that an article has near each other."""
        words = self.some_words(2, 8)
        operator = self.chance.choice(("NEAR", "NEAR", "ONEAR"))
        first, second = words[0], words[-1]
        if self.maybe(0.3):
            first, second = second, first
        name = self.chance.choices(
            ("", "title:", "text:", "quotes:", "roles:", "nosuch:"), (12, 2, 2, 1, 1, 0.2)
        )[0]
        number = self.chance.choice(_NUMBERS)
        made = f"{self._operand(first)} {operator}/{number} {self._operand(second)}"
        inside = name in {"quotes:", "roles:"} or self.maybe(0.5)
        return f"{name}({made})" if name and inside else name + made

    def at_least(self) -> str:
        """Generate an ATLEAST of an operand."""
        number = self.chance.choice((1, 2, 2, 2, 3, 3, 4, 5, 8, 20))
        name = self.chance.choice(("", "", "", "title:", "quotes:", "text:", "roles:"))
        word = self.chance.choice([*self.some_words(1, 3), "di", "anak", "the", "kerja"])
        return f"ATLEAST/{number} {name}{self._operand(word)}"

    def exact(self) -> str:
        """Write words with capitals: as an article has them, or not."""
        words = " ".join(self.some_words(1, 3))
        if self.maybe(0.2):
            words = self.chance.choice((words.upper(), words.lower(), words.title()))
        name = self.chance.choice(("", "", "", "title:", "quotes:", "text:", "people:"))
        return f"{name}={quoted(words)}"

    def _operand(self, word: str) -> str:
        def one() -> str:
            found = word if self.maybe(0.5) else self.any_word()
            return self.one_of(
                (10, lambda: _word(found)),
                (3, lambda: quoted(" ".join(self.some_words(1, 3)))),
                (3, lambda: (escaped(found[: self.chance.randint(1, 4)]) or "k") + "*"),
                (2, lambda: f"={quoted(found)}"),
                (0.5, lambda: f"text:{escaped(found) or 'kosong'}"),
                (0.3, lambda: f"{quoted(' '.join(self.some_words(2, 3)))}~2"),
            )

        if self.maybe(0.2):
            return (
                "("
                + self.chance.choice((" OR ", " ")).join(
                    one() for _ in range(self.chance.randint(2, 4))
                )
                + ")"
            )
        if self.maybe(0.7):
            return _word(word)
        return one()


def _word(text: str) -> str:
    """Write a word, in quotes where it would be an operator."""
    return quoted(text) if text in {"AND", "OR", "NOT"} else escaped(text) or "kosong"
