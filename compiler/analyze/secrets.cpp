// Texts that look like a secret, or like what is known of a person: a policy is read by many, and
// both belong into the operator's configuration. The forms of keys are those that their issuers
// document, so that they can be found.

#include <algorithm>
#include <array>

#include "compiler/analyze/analysis.h"

namespace tocsin::analyze {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsOfKey(char c) { return IsLetter(c) || IsDigit(c) || c == '_' || c == '-'; }

struct Key {
  std::string_view begin;
  std::size_t length;  // of what follows, at least
  std::string_view what;
};
constexpr std::array<Key, 10> kKeys = {
    Key{"AKIA", 16, "an access key of AWS"},
    Key{"ASIA", 16, "an access key of AWS"},
    Key{"ghp_", 30, "an access key of GitHub"},
    Key{"gho_", 30, "an access key of GitHub"},
    Key{"ghs_", 30, "an access key of GitHub"},
    Key{"github_pat_", 30, "an access key of GitHub"},
    Key{"glpat-", 18, "an access key of GitLab"},
    Key{"xoxb-", 20, "an access key of Slack"},
    Key{"xoxp-", 20, "an access key of Slack"},
    Key{"hooks.slack.com/services/", 9, "an address of Slack that whoever has it may write to"}};

constexpr std::array<std::string_view, 6> kNames = {"password", "passwd",  "secret",
                                                    "token",    "api_key", "apikey"};

std::string_view KeyIn(std::string_view text) {
  for (const Key& key : kKeys) {
    for (std::size_t at = text.find(key.begin); at != text.npos;
         at = text.find(key.begin, at + 1)) {
      const std::string_view rest = text.substr(at + key.begin.size());
      const auto end = std::ranges::find_if_not(rest, IsOfKey);
      if (static_cast<std::size_t>(end - rest.begin()) >= key.length) return key.what;
    }
  }
  const std::size_t begin = text.find("-----BEGIN ");
  if (begin != text.npos && text.find("PRIVATE KEY-----", begin) != text.npos)
    return "a private key";
  return {};
}

// `password=hunter2`, `token: abcdef`
bool NamesSecret(std::string_view text) {
  std::string small(text);
  std::ranges::transform(small, small.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  constexpr std::size_t kLeast = 6;
  for (std::string_view name : kNames) {
    for (std::size_t at = small.find(name); at != small.npos; at = small.find(name, at + 1)) {
      std::size_t value = small.find_first_not_of(' ', at + name.size());
      if (value == small.npos || (small[value] != '=' && small[value] != ':')) continue;
      value = small.find_first_not_of(' ', value + 1);
      if (value == small.npos) continue;
      const std::size_t end = std::min(small.find_first_of(" \n\"'", value), small.size());
      if (end - value >= kLeast) return true;
    }
  }
  return false;
}

// `https://user:password@host`
bool HasCredentials(std::string_view text) {
  for (std::size_t at = text.find("://"); at != text.npos; at = text.find("://", at + 1)) {
    const std::string_view rest = text.substr(at + 3);
    const std::string_view host = rest.substr(0, rest.find_first_of("/ \n?#"));
    const std::size_t sign = host.rfind('@');
    if (sign == host.npos) continue;
    const std::size_t colon = host.find(':');
    if (colon < sign && sign > colon + 1) return true;
  }
  return false;
}

std::string_view SecretIn(std::string_view text) {
  if (const std::string_view key = KeyIn(text); !key.empty()) return key;
  if (HasCredentials(text)) return "an address with a password";
  return NamesSecret(text) ? "a password or key" : std::string_view();
}

// `+353 86 123 4567`, `0861234567`
bool HasNumber(std::string_view text) {
  constexpr std::size_t kLeast = 8, kMost = 15;  // ITU-T E.164 has at most 15
  std::size_t digits = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const char c = i < text.size() ? text[i] : '\n';
    if (IsDigit(c)) {
      ++digits;
    } else if (digits == 0 || (c != ' ' && c != '-' && c != '(' && c != ')' && c != '/')) {
      if (digits >= kLeast && digits <= kMost) return true;
      digits = 0;
    }
  }
  return false;
}
bool HasAddress(std::string_view text) {
  for (std::size_t at = text.find('@'); at != text.npos; at = text.find('@', at + 1)) {
    const bool local = at > 0 && IsOfKey(text[at - 1]);
    const std::string_view host = text.substr(at + 1);
    const std::size_t dot = host.find('.');
    if (local && dot != host.npos && dot > 0 && std::ranges::all_of(host.substr(0, dot), IsOfKey))
      return true;
  }
  return false;
}

class Texts {
 public:
  explicit Texts(Context& context) : context_(context) {}

  void Look(const check::Decl& decl) {
    LookAt(decl.title, decl.span);
    if (decl.schema->builtin && decl.schema->name == "person") LookAtPerson(decl);
    for (const check::Field& field : decl.fields) LookAt(field.value);
    for (const check::Clause& clause : decl.clauses) {
      for (const check::Action& action : clause.actions) {
        if (action.says) LookAt(*action.says, action.span);
      }
    }
    for (const check::Decl& row : decl.rows) Look(row);
  }

 private:
  void LookAt(std::string_view text, diagnostics::Span span) {
    const std::string_view secret = SecretIn(text);
    if (secret.empty()) return;
    context_.sink.Emit(codes::kSecret, span, secret)
        .Help(
            "take it out, and put it where the operator configures what is connected; if it was "
            "ever committed, make a new one");
  }
  void LookAt(const check::Template& text, diagnostics::Span span) {
    std::string whole;
    for (const check::TemplatePart& part : text.parts) {
      if (part.what == check::TemplatePart::What::kText) whole += part.name;
    }
    LookAt(whole, span);
  }
  void LookAt(const check::Value& value) {
    if (const auto* text = check::Get<std::string>(value)) LookAt(*text, value.span);
    if (const auto* text = check::Get<check::Template>(value)) LookAt(*text, value.span);
    if (const auto* list = check::Get<check::ValueList>(value)) {
      for (const check::Value& item : *list) LookAt(item);
    }
  }
  void LookAtPerson(const check::Decl& person) {
    const bool number = HasNumber(person.title);
    if (!number && !HasAddress(person.title)) return;
    context_.sink
        .Emit(codes::kPersonalData, person.span, person.name,
              number ? "a telephone number" : "an address")
        .Help("leave it out: where people are reached is in the operator's directory");
  }

  Context& context_;
};

void Run(Context& context) {
  Texts texts(context);
  for (const check::Decl& decl : context.policy.decls) texts.Look(decl);
}

}  // namespace

extern const AnalysisRow analysis_secrets;
const AnalysisRow analysis_secrets{"secrets", Run};

}  // namespace tocsin::analyze
