BEGIN;
INSERT INTO queue_members (queue_name, interface, membername, state_interface, penalty, paused, uniqueid, wrapuptime, ringinuse) SELECT 'sales', 'SIP/max@home.example:5061', 'Maximiliane Großmann-Überlänge Überlänge Überlänge Überlänge Überlän', 'SIP/max@home.example:5061', 0, 0, 1610250439, 15, 'no' WHERE NOT EXISTS (SELECT 1 FROM queue_members WHERE queue_name = 'sales' AND interface = 'SIP/max@home.example:5061');
DELETE FROM queue_members WHERE uniqueid = 1399927589;
COMMIT;
