"""What a plan is and what can be done with it: values and rules, no disk, no screen."""
