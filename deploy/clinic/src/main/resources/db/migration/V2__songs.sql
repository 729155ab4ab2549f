-- The songs of a session with their figures, as its "ended" tells them. Titles are there only where the patient agreed that
-- his unit tells them.

CREATE TABLE session_song (
    session_id         integer NOT NULL REFERENCES session ON DELETE CASCADE,
    place              integer NOT NULL,                            -- in order of their beginning
    hash               text NOT NULL CHECK (hash ~ '^[0-9a-f]{16}$'),
    title              text,
    start_s            double precision NOT NULL,                   -- from the session's start
    end_s              double precision NOT NULL,
    walked_s           double precision,                            -- without rests
    steps              integer,
    beats              integer,
    clicked_beats      integer,                                     -- carried by the click alone
    locked_beats       integer,
    stretch_median_pct double precision,
    stretch_most_pct   double precision,
    ended              text,                                        -- end, skipped, tempo, stopped, fault
    liked              boolean NOT NULL DEFAULT false,
    metrics            jsonb NOT NULL DEFAULT '{}',
    PRIMARY KEY (session_id, place)
);

-- Takes every title out of what a patient's units told while they were his: who changes his mind is not asked why.
-- Returns how many playings lost theirs.
CREATE FUNCTION forget_titles(of_code text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    his integer[];
    gone bigint;
BEGIN
    SELECT array_agg(s.session_id) INTO his
    FROM assignment a
    JOIN (SELECT session_id, unit, coalesce((SELECT utc FROM utc_of(boot_id, started_ns)), first_seen) AS at FROM session) s
      ON s.unit = a.unit AND s.at >= a.from_utc AND (a.to_utc IS NULL OR s.at < a.to_utc)
    WHERE a.code = of_code;
    UPDATE session_song SET title = NULL WHERE session_id = ANY (his) AND title IS NOT NULL;
    GET DIAGNOSTICS gone = ROW_COUNT;
    UPDATE session SET ended = jsonb_set(ended, '{songs}',
        (SELECT coalesce(jsonb_agg(song - 'title' ORDER BY n), '[]') FROM jsonb_array_elements(ended->'songs') WITH ORDINALITY AS e(song, n)))
    WHERE session_id = ANY (his) AND jsonb_typeof(ended->'songs') = 'array';
    UPDATE record SET body = body - 'title' WHERE session_id = ANY (his) AND kind = 'song' AND body ? 'title';
    UPDATE record SET body = jsonb_set(body, '{songs}',
        (SELECT coalesce(jsonb_agg(song - 'title' ORDER BY n), '[]') FROM jsonb_array_elements(body->'songs') WITH ORDINALITY AS e(song, n)))
    WHERE session_id = ANY (his) AND kind = 'session' AND jsonb_typeof(body->'songs') = 'array';
    RETURN gone;
END
$$;
