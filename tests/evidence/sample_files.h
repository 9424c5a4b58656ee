// Small files of each kind, made by hand. The pictures have all parts of one, with pixels that mean nothing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <zip.h>

namespace jinyue::evidence::test {

inline std::string bytes(std::string_view text) { return std::string{text}; }

inline std::string bigEndian(std::size_t value, int count) {
  std::string out;
  for (int i = count - 1; i >= 0; --i) out += static_cast<char>(value >> (8 * i) & 0xFF);
  return out;
}

inline std::string littleEndian(std::size_t value, int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
  return out;
}

inline std::string segment(int marker, const std::string& payload) {
  return "\xFF" + std::string(1, static_cast<char>(marker)) + bigEndian(payload.size() + 2, 2) + payload;
}

/// TIFF with one directory: the orientation, and a text that stands for a place.
inline std::string exif(int orientation, bool little) {
  const auto number = [&](std::size_t value, int count) {
    return little ? littleEndian(value, count) : bigEndian(value, count);
  };
  std::string out = std::string("Exif\0\0", 6) + (little ? "II" : "MM") + number(42, 2) + number(8, 4);
  out += number(2, 2);
  out += number(0x010E, 2) + number(2, 2) + number(16, 4) + number(38, 4);
  out += number(0x0112, 2) + number(3, 2) + number(1, 4) + number(static_cast<std::size_t>(orientation), 2) +
         number(0, 2);
  return out + number(0, 4) + "SECRET-PLACE-38N";
}

inline std::string jpeg(const std::string& app1 = exif(6, true), const std::string& after = "SECRET-TAIL") {
  std::string out{"\xFF\xD8"};
  out += segment(0xE0, std::string("JFIF\0\x01\x02\0\0\x01\0\x01\x01\x01", 14) + "tum");
  out += segment(0xE1, app1);
  out += segment(0xE1, "http://ns.adobe.com/xap/1.0/ SECRET-XMP");
  out += segment(0xE2, std::string("ICC_PROFILE\0\x01\x01", 14) + "colours");
  out += segment(0xED, "Photoshop 3.0 SECRET-IPTC");
  out += segment(0xFE, "SECRET-COMMENT");
  out += segment(0xDB, std::string(65, '\x01'));
  out += segment(0xC0, bytes({"\x08\x00\x10\x00\x20\x01\x01\x11\x00", 9}));
  out += segment(0xC4, std::string(20, '\x02'));
  out += segment(0xDA, bytes({"\x01\x01\x00\x00\x3F\x00", 6}));
  out += bytes({"\x12\xFF\x00\x34\xFF\xD0\x56", 7});
  return out + "\xFF\xD9" + after;
}

inline std::string chunk(std::string_view name, const std::string& data) {
  return bigEndian(data.size(), 4) + std::string{name} + data + "crc!";
}

inline std::string png(std::size_t width = 4, std::size_t height = 4) {
  return std::string("\x89PNG\r\n\x1A\n", 8) +
         chunk("IHDR", bigEndian(width, 4) + bigEndian(height, 4) + std::string("\x08\x02\0\0\0", 5)) +
         chunk("tEXt", "Comment SECRET-TEXT") + chunk("eXIf", "SECRET-PLACE") + chunk("IDAT", "pixels") +
         chunk("IEND", "") + "SECRET-TAIL";
}

inline std::string webpChunk(std::string_view name, const std::string& data) {
  return std::string{name} + littleEndian(data.size(), 4) + data + std::string(data.size() % 2, '\0');
}

inline std::string webp() {
  const std::string chunks = webpChunk("VP8X", std::string("\x0C\0\0\0\x03\0\0\x03\0\0", 10)) +
                             webpChunk("VP8 ", "pixels!") + webpChunk("EXIF", "SECRET-PLACE") +
                             webpChunk("XMP ", "SECRET-XMP");
  return "RIFF" + littleEndian(chunks.size() + 4, 4) + "WEBP" + chunks + "SECRET-TAIL";
}

inline std::string officeFile(const std::string& types) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(target);
  zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
  const auto add = [&](const char* name, const std::string& text) {
    zip_file_add(archive, name, zip_source_buffer(archive, text.data(), text.size(), 0), 0);
  };
  const std::string body = "<x/>";
  add("[Content_Types].xml", types);
  add("word/document.xml", body);
  zip_close(archive);
  zip_source_open(target);
  zip_source_seek(target, 0, SEEK_END);
  std::string out(static_cast<std::size_t>(zip_source_tell(target)), '\0');
  zip_source_seek(target, 0, SEEK_SET);
  zip_source_read(target, out.data(), out.size());
  zip_source_close(target);
  zip_source_free(target);
  return out;
}

inline std::string docx() {
  return officeFile(
      R"(<Types><Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>)");
}

}  // namespace jinyue::evidence::test
