for call in '' '-x' '-o' "$T"; do
	status=0
	# shellcheck disable=SC2086	# words
	pgtide-summary $call || status=$?
	echo "$call: $status"
done
