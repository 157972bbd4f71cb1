"""Parts of the vocabulary of meetings."""
