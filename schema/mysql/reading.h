/* What the files that read the catalogue share; others include catalogue.h. */
#ifndef SCHEMA_MYSQL_READING_H
#define SCHEMA_MYSQL_READING_H

#include "schema/mysql/catalogue.h"

/* A table, view or sequence of the database. */
struct object {
	struct str name;
	struct node *node;   /* of a table */
	const char *instead; /* what it is when it is no table: "a view" */
	struct str next;     /* where AUTO_INCREMENT stands; p NULL when nobody knows */
	struct str collation;
	bool versioned;     /* MariaDB keeps the rows of the past */
	bool actions_known; /* the server showed what its foreign keys do */
};

/* What the catalogue shows of a column is less than there is; schema/mysql/exact.c asks for all of it. */
struct doubt {
	struct node *column;
	enum doubt_kind {
		DOUBT_TEXT, /* a default with question marks, which may stand for other characters */
		DOUBT_BYTES,  /* a default that is no text */
		DOUBT_FLOAT,  /* a default printed with six digits */
		DOUBT_TIME,   /* a default printed in some time zone */
		DOUBT_LABELS, /* labels with question marks */
	} kind;
	bool settled;        /* the server gave the default itself */
	const char *refused; /* or why it does not */
	struct doubt *next;
};

struct catalogue {
	struct mysql_source *source;
	struct schema *schema;
	struct str database;
	struct str only; /* the one table that is wanted; p NULL for more */
	const struct str *tables;
	size_t ntables;
	const struct views *views;
	struct object *objects; /* sorted by name */
	size_t nobjects;
	struct object *last;                /* found last */
	struct doubt *doubts, **doubts_end; /* in the order of tables */
	struct buf scratch;
};

/* A result while it is walked. */
struct rows {
	struct catalogue *cat;
	MYSQL_RES *result;
	MYSQL_ROW row;
};

/* Runs one of our .sql files: what it has as a comment `only` becomes the condition on the one table. */
struct rows catalogue_query(struct catalogue *cat, const char *sql);
/* The next row; at the end false, and the result is freed. */
bool catalogue_step(struct rows *r);
/* A value of the row; p NULL for NULL. Dies when it is not UTF-8. */
struct str catalogue_value(const struct rows *r, unsigned col);
/* The table that the first column of the row names, or NULL when it is none that is wanted. */
struct object *catalogue_table(const struct rows *r);
struct object *catalogue_find(struct catalogue *cat, struct str name);

/* Sets an attribute to the value unless it is NULL or empty. */
void
catalogue_set(struct catalogue *cat, struct node *n, enum attr_name attr, struct str value);
/* MySQL 8 escapes expressions for a literal; without that. In the pool, or the text itself. */
struct str catalogue_expression(struct catalogue *cat, struct str text);

/* schema/mysql/keys.c */
void catalogue_indexes(struct catalogue *cat);
void catalogue_foreign(struct catalogue *cat);
/* Sets the type of MariaDB's JSON columns too. */
void catalogue_checks(struct catalogue *cat);
/* schema/mysql/views.c: dies of a view that is not there; adds the queries. */
void catalogue_views(struct catalogue *cat);
/* schema/mysql/others.c: sequences, and what is skipped. */
void catalogue_sequences(struct catalogue *cat);
void catalogue_skipped(struct catalogue *cat, bool all);
/* Mends the next lines of MyISAM's tables that number rows in groups. */
void catalogue_groups(struct catalogue *cat);
/* schema/mysql/exact.c: settles the doubts. */
void catalogue_exact(struct catalogue *cat);

#endif
