"""Loading of the settings, and what a runtime requires of them."""

from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError
from pydantic_settings import SettingsError

from pantau.errors import UsageError
from pantau.problems import problem
from pantau.settings.delivery import SmtpSettings
from pantau.settings.faults import explain_faults
from pantau.settings.feeds import FetchSettings
from pantau.settings.model import SETTINGS_FILE, Settings
from pantau.settings.sources import settings_file


def load_settings(data: Path, *, allow_networks: Sequence[str] = ()) -> Settings:
    """Load the settings of a data folder; `allow_networks` are added to those of `fetch`.

    What is wrong in the section `smtp` is in `Settings.smtp_fault`. Raises UsageError naming each
    other invalid setting and what is expected.
    """
    try:
        # Sections of its own: pydantic shares defaults that are frozen, and some change in place.
        settings = _spare_mail(data).model_copy(deep=True)
        if not allow_networks:
            return settings
        both = [*map(str, settings.fetch.allow_networks), *allow_networks]
        fetch = FetchSettings.model_validate(
            {**settings.fetch.model_dump(), "allow_networks": both}
        )
        return settings.model_copy(update={"fetch": fetch})
    except ValidationError as error:
        file = str(settings_file(data, SETTINGS_FILE))
        invalid = problem("settings.invalid", file=file, faults=explain_faults(error))
        raise UsageError(invalid) from error
    except SettingsError as error:
        raise UsageError(problem("settings.variable", reason=str(error))) from error
    except ValueError as error:
        file = str(settings_file(data, SETTINGS_FILE))
        raise UsageError(problem("settings.unreadable", file=file, reason=str(error))) from error


def _spare_mail(data: Path) -> Settings:
    """Load the settings; faults in the section `smtp` are remembered, not raised.

    They keep mails from being sent. All else works without, and mails wait until they are repaired:
    feeds are watched, other channels get their alerts, and lists can be looked at.
    """
    try:
        return Settings(data=data)
    except ValidationError as error:
        if any(one["loc"][:1] != ("smtp",) for one in error.errors(include_url=False)):
            raise
        told = problem(
            "settings.invalid", file=str(data / SETTINGS_FILE), faults=explain_faults(error)
        )
        spared = Settings(data=data, smtp=SmtpSettings())
        spared._smtp_fault = told  # noqa: SLF001 (of this class; no field, so that no file sets it)
        return spared


def require_servers(settings: Settings) -> None:
    """Check that the settings name the servers of the distributed runtime. Raises UsageError."""
    if not settings.kafka.servers:
        raise UsageError(
            problem("settings.no-brokers", file=str(settings_file(settings.data, SETTINGS_FILE)))
        )


def refuse_servers(settings: Settings) -> None:
    """Check that the settings are those of a single machine.

    Raises UsageError: both runtimes in one group would interfere with each other.
    """
    if settings.kafka.servers:
        raise UsageError(problem("settings.brokers-set"))
