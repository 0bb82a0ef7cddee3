rows-fmt -n b -t none two.rows
