"""Reports about web addresses, feeds, pages, mailboxes and mail addresses."""

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, str]] = {
    "the body is compressed {count} times over": "isinya dimampatkan {count} kali berulang",
    "the body is encoded as {coding}, which was not asked for": (
        "isinya disandikan sebagai {coding}, yang tidak diminta"
    ),
    "the body is longer than {most} bytes ({reason}); see fetch.max_bytes": (
        "isinya lebih panjang dari {most} bita ({reason}); lihat fetch.max_bytes"
    ),
    "the proxy answered {status}: {reason}": "proksi menjawab {status}: {reason}",
    "the proxy did not answer as a proxy does": "proksi tidak menjawab seperti proksi",
    "it is no web address: {reason}": "itu bukan alamat web: {reason}",
    "it redirects to {address}: {reason}": "dialihkan ke {address}: {reason}",
    "it redirects to an address of {count} characters": (
        "dialihkan ke alamat sepanjang {count} karakter"
    ),
    "it redirects to {address}, which is no web address": (
        "dialihkan ke {address}, yang bukan alamat web"
    ),
    "it redirects in a circle, back to {address}": "dialihkan berputar-putar, kembali ke {address}",
    "it redirects more than {count} times; see fetch.max_redirects": (
        "dialihkan lebih dari {count} kali; lihat fetch.max_redirects"
    ),
    "redirects to {address}: {reason}": "mengalihkan ke {address}: {reason}",
    "it did not end within {seconds} seconds; see fetch.timeout_seconds": (
        "tidak selesai dalam {seconds} detik; lihat fetch.timeout_seconds"
    ),
    "no connection within {seconds} seconds; see fetch.connect_timeout_seconds": (
        "tidak ada sambungan dalam {seconds} detik; lihat fetch.connect_timeout_seconds"
    ),
    "the feed's proxy: {reason}": "proksi umpan: {reason}",
    "the feed's CA bundle {path} cannot be read: {reason}": (
        "kumpulan sertifikat CA umpan {path} tidak dapat dibaca: {reason}"
    ),
    "no secure connection: {reason}": "tidak ada sambungan aman: {reason}",
    "no connection to the mail server: {reason}": "tidak ada sambungan ke server surel: {reason}",
    "Error connecting to {host} on port {port}": "gagal menghubungi {host} di porta {port}",
    "the mail server refused: {reason}": "server surel menolak: {reason}",
    "the mail server broke off: {reason}": "server surel memutus: {reason}",
    "the mail server has no folder {name}": "server surel tidak memiliki folder {name}",
    "the mail server refused the login; check the user and the password": (
        "server surel menolak kita masuk; periksa nama pengguna dan kata sandi"
    ),
    "it did not end within {seconds} seconds": "tidak selesai dalam {seconds} detik",
    "{path} is no Maildir: it has no folders new and cur": (
        "{path} bukan Maildir: tidak memiliki folder new dan cur"
    ),
    "{path} cannot be read; it must be a file of mails": (
        "{path} tidak dapat dibaca; seharusnya berkas berisi surel"
    ),
    "{path} is no mbox: no line starts a mail with 'From '": (
        "{path} bukan mbox: tidak ada baris yang memulai surel dengan 'From '"
    ),
    "mailboxes are read by `pantau run` and the poller alone": (
        "kotak surel hanya dibaca oleh `pantau run` dan poller"
    ),
    "it is too long, or holds characters that cannot be seen": (
        "terlalu panjang, atau memuat karakter yang tidak terlihat"
    ),
    "it ends with > and lacks the < before the address": (
        "diakhiri > tetapi tidak ada < sebelum alamatnya"
    ),
    "its name is longer than {count} characters": "namanya lebih panjang dari {count} karakter",
    'a name with characters such as , ; : @ ( has to be in double quotes: "..." <...>': (
        'nama dengan karakter seperti , ; : @ ( harus dalam tanda kutip ganda: "..." <...>'
    ),
    "the part after the @ is too long": "bagian setelah @ terlalu panjang",
    "the part after the @ is not a domain name": "bagian setelah @ bukan nama domain",
    "refused: it has more than {count} objects and lists": (
        "ditolak: memuat lebih dari {count} objek dan daftar"
    ),
    "JSON, but no JSON Feed: it has no `version` of jsonfeed.org": (
        "JSON, tetapi bukan JSON Feed: tidak ada `version` dari jsonfeed.org"
    ),
    "JSON, but no JSON Feed: its top is not an object": (
        "JSON, tetapi bukan JSON Feed: tingkat teratasnya bukan objek"
    ),
    "broken JSON, no feed: {reason}": "JSON rusak, bukan umpan: {reason}",
    "a sitemap, no feed: it has no news (news:title); look for the site's news sitemap": (
        "peta situs, bukan umpan: tidak memuat berita (news:title); cari peta situs beritanya"
    ),
    "no articles on the page: {reason}": "tidak ada artikel di halaman: {reason}",
    "its elements are nested more than {count} deep": (
        "elemennya bersarang lebih dari {count} tingkat"
    ),
    "it has more than {count} elements": "memuat lebih dari {count} elemen",
    "an element has more than {count} attributes": "ada elemen dengan lebih dari {count} atribut",
    "it declares namespaces more than {count} times": (
        "mendeklarasikan ruang nama lebih dari {count} kali"
    ),
    "a namespace in it has more than {count} characters": (
        "ada ruang nama dengan lebih dari {count} karakter"
    ),
    "it declares more than {count} namespaces": "mendeklarasikan lebih dari {count} ruang nama",
    "refused: not well-formed XML, with more than {count} of the signs < or &": (
        "ditolak: XML tidak terbentuk baik, dengan lebih dari {count} tanda < atau &"
    ),
    "no feed: there is no element in it": "bukan umpan: tidak ada elemen di dalamnya",
    "not well-formed XML ({reason}), and it could not be mended": (
        "XML tidak terbentuk baik ({reason}), dan tidak dapat diperbaiki"
    ),
    "refused: {reason}": "ditolak: {reason}",
    "refused: its document type has more than {count} characters": (
        "ditolak: tipe dokumennya lebih dari {count} karakter"
    ),
    "the host name is too long": "nama host terlalu panjang",
    "the host name has characters that no host name has": (
        "nama host memuat karakter yang tidak boleh ada"
    ),
    "the host name cannot be written in ASCII: {reason}": (
        "nama host tidak dapat ditulis dalam ASCII: {reason}"
    ),
    "the address of a mailbox is one line of at most 2,000 characters": (
        "alamat kotak surel adalah satu baris, paling panjang 2.000 karakter"
    ),
    "expected maildir:/path, mbox:/path or imaps://user@host/folder": (
        "seharusnya maildir:/lokasi, mbox:/lokasi, atau imaps://pengguna@host/folder"
    ),
    "expected an absolute path without '..', such as {kind}:/home/me/Mail": (
        "seharusnya lokasi absolut tanpa '..', misalnya {kind}:/home/saya/Mail"
    ),
    "the password is no part of the address; give it with --password-file": (
        "kata sandi bukan bagian alamat; berikan dengan --password-file"
    ),
    "expected imaps://user@host/folder": "seharusnya imaps://pengguna@host/folder",
    "its site had its share of requests in this hour": (
        "situsnya sudah mendapat jatah permintaan untuk jam ini"
    ),
    "robots.txt disallows its page": "robots.txt melarang halamannya",
    "{what} answers with status {status}": "{what} menjawab dengan status {status}",
    "the page answers with status {status}": "halaman menjawab dengan status {status}",
    "the page is no HTML: {kind}": "halaman itu bukan HTML: {kind}",
    "it redirects to a page that robots.txt disallows": (
        "dialihkan ke halaman yang dilarang robots.txt"
    ),
    "expected a name or an address such as mail.example.org; the port is smtp.port": (
        "seharusnya nama atau alamat seperti mail.example.org; portanya di smtp.port"
    ),
    "{reason}; expected an address such as pantau@example.org, or Pantau <pantau@example.org>": (
        "{reason}; seharusnya alamat seperti pantau@example.org, atau Pantau <pantau@example.org>"
    ),
    "{reason}; expected networks such as 10.1.0.0/16, or addresses": (
        "{reason}; seharusnya jaringan seperti 10.1.0.0/16, atau alamat"
    ),
    "expected an address such as https://news.example.org, without a query": (
        "seharusnya alamat seperti https://news.example.org, tanpa kueri"
    ),
    "no time zone; expected a name such as Asia/Jakarta, WIB or UTC": (
        "bukan zona waktu; seharusnya nama seperti Asia/Jakarta, WIB, atau UTC"
    ),
    "the server does not speak TLS at this port; try http:// in place of https://": (
        "server tidak memakai TLS di porta ini; coba http:// sebagai ganti https://"
    ),
    "the scheme {scheme} is not fetched, only http and https": (
        "skema {scheme} tidak diambil, hanya http dan https"
    ),
    "it lacks http:// or https://": "tidak diawali http:// atau https://",
    "it names no host": "tidak menyebut host",
    "port {port} belongs to another protocol and is blocked": (
        "porta {port} milik protokol lain dan diblokir"
    ),
    "{url} is no web address: {reason}": "{url} bukan alamat web: {reason}",
    "this machine itself": "mesin ini sendiri",
    "a link-local address": "alamat lokal tautan (link-local)",
    "a multicast address": "alamat multicast",
    "a reserved address": "alamat yang dicadangkan",
    "a private address": "alamat privat",
    "a shared, not a public address": "alamat bersama, bukan alamat publik",
    "the address that Azure serves its machines from": "alamat layanan Azure untuk mesin-mesinnya",
    "a selector may have {count} characters at most": "selektor paling panjang {count} karakter",
    "the selector {text} cannot be read at character {place}; supported are types, .class, "
    "#id, [attribute=value], spaces and > between them, and commas": (
        "selektor {text} tidak dapat dibaca pada karakter ke-{place}; yang didukung adalah "
        "tipe, .class, #id, [attribute=value], spasi dan > di antaranya, serta koma"
    ),
    "no element matches {selector}": "tidak ada elemen yang cocok dengan {selector}",
    "no links that look like headlines; name them by selectors": (
        "tidak ada tautan yang tampak seperti judul berita; sebutkan dengan selektor"
    ),
    "the compressed body is broken: {reason}": "isi yang dimampatkan rusak: {reason}",
    "the compressed body ends in the middle; the server may be overloaded": (
        "isi yang dimampatkan terputus di tengah; server mungkin terlalu sibuk"
    ),
    "the server ended the connection instead of answering": (
        "server memutus sambungan tanpa menjawab"
    ),
    "more than {count} interim responses": "lebih dari {count} jawaban sementara",
    "the body comes in chunks of a few bytes": "isinya datang dalam potongan beberapa bita",
    "most of what is sent is not the body but the framing of its chunks": (
        "sebagian besar yang dikirim bukan isi melainkan bingkai potongannya"
    ),
    "it ends in the middle of its head": "berakhir di tengah kepalanya",
    "it does not begin with HTTP": "tidak diawali HTTP",
    "its head is longer than {count} bytes": "kepalanya lebih panjang dari {count} bita",
    "declared as {said}, but read as {name}": (
        "dinyatakan sebagai {said}, tetapi dibaca sebagai {name}"
    ),
    "declared as {said}; it looks like {name}": "dinyatakan sebagai {said}; tampaknya {name}",
    "its encoding is not declared; it looks like {name}": (
        "pengodeannya tidak dinyatakan; tampaknya {name}"
    ),
    "declared as {said}, but it is not; what is no UTF-8 was read as Windows-1252": (
        "dinyatakan sebagai {said}, tetapi bukan; yang bukan UTF-8 dibaca sebagai Windows-1252"
    ),
    "its encoding is not declared; what is no UTF-8 was read as Windows-1252": (
        "pengodeannya tidak dinyatakan; yang bukan UTF-8 dibaca sebagai Windows-1252"
    ),
    "no encoding has the name {name}": "tidak ada pengodean bernama {name}",
    "{label}: another list, {url}, which is not read; left out": (
        "{label}: daftar lain, {url}, yang tidak dibaca; dilewati"
    ),
    "another list, {url}, which is not read; left out": (
        "daftar lain, {url}, yang tidak dibaca; dilewati"
    ),
    "{label}: a link, no feed ({url}); left out": "{label}: tautan, bukan umpan ({url}); dilewati",
    "a link, no feed ({url}); left out": "tautan, bukan umpan ({url}); dilewati",
    "{label}: a feed without an address (xmlUrl); left out; its site is {url}: `pantau feeds "
    "add` looks there for a feed": (
        "{label}: umpan tanpa alamat (xmlUrl); dilewati; situsnya {url}: `pantau feeds add` "
        "mencari umpan di sana"
    ),
    "a feed without an address (xmlUrl); left out; its site is {url}: `pantau feeds add` looks "
    "there for a feed": (
        "umpan tanpa alamat (xmlUrl); dilewati; situsnya {url}: `pantau feeds add` mencari "
        "umpan di sana"
    ),
    "{label}: a feed without an address (xmlUrl); left out": (
        "{label}: umpan tanpa alamat (xmlUrl); dilewati"
    ),
    "a feed without an address (xmlUrl); left out": "umpan tanpa alamat (xmlUrl); dilewati",
    "the answer is no proper HTTP: {reason}": "jawabannya bukan HTTP yang benar: {reason}",
    "no connection: {reason}": "tidak ada sambungan: {reason}",
    "its certificate is self-signed; if it is yours, give it to the feed as its CA bundle": (
        "sertifikatnya ditandatangani sendiri; jika milik Anda, berikan kepada umpan sebagai "
        "kumpulan CA-nya"
    ),
    "its certificate is of an unknown authority; give that one to the feed as its CA bundle": (
        "sertifikatnya dari otoritas yang tidak dikenal; berikan otoritas itu kepada umpan "
        "sebagai kumpulan CA-nya"
    ),
    "its certificate is revoked": "sertifikatnya telah dicabut",
    "its certificate has a key that is too weak": "kunci sertifikatnya terlalu lemah",
    "its certificate is signed with an algorithm that is too weak": (
        "sertifikatnya ditandatangani dengan algoritme yang terlalu lemah"
    ),
    "it speaks only versions of TLS that are no longer safe": (
        "hanya memakai versi TLS yang tidak aman lagi"
    ),
    "it asks for a renegotiation that is no longer safe": (
        "meminta negosiasi ulang yang tidak aman lagi"
    ),
    "it offers a key exchange that is too weak": "menawarkan pertukaran kunci yang terlalu lemah",
    "it shares no cipher with us": "tidak memiliki sandi yang sama dengan kita",
    "it does not know this host name": "tidak mengenal nama host ini",
    "it ended the connection during the handshake": "memutus sambungan saat jabat tangan",
    "its certificate has expired; its owner must renew it": (
        "sertifikatnya sudah kedaluwarsa; pemiliknya harus memperbaruinya"
    ),
    "its certificate is not valid yet; check the clock of this machine": (
        "sertifikatnya belum berlaku; periksa jam mesin ini"
    ),
    "its certificate is for another host name; check the address": (
        "sertifikatnya untuk nama host lain; periksa alamatnya"
    ),
    "its certificate is for another address; use the host's name": (
        "sertifikatnya untuk alamat lain; pakai nama hostnya"
    ),
    "it announces {count} bytes": "diumumkan sebesar {count} bita",
    "{count} compressed bytes unpack to more": "{count} bita terkompresi mengembang melebihi itu",
    "it was still sending": "masih terus mengirim",
    "it forbids that; the proxy must allow CONNECT to this port": (
        "hal itu dilarang; proksi harus mengizinkan CONNECT ke porta ini"
    ),
    "it wants a login: write the proxy as http://user:password@host:port": (
        "proksi meminta kata sandi: tulis proksi sebagai http://pengguna:sandi@host:porta"
    ),
    "it could not connect": "tidak dapat menyambung",
    "it got no answer": "tidak mendapat jawaban",
    "the part before the @ holds a character that an address cannot have": (
        "bagian sebelum @ memuat karakter yang tidak boleh ada dalam alamat"
    ),
    "it has no @": "tidak ada @",
    "nothing stands before the @": "tidak ada apa pun sebelum @",
    "the part before the @ is longer than {count} characters": (
        "bagian sebelum @ lebih panjang dari {count} karakter"
    ),
    "it lacks the > after the address": "tidak ada > setelah alamatnya",
    "it has more than one @; give a single address": (
        "ada lebih dari satu @; berikan satu alamat saja"
    ),
    "with a name before it, the address belongs between < and >": (
        "bila ada nama di depannya, alamat harus di antara < dan >"
    ),
}
