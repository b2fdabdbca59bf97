// The arguments of one command. The only file, with its .cpp, that knows Boost.Program_options.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::driver {

class Options {
 public:
  // `usage` is the line after "usage: tocsin ", `about` a sentence or two for `--help`.
  Options(std::string usage, std::string about);
  ~Options();

  Options& Flag(const char* name, const char* help);
  Options& Value(const char* name, const char* value, const char* help);   // at most once
  Options& Values(const char* name, const char* value, const char* help);  // any number of times
  // What is given without a name: at least `least` and at most `most`.
  Options& Positional(const char* name, std::size_t least, std::size_t most);

  // False where the command is done: help was shown (exit 0), or the arguments made no sense (said
  // on standard error, exit 2). The exit code is then in `exit_code`.
  bool Parse(const std::vector<std::string>& arguments);
  int exit_code() const { return exit_code_; }

  bool Has(const char* name) const;
  std::string Get(const char* name, std::string_view otherwise = "") const;
  std::vector<std::string> GetAll(const char* name) const;
  const std::vector<std::string>& positional() const { return positional_; }

  // Says that an argument makes no sense and gives the exit code for it.
  int Refuse(std::string_view why) const;

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
  std::string usage_;
  std::string about_;
  std::string positional_name_;
  std::size_t least_ = 0;
  std::size_t most_ = 0;
  std::vector<std::string> positional_;
  int exit_code_ = 0;
};

}  // namespace tocsin::driver
