"""Batch over files: which files, in which process, written where."""
