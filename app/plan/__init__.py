"""What a plan is: its entities, tables, years, stages and findings."""
