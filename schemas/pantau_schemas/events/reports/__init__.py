"""Events of reports that are sent at fixed times."""
