"""The board: lanes and cards."""
