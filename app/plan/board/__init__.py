"""The board: cards, stages, swimlanes."""
