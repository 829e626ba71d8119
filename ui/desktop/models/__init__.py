"""Read-only projections of the plan for Qt's views."""
