#include "notify/notice_texts.h"

#include <algorithm>

#include "base/json_read.h"
#include "feel/value_json.h"
#include "notify/value_text.h"

namespace jinyue::notify {
namespace {

struct KindSource {
  std::string id;
  std::vector<Channel> channels;
  std::vector<NoticeVariable> variables;
  Text subject;
  Text text;
};
BOOST_DESCRIBE_STRUCT(KindSource, (), (id, channels, variables, subject, text))

struct FileSource {
  std::vector<KindSource> notices;
};
BOOST_DESCRIBE_STRUCT(FileSource, (), (notices))

/// Where the placeholder that begins after `from` ends: the "}" that is in no string and closes no other
/// brace.
std::size_t endOfPlaceholder(std::string_view text, std::size_t from) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = from; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '\\') ++i;
      else if (c == '"') quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{') {
      ++depth;
    } else if (c == '}' && depth-- == 0) {
      return i;
    }
  }
  return std::string_view::npos;
}

class Compiler {
 public:
  Compiler(const KindSource& kind, std::string where, std::vector<Problem>& findings)
      : kind_(kind), where_(std::move(where)), findings_(findings) {
    for (std::size_t i = 0; i < kind.variables.size(); ++i) addVariable(i);
  }

  NoticeText text(const std::string& source, std::string_view member) {
    NoticeText result;
    std::string fixed;
    const auto flush = [&] {
      if (!fixed.empty()) result.pieces.push_back({std::exchange(fixed, {}), {}});
    };
    for (std::size_t i = 0; i < source.size(); ++i) {
      const char c = source[i];
      if ((c == '{' || c == '}') && source.substr(i, 2) == std::string(2, c)) {
        fixed += c;
        ++i;
      } else if (c == '}') {
        find(member, "notice.brace",
             {"多出的“}”；要写这个符号请写“}}”", "a } too many; write }} for the sign"});
        return result;
      } else if (c == '{') {
        const std::size_t end = endOfPlaceholder(source, i + 1);
        if (end == std::string::npos) {
          find(member, "notice.brace",
               {"占位符没有结束；要写“{”请写“{{”", "a placeholder has no end; write {{ for the sign"});
          return result;
        }
        flush();
        placeholder(result, source.substr(i + 1, end - i - 1), member);
        i = end;
      } else {
        fixed += c;
      }
    }
    flush();
    return result;
  }

  void find(std::string_view member, const char* code, Text title, Text detail = {}) {
    findings_.push_back({ProblemKind::invalid,
                         code,
                         std::move(title),
                         fmt::format("{}/{}", where_, member),
                         std::move(detail),
                         {}});
  }

 private:
  void addVariable(std::size_t index) {
    const NoticeVariable& variable = kind_.variables[index];
    const std::string member = fmt::format("variables/{}", index);
    if (variable.name.empty())
      find(member, "notice.variable-unnamed", {"变量没有名称", "a variable has no name"});
    if (std::ranges::count(kind_.variables, variable.name, &NoticeVariable::name) > 1)
      find(member, "notice.variable-twice", {"变量重名", "a variable is declared twice"});
    const auto type = feel::Type::named(variable.type);
    if (!type) find(member + "/type", "notice.unknown-type", {"没有这个类型", "there is no such type"});
    environment_.variables.push_back({variable.name, type.value_or(feel::Type::any())});
    names_.push_back(variable.name);
  }

  void placeholder(NoticeText& result, const std::string& source, std::string_view member) {
    auto expression = feel::Expression::compile(source, names_);
    if (!expression) {
      find(member, "notice.placeholder",
           {"占位符不是正确的 FEEL 表达式", "a placeholder is no FEEL expression"},
           {fmt::format("{{{}}}：{}", source, expression.error().title.zh),
            fmt::format("{{{}}}: {}", source, expression.error().title.en)});
      return;
    }
    NoticeText::Piece piece;
    bool known = true;
    for (const std::string& name : expression->names()) {
      const auto variable = std::ranges::find(kind_.variables, name, &NoticeVariable::name);
      if (variable == kind_.variables.end()) {
        known = false;
        find(member, "notice.unknown-variable",
             {"占位符用了没有声明的变量", "a placeholder uses a variable that is not declared"},
             {name, name});
        continue;
      }
      piece.personal |= variable->personal;
      piece.optional |= variable->optional;
    }
    if (known) {
      for (const feel::Diagnostic& diagnostic : feel::check(*expression, environment_).diagnostics)
        find(member, "notice.placeholder-type", diagnostic.message, {source, source});
    }
    piece.expression = std::move(*expression);
    result.pieces.push_back(std::move(piece));
  }

  const KindSource& kind_;
  std::string where_;
  std::vector<Problem>& findings_;
  feel::Environment environment_;
  std::vector<std::string> names_;
};

NoticeKind compile(const KindSource& source, std::string where, std::vector<Problem>& findings) {
  Compiler compiler(source, std::move(where), findings);
  NoticeKind kind{source.id, source.channels, source.variables, {}, {}};
  if (trimmed(source.id).empty()) compiler.find("id", "notice.no-id", {"没有标识", "it has no id"});
  if (source.channels.empty())
    compiler.find("channels", "notice.no-channel", {"没有渠道", "it has no channel to go over"});
  for (const auto& [member, text, compiled] :
       {std::tuple{"subject", &source.subject, &kind.subject}, {"text", &source.text, &kind.text}}) {
    for (const auto language : {Language::zh, Language::en}) {
      const std::string path = fmt::format("{}/{}", member, language == Language::zh ? "zh" : "en");
      if (trimmed(in(language, *text)).empty())
        compiler.find(path, "notice.not-translated",
                      {"缺少这种语言的文本", "there is no text in this language"});
      compiled->emplace(language, compiler.text(in(language, *text), path));
    }
  }
  return kind;
}

std::unexpected<Problem> refuseValue(const char* code, Text title, const std::string& where,
                                     const feel::Evaluation* why = nullptr) {
  Text detail;
  if (why != nullptr && !why->diagnostics.empty()) detail = why->diagnostics.front().message;
  return refuse(ProblemKind::invalid, code, std::move(title), where, std::move(detail));
}

Result<feel::Context> accepted(const NoticeKind& kind, const feel::Context& parameters) {
  for (const auto& [name, value] : parameters) {
    if (std::ranges::find(kind.variables, name, &NoticeVariable::name) == kind.variables.end())
      return refuseValue("notice.unknown-parameter",
                         {"通知没有声明这个参数", "the notice does not declare this parameter"}, name);
  }
  feel::Context values;
  for (const NoticeVariable& variable : kind.variables) {
    const feel::Value* given = parameters.find(variable.name);
    if (given == nullptr || given->isNull()) {
      if (!variable.optional)
        return refuseValue("notice.value-missing",
                           {"通知的参数没有值", "a parameter of the notice has no value"}, variable.name);
      values.set(variable.name, nullptr);
      continue;
    }
    auto value = feel::converted(*given, *feel::Type::named(variable.type));
    if (!value)
      return refuseValue("notice.value-type",
                         {"通知的参数类型不对", "a parameter of the notice has a wrong type"}, variable.name);
    values.set(variable.name, std::move(*value));
  }
  return values;
}

Result<void> fill(const NoticeText& text, Language language, const feel::Context& values,
                  const feel::Facts& facts, std::string& whole, std::string& masked) {
  for (const NoticeText::Piece& piece : text.pieces) {
    if (!piece.expression) {
      whole += piece.text;
      masked += piece.text;
      continue;
    }
    const feel::Evaluation result = piece.expression->evaluate(values, facts);
    if (result.value.isNull()) {
      if (piece.optional && result.diagnostics.empty()) continue;
      return refuseValue("notice.value-missing", {"占位符没有值", "a placeholder has no value"},
                         piece.expression->text(), &result);
    }
    const auto words = textOf(result.value, language);
    if (!words)
      return refuseValue("notice.value-type", {"占位符的值不能写成文本", "a placeholder's value is no text"},
                         piece.expression->text());
    whole += *words;
    masked += piece.personal ? "***" : *words;
  }
  return {};
}

}  // namespace

std::string NoticeText::fixedText() const {
  std::string fixed;
  for (const Piece& piece : pieces) fixed += piece.text;
  return fixed;
}

Result<NoticeTexts> NoticeTexts::read(std::string_view json, std::string_view path) {
  auto source = fromJson<FileSource>(json);
  if (!source) {
    const std::string prefix = std::string{path} + ":";
    source.error().where.insert(0, prefix);
    for (Problem& cause : source.error().causes) cause.where.insert(0, prefix);
    return std::unexpected(std::move(source.error()));
  }
  NoticeTexts texts;
  std::vector<Problem> findings;
  for (std::size_t i = 0; i < source->notices.size(); ++i) {
    const KindSource& kind = source->notices[i];
    const std::string where = fmt::format("{}:/notices/{}", path, i);
    if (texts.find(kind.id) != nullptr)
      findings.push_back({ProblemKind::invalid,
                          "notice.twice",
                          {"标识重复", "this id is there twice"},
                          where + "/id",
                          {},
                          {}});
    texts.kinds_.push_back(compile(kind, where, findings));
  }
  if (findings.empty()) return texts;
  return std::unexpected(Problem{ProblemKind::invalid,
                                 "notice.texts",
                                 {"通知模板有误", "the notices can't be used"},
                                 std::string{path},
                                 {},
                                 std::move(findings)});
}

const NoticeKind* NoticeTexts::find(std::string_view id) const {
  const auto found = std::ranges::find(kinds_, id, &NoticeKind::id);
  return found == kinds_.end() ? nullptr : &*found;
}

Result<RenderedNotice> render(const NoticeKind& kind, Language language, const feel::Context& parameters,
                              const feel::Facts& facts) {
  const auto values = accepted(kind, parameters);
  if (!values) return std::unexpected(values.error());
  RenderedNotice rendered;
  Content& content = rendered.content;
  if (auto filled =
          fill(kind.subject.at(language), language, *values, facts, content.subject, rendered.masked_subject);
      !filled)
    return std::unexpected(std::move(filled.error()));
  if (auto filled =
          fill(kind.text.at(language), language, *values, facts, content.text, rendered.masked_text);
      !filled)
    return std::unexpected(std::move(filled.error()));
  content.data = toJson(*values);
  return rendered;
}

MessageLength shortest(const NoticeKind& kind, Language language) {
  return measureMessage(kind.text.at(language).fixedText());
}

}  // namespace jinyue::notify
