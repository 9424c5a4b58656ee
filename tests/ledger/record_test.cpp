#include "ledger/record.h"

#include <random>

#include <gtest/gtest.h>

namespace jinyue::ledger {
namespace record_test {

Record sample() {
  return {42,
          3,
          "task.completed",
          "王芳",
          *parseInstant("2026-11-22T04:38:21.5Z"),
          "hotline@3",
          R"({"node":"办理","n":-1.5e+3,"list":[true,false,null,{}],"s":"a\"\\\u4e00 b"})"};
}

TEST(Record, HasTheseBytes) {
  EXPECT_EQ(encodeRecord(sample()),
            R"({"actor":"王芳","at":"2026-11-22T04:38:21.500Z","body":{"node":"办理","n":-1.5e+3,)"
            R"("list":[true,false,null,{}],"s":"a\"\\\u4e00 b"},"case":42,"kind":"task.completed",)"
            R"("model":"hotline@3","position":3})");
  EXPECT_EQ(decodeRecord(encodeRecord(sample())), sample());
}

TEST(Record, EveryTextIsEscapedAndReadBack) {
  Record record = sample();
  record.actor.clear();
  for (int c = 0; c < 0x80; ++c) record.actor += static_cast<char>(c);
  record.kind = "\u2028\U0001F600 \"\\\"";
  record.model = "";
  record.body = "{}";
  EXPECT_EQ(decodeRecord(encodeRecord(record)), record);
}

TEST(Record, WhatHasNoFormIsAFault) {
  const auto broken = [](auto change) {
    Record record = sample();
    change(record);
    EXPECT_THROW(encodeRecord(record), std::invalid_argument);
  };
  broken([](Record& r) { r.case_id = -1; });
  broken([](Record& r) { r.position = 0; });
  broken([](Record& r) { r.actor = "\xff"; });
  broken([](Record& r) { r.body = "{\"a\":\"\xc0\x80\"}"; });
  broken([](Record& r) { r.at = Instant::max(); });
  broken([](Record& r) { r.at = *parseInstant("9999-12-31T23:59:59.999Z") + Millis{1}; });
  for (const char* body : {"",
                           "[]",
                           "1",
                           "{",
                           "{}{}",
                           "{ }",
                           "{\"a\": 1}",
                           "{\"a\":1,}",
                           "{\"a\":01}",
                           "{\"a\":+1}",
                           "{\"a\":1.}",
                           "{\"a\":.5}",
                           "{\"a\":1e}",
                           "{\"a\":tru}",
                           "{\"a\":\"\n\"}",
                           "{a:1}",
                           "{\"a\":\"\\x\"}",
                           "{\"a\":\"\\u12g4\"}",
                           "{\"a\":NaN}",
                           "{\"a\"}",
                           "{\"a\":}",
                           "{}\n"}) {
    broken([&](Record& r) { r.body = body; });
  }
  broken([](Record& r) { r.body = "{\"a\":" + std::string(64, '[') + std::string(64, ']') + "}"; });
  Record deep = sample();
  deep.body = "{\"a\":" + std::string(63, '[') + std::string(63, ']') + "}";
  EXPECT_EQ(decodeRecord(encodeRecord(deep)), deep);
}

TEST(Record, OnlyCanonicalBytesAreRead) {
  const std::string good = encodeRecord(sample());
  const auto replaced = [&](std::string_view from, std::string_view to) {
    std::string text = good;
    const std::size_t place = text.find(from);
    EXPECT_NE(place, std::string::npos) << from;
    return text.replace(place, from.size(), to);
  };
  for (const std::string& wrong : {good + " ",
                                   " " + good,
                                   good.substr(0, good.size() - 1),
                                   replaced("\"case\":42", "\"case\":042"),
                                   replaced("\"case\":42", "\"case\":-0"),
                                   replaced("\"case\":42", "\"case\":4.2e1"),
                                   replaced("\"case\":42", "\"case\":99999999999999999999"),
                                   replaced("\"position\":3", "\"position\":0"),
                                   replaced("王芳", "\\u738b芳"),
                                   replaced("hotline@3", "hotline\\u00403"),
                                   replaced("hotline", "hot\\/line"),
                                   replaced("hotline", "\\u001F"),
                                   replaced(".500Z", ".5Z"),
                                   replaced("2026-11-22", "2026-11-31"),
                                   replaced("T04:38:21.500Z", "t04:38:21.500Z"),
                                   replaced("T04:38:21.500Z", "T24:38:21.500Z"),
                                   replaced("\"n\":", "\"n\" :"),
                                   replaced(",\"kind\"", ", \"kind\""),
                                   replaced("王", "\xe7\x8e"),
                                   replaced("\"kind\"", "\"kinds\""),
                                   std::string(),
                                   std::string("null")}) {
    EXPECT_FALSE(decodeRecord(wrong)) << wrong;
  }
}

TEST(Record, AnyChangeOfOneByteIsRefusedOrReadAsWritten) {
  const std::string good = encodeRecord(sample());
  for (std::size_t i = 0; i < good.size(); ++i) {
    for (int c = 0; c < 256; ++c) {
      std::string text = good;
      text[i] = static_cast<char>(c);
      if (const auto record = decodeRecord(text)) ASSERT_EQ(encodeRecord(*record), text);
    }
    EXPECT_FALSE(decodeRecord(good.substr(0, i)));
  }
}

}  // namespace record_test
}  // namespace jinyue::ledger
