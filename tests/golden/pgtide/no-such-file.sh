pgtide -q -d "$T/run" nosuch.sqlite postgresql:///x
