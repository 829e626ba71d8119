"""The manual as one HTML file that needs nothing beside it."""

from base64 import b64encode
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Final

from markdown_it.token import Token

from docs.manual_source import PARSER, TITLE
from ui.desktop.help.chapters import FOLDER, Chapter

_STYLE: Final = """
:root { color: #1d2733; background: #f4f6f8; line-height: 1.75;
  font-family: "BIZ UDPGothic", "BIZ UDPゴシック", Meiryo, "Noto Sans CJK JP", sans-serif; }
body { margin: 0; display: grid; grid-template-columns: 17rem minmax(0, 54rem); gap: 2rem; }
nav { position: sticky; top: 0; height: 100vh; overflow: auto; background: #0f2f3f; }
nav p { color: #fff; font-weight: bold; margin: 1.2rem 1.2rem .6rem; }
nav a { display: block; color: #dce8ee; padding: .35rem 1.2rem; text-decoration: none; }
nav a:hover, nav a:focus { background: #1c4a5f; color: #fff; }
section { background: #fff; border: 1px solid #c3ccd5; border-radius: 6px; margin: 1.5rem 0;
  padding: .5rem 2rem 1.5rem; }
h1, h2, h3 { color: #12506b; line-height: 1.4; }
h2 { margin-top: 2rem; }
a { color: #12506b; }
code { background: #e9edf1; border-radius: 3px; padding: .1em .35em; font-family: inherit; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
th, td { border: 1px solid #c3ccd5; padding: .4rem .7rem; text-align: left; vertical-align: top; }
th { background: #e9edf1; }
img { max-width: 100%; border: 1px solid #c3ccd5; display: block; }
.caption { color: #4a5765; font-size: .85em; display: block; }
@media (max-width: 60rem) { body { display: block; } nav { position: static; height: auto; } }
@media print { body { display: block; } nav { display: none; }
  section { border: none; break-before: page; padding: 0; } }
"""


def manual_html(chapters: Sequence[Chapter]) -> str:
    """All chapters, the list of chapters at the left, pictures inside."""
    links = "".join(f'<a href="#{c.name}">{escape(c.title)}</a>' for c in chapters)
    body = "".join(f'<section id="{c.name}">{_html(c)}</section>' for c in chapters)
    return (
        f'<!DOCTYPE html><html lang="ja"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{TITLE}</title>'
        f"<style>{_STYLE}</style></head><body><nav><p>{TITLE}</p>{links}</nav>"
        f"<main>{body}</main></body></html>\n"
    )


def _html(chapter: Chapter) -> str:
    tokens = PARSER.parse(chapter.text)
    for token in tokens:
        for piece in token.children or ():
            if piece.type == "link_open":
                piece.attrs["href"] = "#" + Path(str(piece.attrs["href"])).stem
    return str(PARSER.renderer.render(tokens, PARSER.options, {}))


def _picture(self: object, tokens: Sequence[Token], at: int, *_: object) -> str:
    token = tokens[at]
    data = b64encode((FOLDER / str(token.attrs["src"])).read_bytes()).decode()
    caption = escape(token.content)
    return (
        f'<img alt="{caption}" src="data:image/png;base64,{data}">'
        f'<span class="caption">{caption}</span>'
    )


PARSER.add_render_rule("image", _picture)
