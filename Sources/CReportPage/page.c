#include "CReportPage.h"

// The static parts of the HTML report: report.css and report.js.

static const unsigned char style[] = {
#embed "report.css"
};

static const unsigned char script[] = {
#embed "report.js"
};

const unsigned char *requisite_report_style(size_t *count) {
  *count = sizeof(style);
  return style;
}

const unsigned char *requisite_report_script(size_t *count) {
  *count = sizeof(script);
  return script;
}
