// The content of the tiny pathway, for tests without a server.

#ifndef PLUMBLINE_TESTS_CONTENT_SERVICE_SUPPORT_TINY_CONTENT_H_
#define PLUMBLINE_TESTS_CONTENT_SERVICE_SUPPORT_TINY_CONTENT_H_

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "common/pathway/source_files.h"
#include "common/trust/ed25519.h"
#include "common/trust/trust_policy.h"
#include "content-service/domain/compile_sources.h"
#include "content-service/domain/drafts.h"
#include "content-service/domain/stored_draft.h"

namespace plumbline::content {

inline Sources SourcesIn(const std::string& folder) {
  const auto files = pathway::LoadSourceFiles(folder, kDraftBytesMax);
  EXPECT_TRUE(files.ok()) << files.status();
  Sources sources;
  if (!files.ok()) return sources;
  for (const auto& [path, bytes] : *files) {
    v1::SourceFile& file = *sources.Add();
    file.set_path(path);
    file.set_content(bytes);
  }
  return sources;
}

inline Sources TinySources() {
  return SourcesIn("tests/fixtures/pathways/tiny");
}

inline absl::Time Noon() { return absl::FromUnixSeconds(1'800'000'000); }

inline CompiledSources CompileTiny() {
  return CompileSources("tiny", TinySources(), Noon);
}

// A policy whose audience the statements of a gate are for.
inline trust::TrustPolicy TinyPolicy() {
  return trust::TrustPolicy::Parse(
             absl::StrCat("audience: 'test' keys { key_id: 'root-1' roles: "
                          "KEY_ROLE_ROOT public_key: '",
                          trust::PrivateKey::Generate().PublicKeyHex(), "' }"),
             "trust.txtpb")
      .value();
}

}  // namespace plumbline::content

#endif  // PLUMBLINE_TESTS_CONTENT_SERVICE_SUPPORT_TINY_CONTENT_H_
