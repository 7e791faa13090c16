"""The REST interface and the MCP server: requests that cannot be fulfilled."""

from collections.abc import Mapping
from typing import Final

from pantau.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "api.invalid": Text(
        en="the request is not valid; see errors for each field",
        id="permintaan tidak valid; lihat errors untuk tiap isian",
    ),
    "api.no-json": Text(
        en="the body is no JSON ({reason}); send an object in UTF-8",
        id="isi permintaan bukan JSON ({reason}); kirim sebuah objek dalam UTF-8",
    ),
    "api.no-object": Text(
        en="the body is no JSON object; send fields in braces",
        id="isi permintaan bukan objek JSON; kirim isian dalam kurung kurawal",
    ),
    "api.no-parameters": Text(
        en="this request takes its fields in the body; remove the query string",
        id="permintaan ini menerima isian di badan permintaan; hapus bagian setelah tanda tanya",
    ),
    "api.no-cursor": Text(
        en="cursor: no page of this list ended there; start without a cursor",
        id="cursor: tidak ada halaman daftar ini yang berakhir di sana; mulai tanpa cursor",
    ),
    "api.no-etag": Text(
        en='If-Match: expected "VERSION" in quotes, as the header ETag has it, or *',
        id='If-Match: seharusnya "VERSI" dalam tanda kutip, seperti pada header ETag, atau *',
    ),
    "api.no-key": Text(
        en="Idempotency-Key: expected 1 to 200 visible ASCII characters, such as a UUID",
        id="Idempotency-Key: seharusnya 1 sampai 200 karakter ASCII yang terlihat, misalnya UUID",
    ),
    "api.key-reused": Text(
        en="this Idempotency-Key was sent with another request; make a new one for each request",
        id="Idempotency-Key ini sudah dikirim dengan permintaan lain; buat yang baru untuk tiap "
        "permintaan",
    ),
    "api.in-progress": Text(
        en="the request with this Idempotency-Key is still worked on; ask again in a moment",
        id="permintaan dengan Idempotency-Key ini masih dikerjakan; minta lagi sebentar lagi",
    ),
    "api.changed-meanwhile": Text(
        en="it was changed since that version was read; read it again, and repeat the change",
        id="sudah berubah sejak versi itu dibaca; baca lagi, lalu ulangi perubahannya",
    ),
    "api.too-many": Text(
        en="more than {most} requests a minute; ask again in {seconds} s, or raise "
        "console.requests_per_minute",
        id="lebih dari {most} permintaan per menit; minta lagi dalam {seconds} dtk, atau naikkan "
        "console.requests_per_minute",
    ),
    "api.no-route": Text(
        en="there is no {path}; see {prefix}/openapi.json",
        id="tidak ada {path}; lihat {prefix}/openapi.json",
    ),
    "api.no-method": Text(
        en="{path} has no method {method}; see {prefix}/openapi.json",
        id="{path} tidak mengenal metode {method}; lihat {prefix}/openapi.json",
    ),
    "api.broken": Text(
        en="unexpected error; the log of `pantau run` says more",
        id="kesalahan yang tidak terduga; log `pantau run` mencatat lebih banyak",
    ),
    "api.unknown-host": Text(
        en="this host is not known here; add it to console.allow_hosts",
        id="host ini tidak dikenal di sini; tambahkan ke console.allow_hosts",
    ),
    "api.foreign-part": Text(
        en="this is no part of a page of another site; open it by itself",
        id="ini bukan bagian dari halaman situs lain; buka tersendiri",
    ),
    "api.foreign-change": Text(
        en="this request comes from a page of another site; send it from the console or a program",
        id="permintaan ini berasal dari halaman situs lain; kirim dari konsol atau program",
    ),
    "api.wrong-type": Text(
        en="the body has the wrong type; send {expected}",
        id="jenis isi permintaan tidak sesuai; kirim {expected}",
    ),
    "api.too-large": Text(
        en="the body is larger than {most} bytes, or did not arrive in time; send less",
        id="isi permintaan lebih dari {most} bita, atau tidak tiba waktunya; kirim lebih sedikit",
    ),
    "api.no-tool": Text(
        en="there is no tool {name!r} here; list the tools",
        id="tidak ada alat {name!r} di sini; minta daftar alatnya",
    ),
    "api.sure": Text(en="set confirm to true", id="isi confirm dengan true"),
    "api.confirm": Text(
        en="Nothing was done yet. Ask the person whether to do this:\n{question}\n"
        "Only if they agree, call the tool again with the same arguments and "
        "confirmation = {code}",
        id="Belum ada yang dilakukan. Tanyakan kepada orangnya apakah ini boleh dilakukan:\n"
        "{question}\nHanya bila setuju, panggil lagi alat ini dengan argumen yang sama dan "
        "confirmation = {code}",
    ),
    "api.too-long-to-ask": Text(
        en="nothing was done: the call is longer than the {most} characters that a person can be "
        "asked about; make several smaller calls",
        id="tidak ada yang dilakukan: panggilan ini lebih dari {most} karakter, terlalu panjang "
        "untuk ditanyakan kepada orang; bagi menjadi beberapa panggilan yang lebih kecil",
    ),
    "api.declined": Text(
        en="the person did not agree; nothing was changed",
        id="orangnya tidak setuju; tidak ada yang diubah",
    ),
    "api.no-preview": Text(
        en="give a subscription, a query, or both",
        id="berikan langganan, kueri, atau keduanya",
    ),
    "api.no-feed": Text(
        en="{url} is not watched: {reason}. With check = false it is watched unseen",
        id="{url} tidak dipantau: {reason}. Dengan check = false, umpan dipantau tanpa dilihat",
    ),
    "api.several-feeds": Text(
        en="{url} names several feeds; add one of them: {urls}",
        id="{url} menyebut beberapa umpan; tambahkan salah satunya: {urls}",
    ),
}
