"""PLOVER's sectors of an actor: what kind of body or person it is.

The sector of an institution stands in ``data/ontology/plover.yaml``; nouns and names that say more
("farmers", a court) bring their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.registers import ontology

if TYPE_CHECKING:
    from detente.model import Actor

FORMER = ("former ", "ex-", "retired ", "late ", "one-time ")
SECOND = {"MOD": "MIL", "ATT": "GOV", "EMB": "GOV"}
"""A second sector of institutions that stand in two."""


def sectors(actor: Actor) -> tuple[str, ...]:
    """Return PLOVER's sectors, the first one the main one; empty for a state as such.

    A farmer is ``("AGR",)``, a defence minister ``("GOV", "MIL")``, whoever left an office
    ``("ELI",)``.
    """
    if (actor.role or "").lower().startswith(FORMER):
        return ("ELI",)
    if actor.institution is None:
        found = [actor.sector] if actor.sector else ["GOV"] if actor.how == "capital" else []
        return tuple(found)
    if actor.country == "EU" and actor.rank is not None and actor.institution == "IGO":
        return ("GOV", "IGO")
    own = ontology.load().institutions.get(actor.institution, actor.institution)
    if actor.rank in {"minister", "deputy minister"} and own not in {"GOV", "SPY", "LEG"}:
        own = "GOV"
    found = [actor.sector or own]
    second = SECOND.get(actor.institution) if actor.sector is None else own
    if second is not None and second not in found:
        found.append(second)
    return tuple(found)
