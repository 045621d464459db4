"""Documents: the assignment table, dispatches, templates, Decree 30."""
