#!/usr/bin/env bash
# Plays Tandem on real parts and tells what happens; see --help.
set -euo pipefail

readonly OLDEST_JAVA=17

usage() {
  cat <<'TEXT'
Usage: config-examples/demo.sh [--keep] [--help]

Starts a MariaDB (the legacy master), a PostgreSQL (the modern master), a Kafka broker, a schema registry and a Kafka
Connect worker with Tandem's plugin archive installed, writes to both masters, and shows how they stay aligned. Its last
line is

  ALIGNED <n> aggregates on 2 masters, 0 differ

and its exit code is 0. If an aggregate differs, its key is printed and the exit code is 1.

  --keep   leave everything running in the end, and print the addresses and some commands to try, until Ctrl-C
  --help   print this

Needs a JDK 17 or newer and Maven 3.8 or newer. All parts come through Maven: the first run builds the project and
downloads some hundred megabytes, later runs start at once. Everything is stopped and removed in the end, also by Ctrl-C.
TEXT
}

fail() {
  printf 'demo.sh: %s\n' "$1" >&2
  exit 1
}

keep=()
for argument in "$@"; do
  case $argument in
    --keep) keep=(--keep) ;;
    --help | -h)
      usage
      exit 0
      ;;
    *)
      usage >&2
      fail "unknown option $argument"
      ;;
  esac
done

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
readonly root
readonly target=$root/config-examples/target
readonly class_path_file=$target/demo.classpath
readonly kafka_class_path_file=$root/testbed/kafka/target/classpath.txt
# as old as the sources that were built
readonly built=$target/demo.built
readonly build_log=$target/demo-build.log

terminal=false
if [[ -t 1 && ${TERM:-dumb} != dumb && -z ${NO_COLOR:-} ]]; then
  terminal=true
fi

# ---------------------------------------------------------------- what must be there

# Prints the Java command: that of JAVA_HOME, as Maven would take it, else that of the path.
find_java() {
  if [[ -n ${JAVA_HOME:-} ]]; then
    [[ -x $JAVA_HOME/bin/java ]] || fail "there is no bin/java in JAVA_HOME; set it to a JDK $OLDEST_JAVA or newer"
    printf '%s\n' "$JAVA_HOME/bin/java"
  else
    command -v java || fail "java is missing; install a JDK $OLDEST_JAVA or newer, or set JAVA_HOME"
  fi
}

# Java's feature number: 17 of 17.0.15, 8 of 1.8.0_392.
java_feature() {
  local version
  version=$("$1" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.specification\.version = //p')
  printf '%s\n' "${version#1.}"
}

java=$(find_java)
feature=$(java_feature "$java")
if [[ ! $feature =~ ^[0-9]+$ ]] || ((feature < OLDEST_JAVA)); then
  fail "java is ${feature:-of an unknown version}, but $OLDEST_JAVA or newer is needed; set JAVA_HOME to a newer JDK"
fi
command -v mvn >/dev/null || fail "mvn is missing; install Maven 3.8 or newer"

# ---------------------------------------------------------------- build

# Prints the plugin archive, the newest if versions have changed; nothing if there is none.
archive() {
  local newest='' file
  for file in "$root"/distribution/target/tandem-kafka-connect-*.zip; do
    if [[ -f $file && (-z $newest || $file -nt $newest) ]]; then
      newest=$file
    fi
  done
  printf '%s\n' "$newest"
}

# Tells whether all files of a class path are there: a local repository may have been emptied.
complete() {
  local files file
  [[ -s $1 ]] || return 1
  IFS=: read -r -a files <"$1" || true
  for file in "${files[@]}"; do
    [[ -e $file ]] || return 1
  done
}

is_built() {
  [[ -f $built && -n $(archive) && -d $root/testbed/converter/target/plugin && -d $root/testbed/harness/target/registry ]] ||
    return 1
  complete "$class_path_file" && complete "$kafka_class_path_file" || return 1
  local newer
  newer=$(find "$root" \( -name target -o -name .git -o -path '*/src/test' \) -prune -o \
    \( -name pom.xml -o -path '*/src/*' \) -newer "$built" -print -quit)
  [[ -z $newer ]]
}

# Reads Maven's output and tells what it does: a line per module, and what it downloads.
tell_build() {
  local line module='' number='' files=0
  while IFS= read -r line; do
    case $line in
      '[INFO] Building '*'['*/*']')
        read -r _ _ module _ <<<"$line"
        number=${line##*[}
        progress_line "building $module (${number%]})"
        ;;
      *'Downloading from '*)
        if [[ $terminal == true ]]; then
          printf '\r\033[K            … downloading %.60s' "${line##*/}"
        fi
        ;;
      *'Downloaded from '*)
        files=$((files + 1))
        if ((files % 100 == 0)); then
          progress_line "downloaded $files files"
        fi
        ;;
    esac
  done
  if [[ $terminal == true ]]; then
    printf '\r\033[K'
  fi
}

progress_line() {
  if [[ $terminal == true ]]; then
    printf '\r\033[K'
  fi
  printf '            %s\n' "$1"
}

build() {
  printf 'Building Tandem and fetching the real parts; the first time this takes some minutes\n'
  # else the interrupted build would be told as a failed one
  trap 'exit 130' INT
  mkdir -p "$target"
  touch "$built.new"
  # how the sources are formatted is the build's business, not the demo's
  if ! mvn -B -Dstyle.color=never -f "$root/pom.xml" package -DskipTests -Dspotless.check.skip 2>&1 | tee "$build_log" | tell_build; then
    grep '^\[ERROR\]' "$build_log" | head -n 20 >&2 || tail -n 20 "$build_log" >&2
    fail "the build failed; its whole output is in config-examples/target/demo-build.log"
  fi
  mv "$built.new" "$built"
  trap - INT
  [[ -n $(archive) ]] || fail "the build gave no plugin archive in distribution/target"
}

if ! is_built; then
  build
fi

# ---------------------------------------------------------------- play

# exec: signals reach Java, which stops all that it has started
exec "$java" \
  -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData -Xmx512m \
  -Ddemo.archive="$(archive)" -Ddemo.terminal=$terminal \
  -Dtestbed.home="$root/testbed" \
  -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -Dorg.slf4j.simpleLogger.log.com.zaxxer.hikari=error \
  -cp "$target/classes:$(<"$class_path_file")" \
  io.tandem.examples.Demo ${keep[@]+"${keep[@]}"}
