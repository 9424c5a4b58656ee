// What a file is, by its content: what its name and its sender say about it counts for nothing.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/problem.h"

namespace jinyue::evidence {

/// The kinds that are taken. HEIC is not: browsers do not show it, and phones send JPEG when they are asked.
enum class FileKind { jpeg, png, webp, pdf, docx, xlsx, text, wav, mp3 };

std::string_view mediaTypeOf(FileKind kind);
/// Without a dot.
std::string_view extensionOf(FileKind kind);
/// Media types under which they may be sent, application/octet-stream among them.
std::span<const std::string_view> takenMediaTypes();

/// Nothing when it is none of them. Of a picture only the beginning is looked at; keptContent reads it whole.
std::optional<FileKind> kindOf(std::string_view bytes);

/// What is kept of a file. A picture keeps its pixels, colours and the way up, and nothing else that its
/// maker put in (place, time, device, thumbnails, comments, anything after its end); other files stay as they
/// are. Refuses (attachment.broken) what is not whole, and pictures of more than 100 million pixels.
Result<std::string> keptContent(FileKind kind, std::string_view bytes);

}  // namespace jinyue::evidence
