pg-rows postgresql://
