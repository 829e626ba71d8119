"""Makes the kept file of the schema of today: `python -m tests.data.keep`, from the root.

Run once for each schema, before its first release, and never again: a kept file is a file as
people have it, and what is changed afterwards no longer proves anything. It holds a part of the
sample with edits, one of them undone, two conflicts of a merge, one of them decided.
"""

import json
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from app.changes.records import change_records, conflict_record
from app.edits.card import move_cards
from app.edits.deciding import Choice, decide
from app.edits.text import set_text, set_year_text
from resources import resource
from storage.document import exchange
from storage.document.workspace import read_document
from storage.interchange.interchange import interchange_bytes, read_interchange
from storage.plan_file.gate import SCHEMA
from storage.plan_file.plan_file import create_plan_file
from storage.plan_file.rows import Contents
from tests.storage.documents import merge_in

FOLDER = Path(__file__).parent
AUTHOR = "試験"


def main() -> None:
    """Write `schema-N.keikaku` and `schema-N.json`, unless they are there."""
    target = FOLDER / f"schema-{SCHEMA}.keikaku"
    if target.exists():
        sys.exit(f"{target.name} is there already and is kept as it is.")
    with TemporaryDirectory() as pc:
        os.environ["KEIKAKU_HOME"] = pc
        made = Path(pc, "share", target.name)
        made.parent.mkdir()
        make(made)
        said = json.dumps(what_it_says(read_document(made)), ensure_ascii=False, indent=1)
        target.write_bytes(made.read_bytes())
    target.with_suffix(".json").write_text(said + "\n", encoding="utf-8")


def make(path: Path) -> None:
    """A plan file with something of everything in it."""
    document = json.loads(resource("sample/sample.json").read_bytes())
    document["initiatives"] = document["initiatives"][::3]
    document["initiatives"][0]["kpis"] = [
        {"due": "令和8年度末", "fiscal_year": 2026, "text": "5分"}
    ]
    plan = read_interchange(json.dumps(document).encode()).plan
    create_plan_file(path, plan, "取り込み", AUTHOR)
    card = plan.initiatives.under()[0]
    part = path.with_name("part.keikaku")
    exchange.issue_part(plan, card.departments, part, AUTHOR)
    for place, who in ((path, "本課"), (part, "担当課")):
        with exchange.editing(place, AUTHOR) as workspace:
            session = workspace.session
            for field in ("overview", "background"):
                session.do(set_text(session.plan, card.id, field, f"・{who}の文\n・髙﨑𠮷①㈱〜－"))
    merge_in(path, part, author=AUTHOR)
    with exchange.editing(path, AUTHOR) as workspace:
        session, kept = workspace.session, workspace.conflicts()[0]
        session.do(decide(session.plan, [Choice(kept, "theirs")]))
        session.do(set_year_text(session.plan, card.id, 2024, "actions", "・始める\n・続ける"))
        session.undo()
        session.redo()
        session.do(move_cards(session.plan, [card.id], session.plan.profile.stages[-1]))
        session.undo()


def what_it_says(contents: Contents) -> dict[str, Any]:
    """All that a plan file says, as plain values: the plan in the open format, log, conflicts."""
    return {
        "plan": json.loads(interchange_bytes(contents.plan)),
        "log": [
            {
                **{"sequence": entry.sequence, "at": entry.at.isoformat(), "who": entry.author},
                **{"action": entry.action, "target": entry.target, "label": entry.changes.label},
                "changes": [r for c in entry.changes for r in change_records(contents.plan, c)],
            }
            for entry in contents.entries
        ],
        "conflicts": [
            {**conflict_record(contents.plan, kept.conflict), "decision": kept.decision}
            for kept in contents.conflicts
        ],
        "scope": list(contents.scope),
    }


if __name__ == "__main__":
    main()
