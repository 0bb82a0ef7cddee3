pgtide --pgloader 5 shop.db postgresql:///shop
