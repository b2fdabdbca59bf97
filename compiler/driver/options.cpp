#include "compiler/driver/options.h"

#include <boost/program_options.hpp>

#include <fmt/format.h>

#include <sstream>

#include "compiler/driver/command.h"

namespace tocsin::driver {

namespace po = boost::program_options;

struct Options::Implementation {
  po::options_description visible{"options", 80};
  po::variables_map values;
};

Options::Options(std::string usage, std::string about)
    : implementation_(std::make_unique<Implementation>()),
      usage_(std::move(usage)),
      about_(std::move(about)) {
  Flag("help", "show this");
}
Options::~Options() = default;

Options& Options::Flag(const char* name, const char* help) {
  implementation_->visible.add_options()(name, help);
  return *this;
}

Options& Options::Value(const char* name, const char* value, const char* help) {
  implementation_->visible.add_options()(name, po::value<std::string>()->value_name(value), help);
  return *this;
}

Options& Options::Values(const char* name, const char* value, const char* help) {
  implementation_->visible.add_options()(
      name, po::value<std::vector<std::string>>()->composing()->value_name(value), help);
  return *this;
}

Options& Options::Positional(const char* name, std::size_t least, std::size_t most) {
  positional_name_ = name;
  least_ = least;
  most_ = most;
  return *this;
}

bool Options::Parse(const std::vector<std::string>& arguments) {
  po::options_description all;
  all.add(implementation_->visible);
  all.add_options()("positional", po::value<std::vector<std::string>>());
  po::positional_options_description positions;
  positions.add("positional", -1);
  try {
    const auto style =
        po::command_line_style::default_style & ~po::command_line_style::allow_guessing;
    po::store(
        po::command_line_parser(arguments).options(all).positional(positions).style(style).run(),
        implementation_->values);
    po::notify(implementation_->values);
  } catch (const po::error& problem) {
    exit_code_ = Refuse(problem.what());
    return false;
  }
  if (Has("help")) {
    std::ostringstream shown;
    shown << implementation_->visible;
    fmt::print("usage: tocsin {}\n\n{}\n\n{}", usage_, about_, shown.str());
    return false;
  }
  if (Has("positional"))
    positional_ = implementation_->values["positional"].as<std::vector<std::string>>();
  if (positional_.size() < least_) {
    exit_code_ = Refuse(fmt::format("{} is missing", positional_name_));
    return false;
  }
  if (positional_.size() > most_) {
    exit_code_ = Refuse(fmt::format("`{}` is too much here", positional_[most_]));
    return false;
  }
  return true;
}

bool Options::Has(const char* name) const { return implementation_->values.count(name) > 0; }

std::string Options::Get(const char* name, std::string_view otherwise) const {
  return Has(name) ? implementation_->values[name].as<std::string>() : std::string(otherwise);
}

std::vector<std::string> Options::GetAll(const char* name) const {
  return Has(name) ? implementation_->values[name].as<std::vector<std::string>>()
                   : std::vector<std::string>();
}

int Options::Refuse(std::string_view why) const {
  fmt::print(stderr, "tocsin: {}\nusage: tocsin {}\n", why, usage_);
  return kUsage;
}

}  // namespace tocsin::driver
