# Clean up on any way out of a script. Sourced; needs nothing.
#
#	on_exit COMMAND     COMMAND runs (in this shell, last added first) when the script ends
# shellcheck shell=sh

# Several libraries of one script source this file.
: "${on_exit_commands:=:}"

on_exit()
{
	on_exit_commands="$1; $on_exit_commands"
}

# The status of the script stays what it was, whatever the cleaning up does. dash does not run the
# EXIT trap when a signal ends it, so each signal is turned into an exit.
on_exit_run()
{
	on_exit_status=$?
	trap - EXIT
	trap '' HUP INT TERM PIPE
	set +e
	eval "$on_exit_commands"
	exit "$on_exit_status"
}

trap on_exit_run EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 141' PIPE
trap 'exit 143' TERM
