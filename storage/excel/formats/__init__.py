"""What the cells of a spreadsheet show: numbers, dates and texts in their formats."""
