"""Register entries that a reviewer's correction suggests."""

from __future__ import annotations

from detente.errors import InputError
from detente.registers.entries import (
    BodyEntry,
    GroupEntry,
    InstitutionEntry,
    PersonEntry,
    StateEntry,
    UserFile,
    shipped,
)


def suggest(
    surface: str,
    code: str | None,
    *,
    person: str | None = None,
    role: str | None = None,
    since: str | None = None,
) -> UserFile:
    """Return the entry that would have made the coder resolve a mention rightly.

    Args:
        surface: The words in the text.
        code: The right actor: a country, body or institution such as ``BLR.MFA``; None where the
            words name no actor.
        person: Full name, where the mention is of a person.
        role: Office of the person.
        since: Day from which it holds, ISO 8601.

    Raises:
        InputError: There are no words, or no such country or body.
    """
    words = " ".join(surface.split())
    if not words:
        raise InputError("an entry needs the words of the text")
    if code is None:
        return UserFile(not_actors=(words,))
    body, _, institution = code.partition("/")[0].partition(".")
    known = {entry.code: entry for entry in shipped().named}
    entry = known.get(body)
    if entry is None:
        raise InputError(f"{body}: the register knows no such country or body")
    if person:
        names = (words,) if words != person else ()
        return UserFile(
            persons=(
                PersonEntry(
                    person=person, code=body, names=names, institution=institution or None,
                    role=role, since=since,
                ),
            )
        )  # fmt: skip
    if institution:
        return UserFile(
            institutions=(
                InstitutionEntry(code=body, institution=institution, names=(words,), since=since),
            )
        )
    if isinstance(entry, StateEntry):
        return UserFile(states=(StateEntry(code=body, name=entry.name, aliases=(words,)),))
    if isinstance(entry, GroupEntry):
        return UserFile(groups=(GroupEntry(code=body, name=entry.name, aliases=(words,)),))
    bodies = (BodyEntry(code=body, name=entry.name, aliases=(words,)),)
    if body.startswith("BLOC:"):
        return UserFile(blocs=bodies)
    return UserFile(organisations=bodies)
