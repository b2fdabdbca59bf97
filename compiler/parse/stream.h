// Lexemes as the stream of tokens that the generated parser reads: all there from the beginning,
// each as small as ANTLR lets it be, and none without a meaning to it.
#pragma once

#include <vector>

#include "antlr4-runtime.h"
#include "compiler/parse/lex.h"

namespace tocsin::parse {

// A type and a place in the order. What else ANTLR asks of a token is for its own messages, which
// nobody reads.
class StreamToken final : public antlr4::Token {
 public:
  StreamToken(std::size_t type, std::size_t index)
      : type_(type), index_(static_cast<std::uint32_t>(index)) {}

  std::size_t getType() const override { return type_; }
  std::size_t getTokenIndex() const override { return index_; }
  std::string getText() const override { return {}; }
  std::size_t getLine() const override { return 0; }
  std::size_t getCharPositionInLine() const override { return 0; }
  std::size_t getChannel() const override { return DEFAULT_CHANNEL; }
  std::size_t getStartIndex() const override { return index_; }
  std::size_t getStopIndex() const override { return index_; }
  antlr4::TokenSource* getTokenSource() const override { return nullptr; }
  antlr4::CharStream* getInputStream() const override { return nullptr; }
  std::string toString() const override { return {}; }

 private:
  std::size_t type_;
  std::uint32_t index_;
};

class LexemeStream final : public antlr4::TokenStream {
 public:
  // The last lexeme is EOF.
  explicit LexemeStream(const std::vector<Lexeme>& lexemes);

  antlr4::Token* LT(ssize_t distance) override;
  std::size_t LA(ssize_t distance) override { return LT(distance)->getType(); }
  antlr4::Token* get(std::size_t index) const override { return &tokens_.at(index); }
  void consume() override;
  std::size_t index() override { return at_; }
  void seek(std::size_t index) override;
  std::size_t size() override { return tokens_.size(); }
  ssize_t mark() override { return 0; }
  void release(ssize_t) override {}
  antlr4::TokenSource* getTokenSource() const override { return nullptr; }
  std::string getSourceName() const override { return {}; }
  std::string getText() override { return {}; }
  std::string getText(const antlr4::misc::Interval&) override { return {}; }
  std::string getText(antlr4::RuleContext*) override { return {}; }
  std::string getText(antlr4::Token*, antlr4::Token*) override { return {}; }

 private:
  mutable std::vector<StreamToken> tokens_;  // ANTLR's tokens are never constant
  std::size_t at_ = 0;
};

}  // namespace tocsin::parse
