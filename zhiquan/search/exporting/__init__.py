"""Taking a whole result home: the columns there are, how records are read, the files they are written into.

columns → reading → plan → writing (CSV, JSON Lines) | workbook (XLSX) → sending (HTTP) → downloads (pages)
"""
