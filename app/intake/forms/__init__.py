"""Forms: labels and the texts beside them."""
