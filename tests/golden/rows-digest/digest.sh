# One line a table, whatever the order of its rows; equal values are equal however they are written.
rows()
{
	awk -f rows.awk -v types="$1" <<END
#rows|1|public|t|target=postgresql
#fields|a
#types|$1
$(cat)
end 0
END
}
digest()
{
	printf '%s %s ' "$1" "$2"
	printf '%s\n' "$2" | tr ' ' '\n' | tr _ ' ' | rows "$1" | rows-digest | cut -f 3,5
}
digest integer '1 2 3'
digest integer '3 1 2'
digest integer '3 1 1'
digest numeric 1.50
digest numeric 1.5
digest numeric 15e-1
digest 'character(3)' 'a__'
digest 'character(3)' a
digest 'double precision' 0
digest 'double precision' -0
digest 'double precision' 0.0
digest text '\N'
digest text '\\N'
printf '\n' | rows text | rows-digest | cut -f 3,5
digest timestamp '2024-01-01_00:00:00.500'
digest timestamp '2024-01-01_00:00:00.5'
digest text 1.50
digest text 1.5
