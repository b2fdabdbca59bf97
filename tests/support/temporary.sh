# Sourced by tests in sh: a folder of its own, gone at the end, as is the program that `running`
# names.
# `needs PROGRAM...` says with 77 that a program is missing; `fail WORDS` shows the ends of $logs.
needs() {
  for program; do
    command -v "$program" >/dev/null || {
      echo "skipped: \`$program\` is not installed; \`./dev test real\` installs what is missing"
      exit 77
    }
  done
}
dir=$(mktemp -d)
running=
logs=
clean_up() {
  trap - EXIT
  [ -z "$running" ] || kill -s TERM "$running" 2>/dev/null || :
  [ -z "$running" ] || wait "$running" 2>/dev/null || :
  rm -rf "$dir"
}
trap clean_up EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
fail() {
  echo "$(basename "$0" .sh): $*" >&2
  for log in $logs; do
    [ ! -s "$dir/$log" ] || { echo "--- $log" >&2; tail -20 "$dir/$log" >&2; }
  done
  exit 1
}
