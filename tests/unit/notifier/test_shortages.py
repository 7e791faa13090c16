"""A delivery that fails because the machine has nothing left is repeated, not given up."""

import errno

import pytest

from pantau.errors import RejectError, RetryError
from pantau.notifier.attempt import failed


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        RuntimeError("can't start new thread"),
        OSError(errno.EMFILE, "Too many open files"),
        OSError(errno.ENOMEM, "Cannot allocate memory"),
    ],
)
def test_it_waits_where_the_machine_has_nothing_left(error: Exception) -> None:
    result = failed(error, "file", 1.0)
    assert isinstance(result.error, RetryError)
    assert result.name == type(error).__name__
    assert result.detail


@pytest.mark.parametrize(
    "error", [ValueError("odd"), RuntimeError("odd"), OSError(errno.EPERM, "")]
)
def test_any_other_unexpected_error_is_final(error: Exception) -> None:
    assert isinstance(failed(error, "file", 1.0).error, RejectError)
