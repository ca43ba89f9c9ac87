callcenter_config tier del sales E1
callcenter_config agent set status E1 'Logged Out'
