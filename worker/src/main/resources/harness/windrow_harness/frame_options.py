"""How data frames are written: Azure's defaults, changed by ``parallel_run_step.settings.json`` in the code folder."""

import json
import os

SETTINGS_FILE = "parallel_run_step.settings.json"


class SettingsError(Exception):
    """The settings file cannot be used."""


def frame_options(code):
    """Return the keyword arguments for ``pandas.DataFrame.to_csv``."""
    options = {"sep": " ", "header": False, "index": False}
    path = os.path.join(code, SETTINGS_FILE)
    try:
        with open(path, encoding="utf-8-sig") as file:
            settings = json.load(file)
    except FileNotFoundError:
        return options
    except (OSError, ValueError) as error:
        raise SettingsError("%s: %s (expected: a readable JSON file)" % (SETTINGS_FILE, error)) from error
    given = _object(_object(settings, "").get("append_row", {}), "append_row").get("pandas.DataFrame.to_csv", {})
    options.update(_object(given, "append_row.pandas.DataFrame.to_csv"))
    # Where the rows go is not the script's to say.
    options.pop("path_or_buf", None)
    return options


def _object(value, name):
    if not isinstance(value, dict):
        raise SettingsError("%s: %s: %r (expected: a JSON object)" % (SETTINGS_FILE, name or "the file", value))
    return value
