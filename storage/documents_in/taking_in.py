"""Documents from disk understood, and the plan file made of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.errors import KeikakuError
from app.forms.definition.form_file import read_form
from app.forms.form import Form
from app.intake.cell_map import CellMap, read_map
from app.intake.forms.form_words import form_words
from app.intake.grid import Grid
from app.intake.intake import Intake, understood
from app.intake.words import Words, read_words
from app.ports import DocumentGrids, Understood
from resources import form_texts, intake_words
from storage.documents_in.reading import files_of, read_document
from storage.form_files import form_text
from storage.safe_io import read_bytes

_LARGEST_MAP: Final = 1 << 20
_MOST_FILES: Final = 500
Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class ChosenForm:
    """The form of a new plan: its key, the TOML if the plan is to carry it, and its words."""

    key: str = ""
    toml: str | None = None
    form: Form | None = None

    @property
    def words(self) -> Words:
        """All words, those of the form first."""
        words = read_words(intake_words())
        return words.with_added(form_words(self.form)) if self.form else words


def understand(
    sources: Sequence[Path], form: str | None, cell_map: Path | None, tell: Tell
) -> Understood:
    """What documents say; `form` is a key or a TOML file. Raises KeikakuError."""
    chosen, overrides = chosen_form(form), map_of(cell_map)
    documents = read_documents(sources, tell)
    intake = intake_of(documents, chosen, overrides)
    return Understood(intake, documents.count, documents.failures)


def read_documents(paths: Sequence[Path], tell: Tell = lambda done, of: None) -> DocumentGrids:
    """Read files and folders of files. `tell` hears of each file; it may raise to cancel.

    Raises KeikakuError if there is no file at all, or if none of them can be read.
    """
    files = list(files_of(paths))
    if not files:
        raise KeikakuError(
            f"「{paths[0].name or paths[0]}」はフォルダーですが、読める文書がありません。"
            "Excel・Word・PDF・CSVのファイルが入ったフォルダーを選んでください。"
        )
    if len(files) > _MOST_FILES:
        raise KeikakuError(
            f"ファイルが多すぎます（{_MOST_FILES}個まで）。分けて取り込んでください。"
        )
    grids: list[Grid] = []
    failures: list[str] = []
    for n, file in enumerate(files):
        tell(n, len(files))
        try:
            grids += read_document(file)
        except KeikakuError as error:
            failures.append(str(error))
    if len(failures) == len(files):
        raise KeikakuError(failures[0])
    return DocumentGrids(tuple(grids), len(files) - len(failures), tuple(failures))


def chosen_form(word: str | None) -> ChosenForm:
    """The form that a word names: the key of a built-in one or a TOML file; none for None.

    Raises KeikakuError if there is no such form.
    """
    if word is None:
        return ChosenForm()
    built_in = form_texts()
    if word in built_in:
        return ChosenForm(word, None, read_form(built_in[word], f"{word}.toml"))
    if not word.endswith(".toml"):
        raise KeikakuError(
            f"様式「{word}」がありません。{'・'.join(built_in)} のどれか、"
            "または様式のファイル（.toml）を指定してください。"
        )
    text = form_text(Path(word))
    form = read_form(text, Path(word).name)
    return ChosenForm(form.key, text, form)


def map_of(path: Path | None) -> CellMap:
    """The map in a file; an empty one for None. Raises KeikakuError."""
    if path is None:
        return CellMap()
    data = read_bytes(path, _LARGEST_MAP)
    return read_map(data.decode("utf-8-sig", errors="replace"), path.name)


def intake_of(documents: DocumentGrids, form: ChosenForm, cell_map: CellMap) -> Intake:
    """What all documents say. Raises KeikakuError if there is no initiative in them."""
    intake = understood(documents.grids, form.words, form.key, cell_map, form.toml)
    if not intake.made.plan.initiatives:
        raise KeikakuError(
            "文書の中に取組が見つかりませんでした。何も作っていません。"
            "取組名の見出しがある表か様式かを確かめてください。"
        )
    return intake
