"""Settings of the plan: its facts, pillars, categories and words."""
