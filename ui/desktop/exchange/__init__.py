"""Exchange: parts that go out to departments, answers that come back, who else is at work."""
