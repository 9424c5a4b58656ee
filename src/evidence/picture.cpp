#include "evidence/picture.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace jinyue::evidence {
namespace {

constexpr std::uint64_t most_pixels = 100'000'000;

std::uint32_t octet(std::string_view bytes, std::size_t at) { return static_cast<unsigned char>(bytes[at]); }

/// The caller has checked that so many bytes are there.
std::uint32_t bigEndian(std::string_view bytes, std::size_t at, std::size_t count) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < count; ++i) value = value << 8U | octet(bytes, at + i);
  return value;
}

std::uint32_t littleEndian(std::string_view bytes, std::size_t at, std::size_t count) {
  std::uint32_t value = 0;
  for (std::size_t i = count; i > 0; --i) value = value << 8U | octet(bytes, at + i - 1);
  return value;
}

std::string writtenLittle(std::uint32_t value) {
  std::string out;
  for (unsigned shift = 0; shift < 32; shift += 8) out += static_cast<char>(value >> shift & 0xFFU);
  return out;
}

bool isTooLarge(std::uint64_t width, std::uint64_t height) {
  return width == 0 || width * height > most_pixels;
}

// JPEG

constexpr std::string_view exif_begins{"Exif\0\0", 6};
constexpr std::string_view profile_begins{"ICC_PROFILE\0", 12};
constexpr std::string_view jfif_begins{"JFIF\0", 5};

/// The orientation of an Exif segment, 1 to 8; 0 when it has none that can be read.
std::uint32_t orientationOf(std::string_view exif) {
  const std::string_view tiff = exif.substr(exif_begins.size());
  if (tiff.size() < 8) return 0;
  const bool little = tiff.starts_with(std::string_view{"II*\0", 4});
  if (!little && !tiff.starts_with(std::string_view{"MM\0*", 4})) return 0;
  const auto number = [&](std::size_t at, std::size_t count) {
    return little ? littleEndian(tiff, at, count) : bigEndian(tiff, at, count);
  };
  const std::size_t directory = number(4, 4);
  if (directory > tiff.size() || tiff.size() - directory < 2) return 0;
  const std::size_t entries = number(directory, 2);
  for (std::size_t i = 0; i < entries; ++i) {
    const std::size_t entry = directory + 2 + i * 12;
    if (tiff.size() < entry + 12) return 0;
    if (number(entry, 2) != 0x0112) continue;
    const std::uint32_t value = number(entry + 8, 2);
    return value <= 8 ? value : 0;
  }
  return 0;
}

std::string exifWith(std::uint32_t orientation) {
  std::string out{"\xFF\xE1\0\x22", 4};
  out += exif_begins;
  out += std::string_view{"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0", 19};
  out += static_cast<char>(orientation);
  out.append(6, '\0');  // the rest of the value, and no further directory
  return out;
}

bool isFrameHeader(std::uint32_t marker) {
  return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

/// Tables, headers of frames and scans: what a decoder needs.
bool belongsToPicture(std::uint32_t marker) {
  return (marker >= 0xC0 && marker <= 0xCF && marker != 0xC8) || (marker >= 0xDA && marker <= 0xDF);
}

/// What stays of a segment; empty when nothing does.
std::string keptSegment(std::uint32_t marker, std::string_view segment, bool& oriented) {
  const std::string_view payload = segment.substr(2);
  const auto whole = [&] { return std::string{'\xFF', static_cast<char>(marker)} + std::string{segment}; };
  if (belongsToPicture(marker)) return whole();
  if (marker == 0xE0 && payload.starts_with(jfif_begins) && payload.size() >= 14) {
    std::string kept{"\xFF\xE0\0\x10", 4};
    kept += payload.substr(0, 12);
    kept.append(2, '\0');  // no thumbnail
    return kept;
  }
  if (marker == 0xE1 && payload.starts_with(exif_begins) && !oriented) {
    const std::uint32_t orientation = orientationOf(payload);
    oriented = orientation > 1;
    return oriented ? exifWith(orientation) : std::string{};
  }
  if (marker == 0xE2 && payload.starts_with(profile_begins)) return whole();
  if (marker == 0xEE && payload.starts_with("Adobe") && payload.size() == 12) return whole();
  return {};
}

/// Where entropy-coded data ends: the next marker that is no restart.
std::size_t endOfScan(std::string_view bytes, std::size_t at) {
  for (; at + 1 < bytes.size(); ++at) {
    if (octet(bytes, at) != 0xFF) continue;
    const std::uint32_t next = octet(bytes, at + 1);
    if (next != 0 && next != 0xFF && (next < 0xD0 || next > 0xD7)) return at;
  }
  return bytes.size();
}

// PNG

constexpr std::array kept_chunks{
    std::string_view{"IHDR"}, std::string_view{"PLTE"}, std::string_view{"IDAT"}, std::string_view{"IEND"},
    std::string_view{"tRNS"}, std::string_view{"cHRM"}, std::string_view{"gAMA"}, std::string_view{"iCCP"},
    std::string_view{"sBIT"}, std::string_view{"sRGB"}, std::string_view{"bKGD"}, std::string_view{"pHYs"}};

// WebP

constexpr std::array kept_webp_chunks{
    std::string_view{"VP8 "}, std::string_view{"VP8L"}, std::string_view{"VP8X"}, std::string_view{"ALPH"},
    std::string_view{"ICCP"}, std::string_view{"ANIM"}, std::string_view{"ANMF"}};
constexpr std::uint32_t has_exif = 0x08;
constexpr std::uint32_t has_xmp = 0x04;

template <class Names>
bool isAmong(const Names& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

}  // namespace

std::optional<std::string> cleanJpeg(std::string_view bytes) {
  if (!bytes.starts_with("\xFF\xD8")) return std::nullopt;
  std::string out{"\xFF\xD8"};
  out.reserve(bytes.size());
  bool oriented = false;
  bool has_frame = false;
  bool has_scan = false;
  std::size_t at = 2;
  while (true) {
    if (at >= bytes.size() || octet(bytes, at) != 0xFF) return std::nullopt;
    while (at < bytes.size() && octet(bytes, at) == 0xFF) ++at;  // fill bytes
    if (at >= bytes.size()) return std::nullopt;
    const std::uint32_t marker = octet(bytes, at++);
    if (marker == 0xD9) {
      if (!has_scan) return std::nullopt;
      out += "\xFF\xD9";
      return out;
    }
    if (marker < 0xC0 || (marker >= 0xD0 && marker <= 0xD8) || bytes.size() - at < 2) return std::nullopt;
    const std::size_t length = bigEndian(bytes, at, 2);
    if (length < 2 || bytes.size() - at < length) return std::nullopt;
    const std::string_view segment = bytes.substr(at, length);
    at += length;
    if (isFrameHeader(marker)) {
      if (length < 8 || isTooLarge(bigEndian(segment, 5, 2), bigEndian(segment, 3, 2))) return std::nullopt;
      has_frame = true;
    }
    out += keptSegment(marker, segment, oriented);
    if (marker != 0xDA) continue;
    if (!has_frame) return std::nullopt;
    has_scan = true;
    const std::size_t end = endOfScan(bytes, at);
    out += bytes.substr(at, end - at);
    at = end;
  }
}

std::optional<std::string> cleanPng(std::string_view bytes) {
  constexpr std::string_view signature{"\x89PNG\r\n\x1A\n", 8};
  if (!bytes.starts_with(signature)) return std::nullopt;
  std::string out{signature};
  out.reserve(bytes.size());
  bool has_pixels = false;
  for (std::size_t at = signature.size(); bytes.size() - at >= 12;) {
    const std::size_t length = bigEndian(bytes, at, 4);
    if (length > bytes.size() - at - 12) return std::nullopt;
    const std::string_view name = bytes.substr(at + 4, 4);
    const bool is_first = at == signature.size();
    if (is_first != (name == "IHDR")) return std::nullopt;
    if (is_first && (length != 13 || isTooLarge(bigEndian(bytes, at + 8, 4), bigEndian(bytes, at + 12, 4))))
      return std::nullopt;
    has_pixels = has_pixels || name == "IDAT";
    if (isAmong(kept_chunks, name)) out += bytes.substr(at, length + 12);
    at += length + 12;
    if (name != "IEND") continue;
    if (has_pixels) return out;
    break;
  }
  return std::nullopt;
}

std::optional<std::string> cleanWebp(std::string_view bytes) {
  if (bytes.size() < 20 || !bytes.starts_with("RIFF") || bytes.substr(8, 4) != "WEBP") return std::nullopt;
  const std::size_t size = littleEndian(bytes, 4, 4);
  if (size < 12 || size > bytes.size() - 8) return std::nullopt;
  bytes = bytes.substr(0, size + 8);
  std::string chunks;
  chunks.reserve(bytes.size());
  bool has_pixels = false;
  for (std::size_t at = 12; at < bytes.size();) {
    if (bytes.size() - at < 8) return std::nullopt;
    const std::string_view name = bytes.substr(at, 4);
    const std::size_t length = littleEndian(bytes, at + 4, 4);
    if (length > bytes.size() - at - 8) return std::nullopt;
    const std::size_t padded = std::min(length + length % 2, bytes.size() - at - 8);
    std::string chunk{bytes.substr(at, padded + 8)};
    at += padded + 8;
    if (name == "VP8X") {
      if (length < 10 || isTooLarge(littleEndian(chunk, 12, 3) + 1ULL, littleEndian(chunk, 15, 3) + 1ULL))
        return std::nullopt;
      chunk[8] = static_cast<char>(octet(chunk, 8) & ~(has_exif | has_xmp));
    }
    has_pixels = has_pixels || name == "VP8 " || name == "VP8L" || name == "ANMF";
    if (isAmong(kept_webp_chunks, name)) chunks += chunk;
  }
  if (!has_pixels) return std::nullopt;
  return "RIFF" + writtenLittle(static_cast<std::uint32_t>(chunks.size() + 4)) + "WEBP" + chunks;
}

}  // namespace jinyue::evidence
