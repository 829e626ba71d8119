"""Workbooks going out: sheets on the form, lists; everything that XlsxWriter is asked."""
