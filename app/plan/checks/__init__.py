"""What is inconsistent or missing in a plan."""
