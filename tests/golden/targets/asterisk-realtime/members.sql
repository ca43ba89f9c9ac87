BEGIN;
INSERT INTO queues (name, strategy, timeout, retry, wrapuptime, ringinuse, autofill) SELECT 'support', 'leastrecent', 15, 1, 15, 'no', 'yes' WHERE NOT EXISTS (SELECT 1 FROM queues WHERE name = 'support');
INSERT INTO queues (name, strategy, timeout, retry, wrapuptime, ringinuse, autofill) SELECT 'sales', 'leastrecent', 15, 1, 15, 'no', 'yes' WHERE NOT EXISTS (SELECT 1 FROM queues WHERE name = 'sales');
INSERT INTO queues (name, strategy, timeout, retry, wrapuptime, ringinuse, autofill) SELECT 'billing.eu', 'leastrecent', 15, 1, 15, 'no', 'yes' WHERE NOT EXISTS (SELECT 1 FROM queues WHERE name = 'billing.eu');
CREATE TEMPORARY TABLE rotation_now AS SELECT * FROM queue_members WHERE 1 = 0;
INSERT INTO rotation_now (queue_name, interface, membername, state_interface, penalty, paused, uniqueid, wrapuptime, ringinuse) VALUES ('support', 'PJSIP/1001', 'May Jane "JJ"', 'PJSIP/1001', 0, 0, 1887265607, 15, 'no');
INSERT INTO rotation_now (queue_name, interface, membername, state_interface, penalty, paused, uniqueid, wrapuptime, ringinuse) VALUES ('support', 'SIP/max@home.example:5061', 'Maximiliane Großmann-Überlänge Überlänge Überlänge Überlänge Überlän', 'SIP/max@home.example:5061', 2, 0, 1174336086, 15, 'no');
INSERT INTO rotation_now (queue_name, interface, membername, state_interface, penalty, paused, uniqueid, wrapuptime, ringinuse) VALUES ('support', 'PJSIP/1002', 'Zoë 👩‍💻 Łuczak', 'PJSIP/1002', 4, 0, 1078936672, 15, 'no');
DELETE FROM queue_members WHERE uniqueid >= 1073741824
  AND NOT EXISTS (SELECT 1 FROM rotation_now n WHERE n.queue_name = queue_members.queue_name AND n.interface = queue_members.interface AND n.uniqueid = queue_members.uniqueid);
UPDATE queue_members SET penalty = (SELECT n.penalty FROM rotation_now n WHERE n.queue_name = queue_members.queue_name AND n.interface = queue_members.interface),
  membername = (SELECT n.membername FROM rotation_now n WHERE n.queue_name = queue_members.queue_name AND n.interface = queue_members.interface)
  WHERE uniqueid >= 1073741824 AND EXISTS (SELECT 1 FROM rotation_now n WHERE n.queue_name = queue_members.queue_name AND n.interface = queue_members.interface
  AND (n.penalty <> queue_members.penalty OR n.membername <> queue_members.membername));
INSERT INTO queue_members (queue_name, interface, membername, state_interface, penalty, paused, uniqueid, wrapuptime, ringinuse) SELECT queue_name, interface, membername, state_interface, penalty, paused, uniqueid, wrapuptime, ringinuse FROM rotation_now n
  WHERE NOT EXISTS (SELECT 1 FROM queue_members WHERE n.queue_name = queue_members.queue_name AND n.interface = queue_members.interface);
DROP TABLE rotation_now;
COMMIT;
