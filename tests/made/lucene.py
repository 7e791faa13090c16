"""Queries in the Lucene syntax, at random."""

from tests.made.queries import KEYWORDS, TEXTS, Maker, escaped

_EDITS = ("", "", "1", "2", "0", "AUTO", "0.5", "3", "1.0", "auto", "x")
_DATES = (
    "2019",
    "2020-03",
    "2020-03-27",
    "2020-03-28",
    "2022-09-09",
    "2024-02-29",
    "2026",
    "2025-12-31",
)
_HOURS = ("00", "12", "23:59", "12:30:15", "23:59:59", "12:30:15.25", "12:30:15.250", "17:00:00")
_STEPS = (
    "/d",
    "+1d/d",
    "-1M",
    "+1M/M",
    "/w",
    "/y",
    "+1y-1d",
    "-1y",
    "+3h/h",
    "/H",
    "/m",
    "/s",
    "-7d/d",
    "/2d",
)
_NO_DATES = (
    "1585310400000",
    "banjir",
    "2020-13",
    "2020-02-30",
    "2020-3-7",
    "20200327",
    "5",
    "*",
    "-1",
    "+2020",
)
_OF_REGEX = '.?+*|{}[]()"\\#@&<>~/'


class LuceneMaker(Maker):
    """Generates queries: `plain` has words, phrases, prefixes and fields, `query` everything."""

    def query(self, depth: int = 2) -> str:
        """Generate one to five clauses with operators between them."""
        made = self._clause(depth)
        for _ in range(self.chance.choice((0, 0, 1, 1, 2, 2, 3, 4))):
            operators = ("AND ", "OR ", "", "", "", "&& ", "|| ", "- ")
            odd = ("and ", "or ", "AND OR ", ") ")
            made += (
                " "
                + self.chance.choice(odd if self.maybe(0.03) else operators)
                + self._clause(depth)
            )
        return made

    def _clause(self, depth: int) -> str:
        sign = self.chance.choices(("", "+", "-", "NOT ", "!"), (71, 10, 10, 7, 2))[0]
        body = f"({self.query(depth - 1)})" if depth and self.maybe(0.2) else self.leaf()
        return sign + body + (self.chance.choice(("^2", "^0.5")) if self.maybe(0.04) else "")

    def leaf(self) -> str:
        """Generate one clause of any kind."""
        return self.one_of(
            (30, self.word),
            (14, self.phrase),
            (12, self._prefix),
            (
                6,
                lambda: (
                    self.chance.choice(TEXTS) + ":" + self.one_of((1, self.word), (1, self.phrase))
                ),
            ),
            (4, lambda: f"{self.chance.choice(TEXTS)}:({self.query(1)})"),
            (7, self._value),
            (4, self._special),
            (6, self.wildcard),
            (6, self.fuzzy),
            (7, self.sloppy),
            (5, self.range),
            (4, self.date),
            (5, self.regex),
        )

    def word(self) -> str:
        """Write a word, now and then in other letters."""
        made = escaped(self.any_word())
        odd = (made, made.upper(), made.lower(), "...", "\\u0061nak", "zzzq")
        return self.chance.choices(odd, (72, 10, 10, 3, 2, 3))[0] or "kosong"

    def _prefix(self) -> str:
        word = self.any_word()
        return escaped(word[: self.chance.randint(1, len(word))]) + "*"

    def _value(self) -> str:
        name, value = self.keyword()
        start = escaped(value[: self.chance.randint(1, 4)])
        forms = (
            f'"{escaped(value)}"',
            f"({escaped(value) or 'x'})",
            f"{start}*",
            escaped(value) or '""',
        )
        return f"{name}:{self.chance.choices(forms, (4, 2, 2, 2))[0]}"

    def _special(self) -> str:
        names = (*TEXTS, *KEYWORDS, "published", "nosuch")
        return self.one_of(
            (4, lambda: f"_exists_:{self.chance.choice(names)}"),
            (2, lambda: self.chance.choice(("*", "*:*", "title:*", "lang:*", "nosuch:*"))),
            (2, lambda: f"nosuch:{self.word()}"),
            (2, lambda: self.chance.choice(("ti\\*:", "t\\*t:", "people:")) + self.word()),
        )

    def wildcard(self) -> str:
        """Write a word or a name with `*` and `?` put in."""
        name = self.chance.choice(("", "", "title:", "people:", "source:"))
        known = {"people:": KEYWORDS["people"], "source:": KEYWORDS["source"]}.get(name)
        made = escaped(self.chance.choice(known), " ") if known else escaped(self.any_word())
        for _ in range(self.chance.randint(1, 3)):
            place = self.chance.randint(0, len(made))
            if place == 0 or made[place - 1] != "\\":
                made = (
                    made[:place]
                    + self.chance.choice("*?*")
                    + made[place + self.chance.randint(0, 2) :]
                )
        return name + made

    def fuzzy(self) -> str:
        """Write a word with up to two changes, and `~`."""
        letters = list(self.any_word().lower())
        for _ in range(self.chance.randint(0, 2)):
            place = self.chance.randint(0, len(letters))
            change = self.chance.randrange(4)
            if change == 0:
                letters[place:place] = [self.chance.choice("abn")]
            elif change == 1:
                letters[place : place + 1] = []
            elif change == 2:
                letters[place : place + 2] = letters[place : place + 2][::-1]
            else:
                letters[place : place + 1] = ["x"]
        name = self.chance.choice(("", "", "title:", "people:"))
        return f"{name}{escaped(''.join(letters)) or 'a'}~{self.chance.choice(_EDITS)}"

    def sloppy(self) -> str:
        """Write a phrase of words that stand near each other, mixed up, with a slop."""
        words = [word for word in self.some_words(2, 6) if self.maybe(0.8)] or ["anak", "anak"]
        if self.maybe(0.5):
            self.chance.shuffle(words)
        if self.maybe(0.2):
            words.append(words[0])
        inside = " ".join(words).replace("\\", "\\\\").replace('"', '\\"')
        slop = self.chance.choice(
            ("1", "2", "3", "5", "8", "100", "0", "", "1.7", "x", "2147483647")
        )
        return f'{self.chance.choice(("", "", "text:", "quotes:"))}"{inside}"~{slop}'

    def range(self) -> str:
        """Write a range of words or values."""
        name = self.chance.choice(("", "title:", "lang:", "source:", "people:", "place_codes:"))
        ends = (escaped(self.any_word()), "a", "en", "id", "*", "B", "Boy", "Z", '"New York"')
        low, high = self.chance.choice(ends), self.chance.choice(ends)
        if self.maybe(0.3):
            end = low if low not in {"*", '"New York"'} else "b"
            return (name or "title:") + self.chance.choice((">", ">=", "<", "<=")) + end
        return f"{name}{self.chance.choice('[{')}{low} TO {high}{self.chance.choice(']}')}"

    def _one_date(self) -> str:
        made = self.chance.choice(_DATES)
        if len(made) == 10 and self.maybe(0.5):
            made += "T" + self.chance.choice(_HOURS)
            if self.maybe(0.5):
                made += self.chance.choice(("Z", "+07:00", "+0700", "-0330", "+07"))
        if self.maybe(0.2):
            made += "||" + self.chance.choice(_STEPS)
        return self.chance.choice(_NO_DATES) if self.maybe(0.05) else made

    def date(self) -> str:
        """Write a date, or a range of dates, in one of all the forms there are."""
        name, one, other = (
            self.chance.choice(("published", "published", "first_seen")),
            self._one_date(),
            self._one_date(),
        )
        ends = (one, f'"{one}"'), (other, f'"{other}"', "*")
        low, high = (self.chance.choice(forms) for forms in ends)
        forms = (
            self.chance.choice((">", ">=", "<", "<=")) + escaped(one),
            escaped(one),
            f'"{one}"',
            f"{self.chance.choice('[{')}{low} TO {high}{self.chance.choice(']}')}",
        )
        return f"{name}:{self.chance.choices(forms, (30, 15, 15, 40))[0]}"

    def regex(self) -> str:
        """Write a regular expression that begins as a word does, or any."""
        word = self.any_word()
        word = word.lower() if self.maybe(0.8) else word
        body = self._expression(word, 3)
        if self.maybe(0.5):
            start = escaped(word[: self.chance.randint(0, len(word))], _OF_REGEX)
            end = self.chance.choice((".*", "@", "", "[a-z]*"))
            body = start + self._expression(word, 2) + end
        return f"{self.chance.choice(('', '', 'title:', 'people:', 'source:'))}/{body}/"

    def _expression(self, word: str, depth: int) -> str:
        def inner() -> str:
            return self._expression(word, depth - 1)

        if not depth:
            return self._literal(word)
        odd = ("@", "#", "<1-2019>", "<01-20>", '"an"', "\\d+", "\\w*", "()", "<20-1>")
        repeats = ("*", "+", "", "?", "{2}", "{1,3}", "{2,}")
        classes = ("a-m", "^a-k", "bn", "n-z0-9", "\\d", "a\\-z", "-a", "^\\w")
        return self.one_of(
            (35, lambda: self._literal(word)),
            (10, lambda: "." + self.chance.choice(repeats)),
            (
                10,
                lambda: f"[{self.chance.choice(classes)}]{self.chance.choice(('*', '+', '', ''))}",
            ),
            (10, lambda: f"({inner()}|{inner()}){self.chance.choice(('', '?', '*'))}"),
            (6, lambda: f"~({inner()})"),
            (6, lambda: f"({inner()}&{inner()})"),
            (5, lambda: self.chance.choice(odd)),
            (18, lambda: inner() + inner()),
        )

    def _literal(self, word: str) -> str:
        place = self.chance.randrange(max(1, len(word)))
        return escaped(word[place : place + self.chance.randint(1, 4)] or "a", _OF_REGEX)
