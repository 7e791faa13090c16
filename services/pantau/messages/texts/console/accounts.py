"""Accounts: sign-in, tokens, people, the audit log."""

from collections.abc import Mapping
from typing import Final

from pantau.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "accounts.sign-in": Text(
        en="Sign in",
        id="Masuk",
    ),
    "accounts.sign-out": Text(
        en="Sign out",
        id="Keluar",
    ),
    "accounts.by-admin": Text(
        en="An administrator of this Pantau makes accounts, and new passwords for forgotten ones.",
        id="Akun, dan kata sandi baru bila lupa, dibuat oleh admin Pantau ini.",
    ),
    "accounts.name": Text(
        en="Name",
        id="Nama",
    ),
    "accounts.password": Text(
        en="Password",
        id="Kata sandi",
    ),
    "accounts.over": Text(
        en="Your session had ended, so what you sent was not saved. Sign in, and send it again.",
        id="Sesi Anda telah berakhir, jadi yang Anda kirim belum disimpan. Masuk, lalu kirim lagi.",
    ),
    "accounts.own": Text(
        en="Your account",
        id="Akun Anda",
    ),
    "accounts.role": Text(
        en="Role",
        id="Peran",
    ),
    "accounts.teams": Text(
        en="Teams",
        id="Tim",
    ),
    "accounts.role-admin": Text(
        en="administrator",
        id="admin",
    ),
    "accounts.role-editor": Text(
        en="editor",
        id="penyunting",
    ),
    "accounts.role-reader": Text(
        en="reader",
        id="pembaca",
    ),
    "accounts.people": Text(
        en="People",
        id="Pengguna",
    ),
    "accounts.disabled": Text(
        en="disabled",
        id="dinonaktifkan",
    ),
    "accounts.audit": Text(
        en="Audit log",
        id="Catatan audit",
    ),
    "accounts.action": Text(
        en="Action",
        id="Tindakan",
    ),
    "accounts.subject": Text(
        en="Subject",
        id="Objek",
    ),
    "accounts.from": Text(
        en="From",
        id="Dari",
    ),
    "accounts.no-entries": Text(
        en="Nothing was recorded yet.",
        id="Belum ada yang tercatat.",
    ),
    "accounts.tokens": Text(
        en="API tokens",
        id="Token API",
    ),
    "accounts.tokens-help": Text(
        en="A program sends a token in the header Authorization: Bearer TOKEN, and acts for you.",
        id="Program mengirim token dalam header Authorization: Bearer TOKEN, dan "
        "bertindak atas nama Anda.",
    ),
    "accounts.token": Text(
        en="API token",
        id="Token API",
    ),
    "accounts.token-name": Text(
        en="What it is for",
        id="Untuk apa",
    ),
    "accounts.token-start": Text(
        en="Begins with",
        id="Berawal dengan",
    ),
    "accounts.token-once": Text(
        en="Copy this token now: it is shown this once.",
        id="Salin token ini sekarang: hanya ditampilkan sekali ini.",
    ),
    "accounts.token-revoked": Text(
        en="The token is revoked.",
        id="Token telah dicabut.",
    ),
    "accounts.add-token": Text(
        en="Make a token",
        id="Buat token",
    ),
    "accounts.revoke": Text(
        en="Revoke",
        id="Cabut",
    ),
    "accounts.revoke-sure": Text(
        en="Programs with this token are then refused.",
        id="Program dengan token ini akan langsung ditolak.",
    ),
    "accounts.scope": Text(
        en="Scope",
        id="Cakupan",
    ),
    "accounts.scope-read": Text(
        en="read",
        id="membaca",
    ),
    "accounts.scope-write": Text(
        en="read and change",
        id="membaca dan mengubah",
    ),
    "accounts.scope-admin": Text(
        en="everything that an administrator may",
        id="semua yang boleh dilakukan admin",
    ),
    "accounts.days": Text(
        en="Days until it expires",
        id="Hari sampai kedaluwarsa",
    ),
    "accounts.expires": Text(
        en="Expires",
        id="Kedaluwarsa",
    ),
    "accounts.expired": Text(
        en="(expired)",
        id="(kedaluwarsa)",
    ),
    "accounts.never": Text(
        en="never",
        id="tidak pernah",
    ),
    "accounts.new-password": Text(
        en="New password",
        id="Kata sandi baru",
    ),
    "accounts.current-password": Text(
        en="Current password",
        id="Kata sandi sekarang",
    ),
    "accounts.again": Text(
        en="New password again",
        id="Kata sandi baru sekali lagi",
    ),
    "accounts.change-password": Text(
        en="Change the password",
        id="Ganti kata sandi",
    ),
    "accounts.password-help": Text(
        en="At least 12 characters; a few words that nobody would guess are good. All "
        "other sessions end.",
        id="Paling sedikit 12 karakter; beberapa kata yang tidak mudah ditebak sudah "
        "baik. Semua sesi lain berakhir.",
    ),
    "accounts.password-changed": Text(
        en="The password is changed, and all other sessions have ended.",
        id="Kata sandi telah diganti, dan semua sesi lain telah berakhir.",
    ),
    "accounts.not-the-same": Text(
        en="the two new passwords differ; type the same one twice",
        id="kedua kata sandi baru berbeda; ketik yang sama dua kali",
    ),
    "accounts.wrong-password": Text(
        en="the current password is wrong; type it again",
        id="kata sandi sekarang salah; ketik lagi",
    ),
    "accounts.refused": Text(
        en="The name or the password is wrong. Type both again, or ask an administrator.",
        id="Nama atau kata sandi salah. Ketik lagi keduanya, atau tanyakan kepada admin.",
    ),
    "accounts.wait": Text(
        en="There were too many failed attempts. Try again in {seconds:n second|seconds}.",
        id="Terlalu banyak percobaan gagal. Coba lagi dalam {seconds:n detik}.",
    ),
    "accounts.no-cookie": Text(
        en="Your browser did not keep the sign-in, because this page was not reached over "
        "HTTPS. Open the address that begins with https://, or ask an administrator to "
        "serve the console over HTTPS.",
        id="Peramban tidak menyimpan tanda masuk, karena halaman ini tidak dibuka lewat "
        "HTTPS. Buka alamat yang berawal https://, atau minta admin menyajikan konsol "
        "lewat HTTPS.",
    ),
    "accounts.needed": Text(
        en="sign in, or send an API token in the header Authorization: Bearer TOKEN",
        id="masuklah, atau kirim token API dalam header Authorization: Bearer TOKEN",
    ),
    "accounts.away": Text(
        en="the store does not answer; try again in a moment",
        id="penyimpanan tidak menjawab; coba lagi sebentar lagi",
    ),
    "accounts.needs-read": Text(
        en="this token may not read; use one with the scope read",
        id="token ini tidak boleh membaca; gunakan token dengan cakupan read",
    ),
    "accounts.needs-write": Text(
        en="this account or token may only read; use an editor's account, or a token with "
        "the scope write",
        id="akun atau token ini hanya boleh membaca; gunakan akun penyunting, atau token "
        "dengan cakupan write",
    ),
    "accounts.needs-admin": Text(
        en="only administrators may do this, and tokens with the scope admin",
        id="hanya admin yang boleh melakukan ini, dan token dengan cakupan admin",
    ),
    "accounts.no-session": Text(
        en="this is for people who have signed in; a token cannot do it",
        id="ini untuk orang yang telah masuk; token tidak dapat melakukannya",
    ),
    "accounts.closed": Text(
        en="{topic}: no account may use this; run the command on the server",
        id="{topic}: tidak ada akun yang boleh memakai ini; jalankan perintahnya di server",
    ),
    "accounts.not-yours": Text(
        en="there is no {id}; the lists show what there is",
        id="{id} tidak ada; daftar menunjukkan yang ada",
    ),
    "accounts.missing": Text(
        en="there is no account {name}; {$accounts list} shows all",
        id="akun {name} tidak ada; {$accounts list} menampilkan semuanya",
    ),
    "accounts.missing-near": Text(
        en="there is no account {name}; did you mean {near}? {$accounts list} shows all",
        id="akun {name} tidak ada; maksud Anda {near}? {$accounts list} menampilkan semuanya",
    ),
    "accounts.taken": Text(
        en="there is an account {name} already; choose another name, or change it by "
        "{$accounts edit}",
        id="akun {name} sudah ada; pilih nama lain, atau ubah dengan {$accounts edit}",
    ),
    "accounts.no-name": Text(
        en="{name}: expected 1 to 40 small letters, digits, dots, underscores and "
        "hyphens, beginning with a letter or digit",
        id="{name}: seharusnya 1 sampai 40 huruf kecil, angka, titik, garis bawah dan "
        "tanda hubung, berawal huruf atau angka",
    ),
    "accounts.too-many-teams": Text(
        en="an account has at most {most} teams",
        id="sebuah akun paling banyak punya {most} tim",
    ),
    "accounts.password-length": Text(
        en="the password needs {least} to {most} characters",
        id="kata sandi harus {least} sampai {most} karakter",
    ),
    "accounts.password-weak": Text(
        en="this password is easily guessed: it contains the name, or few different "
        "characters; choose another one",
        id="kata sandi ini mudah ditebak: memuat nama, atau sedikit karakter berbeda; "
        "pilih yang lain",
    ),
    "accounts.last-admin": Text(
        en="{name} is the last administrator; make another one first",
        id="{name} adalah admin terakhir; buat admin lain lebih dahulu",
    ),
    "accounts.scope-beyond": Text(
        en="the scope {scope} is beyond the role {role}; choose a smaller scope",
        id="cakupan {scope} melebihi peran {role}; pilih cakupan yang lebih kecil",
    ),
    "accounts.token-empty": Text(
        en="a token needs a name and a scope: read, write or admin",
        id="token memerlukan nama dan cakupan: read, write atau admin",
    ),
    "accounts.token-days": Text(
        en="days: expected a number from 1 to {most}",
        id="hari: seharusnya angka dari 1 sampai {most}",
    ),
    "accounts.too-many-tokens": Text(
        en="an account has at most {most} tokens; revoke one first",
        id="sebuah akun paling banyak punya {most} token; cabut salah satu lebih dahulu",
    ),
    "accounts.no-token": Text(
        en="there is no token {reference}; name it by its beginning, as lists show it",
        id="token {reference} tidak ada; sebutkan awalnya, seperti pada daftar",
    ),
    "accounts.several-tokens": Text(
        en="several tokens begin with {reference}; name more of it, by its id of --json",
        id="beberapa token berawal {reference}; sebutkan lebih lengkap, dengan id dari --json",
    ),
    "accounts.unknown-owner": Text(
        en="{owner}: expected the name of an account, or team:NAME of a team that an account has",
        id="{owner}: seharusnya nama akun, atau team:NAMA dari tim yang dimiliki suatu akun",
    ),
    "accounts.owns": Text(
        en="{name} owns {count:n subscription|subscriptions}; name a new owner by --to, "
        "or remove them first",
        id="{name} memiliki {count:n langganan}; sebutkan pemilik baru dengan --to, atau "
        "hapus dahulu",
    ),
    "accounts.added": Text(
        en="Added the account {name} ({role}).",
        id="Akun {name} ({role}) ditambahkan.",
    ),
    "accounts.changed": Text(
        en="Changed the account {name}.",
        id="Akun {name} diubah.",
    ),
    "accounts.removed": Text(
        en="Removed the account {name}; its sessions and tokens have ended.",
        id="Akun {name} dihapus; sesi dan tokennya berakhir.",
    ),
    "accounts.password-set": Text(
        en="The account {name} has a new password, and all its sessions have ended.",
        id="Akun {name} punya kata sandi baru, dan semua sesinya berakhir.",
    ),
    "accounts.none": Text(
        en="There are no accounts. The first one: pantau accounts add NAME --role admin",
        id="Belum ada akun. Yang pertama: pantau accounts add NAMA --role admin",
    ),
    "accounts.setting-off": Text(
        en="console.accounts is off, so nobody has to sign in; set it to true",
        id="console.accounts tidak aktif, sehingga tidak ada yang harus masuk; atur menjadi true",
    ),
    "accounts.ask-password": Text(
        en="Password for {name}",
        id="Kata sandi untuk {name}",
    ),
    "accounts.token-added": Text(
        en="A token for {name}, shown this once:",
        id="Token untuk {name}, ditampilkan sekali ini:",
    ),
    "accounts.token-gone": Text(
        en="Revoked the token {prefix}… ({name}).",
        id="Token {prefix}… ({name}) dicabut.",
    ),
    "accounts.no-tokens": Text(
        en="There are no tokens.",
        id="Tidak ada token.",
    ),
    "accounts.line": Text(en="{text}", id="{text}"),
    "accounts.no-terminal": Text(
        en="there is no terminal to ask for the password; name a file by --password-file",
        id="tidak ada terminal untuk menanyakan kata sandi; sebutkan berkas dengan --password-file",
    ),
    "accounts.given": Text(
        en="{subscription} belongs to {owner} now.",
        id="{subscription} kini milik {owner}.",
    ),
}
