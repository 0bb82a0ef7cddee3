# pgtide: one makefile for all of it. `make help` lists the targets.
#
# Nothing is listed by hand. A program is DIR/NAME.c with its man page DIR/NAME.1 beside it; every
# other .c is library code of its folder. A new source is a folder schema/SOURCE and, when it needs a
# client library, a line in the table below; programs named SOURCE-* are linked with that library.

PREFIX     = /usr/local
BUILD      = build
CFLAGS     = -O2 -g
PROVE      = prove
PROVEFLAGS = -j 3 --failures --comments
INSTALL    = install
PKG_CONFIG = pkg-config

# WERROR=1 turns warnings into errors; SANITIZE=LIST builds with -fsanitize=LIST; V=1 shows commands.
WERROR     =
SANITIZE   =
V          =

FUZZ_CC      = clang
FUZZ_SECONDS = 60

MAKEFLAGS += --no-print-directory

.DELETE_ON_ERROR:
.SUFFIXES:

# --- client libraries: pkg-config names to try in order, or else a header and link flags ------------

pkg_pg       = libpq
deb_pg       = libpq-dev
pkg_sqlite   = sqlite3
deb_sqlite   = libsqlite3-dev
pkg_mysql    = libmariadb mysqlclient
deb_mysql    = libmariadb-dev
header_mssql = sybdb.h
libs_mssql   = -lsybdb
deb_mssql    = freetds-dev
header_csv   = csv.h
libs_csv     = -lcsv
deb_csv      = libcsv-dev

# --- what there is to build -------------------------------------------------------------------------

SOURCE_FOLDERS := $(filter-out schema/base,$(patsubst %/,%,$(wildcard schema/*/)))
FOLDERS        := schema/base schema $(SOURCE_FOLDERS) extract transform load
SOURCES        := $(sort pg sqlite mysql mssql csv $(notdir $(SOURCE_FOLDERS)))
ALL_C          := $(foreach d,$(FOLDERS),$(wildcard $d/*.c))

# Named like a source's, but in need of no client library: always built, and transform uses them too.
PLAIN          := schema/pg/quote.c schema/sqlite/token.c transform/pg-type.c

# The source a file belongs to: schema/pg/any.c and extract/pg-any.c both say pg; empty for the rest.
source_of = $(firstword $(filter $(if $(filter $1,$(PLAIN)),,$(SOURCES)),\
	$(patsubst schema/%/,%,$(filter schema/%/,$(dir $1)))\
	$(firstword $(subst -, ,$(basename $(notdir $1))))))

# Only sources that have code here are looked for.
define find_library
ifneq ($$(pkg_$1),)
found_$1  := $$(firstword $$(foreach p,$$(pkg_$1),$$(shell $$(PKG_CONFIG) --exists $$p && echo $$p)))
cflags_$1 := $$(if $$(found_$1),$$(shell $$(PKG_CONFIG) --cflags $$(found_$1)))
libs_$1   := $$(if $$(found_$1),$$(shell $$(PKG_CONFIG) --libs $$(found_$1)))
else ifneq ($$(header_$1),)
found_$1  := $$(shell $$(CC) -E -include stdio.h -include $$(header_$1) -xc /dev/null >/dev/null 2>&1 && echo yes)
else
found_$1  := yes
endif
endef
USED_SOURCES := $(sort $(foreach f,$(ALL_C),$(call source_of,$f)))
$(foreach s,$(USED_SOURCES),$(eval $(call find_library,$s)))
LEFT_OUT     := $(foreach s,$(USED_SOURCES),$(if $(found_$s),,$s))

C_FILES   := $(foreach f,$(ALL_C),$(if $(filter $(LEFT_OUT),$(call source_of,$f)),,$f))
PROGRAM_C := $(foreach f,$(C_FILES),$(if $(wildcard $(f:.c=.1)),$f))
LIBRARY_C := $(filter-out $(PROGRAM_C),$(C_FILES))
UNIT_C    := $(wildcard tests/unit/*.c)
FUZZ_C    := $(wildcard tests/fuzz/*.c)

object    = $(patsubst %.c,$(BUILD)/obj/%.o,$1)
members   = $(strip $(foreach f,$(LIBRARY_C),$(if $(filter $1/,$(dir $f)),$f)))
archive   = $(if $(call members,$1),$(BUILD)/lib/$(notdir $1).a)
archives  = $(foreach d,$1,$(call archive,$d))

# The scripts a user runs: pgtide and its parts, pgtide-*.
SCRIPTS   := $(filter-out %.1 %.5 %.7,$(wildcard scripts/pgtide scripts/pgtide-*))

PROGRAMS  := $(addprefix $(BUILD)/bin/,$(notdir $(PROGRAM_C:.c=) $(SCRIPTS)))
UNITS     := $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(UNIT_C))
FUZZERS   := $(patsubst tests/fuzz/%.c,$(BUILD)/bin/fuzz-%,$(FUZZ_C))
OBJECTS   := $(call object,$(C_FILES) $(UNIT_C) $(FUZZ_C))
HEADERS   := $(patsubst %,$(BUILD)/gen/%.h,$(wildcard schema/*/*.sql transform/rules/*.cast))
RULES     := $(wildcard transform/rules/*.cast)
MAN_PAGES := $(PROGRAM_C:.c=.1) \
	$(foreach d,$(FOLDERS),$(wildcard $d/*.5 $d/*.7)) $(wildcard scripts/*.[157])
TESTS     := $(UNITS) $(wildcard tests/*.t tests/*/*.t)

# What is about the scripts: under the sanitizers it takes an hour and finds nothing that the stages' own tests do not.
OF_SCRIPTS := $(patsubst %,tests/%.t,bench convert convert-mysql convert-sqlite deaths-run examples house jenkins jobs load-modes load-run load-samples many modes modes-hooks modes-less modes-there \
	oldest parts pgtide pgtide-rejects plan progress readme report resume sakila secrets select snapshot-run soak source-set views)
OF_STAGES  := $(filter-out $(OF_SCRIPTS),$(TESTS))

# --- flags ------------------------------------------------------------------------------------------

WARNINGS = -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wvla \
	-Wwrite-strings -Wformat=2 $(if $(filter 1,$(WERROR)),-Werror)
OUR_CPPFLAGS = -D_POSIX_C_SOURCE=200809L -I. -I$(BUILD)/gen
OUR_CFLAGS   = -std=c11 -fno-common -fstack-protector-strong $(WARNINGS) \
	$(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-sanitize-recover=all -fno-omit-frame-pointer,\
		-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
OUR_LDFLAGS  = -Wl,--as-needed -Wl,-z,relro -Wl,-z,now \
	$(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-sanitize-recover=all)

# PCRE2 is for cast rules; --as-needed leaves it out of all other programs.
OUR_LIBS     = -lpcre2-8 -lm

compile = $(CC) $(OUR_CPPFLAGS) $(CPPFLAGS) $(OUR_CFLAGS) $(CFLAGS)
link    = $(CC) $(OUR_CFLAGS) $(CFLAGS) $(OUR_LDFLAGS) $(LDFLAGS)

# --- targets ----------------------------------------------------------------------------------------

.PHONY: all check install uninstall demo bench soak lint asan asan-stages check-stages fuzz clean help \
	units headers left-out print-cppflags fuzzers run-fuzzers

all: $(PROGRAMS) $(call archives,$(FOLDERS)) left-out ## build the programs into build/bin (the default)

# Tests and scripts run make themselves: they must not inherit our job server or our variables.
clean_env = env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL -u MAKEOVERRIDES -u BUILD
test_env  = $(clean_env) PGTIDE_BIN=$(abspath $(BUILD)/bin) PGTIDE_SANITIZE=$(SANITIZE)

check: all units ## build and run all tests (TESTS="tests/golden.t ..." runs some)
	$(test_env) $(PROVE) $(PROVEFLAGS) --exec '' $(TESTS)

units: $(UNITS)

prefix   = $(DESTDIR)$(PREFIX)
man_dest = $(prefix)/share/man/man$(subst .,,$(suffix $1))/$(notdir $1)

install: all ## install under $(DESTDIR)$(PREFIX), by default /usr/local
	$(INSTALL) -d $(prefix)/bin $(prefix)/libexec/pgtide $(prefix)/share/pgtide/rules
	$(if $(wildcard scripts/pgtide),$(INSTALL) -m 755 $(BUILD)/bin/pgtide $(prefix)/bin/pgtide)
	$(foreach p,$(filter-out %/pgtide,$(PROGRAMS)),$(INSTALL) -m 755 $p $(prefix)/libexec/pgtide/ &&) :
	$(foreach r,$(RULES),$(INSTALL) -m 644 $r $(prefix)/share/pgtide/rules/ &&) :
	$(foreach m,$(MAN_PAGES),$(INSTALL) -D -m 644 $m $(call man_dest,$m) &&) :

uninstall: ## remove what install put there
	rm -f $(prefix)/bin/pgtide
	rm -rf $(prefix)/libexec/pgtide $(prefix)/share/pgtide
	rm -f $(foreach m,$(MAN_PAGES),$(call man_dest,$m))

demo: ## move a sample SQLite database into a throwaway PostgreSQL
	$(clean_env) scripts/demo

bench: all ## measure against cat, sqlite3 | psql and plain COPY
	$(test_env) scripts/bench

soak: all ## kill stages, backends and the server under 500 loads, and look that no row is lost (SOAK_RUNS=n)
	$(test_env) scripts/soak-kill $(if $(SOAK_RUNS),-n $(SOAK_RUNS))

lint: headers ## format, shell scripts, man pages, static analysis
	$(test_env) scripts/lint

# Status 1 means something to our callers, so the sanitizers end with 99. Leaks at exit are of no
# interest in filters that end at once; memory that grows is what the tests look for.
asan: export ASAN_OPTIONS  ?= exitcode=99:detect_leaks=0
asan: export UBSAN_OPTIONS ?= exitcode=99:print_stacktrace=1
asan: ## all tests again, built with ASan and UBSan into build/asan
	$(MAKE) BUILD=build/asan SANITIZE=address,undefined CFLAGS='-O1 -g' check

asan-stages: export ASAN_OPTIONS  ?= exitcode=99:detect_leaks=0
asan-stages: export UBSAN_OPTIONS ?= exitcode=99:print_stacktrace=1
asan-stages: ## as asan, without the tests that are about the scripts
	$(MAKE) BUILD=build/asan SANITIZE=address,undefined CFLAGS='-O1 -g' check-stages

check-stages:
	$(MAKE) check TESTS='$(OF_STAGES)'

fuzz: ## run every fuzz target for FUZZ_SECONDS (60) under ASan and UBSan
	$(MAKE) BUILD=build/fuzz SANITIZE=fuzzer-no-link,address,undefined CC=$(FUZZ_CC) \
		CFLAGS='-O1 -g' run-fuzzers

clean: ## remove build/
	rm -rf build

help: ## this list
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1\t/p' Makefile | expand -t 12

left-out:
	@:$(foreach s,$(LEFT_OUT),; echo 'left out: all programs for $s; to build them, install $(deb_$s)')

headers: $(HEADERS)

# For scripts/lint, which runs compilers' cousins on the same files.
print-cppflags:
	@echo $(OUR_CPPFLAGS) $(CPPFLAGS) $(foreach s,$(USED_SOURCES),$(cflags_$s))

# --- rules ------------------------------------------------------------------------------------------

# What a recipe line shows of itself: a word and a file, or with V=1 the command.
run = $(if $(V),,@printf '%-6s %s\n' $1 $2 &&)

# xxHash and uthash are used as headers only, so no linker would tell which package is missing; and
# PCRE2, which every build needs, is asked for before anything is compiled.
$(BUILD)/have-headers:
	@mkdir -p $(@D)
	@for h in xxhash:libxxhash-dev uthash:uthash-dev pcre2:libpcre2-dev; do \
		$(CC) $(CPPFLAGS) -DPCRE2_CODE_UNIT_WIDTH=8 -E -include "$${h%:*}.h" -xc /dev/null >/dev/null 2>&1 || \
		{ echo "$${h%:*}.h not found: install $${h#*:}" >&2; exit 1; }; done
	@touch $@

$(BUILD)/gen/%.h: % scripts/embed
	@mkdir -p $(@D)
	$(call run,embed,$<) scripts/embed $< >$@

$(OBJECTS): | $(HEADERS) $(BUILD)/have-headers
$(OBJECTS): $(BUILD)/obj/%.o: %.c
	@mkdir -p $(@D)
	$(call run,cc,$<) $(compile) $(cflags_$(call source_of,$<)) -MMD -MP -c -o $@ $<

$(BUILD)/lib/%.a:
	@mkdir -p $(@D)
	@rm -f $@
	$(call run,ar,$@) $(AR) rcs $@ $(filter %.o,$^)

# The folder itself is there because a file that left it must leave the archive too.
define archive_rule
$(call archive,$1): $(call object,$(call members,$1)) $1
endef
$(foreach d,$(FOLDERS),$(if $(call archive,$d),$(eval $(call archive_rule,$d))))

# From left to right as includes go: own folder, source folders, schema, schema/base, libraries.
# What transform takes from the folders of sources is PLAIN: archives give no more than is asked for.
define program_rule
$(BUILD)/bin/$(notdir $(1:.c=)): $(call object,$1) $(call archives,\
	$(filter-out schema schema/base schema/$2,$(patsubst %/,%,$(dir $1))) \
	$(or $(if $2,schema/$2),$(if $(filter transform/%,$1),$(SOURCE_FOLDERS))) schema schema/base)
	@mkdir -p $$(@D)
	$$(call run,link,$$@) $$(link) -o $$@ $$^ $$(libs_$2) $$(OUR_LIBS)
endef
$(foreach f,$(PROGRAM_C),$(eval $(call program_rule,$f,$(call source_of,$f))))

$(addprefix $(BUILD)/bin/,$(notdir $(SCRIPTS))): $(BUILD)/bin/%: scripts/%
	@mkdir -p $(@D)
	$(call run,cp,$@) cp $< $@
	@chmod 755 $@

$(UNITS): $(BUILD)/tests/%: $(BUILD)/obj/tests/unit/%.o \
	$(call archives,transform $(SOURCE_FOLDERS) schema schema/base)
	@mkdir -p $(@D)
	$(call run,link,$@) $(link) -o $@ $^ $(OUR_LIBS)

$(FUZZERS): $(BUILD)/bin/fuzz-%: $(BUILD)/obj/tests/fuzz/%.o \
	$(call archives,transform $(SOURCE_FOLDERS) schema schema/base)
	@mkdir -p $(@D)
	$(call run,link,$@) $(link) -fsanitize=fuzzer -o $@ $^ $(OUR_LIBS)

# The first directory is where libFuzzer puts what it finds: never the one in the tree.
RUNS := $(patsubst tests/fuzz/%.c,run-%,$(FUZZ_C))
.PHONY: $(RUNS)
run-fuzzers: $(RUNS)
fuzzers: $(FUZZERS)
$(RUNS): run-%: $(BUILD)/bin/fuzz-%
	@mkdir -p $(BUILD)/corpus/$*
	$(call run,fuzz,$*) $< -max_total_time=$(FUZZ_SECONDS) -artifact_prefix=$(BUILD)/crash-$*- \
		$(addprefix -dict=,$(wildcard tests/fuzz/$*.dict)) \
		$(BUILD)/corpus/$* $(wildcard tests/fuzz/corpus/$*) >$(BUILD)/$*.log 2>&1 || \
		{ tail -n 40 $(BUILD)/$*.log; exit 1; }
	@echo "$*: $$(grep '^Done ' $(BUILD)/$*.log)"

-include $(OBJECTS:.o=.d)
