"""The manual inside the program: chapters of resources/help in a window of their own."""
