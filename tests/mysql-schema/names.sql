-- Names that need care: they stand in backquotes here, and escaped in schema(5).
create table `Shop` (id int);
create table `shop` (id int);
create table `sp ace.dot` (`co"l` int, `a.b` int, `back``tick` int, `x'y` int, `ü` int, key `k'ey` (`a.b`));
create table `t	ab` (`n
l` int comment 'two
lines', `\\` int, `#c` int, primary key (`n
l`));
create table `#hash` (`#` int primary key);
create table `\\N` (a int);
create table `日本語` (`日本語€日本語€日本語€日本語€日本語€日本語€日本語€日本語€日本語€日本語€日本語€日本語€日本語€日本語€日本語€日本語€` int)
	comment 'ünïcode';
create table `üÿüÿüÿüÿüÿüÿüÿüÿüÿüÿüÿüÿüÿüÿüÿüÿüÿüÿüÿüÿüÿüÿüÿüÿüÿüÿüÿüÿüÿüÿüÿüÿ` (a int);
create table `select` (`from` int, `%` int, `*/` int, `/*only*/` int);
create table `/*only*/` (`a` int);
