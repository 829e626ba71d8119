"""The open format `keikaku-plan` version 1 (JSON) ⇄ `Plan`, without loss.

Every key that came in goes out again, unknown ones too, in the order it came. The one thing
added is the stage of a card that came without one (`app.plan.board.stages`).
"""

from dataclasses import dataclass
from uuid import uuid4

from app.errors import KeikakuError
from app.plan.entities import Entity, Initiative, Pillar
from app.plan.plan import Plan
from storage.interchange import shapes
from storage.interchange.fields import Node, node
from storage.interchange.place import MisfitError, place_words
from storage.interchange.reading import FORMAT, VERSION, Reading
from storage.interchange.shape import Origin, Shape, write_fields
from storage.interchange.text import Parsed, dump


@dataclass(frozen=True, slots=True)
class Imported:
    """A plan that came in. `placed` are the initiatives whose stage the rule chose.

    `cleaned` says, a sentence each, where characters were taken out that can be neither
    printed nor written to Excel.
    """

    plan: Plan
    placed: tuple[Initiative, ...]
    cleaned: tuple[str, ...]


def read_interchange(data: bytes) -> Imported:
    """Read a file. Raises KeikakuError that names the place of the first thing wrong in it.

    The plan gets an identity (UUID) of its own: the format has none.
    """
    parsed = Parsed(data)
    reading = Reading(str(uuid4()))
    try:
        parsed.check()
        plan = reading.plan(node(parsed.document))
    except MisfitError as error:
        place = place_words(parsed.document, error.place)
        raise KeikakuError(f"{place}{error.what}。取り込みは行っていません。") from error
    cleaned = tuple(
        f"{place_words(parsed.document, place)}の"
        f"使えない文字{count}字を、取り除くか改行に直しました。"
        for place, count in parsed.cleaned
    )
    return Imported(plan, tuple(plan.initiatives[id] for id in reading.placed), cleaned)


def interchange_bytes(plan: Plan) -> bytes:
    """The plan as a file. What came from a file goes out as it came."""
    return dump(_document(plan)).encode()


def _document(plan: Plan) -> Node:
    profile = plan.profile
    own = Origin(profile.keys, profile.extra)
    vocabulary = Origin(profile.vocabulary_keys, profile.vocabulary_extra)
    structure = {
        "format": FORMAT,
        "version": VERSION,
        "plan": write_fields(shapes.PLAN, profile, {}, own),
        "vocabulary": write_fields(shapes.VOCABULARY, profile, {}, vocabulary),
        "pillars": [_pillar(plan, pillar) for pillar in plan.pillars.under()],
        "initiatives": [_initiative(plan, card) for card in plan.initiatives.under()],
    }
    file = Origin(profile.file_keys, profile.file_extra)
    return write_fields(shapes.FILE, profile, structure, file)


def _pillar(plan: Plan, pillar: Pillar) -> Node:
    categories = plan.categories.under(pillar.id)
    written = [_written(shapes.CATEGORY, category, {"key": category.id}) for category in categories]
    return _written(shapes.PILLAR, pillar, {"key": pillar.id, "categories": written})


def _initiative(plan: Plan, initiative: Initiative) -> Node:
    id = initiative.id
    structure: Node = {
        "id": id,
        "years": [_written(shapes.YEAR, year, {}) for year in plan.years.under(id)],
        "kpis": [_written(shapes.KPI, kpi, {}) for kpi in plan.kpis.under(id)],
        "relistings": [_written(shapes.RELISTING, r, {}) for r in plan.relistings.under(id)],
    }
    return _written(shapes.INITIATIVE, initiative, structure)


def _written(shape: Shape, entity: Entity, structure: Node) -> Node:
    return write_fields(shape, entity, structure, Origin(entity.keys, entity.extra))
