/* hs-strings-page.h - the texts that are shown, and who refers to each
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "hs-strings.h"

G_BEGIN_DECLS

typedef struct
{
  HsStringsOrder     order;
  gboolean           with_names;  /* what only code and names refer to, too */
  gboolean           only_copies; /* only values of which there are several objects */
  const char *const *focus;       /* only what variables of these names lead to; NULL: all */
  guint32            max_rows;
  guint32            object; /* its value is shown in any case; or HS_NO_OBJECT */
  /* (nullable): value → how many copies, and references to each, more than usual */
  GHashTable *opened;
} HsStringsPageOptions;

/* What keeps one object of a text, or nothing. Each has a sign. */
typedef enum
{
  HS_STRING_SIGN_LOOSE,    /* nothing: equal ones may be made at any time */
  HS_STRING_SIGN_CONSTANT, /* code */
  HS_STRING_SIGN_INTERNED, /* the table that holds each text once */
  HS_STRING_SIGN_STATIC,   /* Python itself: a cache inside libpython */
  HS_N_STRING_SIGNS
} HsStringSign;

/* A name or a place from which a copy is referred to, as the code would write it. */
typedef struct
{
  char    *text;
  guint32  n_references; /* of which it speaks: several places of one container */
  gboolean is_quiet;     /* no data of the code: what holds the copy then */
} HsStringsLabel;

/* One object. */
typedef struct
{
  guint32      object;
  guint32      row;
  guint        first_label;
  guint        n_labels;
  guint64      n_left_out; /* references of data of which no label speaks */
  HsStringSign sign;
} HsStringsCopy;

/* One value. */
typedef struct
{
  guint32  value; /* for hs_strings_get() */
  guint    first_copy;
  guint    n_copies;
  guint32  n_copies_left_out;
  guint64  n_uses_left_out; /* of those copies */
  gboolean is_pinned;       /* shown for its object, wherever it stands in the order */
  gboolean is_open;
} HsStringsRow;

/* What is drawn and told: some rows, and sums of all others. Immutable. */
typedef struct
{
  HsStrings      *strings; /* owned */
  guint           n_rows;
  HsStringsRow   *rows;
  guint           n_copies;
  HsStringsCopy  *copies;
  guint           n_labels;
  HsStringsLabel *labels;

  HsStringSums shown;              /* of the values that are asked for, left out or not */
  HsStringSums left_out;           /* of these, those that are behind the last row */
  HsStringSums folded;             /* what only code and names refer to, unless asked for */
  guint32      n_folded_constants; /* of these, what only code holds as a constant */
  guint32      n_single;           /* values that are no row because they are one object */
  guint32      n_out_of_focus;
} HsStringsPage;

/* Returns: (transfer full) (nullable): NULL if cancelled; keeps a reference on
 * @strings
 */
HsStringsPage *hs_strings_page_new (HsStrings                  *strings,
                                    const HsStringsPageOptions *options,
                                    GCancellable               *cancellable);
void           hs_strings_page_free (HsStringsPage *self);

/* All below: (transfer full), translated. */

/* "interned when compiled", "made while running", "not interned" … */
char *hs_strings_page_dup_state (HsStringsPage *self,
                                 guint          copy);
/* "4 096 characters"; "" if it is not known. */
char *hs_strings_page_dup_length (HsStringsPage *self,
                                  guint          row);
/* "ASCII, 1 byte each"; NULL if it is not known. */
char *hs_strings_page_dup_width (HsStringsPage *self,
                                 guint          row);
/* Why the value is one object or several, as a sentence; "" if one reference
 * made it.
 */
char *hs_strings_page_dup_why (HsStringsPage *self,
                               guint          row);
/* "12 values in 16 objects, 14.2 KiB"; "sharing saves … now; sys.intern() would
 * save …"; what is counted. @is_exact: every digit.
 */
char *hs_strings_page_dup_totals (HsStringsPage *self,
                                  gboolean       is_exact);
char *hs_strings_page_dup_savings (HsStringsPage *self,
                                   gboolean       is_exact);
char *hs_strings_page_dup_method (HsStringsPage *self);
/* "… 412 names of variables, attributes and functions, 25 KiB"; NULL if none is
 * folded; "… 99 900 more values in 99 901 objects, 5.2 MiB"; NULL if none is left
 * out; what is not asked for; NULL.
 */
char *hs_strings_page_dup_folded (HsStringsPage *self);
char *hs_strings_page_dup_left_out (HsStringsPage *self);
char *hs_strings_page_dup_not_asked (HsStringsPage *self);
/* Of the objects of the row that are left out: "… 99 996 more objects", "… 99 996
 * more references" (of those), and their bytes, which stop at G_MAXINT64.
 */
char   *hs_strings_page_dup_more_copies (HsStringsPage *self,
                                         guint          row);
char   *hs_strings_page_dup_more_uses (HsStringsPage *self,
                                       guint          row);
guint64 hs_strings_page_get_more_bytes (HsStringsPage *self,
                                        guint          row);
/* "… 12 more references" to an object. */
char *hs_strings_page_dup_more_labels (HsStringsPage *self,
                                       guint          copy);

/* In one line; all facts about a value, about an object, in lines. */
char *hs_strings_page_name_row (HsStringsPage *self,
                                guint          row);
char *hs_strings_page_name_copy (HsStringsPage *self,
                                 guint          copy);
char *hs_strings_page_describe_row (HsStringsPage *self,
                                    guint          row);
char *hs_strings_page_describe_copy (HsStringsPage *self,
                                     guint          copy);

/* The whole, without addresses. */
char *hs_strings_page_to_text (HsStringsPage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HsStringsPage, hs_strings_page_free)

G_END_DECLS
