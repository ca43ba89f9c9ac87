CREATE TABLE IF NOT EXISTS queues (
  name VARCHAR(128) NOT NULL PRIMARY KEY, strategy VARCHAR(128), timeout INTEGER, retry INTEGER, wrapuptime INTEGER,
  ringinuse VARCHAR(5), autofill VARCHAR(5)
);
CREATE TABLE IF NOT EXISTS queue_members (
  queue_name VARCHAR(80) NOT NULL, interface VARCHAR(80) NOT NULL, membername VARCHAR(80), state_interface VARCHAR(80),
  penalty INTEGER, paused INTEGER, uniqueid INTEGER NOT NULL UNIQUE, wrapuptime INTEGER, ringinuse VARCHAR(5),
  reason_paused VARCHAR(80), PRIMARY KEY (queue_name, interface)
);
CREATE TABLE IF NOT EXISTS queue_rules (
  rule_name VARCHAR(80) NOT NULL, time VARCHAR(32) NOT NULL, min_penalty VARCHAR(32) NOT NULL,
  max_penalty VARCHAR(32) NOT NULL
);
