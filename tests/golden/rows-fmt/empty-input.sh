rows-fmt </dev/null
