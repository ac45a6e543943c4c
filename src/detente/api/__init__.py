"""What a notebook imports, and what the command line and the web page call.

For instance::

    from pathlib import Path

    import detente.api as dt

    for coded in dt.code(["report.txt"], published="2016-09-26"):
        print(coded.records)
    dt.add(["reports/"], casebook="minsk.casebook")
    note = dt.brief("BLR", "USA", casebook="minsk.casebook")
    Path("brief.pdf").write_bytes(dt.render(note, "pdf"))
"""

from detente.api import actors, claims, forecasts
from detente.api.coding import code, coder, read
from detente.api.corpus import add_corpus, code_corpus, plan_corpus
from detente.api.exchange import export_events, import_events
from detente.api.explaining import explain, explain_inputs, explain_text
from detente.api.keeping import add, recode, search, verify
from detente.api.naming import name_act
from detente.api.opening import Asked, Counted, as_date, view
from detente.api.relations import (
    agenda,
    ceiling,
    channels,
    compare,
    competence,
    frame,
    index,
    panel,
    proposals,
    shifts,
    table,
)
from detente.api.review import agreement, gold, judge, judgements, suggest, undo, unjudged
from detente.api.upkeep import backup, compact, doctor, rescue, restore
from detente.api.writing import brief, issue, render

__all__ = [
    "Asked",
    "Counted",
    "actors",
    "add",
    "add_corpus",
    "agenda",
    "agreement",
    "as_date",
    "backup",
    "brief",
    "ceiling",
    "channels",
    "claims",
    "code",
    "code_corpus",
    "coder",
    "compact",
    "compare",
    "competence",
    "doctor",
    "explain",
    "explain_inputs",
    "explain_text",
    "export_events",
    "forecasts",
    "frame",
    "gold",
    "import_events",
    "index",
    "issue",
    "judge",
    "judgements",
    "name_act",
    "panel",
    "plan_corpus",
    "proposals",
    "read",
    "recode",
    "render",
    "rescue",
    "restore",
    "search",
    "shifts",
    "suggest",
    "table",
    "undo",
    "unjudged",
    "verify",
    "view",
]
