"""Who belongs to which body when, with memberships that one body takes over from another."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from detente.registers.entries import BodyEntry

Span = tuple[str, str | None, str | None]
"""A member with its first day and the first day on which it is none, ISO 8601."""


def of_bodies(bodies: Iterable[BodyEntry]) -> dict[str, tuple[Span, ...]]:
    """Return the memberships of every body by its code.

    A body that ``follows`` another has that one's members from the later of the two days, unless its
    own entry tells of them: the WHO has Poland from 1948, when it was founded, not from 1945.

    Args:
        bodies: Checked entries: what is followed is known, and nothing follows itself.
    """
    known = {body.code: body for body in bodies}
    done: dict[str, tuple[Span, ...]] = {}
    for code in known:
        _add(code, known, done)
    return done


def _add(code: str, known: Mapping[str, BodyEntry], done: dict[str, tuple[Span, ...]]) -> None:
    if code in done:
        return
    body = known[code]
    own = tuple(body.dated_members())
    rule = body.follows
    if rule is None:
        done[code] = own
        return
    _add(rule.body, known, done)
    told = {member for member, _since, _until in own}.union(rule.without)
    left = {member: day for day in sorted(body.left) for member in body.left[day]}
    taken = []
    for member, since, until in done[rule.body]:
        if member in told or (until is not None and until <= rule.since):
            continue
        end = min((day for day in (until, left.get(member)) if day is not None), default=None)
        taken.append((member, max(since or "", rule.since), end))
    done[code] = (*own, *taken)


def chain(code: str, bodies: Mapping[str, BodyEntry]) -> list[str]:
    """Return the bodies that one follows, itself first, up to the first that comes twice."""
    found = [code]
    while (rule := bodies[found[-1]].follows) is not None and rule.body in bodies:
        again = rule.body in found
        found.append(rule.body)
        if again:
            break
    return found
