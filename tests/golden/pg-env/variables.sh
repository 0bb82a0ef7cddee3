# Every part of the URI as a variable, quoted for a shell; a name cannot break out.
PGTIDE_TARGET="postgresql://a%20b:p%27%60%24w@h:5433/d%22b?sslmode=require&application_name=x%3By" pg-env
