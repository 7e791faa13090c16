"""Every sentence that an error is made of has an Indonesian one, found by its English template."""

import ast
import contextlib
import os
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.adapters.templates.rendering import render
from pantau.errors import RetryError, StopError, UsageError
from pantau.messages.finished.indonesian.system import ERRORS
from pantau.messages.finished.recognition import LONGEST, PARAMETERS, catalogue, indonesian
from pantau.messages.finished.templates import FIELD, filled, parse
from pantau.problems import problem
from pantau.query import QueryError
from pantau.query import parse as parse_query
from pantau_schemas.events.subscription import MessageTemplate, QueryLanguage

PACKAGE: Final = Path(__file__).parents[3] / "services" / "pantau"
RAISED: Final = {
    "FetchError", "UnreadableFeedError", "SelectorError", "RegexError", "_ExcessError",
    "QueryError", "refuse", "fault", "_WrongError", "TemplateSyntaxError", "LimitError",
    "SecurityError", "_fault",
}  # fmt: skip
"""Errors beside those of `pantau.errors` whose text people read, and what builds them."""
OF_VALUES: Final = ("common/channels", "common/files/jsonlines.py", "feeds", "net", "settings")
"""Where the text of a ValueError is read by people: it becomes part of another error."""
PHRASES: Final = re.compile(r"(?<![\w`/.-])[a-z]{2,}(?![\w./_])")
OF_PROGRAMMERS: Final = {
    "stage {}: a keyed stage writes events only, all at once",
    "stage {} may not write {}: see its row in the topology",
    "stage {} follows {}, which is no table: it is not compacted",
    "stage {} cannot hold a part of {}: it is partitioned by {}, and {} by {}",
    "stage {} may not read the table {}: it does not follow it, see its row in the topology",
    "{}: not an e-mail address", "{}: not a webhook", "{}: not a file", "{}: not the terminal",
}  # fmt: skip
"""Errors of the program itself, which only whoever changes it can meet."""
OF_PARTS: Final = {"expected one of {}, not {}{}"}
"""Sentences with an ending that is empty or another sentence; the catalogue has both forms."""


def derived(trees: Iterable[ast.Module]) -> set[str]:
    """Return the names of the classes below PantauError."""
    bases = {
        node.name: {ast.unparse(base).rpartition(".")[2] for base in node.bases}
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    found = {"PantauError"}
    while more := {name for name, above in bases.items() if above & found} - found:
        found |= more
    return found


def template(node: ast.expr) -> str | None:
    match node:
        case ast.Constant(value=str() as text):
            return text
        case ast.JoinedStr(values=values):
            return "".join(
                str(one.value) if isinstance(one, ast.Constant) else "{}" for one in values
            )
    return None


def written(function: ast.AST, given_to: set[str]) -> Iterator[str]:
    """Yield the sentences that a function gives to some names, directly or by a variable."""
    values: dict[str, list[ast.expr]] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            values.setdefault(node.targets[0].id, []).append(node.value)
    for node in ast.walk(function):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", None)
        if name not in given_to:
            continue
        for argument in node.args:
            named = values.get(argument.id, []) if isinstance(argument, ast.Name) else [argument]
            for one in named:
                for part in (one.body, one.orelse) if isinstance(one, ast.IfExp) else (one,):
                    text = template(part)
                    if text is not None:
                        yield text


def sentences() -> Iterator[tuple[str, str]]:
    """Yield each sentence that an error is made of, and where."""
    texts = {
        path: path.read_text(encoding="utf-8")
        for path in sorted(PACKAGE.rglob("*.py"))
        if PACKAGE / "messages" not in path.parents
    }
    # One tree at a time: all of them fill some hundred megabytes. Most modules have none of these.
    names = (
        derived(ast.parse(text) for text in texts.values() if re.search(r"class \w+\(", text))
        | RAISED
    )
    for path, text in texts.items():
        here = path.relative_to(PACKAGE).as_posix()
        wanted = names | ({"ValueError"} if here.startswith(OF_VALUES) else set())
        if not re.search(rf"\b(?:{'|'.join(wanted)})\(", text):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                for sentence in written(node, wanted):
                    yield here, sentence


def is_sentence(text: str) -> bool:
    return len(PHRASES.findall(text)) >= 2


def test_every_sentence_of_an_error_has_a_translation() -> None:
    known = {FIELD.sub("{}", english) for english in catalogue()} | OF_PROGRAMMERS | OF_PARTS
    missing = sorted({(where, text) for where, text in sentences() if is_sentence(text)})
    assert not [one for one in missing if one[1] not in known]


@pytest.mark.parametrize("english", sorted(catalogue()))
def test_templates_are_specific_and_keep_their_fields(english: str) -> None:
    there = parse(english)
    assert sum(map(str.isalpha, "".join(there.literals))) >= 4, "it would fit anything"
    assert all(there.literals[1:-1]), "two fields side by side cannot be told apart"
    assert set(parse(catalogue()[english]).fields) == set(there.fields)


@pytest.mark.parametrize("english", sorted(catalogue()))
def test_what_a_template_makes_is_recognised(english: str) -> None:
    values = {name: f"<{place}>" for place, name in enumerate(parse(english).fields)}
    shown = indonesian(filled(english, values))
    assert shown == filled(catalogue()[english], values)


@pytest.mark.parametrize(
    ("english", "shown"),
    [
        (
            "/x: cannot be written: " + os.strerror(13),
            "/x: tidak dapat ditulis: izin ditolak",
        ),
        ("the feed's proxy: this machine itself", "proksi umpan: mesin ini sendiri"),
        (
            "http://a.example: port 25 belongs to another protocol and is blocked",
            "http://a.example: porta 25 milik protokol lain dan diblokir",
        ),
        (
            "no secure connection: its certificate is revoked (revoked)",
            "tidak ada sambungan aman: sertifikatnya telah dicabut (revoked)",
        ),
        ("a text of another program", "a text of another program"),
        ("", ""),
    ],
)
def test_sentences_within_sentences(english: str, shown: str) -> None:
    assert indonesian(english) == shown


def test_what_the_system_says_is_known_as_it_is_said() -> None:
    for number, text in ERRORS.items():
        assert indonesian(os.strerror(number)) == text


def test_errors_and_reasons_are_shown_in_both_languages() -> None:
    error = RetryError("Kafka at k:9092 cannot be reached (timed out)")
    assert str(error) == error.text("en")
    assert error.text("id") == (
        "Kafka di k:9092 tidak dapat dihubungi (tidak ada jawaban tepat waktu)"
    )
    stop = StopError(problem("status.not-opened", path="/x", reason=os.strerror(2)))
    assert stop.text("id") == "/x: tidak dapat dibuka: tidak ada berkas atau folder itu"


def test_names_are_never_translated() -> None:
    named = problem("subscriptions.edited", name="memory ran out")
    assert named.text("id") == "Diubah: memory ran out"
    assert "name" not in PARAMETERS


@given(text=st.text(alphabet='ab AND()"^~*[]{}/\\:,=@-5<', max_size=40))
@pytest.mark.parametrize("language", ["lucene", "kql", "pantau"])
def test_what_a_query_lacks_is_told_in_indonesian(language: QueryLanguage, text: str) -> None:
    with contextlib.suppress(QueryError):
        parse_query(text, language)
        return
    with pytest.raises(QueryError) as caught:
        parse_query(text, language)
    error = caught.value
    assert error.reason is not None or indonesian(error.expected) != error.expected


@given(text=st.text(max_size=200))
def test_any_text_can_be_looked_up(text: str) -> None:
    assert isinstance(indonesian(text), str)
    assert indonesian(text * LONGEST) == text * LONGEST or not text


LACKING: Final = {"foot": "", "lang": "id", "lead": "", "more": 0, "name": "", "subject": ""}


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("{{ nama }}", "nama tidak ada; yang ada"),
        ("{{ name|panjang }}", "penyaring panjang tidak ada; yang ada"),
        ("{{ name }", "tidak terduga"),
        ("{{ }}", "seharusnya ungkapan di antara {{ dan }}"),
        ("{% if %}x{% endif %}", "seharusnya ungkapan"),
        ("{% for one in stories %}x", "'for' belum ditutup dengan 'endfor' atau 'else'."),
        ("{% if more %}x", "'if' belum ditutup dengan 'elif' atau 'else' atau 'endif'."),
        ("{% for one in stories %}x{% endif %}", "perintah 'endif' tidak dikenal; yang ditunggu"),
        ("{% endfor %}", "perintah 'endfor' tidak dikenal."),
        ("{% bila name %}", "perintah 'bila' tidak dikenal."),
        ("{{ name + name }}", "+ tidak boleh dipakai di sini"),
        ("{{ name() }}", "pemanggilan tidak boleh dipakai"),
        ("{% set a = 1 %}", "set tidak boleh dipakai"),
        ("{% for one in name %}x{% endfor %}", "perulangan memerlukan daftar"),
        ("{{ name.panjang }}", "tidak punya bagian 'panjang'"),
        ("{{ name is panjang }}", "uji panjang tidak ada; yang ada"),
        ("{{ name[] }}", "tidak boleh dipakai di sini"),
        ("{{ name. }}", "seharusnya nama atau angka"),
        ("{# x", "komentar tidak ditutup"),
        ("{{ name", "templat berakhir sebelum {{ ditutup dengan }}"),
        ("{% if name", "templat berakhir sebelum {% ditutup dengan %}"),
        ("{% raw %}x", "raw tidak ditutup"),
        ("{{ name ! }}", "karakter '!' tidak terduga"),
        ("{{ __class__ }}", "nama yang berawal garis bawah"),
        ("{{ name|join(',') }}", "join memerlukan daftar"),
        ("{{ (name }}", "tidak terduga"),
        ("{{ 'x }}", "tidak terduga"),
        ("{% %}", "seharusnya nama perintah"),
    ],
)
def test_refusals_of_templates_are_indonesian(source: str, shown: str) -> None:
    template = MessageTemplate(text=source)
    with pytest.raises(UsageError) as raised:
        render(template, {**LACKING, "stories": []})
    text = raised.value.text("id")
    assert text.startswith("text, baris 1: ")
    assert shown in text
    assert text != raised.value.text("en").replace("line", "baris")


@pytest.mark.parametrize(
    ("document", "shown"),
    [
        ("a = ", "nilai tidak sah; teks ditulis dalam tanda kutip (pada "),
        ("a = b", "tanda kutip (pada baris 1, kolom 5)"),
        ("[x", "nama bagian harus ditutup dengan ] (pada "),
        ("a", "seharusnya = setelah nama (pada "),
        ("a = 1 b", "baris baru setelah sebuah nilai (pada baris 1, kolom 7)"),
        ('a = "x', "teks tidak ditutup dengan tanda kutip (pada "),
        ("a = 1\na = 2", "nama yang sama diberi nilai dua kali (pada "),
        ("[a]\n[a]", " ditulis dua kali (pada baris 2, kolom 3)"),
        ("a = {b=1}\na.c = 2", "sudah lengkap dan tidak dapat ditambah (pada "),
    ],
)
def test_faults_of_toml_are_indonesian(document: str, shown: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as raised:
        tomllib.loads(document)
    assert shown in indonesian(str(raised.value))
