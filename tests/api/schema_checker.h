// Checks JSON against the schemas of an OpenAPI document, written for the tests and sharing nothing with the
// code that makes the document. Knows the words that the document uses, and is strict about what it does not
// know: an unknown word is an error, and so is a member that an answer has and its schema has not.
#pragma once

#include <string>
#include <vector>

#include <boost/json.hpp>

namespace jinyue::api::test {

class SchemaChecker {
 public:
  explicit SchemaChecker(boost::json::value document) : document_(std::move(document)) {}

  const boost::json::value& document() const { return document_; }
  /// Everything that is wrong, each with its pointer.
  std::vector<std::string> check(const boost::json::value& schema, const boost::json::value& value) const;
  /// The operation of a path template and method (lower case); null when the document has none.
  const boost::json::object* operation(const std::string& path, const std::string& method) const;
  /// What is wrong with an answer: status, media type and body, by the document.
  std::vector<std::string> checkAnswer(const std::string& path, const std::string& method, int status,
                                       const std::string& media_type, const std::string& body) const;
  /// Every "$ref" of the document leads somewhere, every schema uses known words only.
  std::vector<std::string> checkDocument() const;

 private:
  void check(const boost::json::value& schema, const boost::json::value& value, const std::string& at,
             std::vector<std::string>& wrong) const;
  const boost::json::value& resolved(const boost::json::value& schema) const;

  boost::json::value document_;
};

}  // namespace jinyue::api::test
