rows-fmt nosuch.rows
