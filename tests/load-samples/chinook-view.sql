create view music.works as select title, name from music.album join music.people using (artist_id);
