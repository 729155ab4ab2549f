-- What was forgotten stays forgotten: records come late and come again, and neither may bring a title back. Songs of records that
-- were stored before there was a table for them get their rows.

-- Whose titles are not kept, from forget_titles on. until: he agreed anew, so what he plays from then on keeps its title.
CREATE TABLE forgotten_titles (
    code  text PRIMARY KEY REFERENCES patient ON DELETE CASCADE,
    since timestamptz NOT NULL DEFAULT now(),
    until timestamptz
);

-- The list of songs without what they are called; whatever else a later unit puts there stays as it is.
CREATE FUNCTION untitled_songs(songs jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(jsonb_agg(CASE jsonb_typeof(song) WHEN 'object' THEN song - 'title' ELSE song END ORDER BY n), '[]')
    FROM jsonb_array_elements(songs) WITH ORDINALITY AS e(song, n)
$$;

-- A record's body without titles: what two tellings of one record are compared by.
CREATE FUNCTION untitled(kind text, body jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN kind = 'song' AND jsonb_typeof(body) = 'object' THEN body - 'title'
        WHEN kind = 'session' AND jsonb_typeof(body->'songs') = 'array' THEN jsonb_set(body, '{songs}', untitled_songs(body->'songs'))
        ELSE body END
$$;

-- Whether what a unit tells of a moment is told without titles. Where nobody knows yet when that moment was, it may be his.
CREATE FUNCTION titles_forgotten(of_boot integer, of_session text, at_ns bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1
        FROM boot b
        JOIN assignment a ON a.unit = b.unit
        JOIN forgotten_titles f ON f.code = a.code
        CROSS JOIN LATERAL (
            SELECT coalesce(
                (SELECT t.utc FROM session s, utc_of(s.boot_id, s.started_ns) t WHERE s.unit = b.unit AND s.session = of_session),
                (SELECT t.utc FROM utc_of(b.boot_id, at_ns) t)) AS utc) w
        WHERE b.boot_id = of_boot
          AND (w.utc IS NULL
               OR (w.utc >= a.from_utc AND (a.to_utc IS NULL OR w.utc < a.to_utc) AND (f.until IS NULL OR w.utc < f.until))))
$$;

-- As before, and: what comes later is forgotten too, songs outside of sessions and dead letters of his units are not left out, and
-- nothing strange that a unit told as a song stops it. Who stores titles meanwhile waits for this to end.
CREATE OR REPLACE FUNCTION forget_titles(of_code text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    his integer[];
    gone bigint;
BEGIN
    LOCK TABLE forgotten_titles IN ACCESS EXCLUSIVE MODE;
    INSERT INTO forgotten_titles (code) VALUES (of_code) ON CONFLICT (code) DO UPDATE SET since = now(), until = NULL;
    SELECT array_agg(s.session_id) INTO his
    FROM assignment a
    JOIN (SELECT session_id, unit, coalesce((SELECT utc FROM utc_of(boot_id, started_ns)), first_seen) AS at FROM session) s
      ON s.unit = a.unit AND s.at >= a.from_utc AND (a.to_utc IS NULL OR s.at < a.to_utc)
    WHERE a.code = of_code;
    UPDATE session_song SET title = NULL WHERE session_id = ANY (his) AND title IS NOT NULL;
    GET DIAGNOSTICS gone = ROW_COUNT;
    UPDATE session SET ended = untitled('session', ended) WHERE session_id = ANY (his) AND ended IS DISTINCT FROM untitled('session', ended);
    UPDATE record SET body = untitled(kind, body)
    WHERE session_id = ANY (his) AND kind IN ('song', 'session') AND body IS DISTINCT FROM untitled(kind, body);
    UPDATE record r SET body = untitled(r.kind, r.body)
    FROM boot b
    WHERE r.boot_id = b.boot_id AND b.unit IN (SELECT unit FROM assignment WHERE code = of_code)
      AND r.session_id IS NULL AND r.kind IN ('song', 'session') AND r.body IS DISTINCT FROM untitled(r.kind, r.body)
      AND titles_forgotten(r.boot_id, NULL, r.t_ns);
    -- A letter need be no JSON and no text: its bytes are looked at as escape writes them, a backslash as two.
    UPDATE dead_letter SET payload = decode(regexp_replace(encode(payload, 'escape'),
        '"title"\s*:\s*"([^"\\]|\\\\(\\\\|\\[0-7]{3}|[^\\])|\\[0-7]{3})*("|$|\\\\$)', '"title":null', 'g'), 'escape')
    WHERE unit IN (SELECT unit FROM assignment WHERE code = of_code) AND position('"title"'::bytea IN payload) > 0;
    RETURN gone;
END
$$;

-- He agreed anew: what begins from now on keeps its title; what was forgotten comes back only if he tells it again.
CREATE FUNCTION remember_titles(of_code text) RETURNS bigint LANGUAGE sql AS $$
    WITH changed AS (UPDATE forgotten_titles SET until = now() WHERE code = of_code AND until IS NULL RETURNING 1)
    SELECT count(*) FROM changed
$$;

-- Earlier agents wrote titles into their logs, which whoever looks after units reads.
UPDATE log_part SET text = regexp_replace(regexp_replace(text,
    'Music: next is (?![0-9a-f]{16} \()[^\n]*', 'Music: next is a song', 'g'),
    '''[^\n]*'' ends before its beats do', 'a song ends before its beats do', 'g')
WHERE text LIKE '%Music: next is %' OR text LIKE '%ends before its beats do%';

-- Songs of sessions that ended while this program did not know songs yet. What can't be read is left out, as when it comes.
CREATE FUNCTION told_number(value jsonb) RETURNS double precision LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN jsonb_typeof(value) = 'number' AND abs(value::numeric) < 1e300 THEN value::numeric::double precision END
$$;
CREATE FUNCTION told_count(value jsonb) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN jsonb_typeof(value) = 'number' AND value::numeric BETWEEN 0 AND 2147483647 AND value::numeric % 1 = 0
        THEN value::numeric::integer END
$$;

INSERT INTO session_song (session_id, place, hash, title, start_s, end_s, walked_s, steps, beats, clicked_beats, locked_beats,
    stretch_median_pct, stretch_most_pct, ended, liked, metrics)
SELECT t.session_id, row_number() OVER (PARTITION BY t.session_id ORDER BY t.n) - 1, t.song->>'hash',
       nullif(left(btrim(regexp_replace(CASE jsonb_typeof(t.song->'title') WHEN 'string' THEN t.song->>'title' END, '[\u0001-\u001f\u007f-\u009f]', '', 'g')), 200), ''),
       (told_number(t.song->'start_ns') - t.started_ns) / 1e9, (told_number(t.song->'end_ns') - t.started_ns) / 1e9,
       told_number(t.song->'walked_s'), told_count(t.song->'steps'), told_count(t.song->'beats'), told_count(t.song->'clicked_beats'),
       told_count(t.song->'locked_beats'), told_number(t.song->'stretch_median_pct'), told_number(t.song->'stretch_most_pct'),
       substring(t.song->>'ended' FROM '^[a-z0-9_]{1,60}$'), coalesce(t.song->'liked' = 'true'::jsonb, false),
       (SELECT coalesce(jsonb_object_agg(m.key, jsonb_strip_nulls(jsonb_build_object(
            'value', to_jsonb(told_number(m.value->'value')), 'n', coalesce(told_count(m.value->'n'), 0)))), '{}')
        FROM jsonb_each(CASE jsonb_typeof(t.song->'metrics') WHEN 'object' THEN t.song->'metrics' ELSE '{}' END) AS m(key, value)
        WHERE m.key ~ '^[a-z0-9_]{1,60}$' AND jsonb_typeof(m.value) = 'object')
FROM (
    SELECT s.session_id, told_number(s.ended->'started_ns') AS started_ns, e.song, e.n
    FROM session s
    CROSS JOIN LATERAL jsonb_array_elements(CASE jsonb_typeof(s.ended->'songs') WHEN 'array' THEN s.ended->'songs' ELSE '[]' END)
        WITH ORDINALITY AS e(song, n)
    WHERE e.n <= 64 AND NOT EXISTS (SELECT 1 FROM session_song g WHERE g.session_id = s.session_id)) t
WHERE jsonb_typeof(t.song) = 'object' AND t.song->>'hash' ~ '^[0-9a-f]{16}$' AND t.started_ns IS NOT NULL
  AND abs(told_number(t.song->'start_ns')) < 1e18 AND abs(told_number(t.song->'end_ns')) < 1e18
  AND told_number(t.song->'end_ns') >= told_number(t.song->'start_ns');

DROP FUNCTION told_number(jsonb);
DROP FUNCTION told_count(jsonb);
