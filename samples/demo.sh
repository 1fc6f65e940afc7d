#!/usr/bin/env bash
# What `./dev demo` shows, and the test `demo` checks: MEC applications and a platform, each a process of
# its own. Every wait is for a line of output, with a time limit.
#
# usage: samples/demo.sh <build directory>
set -euo pipefail
build=${1:?usage: samples/demo.sh <build directory>}
scenario=$(realpath "$(dirname "${BASH_SOURCE[0]}")/scenarios/drive.json")
cd "$build"
mecctl=sdk/mecctl/mecctl log=$PWD/demo-emulator.log
work=$(mktemp -d)
export XDG_RUNTIME_DIR=$work # mecctl finds no other emulator
patience=20 # seconds, for one line

if [[ -t 1 && -z ${NO_COLOR:-} ]]; then bold=$'\e[1m' grey=$'\e[90m' plain=$'\e[0m'
else bold='' grey='' plain=''; fi
step() { printf '%s==>%s %s\n' "$bold" "$plain" "$*"; }
show() { printf '    %s%-9s%s %s\n' "$grey" "$1" "$plain" "$2"; } # <who> <what it said>
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }

notifications=0 # about the radio network, that came
heard() { # heard <who> <line> [<regex>]: shows it when it matches, or does not come all the time
    [[ $2 != notification* ]] || ((++notifications))
    if [[ -n ${3:-} && $2 =~ $3 ]]; then show "$1" "$2"; return; fi
    [[ $2 =~ ^answer|^delivery|^notification.*(heard|distance) ]] || show "$1" "$2"
}

# ---- processes ----------------------------------------------------------------------------------
declare -A pid=() output=() # by name
launch() { # launch <name> <command>...: in the background, its output to be read with `expect`
    local name=$1 fd
    shift
    mkfifo "$work/output"
    "$@" >"$work/output" &
    pid[$name]=$!
    exec {fd}<"$work/output"
    output[$name]=$fd
    rm "$work/output"
}
expect() { # expect <name> <regex>: shows what comes, until a line matches; it is in $line then
    while IFS= read -r -t "$patience" -u "${output[$1]}" line; do
        heard "$1" "$line" "$2"
        [[ ! $line =~ $2 ]] || return 0
    done
    fail "$1 did not say \`$2\`; the emulator's log is $log"
}
ended() { # ended <name>: ends by itself, with 0
    local status=0
    while IFS= read -r -t "$patience" -u "${output[$1]}" line; do
        heard "$1" "$line"
    done
    timeout "$patience" tail -s 0.1 --pid="${pid[$1]}" -f /dev/null || fail "$1 does not end"
    wait "${pid[$1]}" || status=$?
    forget "$1"
    ((status == 0)) || fail "$1 ended with status $status"
}
forget() { # it has ended
    local fd=${output[$1]}
    exec {fd}<&-
    unset "pid[$1]" "output[$1]"
}
destroy() { { kill -KILL "${pid[$1]}" && wait "${pid[$1]}"; } 2>/dev/null || forget "$1"; }
clean_up() { # nothing stays behind, whatever happened
    local name
    for name in "${!pid[@]}"; do destroy "$name"; done
    rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT TERM HUP

# ---- the platform and its applications ------------------------------------------------------------
declare -A environment=() # lines `export NAME='value'`, by application
start_platform() { # start_platform [option]...: with port, ids and CA as before; otherwise empty
    local name=''
    launch platform "$mecctl" emulator --state "$work/platform" --print-env \
        --app hello --app producer --app consumer --app monitor "$@" 2>>"$log"
    environment=()
    while IFS= read -r -t "$patience" -u "${output[platform]}" line; do
        case $line in
        ready) return ;;
        "# application "*) name=${line#*\'} name=${name%\'} ;;
        "export "[A-Z]*) environment[$name]+=$line$'\n' ;;
        esac
    done
    fail "the emulator did not say \`ready\`; its log is $log"
}
run_as() { # run_as <application> <program>...: with its environment, without other settings of the SDK
    unset "${!MEC_@}"
    eval "${environment[$1]}"
    shift
    exec "$@" 2>&1
}
sample() { # sample <application> <name of the sample> <option>...
    launch "$1" run_as "$1" "samples/$2/$2" "${@:3}"
}
once() { # once <regex> <what it is>: the platform has served it once since it was started
    local n
    n=$(grep -c -E "$1" "$log") || true
    [[ $n == 1 ]] || fail "expected one $2, got $n; the emulator's log is $log"
    show platform "1 $2"
}

# ---- first act: one application -------------------------------------------------------------------
: >"$log"
step 'starting a platform emulator on a free port of this machine; what an application is told:'
start_platform
while IFS= read -r line; do
    [[ ${line%%=*} =~ _(SECRET|TOKEN|PASSWORD)$ ]] && line="${line%%=*}=..."
    show '' "$line"
done <<<"${environment[hello]%$'\n'}"
step 'running 01_hello with that environment'
sample hello 01_hello --once
ended hello

# ---- second act: two applications, and a platform that dies -----------------------------------------
step '02_producer offers a service, 03_consumer waits for it and calls it'
sample consumer 03_consumer --every 0.2
expect consumer 'state +active'
sample producer 02_producer
expect producer 'state +active'
expect consumer 'found +ACTIVE'
expect consumer 'answer +3 '

step 'killing the platform: kill -9; the two go on with each other'
destroy platform
expect consumer 'answer'
expect consumer 'answer'

step 'starting the platform again: same address, same credentials, but it has forgotten everything'
: >"$log"
start_platform
expect producer 'state +active'
expect consumer 'state +active'
expect consumer 'answer'

step 'what the platform has now, everything once:'
sample hello 01_hello --once
expect hello 'service +tally .* ACTIVE'
ended hello
once 'POST .*/services 201 producer' 'registration of the service of 02_producer'
once 'POST .*/mec_service_mgmt/.*/subscriptions 201 consumer' 'subscription of 03_consumer'
for name in producer consumer; do once "confirm_ready 204 $name" "confirmation that $name is ready"; done

step 'ending both: SIGTERM'
for name in consumer producer; do
    kill -TERM "${pid[$name]}"
    ended "$name"
done
kill -TERM "${pid[platform]}"
ended platform

# ---- third act: radio network information -------------------------------------------------------------
drive=(--scenario "$scenario" --speed 10 --control)
sent() { # how many notifications about the radio network the platform has sent
    (run_as monitor "$mecctl" notifications --json) >"$work/sent" || fail 'mecctl notifications failed'
    { grep -o -E '"type":"[A-Za-z0-9]+Notification"' "$work/sent" || true; } |
        grep -c -v -E 'SerAvailability|Test|Expiry' || true
}

step 'a platform with a radio network: a car drives past five cells, ten times as fast as in reality'
start_platform "${drive[@]}"
sample monitor 06_rni_monitor
expect monitor 'hand-over .* done'

step 'killing that platform, too, and starting it again: its subscriptions are gone'
destroy platform
expect monitor 'state +recovering'
notifications=0
start_platform "${drive[@]}"
expect monitor 'gap .* subscribed again'
expect monitor 'hand-over .* done'
(run_as monitor "$mecctl" scenario pause) >/dev/null
expected=$(sent)
((notifications <= expected)) || fail "$notifications notifications came, $expected were sent"
while ((notifications < expected)); do expect monitor '^notification'; done
show platform "$expected notifications sent since it was started again; $notifications came"
kill -TERM "${pid[monitor]}"
expect monitor '^summary'
[[ $line =~ missed\ 0,\ duplicated\ 0, ]] || fail 'notifications were missed, or came twice'
ended monitor
kill -TERM "${pid[platform]}"
ended platform
step "done: they found their platform, survived its loss and left; the emulator's log is $log"
