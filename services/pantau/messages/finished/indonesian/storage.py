"""Reports about files, memory, processes and channels on this machine."""

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, str]] = {
    "{path}: another process is changing it": "{path}: sedang diubah proses lain",
    "{path} is no file name: {reason}": "{path} bukan nama berkas: {reason}",
    "{path} is no regular file; name another one": "{path} bukan berkas biasa; sebutkan yang lain",
    "smtp.sender is no mailbox: {reason}": "smtp.sender bukan kotak surel: {reason}",
    "{path}: cannot be written: {reason}": "{path}: tidak dapat ditulis: {reason}",
    "{path}: cannot be opened: {reason}": "{path}: tidak dapat dibuka: {reason}",
    "{path}: no space is left on the disk ({reason}); free some, and try again": (
        "{path}: tidak ada ruang tersisa di disk ({reason}); kosongkan sebagian, lalu coba lagi"
    ),
    "{path} has layout {found}, not {expected}": "{path} bertata letak {found}, bukan {expected}",
    "{path} was damaged and is removed; start again, and it is read anew": (
        "{path} rusak dan dihapus; jalankan lagi, dan isinya dibaca ulang"
    ),
    "{path} is damaged: {reason}": "{path} rusak: {reason}",
    "{path}: cannot be read: {reason}": "{path}: tidak dapat dibaca: {reason}",
    "{path}: cannot be created: {reason}": "{path}: tidak dapat dibuat: {reason}",
    "{reason}. Move the file away and restore a backup, or start anew": (
        "{reason}. Pindahkan berkas itu dan pulihkan cadangan, atau mulai dari awal"
    ),
    "a stored value is damaged, or was compressed by a newer Pantau": (
        "suatu nilai yang tersimpan rusak, atau dimampatkan oleh Pantau yang lebih baru"
    ),
    "{path} was written by a newer Pantau (layout {found}); upgrade this one": (
        "{path} ditulis oleh Pantau yang lebih baru (tata letak {found}); mutakhirkan yang ini"
    ),
    "the program is ending": "program sedang berhenti",
    "CVE-2024-6923: the module email writes line breaks into headers": (
        "CVE-2024-6923: modul email menulis ganti baris ke dalam kepala surel"
    ),
    "it takes long to find a picture": "pencarian gambar memerlukan waktu lama",
    "too many pictures are asked for at once": "terlalu banyak gambar diminta sekaligus",
    "the program is ending; the document was not read to its end": (
        "program sedang berhenti; dokumen tidak dibaca sampai akhir"
    ),
    "no process to read the document could be started: {reason}": (
        "proses untuk membaca dokumen tidak dapat dimulai: {reason}"
    ),
    "reading the document took more than {most} MB of memory": (
        "pembacaan dokumen memerlukan lebih dari {most} MB memori"
    ),
    "reading the document did not end within {seconds} seconds": (
        "pembacaan dokumen tidak selesai dalam {seconds} detik"
    ),
    "reading the document came to too much: {reason}": (
        "pembacaan dokumen menghasilkan terlalu banyak: {reason}"
    ),
    "reading the document ended the process that read it ({reason})": (
        "pembacaan dokumen menghentikan proses pembacanya ({reason})"
    ),
    "the process that reads documents ended at its start (exit code {code})": (
        "proses pembaca dokumen berhenti saat dimulai (kode keluar {code})"
    ),
    "reading the document took more than {seconds} seconds of processor time": (
        "pembacaan dokumen memerlukan lebih dari {seconds} detik waktu prosesor"
    ),
    "the process that read the document was killed; is the machine short of memory?": (
        "proses pembaca dokumen dimatikan; apakah mesin kekurangan memori?"
    ),
    "the terminal cannot be written to: {reason}": "terminal tidak dapat ditulisi: {reason}",
    "alerter: the subscription {id} waits: {reason}": "alerter: langganan {id} menunggu: {reason}",
    "only a SQLite file can be worked on by two processes, not {store}": (
        "hanya berkas SQLite yang dapat dikerjakan dua proses, bukan {store}"
    ),
    "nothing of {store} lasts, so nothing of it is taken down": (
        "tidak ada isi {store} yang bertahan, jadi tidak ada yang perlu dihapus"
    ),
    "the pipeline ended by itself": "alur kerja berhenti sendiri",
    "the webhook got {count}, expected {expected} with right signatures": (
        "webhook menerima {count}, seharusnya {expected} dengan tanda tangan yang benar"
    ),
    "{count} events wait already for {key}, which does not answer; try this one later with "
    "`pantau dead-letters retry`": (
        "sudah {count} peristiwa menunggu {key}, yang tidak menjawab; coba yang ini nanti "
        "dengan `pantau dead-letters retry`"
    ),
    "no answer within {seconds} s": "tidak ada jawaban dalam {seconds} detik",
    "memory ran out": "memori habis",
    "given up after {tries} tries, the last: {reason}": (
        "dihentikan setelah {tries} percobaan, yang terakhir: {reason}"
    ),
    "internal error: the mail as written is not the one that was meant ({reason})": (
        "kesalahan internal: surel yang tertulis bukan yang dimaksud ({reason})"
    ),
    "the process ended, or its memory ran out, while this record alone was processed, {count} "
    "times; it can be tried again with `pantau dead-letters retry`": (
        "proses berhenti, atau memorinya habis, saat hanya rekaman ini yang diproses, {count} "
        "kali; dapat dicoba lagi dengan `pantau dead-letters retry`"
    ),
    "memory ran out; trying again with fewer records at a time": (
        "memori habis; dicoba lagi dengan lebih sedikit rekaman sekaligus"
    ),
    "the {name} ended at its start (exit code {code}); what it wrote before says why": (
        "{name} berhenti saat dimulai (kode keluar {code}); sebabnya ada pada yang ditulisnya "
        "sebelum itu"
    ),
    "the {name} {reason}, {count} times in a row without having done anything": (
        "{name} {reason}, {count} kali berturut-turut tanpa melakukan apa pun"
    ),
    "there is not enough memory to read the next records": (
        "memori tidak cukup untuk membaca rekaman berikutnya"
    ),
    "what reads the language {lang} is not loaded yet": ("pembaca bahasa {lang} belum dimuat"),
    "{stage}: there is not enough memory for what it works with": (
        "{stage}: memori tidak cukup untuk yang dipakainya bekerja"
    ),
    "notifier: the subscription {id} waits: {reason}": (
        "notifier: langganan {id} menunggu: {reason}"
    ),
    "notifier: the state of the subscription {id} waits: {reason}": (
        "notifier: keadaan langganan {id} menunggu: {reason}"
    ),
    "the number of partitions of {topic} is not known yet": (
        "jumlah partisi {topic} belum diketahui"
    ),
    "its membership of the group has ended: joining it again": (
        "keanggotaannya di grup berakhir: bergabung lagi"
    ),
    "its group has assigned no partitions for {seconds} s": (
        "grupnya tidak memberi partisi selama {seconds} detik"
    ),
    "{stage}: {key} waits: {reason}": "{stage}: {key} menunggu: {reason}",
    "{file}: more than {most} bytes: no feed": "{file}: lebih dari {most} bita: bukan umpan",
    "more than {most} bytes: no feed": "lebih dari {most} bita: bukan umpan",
    "more than {most} objects and lists": "lebih dari {most} objek dan daftar",
    "nested more than {most} deep": "bersarang lebih dari {most} tingkat",
    "no UTF-8: byte {place} of the line is 0x{value}": (
        "bukan UTF-8: bita ke-{place} pada baris itu 0x{value}"
    ),
    "no JSON: {reason} at character {place}": "bukan JSON: {reason} pada karakter ke-{place}",
    "no JSON: {reason}": "bukan JSON: {reason}",
    "a number of {count} digits": "angka sepanjang {count} digit",
    "a number out of range: {value}": "angka di luar jangkauan: {value}",
    "standard input is closed": "masukan standar ditutup",
    "standard output is closed": "keluaran standar ditutup",
    "standard output cannot be written: {reason}": (
        "keluaran standar tidak dapat ditulisi: {reason}"
    ),
    "output: {reason}": "keluaran: {reason}",
    "{variable}: {path} cannot be read ({reason})": (
        "{variable}: {path} tidak dapat dibaca ({reason})"
    ),
    "{variable}: {path} is no text in UTF-8": "{variable}: {path} bukan teks UTF-8",
    "{variable}: {path} is longer than {most} bytes, and so no secret": (
        "{variable}: {path} lebih panjang dari {most} bita, jadi bukan rahasia"
    ),
    "{secret} and {variable} are both set; set one of them": (
        "{secret} dan {variable} sama-sama diatur; atur salah satu saja"
    ),
    "the file is in use by a long read; try again": (
        "berkas sedang dipakai pembacaan yang lama; coba lagi"
    ),
    "{path}: the file is in use by a long read; try again": (
        "{path}: berkas sedang dipakai pembacaan yang lama; coba lagi"
    ),
    "no mail server is set; set smtp.host (and smtp.sender) in pantau.toml, or PANTAU_SMTP__HOST": (
        "server surel belum diatur; atur smtp.host (dan smtp.sender) di pantau.toml, atau "
        "PANTAU_SMTP__HOST"
    ),
    "smtp.username and smtp.password go together, and one of them is not set": (
        "smtp.username dan smtp.password harus lengkap, dan salah satunya belum diatur"
    ),
    "expected a list of entries, each beginning with a dash": (
        "seharusnya daftar entri, masing-masing diawali tanda hubung"
    ),
    "line 1: expected a head with the columns name and type, such as name,aliases,type,id": (
        "baris 1: seharusnya kepala dengan kolom name dan type, misalnya name,aliases,type,id"
    ),
    "line {line}: {reason}; quotation marks must come in pairs": (
        "baris {line}: {reason}; tanda kutip harus berpasangan"
    ),
    "{what}; check indentation, colons and quotation marks": (
        "{what}; periksa indentasi, titik dua, dan tanda kutip"
    ),
    "this is no YAML": "ini bukan YAML",
    "expected a list of entries, or one under names:": (
        "seharusnya daftar entri, atau daftar di bawah names:"
    ),
    "expected fields such as name: and type:": "seharusnya kolom seperti name: dan type:",
    "line {line}: nested more than {most} deep": (
        "baris {line}: bersarang lebih dari {most} tingkat"
    ),
    "line {line}: references (*{name}) are not read; write the value out": (
        "baris {line}: rujukan (*{name}) tidak dibaca; tuliskan nilainya"
    ),
    "line {line}: expected the name of a field before the colon": (
        "baris {line}: seharusnya nama kolom sebelum titik dua"
    ),
    "line {line}: {name} stands twice in one entry": (
        "baris {line}: {name} ada dua kali dalam satu entri"
    ),
    "it is a link, which is not followed; name the file that it leads to": (
        "itu tautan, yang tidak diikuti; sebutkan berkas yang dituju"
    ),
    "it is another user's": "itu milik pengguna lain",
    "internal error, please report it: {reason}": "kesalahan internal, mohon dilaporkan: {reason}",
    "the process that read the document said what makes no sense: {reason}": (
        "proses pembaca dokumen menjawab dengan sesuatu yang tidak masuk akal: {reason}"
    ),
    "its process ended": "prosesnya berhenti",
    "was killed by signal {number}": "dimatikan oleh sinyal {number}",
    "ended with exit code {code}": "berhenti dengan kode keluar {code}",
    "cannot be started: {reason}": "tidak dapat dimulai: {reason}",
    "the alert is no longer kept": "pemberitahuan itu tidak disimpan lagi",
    "the subscription was removed": "langganan itu sudah dihapus",
    "the channel was taken off the subscription": "saluran itu sudah dilepas dari langganan",
    "it costs more than {most} units of work on one article": (
        "biayanya lebih dari {most} satuan kerja untuk satu artikel"
    ),
    "use fewer patterns that begin with * or .*, and shorter phrases with ~": (
        "kurangi pola yang diawali * atau .*, dan pendekkan frasa dengan ~"
    ),
    "{reason}; change the query ({advice}), or resume it by `pantau subscriptions resume`": (
        "{reason}; ubah kuerinya ({advice}), atau lanjutkan dengan `pantau subscriptions resume`"
    ),
    "it cost more than is allowed on {count} of the last {total} articles": (
        "biayanya melebihi batas pada {count} dari {total} artikel terakhir"
    ),
    "it cost more on the last {count} articles than is allowed on them together": (
        "biayanya pada {count} artikel terakhir melebihi batas gabungannya"
    ),
    "expected an object, found {kind}": "seharusnya objek, bukan {kind}",
    "expected a string, found {kind}": "seharusnya string, bukan {kind}",
    "longer than {count} bytes": "lebih panjang dari {count} bita",
    "expected a date, such as 2022-09-09T08:00:00Z": (
        "seharusnya tanggal, misalnya 2022-09-09T08:00:00Z"
    ),
    "expected a list of strings": "seharusnya daftar string",
    "{name}: no such field; not searched, here and in later lines": (
        "{name}: tidak ada kolom itu; tidak dicari, di sini dan di baris berikutnya"
    ),
    "{name}: no such member; ignored, here and in later lines": (
        "{name}: tidak ada anggota itu; diabaikan, di sini dan di baris berikutnya"
    ),
    "id: expected a string that is not empty": "id: seharusnya string yang tidak kosong",
    "query: expected a string": "query: seharusnya string",
    "there is no topic {name} to put it back": "tidak ada topik {name} untuk mengembalikannya",
    "there is no such field; {hint}": "tidak ada kolom itu; {hint}",
    "did you mean {near}?": "maksud Anda {near}?",
    "{name} is a {kind} on line {line}; give it another id, or that type": (
        "{name} adalah {kind} di baris {line}; beri id lain, atau jenis itu"
    ),
    "needs longitude, too; give both or none": (
        "memerlukan longitude juga; isi keduanya atau kosongkan keduanya"
    ),
    "expected one text, not a list": "seharusnya satu teks, bukan daftar",
    "is missing or empty; every entry needs it": (
        "tidak ada atau kosong; setiap entri memerlukannya"
    ),
    "{name}... has {count} characters; at most {most}": (
        "{name}... memiliki {count} karakter; paling banyak {most}"
    ),
    "{name} has fewer than two letters or digits; it would be found everywhere": (
        "{name} kurang dari dua huruf atau angka; akan ditemukan di mana-mana"
    ),
    "{name}... has more than {most} words": "{name}... memiliki lebih dari {most} kata",
    "{value}: expected 1 to 200 characters without white space, such as acme:42": (
        "{value}: seharusnya 1 sampai 200 karakter tanpa spasi, misalnya acme:42"
    ),
    "expected one of {choices}, not {value}; did you mean {near}?": (
        "seharusnya salah satu dari {choices}, bukan {value}; maksud Anda {near}?"
    ),
    "expected one of {choices}, not {value}": "seharusnya salah satu dari {choices}, bukan {value}",
    "{value}: expected a code of two letters (ISO 3166-1), such as ID": (
        "{value}: seharusnya kode dua huruf (ISO 3166-1), misalnya ID"
    ),
    "{value}: expected codes of two or three letters, such as id or en": (
        "{value}: seharusnya kode dua atau tiga huruf, misalnya id atau en"
    ),
    "{value}: expected degrees from -{low} to {high}, such as -6.2": (
        "{value}: seharusnya derajat dari -{low} sampai {high}, misalnya -6.2"
    ),
}
