rows-fmt users.rows >/dev/full
