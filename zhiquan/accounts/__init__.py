"""Who may: the users, the table of actions and roles, signing in and out."""
