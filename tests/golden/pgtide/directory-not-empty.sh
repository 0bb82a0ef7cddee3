# A run never mixes with another one.
mkdir "$T/run"
: >"$T/run/old"
pgtide -q -d "$T/run" nosuch.sqlite postgresql:///x
