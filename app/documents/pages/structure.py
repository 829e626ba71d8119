"""The structure of a document: what each text on its pages is, as a tree of nodes.

A page says where a text stands; its `Node` says what it is: a heading, a cell of a table, a
page number. Whoever writes a tagged PDF reads the tree off the pages in order: the children
of a node come in the order in which the pages first name them, and a node that goes over a
page end is the same node on both pages. Nodes are values; two are the same if their kind,
key and parents are, so keys differ among the children of one kind of a node.

Kinds, and what PDF (ISO 32000-1, 14.8.4) calls them:

    section                    part of a document, of none or of a section     Sect
      heading                  a heading of `level` 1 to 6                     H1 … H6
      paragraph                a paragraph, or a line by itself                P
      list > item              a list and its items, each of                   L, LI
        label, body            a sign (・, ①) and a text                       Lbl, LBody
      table > row              a table; of its cells, some are                 Table, TR
        head, cell             heads, of a row or column: `scope`              TH, TD
      contents > entry         a table of contents, its lines with pages       TOC, TOCI
      figure                   a picture or drawing; `alternative` says it     Figure (Alt)
      note                     a footnote (※1)                                 Note
    artifact                   no content: page numbers, running heads,        Artifact
                               （つづき）, heads that are printed again
"""

from typing import Final, Literal, NamedTuple

Kind = Literal[
    "section", "heading", "paragraph", "list", "item", "label", "body", "table", "row", "head",
    "cell", "contents", "entry", "figure", "note", "artifact",
]  # fmt: skip
Scope = Literal["", "column", "row", "both"]


class Node(NamedTuple):
    """A node of the structure; `rows` and `columns` are what a cell of a table spans.

    It is a tuple, as a page makes some hundreds of them.
    """

    kind: Kind
    key: str | int = 0
    parent: "Node | None" = None
    level: int = 0
    scope: Scope = ""
    rows: int = 1
    columns: int = 1
    alternative: str = ""


ARTIFACT: Final = Node("artifact")
"""What a reader of the document's content passes over."""
