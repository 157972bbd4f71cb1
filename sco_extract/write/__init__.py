"""Records become files; writers see records only."""
