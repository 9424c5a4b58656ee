#include "evidence/office_file.h"

#include <memory>
#include <string>

#include <zip.h>

namespace jinyue::evidence {
namespace {

constexpr std::size_t most_types = 1U << 20U;
constexpr zip_int64_t most_entries = 10'000;

struct CloseArchive {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct CloseEntry {
  void operator()(zip_file_t* entry) const { zip_fclose(entry); }
};
using Archive = std::unique_ptr<zip_t, CloseArchive>;

Archive openArchive(std::string_view bytes) {
  zip_error_t error;
  zip_error_init(&error);
  Archive archive;
  if (zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error)) {
    archive.reset(zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error));
    if (!archive) zip_source_free(source);
  }
  zip_error_fini(&error);
  return archive;
}

/// The part that says what all others are; empty when it is missing or longer than any is.
std::string contentTypes(zip_t* archive) {
  const std::unique_ptr<zip_file_t, CloseEntry> entry(zip_fopen(archive, "[Content_Types].xml", 0));
  std::string text;
  char buffer[16 * 1024];
  while (entry) {
    const auto count = zip_fread(entry.get(), buffer, sizeof buffer);
    if (count == 0) break;
    if (count < 0 || text.size() > most_types) return {};
    text.append(buffer, static_cast<std::size_t>(count));
  }
  return text;
}

}  // namespace

OfficeFile officeFileOf(std::string_view bytes) {
  const Archive archive = openArchive(bytes);
  if (!archive || zip_get_num_entries(archive.get(), 0) > most_entries) return OfficeFile::none;
  const std::string types = contentTypes(archive.get());
  if (types.contains("macroEnabled") || types.contains("vbaProject")) return OfficeFile::none;
  if (types.contains("wordprocessingml.document.main+xml")) return OfficeFile::document;
  if (types.contains("spreadsheetml.sheet.main+xml")) return OfficeFile::workbook;
  return OfficeFile::none;
}

}  // namespace jinyue::evidence
