create table users (id bigint primary key, "Email" text, bio text, score double precision);
create table "Order Items" ("user" integer, "select" text);
create table flags ();
create table notes (note text);
