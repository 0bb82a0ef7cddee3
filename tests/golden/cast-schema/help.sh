cast-schema -h
