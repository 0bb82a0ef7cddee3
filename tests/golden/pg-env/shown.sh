for PGTIDE_TARGET in 'postgresql://u:secret@h/d?sslmode=require' 'host=h password=secret user=u' 'postgresql://h/d?password=secret'
do
	export PGTIDE_TARGET
	pg-env -s
done
