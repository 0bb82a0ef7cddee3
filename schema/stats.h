/*
 * The side channel of a stage: its own figures, as lines of TAB-separated escaped fields in a file (option -S).
 * Lines are gathered in memory and written by one write(2) in stats_finish(), which also runs when the program dies,
 * so that a report has figures of failed stages too. Without a path all of this does nothing.
 */
#ifndef SCHEMA_STATS_H
#define SCHEMA_STATS_H

#include <stdint.h>

#include "schema/base/bytes.h"
#include "schema/rows.h"

/* Opens path at once, so that a wrong one is found before any work (dies, STATUS_USAGE); NULL: no statistics. */
void stats_open(const char *path);
/* `table SCHEMA TABLE ROWS BYTES REJECTED` */
void
stats_table(const struct rows_head *head, uint64_t rows, uint64_t bytes, uint64_t rejected);
/* `altered SCHEMA TABLE COLUMN RULE COUNT`, when count is not 0 */
void
stats_altered(const struct rows_head *head, struct str column, struct str rule, uint64_t count);
/* `over COUNT`: so many rejects were more than allowed. It tells a script why the stage failed. */
void stats_over(uint64_t count);
/* `already SCHEMA TABLE`: an earlier run of the program did the work; its figures are those of the table line. */
void stats_already(const struct rows_head *head);
/* `NAME VALUE`: for figures that are one program's own. */
void stats_figure(const char *name, uint64_t value);
/* `digest …` with the line that digest_line() made. */
void stats_digest(struct str line);
/* `seconds`, and out it goes. Call it last; dies when it cannot be written. A program that dies before does it at exit. */
void stats_finish(void);
/* Nothing is written: the file is another's. */
void stats_forget(void);

#endif
