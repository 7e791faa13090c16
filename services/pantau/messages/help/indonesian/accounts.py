"""The help of `pantau accounts`."""

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, str]] = {
    "Keep the accounts of people who sign in to the console.": (
        "Mengelola akun orang yang masuk ke konsol."
    ),
    "Keep the accounts of people who sign in to the console, and their API tokens.": (
        "Mengelola akun orang yang masuk ke konsol, beserta token API mereka."
    ),
    "They count where the setting console.accounts is true. An admin also sees what "
    "the command line made, an editor changes feeds and their own subscriptions, a "
    "reader changes nothing. Everybody sees what they own, and what their teams own.": (
        "Akun berlaku bila pengaturan console.accounts bernilai true. Admin juga melihat "
        "yang dibuat dari baris perintah, editor mengubah umpan dan langganannya "
        "sendiri, reader tidak mengubah apa pun. Setiap orang melihat miliknya dan milik "
        "timnya."
    ),
    "Read the password from the first line of a file.  [default: ask for it]": (
        "Membaca kata sandi dari baris pertama sebuah berkas.  [bawaan: ditanyakan]"
    ),
    "What the account may do.": ("Yang boleh dilakukan akun."),
    "A team; repeatable.": ("Sebuah tim; dapat diulang."),
    "Add an account by which a person signs in as NAME.": (
        "Menambah akun yang dipakai seseorang untuk masuk sebagai NAMA."
    ),
    "List the accounts: roles, teams, the last sign-in, and who is kept out.": (
        "Menampilkan akun: peran, tim, kapan terakhir masuk, dan siapa yang ditolak."
    ),
    "Make a first password and print it once, in place of asking for one.": (
        "Membuat kata sandi pertama dan mencetaknya sekali, sebagai ganti menanyakannya."
    ),
    "Clear the wait of a person whose sign-ins failed too often.": (
        "Mengakhiri waktu tunggu seseorang yang terlalu sering gagal masuk."
    ),
    "Close all sessions of a person; their password and tokens stay valid.": (
        "Mengakhiri semua sesi seseorang; kata sandi dan tokennya tetap berlaku."
    ),
    "A team, in place of all teams; repeatable.": (
        "Sebuah tim, menggantikan semua tim; dapat diulang."
    ),
    "Leave all teams.": ("Keluar dari semua tim."),
    "Whether the person and their tokens are kept out.": ("Apakah orang itu dan tokennya ditolak."),
    "Change the role or the teams of an account, or keep it out for a while.": (
        "Mengubah peran atau tim sebuah akun, atau menolaknya untuk sementara."
    ),
    "Set a new password of an account; all its sessions end.": (
        "Memberi akun kata sandi baru; semua sesinya berakhir."
    ),
    "The account, or team:NAME, that gets its subscriptions.": (
        "Akun, atau team:NAMA, yang menerima langganannya."
    ),
    "Remove an account; its sessions and tokens end.": (
        "Menghapus sebuah akun; sesi dan tokennya berakhir."
    ),
    "An account, or team:NAME.": ("Sebuah akun, atau team:NAMA."),
    "Change the owner of subscriptions, their alerts and channels, to an account or a team.": (
        "Mengalihkan kepada sebuah akun atau tim kepemilikan langganan, beserta "
        "pemberitahuan dan salurannya."
    ),
    "Only what this account did.": ("Hanya yang dilakukan akun ini."),
    "At most this many entries.": ("Paling banyak sekian catatan."),
    "Show who signed in, who failed to, and what accounts changed, the newest first.": (
        "Menampilkan siapa yang masuk, siapa yang gagal masuk, dan apa yang diubah akun, "
        "yang terbaru lebih dahulu."
    ),
    "Keep API tokens, by which programs act for an account.": (
        "Mengelola token API, yang dipakai program untuk bertindak atas nama akun."
    ),
    "A program sends one in the header Authorization: Bearer TOKEN.": (
        "Program mengirimnya dalam header Authorization: Bearer TOKEN."
    ),
    "What the token is for.": ("Untuk apa token itu."),
    "What it may do: write includes read, admin includes both.": (
        "Yang boleh dilakukannya: write mencakup read, admin mencakup keduanya."
    ),
    "Days until it expires.": ("Hari sampai kedaluwarsa."),
    "It is valid until it is revoked.": ("Berlaku sampai dicabut."),
    "Create a token for ACCOUNT; it is printed this once.": (
        "Membuat token untuk AKUN; hanya dicetak sekali ini."
    ),
    "Only of this account.": ("Hanya milik akun ini."),
    "List the tokens by their beginnings: whose they are, what for, and until when.": (
        "Menampilkan token menurut awalnya: milik siapa, untuk apa, dan sampai kapan."
    ),
    "Remove a token, named by its beginning as lists show it, or by its id.": (
        "Mencabut token, yang disebut dengan awalnya seperti pada daftar, atau dengan id-nya."
    ),
}
