import dataclasses
import inspect
import re

import pytest

from detente.errors import InputError
from detente.settings import Settings


def test_environment_changes_defaults():
    found = Settings.from_environment(
        {"DETENTE_MAX_PAGES": "7", "DETENTE_ALLOW_PRIVATE_ADDRESSES": "yes", "HOME": "/"}
    )
    assert (found.max_pages, found.allow_private_addresses) == (7, True)
    assert found.read_seconds == Settings().read_seconds


@pytest.mark.parametrize(
    ("variable", "value", "reason"),
    [
        ("DETENTE_MAX_PAGE", "7", "no such setting"),
        ("DETENTE_MAX_PAGES", "seven", "is not a int"),
        ("DETENTE_ALLOW_PRIVATE_ADDRESSES", "perhaps", "neither true nor false"),
    ],
)
def test_wrong_variables_are_refused_by_name(variable, value, reason):
    with pytest.raises(InputError, match=f"{variable}.*{reason}"):
        Settings.from_environment({variable: value})


def test_every_setting_is_documented():
    names = {field.name for field in dataclasses.fields(Settings)}
    told = inspect.cleandoc(Settings.__doc__ or "")
    assert set(re.findall(r"^    (\w+): ", told, re.M)) == names
