"""What this PC keeps beside the plans: data folder, settings, event log."""
