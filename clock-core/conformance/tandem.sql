-- The rules of alignment as PostgreSQL functions, written from PROTOCOL.md: a starting point for a participant whose
-- application has no place for Java. Nothing here reads a table or a wall clock: a trigger or a program hands in what is
-- stored and what has arrived, and stores what comes back.
--
-- A clock is a jsonb object, master id -> counter as text. (In a table, a bigint column per master does the same.)
-- All timestamps are microseconds since 1970-01-01T00:00Z, in a bigint. Arithmetic on bigint that leaves its range is an
-- error in PostgreSQL, as PROTOCOL.md wants it; in a language that wraps around, check first.

CREATE SCHEMA tandem;

CREATE TYPE tandem.version AS (clock jsonb, stamp bigint, writer text);

-- takes_incoming: whether the data to show from now on is the incoming one. alarm: null if nothing is broken.
CREATE TYPE tandem.decision AS (outcome text, takes_incoming boolean, result tandem.version, alarm text);

-- What is stored where nothing is stored.
CREATE FUNCTION tandem.unclocked() RETURNS tandem.version LANGUAGE sql IMMUTABLE AS $$
  SELECT ROW('{}', 0, '')::tandem.version
$$;

-- The counter of a master; one that is not named has 0.
CREATE FUNCTION tandem.counter(clock jsonb, master text) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce((clock ->> master)::bigint, 0)
$$;

-- How the left clock stands to the right one: EQUAL, BEFORE, AFTER or CONCURRENT.
CREATE FUNCTION tandem.compare_clocks(l jsonb, r jsonb) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  master text;
  less boolean := false;
  more boolean := false;
BEGIN
  FOR master IN SELECT jsonb_object_keys(l || r) LOOP
    less := less OR tandem.counter(l, master) < tandem.counter(r, master);
    more := more OR tandem.counter(l, master) > tandem.counter(r, master);
  END LOOP;
  RETURN CASE WHEN less AND more THEN 'CONCURRENT' WHEN less THEN 'BEFORE' WHEN more THEN 'AFTER' ELSE 'EQUAL' END;
END
$$;

-- The larger counter of each master.
CREATE FUNCTION tandem.merge_clocks(l jsonb, r jsonb) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  master text;
  merged jsonb := '{}';
  counter bigint;
BEGIN
  FOR master IN SELECT jsonb_object_keys(l || r) LOOP
    counter := greatest(tandem.counter(l, master), tandem.counter(r, master));
    IF counter > 0 THEN
      merged := merged || jsonb_build_object(master, counter::text);
    END IF;
  END LOOP;
  RETURN merged;
END
$$;

-- The version of a local write. changed_at: the wall clock of each noted statement; several notes are one write.
CREATE FUNCTION tandem.local_write(previous tandem.version, self text, changed_at bigint[])
  RETURNS tandem.version LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  written tandem.version;
  own bigint := tandem.counter(previous.clock, self) + 1;
  latest bigint;
BEGIN
  SELECT max(noted) INTO latest FROM unnest(changed_at) AS noted;
  written.clock := previous.clock || jsonb_build_object(self, own::text);
  written.stamp := greatest(latest, previous.stamp + 1);
  written.writer := self;
  RETURN written;
END
$$;

-- The masters of a policy id, highest rank first.
CREATE FUNCTION tandem.policy_masters(policy text) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
  SELECT string_to_array(split_part(policy, ':', 2), ',')
$$;

CREATE FUNCTION tandem.policy_valid(policy text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT policy ~ '^(timestamp|priority):[a-z0-9_]+(,[a-z0-9_]+)*$'
     AND (SELECT count(*) = count(DISTINCT master) FROM unnest(tandem.policy_masters(policy)) AS master)
     AND (policy !~ '^priority' OR cardinality(tandem.policy_masters(policy)) = 2)
$$;

-- The place in the list, from 1; a master that is not listed comes behind all others.
CREATE FUNCTION tandem.rank_of(policy text, writer text) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(array_position(tandem.policy_masters(policy), writer),
                  cardinality(tandem.policy_masters(policy)) + 1)
$$;

-- Above 0 if the left version wins, below 0 if the right one does, 0 only for the same write.
CREATE FUNCTION tandem.policy_order(policy text, l tandem.version, r tandem.version)
  RETURNS integer LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  by_stamp integer := sign(l.stamp::numeric - r.stamp);
  by_rank integer := sign(tandem.rank_of(policy, r.writer) - tandem.rank_of(policy, l.writer));
  -- of two that are not listed the smaller id wins; COLLATE "C" is the order of the ASCII codes
  by_id integer := CASE WHEN l.writer = r.writer THEN 0 WHEN l.writer COLLATE "C" < r.writer THEN 1 ELSE -1 END;
BEGIN
  IF policy LIKE 'priority:%' THEN
    RETURN CASE WHEN by_rank <> 0 THEN by_rank WHEN by_stamp <> 0 THEN by_stamp ELSE by_id END;
  END IF;
  RETURN CASE WHEN by_stamp <> 0 THEN by_stamp WHEN by_rank <> 0 THEN by_rank ELSE by_id END;
END
$$;

-- Whether a record under the publisher's policy may be judged by the receiver's.
CREATE FUNCTION tandem.policy_accepts(policy text, published text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT published = policy OR (policy LIKE 'timestamp:%' AND starts_with(policy, published || ','))
$$;

-- Whether the receiver has forgotten writes of its own. stored: the clock before the notes are folded.
CREATE FUNCTION tandem.forgotten(self text, stored jsonb, incoming jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT tandem.counter(incoming, self) > tandem.counter(stored, self)
$$;

-- What to do with a version that has arrived. The caller has folded its notes before.
CREATE FUNCTION tandem.reconcile(policy text, stored tandem.version, incoming tandem.version)
  RETURNS tandem.decision LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  d tandem.decision;
  same_write boolean := stored.stamp = incoming.stamp AND stored.writer = incoming.writer;
  by_timestamp boolean := policy LIKE 'timestamp:%';
  winner tandem.version;
BEGIN
  CASE tandem.compare_clocks(incoming.clock, stored.clock)
    WHEN 'AFTER' THEN
      d.outcome := 'APPLY';
      winner := incoming;
      IF by_timestamp AND stored.stamp > incoming.stamp THEN
        d.alarm := 'DOMINATED_BUT_LATER';
      END IF;
    WHEN 'EQUAL' THEN
      d.outcome := 'DUPLICATE';
      winner := stored;
      IF NOT same_write THEN
        d.alarm := 'EQUAL_CLOCKS_DIFFERENT_WRITES';
      END IF;
    WHEN 'BEFORE' THEN
      d.outcome := 'STALE';
      winner := stored;
      IF by_timestamp AND incoming.stamp > stored.stamp THEN
        d.alarm := 'DOMINATED_BUT_LATER';
      END IF;
    WHEN 'CONCURRENT' THEN
      IF same_write THEN
        d.outcome := 'MERGE';
        winner := stored;
      ELSIF tandem.policy_order(policy, incoming, stored) > 0 THEN
        d.outcome := 'CONFLICT_INCOMING_WINS';
        winner := incoming;
      ELSE
        d.outcome := 'CONFLICT_STORED_WINS';
        winner := stored;
      END IF;
      -- whoever wins: both sides know both from now on
      winner.clock := tandem.merge_clocks(stored.clock, incoming.clock);
  END CASE;
  d.takes_incoming := d.outcome IN ('APPLY', 'CONFLICT_INCOMING_WINS');
  d.result := winner;
  RETURN d;
END
$$;
