"""Dead letters and replay: what goes through the pipeline again."""

from collections.abc import Mapping
from typing import Final

from pantau.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "dead-letters.missing": Text(
        en="no dead letter has an id that starts with {start!r}; see {$dead-letters list}",
        id="tidak ada rekaman gagal dengan id berawalan {start!r}; lihat {$dead-letters list}",
    ),
    "dead-letters.several": Text(
        en="{count} dead letters have an id that starts with {start!r}; give more of it",
        id="{count} rekaman gagal memiliki id berawalan {start!r}; berikan id yang lebih panjang",
    ),
    "dead-letters.none": Text(en="No dead letters.", id="Tidak ada rekaman gagal."),
    "dead-letters.none-of-stage": Text(
        en="No dead letters of stage {stage}.", id="Tidak ada rekaman gagal dari tahap {stage}."
    ),
    "dead-letters.count": Text(
        en="{count:n dead letter|dead letters}; `pantau dead-letters show ID` shows one whole.",
        id="{count:n rekaman gagal}; `pantau dead-letters show ID` menampilkan isinya.",
    ),
    "dead-letters.count-of": Text(
        en="The newest {count} of {total:n dead letter|dead letters}; "
        "--limit shows more, --stage, --topic, --reason and --since narrow the list.",
        id="{count} terbaru dari {total:n rekaman gagal}; "
        "--limit menampilkan lebih banyak, --stage, --topic, --reason dan --since menyaringnya.",
    ),
    "dead-letters.none-of-filter": Text(
        en="No dead letters like these.", id="Tidak ada rekaman gagal seperti itu."
    ),
    "dead-letters.unreadable": Text(
        en="dead letter {id} cannot be read by this version of Pantau ({reason}); upgrade it, "
        "or run `pantau dead-letters discard {id}`",
        id="rekaman gagal {id} tidak dapat dibaca oleh versi Pantau ini ({reason}); mutakhirkan, "
        "atau jalankan `pantau dead-letters discard {id}`",
    ),
    "dead-letters.is-unreadable": Text(
        en="(cannot be read) {reason}", id="(tidak dapat dibaca) {reason}"
    ),
    "dead-letters.some-unreadable": Text(
        en="{count:n record|records} among them cannot be read by this version of Pantau: upgrade "
        "it, or discard them.",
        id="{count:n rekaman} di antaranya tidak dapat dibaca oleh versi Pantau ini: mutakhirkan, "
        "atau buang dengan `pantau dead-letters discard`.",
    ),
    "dead-letters.was-closed": Text(en="(closed) {reason}", id="(sudah selesai) {reason}"),
    "dead-letters.discarded": Text(en="{count} discarded.", id="{count} dibuang."),
    "dead-letters.left-unreadable": Text(
        en="{count} cannot be read and were left; see `pantau dead-letters list`.",
        id="{count} tidak dapat dibaca dan dibiarkan; lihat `pantau dead-letters list`.",
    ),
    "dead-letters.left-refused": Text(
        en="{count} could not be put back and were left; the log says why.",
        id="{count} tidak dapat diulang dan dibiarkan; sebabnya ada di catatan log.",
    ),
    "dead-letters.name-or-all": Text(
        en="name the dead letters, or give --all", id="sebutkan rekaman gagalnya, atau beri --all"
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
    "dead-letters.label-discarded": Text(en="discarded", id="dibuang"),
    "dead-letters.label-value": Text(en="value", id="isi"),
    "dead-letters.times-before": Text(en="{count} times before", id="{count} kali sebelumnya"),
    "dead-letters.replay-none": Text(
        en="No such articles: nothing to do again.",
        id="Tidak ada artikel seperti itu: tidak ada yang diulang.",
    ),
    "dead-letters.replay-count": Text(
        en="{count:n article|articles} to go through the pipeline again, "
        "as soon as `pantau run` runs.",
        id="{count:n artikel} akan melalui alur kerja lagi, begitu `pantau run` berjalan.",
    ),
    "dead-letters.replay-alone": Text(
        en="--subscription takes its own query, and touches no article: leave out --query and "
        "--enrich",
        id="--subscription memakai kuerinya sendiri dan tidak menyentuh artikel: hilangkan --query "
        "dan --enrich",
    ),
    "dead-letters.replay-plan": Text(
        en="{name}: {matching:n stored article matches|stored articles match}; "
        "{count:n alert|alerts} to raise",
        id="{name}: {matching:n artikel tersimpan} cocok; {count:n pemberitahuan} untuk dikirim",
    ),
    "dead-letters.replay-before": Text(
        en="{count:n of them|of them} alerted it before", id="{count:n} sudah pernah diberitahukan"
    ),
    "dead-letters.replay-copies": Text(
        en="{count:n of them|of them} have the text of another one",
        id="{count:n} berisi teks yang sama dengan yang lain",
    ),
    "dead-letters.replay-not-yet": Text(
        en="Nothing was raised: add --alert to raise them.",
        id="Belum ada yang dikirim: tambahkan --alert untuk mengirimnya.",
    ),
    "dead-letters.replay-held": Text(
        en="{name} is paused or suspended: its alerts wait until it is resumed",
        id="{name} dijeda atau ditangguhkan: pemberitahuannya menunggu sampai dilanjutkan",
    ),
    "dead-letters.replay-many": Text(
        en="{count:n alert|alerts} go to its channels at once; add --yes if that is meant",
        id="{count:n pemberitahuan} dikirim sekaligus ke salurannya; tambahkan --yes bila memang "
        "dimaksudkan",
    ),
    "dead-letters.replay-raised": Text(
        en="{count:n alert|alerts} raised; `pantau run` delivers them.",
        id="{count:n pemberitahuan} dibuat; `pantau run` mengirimkannya.",
    ),
    "dead-letters.replay-reading": Text(en="reading", id="membaca"),
}
