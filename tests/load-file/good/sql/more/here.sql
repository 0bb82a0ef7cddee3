select 'here';
