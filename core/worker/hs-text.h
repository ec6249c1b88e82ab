/* hs-text.h - text of Python values, written without Python
 *
 * Copyright 2026 The Heapscape authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stdbool.h>
#include <stddef.h>

/* A text that grows in a buffer of the caller's. What does not fit is left
 * out, in whole characters.
 */
typedef struct
{
  char  *bytes;
  size_t size;
  size_t size_max;
  bool   is_cut;
} HsText;

void hs_text_init (HsText *self,
                   char   *buffer,
                   size_t  size);
void hs_text_add (HsText     *self,
                  const char *text);
void hs_text_add_format (HsText     *self,
                         const char *format,
                         ...) __attribute__ ((format (printf, 2, 3)));

/* The characters of a str; a NUL becomes U+2400, so that texts can end with one. */
void hs_text_add_str (HsText   *self,
                      PyObject *str);

/* As repr() writes them, but at most @n_max characters or bytes; then an
 * ellipsis stands before the closing quote.
 */
void hs_text_add_str_repr (HsText    *self,
                           PyObject  *str,
                           Py_ssize_t n_max);
void hs_text_add_bytes_repr (HsText     *self,
                             const char *bytes,
                             Py_ssize_t  size,
                             Py_ssize_t  n_max);

/* As repr() writes it, in whatever locale. */
void hs_text_add_double (HsText *self,
                         double  value);

/* Exact below 2 to the 120th, else "int, N bits" and cut. */
void hs_text_add_int (HsText   *self,
                      PyObject *integer);
