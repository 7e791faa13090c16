"""Automata of number ranges, as `<1-31>` in a regular expression."""

from pantau.query.automata.automaton import Nfa, Row, alive

_Transitions = list[tuple[int, int, int]]


def numbers(low: int, high: int, digits: int) -> Nfa:
    """Build an automaton of the numbers.

    With leading zeros to `digits` digits, or with any number of them if `digits` is 0.
    """
    first, last = str(low), str(high)
    width = digits or max(len(first), len(last))
    builder = _Builder(first.zfill(width), last.zfill(width))
    if digits:
        builder.between(0, zeros=False)
        return builder.finish()
    builder.rows.append([(0x30, 0x30, 0)])
    builder.between(0, zeros=True)
    for start in builder.starts:
        builder.rows[0] += builder.rows[start]
    return builder.finish()


class _Builder:
    """Walks both bounds digit by digit.

    `zeros`: only zeros were read so far, so the number may begin here, too.
    """

    def __init__(self, low: str, high: str) -> None:
        self.low = low
        self.high = high
        self.rows: list[_Transitions] = []
        self.accepting: list[int] = []
        self.starts: list[int] = []

    def finish(self) -> Nfa:
        rows: tuple[Row, ...] = tuple(tuple(sorted(row)) for row in self.rows)
        return alive(Nfa(rows, frozenset(self.accepting)))

    def _state(self, place: int, *, zeros: bool = False) -> tuple[int, bool]:
        """Add a state; return whether digits are still to come."""
        state = len(self.rows)
        self.rows.append([])
        if place == len(self.low):
            self.accepting.append(state)
            return state, False
        if zeros:
            self.starts.append(state)
        return state, True

    def between(self, place: int, *, zeros: bool) -> int:
        state, more = self._state(place, zeros=zeros)
        if not more:
            return state
        low, high = ord(self.low[place]), ord(self.high[place])
        still = zeros and self.low[place] == "0"
        row = self.rows[state]
        if low == high:
            row.append((low, low, self.between(place + 1, zeros=still)))
            return state
        row.append((low, low, self._from(place + 1, zeros=still)))
        row.append((high, high, self._up_to(place + 1)))
        if low + 1 < high:
            row.append((low + 1, high - 1, self._any(place + 1)))
        return state

    def _from(self, place: int, *, zeros: bool) -> int:
        state, more = self._state(place, zeros=zeros)
        if more:
            digit = ord(self.low[place])
            still = zeros and self.low[place] == "0"
            self.rows[state].append((digit, digit, self._from(place + 1, zeros=still)))
            if digit < 0x39:
                self.rows[state].append((digit + 1, 0x39, self._any(place + 1)))
        return state

    def _up_to(self, place: int) -> int:
        state, more = self._state(place)
        if more:
            digit = ord(self.high[place])
            self.rows[state].append((digit, digit, self._up_to(place + 1)))
            if digit > 0x30:
                self.rows[state].append((0x30, digit - 1, self._any(place + 1)))
        return state

    def _any(self, place: int) -> int:
        state, more = self._state(place)
        if more:
            self.rows[state].append((0x30, 0x39, self._any(place + 1)))
        return state
