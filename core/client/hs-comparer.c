/* hs-comparer.c - runs variants of code against each other
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-comparer.h"

#include <glib/gi18n-lib.h>

#include "hs-comparer-plan-private.h"
#include "hs-contestant-private.h"
#include "hs-error.h"
#include "hs-result-check-private.h"
#include "hs-run-spec-private.h"
#include "hs-runner.h"
#include "hs-sweep-points-private.h"
#include "hs-variants.h"

struct _HsComparer
{
  GObject parent_instance;

  HsRunSpec  *spec;       /* of the file with variants, or of the first of two */
  HsVariants *variants;   /* NULL: two files */
  GPtrArray  *entries;    /* HsContestant */
  char       *problem;    /* why there is nothing to compare; NULL: there is */
  guint       least;      /* timing passes of each */
  guint       budget_ms;  /* of all of them */
  gboolean    is_running; /* the call waits for its result */

  HsComparerPlan plan;
  HsPassPlace    place;  /* of the pass that is running */
  HsRunner      *runner; /* NULL: none is */
  HsSweepPoints *points; /* NULL: nothing is swept */

  /* As in HsRunner: no reference on self is held for the call. */
  GAsyncReadyCallback callback;
  gpointer            user_data;
  GCancellable       *cancellable;
};

enum
{
  SIGNAL_PROGRESS,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (HsComparer, hs_comparer, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static HsContestant *
get_entry (HsComparer *self,
           guint       i)
{
  return g_ptr_array_index (self->entries, i);
}

/* ---- The end ---- */

/* Answers the call with @comparison (transfer full) or @error (transfer full). */
static void
return_result (HsComparer   *self,
               HsComparison *comparison,
               GError       *error)
{
  g_autoptr(GTask) task = g_task_new (self, NULL, self->callback, self->user_data);

  g_task_set_source_tag (task, hs_comparer_run_async);
  self->is_running = FALSE;
  if (comparison != NULL)
    g_task_return_pointer (task, comparison, (GDestroyNotify)hs_comparison_unref);
  else
    g_task_return_error (task, error);
}

static HsPictureInfo *
make_info (HsComparer *self)
{
  HsPictureInfo *info = hs_run_dup_picture_info (get_entry (self, 0)->run);
  g_autoptr(HsSource) source = hs_source_new (hs_run_spec_get_source (self->spec));

  g_free (info->method);
  info->method = g_strdup (_("Each variant in processes of its own: bytes and counts from the "
                             "ledger of all allocations, times and RSS from passes without it"));
  g_clear_pointer (&info->figures, g_free);
  g_clear_pointer (&info->status, g_free);
  if (hs_source_get_text (source) != NULL)
    {
      g_free (info->source);
      info->source = g_strdup (hs_source_get_text (source));
    }

  return info;
}

static HsComparison *
conclude (HsComparer *self)
{
  GPtrArray *variants = g_ptr_array_new_with_free_func ((GDestroyNotify)hs_variant_free);
  HsSweep   *sweep = self->points != NULL ? _hs_sweep_points_conclude (self->points) : NULL;

  for (guint i = 0; i < self->entries->len; i++)
    g_ptr_array_add (variants,
                     _hs_contestant_conclude (get_entry (self, i), get_entry (self, 0)));

  return hs_comparison_new (variants, sweep, make_info (self));
}

/* ---- One pass ---- */

/* Whether it can still say something. */
static gboolean
is_wanted (HsComparer        *self,
           const HsPassPlace *place)
{
  HsContestant *entry = get_entry (self, place->variant);
  HsContestant *baseline = get_entry (self, 0);

  switch (place->stage)
    {
    case HS_STAGE_TRACE:
      return TRUE;

    case HS_STAGE_COUNT:
      return _hs_contestant_is_ok (entry) &&
             (place->round == 0 || _hs_contestant_was_watched (entry));

    case HS_STAGE_RESULT:
      return _hs_contestant_is_ok (entry);

    case HS_STAGE_CHECK:
      return entry != baseline && entry->kept != NULL && baseline->kept != NULL &&
             _hs_result_check_is_needed (baseline->kept, entry->kept, &entry->sameness,
                                         &entry->difference);

    case HS_STAGE_TIME:
      return _hs_contestant_is_ok (entry) && !entry->is_out;

    case HS_STAGE_SWEEP:
    case HS_STAGE_SWEEP_TIME:
      return hs_run_get_status (entry->run) != HS_STATUS_SYNTAX_ERROR &&
             _hs_sweep_points_is_wanted (self->points, place->variant, place->value,
                                         place->stage == HS_STAGE_SWEEP_TIME);

    case HS_STAGE_DONE:
    default:
      return FALSE;
    }
}

/* The program with another number in it. */
static HsRunSpec *
new_swept (HsComparer        *self,
           const HsPassPlace *place)
{
  g_autoptr(GBytes) source = hs_variants_dup_source (self->variants, place->variant, place->value);
  g_autoptr(HsRunSpec) base = NULL;

  base = _hs_run_spec_new_for_source (get_entry (self, place->variant)->spec, source);
  if (place->stage == HS_STAGE_SWEEP)
    return hs_run_spec_new_counting (base);

  return hs_run_spec_new_timing (base);
}

static HsRunSpec *
new_spec (HsComparer        *self,
          const HsPassPlace *place)
{
  HsContestant *entry = get_entry (self, place->variant);
  HsRunSpec    *spec;

  switch (place->stage)
    {
    case HS_STAGE_COUNT:
      return hs_run_spec_new_counting (entry->spec);

    case HS_STAGE_RESULT:
      return hs_run_spec_new_result (entry->spec);

    case HS_STAGE_CHECK:
      return _hs_result_check_new_spec (get_entry (self, 0)->kept, entry->kept);

    case HS_STAGE_TIME:
      spec = hs_run_spec_new_timing (entry->spec);
      _hs_run_spec_set_no_snapshot (spec);
      return spec;

    case HS_STAGE_SWEEP:
      return new_swept (self, place);

    case HS_STAGE_SWEEP_TIME:
      spec = new_swept (self, place);
      _hs_run_spec_set_no_snapshot (spec);
      return spec;

    case HS_STAGE_TRACE:
    case HS_STAGE_DONE:
    default:
      return hs_run_spec_ref (entry->spec);
    }
}

static void
take_run (HsComparer        *self,
          const HsPassPlace *place,
          HsRun             *run)
{
  HsContestant *entry = get_entry (self, place->variant);

  switch (place->stage)
    {
    case HS_STAGE_TRACE:
      entry->run = hs_run_ref (run);
      break;

    case HS_STAGE_COUNT:
      entry->counting[place->round] = hs_run_ref (run);
      break;

    case HS_STAGE_RESULT:
      entry->kept = hs_run_ref (run);
      break;

    case HS_STAGE_CHECK:
      entry->sameness = _hs_result_check_read (run, &entry->difference);
      break;

    case HS_STAGE_TIME:
      _hs_contestant_take_time (entry, run);
      break;

    case HS_STAGE_SWEEP:
      _hs_sweep_points_take_counts (self->points, place->variant, place->value, run);
      break;

    case HS_STAGE_SWEEP_TIME:
      _hs_sweep_points_take_time (self->points, place->variant, place->value, run);
      break;

    case HS_STAGE_DONE:
    default:
      break;
    }
}

/* What is going on, translated. Returns: (transfer full) */
static char *
describe (HsComparer        *self,
          const HsPassPlace *place)
{
  const char           *name = get_entry (self, place->variant)->name;
  const HsVariantSweep *sweep;

  switch (place->stage)
    {
    case HS_STAGE_TRACE:
      /* translators: %s is the name of a variant; likewise below */
      return g_strdup_printf (_("Measuring the bytes of “%s”"), name);

    case HS_STAGE_COUNT:
      return g_strdup_printf (_("Measuring “%s” again, for what varies by itself"), name);

    case HS_STAGE_RESULT:
      return g_strdup_printf (_("Keeping the result of “%s”"), name);

    case HS_STAGE_CHECK:
      return g_strdup_printf (_("Comparing the result of “%s”"), name);

    case HS_STAGE_TIME:
      return g_strdup_printf (_("Taking the time of “%1$s”, round %2$u"), name, place->round + 1);

    case HS_STAGE_SWEEP:
    case HS_STAGE_SWEEP_TIME:
    case HS_STAGE_DONE:
    default:
      sweep = hs_variants_get_sweep (self->variants);
      /* translators: %1$s is the name of a variant, then a constant and its value: N = 1000 */
      return g_strdup_printf (place->stage == HS_STAGE_SWEEP
                              ? _("Measuring “%1$s” with %2$s = %3$s")
                              : _("Taking the time of “%1$s” with %2$s = %3$s"),
                                   name, sweep->name, sweep->texts[place->value]);
    }
}

static void
tell_progress (HsComparer *self)
{
  g_autofree char *what = describe (self, &self->place);
  guint            done, total;

  _hs_comparer_plan_get_progress (&self->plan, g_get_monotonic_time (), &done, &total);
  g_signal_emit (self, signals[SIGNAL_PROGRESS], 0, done, total, what);
}

/* ---- From pass to pass ---- */

static void go_on (HsComparer *self);

static void
run_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  GWeakRef *weak = user_data;
  g_autoptr(HsComparer) self = g_weak_ref_get (weak);
  g_autoptr(GError) error = NULL;
  g_autoptr(HsRun) run = hs_runner_run_finish (HS_RUNNER (object), result, &error);

  g_weak_ref_clear (weak);
  g_free (weak);
  if (self == NULL || !self->is_running || self->runner != HS_RUNNER (object))
    return;

  g_clear_object (&self->runner);
  if (run == NULL)
    {
      return_result (self, NULL, g_steal_pointer (&error));
      return;
    }

  take_run (self, &self->place, run);
  go_on (self);
}

static void
output_cb (HsRunner   *runner,
           int         stream,
           GBytes     *bytes,
           HsComparer *self)
{
  if (stream == HS_STREAM_STDOUT)
    _hs_contestant_take_output (get_entry (self, self->place.variant), bytes);
}

static void
start_pass (HsComparer *self)
{
  g_autoptr(HsRunSpec) spec = new_spec (self, &self->place);
  GWeakRef *weak = g_new0 (GWeakRef, 1);

  g_weak_ref_init (weak, self);
  self->runner = hs_runner_new (spec);
  if (self->place.stage == HS_STAGE_TRACE)
    g_signal_connect_object (self->runner, "output", G_CALLBACK (output_cb), self, 0);
  hs_runner_run_async (self->runner, self->cancellable, run_cb, weak);
}

/* The caller holds a reference. */
static void
go_on (HsComparer *self)
{
  do
    {
      if (!_hs_comparer_plan_next (&self->plan, g_get_monotonic_time (), &self->place))
        {
          return_result (self, conclude (self), NULL);
          return;
        }
    }
  while (!is_wanted (self, &self->place));

  tell_progress (self);
  /* A handler may have let go of it. */
  if (self->is_running)
    start_pass (self);
}

static gboolean
start_cb (gpointer user_data)
{
  GWeakRef *weak = user_data;
  g_autoptr(HsComparer) self = g_weak_ref_get (weak);

  if (self != NULL && self->is_running)
    go_on (self);

  return G_SOURCE_REMOVE;
}

static void
weak_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

/* Signals come from the main loop only. */
static void
start_soon (HsComparer *self)
{
  g_autoptr(GMainContext) context = g_main_context_ref_thread_default ();
  g_autoptr(GSource) source = g_idle_source_new ();
  GWeakRef *weak = g_new0 (GWeakRef, 1);

  g_weak_ref_init (weak, self);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, start_cb, weak, weak_free);
  g_source_attach (source, context);
}

/* ---- The object ---- */

static void
hs_comparer_dispose (GObject *object)
{
  HsComparer *self = HS_COMPARER (object);

  if (self->runner != NULL)
    g_object_run_dispose (G_OBJECT (self->runner));
  g_clear_object (&self->runner);
  if (self->is_running)
    return_result (self, NULL,
                   g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED,
                                        _("The comparison was cancelled")));

  G_OBJECT_CLASS (hs_comparer_parent_class)->dispose (object);
}

static void
hs_comparer_finalize (GObject *object)
{
  HsComparer *self = HS_COMPARER (object);

  g_clear_pointer (&self->spec, hs_run_spec_unref);
  g_clear_pointer (&self->variants, hs_variants_free);
  g_clear_pointer (&self->points, _hs_sweep_points_free);
  g_clear_object (&self->cancellable);
  g_ptr_array_unref (self->entries);
  g_free (self->problem);

  G_OBJECT_CLASS (hs_comparer_parent_class)->finalize (object);
}

static void
hs_comparer_class_init (HsComparerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hs_comparer_dispose;
  object_class->finalize = hs_comparer_finalize;

  signals[SIGNAL_PROGRESS] = g_signal_new ("progress", HS_TYPE_COMPARER, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 3, G_TYPE_UINT,
                                           G_TYPE_UINT, G_TYPE_STRING);
}

static void
hs_comparer_init (HsComparer *self)
{
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify)_hs_contestant_free);
  self->least = HS_COMPARE_N_TIMES_MIN;
  self->budget_ms = HS_COMPARE_BUDGET_MS;
}

/* Whatever the spec says of tracing: the first pass is one. Returns: (transfer full) */
static HsRunSpec *
new_traced (HsRunSpec *spec,
            GBytes    *source)
{
  HsRunSpec *traced = _hs_run_spec_new_for_source (spec, source);

  hs_run_spec_set_trace (traced, TRUE);

  return traced;
}

static void
add_variant (HsComparer *self,
             guint       i)
{
  g_autoptr(GBytes) source = hs_variants_dup_source (self->variants, i, HS_NO_VALUE);
  const HsVariantSection *section = NULL;
  HsContestant           *entry;

  if (hs_variants_get_n (self->variants) > 0)
    section = hs_variants_get (self->variants, i);
  entry = _hs_contestant_new (section != NULL ? section->name
                                              : hs_run_spec_get_display_name (self->spec),
                              new_traced (self->spec, source));
  if (section != NULL)
    {
      entry->first_line = section->first_line;
      entry->last_line = section->last_line;
    }
  g_ptr_array_add (self->entries, entry);
}

/* What keeps all of it from running; NULL if nothing does. Returns: (transfer full) */
static char *
find_problem (HsComparer *self)
{
  guint n = hs_variants_get_n (self->variants);

  if (n >= 2 || hs_variants_get_sweep (self->variants) != NULL)
    return NULL;

  if (hs_variants_get_n_problems (self->variants) > 0)
    {
      guint       line;
      const char *problem = hs_variants_get_problem (self->variants, 0, &line);

      /* translators: a line of the code, and a sentence that says what is wrong there */
      return g_strdup_printf (_("There is nothing to compare. Line %1$u: %2$s"), line, problem);
    }
  if (n == 1)
    return g_strdup (_("There is only one variant, and nothing to compare it with: write “# %% "
                       "NAME” above each of them."));

  return g_strdup (_("There is nothing to compare: write “# %% NAME” above each variant of the "
                     "code, or choose a second file."));
}

HsComparer *
hs_comparer_new (HsRunSpec *spec)
{
  HsComparer *self;
  g_autoptr(HsSource) source = NULL;

  g_return_val_if_fail (spec != NULL, NULL);

  self = g_object_new (HS_TYPE_COMPARER, NULL);
  source = hs_source_new (hs_run_spec_get_source (spec));
  self->spec = hs_run_spec_ref (spec);
  self->variants = hs_variants_new (source);
  self->problem = find_problem (self);
  for (guint i = 0; i < MAX (hs_variants_get_n (self->variants), 1); i++)
    add_variant (self, i);

  return self;
}

HsComparer *
hs_comparer_new_for_two (HsRunSpec         *first,
                         HsRunSpec         *second,
                         const char *const *names)
{
  HsRunSpec  *specs[] = { first, second };
  HsComparer *self;

  g_return_val_if_fail (first != NULL && second != NULL, NULL);

  self = g_object_new (HS_TYPE_COMPARER, NULL);
  self->spec = hs_run_spec_ref (first);
  for (gsize i = 0; i < G_N_ELEMENTS (specs); i++)
    g_ptr_array_add (self->entries,
                     _hs_contestant_new (names != NULL ? names[i]
                                                       : hs_run_spec_get_display_name (specs[i]),
                                         new_traced (specs[i],
                                                     hs_run_spec_get_source (specs[i]))));

  return self;
}

void
hs_comparer_set_timing (HsComparer *self,
                        guint       least,
                        guint       budget_ms)
{
  g_return_if_fail (HS_IS_COMPARER (self));
  g_return_if_fail (!self->is_running);

  self->least = least;
  self->budget_ms = budget_ms;
}

void
hs_comparer_run_async (HsComparer         *self,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  const HsVariantSweep *sweep;
  guint                 n;

  g_return_if_fail (HS_IS_COMPARER (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));
  g_return_if_fail (!self->is_running && self->plan.n_variants == 0);

  self->callback = callback;
  self->user_data = user_data;
  self->is_running = TRUE;
  g_set_object (&self->cancellable, cancellable);

  if (self->problem != NULL)
    {
      return_result (self, NULL,
                     g_error_new_literal (HS_ERROR, HS_ERROR_VARIANTS, self->problem));
      return;
    }

  n = self->entries->len;
  sweep = self->variants != NULL ? hs_variants_get_sweep (self->variants) : NULL;
  if (sweep != NULL)
    self->points = _hs_sweep_points_new (sweep->name, sweep->values, sweep->n_values, n);
  _hs_comparer_plan_init (&self->plan, n, sweep != NULL ? sweep->n_values : 0, self->least,
                          self->budget_ms);
  start_soon (self);
}

HsComparison *
hs_comparer_run_finish (HsComparer   *self,
                        GAsyncResult *result,
                        GError      **error)
{
  g_return_val_if_fail (HS_IS_COMPARER (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, hs_comparer_run_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

HsRun *
hs_comparer_get_run (HsComparer *self,
                     guint       variant)
{
  g_return_val_if_fail (HS_IS_COMPARER (self), NULL);

  return variant < self->entries->len ? get_entry (self, variant)->run : NULL;
}
