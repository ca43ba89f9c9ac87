callcenter_config agent add E1 callback
callcenter_config agent set contact E1 user/1001
callcenter_config agent set max_no_answer E1 3
callcenter_config agent set wrap_up_time E1 15
callcenter_config agent set reject_delay_time E1 10
callcenter_config agent set busy_delay_time E1 10
callcenter_config agent set no_answer_delay_time E1 10
callcenter_config agent set status E1 'Available'
callcenter_config tier add sales E1 2 2
callcenter_config tier del sales E3
callcenter_config agent set status E3 'Logged Out'
