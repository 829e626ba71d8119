"""The check of the plan (点検): what is inconsistent or missing, and the way there."""
