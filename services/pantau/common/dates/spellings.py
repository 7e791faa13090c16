"""Spellings of dates that are rewritten before a date is cut into words and numbers."""

import re
import unicodedata
from typing import Final

_SIGNS: Final = str.maketrans("’‘`´−＋", "''''-+")
_ENGLISH: Final = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)
_REIWA: Final = 2018  # the year before the first of the era
_MINGUO: Final = 1911
_YEAR_MONTH_DAY: Final = re.compile(
    r"(?:(?P<era>令和|民國|民国) ?)?(?P<year>\d{1,4}|元) ?[年년] ?(?P<month>\d{1,2}) ?[月월]"
    r" ?(?P<day>\d{1,2}) ?[日号號일]?"
)
_EASTERN_TIME: Final = re.compile(
    r"(?P<hour>\d{1,2}) ?[時时点點시](?: ?(?P<minute>\d{1,2}) ?[分분]"
    r"(?: ?(?P<second>\d{1,2}) ?[秒초])?)?"
)
_DOTTED_YEAR_FIRST: Final = re.compile(r"(?<!\d)(\d{4})\. ?(\d{1,2})\. ?(\d{1,2})\.?(?!\d)")
_DOTTED_DAY_FIRST: Final = re.compile(r"(?<!\d)(\d{1,2})\. (\d{1,2})\. (\d{4})(?!\d)")
_NUMBERED_MONTH: Final = re.compile(r"\b(?:tháng |thg |thg\.? ?|th)(\d{1,2})\b", re.IGNORECASE)
_HOURS: Final = re.compile(r"(?<!\d)(\d{1,2}) ?h ?(\d{2})(?!\d)", re.IGNORECASE)
_HALF: Final = re.compile(r"(?<![^\W\d_])([ap])\.? ?m\b\.?", re.IGNORECASE)
_LOST_PLUS: Final = re.compile(r"(?<=\d\d:\d\d:\d\d) (0\d|1[0-4]):?(00|30|45)\Z")
"""An offset whose plus became a space, as it does in forms of the web."""
_OFFSET_WITH_SECONDS: Final = re.compile(r"(?<=\d:\d\d)([+-]\d\d:\d\d):\d\d(?!\d)")
_CHANGED: Final = re.compile(
    r"(?<=[\s\d])[(\[|,;/-]? ?\b(?:terakhir )?(?:di(?:perbarui|perbaharui|update|ubah|revisi)"
    r"|(?:last )?updated?|(?:last )?modified|edited)\b.*",
    re.IGNORECASE | re.DOTALL,
)
"""The time of a change behind that of the publication."""
_WHOLE: Final = re.compile(r"\d.*\d\d", re.DOTALL)
_LEVANTINE: Final = re.compile("(?P<name>كانون|تشرين) ال(?P<which>أول|اول|ثاني)")
_LEVANTINE_MONTHS: Final = {
    ("كانون", True): "dec",
    ("كانون", False): "jan",
    ("تشرين", True): "oct",
    ("تشرين", False): "nov",
}
_EASTERN_MONTH: Final = re.compile(r"(?<!\d)(\d{1,2}) ?[月월](?!曜|요)")
_THAI_MONTHS: Final = {
    name: number
    for number, name in enumerate(
        ("มค", "กพ", "มีค", "เมย", "พค", "มิย", "กค", "สค", "กย", "ตค", "พย", "ธค")
    )
}
_THAI_MONTH: Final = re.compile(r"(?:[มกพสตธ]|มี|เม|มิ)\.[คพยม]\.?")
_THAI: Final = re.compile("[\u0e01-\u0e4e]")


def respell(text: str) -> str:
    """Return a date in the spelling that words and numbers are read from.

    Handles Chinese, Japanese and Korean dates and times, with the eras Reiwa and Minguo; numbered
    months of these and Vietnamese; abbreviated Thai months; Levantine months of two words; hours
    with `h`; dots with spaces. Offsets that lost their plus, or have seconds. The time of a change
    behind that of the publication goes.
    """
    text = unicodedata.normalize("NFC", text).translate(_SIGNS)
    text = _LOST_PLUS.sub(r"+\1\2", _OFFSET_WITH_SECONDS.sub(r"\1", _without_change(text)))
    text = _YEAR_MONTH_DAY.sub(_eastern_date, text)
    text = _EASTERN_MONTH.sub(_numbered_month, text)
    text = _THAI_MONTH.sub(_thai_month, text)
    text = _EASTERN_TIME.sub(_eastern_time, text)
    text = _DOTTED_YEAR_FIRST.sub(r" \1-\2-\3 ", text)
    text = _DOTTED_DAY_FIRST.sub(r" \1.\2.\3 ", text)
    text = _NUMBERED_MONTH.sub(_numbered_month, text)
    text = _HOURS.sub(r"\1:\2", text)
    text = _LEVANTINE.sub(_levantine_month, text)
    return _HALF.sub(r"\1m", text)


def _without_change(text: str) -> str:
    """Return a date without the time of a change that follows a whole date."""
    match = _CHANGED.search(text)
    before = text[: match.start()] if match is not None else ""
    return before if _WHOLE.search(before) else text


def is_buddhist(text: str, year: int) -> bool:
    """Return whether the year of a date counts from the Buddhist era, as Thai dates do."""
    return year > 2400 and _THAI.search(text) is not None


def _eastern_date(match: re.Match[str]) -> str:
    year = 1 if match["year"] == "元" else int(match["year"])
    if match["era"]:
        year += _REIWA if match["era"] == "令和" else _MINGUO
    elif year < 100:
        year += 2000
    return f" {year:04}-{int(match['month'])}-{int(match['day'])} "


def _eastern_time(match: re.Match[str]) -> str:
    minute, second = int(match["minute"] or 0), int(match["second"] or 0)
    return f" {int(match['hour'])}:{minute:02}:{second:02} "


def _numbered_month(match: re.Match[str]) -> str:
    number = int(match[1])
    return f" {_ENGLISH[number - 1]} " if 1 <= number <= len(_ENGLISH) else match.group()


def _thai_month(match: re.Match[str]) -> str:
    number = _THAI_MONTHS.get(match[0].replace(".", ""))
    return match[0] if number is None else f" {_ENGLISH[number]} "


def _levantine_month(match: re.Match[str]) -> str:
    return _LEVANTINE_MONTHS[match["name"], match["which"] != "ثاني"]
