"""Prefect flows: thin tasks over the stages of pipeline.production. Only this folder imports prefect."""

import os

QUIET = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "90",
}
"""Prefect offline, quiet and patient with a cold disk. Read when it is imported, so it stands before any import."""

for _name, _value in QUIET.items():
    os.environ.setdefault(_name, _value)
