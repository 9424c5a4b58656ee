// What a file is, and what of it is kept.
#include "evidence/file_kind.h"

#include <gtest/gtest.h>

#include "evidence/file_name.h"
#include "evidence/picture.h"
#include "evidence/sample_files.h"

namespace jinyue::evidence {
namespace file_kind_test {

using test::docx;
using test::exif;
using test::jpeg;
using test::officeFile;
using test::png;
using test::webp;

/// Every beginning of a file is no file, and cleaning what is clean changes nothing.
template <class Clean>
void expectWholeOnly(const std::string& file, std::size_t whole, Clean clean) {
  for (std::size_t length = 0; length < whole; ++length)
    EXPECT_FALSE(clean(std::string_view{file}.substr(0, length))) << length;
  const auto kept = clean(file);
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->find("SECRET"), std::string::npos);
  EXPECT_EQ(clean(*kept), kept);
}

TEST(Pictures, JpegLosesPlaceThumbnailsCommentsAndWhatFollows) {
  expectWholeOnly(jpeg(), jpeg().size() - 11, cleanJpeg);
  const std::string kept = *cleanJpeg(jpeg());
  EXPECT_NE(kept.find("colours"), std::string::npos);
  EXPECT_NE(kept.find(std::string("\x12\xFF\x00\x34\xFF\xD0\x56", 7)), std::string::npos);
  EXPECT_EQ(kept.find("tum"), std::string::npos);
  EXPECT_TRUE(kept.ends_with("\xFF\xD9"));
}

TEST(Pictures, JpegKeepsTheWayUp) {
  for (const bool little : {true, false}) {
    for (int orientation = 2; orientation <= 8; ++orientation) {
      const std::string kept = *cleanJpeg(jpeg(exif(orientation, little)));
      const auto at = kept.find(std::string("\x01\x12\0\x03\0\0\0\x01\0", 9));
      ASSERT_NE(at, std::string::npos);
      EXPECT_EQ(kept[at + 9], static_cast<char>(orientation));
    }
    EXPECT_EQ(cleanJpeg(jpeg(exif(1, little)))->find("Exif"), std::string::npos);
  }
}

TEST(Pictures, JpegWithADirectoryThatLies) {
  std::string wild = exif(6, true);
  wild.replace(10, 4, test::littleEndian(0xFFFFFFF0, 4));
  EXPECT_EQ(cleanJpeg(jpeg(wild))->find("Exif"), std::string::npos);
  wild = exif(6, true);
  wild.replace(14, 2, test::littleEndian(0xFFFF, 2));
  EXPECT_TRUE(cleanJpeg(jpeg(wild)));
  EXPECT_TRUE(cleanJpeg(jpeg(std::string("Exif\0\0II", 8))));
}

TEST(Pictures, PngAndWebpLoseTheirTexts) {
  expectWholeOnly(png(), png().size() - 11, cleanPng);
  expectWholeOnly(webp(), webp().size() - 11, cleanWebp);
  const std::string kept = *cleanWebp(webp());
  EXPECT_EQ(kept[20], '\0');  // says that neither Exif nor XMP follows
  EXPECT_EQ(kept.substr(4, 4), test::littleEndian(kept.size() - 8, 4));
}

TEST(Pictures, OfTooManyPixelsAreRefused) {
  EXPECT_TRUE(cleanPng(png(10'000, 10'000)));
  EXPECT_FALSE(cleanPng(png(10'001, 10'000)));
  EXPECT_FALSE(cleanPng(png(0xFFFFFFFF, 0xFFFFFFFF)));
  EXPECT_FALSE(cleanPng(png(0, 4)));
}

TEST(FileKinds, AreSaidByTheContent) {
  EXPECT_EQ(kindOf(jpeg()), FileKind::jpeg);
  EXPECT_EQ(kindOf(png()), FileKind::png);
  EXPECT_EQ(kindOf(webp()), FileKind::webp);
  EXPECT_EQ(kindOf("%PDF-1.7\n1 0 obj\n%%EOF\n"), FileKind::pdf);
  EXPECT_EQ(kindOf(docx()), FileKind::docx);
  EXPECT_EQ(kindOf("现场情况说明（示例）\n"), FileKind::text);
  EXPECT_EQ(kindOf(std::string("RIFF\x24\0\0\0WAVEfmt \x10\0\0\0data", 24)), FileKind::wav);
  EXPECT_EQ(kindOf(std::string("\xFF\xFB\x90\x64\0\0", 6)), FileKind::mp3);
  EXPECT_EQ(kindOf(std::string("ID3\x03\0\0\0\0\0\x02zz\xFF\xFB\x90\x64", 16)), FileKind::mp3);
}

TEST(FileKinds, WhatIsNoneOfThem) {
  EXPECT_EQ(kindOf(""), std::nullopt);
  EXPECT_EQ(kindOf(std::string("MZ\x90\0\x03\0", 6)), std::nullopt);
  EXPECT_EQ(kindOf(std::string("GIF89a\x01\0\x01\0", 10)), std::nullopt);
  EXPECT_EQ(kindOf(std::string("\0\0\0\x18"
                               "ftypheic",
                               12)),
            std::nullopt);
  EXPECT_EQ(kindOf("\xB4\xF3\xC1\xAC"), std::nullopt);  // a text in GBK
  EXPECT_EQ(kindOf(std::string("ID3\x03\0\0\0\0\0\x02zz<html>", 18)), std::nullopt);
  EXPECT_EQ(kindOf("PK\x03\x04 not an archive"), std::nullopt);
  EXPECT_EQ(kindOf(officeFile("<Types/>")), std::nullopt);
  EXPECT_EQ(kindOf(officeFile("wordprocessingml.document.main+xml vbaProject")), std::nullopt);
  EXPECT_EQ(kindOf(docx().substr(0, docx().size() - 30)), std::nullopt);
}

TEST(FileKinds, APageThatSaysItIsAPictureIsAText) {
  EXPECT_EQ(kindOf("<html><script>alert(1)</script></html>"), FileKind::text);
  EXPECT_EQ(mediaTypeOf(FileKind::text), "text/plain");
  // A picture with a page behind it is the picture alone.
  const std::string both = jpeg(exif(6, true), "<html><script>SECRET</script></html>");
  EXPECT_EQ(keptContent(FileKind::jpeg, both), keptContent(FileKind::jpeg, jpeg()));
}

TEST(FileKinds, WhatIsNotWholeIsRefused) {
  const auto refused = keptContent(FileKind::jpeg, jpeg().substr(0, 60));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "attachment.broken");
  EXPECT_FALSE(keptContent(FileKind::pdf, "%PDF-1.7 and no end"));
}

TEST(FileNames, AreMadeHarmless) {
  EXPECT_EQ(keptName("现场.JPG", "jpg"), "现场.jpg");
  EXPECT_EQ(keptName("../../etc/passwd", "txt"), "passwd.txt");
  EXPECT_EQ(keptName("C:\\temp\\photo.png", "png"), "photo.png");
  EXPECT_EQ(keptName("a\r\nSet-Cookie: x=1.png", "png"), "aSet-Cookie x=1.png");
  EXPECT_EQ(keptName("\xE2\x80\xAEgpj.exe", "jpg"), "gpj.jpg");  // written right to left it reads "exe.jpg"
  EXPECT_EQ(keptName("invoice.pdf.exe", "pdf"), "invoice.pdf.pdf");
  EXPECT_EQ(keptName("", "pdf"), "附件.pdf");
  EXPECT_EQ(keptName("...", "pdf"), "附件.pdf");
  EXPECT_EQ(keptName("\xFF\xFE", "pdf"), "附件.pdf");
  EXPECT_EQ(keptName(".htaccess", "txt"), "htaccess.txt");
  std::string text;
  for (int i = 0; i < 500; ++i) text += "长";
  EXPECT_EQ(keptName(text, "jpg").size(), 100U * 3 + 4);
}

}  // namespace file_kind_test
}  // namespace jinyue::evidence
