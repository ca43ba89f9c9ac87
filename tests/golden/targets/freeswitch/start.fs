callcenter_config agent add E1 callback
callcenter_config agent set contact E1 user/1001
callcenter_config agent set max_no_answer E1 3
callcenter_config agent set wrap_up_time E1 15
callcenter_config agent set reject_delay_time E1 10
callcenter_config agent set busy_delay_time E1 10
callcenter_config agent set no_answer_delay_time E1 10
callcenter_config agent set status E1 'Available'
callcenter_config tier add support E1 1 2
callcenter_config agent add E2 callback
callcenter_config agent set contact E2 user/1002
callcenter_config agent set max_no_answer E2 3
callcenter_config agent set wrap_up_time E2 15
callcenter_config agent set reject_delay_time E2 10
callcenter_config agent set busy_delay_time E2 10
callcenter_config agent set no_answer_delay_time E2 10
callcenter_config agent set status E2 'Available'
callcenter_config tier add support E2 5 1
callcenter_config agent add E3 callback
callcenter_config agent set contact E3 user/max@home.example:5061
callcenter_config agent set max_no_answer E3 3
callcenter_config agent set wrap_up_time E3 15
callcenter_config agent set reject_delay_time E3 10
callcenter_config agent set busy_delay_time E3 10
callcenter_config agent set no_answer_delay_time E3 10
callcenter_config agent set status E3 'Available'
callcenter_config tier add support E3 3 1
