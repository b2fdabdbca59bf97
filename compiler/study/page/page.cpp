#include "compiler/study/page/page.h"

#include <openssl/evp.h>

#include <array>

#include <fmt/format.h>

#include "compiler/study/page/parts.h"
#include "runtime/base/check.h"
#include "runtime/base/embedded.h"
#include "runtime/base/filled.h"

namespace tocsin::study::page {

// page.html, page.css and page.js; made at build time.
std::span<const base::EmbeddedFile> Templates();

namespace {

std::string_view Template(std::string_view name) {
  for (const base::EmbeddedFile& file : Templates()) {
    if (file.name == name) return file.text;
  }
  TOCSIN_CHECK(false, "a template of the page is missing");
}

// By its hash the browser knows the one script that may run: whatever got into the page beside it
// does not.
std::string HashOf(std::string_view script) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> hash;
  unsigned int size = 0;
  const int done =
      EVP_Digest(script.data(), script.size(), hash.data(), &size, EVP_sha256(), nullptr);
  TOCSIN_CHECK(done == 1, "SHA-256 of a script");
  std::array<unsigned char, 2 * EVP_MAX_MD_SIZE> text;
  const int length = EVP_EncodeBlock(text.data(), hash.data(), static_cast<int>(size));
  return {reinterpret_cast<const char*>(text.data()), static_cast<std::size_t>(length)};
}

std::string Footer(const Input& input) {
  const loop::ReplayResult& replay = input.simulation.replay;
  return fmt::format(
      "<footer>Made by <code>tocsin simulate</code> from {} ticks, each {}, and {} samples. The "
      "same policy and recording make the same page. Nothing was sent.</footer>\n",
      replay.ticks, values::FormatDuration(input.program.resolution_ms),
      input.simulation.stats.samples);
}

}  // namespace

std::string Page(const Input& input) {
  const std::string script = "\n" + std::string(Template("page.js"));
  const std::string body =
      Words(input) + Lanes(input) + Charts(input) + Log(input) + Tables(input) + Footer(input);
  const std::string title = Escaped(input.program.policy, 100) + ", simulated";
  return base::Filled(Template("page.html"), {{"script_hash", HashOf(script)},
                                              {"title", title},
                                              {"style", Template("page.css")},
                                              {"body", body},
                                              {"script", script}});
}

}  // namespace tocsin::study::page
