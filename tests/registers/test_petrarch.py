import pytest

from detente.errors import RegisterError
from detente.registers.entries import InstitutionEntry, PersonEntry
from detente.registers.petrarch import read

TEXT = """# own example
RURITANIAN_PALACE_ [POLGOV]
+OLD_PALACE
ADA_EXAMPLE [POLOPP <010101] ; before office
[POLGOV 010101-20051231]
[POLELI >060101]
NOWHERE_LAND [QQQ]
"""


def test_names_synonyms_and_dated_roles():
    found = read(TEXT, name="own", countries={"POL"})
    assert found.file.institutions == (
        InstitutionEntry(code="POL", institution="GOV", names=("Ruritanian Palace", "Old Palace")),
    )
    assert found.file.persons == (
        PersonEntry(person="Ada Example", code="POL", institution="OPP", until="2001-01-01"),
        PersonEntry(
            person="Ada Example", code="POL", institution="GOV", since="2001-01-01",
            until="2005-12-31",
        ),
    )  # fmt: skip
    assert found.skipped == ((4, "unknown role 'ELI'"), (7, "unknown code 'QQQ'"))


@pytest.mark.parametrize(("text", "line"), [("+NAME\n", 1), ("\n[POLGOV]\n", 2), ("", 0)])
def test_a_wrong_file_names_the_line(text, line):
    with pytest.raises(RegisterError) as caught:
        read(text, name="own", countries={"POL"})
    assert caught.value.line == line
