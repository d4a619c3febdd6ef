#include "common/trust/ed25519.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <cstdlib>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace plumbline::trust {
namespace {

template <auto Free>
struct Freer {
  template <typename T>
  void operator()(T* value) const {
    Free(value);
  }
};

using KeyPtr = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using DigestContextPtr = std::unique_ptr<EVP_MD_CTX, Freer<EVP_MD_CTX_free>>;
using BioPtr = std::unique_ptr<BIO, Freer<BIO_free>>;

const unsigned char* Bytes(absl::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

unsigned char* Bytes(std::string& bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}

// What fails here only does so without memory or without a working library.
void RequireSuccess(bool ok) {
  if (!ok) std::abort();
}

// Keys are not encrypted: a password prompt must never open.
int NoPassword(char* /*buffer*/, int /*size*/, int /*writing*/,
               void* /*data*/) {
  return -1;
}

}  // namespace

struct PrivateKey::Handle {
  KeyPtr key;
};

PrivateKey::PrivateKey(std::shared_ptr<const Handle> handle)
    : handle_(std::move(handle)) {}

PrivateKey PrivateKey::Generate() {
  KeyPtr key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
  RequireSuccess(key != nullptr);
  return PrivateKey(std::make_shared<const Handle>(Handle{std::move(key)}));
}

absl::StatusOr<PrivateKey> PrivateKey::FromPem(absl::string_view pem) {
  const BioPtr source(
      BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  RequireSuccess(source != nullptr);
  KeyPtr key(
      PEM_read_bio_PrivateKey(source.get(), nullptr, NoPassword, nullptr));
  if (key == nullptr) {
    return absl::InvalidArgumentError(
        "is not an unencrypted private key in PEM form");
  }
  if (EVP_PKEY_get_id(key.get()) != EVP_PKEY_ED25519) {
    return absl::InvalidArgumentError("is not an Ed25519 key");
  }
  return PrivateKey(std::make_shared<const Handle>(Handle{std::move(key)}));
}

std::string PrivateKey::ToPem() const {
  const BioPtr sink(BIO_new(BIO_s_mem()));
  RequireSuccess(sink != nullptr && PEM_write_bio_PKCS8PrivateKey(
                                        sink.get(), handle_->key.get(), nullptr,
                                        nullptr, 0, nullptr, nullptr) == 1);
  char* text = nullptr;
  const long size = BIO_get_mem_data(sink.get(), &text);
  return std::string(text, static_cast<std::size_t>(size));
}

std::string PrivateKey::PublicKey() const {
  std::string bytes(kPublicKeyBytes, '\0');
  std::size_t size = bytes.size();
  RequireSuccess(EVP_PKEY_get_raw_public_key(handle_->key.get(), Bytes(bytes),
                                             &size) == 1);
  return bytes;
}

std::string PrivateKey::PublicKeyHex() const {
  return absl::BytesToHexString(PublicKey());
}

std::string PrivateKey::Sign(absl::string_view message) const {
  const DigestContextPtr context(EVP_MD_CTX_new());
  std::string signature(kSignatureBytes, '\0');
  std::size_t size = signature.size();
  RequireSuccess(context != nullptr &&
                 EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr,
                                    handle_->key.get()) == 1 &&
                 EVP_DigestSign(context.get(), Bytes(signature), &size,
                                Bytes(message), message.size()) == 1);
  return signature;
}

bool VerifySignature(absl::string_view public_key, absl::string_view message,
                     absl::string_view signature) {
  if (public_key.size() != kPublicKeyBytes ||
      signature.size() != kSignatureBytes) {
    return false;
  }
  const KeyPtr key(EVP_PKEY_new_raw_public_key(
      EVP_PKEY_ED25519, nullptr, Bytes(public_key), public_key.size()));
  const DigestContextPtr context(EVP_MD_CTX_new());
  return key != nullptr && context != nullptr &&
         EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr,
                              key.get()) == 1 &&
         EVP_DigestVerify(context.get(), Bytes(signature), signature.size(),
                          Bytes(message), message.size()) == 1;
}

absl::Status WritePrivateKey(file::FileSystem& files, const std::string& path,
                             const PrivateKey& key) {
  const absl::StatusOr<bool> exists = files.Exists(path);
  if (!exists.ok()) return exists.status();
  if (*exists) {
    return absl::AlreadyExistsError(absl::StrCat(
        "'", path, "' is there already; a key file is never overwritten"));
  }
  absl::Status status =
      files.WriteNew(path, key.ToPem(), file::Access::kOwnerOnly);
  if (absl::IsAlreadyExists(status)) return status;
  if (status.ok()) status = files.SyncDirectory(file::DirectoryOf(path));
  // A part of a key would bar the way of the next attempt. Where nothing was
  // created there is nothing to remove.
  if (!status.ok()) files.Remove(path).IgnoreError();
  return status;
}

absl::StatusOr<PrivateKey> ReadPrivateKey(file::FileSystem& files,
                                          const std::string& path) {
  const absl::StatusOr<file::Access> access = files.AccessOf(path);
  if (!access.ok()) return access.status();
  if (*access != file::Access::kOwnerOnly) {
    return absl::PermissionDeniedError(absl::StrCat(
        "private key '", path,
        "' may be read by others than its owner; set its mode to 0600"));
  }
  const absl::StatusOr<std::string> pem = files.Read(path);
  if (!pem.ok()) return pem.status();
  absl::StatusOr<PrivateKey> key = PrivateKey::FromPem(*pem);
  if (key.ok()) return key;
  return absl::Status(
      key.status().code(),
      absl::StrCat("private key '", path, "' ", key.status().message()));
}

}  // namespace plumbline::trust
