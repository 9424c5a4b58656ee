// The table of initials against ICU, which it was made by.
#include "search/initials.h"

#include <fstream>
#include <memory>

#include <gmock/gmock.h>
#include <unicode/normalizer2.h>
#include <unicode/translit.h>

#include "search/initials_table.h"

namespace jinyue::search {
namespace {

class Icu {
 public:
  explicit Icu(const char* id) {
    UErrorCode error = U_ZERO_ERROR;
    reader_.reset(icu::Transliterator::createInstance(id, UTRANS_FORWARD, error));
    if (!reader_) throw std::runtime_error(u_errorName(error));
  }
  char initialOf(char32_t letter) const {
    icu::UnicodeString text(static_cast<UChar32>(letter));
    reader_->transliterate(text);
    UErrorCode error = U_ZERO_ERROR;
    text = icu::Normalizer2::getNFDInstance(error)->normalize(text, error);
    for (std::int32_t at = 0; at < text.length(); ++at) {
      if (text[at] >= 'a' && text[at] <= 'z') return static_cast<char>(text[at]);
    }
    return '.';
  }

 private:
  std::unique_ptr<icu::Transliterator> reader_;
};

std::string tableOfIcu() {
  const Icu usual("Han-Latin");
  std::string table;
  for (char32_t letter = initials_begin; letter < 0xA000; ++letter) table += usual.initialOf(letter);
  return table;
}

TEST(Initials, AreThoseOfIcu) { EXPECT_EQ(initials_table, tableOfIcu()); }

TEST(Initials, KnowTheReadingsOfSurnames) {
  const Icu surnames("Han-Latin/Names");
  for (const char32_t letter : U"乐仇区单召尉查种秘繁翟解曾长重") {
    if (letter == 0) continue;
    EXPECT_TRUE(initialsOf(letter).contains(surnames.initialOf(letter)))
        << static_cast<std::uint32_t>(letter);
  }
}

TEST(Initials, OfLettersAndDigitsAreThemselves) {
  EXPECT_EQ(initialsOf(U'a'), "a");
  EXPECT_EQ(initialsOf(U'7'), "7");
  EXPECT_EQ(initialsOf(U'-'), "");
  EXPECT_EQ(initialsOf(U'連'), "l");
  EXPECT_EQ(initialsOf(U'ド'), "");
}

TEST(Initials, DISABLED_WriteTheTable) {
  std::ofstream out("initials_table.txt");
  const std::string table = tableOfIcu();
  for (std::size_t at = 0; at < table.size(); at += 96) out << "    \"" << table.substr(at, 96) << "\"\n";
}

}  // namespace
}  // namespace jinyue::search
