BEGIN;
INSERT INTO queue_members (queue_name, interface, membername, state_interface, penalty, paused, uniqueid, wrapuptime, ringinuse) SELECT 'sales', 'PJSIP/1001', 'May Jane "JJ"', 'PJSIP/1001', 1, 0, 1399927589, 15, 'no' WHERE NOT EXISTS (SELECT 1 FROM queue_members WHERE queue_name = 'sales' AND interface = 'PJSIP/1001');
COMMIT;
