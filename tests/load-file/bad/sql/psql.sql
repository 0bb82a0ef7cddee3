select 1;
  \copy a from 'b'
