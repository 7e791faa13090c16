"""Events hold a problem as a code beside its sentence; older records hold the sentence alone."""

import itertools
import json

import pytest

from pantau.adapters.terminal.screen import delivery_text
from pantau.common.stored_problems import from_data, stored_text, to_data
from pantau.errors import RejectError, RetryError
from pantau.messages.languages import LANGS
from pantau.notifier.retry_policy import dead_letter, settle, settle_in_summary
from pantau.ports import Received, Record
from pantau.problems import Problem, problem
from pantau.settings import NotifySettings
from pantau.stream import dead_letter as stream_letters
from pantau_schemas.codec import decode, encode
from pantau_schemas.events.alert import Delivery, DeliveryStatus
from pantau_schemas.events.dead_letter import DeadLetter
from tests.support import START
from tests.unit.notifier.support import delivery

SETTINGS = NotifySettings(max_attempts=2)
ANSWERED = problem("delivery.webhook-answered", status=503)


def test_a_failed_try_keeps_the_code_and_the_sentence() -> None:
    tried = settle(delivery(), RetryError(ANSWERED), START, SETTINGS)
    assert (tried.problem, from_data(tried.reason)) == ("the webhook answered 503", ANSWERED)
    assert decode(Delivery, encode(tried)) == tried
    last = settle(tried, RetryError(ANSWERED), START, SETTINGS)
    assert last.status is DeliveryStatus.FAILED
    assert last.problem == "given up after 2 tries, the last: the webhook answered 503"
    assert stored_text(last.problem, last.reason, "id") == (
        "dihentikan setelah 2 percobaan, yang terakhir: webhook menjawab 503"
    )
    assert settle_in_summary(delivery(), last, START).reason == last.reason
    letter = dead_letter(last, offset=0, headers={}, error="RetryError", now=START)
    assert letter.reason == f"{last.channel}: {last.problem}"
    assert stored_text(letter.reason, letter.problem, "id").endswith("webhook menjawab 503")
    assert decode(DeadLetter, encode(letter)) == letter


def test_a_sentence_without_a_code_is_kept_as_it_is() -> None:
    tried = settle(delivery(), RejectError("no such user"), START, SETTINGS)
    assert tried.problem == "no such user"
    for lang in LANGS:
        assert stored_text(tried.problem, tried.reason, lang) == "no such user"


def test_a_record_that_is_rejected_keeps_the_code() -> None:
    received = Received(Record("articles", "k", b"{"), 7)
    coded = stream_letters.dead_letter("enricher", received, RejectError(ANSWERED), START)
    letter = decode(DeadLetter, coded.value or b"")
    assert (letter.reason, from_data(letter.problem)) == (str(ANSWERED), ANSWERED)
    plain = stream_letters.dead_letter("enricher", received, ValueError("broken"), START)
    assert decode(DeadLetter, plain.value or b"").problem is None


@pytest.mark.parametrize("version", [1, 2])
def test_deliveries_of_older_versions_are_shown_as_they_were_written(version: int) -> None:
    failed = settle(delivery(), RejectError("HTTP 503"), START, SETTINGS)
    fields = json.loads(encode(failed)) | {"schema_version": version}
    del fields["reason"]
    old = decode(Delivery, json.dumps(fields).encode())
    assert (old.problem, old.reason) == ("HTTP 503", None)
    shown = delivery_text(old, "id").plain
    assert shown.startswith("gagal ")
    assert shown.endswith("(1 percobaan: HTTP 503)")


def test_dead_letters_of_older_versions_are_read() -> None:
    failed = settle(delivery(), RejectError("HTTP 503"), START, SETTINGS)
    letter = dead_letter(failed, offset=0, headers={}, error="RejectError", now=START)
    fields = json.loads(encode(letter)) | {"schema_version": 1}
    del fields["problem"]
    old = decode(DeadLetter, json.dumps(fields).encode())
    assert (old.reason, old.problem) == (letter.reason, None)


def test_notes_about_a_feed_are_shown_in_the_language_that_is_asked_for() -> None:
    notes = (
        (
            "all 24 items were new at 2026-03-01T08:00:00.000Z, so others may have been missed; "
            "it is polled again soon"
        ),
        (
            "silent for 5 days, though it usually has something new every 30 minutes; look whether "
            "the site has another feed now"
        ),
        "2 dates lie in the future, by up to 3 hours; the time of the poll counts instead",
    )
    shown = (
        (
            "semua 24 item baru pada 2026-03-01T08:00:00.000Z, jadi mungkin ada yang terlewat; "
            "umpan segera diperiksa lagi"
        ),
        (
            "tidak ada yang baru selama 5 hari, padahal biasanya ada yang baru setiap 30 menit; "
            "periksa apakah situsnya kini memiliki umpan lain"
        ),
        "2 tanggal berada di masa depan, sampai 3 jam; waktu pemeriksaan yang dipakai",
    )
    for note, text in zip(notes, shown, strict=True):
        assert stored_text(note, None, "id") == text
        assert stored_text(note, None, "en") == note
    for first, second in itertools.permutations(range(3), 2):
        both = f"{notes[first]}; {notes[second]}"
        assert stored_text(both, None, "id") == f"{shown[first]}; {shown[second]}"


def test_a_code_of_a_later_version_is_shown_in_english_as_it_was_written() -> None:
    later = to_data(Problem("delivery.later", {"n": 1}))
    assert stored_text("it failed later", later, "en") == "it failed later"
    assert stored_text("it failed later", later, "id") == "it failed later"


def test_no_problem_is_no_text() -> None:
    assert stored_text(None, None, "id") == ""
