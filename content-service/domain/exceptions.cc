#include "content-service/domain/exceptions.h"

#include <string>

#include "absl/strings/str_cat.h"

namespace plumbline::content {
namespace {

using pathway::v1::Item;
using pathway::v1::OnUnknown;
using pathway::v1::Worse;
using v1::ProofException;

ProofException Exception(const std::string& element, ProofException::Kind kind,
                         const std::string& reason) {
  ProofException exception;
  exception.set_element(element);
  exception.set_kind(kind);
  exception.set_reason(reason);
  return exception;
}

void AddOfItem(const Item& item, std::vector<ProofException>& exceptions) {
  const std::string element = absl::StrCat("items/", item.link_id());
  if (item.worse().order_case() == Worse::kUnordered) {
    exceptions.push_back(Exception(element, ProofException::KIND_UNORDERED,
                                   item.worse().unordered()));
  }
  for (const auto& of_order : item.worse().exceptions()) {
    ProofException& exception = exceptions.emplace_back(
        Exception(element, ProofException::KIND_MONOTONE, of_order.reason()));
    *exception.mutable_rule_ids() = of_order.rule_ids();
  }
  for (const auto& option : item.options()) {
    if (option.informational().empty()) continue;
    ProofException& exception = exceptions.emplace_back(Exception(
        element, ProofException::KIND_INFORMATIONAL, option.informational()));
    exception.set_option_code(option.code());
  }
}

}  // namespace

std::vector<ProofException> ExceptionsOf(const pathway::v1::Pathway& pathway) {
  std::vector<ProofException> exceptions;
  for (const Item& item : pathway.items()) AddOfItem(item, exceptions);
  for (const auto& rule : pathway.rules()) {
    if (rule.on_unknown().policy_case() != OnUnknown::kIgnore) continue;
    exceptions.push_back(Exception(absl::StrCat("rules/", rule.rule_id()),
                                   ProofException::KIND_IGNORED_WHEN_UNKNOWN,
                                   rule.on_unknown().ignore()));
  }
  return exceptions;
}

}  // namespace plumbline::content
