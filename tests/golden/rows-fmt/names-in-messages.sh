# What comes from the input cannot move the cursor of whoever reads the message.
printf '#rows\t1\ts\tt\n#fields\t\033[2Jevil\\nname\n#types\ttext\n\\q\n#end\t1\t0\n' | rows-fmt -q
