#define _GNU_SOURCE
#include "CPlatform.h"

#include <time.h>

int requisite_second_of_day(void) {
  time_t moment = time(NULL);
  struct tm parts;
  if (!localtime_r(&moment, &parts)) return -1;
  return (parts.tm_hour * 60 + parts.tm_min) * 60 + parts.tm_sec;
}
