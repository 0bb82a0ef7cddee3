# The reader of the output went away: quietly 141, also where SIGPIPE is ignored.
yes 'x' | head -n 2000000 >"$T/body"
{ printf '#rows\t1\ts\tt\n#fields\ta\n#types\ttext\n'; cat "$T/body"; printf '#end\t2000000\t0\n'; } >"$T/rows"
(trap '' PIPE; rows-fmt "$T/rows" || echo "status $?" >&2) | head -n 1 >/dev/null
