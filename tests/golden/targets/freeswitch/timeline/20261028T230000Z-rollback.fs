callcenter_config tier del sales E3
callcenter_config agent set status E3 'Logged Out'
