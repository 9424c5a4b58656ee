#include "notify/notify_job.h"

#include <map>

#include <fmt/format.h>

#include "base/json_read.h"

namespace jinyue::notify {
namespace {

/// What the model or the pack has wrong; becomes the fault of the job.
struct Wrong {
  std::string what;
};

/// The notices of the definitions that cases run on, read once each.
class DeployedTexts {
 public:
  explicit DeployedTexts(store::Store& store) : store_(store) {}

  std::shared_ptr<const NoticeTexts> of(std::int64_t definition) {
    {
      const std::lock_guard lock(mutex_);
      if (const auto found = texts_.find(definition); found != texts_.end()) return found->second;
    }
    auto texts = std::make_shared<const NoticeTexts>(read(definition));
    const std::lock_guard lock(mutex_);
    return texts_.emplace(definition, std::move(texts)).first->second;
  }

 private:
  NoticeTexts read(std::int64_t definition) const {
    const auto row = store_.loadDefinition(definition);
    if (!row) throw Wrong{"the definition of the case is gone"};
    const auto deployment = fromJson<casework::Deployment>(row->source);
    if (!deployment) throw Wrong{describe(deployment.error())};
    for (const casework::DeployedFile& file : deployment->files) {
      if (file.path != notices_file) continue;
      auto texts = NoticeTexts::read(file.text, file.path);
      if (!texts) throw Wrong{describe(texts.error())};
      return std::move(*texts);
    }
    throw Wrong{"the pack has no notices.json"};
  }

  store::Store& store_;
  std::mutex mutex_;
  std::map<std::int64_t, std::shared_ptr<const NoticeTexts>> texts_;
};

std::string textIn(const feel::Context& payload, std::string_view name) {
  const feel::Value* value = payload.find(name);
  if (value == nullptr || value->isNull()) return {};
  const auto text = value->asString();
  if (!text) throw Wrong{fmt::format("{} is no text", name)};
  return std::string{*text};
}

std::optional<Language> languageIn(const feel::Context& payload) {
  const std::string text = textIn(payload, "language");
  if (text.empty()) return std::nullopt;
  if (text == "zh") return Language::zh;
  if (text == "en") return Language::en;
  throw Wrong{"language is neither zh nor en"};
}

Contact contactIn(const feel::Context& given) {
  Contact contact{{}, {}, languageIn(given)};
  for (const auto& [name, value] : given) {
    if (name == "language" || value.isNull()) continue;
    Channel channel{};
    if (!boost::describe::enum_from_string(name.c_str(), channel))
      throw Wrong{fmt::format("a recipient has no {}", name)};
    contact.addresses[channel] = textIn(given, name);
  }
  if (contact.addresses.empty()) throw Wrong{"a recipient has neither name nor address"};
  return contact;
}

std::vector<Contact> contactsOf(const feel::Value& to, const AddressBook& addresses) {
  if (const feel::List* list = to.asList()) {
    std::vector<Contact> all;
    for (const feel::Value& item : *list) {
      for (Contact& contact : contactsOf(item, addresses)) all.push_back(std::move(contact));
    }
    return all;
  }
  if (const feel::Context* context = to.asContext()) return {contactIn(*context)};
  const auto name = to.asString();
  if (!name || name->empty()) throw Wrong{"a recipient is neither a text nor addresses"};
  auto found = addresses(*name);
  // Nobody stands behind the name now: the notice waits for that, in sight.
  if (found.empty()) found.push_back({std::string{*name}, {}, {}});
  return found;
}

class NotifyJob {
 public:
  explicit NotifyJob(NotifyJobParts parts) : parts_(std::move(parts)), texts_(*parts_.store) {}

  casework::JobResult work(const casework::Job& job) {
    std::vector<NewNotice> notices;
    try {
      notices = noticesOf(job);
    } catch (const Wrong& wrong) {
      return casework::JobFault{wrong.what};
    }
    parts_.outbox->write(notices);
    if (parts_.written) parts_.written();
    return casework::JobDone{};
  }

 private:
  std::vector<NewNotice> noticesOf(const casework::Job& job) {
    const store::CaseId ids[] = {job.id.case_id};
    const auto rows = parts_.store->loadCases(ids);
    if (rows.empty()) throw Wrong{"there is no such case"};
    const store::CaseRow& row = rows.front();
    const auto definition = parts_.definitions->find(row.definition);
    if (!definition) throw Wrong{describe(definition.error())};

    const auto texts = texts_.of(row.definition);
    const std::string id = textIn(job.payload, "notice");
    const NoticeKind* kind = texts->find(id);
    if (kind == nullptr) throw Wrong{"the pack has no notice " + id};
    const feel::Value* to = job.payload.find("to");
    if (to == nullptr) throw Wrong{"it is not said to whom"};
    const feel::Value* parameters = job.payload.find("parameters");
    if (parameters != nullptr && parameters->asContext() == nullptr) throw Wrong{"parameters is no context"};
    const Language language = languageIn(job.payload).value_or(Language::zh);

    const Instant now = parts_.now();
    const bpmn::Facts facts = parts_.definitions->facts(**definition, now);
    NewNotice common;
    common.notice = id;
    common.case_id = row.id;
    common.pack = (*definition)->name;
    common.unit = row.unit;
    common.area = row.area;
    common.party = row.party;
    common.at = now;
    std::vector<NewNotice> notices;
    for (const Contact& contact : contactsOf(*to, parts_.addresses)) {
      common.language = contact.language.value_or(language);
      auto rendered = render(*kind, common.language,
                             parameters == nullptr ? feel::Context{} : *parameters->asContext(), facts.feel);
      if (!rendered) throw Wrong{describe(rendered.error())};
      common.content = std::move(rendered->content);
      common.title = std::move(rendered->masked_subject);
      addFor(contact, *kind, job.key, common, notices);
    }
    return notices;
  }

  void addFor(const Contact& contact, const NoticeKind& kind, const std::string& key, NewNotice notice,
              std::vector<NewNotice>& notices) const {
    bool reached = false;
    for (const Channel channel : kind.channels) {
      const auto address = contact.addresses.find(channel);
      if (address == contact.addresses.end() || address->second.empty()) continue;
      reached = true;
      add(contact.recipient.empty() ? parts_.outbox->recipientOf(channel, address->second)
                                    : contact.recipient,
          channel, address->second, key, notice, notices);
    }
    if (reached) return;
    if (contact.recipient.empty())
      throw Wrong{"a recipient has no address for any channel of the notice " + kind.id};
    add(contact.recipient, kind.channels.front(), {}, key, notice, notices);
  }

  static void add(std::string recipient, Channel channel, std::string address, const std::string& key,
                  NewNotice& notice, std::vector<NewNotice>& notices) {
    notice.key = fmt::format("{}/{}/{}", key, recipient, boost::describe::enum_to_string(channel, ""));
    notice.channel = channel;
    notice.recipient = std::move(recipient);
    notice.address = std::move(address);
    notices.push_back(notice);
  }

  NotifyJobParts parts_;
  DeployedTexts texts_;
};

}  // namespace

casework::JobHandler notifyJob(NotifyJobParts parts) {
  return [job = std::make_shared<NotifyJob>(std::move(parts))](const casework::Job& asked) {
    return job->work(asked);
  };
}

}  // namespace jinyue::notify
