# Runs a command until it ends or whoever started this script is gone: standard input, a pipe that is never written to,
# is then closed. So nothing outlives a killed parent. In the end the folder of the command's data is removed.
# Usage: sh -c "$(cat guard.sh)" guard <folder> <tenths of a second between SIGTERM and SIGKILL> <command> [arguments...]
folder=$1
grace=$2
shift 2
exec 3<&0
"$@" 3<&- </dev/null &
child=$!
{
  read -r _ <&3
  kill -TERM "$child"
  while [ "$grace" -gt 0 ] && kill -0 "$child"; do
    sleep 0.1
    grace=$((grace - 1))
  done
  kill -KILL "$child"
} 2>/dev/null &
watch=$!
wait "$child"
code=$?
kill "$watch" 2>/dev/null
rm -rf "$folder"
exit "$code"
