// A4 pages by Pango and Cairo: Chinese lines break where they may, tables repeat their head on every page,
// and every page says which of how many it is.
#include <algorithm>
#include <memory>
#include <stdexcept>

#include <cairo-pdf.h>
#include <fmt/format.h>
#include <pango/pangocairo.h>

#include "insight/print.h"

namespace jinyue::insight {
namespace {

constexpr double short_side = 595.28;  // A4 in points
constexpr double long_side = 841.89;
constexpr double page_margin = 51;
constexpr double foot_space = 60;
constexpr std::size_t wide_table = 9;  ///< columns; with more a table lies on pages across
constexpr double cell_space = 3;
constexpr const char* serif = "Noto Serif CJK SC, serif";
constexpr const char* sans = "Noto Sans CJK SC, sans-serif";

struct FreeCairo {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* context) const { cairo_destroy(context); }
  void operator()(PangoFontMap* fonts) const { g_object_unref(fonts); }
  void operator()(PangoContext* context) const { g_object_unref(context); }
  void operator()(PangoLayout* layout) const { g_object_unref(layout); }
  void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
};
template <class T>
using Owned = std::unique_ptr<T, FreeCairo>;

cairo_status_t appendTo(void* to, const unsigned char* bytes, unsigned int length) {
  static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(bytes), length);
  return CAIRO_STATUS_SUCCESS;
}

struct Style {
  const char* family = sans;
  double size = 9;
  bool bold = false;
  PangoAlignment align = PANGO_ALIGN_LEFT;
};

class Document {
 public:
  /// `pages`: how many there are; 0 when that is to be found out.
  Document(std::string& out, const Report& report, const BulletinContent& content, int pages)
      : surface_(cairo_pdf_surface_create_for_stream(appendTo, &out, short_side, long_side)),
        cairo_(cairo_create(surface_.get())),
        fonts_(pango_cairo_font_map_new()),
        context_(pango_font_map_create_context(fonts_.get())),
        report_(report),
        content_(content),
        pages_(pages) {
    cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_TITLE, content.title.zh.c_str());
    std::string at = formatInstant(report.drafted);
    at.resize(19);
    cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_CREATE_DATE, (at + "Z").c_str());
    pango_context_set_language(context_.get(), pango_language_from_string("zh-cn"));
  }

  int write() {
    beginPage();
    y_ += 14;
    paragraph(content_.title.zh, {serif, 21, true, PANGO_ALIGN_CENTER});
    y_ += 8;
    for (const std::string& line : headLines(report_, content_))
      paragraph(line, {sans, 8.5, false, PANGO_ALIGN_CENTER});
    y_ += 8;
    rule(y_, 1.2);
    for (const PrintTable& table : tablesOf(content_)) draw(table);
    endPage();
    cairo_surface_finish(surface_.get());
    if (cairo_surface_status(surface_.get()) != CAIRO_STATUS_SUCCESS)
      throw std::runtime_error(fmt::format("a report can't be printed: {}",
                                           cairo_status_to_string(cairo_surface_status(surface_.get()))));
    return page_;
  }

 private:
  Owned<PangoLayout> layoutOf(const std::string& text, const Style& style, double width) const {
    Owned<PangoLayout> layout(pango_layout_new(context_.get()));
    const Owned<PangoFontDescription> font(pango_font_description_new());
    pango_font_description_set_family(font.get(), style.family);
    pango_font_description_set_absolute_size(font.get(), style.size * PANGO_SCALE);
    if (style.bold) pango_font_description_set_weight(font.get(), PANGO_WEIGHT_BOLD);
    pango_layout_set_font_description(layout.get(), font.get());
    pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout.get(), style.align);
    pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
    return layout;
  }

  static double heightOf(PangoLayout* layout) {
    int width = 0;
    int height = 0;
    pango_layout_get_size(layout, &width, &height);
    return static_cast<double>(height) / PANGO_SCALE;
  }
  double widthOf(const std::string& text, const Style& style) const {
    const auto layout = layoutOf(text, style, 10'000);
    PangoRectangle logical{};
    pango_layout_get_extents(layout.get(), nullptr, &logical);
    return static_cast<double>(logical.width) / PANGO_SCALE;
  }

  void show(PangoLayout* layout, double x, double y) {
    cairo_move_to(cairo_.get(), x, y);
    pango_cairo_show_layout(cairo_.get(), layout);
  }

  void paragraph(const std::string& text, const Style& style) {
    const auto layout = layoutOf(text, style, textWidth());
    const double height = heightOf(layout.get());
    need(height);
    show(layout.get(), page_margin, y_);
    y_ += height + 2;
  }

  void rule(double y, double width) {
    cairo_set_line_width(cairo_.get(), width);
    cairo_move_to(cairo_.get(), page_margin, y);
    cairo_line_to(cairo_.get(), width_ - page_margin, y);
    cairo_stroke(cairo_.get());
  }

  void need(double height) {
    if (y_ + height <= bottom()) return;
    endPage();
    beginPage();
  }
  void beginPage() {
    ++page_;
    y_ = page_margin;
    cairo_set_source_rgb(cairo_.get(), 0, 0, 0);
    if (page_ == 1) return;
    const auto running = layoutOf(content_.title.zh, {sans, 8, false, PANGO_ALIGN_RIGHT}, textWidth());
    show(running.get(), page_margin, page_margin - 20);
    rule(page_margin - 7, 0.3);
  }
  /// The pages that follow lie upright or across.
  void turn(bool across) {
    if (across == (width_ > height_)) return;
    endPage();
    std::swap(width_, height_);
    cairo_pdf_surface_set_size(surface_.get(), width_, height_);
    beginPage();
  }
  double textWidth() const { return width_ - 2 * page_margin; }
  double bottom() const { return height_ - foot_space; }

  void endPage() {
    const std::string number =
        pages_ > 0 ? fmt::format("第 {} 页，共 {} 页", page_, pages_) : fmt::format("第 {} 页", page_);
    const auto foot = layoutOf(number, {sans, 8, false, PANGO_ALIGN_CENTER}, textWidth());
    show(foot.get(), page_margin, height_ - 42);
    cairo_show_page(cairo_.get());
  }

  /// Columns as wide as their words want; what is missing is taken from the texts, never from numbers.
  std::vector<double> columns(const PrintTable& table, double size) const {
    std::vector<double> widths(table.head.size());
    double texts = 0;
    double sum = 0;
    for (std::size_t i = 0; i < widths.size(); ++i) {
      double wanted = 0;
      // A head may take two lines, a number none but its own.
      wanted =
          std::max(wanted, widthOf(table.head[i], {sans, size, true}) / (table.numbers[i] ? 2 : 1) + size);
      for (const auto& row : table.rows) wanted = std::max(wanted, widthOf(row[i], {sans, size}) + 1);
      widths[i] = wanted + 2 * cell_space;
      sum += widths[i];
      if (!table.numbers[i]) texts += widths[i];
    }
    if (sum <= textWidth() || texts == 0) {
      for (double& width : widths) width *= textWidth() / sum;
      return widths;
    }
    const double left = std::max(textWidth() - (sum - texts), textWidth() * 0.2);
    for (std::size_t i = 0; i < widths.size(); ++i) {
      if (!table.numbers[i]) widths[i] *= left / texts;
    }
    const double now = sum - texts + left;
    for (double& width : widths) width *= textWidth() / now;
    return widths;
  }

  double rowHeight(const std::vector<std::string>& cells, const std::vector<double>& widths,
                   const Style& style) const {
    double height = 0;
    for (std::size_t i = 0; i < cells.size(); ++i)
      height = std::max(height, heightOf(layoutOf(cells[i], style, widths[i] - 2 * cell_space).get()));
    return height + 2 * cell_space;
  }

  void drawRow(const PrintTable& table, const std::vector<std::string>& cells,
               const std::vector<double>& widths, Style style) {
    const double height = rowHeight(cells, widths, style);
    double x = page_margin;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      style.align = table.numbers[i] ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT;
      show(layoutOf(cells[i], style, widths[i] - 2 * cell_space).get(), x + cell_space, y_ + cell_space);
      x += widths[i];
    }
    y_ += height;
    rule(y_, 0.3);
  }

  void draw(const PrintTable& table) {
    turn(table.head.size() > wide_table);
    const double size = table.head.size() > wide_table + 3 ? 8 : 9;
    const std::vector<double> widths = columns(table, size);
    const Style head{sans, size, true};
    const Style body{sans, size};
    const auto title = layoutOf(table.title, {serif, 12, true}, textWidth());
    const double head_height = rowHeight(table.head, widths, head);
    const double first = table.rows.empty() ? 0 : rowHeight(table.rows.front(), widths, body);
    need(14 + heightOf(title.get()) + 4 + head_height + first);  // a title is not alone at the foot of a page
    y_ += 14;
    show(title.get(), page_margin, y_);
    y_ += heightOf(title.get()) + 4;
    rule(y_, 0.8);
    drawRow(table, table.head, widths, head);
    for (const auto& row : table.rows) {
      if (y_ + rowHeight(row, widths, body) > bottom()) {
        endPage();
        beginPage();
        rule(y_, 0.8);
        drawRow(table, table.head, widths, head);
      }
      drawRow(table, row, widths, body);
    }
  }

  Owned<cairo_surface_t> surface_;
  Owned<cairo_t> cairo_;
  Owned<PangoFontMap> fonts_;
  Owned<PangoContext> context_;
  const Report& report_;
  const BulletinContent& content_;
  int pages_ = 0;
  int page_ = 0;
  double width_ = short_side;
  double height_ = long_side;
  double y_ = 0;
};

}  // namespace

std::string printPdf(const Report& report, const BulletinContent& content) {
  std::string counted;
  const int pages = Document(counted, report, content, 0).write();
  std::string out;
  Document(out, report, content, pages).write();
  return out;
}

}  // namespace jinyue::insight
