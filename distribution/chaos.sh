#!/usr/bin/env bash
# Runs the chaos test for as long as one likes; see --help.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: distribution/chaos.sh [--seed <n>] [--minutes <m>]

Starts a MariaDB, a PostgreSQL, a Kafka broker, a schema registry and Connect workers with Tandem's plugin archive
installed. For m minutes applications write to both masters while servers are killed, connections are cut, connectors are
stopped, records are read and sent again, and so on. Then everything is mended, and what the masters show is compared with
what the applications know to have written. docs/chaos.md says how. The last line is

  CHAOS seed=<n> writes=<n> conflicts=<n> faults=<n> differences=<n> lost=<n> application_errors=<n>

and the exit code is 0 only if the last three are 0. Otherwise what is wrong is printed before that line.

  --seed <n>      a whole number from which the order of the faults and the choices of the applications come; default 1
  --minutes <m>   for how long there are faults, a fraction too; default 20
  --help          print this

Needs a JDK 17 or newer and Maven 3.8 or newer. It builds what has changed, without the network if all parts are there.
Everything is stopped and removed in the end, also by Ctrl-C.
TEXT
}

fail() {
  printf 'chaos.sh: %s\n' "$1" >&2
  exit 2
}

seed=1
minutes=20
while (($# > 0)); do
  case $1 in
    --seed | --minutes)
      (($# > 1)) || fail "$1 wants a number"
      if [[ $1 == --seed ]]; then seed=$2; else minutes=$2; fi
      shift 2
      ;;
    --help | -h)
      usage
      exit 0
      ;;
    *)
      usage >&2
      fail "unknown option $1"
      ;;
  esac
done
[[ $seed =~ ^-?[0-9]{1,18}$ ]] || fail "the seed is a whole number, not $seed"
[[ $minutes =~ ^[0-9]{1,5}(\.[0-9]+)?$ ]] || fail "the minutes are a number, not $minutes"

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
readonly root
readonly target=$root/distribution/target
readonly build_log=$root/distribution/target/chaos-build.log

java=java
if [[ -n ${JAVA_HOME:-} ]]; then
  java=$JAVA_HOME/bin/java
fi
command -v "$java" >/dev/null || fail "there is no $java; install a JDK 17 or newer, or set JAVA_HOME"
command -v mvn >/dev/null || fail "mvn is missing; install Maven 3.8 or newer"

build() {
  mvn -B -Dstyle.color=never -f "$root/pom.xml" package -Pchaos -DskipTests -Dspotless.check.skip -pl distribution -am "$@" \
    >"$build_log" 2>&1
}

printf 'Building Tandem and the test\n'
mkdir -p "$target"
# what is not in the local repository yet needs the network
if ! build --offline && ! build; then
  grep '^\[ERROR\]' "$build_log" | head -n 20 >&2 || tail -n 20 "$build_log" >&2
  fail "the build failed; its whole output is in distribution/target/chaos-build.log"
fi

archives=("$target"/tandem-kafka-connect-*.zip)
[[ -f ${archives[0]} && ${#archives[@]} -eq 1 ]] ||
  fail "there are ${#archives[@]} plugin archives in distribution/target; remove the folder and try again"

# exec: signals reach Java, which stops all that it has started
exec "$java" \
  -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData -Xmx512m \
  -Dtandem.archive="${archives[0]}" -Dchaos.output="$target/chaos" \
  -Dtestbed.home="$root/testbed" \
  -Dorg.slf4j.simpleLogger.defaultLogLevel=off \
  -cp "$target/test-classes:$(<"$target/chaos.classpath")" \
  io.tandem.distribution.chaos.Chaos "$seed" "$minutes"
