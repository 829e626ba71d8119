"""The size and the pages at which a sheet fits: lines, measures, pagination."""
