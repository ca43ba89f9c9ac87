callcenter_config agent add E3 callback
callcenter_config agent set contact E3 user/max@home.example:5061
callcenter_config agent set max_no_answer E3 3
callcenter_config agent set wrap_up_time E3 15
callcenter_config agent set reject_delay_time E3 10
callcenter_config agent set busy_delay_time E3 10
callcenter_config agent set no_answer_delay_time E3 10
callcenter_config agent set status E3 'Available'
callcenter_config tier add sales E3 1 1
