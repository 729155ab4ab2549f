-- The clinic's tables. A record is (unit, boot, seq), once and for all; the primary key of record is what makes it once.
-- Sizes this is made for: 1,000 units, a session a day of 10,000 records each. So a record refers to its boot and its
-- session by small numbers, and every index pays for a question the page asks.

CREATE TABLE unit (
    unit       text PRIMARY KEY CHECK (unit ~ '^[a-z0-9-]{1,64}$'),
    first_seen timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE boot (
    boot_id    integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,   -- grows in the order boots were first heard of
    unit       text NOT NULL REFERENCES unit,
    boot       text NOT NULL,
    first_seen timestamptz NOT NULL DEFAULT now(),
    UNIQUE (unit, boot)
);

-- What has come of a boot: covered holds every (after_seq, last seq] stored so far, merged. Receivers side by side meet at
-- the lock of this row.
CREATE TABLE receipt (
    boot_id integer PRIMARY KEY REFERENCES boot,
    covered int8multirange NOT NULL DEFAULT '{}',
    updated timestamptz NOT NULL DEFAULT now()
);

-- A session, from its records "started" and "ended" and from the first record that names it, whichever comes first. What is
-- not known yet is null.
CREATE TABLE session (
    session_id        integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    unit              text NOT NULL REFERENCES unit,
    session           text NOT NULL,
    boot_id           integer NOT NULL REFERENCES boot,             -- of its first record here, until "started" says better
    started_ns        bigint,                                       -- of boot_id
    ended_boot_id     integer REFERENCES boot,
    ended_ns          bigint,                                       -- of ended_boot_id
    programme         text,
    condition         text,
    simulated         boolean,
    sessions_per_week double precision,
    planned_cued_s    double precision,
    end_reason        text,                                         -- completed, patient, rule, abandoned, no_baseline, plain
    walked_s          double precision,
    cued_s            double precision,
    started           jsonb,                                        -- the record's body as it came
    ended             jsonb,                                        -- the record's body as it came, with blocks and metrics
    first_seen        timestamptz NOT NULL DEFAULT now(),
    UNIQUE (unit, session)
);
CREATE INDEX session_by_name ON session (session);
CREATE INDEX session_by_unit ON session (unit, first_seen DESC);

CREATE TABLE record (
    boot_id    integer NOT NULL REFERENCES boot,
    seq        bigint NOT NULL,
    session_id integer REFERENCES session,
    t_ns       bigint,                                              -- CLOCK_MONOTONIC of the boot
    received   timestamptz NOT NULL DEFAULT now(),
    kind       text NOT NULL,                                       -- step, stride, ..., session, clock, timing
    body       jsonb NOT NULL,                                      -- all fields but seq, kind, session and t_ns
    PRIMARY KEY (boot_id, seq)
) WITH (autovacuum_vacuum_insert_scale_factor = 0.05);
CREATE INDEX record_by_session ON record (session_id, kind, t_ns) WHERE session_id IS NOT NULL;
CREATE INDEX record_of_health ON record (boot_id, kind, seq) WHERE kind IN ('timing', 'fault', 'lost');

-- What a boot's monotonic clock means in UTC: each record promises an error. Corrections come later, so nothing stores a UTC.
CREATE TABLE clock (
    boot_id integer NOT NULL REFERENCES boot,
    seq     bigint NOT NULL,
    t_ns    bigint NOT NULL,
    utc     timestamptz NOT NULL,
    error_s double precision NOT NULL,
    PRIMARY KEY (boot_id, seq)
);

-- UTC of a moment of a boot, from the clock record that promises the least error there; a crystal may drift by 100 ppm
-- between. No row if the boot has no clock record yet.
CREATE FUNCTION utc_of(of_boot integer, at_ns bigint) RETURNS TABLE (utc timestamptz, error_s double precision)
    LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT c.utc + make_interval(secs => (at_ns - c.t_ns) / 1e9), c.error_s + abs(at_ns - c.t_ns) * 1e-13
    FROM clock c
    WHERE c.boot_id = of_boot
    ORDER BY c.error_s + abs(at_ns - c.t_ns) * 1e-13, c.seq DESC
    LIMIT 1
$$;

-- What may be acknowledged of a boot: the end of what is covered without a hole from 1 on; 0 if the first is missing.
CREATE FUNCTION up_to(covered int8multirange) RETURNS bigint
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce((SELECT upper(r) - 1 FROM unnest(covered) r WHERE lower(r) <= 1 ORDER BY lower(r) LIMIT 1), 0)
$$;

-- A session with its times in UTC as far as they are known; without a clock record, when it was first heard of is all there is.
CREATE VIEW session_utc AS
SELECT s.*, b.boot, st.utc AS started_utc, st.error_s AS started_error_s, en.utc AS ended_utc,
       coalesce(st.utc, s.first_seen) AS sort_utc
FROM session s
JOIN boot b ON b.boot_id = s.boot_id
LEFT JOIN LATERAL utc_of(s.boot_id, s.started_ns) st ON true
LEFT JOIN LATERAL utc_of(s.ended_boot_id, s.ended_ns) en ON true;

-- The unit's own proof of its timing, newest last by (boot_id, seq).
CREATE VIEW timing AS
SELECT b.unit, b.boot, r.boot_id, r.seq, r.t_ns, r.received, r.body, t.utc
FROM record r
JOIN boot b ON b.boot_id = r.boot_id
LEFT JOIN LATERAL utc_of(r.boot_id, r.t_ns) t ON true
WHERE r.kind = 'timing';

-- The newest of what a unit says of itself; each payload as it came.
CREATE TABLE unit_status (
    unit           text PRIMARY KEY REFERENCES unit,
    birth          jsonb,
    birth_boot_id  integer REFERENCES boot,
    birth_seen     timestamptz,
    status         jsonb,                                           -- {boot, conn, state: online | offline | stopped}
    status_boot_id integer REFERENCES boot,
    status_conn    bigint,
    status_seen    timestamptz,
    reported       jsonb,
    reported_seen  timestamptz,
    state          jsonb,                                           -- the newest state, at most some seconds old while online
    state_seen     timestamptz,
    last_seen      timestamptz                                      -- of anything but the last will
);

-- What became of commands, and parts of logs.
CREATE TABLE answer (
    answer_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    unit      text NOT NULL REFERENCES unit,
    boot      text NOT NULL,
    id        bigint,
    body      jsonb NOT NULL,
    received  timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX answer_once ON answer (unit, boot, md5(body::text));
CREATE INDEX answer_by_unit ON answer (unit, received DESC);

CREATE TABLE log_part (
    unit     text NOT NULL REFERENCES unit,
    boot     text NOT NULL,
    id       bigint NOT NULL,
    part     integer NOT NULL,
    parts    integer NOT NULL,
    text     text NOT NULL,
    received timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (unit, boot, id, part)
);

-- What came but is no record: kept as it came, with the reason, so that it counts as stored. Bounded by the receiver.
CREATE TABLE dead_letter (
    letter_id  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    unit       text NOT NULL,
    topic      text NOT NULL,
    reason     text NOT NULL,                                       -- not_json, bad_field, bad_record, conflict, too_large, refused
    detail     text NOT NULL,
    payload    bytea NOT NULL,
    sha256     bytea NOT NULL,
    times      bigint NOT NULL DEFAULT 1,
    first_seen timestamptz NOT NULL DEFAULT now(),
    last_seen  timestamptz NOT NULL DEFAULT now(),
    UNIQUE (topic, sha256)
);
CREATE INDEX dead_letter_by_unit ON dead_letter (unit, last_seen DESC);

-- The clinic's own: who the patient is leaves the clinic nowhere; here too only a code.
CREATE TABLE patient (
    code       text PRIMARY KEY CHECK (code ~ '^[A-Za-z0-9._-]{1,64}$'),
    created    timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE assignment (
    assignment_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    unit          text NOT NULL REFERENCES unit,
    code          text NOT NULL REFERENCES patient,
    from_utc      timestamptz NOT NULL DEFAULT now(),
    to_utc        timestamptz CHECK (to_utc >= from_utc)
);
CREATE UNIQUE INDEX assignment_now ON assignment (unit) WHERE to_utc IS NULL;
CREATE INDEX assignment_by_unit ON assignment (unit, from_utc);
CREATE INDEX assignment_by_code ON assignment (code, from_utc);

CREATE TABLE account (
    name          text PRIMARY KEY CHECK (name ~ '^[a-z0-9._@-]{1,64}$'),
    role          text NOT NULL CHECK (role IN ('clinician', 'technician')),
    password_hash text NOT NULL,
    created       timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE web_session (
    token_hash bytea PRIMARY KEY,
    name       text NOT NULL REFERENCES account ON DELETE CASCADE,
    created    timestamptz NOT NULL DEFAULT now(),
    used       timestamptz NOT NULL DEFAULT now(),
    expires    timestamptz NOT NULL
);
CREATE INDEX web_session_by_name ON web_session (name);

-- Commands asked for on the page; what became of them stands in answer. id grows within a boot.
CREATE TABLE command (
    unit    text NOT NULL REFERENCES unit,
    boot    text NOT NULL,
    id      bigint NOT NULL,
    command text NOT NULL,
    name    text NOT NULL,                                          -- of the account
    asked   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (unit, boot, id)
);

CREATE TABLE audit (
    audit_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at       timestamptz NOT NULL DEFAULT now(),
    name     text NOT NULL,
    what     text NOT NULL,
    detail   jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX audit_by_time ON audit (at DESC);
