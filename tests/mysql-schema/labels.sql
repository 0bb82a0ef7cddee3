-- Labels of enums and sets in several character sets, with all that needs care in SQL, in schema(5) or in an array.
create table e (
	a enum('a''b','a\\b','c,d','','x"y','tab	tab','nl\nnl','cr\rcr','\Zz','ü','日本','😀','per%','_und','(p)','#h','\\N',
		'back\\\\slash''','?','{}',' lead','A','ÿ') character set utf8mb4,
	b enum('ü','a''b','€','NULL') character set latin1 default '€',
	c enum('x','y') character set binary not null,
	d enum('表','a') character set sjis default '表',
	f enum('ü','日') character set ucs2 comment 'with ''quotes''',
	g enum('one') collate utf8mb4_bin
) default character set utf8mb4;
insert into e (a, c) values (12, 'x');
create table s (
	a set('a','b c','','x"y','{','NULL','b\\c','😀','?') default 'a,b c,b\\c',
	b set('a') default '',
	c set('null','NuLl2','}') not null default 'null',
	d set('01','02','03','04','05','06','07','08','09','10','11','12','13','14','15','16','17','18','19','20','21','22',
		'23','24','25','26','27','28','29','30','31','32','33','34','35','36','37','38','39','40','41','42','43',
		'44','45','46','47','48','49','50','51','52','53','54','55','56','57','58','59','60','61','62','63','64')
		default '64',
	e set('é','😀 x') default 'é,😀 x'
) default character set utf8mb4;
insert into s (a, e) values ('b c,😀,?', '😀 x');
