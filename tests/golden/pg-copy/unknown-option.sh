pg-copy -j postgresql://
