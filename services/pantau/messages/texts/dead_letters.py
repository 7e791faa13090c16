"""Dead letters and replay: what goes through the pipeline again."""

from collections.abc import Mapping
from typing import Final

from pantau.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "dead-letters.missing": Text(
        en="no dead letter has an id that starts with {start!r}; see `pantau dead-letters list`",
        id="tidak ada surat mati dengan id berawalan {start!r}; lihat `pantau dead-letters list`",
    ),
    "dead-letters.several": Text(
        en="{count} dead letters have an id that starts with {start!r}; give more of it",
        id="{count} surat mati memiliki id berawalan {start!r}; berikan id yang lebih panjang",
    ),
    "dead-letters.none": Text(en="No dead letters.", id="Tidak ada surat mati."),
    "dead-letters.none-of-stage": Text(
        en="No dead letters of stage {stage}.", id="Tidak ada surat mati dari tahap {stage}."
    ),
    "dead-letters.count": Text(
        en="{count:n dead letter|dead letters}; `pantau dead-letters show ID` shows one whole.",
        id="{count:n surat mati}; `pantau dead-letters show ID` menampilkan isinya.",
    ),
    "dead-letters.was-put-back": Text(en="(put back) {reason}", id="(sudah diulang) {reason}"),
    "dead-letters.name-or-all": Text(
        en="name the dead letters, or give --all", id="sebutkan surat matinya, atau beri --all"
    ),
    "dead-letters.put-back": Text(en="{count} put back.", id="{count} diulang."),
    "dead-letters.put-back-but": Text(
        en="{count} put back. {overtaken} overtaken by a newer revision: left.",
        id="{count} diulang. {overtaken} sudah digantikan revisi yang lebih baru: dibiarkan.",
    ),
    "dead-letters.column-id": Text(en="id", id="id"),
    "dead-letters.column-stage": Text(en="stage", id="tahap"),
    "dead-letters.column-topic": Text(en="topic", id="topik"),
    "dead-letters.column-failed": Text(en="failed", id="gagal"),
    "dead-letters.column-reason": Text(en="reason", id="sebab"),
    "dead-letters.label-key": Text(en="key", id="kunci"),
    "dead-letters.label-put-back": Text(en="put back", id="diulang"),
    "dead-letters.label-error": Text(en="error", id="kesalahan"),
    "dead-letters.label-value": Text(en="value", id="isi"),
    "dead-letters.times-before": Text(en="{count} times before", id="{count} kali sebelumnya"),
    "dead-letters.replay-none": Text(
        en="No such articles: nothing to do again.",
        id="Tidak ada artikel seperti itu: tidak ada yang diulang.",
    ),
    "dead-letters.replay-count": Text(
        en="{count:n article|articles} to go through the pipeline again, "
        "as soon as `pantau run` runs.",
        id="{count:n artikel} akan melalui saluran kerja lagi, begitu `pantau run` berjalan.",
    ),
    "dead-letters.replay-reading": Text(en="reading", id="membaca"),
}
