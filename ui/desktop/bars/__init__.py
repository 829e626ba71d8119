"""Actions, and the bars and menus that offer them."""
