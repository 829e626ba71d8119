"""Opening, saving and watching the document that is open."""
