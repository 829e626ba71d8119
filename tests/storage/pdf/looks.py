"""A paper with every look that a run may have, and a picture: what all painters must draw alike."""

import io

from PIL import Image

from app.documents.flow.blocks import Block, Paragraph, Picture, Run, Style
from app.documents.flow.layouter import Area, lay_out
from app.documents.pages.drawing import Document
from app.documents.pages.page_builder import PageBuilder, Paper
from app.documents.pages.structure import Node
from app.forms.fitting.metrics import FontMetrics

LARGE = Style(24.0)
RUNS = {
    "plain": Run("改訂後"),
    "underline": Run("改訂後", underline=True),
    "single": Run("改訂前", strike="single"),
    "double": Run("改訂前", strike="double"),
    "tint": Run("改訂後", tint="FFE08A"),
}
"""A run of each look; each is a paragraph of its own."""


def png(width: int, height: int, color: str) -> bytes:
    """A picture of one colour."""
    kept = io.BytesIO()
    Image.new("RGB", (width, height), color).save(kept, "PNG")
    return kept.getvalue()


def looks(metrics: FontMetrics) -> Document:
    """One page: a paragraph for each look, then a dark picture of 120 by 60 pt."""
    paper = Paper(300.0, 400.0, 30.0, 30.0, 270.0, 370.0)
    page = PageBuilder(paper, metrics)
    area = Area(page, paper.left, paper.top, paper.inner_width, paper.bottom)
    blocks: list[Block] = [Paragraph((run,), LARGE) for run in RUNS.values()]
    blocks.append(Picture(png(40, 20, "#102030"), 120.0, 60.0, "図"))
    room = (paper.inner_width, paper.inner_height)
    lay_out(blocks, room, lambda height_left: [area], Node("section"), metrics)
    return Document("見た目", (page.page({}, 1, (0.0, 0.0)),))
