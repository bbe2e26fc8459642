"""What every app stands on: the one door for writes, the one table of pages, problems as answers, the audit."""
