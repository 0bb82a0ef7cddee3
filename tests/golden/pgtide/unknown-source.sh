pgtide oracle://h/x postgresql:///x
