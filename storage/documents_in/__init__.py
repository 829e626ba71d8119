"""Documents of a city as grids of cells (`app.intake.grid`): a reader for each format."""
