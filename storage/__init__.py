"""Every byte on disk: plan file, Excel, PDF, JSON."""

import os

# openpyxl takes lxml for its parser if it is there, and lxml accepts a document type. Nothing of
# this room is imported before this line, and nothing outside of it imports openpyxl.
os.environ["OPENPYXL_LXML"] = "False"
