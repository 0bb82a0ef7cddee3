printf '#rows\t1\tpublic\tnosuch\n#fields\ta\n#types\tint\n#end\t0\t0\n' | pg-copy postgresql://
