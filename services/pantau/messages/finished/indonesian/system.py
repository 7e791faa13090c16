"""Reports of the operating system and of libraries, as they stand within our sentences."""

import errno
from collections.abc import Mapping
from typing import Final

ERRORS: Final[Mapping[int, str]] = {
    errno.EACCES: "izin ditolak",
    errno.EADDRINUSE: "alamat sudah dipakai",
    errno.EADDRNOTAVAIL: "alamat itu tidak ada di mesin ini",
    errno.EBUSY: "sumber daya sedang dipakai",
    errno.ECONNABORTED: "sambungan dibatalkan",
    errno.ECONNREFUSED: "sambungan ditolak",
    errno.ECONNRESET: "sambungan diputus oleh lawan bicara",
    errno.EEXIST: "berkas sudah ada",
    errno.EFBIG: "berkas terlalu besar",
    errno.EHOSTUNREACH: "host tidak terjangkau",
    errno.EINVAL: "argumen tidak sah",
    errno.EIO: "kesalahan masukan atau keluaran",
    errno.EISDIR: "itu folder",
    errno.ELOOP: "terlalu banyak tautan simbolis",
    errno.EMFILE: "terlalu banyak berkas terbuka",
    errno.ENAMETOOLONG: "nama berkas terlalu panjang",
    errno.ENETUNREACH: "jaringan tidak terjangkau",
    errno.ENOENT: "tidak ada berkas atau folder itu",
    errno.ENOMEM: "memori tidak cukup",
    errno.ENOSPC: "tidak ada ruang tersisa di disk",
    errno.ENOTDIR: "itu bukan folder",
    errno.EPERM: "tidak diizinkan",
    errno.EPIPE: "penerima menutup sambungan",
    errno.EROFS: "sistem berkas hanya dapat dibaca",
    errno.ETIMEDOUT: "tidak ada jawaban tepat waktu",
    errno.EXDEV: "berada di disk lain",
}
"""Errors by number; their English text is that of the system."""

TEXTS: Final[Mapping[str, str]] = {
    "connection refused": "sambungan ditolak",
    "not UTF-8": "bukan UTF-8",
    "timed out": "tidak ada jawaban tepat waktu",
    "self-signed certificate": "sertifikat ditandatangani sendiri",
    "self-signed certificate in certificate chain": (
        "ada sertifikat yang ditandatangani sendiri dalam rantai sertifikat"
    ),
    "unable to get local issuer certificate": "penerbit sertifikat tidak dikenal",
    "certificate has expired": "sertifikat sudah kedaluwarsa",
}
"""Texts of libraries by themselves."""
