// Pictures without what their maker wrote into them. Each reads the file from end to end and writes the parts
// that make the picture anew, so that what it gives is one picture and nothing beside it. Nothing when the
// file is not whole, or has more than 100 million pixels.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace jinyue::evidence {

/// ITU-T T.81, JFIF and Exif 2.3: of the application segments JFIF's own, colour profile and Adobe's
/// transform are kept; of Exif the orientation.
std::optional<std::string> cleanJpeg(std::string_view bytes);
/// ISO/IEC 15948: the chunks that say how the pixels look.
std::optional<std::string> cleanPng(std::string_view bytes);
/// RFC 9649: without EXIF, XMP and unknown chunks.
std::optional<std::string> cleanWebp(std::string_view bytes);

}  // namespace jinyue::evidence
