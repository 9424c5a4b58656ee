// The work of service and send tasks with jy:type "notify": a case tells people something.
//
//   <sendTask id="tell" jy:type="notify"><extensionElements>
//     <jy:input name="notice" expression="&quot;licence-granted&quot;"/>
//     <jy:input name="to" expression="[&quot;firm:&quot; + firm, {text_message: phone, language:
//     &quot;en&quot;}]"/> <jy:input name="parameters" expression="{firm: name, due: due}"/>
//   </extensionElements></sendTask>
#pragma once

#include <functional>
#include <memory>
#include <mutex>

#include "casework/pump.h"
#include "notify/dispatcher.h"
#include "notify/notice_texts.h"

namespace jinyue::notify {

struct NotifyJobParts {
  store::Store* store = nullptr;
  casework::Definitions* definitions = nullptr;  ///< for the facts that expressions use
  Outbox* outbox = nullptr;
  AddressBook addresses;
  NowFn now = systemNow;
  std::function<void()> written;  ///< called after notices were written: Dispatcher::wake
};

/// `to` is one recipient or a list of them: a text for the address book ("account:17", "unit:…", "firm:…",
/// "person:…"), or addresses by channel ({mail: "a@example.org", webhook: "archive"}), with a language of
/// their own if they have one. Each recipient gets a notice over each channel of the notice for which there
/// is an address; one without any gets one that waits for an address, so that it is seen. `language` ("zh",
/// "en") is for who has none; Chinese without it. The same job tried twice writes nothing twice. What the
/// model or the pack has wrong is a fault of the job, with nothing written for anybody.
casework::JobHandler notifyJob(NotifyJobParts parts);

/// The file of a pack that the notices stand in.
inline constexpr const char* notices_file = "notices.json";
/// The topic of the tasks.
inline constexpr const char* notify_topic = "notify";

}  // namespace jinyue::notify
