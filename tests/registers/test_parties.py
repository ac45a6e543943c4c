"""A code that is nobody's is refused with the one that was meant."""

import pytest

from detente.registers import parties


@pytest.mark.parametrize(
    "code", ["BLR", "BLR.MFA", "BLR.MFA/ada-quill", "EU", "BLOC:west", "HAMAS"]
)
def test_a_party_is_no_reason_to_refuse(code):
    assert parties.refusal(parties.in_force(), code) is None


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("Belarus", "Belarus: is a name; its code is BLR"),
        ("the United States", "the United States: is a name; its code is USA"),
        ("european union", "european union: is a name; its code is EU"),
        ("Minsk", "Minsk: is a name; its code is BLR"),
        ("blr", "blr: is no party's code; did you mean BLR (Belarus)?"),
        ("blr.mfa", "blr.mfa: is no party's code; did you mean BLR.MFA?"),
        ("BY", "BY: is no party's code; did you mean BLR (Belarus)?"),
        ("Belorus", "Belorus: is no party's code; did you mean BLR (Belarus)?"),
        ("XYZ", f"XYZ: is no party's code; {parties.EXAMPLES}"),
        ("XYZ.MFA", f"XYZ.MFA: is no party's code; {parties.EXAMPLES}"),
        ("", f": is no party's code; {parties.EXAMPLES}"),
    ],
)
def test_what_was_meant_is_told(code, reason):
    assert parties.refusal(parties.in_force(), code) == reason


def test_an_unknown_institution_is_told_with_those_that_are_coded():
    found = parties.refusal(parties.in_force(), "BLR.MFX")
    assert found is not None
    assert found.startswith("BLR.MFX: MFX is no institution; there are ATT, BUS, ")


def test_a_body_of_ones_own_register_is_a_party(tmp_path, monkeypatch):
    own = tmp_path / "own.yaml"
    own.write_text("organisations:\n- {code: LEAGUE, name: Amber League}\n", encoding="utf-8")
    monkeypatch.setenv("DETENTE_REGISTER", str(own))
    assert parties.refusal(parties.in_force(), "LEAGUE") is None
    monkeypatch.setenv("DETENTE_REGISTER", str(tmp_path / "none.yaml"))
    assert parties.refusal(parties.in_force(), "LEAGUE") is not None
