// What the interface knows of a person beside his account: cases, notices and files.
#pragma once

#include "api/rooms.h"

namespace jinyue::api {

/// Cases whose party a person is, by the keyed hash of identity.
identity::CasesOfFn casesOfParty(store::Store& store);

/// Erases notices by account, party and addresses.
identity::EraseNoticesFn noticesOfPerson(notify::Outbox& notices);

identity::FilesOf filesOfPerson(const evidence::Attachments& attachments);

}  // namespace jinyue::api
