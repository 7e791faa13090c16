"""Reports about the documents of feeds, and about the articles in them."""

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, str]] = {
    "it redirects for good to {url}, which is another feed; the old address is asked until "
    "that is mended. If the feed did move, add the new address": (
        "dialihkan selamanya ke {url}, yang merupakan umpan lain; alamat lama tetap diminta "
        "sampai itu diperbaiki. Jika umpan itu memang pindah, tambahkan alamat barunya"
    ),
    "silent for {days} days, though it usually has something new every {span}; look whether "
    "the site has another feed now": (
        "tidak ada yang baru selama {days} hari, padahal biasanya ada yang baru setiap {span}; "
        "periksa apakah situsnya kini memiliki umpan lain"
    ),
    "all {count} items were new at {when}, so others may have been missed; {advice}": (
        "semua {count} item baru pada {when}, jadi mungkin ada yang terlewat; {advice}"
    ),
    "set a shorter interval": "atur selang yang lebih pendek",
    "it is polled again soon": "umpan segera diperiksa lagi",
    "{what} long before the feed listed it, such as {when}; such dates are left out": (
        "{what} jauh sebelum umpan mencantumkannya, misalnya {when}; tanggal seperti itu diabaikan"
    ),
    "{count} dates lie in the future, by up to {span}; the time of the poll counts instead": (
        "{count} tanggal berada di masa depan, sampai {span}; waktu pemeriksaan yang dipakai"
    ),
    "{reason}. If they are local times, set `pantau feeds edit {id} --time-zone {zone}`": (
        "{reason}. Jika itu waktu setempat, atur `pantau feeds edit {id} --time-zone {zone}`"
    ),
    "{what} at nearly every poll by a few words, such as counters; small changes are published "
    "after up to {hours} hours and do not count for how often the feed is polled": (
        "{what} pada hampir setiap pemeriksaan sebanyak beberapa kata, misalnya penghitung; "
        "perubahan kecil diterbitkan setelah paling lama {hours} jam dan tidak memengaruhi "
        "seberapa sering umpan diperiksa"
    ),
    "{count} new articles have dates": "{count} artikel baru bertanggal",
    "a new article has a date": "sebuah artikel baru bertanggal",
    "the texts of {count} articles change": "teks {count} artikel berubah",
    "the text of an article changes": "teks sebuah artikel berubah",
    "what it gave cannot be kept: {reason}": "isinya tidak dapat disimpan: {reason}",
    "it names no sitemaps": "tidak menyebut peta situs",
    "a sitemap of its index was left out: {reason}": (
        "sebuah peta situs dari indeksnya dilewati: {reason}"
    ),
    "{url}: not a news sitemap": "{url}: bukan peta situs berita",
    "an index of sitemaps without news: {reason}": "indeks peta situs tanpa berita: {reason}",
    "the hub redirects more than {count} times": "hub mengalihkan lebih dari {count} kali",
    "the hub answered with HTTP status {status}": "hub menjawab dengan status HTTP {status}",
    "the hub redirects from https to http, where the secret is not sent": (
        "hub mengalihkan dari https ke http, dan ke sana rahasia tidak dikirim"
    ),
    "the hub {hub} cannot be asked: {reason}": "hub {hub} tidak dapat diminta: {reason}",
    "the hub redirects to something that is no web address": (
        "hub mengalihkan ke sesuatu yang bukan alamat web"
    ),
    "the hub denied the subscription: {reason}": "hub menolak langganan: {reason}",
    "the hub denied it": "hub menolaknya",
    "it lists {count} items; only the first {most} are read": (
        "memuat {count} item; hanya {most} yang pertama dibaca"
    ),
    "it lists {count} feeds; only the first {most} are read": (
        "memuat {count} umpan; hanya {most} yang pertama dibaca"
    ),
    "{count} relative links were left out: their bases are too long to be repeated so often": (
        "{count} tautan relatif dilewati: dasarnya terlalu panjang untuk diulang sesering itu"
    ),
    "some bytes are no {name} and are lost": "sebagian bita bukan {name} dan hilang",
    "some bytes are no UTF-8 and were read as Windows-1252": (
        "sebagian bita bukan UTF-8 dan dibaca sebagai Windows-1252"
    ),
    "{count} of its elements stand where they make no sense; they were left out": (
        "{count} elemennya berada di tempat yang tidak masuk akal; elemen itu dilewati"
    ),
    "it has {count} elements of feeds; only the first {most} were read": (
        "memuat {count} elemen umpan; hanya {most} yang pertama dibaca"
    ),
    "it has {count} tags; only the first {most} were read": (
        "memuat {count} tag; hanya {most} yang pertama dibaca"
    ),
    "reading broke off {where} ({kind}: {reason})": "pembacaan terputus {where} ({kind}: {reason})",
    "`items` is missing or no list; the feed counts as empty": (
        "`items` tidak ada atau bukan daftar; umpan dianggap kosong"
    ),
    "`version` is missing": "`version` tidak ada",
    "{count} of its items are no objects and were left out": (
        "{count} itemnya bukan objek dan dilewati"
    ),
    "nested too deep, or a number too long": "bersarang terlalu dalam, atau angka terlalu panjang",
    "mail {place} cannot be read: {reason}": "surel {place} tidak dapat dibaca: {reason}",
    "{url} is no http(s) address; left out": "{url} bukan alamat http(s); dilewati",
    "{label}: {url} is no http(s) address; left out": (
        "{label}: {url} bukan alamat http(s); dilewati"
    ),
    "{url} is listed more than once; the first is used": (
        "{url} tercantum lebih dari sekali; yang pertama dipakai"
    ),
    "{count} more like these": "{count} lagi seperti ini",
    "{reason} in line {line}, column {column}": "{reason} pada baris {line}, kolom {column}",
    "not well-formed XML ({reason}); mended": "XML tidak terbentuk baik ({reason}); diperbaiki",
    "characters that XML forbids were left out": "karakter yang dilarang XML dilewati",
    "what stands before the feed was left out": "yang ada sebelum umpan dilewati",
    "what stands behind the feed was left out": "yang ada sesudah umpan dilewati",
    "broken JSON ({reason}); items read before that: {count}": (
        "JSON rusak ({reason}); item yang dibaca sebelum itu: {count}"
    ),
    "a CDATA section is not closed": "bagian CDATA tidak ditutup",
    "the entities that it declares add too much text; some were left out": (
        "entitas yang dideklarasikannya menambah terlalu banyak teks; sebagian dilewati"
    ),
    "declares entities outside the document; they were not fetched": (
        "mendeklarasikan entitas di luar dokumen; entitas itu tidak diambil"
    ),
    "declares entities that are made of other entities; they were left out": (
        "mendeklarasikan entitas yang tersusun dari entitas lain; entitas itu dilewati"
    ),
    "declares entities that are long or hold markup; they were left out": (
        "mendeklarasikan entitas yang panjang atau memuat markup; entitas itu dilewati"
    ),
    "an element has more than {count} attributes; the others were left out": (
        "ada elemen dengan lebih dari {count} atribut; sisanya dilewati"
    ),
    "elements nested more than {count} deep were left out": (
        "elemen yang bersarang lebih dari {count} tingkat dilewati"
    ),
    "an item has more than {count} elements; the others were left out": (
        "ada item dengan lebih dari {count} elemen; sisanya dilewati"
    ),
    "namespaces beyond the limits, and what names them, were left out": (
        "ruang nama di luar batas, dan yang menyebutnya, dilewati"
    ),
    "it has more than {count} elements; those that follow were left out": (
        "memuat lebih dari {count} elemen; yang berikutnya dilewati"
    ),
    "its encoding is not declared": "pengodeannya tidak dinyatakan",
    "declared as {said}, but it is not": "dinyatakan sebagai {said}, tetapi bukan",
    "not well-formed XML": "XML tidak terbentuk baik",
}
