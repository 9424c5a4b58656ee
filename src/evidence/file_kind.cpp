#include "evidence/file_kind.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "evidence/office_file.h"
#include "evidence/picture.h"

namespace jinyue::evidence {
namespace {

struct KindFacts {
  std::string_view media_type;
  std::string_view extension;
};

const KindFacts& factsOf(FileKind kind) {
  static const std::array<KindFacts, 9> all{
      {{"image/jpeg", "jpg"},
       {"image/png", "png"},
       {"image/webp", "webp"},
       {"application/pdf", "pdf"},
       {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"},
       {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"},
       {"text/plain", "txt"},
       {"audio/wav", "wav"},
       {"audio/mpeg", "mp3"}}};
  return all.at(static_cast<std::size_t>(kind));
}

unsigned byteAt(std::string_view bytes, std::size_t at) { return static_cast<unsigned char>(bytes[at]); }

bool isPlainText(std::string_view bytes) {
  return isValidUtf8(bytes) && std::ranges::none_of(bytes, [](char c) {
           return (static_cast<unsigned char>(c) < ' ' && c != '\t' && c != '\n' && c != '\r') || c == '\x7F';
         });
}

/// A header of an MPEG audio frame, layer III (ISO/IEC 11172-3 §2.4.1.3).
bool isFrameAt(std::string_view bytes, std::size_t at) {
  if (bytes.size() < at + 4 || byteAt(bytes, at) != 0xFF) return false;
  const unsigned second = byteAt(bytes, at + 1);
  const unsigned third = byteAt(bytes, at + 2);
  const bool is_layer_3 = (second & 0xE6U) == 0xE2U && (second & 0x18U) != 0x08U;
  return is_layer_3 && (third & 0xF0U) != 0xF0U && (third & 0xF0U) != 0 && (third & 0x0CU) != 0x0CU;
}

bool isMp3(std::string_view bytes) {
  std::size_t at = 0;
  if (bytes.starts_with("ID3") && bytes.size() > 10) {
    std::size_t size = 0;
    for (std::size_t i = 6; i < 10; ++i) {
      if (byteAt(bytes, i) > 0x7F) return false;
      size = size << 7U | byteAt(bytes, i);
    }
    at = 10 + size;
    while (at < bytes.size() && bytes[at] == '\0') ++at;
  }
  return isFrameAt(bytes, at);
}

Problem brokenFile() {
  return {ProblemKind::invalid,
          "attachment.broken",
          {"文件不完整或已损坏", "the file is not whole"},
          {},
          {"请重新拍摄或导出后再上传", "take or export it again"},
          {}};
}

}  // namespace

std::string_view mediaTypeOf(FileKind kind) { return factsOf(kind).media_type; }
std::string_view extensionOf(FileKind kind) { return factsOf(kind).extension; }

std::span<const std::string_view> takenMediaTypes() {
  static const std::array<std::string_view, 10> all{mediaTypeOf(FileKind::jpeg), mediaTypeOf(FileKind::png),
                                                    mediaTypeOf(FileKind::webp), mediaTypeOf(FileKind::pdf),
                                                    mediaTypeOf(FileKind::docx), mediaTypeOf(FileKind::xlsx),
                                                    mediaTypeOf(FileKind::text), mediaTypeOf(FileKind::wav),
                                                    mediaTypeOf(FileKind::mp3),  "application/octet-stream"};
  return all;
}

std::optional<FileKind> kindOf(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xD8\xFF")) return FileKind::jpeg;
  if (bytes.starts_with("\x89PNG\r\n\x1A\n")) return FileKind::png;
  if (bytes.starts_with("RIFF") && bytes.size() > 12) {
    if (bytes.substr(8, 4) == "WEBP") return FileKind::webp;
    if (bytes.substr(8, 4) == "WAVE") return FileKind::wav;
    return std::nullopt;
  }
  if (bytes.starts_with("%PDF-1.") || bytes.starts_with("%PDF-2.")) return FileKind::pdf;
  if (bytes.starts_with("PK\x03\x04")) {
    switch (officeFileOf(bytes)) {
      case OfficeFile::document: return FileKind::docx;
      case OfficeFile::workbook: return FileKind::xlsx;
      case OfficeFile::none: return std::nullopt;
    }
  }
  if (isMp3(bytes)) return FileKind::mp3;
  if (!bytes.empty() && isPlainText(bytes)) return FileKind::text;
  return std::nullopt;
}

Result<std::string> keptContent(FileKind kind, std::string_view bytes) {
  std::optional<std::string> kept;
  switch (kind) {
    case FileKind::jpeg: kept = cleanJpeg(bytes); break;
    case FileKind::png: kept = cleanPng(bytes); break;
    case FileKind::webp: kept = cleanWebp(bytes); break;
    case FileKind::pdf: {
      const auto end = bytes.substr(bytes.size() - std::min<std::size_t>(bytes.size(), 1024));
      if (end.contains("%%EOF")) kept = bytes;
      break;
    }
    case FileKind::wav:
      if (bytes.contains("fmt ") && bytes.contains("data")) kept = bytes;
      break;
    case FileKind::docx:
    case FileKind::xlsx:
    case FileKind::text:
    case FileKind::mp3: kept = bytes; break;
  }
  if (!kept) return std::unexpected(brokenFile());
  return std::move(*kept);
}

}  // namespace jinyue::evidence
