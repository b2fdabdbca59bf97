// A policy to the handbook that people read: who is on call, how bad things are and who is asked
// next, every rule, what is measured, whatever else is declared, and what must be true. It is made
// of the typed policy and of the machines it expands into and of nothing else, so that it says what
// the compiled policy does. The same policy gives the same document.
#pragma once

#include "compiler/doc/book.h"
#include "compiler/doc/document.h"

namespace tocsin::doc {

Document Handbook(const BookInput& input);

}  // namespace tocsin::doc
