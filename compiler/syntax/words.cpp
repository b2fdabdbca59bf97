#include <array>

#include "compiler/syntax/syntax.h"

namespace tocsin::syntax {
namespace {

constexpr std::array kExprWords = {
#define TOCSIN_EXPR(name) std::string_view(#name),
#include "compiler/syntax/nodes.def"
#undef TOCSIN_EXPR
};

constexpr std::array kClauseWords = {
#define TOCSIN_CLAUSE(name) std::string_view(#name),
#include "compiler/syntax/nodes.def"
#undef TOCSIN_CLAUSE
};

constexpr std::array kOperatorTexts = {
#define TOCSIN_OPERATOR(name, text) std::string_view(text),
#include "compiler/syntax/nodes.def"
#undef TOCSIN_OPERATOR
};

}  // namespace

std::string_view Word(ExprKind kind) { return kExprWords[static_cast<std::size_t>(kind)]; }
std::string_view Word(ClauseKind kind) { return kClauseWords[static_cast<std::size_t>(kind)]; }
std::string_view Text(Operator op) { return kOperatorTexts[static_cast<std::size_t>(op)]; }

}  // namespace tocsin::syntax
