#include "base/text.h"

#include <gtest/gtest.h>

namespace jinyue {
namespace {

TEST(Hex, WritesAndReadsBytes) {
  EXPECT_EQ(toHex(std::string_view("\0\x7f\xff", 3)), "007fff");
  EXPECT_EQ(fromHex("007fff"), std::string("\0\x7f\xff", 3));
  EXPECT_EQ(fromHex(""), "");
  for (const char* wrong : {"0", "0g", "AB", " 00", "0x00"}) EXPECT_EQ(fromHex(wrong), std::nullopt) << wrong;
}

}  // namespace
}  // namespace jinyue
