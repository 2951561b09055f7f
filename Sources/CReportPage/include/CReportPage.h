#ifndef REQUISITE_REPORT_PAGE_H
#define REQUISITE_REPORT_PAGE_H

#include <stddef.h>

/// The style of the HTML report. `count` is set to its number of bytes.
const unsigned char *requisite_report_style(size_t *count);

/// The script of the HTML report. `count` is set to its number of bytes.
const unsigned char *requisite_report_script(size_t *count);

#endif
