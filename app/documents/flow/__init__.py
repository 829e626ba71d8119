"""Papers as a list of blocks, and the layouter that makes pages of them."""
