// The languages of the product.
#pragma once

#include <boost/describe/enum.hpp>

#include "base/problem.h"

namespace jinyue {

enum class Language { zh, en };
BOOST_DESCRIBE_ENUM(Language, zh, en)

inline const std::string& in(Language language, const Text& text) {
  return language == Language::zh ? text.zh : text.en;
}

}  // namespace jinyue
