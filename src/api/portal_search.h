// What the search of the portal finds: guides, and entries of registers that are open to everybody.
#pragma once

#include "api/guides.h"

namespace jinyue::api {

/// Those in whose words all of these are.
std::vector<GuideLine> guidesWith(std::vector<GuideLine> guides, std::string_view words);

struct OpenAnswer {
  std::string title;
  std::string text;
  Text register_title;
};
/// Entries in effect of registers whose search words are all open, the most fitting first. None when the
/// words can't be searched for.
std::vector<OpenAnswer> openAnswers(const Rooms& rooms, const std::string& words);

}  // namespace jinyue::api
