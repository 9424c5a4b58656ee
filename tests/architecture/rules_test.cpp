#include "architecture/rules.h"

#include <fmt/ranges.h>
#include <gmock/gmock.h>

namespace jinyue::architecture {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::filesystem::path root{JINYUE_SOURCE_DIR};
const std::vector<std::string> three_rooms{"base", "feel", "store"};

std::vector<std::string> projectRooms() {
  for (const auto& [path, text] : readFiles(root, {"src"})) {
    if (path == "src/rooms.txt") return readRooms(text);
  }
  return {};
}

TEST(Rooms, AreReadInOrderWithoutCommentsAndEmptyLines) {
  EXPECT_THAT(readRooms("# the rooms\nbase\n\n feel \r\nstore"), ElementsAre("base", "feel", "store"));
}

TEST(Rooms, UseOnlyRoomsAboveThem) {
  const auto rooms = projectRooms();
  const auto files = readFiles(root, {"src"});
  ASSERT_GE(rooms.size(), 22U) << "src/rooms.txt was not read";
  ASSERT_GE(files.size(), 10U) << "the files of src were not read";
  EXPECT_THAT(findWrongArrows(rooms, files), IsEmpty());
}

TEST(Rooms, AnIncludeFromBelowIsFoundWithItsLine) {
  const std::vector<SourceFile> files{
      {"src/base/a.h", "#pragma once\n#include <vector>\n"},
      {"src/feel/b.cpp",
       "#include \"feel/b.h\"\n#include \"base/a.h\"\n\n  #  include \"store/c.h\"  // no\n"},
      {"src/store/c.h", "#include \"base/a.h\"\n#include \"feel/b.h\"\n"}};
  EXPECT_THAT(
      findWrongArrows(three_rooms, files),
      ElementsAre("src/feel/b.cpp:4: room feel includes store/c.h, which belongs to a room below it"));
}

TEST(Rooms, AngleBracketsAndSubfoldersHideNothing) {
  const std::vector<SourceFile> files{{"src/feel/inner/deep/b.h", "#include <store/sqlite/c.h>"}};
  EXPECT_THAT(findWrongArrows(three_rooms, files), ElementsAre(HasSubstr("src/feel/inner/deep/b.h:1:")));
}

TEST(Rooms, ACommentIsNoInclude) {
  const std::vector<SourceFile> files{
      {"src/feel/b.h", "// #include \"store/c.h\"\nconst char* text = \"#include <store/c.h>\";\n"}};
  EXPECT_THAT(findWrongArrows(three_rooms, files), IsEmpty());
}

TEST(Rooms, LinkingToARoomBelowIsFound) {
  const std::vector<SourceFile> files{
      {"src/feel/CMakeLists.txt", "# not store\njinyue_room(feel USES base\n  store fmt::fmt)\n"},
      {"src/store/CMakeLists.txt", "jinyue_room(store USES base feel)\n"}};
  EXPECT_THAT(findWrongArrows(three_rooms, files),
              ElementsAre("src/feel/CMakeLists.txt:3: room feel links to store, a room below it"));
}

TEST(Rooms, AFolderThatIsNoRoomIsFoundOnce) {
  const std::vector<SourceFile> files{
      {"src/attic/a.h", ""}, {"src/attic/b.h", ""}, {"src/rooms.txt", "base"}};
  EXPECT_THAT(findWrongArrows(three_rooms, files), ElementsAre("src/attic: not a room of src/rooms.txt"));
}

TEST(Rooms, AFileBesideTheRoomsMayUseAllOfThem) {
  const std::vector<SourceFile> files{{"src/main.cpp", "#include \"store/c.h\"\n#include \"attic/a.h\"\n"}};
  EXPECT_THAT(findWrongArrows(three_rooms, files),
              ElementsAre("src/main.cpp:2: \"attic/a.h\" does not start with the name of a room"));
}

TEST(Rooms, AQuotedIncludeNamesItsRoom) {
  const std::vector<SourceFile> files{{"src/feel/b.cpp", "#include \"b.h\"\n#include \"../store/c.h\"\n"}};
  EXPECT_THAT(findWrongArrows(three_rooms, files),
              ElementsAre(HasSubstr("\"b.h\" does not start"), HasSubstr("\"../store/c.h\" does not start")));
}

TEST(Files, OfSrcAreNotLong) { EXPECT_THAT(findLongFiles(readFiles(root, {"src"}), 700), IsEmpty()); }

TEST(Files, ALongOneIsFound) {
  const std::vector<SourceFile> files{{"src/a.h", "1\n2\n3\n"}, {"src/b.h", "1\n2\n3\n4"}};
  EXPECT_THAT(findLongFiles(files, 3), ElementsAre(HasSubstr("src/b.h: 4 lines")));
}

TEST(Files, NameNoPathOfSomebodysMachine) {
  EXPECT_THAT(findHomePaths(readFiles(root, {"src", "tests", "web", "bench", "cmake", "scripts"})),
              IsEmpty());
}

TEST(Files, AHomePathIsFound) {
  const std::string home = std::string{"/ho"} + "me/";
  const std::vector<SourceFile> files{
      {"src/a.cpp", "open(\"" + home + "li/data\");\n// " + home + "wang\n"},
      {"src/b.cpp", "get(\"https://example.org" + home + "page\");  // not on a disk\n\"/\" " + home + "\n"},
      {"web/c.ts", std::string{"const folder = '/Use"} + "rs/li';"},
      {"web/d.ts", std::string{"const folder = 'C:\\\\Use"} + "rs\\\\li';"}};
  EXPECT_THAT(findHomePaths(files), ElementsAre(HasSubstr("src/a.cpp:1:"), HasSubstr("src/a.cpp:2:"),
                                                HasSubstr("web/c.ts:1:"), HasSubstr("web/d.ts:1:")));
}

}  // namespace
}  // namespace jinyue::architecture
