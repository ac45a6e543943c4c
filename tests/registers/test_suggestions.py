"""Entries suggested from a wrong actor are entries that the register takes."""

import pytest

from detente.errors import InputError
from detente.registers.additions import add
from detente.registers.suggestions import suggest


@pytest.mark.parametrize(
    ("words", "code", "more", "kind"),
    [
        ("the Hudson line", "USA.MFA", {}, "institutions"),
        ("White Ruthenia", "BLR", {}, "states"),
        ("the Alliance of the North", "NATO", {}, "organisations"),
        ("Ada Quill", "BLR.MFA", {"person": "Ada Quill", "role": "Minister"}, "persons"),
        ("Poland Spring", None, {}, "not_actors"),
    ],
)
def test_a_suggestion_can_be_added(tmp_path, words, code, more, kind):
    made = suggest(words, code, **more)
    written = add(tmp_path / "own.yaml", made)
    assert len(getattr(written, kind)) == 1


@pytest.mark.parametrize(("words", "code"), [("", "BLR"), ("x", "QQQ"), (" ", None)])
def test_what_cannot_be_an_entry_is_refused(words, code):
    with pytest.raises(InputError):
        suggest(words, code)
