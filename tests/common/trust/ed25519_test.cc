#include "common/trust/ed25519.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <string>

#include "absl/strings/escaping.h"
#include "tests/faults/faulty_file_system.h"
#include "tests/support/status_matchers.h"

namespace plumbline::trust {
namespace {

using testing::IsOk;
using testing::IsOkAndHolds;
using testing::StatusIs;

// RFC 8032, section 7.1, test 2.
constexpr char kPublicKeyHex[] =
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
constexpr char kSignatureHex[] =
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";
// The same test's private key as PKCS #8.
constexpr char kPem[] =
    "-----BEGIN PRIVATE KEY-----\n"
    "MC4CAQAwBQYDK2VwBCIEIEzNCJso/5banbbDRuwRTg9bijGfNaumJNqM9u1PuKb7\n"
    "-----END PRIVATE KEY-----\n";
// A key of another kind.
std::string EllipticCurvePem() {
  EVP_PKEY* const key = EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256");
  BIO* const sink = BIO_new(BIO_s_mem());
  PEM_write_bio_PKCS8PrivateKey(sink, key, nullptr, nullptr, 0, nullptr,
                                nullptr);
  char* text = nullptr;
  const long size = BIO_get_mem_data(sink, &text);
  const std::string pem(text, static_cast<std::size_t>(size));
  BIO_free(sink);
  EVP_PKEY_free(key);
  return pem;
}

TEST(Ed25519Test, VerifiesThePublishedExample) {
  const std::string key = absl::HexStringToBytes(kPublicKeyHex);
  const std::string signature = absl::HexStringToBytes(kSignatureHex);
  EXPECT_TRUE(VerifySignature(key, "\x72", signature));
  EXPECT_FALSE(VerifySignature(key, "\x73", signature));
}

TEST(Ed25519Test, SignsWhatItVerifies) {
  const PrivateKey key = PrivateKey::Generate();
  const std::string signature = key.Sign("message");
  EXPECT_EQ(signature.size(), kSignatureBytes);
  EXPECT_TRUE(VerifySignature(key.PublicKey(), "message", signature));
  EXPECT_FALSE(VerifySignature(key.PublicKey(), "massage", signature));
  EXPECT_FALSE(VerifySignature(PrivateKey::Generate().PublicKey(), "message",
                               signature));
}

TEST(Ed25519Test, RefusesEveryFlippedByteOfASignature) {
  const PrivateKey key = PrivateKey::Generate();
  std::string signature = key.Sign("message");
  for (char& byte : signature) {
    byte = static_cast<char>(byte ^ 1);
    EXPECT_FALSE(VerifySignature(key.PublicKey(), "message", signature));
    byte = static_cast<char>(byte ^ 1);
  }
}

TEST(Ed25519Test, RefusesOtherSizes) {
  const PrivateKey key = PrivateKey::Generate();
  const std::string signature = key.Sign("message");
  EXPECT_FALSE(VerifySignature(key.PublicKey(), "message", ""));
  EXPECT_FALSE(VerifySignature(key.PublicKey(), "message", signature + "x"));
  EXPECT_FALSE(VerifySignature("", "message", signature));
  EXPECT_FALSE(
      VerifySignature(key.PublicKey().substr(1), "message", signature));
}

TEST(PrivateKeyTest, ReadsThePemOfOtherTools) {
  const absl::StatusOr<PrivateKey> key = PrivateKey::FromPem(kPem);
  ASSERT_THAT(key, IsOk());
  EXPECT_EQ(key->PublicKeyHex(), kPublicKeyHex);
  EXPECT_EQ(key->ToPem(), kPem);
  EXPECT_EQ(absl::BytesToHexString(key->Sign("\x72")), kSignatureHex);
}

TEST(PrivateKeyTest, RefusesWhatIsNotAKey) {
  EXPECT_THAT(PrivateKey::FromPem("key"),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "is not an unencrypted private key in PEM form"));
  EXPECT_THAT(
      PrivateKey::FromPem(EllipticCurvePem()),
      StatusIs(absl::StatusCode::kInvalidArgument, "is not an Ed25519 key"));
}

class KeyFileTest : public ::testing::Test {
 protected:
  testing::FaultyFileSystem files_;
};

TEST_F(KeyFileTest, IsReadAsItWasWritten) {
  const PrivateKey key = PrivateKey::Generate();
  ASSERT_THAT(WritePrivateKey(files_, "keys/a.pem", key), IsOk());
  EXPECT_THAT(files_.AccessOf("keys/a.pem"),
              IsOkAndHolds(file::Access::kOwnerOnly));
  const absl::StatusOr<PrivateKey> read = ReadPrivateKey(files_, "keys/a.pem");
  ASSERT_THAT(read, IsOk());
  EXPECT_EQ(read->PublicKeyHex(), key.PublicKeyHex());
}

TEST_F(KeyFileTest, IsNeverOverwritten) {
  const PrivateKey key = PrivateKey::Generate();
  ASSERT_THAT(WritePrivateKey(files_, "keys/a.pem", key), IsOk());
  EXPECT_THAT(WritePrivateKey(files_, "keys/a.pem", PrivateKey::Generate()),
              StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_EQ(ReadPrivateKey(files_, "keys/a.pem")->ToPem(), key.ToPem());
}

TEST_F(KeyFileTest, LeavesNothingWhereTheDiskIsFull) {
  const PrivateKey key = PrivateKey::Generate();
  for (const int operation : {1, 2}) {  // The write, then the folder's sync.
    files_.FailAt(operation);
    EXPECT_THAT(WritePrivateKey(files_, "keys/a.pem", key),
                StatusIs(absl::StatusCode::kResourceExhausted));
    EXPECT_THAT(files_.Exists("keys/a.pem"), IsOkAndHolds(false));
  }
  EXPECT_THAT(WritePrivateKey(files_, "keys/a.pem", key), IsOk());
}

TEST_F(KeyFileTest, ThatOthersMayReadIsRefused) {
  ASSERT_THAT(files_.WriteNew("a.pem", kPem, file::Access::kReadable), IsOk());
  EXPECT_THAT(ReadPrivateKey(files_, "a.pem"),
              StatusIs(absl::StatusCode::kPermissionDenied,
                       "private key 'a.pem' may be read by others than its "
                       "owner; set its mode to 0600"));
}

TEST_F(KeyFileTest, ThatHoldsNoKeyIsNamed) {
  ASSERT_THAT(files_.WriteNew("a.pem", "?", file::Access::kOwnerOnly), IsOk());
  EXPECT_THAT(ReadPrivateKey(files_, "a.pem"),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "private key 'a.pem' is not an unencrypted private key "
                       "in PEM form"));
}

TEST_F(KeyFileTest, ThatIsMissingIsNotFound) {
  EXPECT_THAT(ReadPrivateKey(files_, "a.pem"),
              StatusIs(absl::StatusCode::kNotFound));
}

}  // namespace
}  // namespace plumbline::trust
