/* hs-page-map-cells.c - many pages in few cells, none lost
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hs-page-map-private.h"

/* Takes the pages @first to @end - 1 from one class to another. */
static void
move_pages (HsPageCells *self,
            guint32      first,
            guint32      end,
            HsPageClass  from,
            HsPageClass  to)
{
  guint32 size = 1u << self->shift;
  guint32 page;

  first = MAX (first, self->first_page);
  if (from == to || end <= first)
    return;

  page = first - self->first_page;
  end = MIN (end - self->first_page, self->n_pages);
  while (page < end)
    {
      guint32 cell = page >> self->shift;
      guint32 n = MIN (size - (page & (size - 1)), end - page);

      self->cells[cell].n[from] -= n;
      self->cells[cell].n[to] += n;
      page += n;
    }
}

void
hs_page_cells_init (HsPageCells  *self,
                    HsPageMap    *map,
                    guint         mapping,
                    const GArray *spans,
                    guint32       first_page,
                    guint32       n_pages,
                    guint         shift)
{
  HsPageClass rest;

  g_return_if_fail (map != NULL);
  g_return_if_fail (shift < 32);
  g_return_if_fail (n_pages <= G_MAXUINT32 - first_page);

  self->first_page = first_page;
  self->n_pages = n_pages;
  self->shift = shift;
  self->n_cells = (n_pages >> shift) + ((n_pages & ((1u << shift) - 1)) != 0);
  self->cells = g_new0 (HsPageCell, MAX (self->n_cells, 1));
  for (guint32 i = 0; i <= HS_PAGE_STATES; i++)
    self->classes[i] = (guint8)hs_page_map_get_class (map, mapping, i);

  rest = (HsPageClass)self->classes[0];
  for (guint32 i = 0; i < self->n_cells; i++)
    self->cells[i].n[rest] = MIN (1u << shift, n_pages - (i << shift));
  for (guint i = _hs_page_spans_find (spans, 0, first_page); i < spans->len; i++)
    {
      const HsPageSpan *span = &g_array_index (spans, HsPageSpan, i);

      if (span->first >= first_page + n_pages)
        break;
      move_pages (self, span->first, span->end, rest,
                  (HsPageClass)self->classes[span->state & HS_PAGE_STATES]);
    }
}

void
hs_page_cells_clear (HsPageCells *self)
{
  g_clear_pointer (&self->cells, g_free);
  self->n_cells = 0;
}

/* What a walk through the pages stands at. */
typedef struct
{
  const GArray *spans;
  guint         next; /* the span that ends behind the page */
} Place;

/* Returns: the state of @page; *@end is cut to where it ends */
static guint32
get_state (Place   *place,
           guint32  page,
           guint32 *end)
{
  const HsPageSpan *span;

  place->next = _hs_page_spans_find (place->spans, place->next, page);
  if (place->next >= place->spans->len)
    return 0;

  span = &g_array_index (place->spans, HsPageSpan, place->next);
  *end = MIN (*end, span->first > page ? span->first : span->end);

  return span->first <= page ? span->state & HS_PAGE_STATES : 0;
}

void
hs_page_cells_change (HsPageCells  *self,
                      HsPageMap    *map,
                      guint         sample,
                      const GArray *before,
                      const GArray *after)
{
  g_autoptr(GArray) changes = _hs_page_map_dup_sample (map, sample);
  Place was = { before, 0 };
  Place is = { after, 0 };

  for (guint i = 0; i < changes->len; i++)
    {
      const HsPageSpan *change = &g_array_index (changes, HsPageSpan, i);
      guint32           end;

      for (guint32 page = change->first; page < change->end; page = end)
        {
          guint32 from;
          guint32 to;

          end = change->end;
          from = get_state (&was, page, &end);
          to = get_state (&is, page, &end);
          move_pages (self, page, end, (HsPageClass)self->classes[from],
                      (HsPageClass)self->classes[to]);
        }
    }
}

HsPageClass
hs_page_cell_get_dominant (const HsPageCell *self)
{
  guint best = 0;

  for (guint i = 1; i < HS_N_PAGE_CLASSES; i++)
    if (self->n[i] >= self->n[best])
      best = i;

  return (HsPageClass)best;
}

/* The last: what was written stands above what was read, that above what was not. */
HsPageClass
hs_page_cell_get_odd (const HsPageCell *self)
{
  HsPageClass dominant = hs_page_cell_get_dominant (self);

  for (guint i = HS_N_PAGE_CLASSES; i > 0; i--)
    if (self->n[i - 1] > 0 && i - 1 != (guint)dominant)
      return (HsPageClass)(i - 1);

  return dominant;
}
