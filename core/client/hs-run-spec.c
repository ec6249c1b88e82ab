/* hs-run-spec.c - everything that decides a run
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-run-spec.h"
#include "hs-run-spec-private.h"

struct _HsRunSpec
{
  GBytes   *source;
  GFile    *file; /* NULL: pasted, or standard input */
  char     *display_name;
  HsPython *python; /* NULL: the default */
  char    **args;

  guint64 timeout_ms;   /* 0: none */
  guint64 memory_limit; /* bytes; 0: none */
  guint64 output_limit; /* bytes of each stream */

  GBytes  *stdin_bytes; /* NULL: empty */
  gboolean stdin_interactive;

  HsPermissions *permissions;

  gboolean trace;
  gboolean all_objects;
  HsPass   pass;
  gboolean no_snapshot; /* not even at the end */
  GArray  *lines;       /* guint: that are marked */
};

HsRunSpec *
hs_run_spec_new (GBytes     *source,
                 GFile      *file,
                 const char *display_name)
{
  HsRunSpec *self;

  g_return_val_if_fail (source != NULL, NULL);
  g_return_val_if_fail (file == NULL || G_IS_FILE (file), NULL);
  g_return_val_if_fail (display_name != NULL, NULL);

  self = g_atomic_rc_box_new0 (HsRunSpec);
  self->source = g_bytes_ref (source);
  g_set_object (&self->file, file);
  self->display_name = g_utf8_make_valid (display_name, -1);
  self->args = g_new0 (char *, 1);
  self->timeout_ms = HS_DEFAULT_TIMEOUT_MS;
  self->memory_limit = HS_DEFAULT_MEMORY_LIMIT;
  self->output_limit = HS_DEFAULT_OUTPUT_LIMIT;
  self->trace = TRUE;
  self->permissions = hs_permissions_new ();
  self->lines = g_array_new (FALSE, FALSE, sizeof (guint));

  return self;
}

/* All but the source, and what depends on the pass. */
static HsRunSpec *
new_pass (HsRunSpec *self,
          GBytes    *source,
          HsPass     pass)
{
  HsRunSpec *other = hs_run_spec_new (source, self->file, self->display_name);

  hs_run_spec_set_python (other, self->python);
  hs_run_spec_set_args (other, (const char *const *)self->args);
  hs_run_spec_set_stdin (other, self->stdin_bytes);
  hs_run_spec_set_permissions (other, self->permissions);
  other->timeout_ms = self->timeout_ms;
  other->memory_limit = self->memory_limit;
  other->output_limit = self->output_limit;
  other->trace = FALSE;
  other->pass = pass;

  return other;
}

HsRunSpec *
hs_run_spec_new_timing (HsRunSpec *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return new_pass (self, self->source, HS_PASS_TIMING);
}

HsRunSpec *
hs_run_spec_new_counting (HsRunSpec *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return new_pass (self, self->source, HS_PASS_COUNTING);
}

HsRunSpec *
hs_run_spec_new_result (HsRunSpec *self)
{
  HsRunSpec *other;

  g_return_val_if_fail (self != NULL, NULL);

  other = new_pass (self, self->source, HS_PASS_RESULT);
  other->no_snapshot = TRUE;

  return other;
}

HsRunSpec *
_hs_run_spec_new_for_source (HsRunSpec *self,
                             GBytes    *source)
{
  HsRunSpec *other = new_pass (self, source, self->pass);

  other->trace = self->trace;
  other->all_objects = self->all_objects;
  other->no_snapshot = self->no_snapshot;
  hs_run_spec_set_marks (other, (const guint *)(gpointer)self->lines->data, self->lines->len);

  return other;
}

void
_hs_run_spec_set_no_snapshot (HsRunSpec *self)
{
  self->no_snapshot = TRUE;
}

gboolean
_hs_run_spec_get_no_snapshot (HsRunSpec *self)
{
  return self->no_snapshot;
}

HsRunSpec *
hs_run_spec_ref (HsRunSpec *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

static void
run_spec_clear (gpointer data)
{
  HsRunSpec *self = data;

  g_bytes_unref (self->source);
  g_clear_object (&self->file);
  hs_permissions_free (self->permissions);
  g_free (self->display_name);
  g_clear_pointer (&self->python, hs_python_unref);
  g_strfreev (self->args);
  g_clear_pointer (&self->stdin_bytes, g_bytes_unref);
  g_array_unref (self->lines);
}

void
hs_run_spec_unref (HsRunSpec *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, run_spec_clear);
}

void
hs_run_spec_set_python (HsRunSpec *self,
                        HsPython  *python)
{
  g_return_if_fail (self != NULL);

  if (python != NULL)
    hs_python_ref (python);
  g_clear_pointer (&self->python, hs_python_unref);
  self->python = python;
}

void
hs_run_spec_set_args (HsRunSpec         *self,
                      const char *const *args)
{
  g_return_if_fail (self != NULL);

  g_strfreev (self->args);
  self->args = args != NULL ? g_strdupv ((char **)args) : g_new0 (char *, 1);
}

void
hs_run_spec_set_timeout (HsRunSpec *self,
                         guint64    timeout_ms)
{
  g_return_if_fail (self != NULL);

  self->timeout_ms = timeout_ms;
}

void
hs_run_spec_set_memory_limit (HsRunSpec *self,
                              guint64    bytes)
{
  g_return_if_fail (self != NULL);

  self->memory_limit = bytes;
}

void
hs_run_spec_set_output_limit (HsRunSpec *self,
                              guint64    bytes)
{
  g_return_if_fail (self != NULL);

  self->output_limit = bytes;
}

void
hs_run_spec_set_stdin (HsRunSpec *self,
                       GBytes    *bytes)
{
  g_return_if_fail (self != NULL);

  if (bytes != NULL)
    g_bytes_ref (bytes);
  g_clear_pointer (&self->stdin_bytes, g_bytes_unref);
  self->stdin_bytes = bytes;
}

void
hs_run_spec_set_stdin_interactive (HsRunSpec *self,
                                   gboolean   interactive)
{
  g_return_if_fail (self != NULL);

  self->stdin_interactive = !!interactive;
}

void
hs_run_spec_set_permissions (HsRunSpec           *self,
                             const HsPermissions *permissions)
{
  HsPermissions *copy;

  g_return_if_fail (self != NULL);
  g_return_if_fail (permissions != NULL);

  copy = hs_permissions_copy (permissions);
  hs_permissions_free (self->permissions);
  self->permissions = copy;
}

const HsPermissions *
hs_run_spec_get_permissions (HsRunSpec *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->permissions;
}

void
hs_run_spec_set_trace (HsRunSpec *self,
                       gboolean   trace)
{
  g_return_if_fail (self != NULL);

  self->trace = !!trace;
}

void
hs_run_spec_set_all_objects (HsRunSpec *self,
                             gboolean   all_objects)
{
  g_return_if_fail (self != NULL);

  self->all_objects = !!all_objects;
}

void
hs_run_spec_set_marks (HsRunSpec   *self,
                       const guint *lines,
                       guint        n_lines)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (lines != NULL || n_lines == 0);

  g_array_set_size (self->lines, 0);
  if (n_lines != 0)
    g_array_append_vals (self->lines, lines, n_lines);
}

GBytes *
hs_run_spec_get_source (HsRunSpec *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->source;
}

GFile *
hs_run_spec_get_file (HsRunSpec *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->file;
}

const char *
hs_run_spec_get_display_name (HsRunSpec *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->display_name;
}

HsPython *
hs_run_spec_get_python (HsRunSpec *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->python;
}

guint64
hs_run_spec_get_timeout (HsRunSpec *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->timeout_ms;
}

guint64
hs_run_spec_get_memory_limit (HsRunSpec *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->memory_limit;
}

guint64
hs_run_spec_get_output_limit (HsRunSpec *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->output_limit;
}

gboolean
hs_run_spec_get_trace (HsRunSpec *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->trace;
}

gboolean
hs_run_spec_get_all_objects (HsRunSpec *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->all_objects;
}

const char *const *
_hs_run_spec_get_args (HsRunSpec *self)
{
  return (const char *const *)self->args;
}

GBytes *
_hs_run_spec_get_stdin (HsRunSpec *self)
{
  return self->stdin_bytes;
}

gboolean
_hs_run_spec_get_stdin_interactive (HsRunSpec *self)
{
  return self->stdin_interactive;
}

const guint *
_hs_run_spec_get_lines (HsRunSpec *self,
                        guint     *n_lines)
{
  *n_lines = self->lines->len;

  return (const guint *)(gpointer)self->lines->data;
}

HsPass
_hs_run_spec_get_pass (HsRunSpec *self)
{
  return self->pass;
}

char *
_hs_run_spec_dup_file_name (HsRunSpec *self)
{
  char *path = self->file != NULL ? g_file_get_path (self->file) : NULL;

  return path != NULL ? path : g_strdup (self->display_name);
}

char *
_hs_run_spec_dup_folder (HsRunSpec *self)
{
  g_autofree char *path = self->file != NULL ? g_file_get_path (self->file) : NULL;

  return path != NULL ? g_path_get_dirname (path) : NULL;
}
