"""Documents of a city, whatever their format, understood as initiatives."""
