#!/usr/bin/env bash
# Builds and runs the benchmarks; see --help.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: benchmarks/run.sh core|mapping|sink|source|backlog|latency|application|idle|size [--quick] [--only=<part of a case's name>]
                         [--chart=<file.svg>]

  core      time and bytes of the heap per decision of the core about what arrives
  mapping   the mapping transforms against a chain of Kafka's own transforms that does the same to the same record
  sink      the sink against Debezium's JDBC sink, and against the bare statements, on real parts
  source    from changed rows to acknowledged records, against the bare statements, serialisation and producer
  backlog   200,000 rows changed by one statement travel from one master to the other; with the longest transactions
  latency   single changes from the commit on one master to the commit on the other one, at 10, 200 and 1,000 changes per
            second on each of two masters, both directions at once; and how many cores all parts together (worker,
            broker, registry, both servers; not this program, nor its looks for arrivals) keep busy then, and while
            nothing is written; the sources look every 5 ms
  application
            what the application pays, with Tandem and without: transactions per second of four sessions that write one
            row each; the time of one statement that changes 200,000 rows; and the times of 500 transactions a second
            next to running connectors, each counted from when it is due
  idle      one look of a source at a database with nothing pending: with 10 thousand, 1 million and 10 million versions,
            and after 10 million notes that a transaction, which stayed open, has kept the server from forgetting
  size      200,000 changes in tables of 1 million rows and of 10 thousand; the worker's live heap, above what it is
            without the connectors, while the source drains a backlog of 1 million rows, and then the sink
  --quick   a short run, to compare before and after a change; its figures mean less
  --only=   only the cases whose names contain this, as postgresql-update
  --chart=  draws the medians of sink, source, backlog or application into this file

Where there is something to be measured against, the last lines are

  RATIO <name> <x>

Tandem's figure divided by the other: more than 1 means that Tandem is faster; if it is one in ms, that it is slower.
Of two cases of Tandem's own it is the first case's figure over the second's: with size, whose figures are rates, less
than 1 means that the large table is slower; with idle, whose figures are times, more than 1 means that the look at the
larger database takes longer.
What is compared with nothing is told by lines

  FIGURE <name>-<quantity>-<unit> <x>

Needs a JDK 17 or newer and Maven 3.8 or newer.
TEXT
}

case ${1:-} in
  core | mapping | sink | source | backlog | latency | application | idle | size) ;;
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

build() {
  mvn -B -q -f "$root/pom.xml" -Pbenchmarks -pl distribution,benchmarks -am package -DskipTests -Dspotless.check.skip "$@"
}

# what is not in the local repository yet needs the network
build --offline 2>/dev/null || build

archives=("$root"/distribution/target/tandem-kafka-connect-*.zip)
# broker, registry and worker run as Kafka's own scripts start them, and the databases wait for the disk: in the tests they
# are tuned for a quick start
exec "$java" -Dtestbed.durable=true -Dtestbed.jvm.options="-server -XX:+UseG1GC -XX:MaxGCPauseMillis=20" -Dorg.slf4j.simpleLogger.defaultLogLevel=error \
  -Dtandem.archive="${archives[0]}" -Dother.plugins="$root/benchmarks/target/plugins" -Dtestbed.home="$root/testbed" \
  -cp "$root/benchmarks/target/classes:$(<"$root/benchmarks/target/benchmarks.classpath")" \
  io.tandem.benchmarks.Benchmarks "$@"
