-- What log-ins need besides accounts and web sessions. V10 to V19 are the page's.

ALTER TABLE account ADD COLUMN disabled boolean NOT NULL DEFAULT false;

-- Browsers that once knew an account's password. A guesser slows other strangers down with himself, never one of these.
CREATE TABLE login_device (
    token_hash bytea PRIMARY KEY,                                   -- SHA-256 of the cookie
    name       text NOT NULL REFERENCES account ON DELETE CASCADE,
    used       timestamptz NOT NULL
);
CREATE INDEX login_device_by_name ON login_device (name, used);

-- Wrong passwords of late, by account, address or device; the same for all receivers side by side.
CREATE TABLE login_failure (
    what     text PRIMARY KEY,                                      -- SHA-256 of kind and name: no list of what strangers typed
    failures integer NOT NULL,
    last     timestamptz NOT NULL
);
CREATE INDEX login_failure_by_time ON login_failure (last);
