-- Puts the functions of tandem.sql to the vectors of vectors.json. README.md says how to run it.

-- A version in the vectors' JSON, as the functions take it. What a vector leaves out is null.
CREATE FUNCTION tandem.version_of(j jsonb) RETURNS tandem.version LANGUAGE sql IMMUTABLE AS $$
  SELECT ROW(j -> 'clock', (j ->> 'timestamp')::bigint, j ->> 'writer')::tandem.version
$$;

CREATE FUNCTION tandem.json_of(v tandem.version) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_build_object('clock', v.clock, 'timestamp', v.stamp::text, 'writer', v.writer)
$$;

CREATE FUNCTION tandem.notes_of(j jsonb) RETURNS bigint[] LANGUAGE sql IMMUTABLE AS $$
  SELECT array_agg(noted::bigint) FROM jsonb_array_elements_text(j) AS noted
$$;

CREATE FUNCTION tandem.answer_compare(v jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_build_object('order', tandem.compare_clocks(v -> 'left', v -> 'right'),
                            'merged', tandem.merge_clocks(v -> 'left', v -> 'right'))
$$;

CREATE FUNCTION tandem.answer_local_write(v jsonb) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN jsonb_build_object('version', tandem.json_of(
    tandem.local_write(tandem.version_of(v -> 'previous'), v ->> 'self', tandem.notes_of(v -> 'changed_at'))));
EXCEPTION WHEN numeric_value_out_of_range THEN
  RETURN jsonb_build_object('error', 'overflow');
END
$$;

CREATE FUNCTION tandem.answer_order(v jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_build_object('greater', CASE sign(tandem.policy_order(
      v ->> 'policy', tandem.version_of(v -> 'left'), tandem.version_of(v -> 'right')))
    WHEN 1 THEN 'left' WHEN -1 THEN 'right' ELSE 'none' END)
$$;

CREATE FUNCTION tandem.answer_reconcile(v jsonb) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  d tandem.decision := tandem.reconcile(
    v ->> 'policy', tandem.version_of(v -> 'stored'), tandem.version_of(v -> 'incoming'));
BEGIN
  RETURN jsonb_build_object('outcome', d.outcome, 'data', CASE WHEN d.takes_incoming THEN 'incoming' ELSE 'stored' END,
                            'version', tandem.json_of(d.result), 'alarm', d.alarm);
END
$$;

-- One aggregate on several masters. A state is a version in JSON with 'deleted' and 'data'.
CREATE FUNCTION tandem.answer_sequence(v jsonb) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  states jsonb := '{}';
  records jsonb := '{}';
  outcomes jsonb := '[]';
  alarms jsonb := '[]';
  step jsonb;
  master text;
  d tandem.decision;
  shown jsonb;
BEGIN
  FOR master IN SELECT jsonb_array_elements_text(v -> 'masters') LOOP
    states := states || jsonb_build_object(master,
      tandem.json_of(tandem.unclocked()) || jsonb_build_object('deleted', false, 'data', null));
  END LOOP;
  FOR step IN SELECT jsonb_array_elements(v -> 'steps') LOOP
    IF step ? 'write' THEN
      master := step ->> 'write';
      states := states || jsonb_build_object(master,
        tandem.json_of(tandem.local_write(
          tandem.version_of(states -> master), master, tandem.notes_of(step -> 'changed_at')))
        || jsonb_build_object('deleted', step -> 'data' = 'null', 'data', step -> 'data'));
    ELSIF step ? 'send' THEN
      records := records || jsonb_build_object(step ->> 'as', states -> (step ->> 'send'));
    ELSIF step ? 'restore' THEN
      states := states || jsonb_build_object(step ->> 'restore', records -> (step ->> 'from'));
    ELSIF step ? 'deliver' THEN
      master := step ->> 'to';
      d := tandem.reconcile(v ->> 'policy', tandem.version_of(states -> master),
                            tandem.version_of(records -> (step ->> 'deliver')));
      shown := CASE WHEN d.takes_incoming THEN records -> (step ->> 'deliver') ELSE states -> master END;
      states := states || jsonb_build_object(master, shown || tandem.json_of(d.result));
      outcomes := outcomes || to_jsonb(d.outcome);
      IF d.alarm IS NOT NULL THEN
        alarms := alarms || to_jsonb(d.alarm);
      END IF;
    ELSE
      RAISE EXCEPTION 'the vector % has a step that is not known here: %', v ->> 'id', step;
    END IF;
  END LOOP;
  RETURN jsonb_build_object('outcomes', outcomes, 'alarms', alarms, 'states', states);
END
$$;

CREATE FUNCTION tandem.answer(v jsonb) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN CASE v ->> 'kind'
    WHEN 'compare' THEN tandem.answer_compare(v)
    WHEN 'local_write' THEN tandem.answer_local_write(v)
    WHEN 'policy' THEN jsonb_build_object('valid', tandem.policy_valid(v ->> 'policy'))
    WHEN 'accept' THEN jsonb_build_object('accepted', tandem.policy_accepts(v ->> 'policy', v ->> 'published'))
    WHEN 'forgotten' THEN jsonb_build_object('alarm',
      CASE WHEN tandem.forgotten(v ->> 'self', v -> 'stored', v -> 'incoming') THEN 'FORGOTTEN_OWN_WRITES' END)
    WHEN 'order' THEN tandem.answer_order(v)
    WHEN 'reconcile' THEN tandem.answer_reconcile(v)
    WHEN 'sequence' THEN tandem.answer_sequence(v)
    ELSE jsonb_build_object('error', 'this kind of vector is not known here')
  END;
EXCEPTION WHEN OTHERS THEN
  -- one vector that ends in an error must not hide the others
  RETURN jsonb_build_object('error', SQLERRM);
END
$$;

-- The vectors whose answer is another one than expected; no row if all pass.
CREATE FUNCTION tandem.failed_vectors(vectors jsonb)
  RETURNS TABLE (id text, expected jsonb, answered jsonb) LANGUAGE sql IMMUTABLE AS $$
  SELECT v ->> 'id', v -> 'expect', a
  FROM jsonb_array_elements(vectors) AS v, LATERAL tandem.answer(v) AS a
  WHERE v -> 'expect' IS DISTINCT FROM a
$$;
