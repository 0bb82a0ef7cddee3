/* The hot loop of the rows(5) reader: finds rows and fields, and every byte that may not stand there. */
#ifndef SCHEMA_ROWS_SCAN_H
#define SCHEMA_ROWS_SCAN_H

#include "schema/rows.h"

/*
 * Scans the unread bytes of r, which begin a row or continue one, and consumes what it hands out in block: the whole
 * rows there are, or a piece when one row fills the buffer. Returns 1, 0 when it takes more input to tell, -1 with
 * r->err set; the unread bytes then begin with the faulty row, or what is left of it.
 */
int rows_scan(struct rows_reader *r, struct rows_block *block);

#endif
