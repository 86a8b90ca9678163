#!/usr/bin/env bash
# Builds and runs the benchmarks; see --help.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: benchmarks/run.sh mapping [--quick]

  mapping   the mapping transforms against a chain of Kafka's own transforms that does the same to the same record
  --quick   a short run, to see that it works; its figures mean less

Every figure is printed as a ratio against something in the same run, the last lines as

  RATIO <name> <x>

More than 1 means that Tandem is faster. Needs a JDK 17 or newer and Maven 3.8 or newer.
TEXT
}

case ${1:-} in
  mapping) ;;
  --help | -h)
    usage
    exit 0
    ;;
  *)
    usage >&2
    exit 2
    ;;
esac

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

mvn -B -q -f "$root/pom.xml" -pl benchmarks -am package -DskipTests -Dspotless.check.skip
exec "$java" -Dorg.slf4j.simpleLogger.defaultLogLevel=warn \
  -cp "$root/benchmarks/target/classes:$(<"$root/benchmarks/target/benchmarks.classpath")" \
  io.tandem.benchmarks.Benchmarks "$@"
