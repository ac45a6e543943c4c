"""The reference pages, made from the program itself: commands, settings, records, errors.

``python scripts/reference.py`` prints all of them. The site is built with them (``scripts/site_hooks.py``), so that no copy can
grow old.
"""

from __future__ import annotations

import dataclasses
import inspect
import re
import typing
from enum import Enum
from typing import Any

import msgspec

from detente import errors, model
from detente.cli.app import every_command
from detente.settings import Settings

RECORDS = ("DocumentRecord", "Event", "Claim", "Forecast", "ErrorRecord")
"""What stands on a line of its own; every other struct is a part of these."""


def pages() -> dict[str, str]:
    """Return every page by its path below ``docs/``."""
    return {
        "reference/commands.md": commands(),
        "reference/settings.md": settings(),
        "reference/records.md": records(),
        "reference/errors.md": faults(),
    }


def commands() -> str:
    """Return the page of commands with arguments, options and examples."""
    lines = [
        "# Commands", "",
        "Exit codes: 0 all went well; 1 a fault, or `verify` and `eval` found something; 2 refused (a wrong "
        "option, a missing casebook); 3 done, but some inputs could not be read; 130 interrupted.",
    ]  # fmt: skip
    for name, command in ((f"detente {n}", c) for n, c in every_command().items()):
        lines += ["", f"## {name}", "", _plain(command.help or ""), ""]
        rows = [_parameter(parameter) for parameter in command.params if parameter.name != "help"]
        if rows:
            lines += ["| argument or option | what it is |", "|---|---|", *rows, ""]
        shown = [line.strip() for line in (command.epilog or "").splitlines()]
        examples = [line for line in shown if line.startswith("detente ")]
        if examples:
            lines += ["```", *examples, "```"]
    return "\n".join(lines) + "\n"


def settings() -> str:
    """Return the page of settings with their defaults."""
    told = attributes(Settings)
    lines = [
        "# Settings", "",
        "Each is set by an environment variable; Python takes them as `Settings(name=value)`.", "",
        "| variable | default | what it is |", "|---|---|---|",
    ]  # fmt: skip
    for field in dataclasses.fields(Settings):
        default = f"`{field.default}`"
        lines.append(f"| `DETENTE_{field.name.upper()}` | {default} | {_cell(told[field.name])} |")
    return "\n".join(lines) + "\n"


def records() -> str:
    """Return the page of records and their parts, field by field."""
    lines = [
        "# Records", "",
        "`detente code` writes one JSON object a line. `record` names its kind; a field that is not known is "
        "`null` or absent. Offsets are Unicode characters into the document's text, `[start, end)`.",
    ]  # fmt: skip
    for kind in structs():
        told = attributes(kind)
        tag = kind.__struct_config__.tag
        title = f"`{tag}`" if kind.__name__ in RECORDS else kind.__name__
        lines += ["", f"## {title}", "", _plain(summary(kind)), "", "| field | type | what it is |"]
        lines.append("|---|---|---|")
        for field in msgspec.structs.fields(kind):
            shown = _cell(told.get(field.name, ""))
            lines.append(f"| `{field.encode_name}` | {_cell(_type(field.type))} | {shown} |")
    return "\n".join(lines) + "\n"


def structs() -> list[type[msgspec.Struct]]:
    """Return the records that have a line of their own, then their parts by name."""
    first = [getattr(model, name) for name in RECORDS]
    pending, parts = list(first), set()
    while pending:
        for field in msgspec.structs.fields(pending.pop()):
            for kind in _held(field.type):
                if kind not in parts and kind not in first:
                    parts.add(kind)
                    pending.append(kind)
    return [*first, *sorted(parts, key=lambda kind: kind.__name__)]


def faults() -> str:
    """Return the page of errors."""
    lines = [
        "# Errors", "",
        "Every error that Détente raises on purpose is a `DetenteError`; the command line shows its one line, "
        "and the pages answer with its status.", "", "```", _tree(), "```", "",
        "| error | status | what it means |", "|---|---|---|",
    ]  # fmt: skip
    for name, kind in inspect.getmembers(errors, inspect.isclass):
        if issubclass(kind, errors.DetenteError):
            lines.append(f"| `{name}` | {kind.status} | {_cell(summary(kind))} |")
    return "\n".join(lines) + "\n"


def attributes(kind: type) -> dict[str, str]:
    """Return what a docstring says of each attribute."""
    found: dict[str, str] = {}
    _, _, after = inspect.getdoc(kind).partition("Attributes:\n") if kind.__doc__ else ("", "", "")
    name = ""
    for line in after.splitlines():
        if match := re.match(r"    (\w+): (.*)", line):
            name = match[1]
            found[name] = match[2]
        elif line.startswith("        ") and name:
            found[name] += " " + line.strip()
        elif line and not line.startswith(" "):
            break
    return found


def summary(kind: type) -> str:
    """Return the first paragraph of a docstring."""
    return " ".join((inspect.getdoc(kind) or "").split("\n\n")[0].split())


def _tree() -> str:
    text = inspect.getdoc(errors) or ""
    return text[text.index("DetenteError") :].strip()


def _parameter(parameter: Any) -> str:  # noqa: ANN401
    default = parameter.default
    if isinstance(default, Enum):
        default = default.value
    shown = "" if default in (None, False, ()) or callable(default) else f" Default: `{default}`."
    if parameter.param_type_name == "argument":
        return (
            f"| `{parameter.metavar or parameter.name.upper()}` | {_cell(parameter.help or '')} |"
        )
    names = ", ".join(f"`{name}`" for name in (*parameter.opts, *parameter.secondary_opts))
    kind = parameter.bare_type()
    choices = (
        [one.value for one in kind] if inspect.isclass(kind) and issubclass(kind, Enum) else []
    )
    some = f" One of {', '.join(f'`{choice}`' for choice in choices)}." if choices else ""
    return f"| {names} | {_cell(parameter.help or '')}{some}{shown} |"


def _held(annotation: Any) -> list[type[msgspec.Struct]]:  # noqa: ANN401
    if inspect.isclass(annotation) and issubclass(annotation, msgspec.Struct):
        return [annotation]
    return [kind for part in typing.get_args(annotation) for kind in _held(part)]


def _type(annotation: Any) -> str:  # noqa: ANN401
    """Return a type in words of JSON: ``text``, ``number``, ``list of Actor`` and so on."""
    simple = {str: "text", int: "whole number", float: "number", bool: "true or false"}
    if annotation in simple:
        return simple[annotation]
    if annotation is type(None):
        return "null"
    origin, parts = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Literal:
        return "one of " + ", ".join(f"`{part}`" for part in parts)
    if origin is tuple:
        if len(parts) == 2 and parts[1] is Ellipsis:
            return f"list of {_type(parts[0])}"
        return "[" + ", ".join(_type(part) for part in parts) + "]"
    if parts:
        return " or ".join(_type(part) for part in parts)
    return getattr(annotation, "__name__", str(annotation))


def _plain(text: str) -> str:
    return inspect.cleandoc(text).replace("\b", "").replace("``", "`")


def _cell(text: str) -> str:
    return " ".join(_plain(text).split()).replace("|", "\\|")


if __name__ == "__main__":
    for page in pages().values():
        print(page)
