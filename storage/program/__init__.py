"""What the program tells of itself: diagnosis, licences."""
