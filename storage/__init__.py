"""Every byte on disk: plan file, Excel, PDF, JSON."""
