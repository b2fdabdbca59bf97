#include <utility>

#include "runtime/diagnostics/codes.h"
#include "runtime/history/readers.h"

namespace tocsin::history {
namespace {

namespace codes = diagnostics::codes;

std::unique_ptr<Reader> Choose(std::expected<std::unique_ptr<Input>, InputError> input,
                               const std::string& path, const Context& context,
                               const Options& options) {
  if (!input) {
    context.sink.Emit(codes::kCannotRead, {}, path, input.error().detail);
    return nullptr;
  }
  const std::optional<Format> format = options.format ? options.format : FormatOf(path);
  if (!format) {
    context.sink.Emit(codes::kUnknownHistoryFormat, {}, path)
        .Help(
            "end its name in `.om`, `.prom`, `.txt`, `.csv`, `.jsonl` or `.columns`, with `.zst` "
            "behind it or not");
    return nullptr;
  }
  switch (*format) {
    case Format::kOpenMetrics:
    case Format::kPrometheus:
      return ReadExposition(*std::move(input), path, context, options, *format);
    case Format::kCsv:
      return ReadCsv(*std::move(input), path, context, options);
    case Format::kJsonLines:
      return ReadJsonLines(*std::move(input), path, context);
    case Format::kColumns:
      return ReadColumns(*std::move(input), path, context);
  }
  return nullptr;
}

}  // namespace

std::optional<Format> FormatOf(std::string_view path) {
  if (path.ends_with(".zst")) path.remove_suffix(4);
  if (path.ends_with(".om")) return Format::kOpenMetrics;
  if (path.ends_with(".prom") || path.ends_with(".txt")) return Format::kPrometheus;
  if (path.ends_with(".csv")) return Format::kCsv;
  if (path.ends_with(".jsonl")) return Format::kJsonLines;
  if (path.ends_with(".columns")) return Format::kColumns;
  return std::nullopt;
}

std::unique_ptr<Reader> Open(const std::string& path, const Context& context,
                             const Options& options) {
  return Choose(OpenInput(path), path, context, options);
}

std::unique_ptr<Reader> OpenAs(const std::string& path, const std::string& name,
                               const Context& context, const Options& options) {
  return Choose(OpenInput(path), name, context, options);
}

std::unique_ptr<Reader> OpenText(const std::string& name, std::string_view data,
                                 const Context& context, const Options& options) {
  return Choose(OpenMemory(data), name, context, options);
}

}  // namespace tocsin::history
