"""The texts of a book and the rule of numbers are part of the plan, in and out."""

import json
from pathlib import Path

from app.edits.matter import set_matter
from app.edits.renumber import renumber
from app.plan.numbering import NumberingRule
from app.session import Session
from resources import resource
from storage.interchange.interchange import interchange_bytes, read_interchange
from storage.plan_file.plan_file import PlanFile, create_plan_file

SAMPLE = resource("sample/sample.json").read_bytes()


def test_texts_and_rule_survive_the_plan_file_and_undo(tmp_path: Path) -> None:
    path = tmp_path / "計画.keikaku"
    plan = read_interchange(SAMPLE).plan
    create_plan_file(path, plan, "見本")
    with PlanFile.edit(path) as file:
        session = Session(file.plan(), file, file.history())
        session.do(set_matter(plan, "preface", "ごあいさつ\n**市長**"))
        session.do(renumber(session.plan, NumberingRule("straight")))
    with PlanFile.edit(path) as file:
        kept = file.plan().profile
        assert kept.texts["preface"] == "ごあいさつ\n**市長**"
        assert kept.numbering == "straight"
        session = Session(file.plan(), file, file.history())
        session.undo()
        session.undo()
        assert session.plan == plan


def test_texts_and_rule_go_through_the_open_format() -> None:
    document = json.loads(SAMPLE)
    document["plan"] |= {"numbering": "category gaps", "texts": {"preface": "", "history": "初版"}}
    data = json.dumps(document, ensure_ascii=False).encode()
    plan = read_interchange(data).plan
    assert dict(plan.profile.texts) == {"preface": "", "history": "初版"}
    assert json.loads(interchange_bytes(plan))["plan"] == document["plan"]


def test_a_plan_without_them_goes_out_as_it_came() -> None:
    written = json.loads(interchange_bytes(read_interchange(SAMPLE).plan))
    assert written["plan"] == json.loads(SAMPLE)["plan"]
