"""The verbs: one pure function each, from a plan to a ChangeSet."""
