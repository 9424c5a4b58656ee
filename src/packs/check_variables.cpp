// Variables: that something sets what is read, that something reads what is asked, and that a process says
// which are personal.
#include <fmt/format.h>

#include "feel/ast.h"
#include "feel/builtins.h"
#include "feel/feel.h"
#include "packs/process_names.h"

namespace jinyue::packs {
namespace {

/// Registers that an expression looks something up in, by constant name.
void collectRegisters(const feel::Node& node, std::set<std::string, std::less<>>& found) {
  if (node.kind == feel::NodeKind::call && node.children.size() > 1 &&
      node.child(0).kind == feel::NodeKind::name && node.child(0).text == "lookup" &&
      node.child(1).kind == feel::NodeKind::literal) {
    if (const auto name = node.child(1).value.asString()) found.emplace(*name);
  }
  for (const auto& child : node.children) collectRegisters(*child, found);
}

class VariableChecker {
 public:
  explicit VariableChecker(Checking& checking)
      : checking_(checking), model_(*checking.model), names_(checking) {}

  void run() {
    for (const UsedExpression& each : expressionsOf(model_, names_)) checkExpression(each);
    checkDecisionInputs();
    checkIndicators();
    checkNotices();
    checkForms();
    checkBuiltinNames();
  }

 private:
  void checkExpression(const UsedExpression& used) {
    Names visible = names_.of(used.node->process);
    const bpmn::Node* from = used.node;
    if (used.outside) from = from->parent == bpmn::no_index ? nullptr : &model_.node(from->parent);
    if (from != nullptr) {
      for (const auto& [name, type] : names_.localsOf(*from)) visible.insert_or_assign(name, type);
    }
    for (const auto& [name, type] : used.extra) visible.insert_or_assign(name, type);
    checkIn(*used.expression, visible, used.what, used.place, reads_[used.node->process]);
  }

  void checkIn(const feel::Expression& expression, const Names& visible, const Text& what, const Place& place,
               std::set<std::string, std::less<>>& reads) {
    feel::Environment environment;
    for (const auto& [name, type] : visible) environment.variables.push_back({name, type});
    for (const std::string& name : expression.names()) reads.insert(name);
    for (const feel::Diagnostic& each : feel::check(expression, environment).diagnostics) {
      const std::string where =
          fmt::format("{}（{}，{}:{}）", expression.text(), what.zh, each.line, each.column);
      const std::string where_en =
          fmt::format("{} ({}, {}:{})", expression.text(), what.en, each.line, each.column);
      if (each.code == "feel.unknown-name") {
        checking_.findings.error(
            "variable.never-set",
            {fmt::format("没有谁给出这个变量：{} — {}", where, each.message.zh),
             fmt::format("nothing sets a variable: {} — {}", where_en, each.message.en)},
            place,
            {"由表单、服务、消息、决策或映射给出，或改名",
             "let a form, service, message, decision or mapping set it, or mend the name"});
      } else {
        checking_.findings.warning(
            each.code,
            {fmt::format("{}：{}", where, each.message.zh), fmt::format("{}: {}", where_en, each.message.en)},
            place);
      }
    }
    std::set<std::string, std::less<>> registers;
    collectRegisters(expression.ast(), registers);
    for (const std::string& name : registers) useRegister(name, place);
  }

  void useRegister(const std::string& name, const Place& place) {
    checking_.used.registers.insert(name);
    if (checking_.anyPack(
            [&](const Pack& pack) { return contains(pack.registers, name, &PackRegister::id); }))
      return;
    checking_.findings.error("register.unknown", {"没有这个登记簿：" + name, "there is no register " + name},
                             place,
                             {"加 registers/" + name + ".json，或在 needs 中写上有它的包",
                              "add registers/" + name + ".json, or the pack that has it to needs"});
  }

  void checkRegisterSource(const FieldSource& source, const Place& place) {
    useRegister(source.name, place);
    const auto lacksField = [&](const Pack& pack) {
      const PackRegister* reg = pack.reg(source.name);
      return reg != nullptr && reg->declaration && reg->declaration->schema().field(source.field) == nullptr;
    };
    if (!checking_.anyPack(lacksField)) return;
    checking_.findings.error("register.no-field",
                             {fmt::format("登记簿 {} 没有字段 {}", source.name, source.field),
                              fmt::format("the register {} has no field {}", source.name, source.field)},
                             place);
  }

  void checkDecisionInputs() {
    if (!checking_.decisions) return;
    for (const bpmn::Node& node : model_.nodes()) {
      if (node.kind != bpmn::NodeKind::rule_task) continue;
      const auto& decisions = checking_.decisions->decisions();
      const auto decision = std::ranges::find(decisions, node.decision, &dmn::DecisionInfo::id);
      if (decision == decisions.end()) continue;
      std::set<std::string> asked;
      const Place place{node.file, node.line, node.id};
      for (const dmn::NodeId input : decision->inputs) {
        const std::string& name = checking_.decisions->inputs()[input].name;
        asked.insert(name);
        if (contains(node.inputs, name, &bpmn::Mapping::name)) continue;
        checking_.findings.error(
            "decision.input-missing",
            {fmt::format("决策 {} 需要 {}，任务没有给", node.decision, name),
             fmt::format("the decision {} needs {}, which the task does not give", node.decision, name)},
            place, {"加 jy:input", "add a jy:input"});
      }
      for (const bpmn::Mapping& input : node.inputs) {
        if (asked.contains(input.name) || contains(decisions, input.name, &dmn::DecisionInfo::name)) continue;
        checking_.findings.warning(
            "decision.input-unused",
            {fmt::format("决策 {} 不用输入 {}", node.decision, input.name),
             fmt::format("the decision {} has no input {}", node.decision, input.name)},
            place);
      }
    }
  }

  /// What an indicator's expression sees.
  Names figureNames(const bpmn::Node& process) const {
    Names names = names_.of(process.index);
    addName(names, "case", feel::Type{});
    return names;
  }

  void checkFigureText(const std::optional<std::string>& text, const bpmn::Node& process, const Place& place,
                       Text what) {
    if (!text) return;
    const auto compiled = feel::Expression::compile(*text);
    if (!compiled) {
      checking_.findings.error(compiled.error().code, compiled.error().title, place, compiled.error().detail);
      return;
    }
    checkIn(*compiled, figureNames(process), what, place, reads_[process.index]);
  }

  /// A process that figures are about, or null (noted).
  const bpmn::Node* figureProcess(const std::string& name, const std::string& pointer) {
    const bpmn::Node* process = model_.process(name);
    if (process == nullptr) {
      checking_.findings.error("indicator.no-process",
                               {"没有这个流程：" + name, "there is no process " + name},
                               checking_.at("indicators.json", pointer + "/process"));
    }
    return process;
  }

  void checkIndicators() {
    const Figures& figures = checking_.pack.figures;
    for (std::size_t i = 0; i < figures.processes.size(); ++i) {
      const Place place = checking_.at("indicators.json", fmt::format("/processes/{}", i));
      for (const auto& name :
           {figures.processes[i].category_register, figures.processes[i].channel_register}) {
        if (name) useRegister(*name, place);
      }
    }
    for (std::size_t i = 0; i < figures.indicators.size(); ++i) {
      const Indicator& indicator = figures.indicators[i];
      const std::string pointer = fmt::format("{}/{}", checking_.pack.indicators_at, i);
      const bpmn::Node* process = figureProcess(indicator.process, pointer);
      if (process == nullptr) continue;
      const auto check = [&](const std::optional<std::string>& text, const char* member, Text what) {
        checkFigureText(text, *process, checking_.at("indicators.json", pointer + member), std::move(what));
      };
      if (indicator.day != "opened" && indicator.day != "closed")
        check(indicator.day, "/day", {"计入日期", "the day it counts on"});
      check(indicator.of, "/of", {"分母", "what it is a rate of"});
      check(indicator.counts, "/counts", {"计数条件", "what counts"});
      check(indicator.value, "/value", {"取值", "value"});
      check(indicator.total, "/total", {"合计", "total"});
    }
    for (std::size_t i = 0; i < figures.processes.size(); ++i) {
      const FigureProcess& each = figures.processes[i];
      const std::string pointer = fmt::format("/processes/{}", i);
      const bpmn::Node* process = figureProcess(each.process, pointer);
      if (process == nullptr) continue;
      for (const auto& [text, member] :
           {std::pair{&each.category, "/category"}, std::pair{&each.channel, "/channel"}}) {
        if (!*text) continue;
        const Place place = checking_.at("indicators.json", pointer + member);
        checkFigureText(*text, *process, place, {"分类", "what cases are told apart by"});
        const auto compiled = feel::Expression::compile(**text);
        if (!compiled) continue;
        for (const std::string& name : compiled->names()) {
          if (!model_.isPersonal(name)) continue;
          checking_.findings.error(
              "indicator.personal",
              {"统计分类不能用个人信息：" + name, "figures can't be told apart by personal data: " + name},
              place);
        }
      }
    }
  }

  /// A task that sends a notice says which and to whom, and gives what its texts ask for.
  void checkNotices() {
    for (const bpmn::Node& node : model_.nodes()) {
      if (node.topic.expression || node.topic.text != notice_service) continue;
      const Place place{node.file, node.line, node.id};
      const auto input = [&](const char* name) {
        const auto found = std::ranges::find(node.inputs, name, &bpmn::Mapping::name);
        return found == node.inputs.end() ? nullptr : &found->expression;
      };
      for (const char* name : {"notice", "to"}) {
        if (input(name) != nullptr) continue;
        checking_.findings.error("notice.incomplete",
                                 {fmt::format("发通知的任务没有输入 {}", name),
                                  fmt::format("the task that sends a notice has no input {}", name)},
                                 place, {"加 jy:input", "add a jy:input"});
      }
      if (input("notice") == nullptr) continue;
      const feel::Expression* parameters = input("parameters");
      for (const std::string& id : constantTexts(*input("notice"))) {
        const auto notice = std::ranges::find(checking_.pack.notices, id, &PackNotice::id);
        if (notice == checking_.pack.notices.end()) continue;
        for (const std::string& variable : notice->variables) {
          // Only a context that is written out says what is in it.
          if (parameters != nullptr && (parameters->ast().kind != feel::NodeKind::context ||
                                        contains(parameters->ast().names, variable))) {
            continue;
          }
          checking_.findings.error(
              "notice.variable-missing",
              {fmt::format("通知 {} 需要 {}，任务没有给", id, variable),
               fmt::format("the notice {} needs {}, which the task does not give", id, variable)},
              place, {"写入 jy:input parameters", "add it to the jy:input parameters"});
        }
      }
    }
  }

  void checkForms() {
    for (const FormUse& use : names_.forms()) {
      const Form& form = *use.form;
      for (std::size_t i = 0; i < form.shows().size(); ++i) {
        const std::string& name = form.shows()[i];
        reads_[use.process].insert(name);
        if (names_.of(use.process).contains(name)) continue;
        checking_.findings.error("variable.never-set",
                                 {"没有谁给出这个变量：" + name, "nothing sets the variable " + name},
                                 checking_.at(form.path(), fmt::format("/shows/{}", i)));
      }
    }
    for (const FormUse& use : names_.forms()) {
      const Form& form = *use.form;
      const auto& reads = reads_[use.process];
      for (const FormField& field : form.fields()) {
        const Place place = checking_.at(form.path(), "/schema/properties/" + field.name);
        const bool is_key = std::ranges::any_of(
            form.fields(), [&](const FormField& other) { return other.source.key == field.name; });
        if (!field.search && !is_key && !reads.contains(field.name)) {
          checking_.findings.warning(
              "form.field-unread",
              {fmt::format("问了“{}”却没有谁用它", field.title.zh),
               fmt::format("\"{}\" is asked, but nothing reads it", field.title.en)},
              place,
              {"删去这个字段，或让流程、决策、指标、通知、检索或办理表单（shows）用到它",
               "drop the field, or let a process, decision, indicator, notice, search or a form (shows) read "
               "it"});
        }
        if (!field.personal.empty() && !model_.isPersonal(field.name)) {
          const bpmn::Node& process = model_.node(use.process);
          checking_.findings.error(
              "personal.undeclared",
              {fmt::format("流程 {} 没有把 {} 声明为个人信息", process.id, field.name),
               fmt::format("the process {} does not declare {} as personal", process.id, field.name)},
              {process.file, process.line, process.id},
              {"写入 jy:personal，否则明文进入日志",
               "add it to jy:personal, or it enters the log in the clear"});
        }
        if (field.source.kind == "register") checkRegisterSource(field.source, place);
      }
    }
  }

  /// While such a variable has no value yet, an expression that names it means the function.
  void warnOfBuiltin(const std::string& name, Place place) {
    if (!feel::findBuiltin(name)) return;
    checking_.findings.warning(
        "variable.named-like-function",
        {"变量与 FEEL 函数同名：" + name, "a variable has the name of a function of FEEL: " + name},
        std::move(place),
        {"换一个名字：变量还没有值时，表达式里的这个名字指的是函数",
         "give it another name: as long as it has no value, expressions take it for the function"});
  }

  void checkBuiltinNames() {
    for (const FormUse& use : names_.forms()) {
      for (const FormField& field : use.form->fields())
        warnOfBuiltin(field.name, checking_.at(use.form->path(), "/schema/properties/" + field.name));
    }
    for (const bpmn::Node& node : model_.nodes()) {
      const Place place{node.file, node.line, node.id};
      warnOfBuiltin(node.number, place);
      warnOfBuiltin(node.result, place);
      for (const bpmn::Mapping& output : node.outputs) warnOfBuiltin(output.name, place);
      if (node.loop) {
        warnOfBuiltin(node.loop->element_variable, place);
        warnOfBuiltin(node.loop->output_collection, place);
      }
      if (node.isScope())  // what lies in it sees them
        for (const bpmn::Mapping& input : node.inputs) warnOfBuiltin(input.name, place);
    }
    const Manifest& manifest = checking_.pack.manifest;
    for (std::size_t i = 0; i < manifest.messages.size(); ++i) {
      if (manifest.messages[i].way != Way::comes) continue;
      for (const std::string& name : manifest.messages[i].brings)
        warnOfBuiltin(name, checking_.at("pack.json", fmt::format("/messages/{}", i)));
    }
    for (std::size_t i = 0; i < manifest.services.size(); ++i) {
      for (const std::string& name : manifest.services[i].gives)
        warnOfBuiltin(name, checking_.at("pack.json", fmt::format("/services/{}", i)));
    }
  }

  Checking& checking_;
  const bpmn::Model& model_;
  ProcessNames names_;
  std::map<bpmn::Index, std::set<std::string, std::less<>>> reads_;
};

}  // namespace

void checkVariables(Checking& checking) { VariableChecker(checking).run(); }

void checkMessages(Checking& checking) {
  using bpmn::NodeKind;
  using bpmn::Trigger;
  struct Ends {
    std::vector<const bpmn::Node*> thrown, taken;
  };
  std::map<std::pair<bool, std::string>, Ends> messages;  // signal or message, name
  for (const bpmn::Node& node : checking.model->nodes()) {
    if (!node.event || (node.event->trigger != Trigger::message && node.event->trigger != Trigger::signal))
      continue;
    const bool throws = node.kind == NodeKind::throw_event || node.kind == NodeKind::end_event ||
                        node.kind == NodeKind::send_task;
    Ends& ends = messages[{node.event->trigger == Trigger::signal, node.event->name}];
    (throws ? ends.thrown : ends.taken).push_back(&node);
  }
  const auto isOutside = [&](const std::string& name, Way way) {
    return std::ranges::any_of(checking.pack.manifest.messages, [&](const OutsideMessage& each) {
      return each.name == name && each.way == way;
    });
  };
  for (const auto& [key, ends] : messages) {
    const auto& [signal, name] = key;
    const Text kind = signal ? Text{"信号", "signal"} : Text{"消息", "message"};
    if (ends.thrown.empty() && !isOutside(name, Way::comes)) {
      for (const bpmn::Node* node : ends.taken) {
        checking.findings.error(
            "message.never-thrown",
            {fmt::format("没有谁发出{}“{}”", kind.zh, name),
             fmt::format("nobody throws the {} {}", kind.en, name)},
            {node->file, node->line, node->id},
            {"在某个流程中发出，或在 pack.json 的 messages 中声明它从外面来（comes）",
             "throw it in a process, or say in messages of pack.json that it comes from outside (comes)"});
      }
    }
    if (ends.taken.empty() && !isOutside(name, Way::goes)) {
      for (const bpmn::Node* node : ends.thrown) {
        checking.findings.error(
            "message.never-received",
            {fmt::format("没有谁接收{}“{}”", kind.zh, name),
             fmt::format("nobody receives the {} {}", kind.en, name)},
            {node->file, node->line, node->id},
            {"让某个流程接收，或在 pack.json 的 messages 中声明它到外面去（goes）",
             "let a process receive it, or say in messages of pack.json that it goes outside (goes)"});
      }
    }
  }
}

}  // namespace jinyue::packs
