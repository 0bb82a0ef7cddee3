# Never a password, and never a part of one.
for target in mysql://me:topsecret@db/shop shop.rows /no/such 'dbname' \
	postgresql://me:top/secret@db/shop postgresql://me:top@secret@db/shop 'postgresql://me:top?secret@db/shop' \
	postgresql://me:topsecret@db:port/shop postgresql://me:topsecret 'postgresql://db/shop?nosuch=1' 'nosuch=1' 'password=top secret' \
	'postgresql://me:topsecret%@db/shop' 'postgresql:///shop?sslmode=nosuch' 'service=nosuch'
do
	pg-copy "$target" <shop.rows || echo "status $?"
done
