import inspect
import re

import pytest

from detente import errors


def test_error_tree_in_docstring_is_complete():
    raised = {
        name
        for name, found in inspect.getmembers(errors, inspect.isclass)
        if issubclass(found, errors.DetenteError)
    }
    drawn = set(re.findall(r"\+ (\w+)", errors.__doc__ or "")) | {"DetenteError"}
    assert drawn == raised


def test_read_error_names_input_and_reason():
    error = errors.ReadError("encrypted", "it is protected by a password", source="a.pdf")
    assert str(error) == "a.pdf: it is protected by a password"
    assert isinstance(error, ValueError)


@pytest.mark.parametrize(("line", "text"), [(3, "x.yaml:3: no"), (0, "x.yaml: no")])
def test_register_error_names_file_and_line(line, text):
    assert str(errors.RegisterError("x.yaml", line, "no")) == text
