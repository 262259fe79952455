"""An embedded PostgreSQL: a server of our own in the data folder, for who has not set a database URL.

`opening.open_database` is the way in. This file imports nothing, since the supervisor starts through it.
"""
