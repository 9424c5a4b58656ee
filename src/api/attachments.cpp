// /attachments: files for cases: uploaded first, carried into a case by the form that names them, read by
// whoever may see the case.

#include "api/case_views.h"
#include "api/endpoint.h"

namespace jinyue::api {
namespace {

using identity::Permission;

struct AttachmentName {
  std::string name;
  static std::vector<About> about() {
    return {{"name", {"文件名", "name of the file"}, R"("现场.jpg")", 1, 255}};
  }
};
BOOST_DESCRIBE_STRUCT(AttachmentName, (), (name))

struct AttachmentPath {
  std::string id;
};
BOOST_DESCRIBE_STRUCT(AttachmentPath, (), (id))

struct AttachmentPurpose {
  std::optional<std::string> purpose;
  static std::vector<About> about() {
    return {{"purpose",
             {"附件属于个人信息时：查看目的，会留痕", "for a personal one: what for; it is audited"},
             {},
             4,
             200}};
  }
};
BOOST_DESCRIBE_STRUCT(AttachmentPurpose, (), (purpose))

struct WaitingAttachment {
  std::string id;
  std::string name;
  std::string media_type;
  std::int64_t size = 0;
  std::string digest;
  Instant uploaded;
  Instant expires;
  static std::vector<About> about() {
    return {{"id", {"附件编号，填进表单", "its id, to be named in a form"}},
            {"size", {"字节数；图片已去掉位置等信息", "bytes; of a picture without place and device"}},
            {"digest", {"内容摘要", "digest of the content"}},
            {"expires", {"到此时仍未提交则删除", "when it is dropped unless a form has named it"}}};
  }
};
BOOST_DESCRIBE_STRUCT(WaitingAttachment, (), (id, name, media_type, size, digest, uploaded, expires))

struct LimitsView {
  std::int64_t max_bytes = 0;
  int waiting = 0;
  std::int64_t waiting_bytes = 0;
  int per_case = 0;
  int keep_days = 0;
  static std::vector<About> about() {
    return {{"max_bytes", {"单个文件的字节数", "bytes of one file"}},
            {"waiting", {"未提交的个数", "files that are in no case yet"}},
            {"waiting_bytes", {"未提交的总字节数", "their bytes together"}},
            {"per_case", {"一个办件的个数", "files of one case"}},
            {"keep_days", {"未提交的保留天数", "days for which a file waits"}}};
  }
};
BOOST_DESCRIBE_STRUCT(LimitsView, (), (max_bytes, waiting, waiting_bytes, per_case, keep_days))

struct WaitingAttachments {
  std::vector<WaitingAttachment> items;
  LimitsView limits;
};
BOOST_DESCRIBE_STRUCT(WaitingAttachments, (), (items, limits))

WaitingAttachment waitingView(const evidence::Attachment& attachment) {
  return {attachment.id,
          attachment.name,
          attachment.media_type,
          attachment.size,
          std::string{attachment.digest()},
          attachment.uploaded,
          attachment.expires};
}

std::unexpected<Problem> noAttachment() {
  return refuse(ProblemKind::not_found, "attachment.unknown",
                {"没有这个附件", "there is no such attachment"});
}

evidence::Owner ownerOf(const identity::Caller& caller) {
  return {caller.actor(), static_cast<int>(caller.kind)};
}

Result<Answer<WaitingAttachment>> upload(const Rooms& rooms, const Call& call, const std::string& name,
                                         std::string_view bytes) {
  auto kept = rooms.attachments.keep(ownerOf(*call.caller), name, bytes);
  if (!kept) return std::unexpected(std::move(kept).error());
  Answer<WaitingAttachment> answer(waitingView(*kept));
  answer.location = fmt::format("{}/attachments/{}", api_root, kept->id);
  return answer;
}

/// Whether he may read it; what is personal is noted first.
Result<void> mayRead(const Rooms& rooms, Call& call, const evidence::Attachment& attachment,
                     const std::string& purpose) {
  if (attachment.waits()) {
    call.foundInReach();
    if (attachment.owner.actor != call.caller->actor()) return noAttachment();
    return {};
  }
  const auto row = findCase(call, rooms, attachment.case_id);
  if (!row) return noAttachment();
  if (attachment.erased) {
    return refuse(ProblemKind::not_found, "attachment.erased",
                  {"附件内容已依法删除", "the content of this attachment was erased"});
  }
  if (attachment.personal.empty()) return {};
  return rooms.audit.reveal(*call.caller, fmt::format("case:{}", attachment.case_id),
                            placeOf(*row, rooms.packs), {attachment.field}, purpose);
}

Result<Answer<Download>> attachmentContent(const Rooms& rooms, Call& call, const std::string& id,
                                           const std::string& purpose) {
  const auto found = rooms.attachments.find(id);
  if (!found) return noAttachment();
  if (auto may = mayRead(rooms, call, *found, purpose); !may) return std::unexpected(std::move(may).error());
  const bool is_text = found->media_type == "text/plain";
  Answer<Download> answer({is_text ? "text/plain; charset=utf-8" : found->media_type, found->name,
                           http::Pieces{rooms.attachments.contentOf(*found)}});
  answer.secret = true;
  return answer;
}

}  // namespace

void addAttachments(Endpoints& endpoints, const Rooms& rooms) {
  const auto taken = evidence::takenMediaTypes();
  const std::vector<std::string> types(taken.begin(), taken.end());
  const auto described = [](http::Method method, std::string path, std::string name, Text summary,
                            Reach reach) {
    return Description{.method = method,
                       .path = std::move(path),
                       .name = std::move(name),
                       .tag = "attachments",
                       .summary = std::move(summary),
                       .access = needs(Permission::case_read, reach),
                       // What an upload that comes twice leaves waits and goes.
                       .repeats = Repeats::harmless};
  };
  auto uploads = described(http::Method::post, "/attachments", "uploadAttachment",
                           {"上传附件，随后在表单中填写它的编号", "uploads a file, to be named in a form"},
                           Reach::nothing);
  uploads.detail = {"按内容判断类型；图片去掉位置、设备等信息，只留画面和方向",
                    "the content says what it is; a picture keeps nothing but itself and the way up"};
  uploads.status = 201;
  uploads.takes = types;
  uploads.route.max_body = static_cast<std::size_t>(rooms.attachments.limits().max_bytes);
  endpoints.add(uploads, [rooms](Call& call, const In<None, AttachmentName, Upload>& in) {
    return upload(rooms, call, in.query.name, in.body.bytes);
  });
  endpoints.add(
      described(http::Method::get, "/attachments", "listWaitingAttachments",
                {"我上传而未提交的附件，以及限额", "one's own files that are in no case yet; the limits"},
                Reach::nothing),
      [rooms](Call& call, const In<>&) -> Result<Answer<WaitingAttachments>> {
        const evidence::AttachmentLimits& of = rooms.attachments.limits();
        WaitingAttachments waiting{{},
                                   {of.max_bytes, of.waiting, of.waiting_bytes, of.per_case, of.keep_days}};
        for (const auto& each : rooms.attachments.waitingOf(call.caller->actor()))
          waiting.items.push_back(waitingView(each));
        return waiting;
      });
  auto reads =
      described(http::Method::get, "/attachments/{id}", "readAttachment",
                {"下载附件；个人信息须说明目的并留痕", "the file; a personal one for a purpose, audited"},
                Reach::thing);
  reads.gives = types;
  endpoints.add(reads, [rooms](Call& call, const In<AttachmentPath, AttachmentPurpose>& in) {
    return attachmentContent(rooms, call, in.path.id, in.query.purpose.value_or(""));
  });
  endpoints.add(
      described(http::Method::delete_, "/attachments/{id}", "dropAttachment",
                {"删除我上传而未提交的附件", "drops one's own file that is in no case yet"}, Reach::nothing),
      [rooms](Call& call, const In<AttachmentPath>& in) -> Result<Answer<Nothing>> {
        if (!rooms.attachments.drop(call.caller->actor(), in.path.id)) return noAttachment();
        return Nothing{};
      });
}

}  // namespace jinyue::api
