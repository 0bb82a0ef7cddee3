rows-fmt users.rows
