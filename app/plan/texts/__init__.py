"""The texts of a plan: passages, mentions of initiatives, placeholders, spellings."""
