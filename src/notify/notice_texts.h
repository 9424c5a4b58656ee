// The notices of a pack (notices.json): texts in both languages with placeholders. Reading finds everything
// that is wrong; rendering is pure.
//
//   {"notices": [{
//     "id": "licence-granted", "channels": ["text_message", "mail", "live"],
//     "variables": [{"name": "firm", "type": "string", "personal": true}, {"name": "due", "type": "date"}],
//     "subject": {"zh": "许可证已办结", "en": "Your licence is granted"},
//     "text": {"zh": "{firm}：请于{due}前领取。", "en": "{firm}: please collect it by {due}."}}]}
//
// A placeholder is a FEEL expression over the variables in braces; {{ and }} are braces.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "feel/feel.h"
#include "notify/message_length.h"
#include "notify/notice.h"

namespace jinyue::notify {

struct NoticeVariable {
  std::string name;
  std::string type = "Any";  ///< a type of FEEL
  bool personal = false;     ///< hidden where the reader may not see personal data
  bool optional = false;     ///< may be missing or null; its placeholders are then empty
  static constexpr bool json_sparse = true;
};
BOOST_DESCRIBE_STRUCT(NoticeVariable, (), (name, type, personal, optional))

/// A text cut into what stands there and what is filled in.
class NoticeText {
 public:
  struct Piece {
    std::string text;  ///< when there is no expression
    std::optional<feel::Expression> expression;
    bool personal = false;
    bool optional = false;
  };
  std::vector<Piece> pieces;
  /// What is sure to be there.
  std::string fixedText() const;
};

/// One notice of a pack, ready to be filled in. Immutable.
struct NoticeKind {
  std::string id;
  std::vector<Channel> channels;
  std::vector<NoticeVariable> variables;
  std::map<Language, NoticeText> subject;
  std::map<Language, NoticeText> text;
};

/// A notice in the words that people get.
struct RenderedNotice {
  Content content;
  std::string masked_subject;  ///< with *** for what is personal
  std::string masked_text;
};

class NoticeTexts {
 public:
  /// Refuses with everything that is wrong at once; `path` is what problems call the file.
  static Result<NoticeTexts> read(std::string_view json, std::string_view path = "notices.json");

  std::span<const NoticeKind> all() const { return kinds_; }
  const NoticeKind* find(std::string_view id) const;

 private:
  std::vector<NoticeKind> kinds_;
};

/// Fills a notice in. Refuses a parameter that is not declared, one that is missing, and one of a wrong type:
/// a message with a gap is worse than none. `facts` are those of the case's process.
Result<RenderedNotice> render(const NoticeKind& kind, Language language, const feel::Context& parameters,
                              const feel::Facts& facts);

/// How long the text message is at least, whatever is filled in: for whoever writes a pack.
MessageLength shortest(const NoticeKind& kind, Language language);

}  // namespace jinyue::notify
