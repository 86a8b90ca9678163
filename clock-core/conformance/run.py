#!/usr/bin/env python3
"""The rules of alignment in Python, written from PROTOCOL.md, put to the vectors beside this file.

    python3 clock-core/conformance/run.py [vectors.json]

prints the vectors whose answer is another one than expected, and how many passed. It exits with 0 if all did, else 1.
A version is a tuple (clock, timestamp, writer); a clock is a dict, master id -> counter, without zeros.
"""
import json
import re
import sys
from pathlib import Path

LARGEST = 2**63 - 1  # counters and timestamps are int64
UNCLOCKED = ({}, 0, "")


class Overflow(Exception):
    """A counter or timestamp is at its end; it must never wrap around."""


def compare_clocks(left, right):
    masters = left.keys() | right.keys()
    less = any(left.get(m, 0) < right.get(m, 0) for m in masters)
    more = any(left.get(m, 0) > right.get(m, 0) for m in masters)
    if less and more:
        return "CONCURRENT"
    return "BEFORE" if less else "AFTER" if more else "EQUAL"


def merge_clocks(left, right):
    merged = {m: max(left.get(m, 0), right.get(m, 0)) for m in left.keys() | right.keys()}
    return {m: counter for m, counter in merged.items() if counter > 0}


def plus_one(number):
    if number >= LARGEST:
        raise Overflow
    return number + 1


def local_write(previous, self_id, changed_at):
    """changed_at: the wall clock of each noted statement; several notes are one write."""
    clock, timestamp, _ = previous
    own = plus_one(clock.get(self_id, 0))
    return {**clock, self_id: own}, max(max(changed_at), plus_one(timestamp)), self_id


def policy_valid(policy):
    if not re.fullmatch(r"(timestamp|priority):[a-z0-9_]+(,[a-z0-9_]+)*", policy):
        return False
    name, masters = policy.split(":")[0], policy.split(":")[1].split(",")
    return len(masters) == len(set(masters)) and (name != "priority" or len(masters) == 2)


def policy_key(policy, version):
    """The greater key wins. The smaller rank and the smaller id win, so both are turned round."""
    _, timestamp, writer = version
    name, masters = policy.split(":")[0], policy.split(":")[1].split(",")
    rank = -masters.index(writer) if writer in masters else -len(masters)
    # bytes turned round, with an end that is greater than all of them: the shorter one of two ids wins
    reversed_id = tuple(255 - byte for byte in writer.encode("ascii")) + (256,)
    return (rank, timestamp, reversed_id) if name == "priority" else (timestamp, rank, reversed_id)


def policy_accepts(policy, published):
    return published == policy or policy.startswith("timestamp:") and policy.startswith(published + ",")


def forgotten(self_id, stored_clock, incoming_clock):
    """stored_clock: before the notes are folded."""
    return incoming_clock.get(self_id, 0) > stored_clock.get(self_id, 0)


def reconcile(policy, stored, incoming):
    """Returns outcome, whether the incoming data is taken, the new version, and the alarm or None."""
    order = compare_clocks(incoming[0], stored[0])
    same_write = incoming[1:] == stored[1:]
    by_timestamp = policy.startswith("timestamp:")
    if order == "AFTER":
        alarm = "DOMINATED_BUT_LATER" if by_timestamp and stored[1] > incoming[1] else None
        return "APPLY", True, incoming, alarm
    if order == "EQUAL":
        return "DUPLICATE", False, stored, None if same_write else "EQUAL_CLOCKS_DIFFERENT_WRITES"
    if order == "BEFORE":
        alarm = "DOMINATED_BUT_LATER" if by_timestamp and incoming[1] > stored[1] else None
        return "STALE", False, stored, alarm
    merged = merge_clocks(stored[0], incoming[0])
    if same_write:
        return "MERGE", False, (merged, *stored[1:]), None
    if policy_key(policy, incoming) > policy_key(policy, stored):
        return "CONFLICT_INCOMING_WINS", True, (merged, *incoming[1:]), None
    return "CONFLICT_STORED_WINS", False, (merged, *stored[1:]), None


def clock_of(j):
    return {master: int(counter) for master, counter in j.items() if int(counter) > 0}


def version_of(j):
    return clock_of(j.get("clock", {})), int(j["timestamp"]), j["writer"]


def clock_json(clock):
    return {master: str(counter) for master, counter in clock.items()}


def version_json(version):
    return {"clock": clock_json(version[0]), "timestamp": str(version[1]), "writer": version[2]}


def answer_compare(v):
    left, right = clock_of(v["left"]), clock_of(v["right"])
    return {"order": compare_clocks(left, right), "merged": clock_json(merge_clocks(left, right))}


def answer_local_write(v):
    notes = [int(noted) for noted in v["changed_at"]]
    try:
        return {"version": version_json(local_write(version_of(v["previous"]), v["self"], notes))}
    except Overflow:
        return {"error": "overflow"}


def answer_policy(v):
    return {"valid": policy_valid(v["policy"])}


def answer_accept(v):
    return {"accepted": policy_accepts(v["policy"], v["published"])}


def answer_forgotten(v):
    proved = forgotten(v["self"], clock_of(v["stored"]), clock_of(v["incoming"]))
    return {"alarm": "FORGOTTEN_OWN_WRITES" if proved else None}


def answer_order(v):
    left, right = (policy_key(v["policy"], version_of(v[side])) for side in ("left", "right"))
    return {"greater": "left" if left > right else "right" if left < right else "none"}


def answer_reconcile(v):
    outcome, takes_incoming, version, alarm = reconcile(
        v["policy"], version_of(v["stored"]), version_of(v["incoming"]))
    data = "incoming" if takes_incoming else "stored"
    return {"outcome": outcome, "data": data, "version": version_json(version), "alarm": alarm}


def answer_sequence(v):
    """A state is a version, whether it is deleted, and its data."""
    states = {master: (UNCLOCKED, False, None) for master in v["masters"]}
    records, outcomes, alarms = {}, [], []
    for step in v["steps"]:
        if "write" in step:
            master, notes = step["write"], [int(noted) for noted in step["changed_at"]]
            version = local_write(states[master][0], master, notes)
            states[master] = (version, step["data"] is None, step["data"])
        elif "send" in step:
            records[step["as"]] = states[step["send"]]
        elif "restore" in step:
            states[step["restore"]] = records[step["from"]]
        elif "deliver" in step:
            stored, incoming = states[step["to"]], records[step["deliver"]]
            outcome, takes_incoming, version, alarm = reconcile(v["policy"], stored[0], incoming[0])
            states[step["to"]] = (version, *(incoming if takes_incoming else stored)[1:])
            outcomes.append(outcome)
            alarms += [alarm] if alarm else []
        else:
            raise ValueError(f"the vector {v['id']} has a step that is not known here: {step}")
    end = {master: {**version_json(version), "deleted": deleted, "data": data}
           for master, (version, deleted, data) in states.items()}
    return {"outcomes": outcomes, "alarms": alarms, "states": end}


ANSWERS = {
    "compare": answer_compare,
    "local_write": answer_local_write,
    "policy": answer_policy,
    "accept": answer_accept,
    "forgotten": answer_forgotten,
    "order": answer_order,
    "reconcile": answer_reconcile,
    "sequence": answer_sequence,
}


def main():
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("vectors.json")
    vectors = json.loads(file.read_text(encoding="utf-8"))
    failed = 0
    for v in vectors:
        answer = ANSWERS[v["kind"]](v)
        if answer != v["expect"]:
            failed += 1
            print(f"FAILED {v['id']}\n  expected {json.dumps(v['expect'])}\n  answered {json.dumps(answer)}")
    print(f"CONFORMANCE vectors={len(vectors)} failed={failed}")
    return 1 if failed or not vectors else 0


if __name__ == "__main__":
    sys.exit(main())
