// The functions are in the header, so that they are inlined; a target needs a source file all the same.
#include "text_scan.h"
