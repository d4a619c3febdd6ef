#include "common/pathway/check_worse.h"

#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/pathway/compile_item.h"

namespace plumbline::pathway {
namespace {

// Which options are at least as bad as which, closed under transitivity.
using Order = std::array<std::uint64_t, kOptionsMax>;

void Close(Order& worse) {
  for (int via = 0; via < kOptionsMax; ++via) {
    for (std::uint64_t& row : worse) {
      if ((row >> via & 1) != 0) row |= worse[via];
    }
  }
}

// The steps of all chains from an option to a worse one, each once.
struct Steps {
  void Add(int better, int worse) {
    const std::uint64_t bit = std::uint64_t{1} << worse;
    if ((known[better] & bit) == 0) list.emplace_back(better, worse);
    known[better] |= bit;
  }

  std::vector<std::pair<int, int>> list;
  Order known = {};
};

class WorseChecker {
 public:
  WorseChecker(Compiler& compiler, const v1::Worse& message, ElementPath path,
               const Item& item)
      : compiler_(compiler),
        message_(message),
        path_(std::move(path)),
        item_(item) {}

  void Run() {
    CheckOrder();
    if (!compiler_.CheckCount(path_.Field("exceptions"),
                              message_.exceptions_size(), kExceptionsMax)) {
      return;
    }
    for (int i = 0; i < message_.exceptions_size(); ++i) {
      const v1::OrderException& exception = message_.exceptions(i);
      const ElementPath path = path_.Element("exceptions", i);
      compiler_.CheckText(path.Field("reason"), exception.reason());
      if (exception.rule_ids().empty()) {
        compiler_.AddFault(path.Field("rule_ids"),
                           "required: the rules that need the exception");
      }
      compiler_.FindAll(path, "rule_ids", exception.rule_ids(), compiler_.rules,
                        "rule");
    }
  }

 private:
  // No default label: a new kind of order stops the build here.
  void CheckOrder() {
    switch (message_.order_case()) {
      case v1::Worse::kOptions:
        if (Fits(item_.type == ItemType::kChoice, "options", "choice items")) {
          CheckChains();
        }
        return;
      case v1::Worse::kDirection:
        if (Fits(IsNumber(item_), "direction", "integer and decimal items") &&
            message_.direction() != v1::Worse::DIRECTION_UP &&
            message_.direction() != v1::Worse::DIRECTION_DOWN) {
          compiler_.AddFault(path_.Field("direction"),
                             "write DIRECTION_UP or DIRECTION_DOWN");
        }
        return;
      case v1::Worse::kSetInclusion:
        if (Fits(item_.type == ItemType::kMultiChoice, "set_inclusion",
                 "multi-choice items")) {
          CheckTrue("set_inclusion", message_.set_inclusion());
        }
        return;
      case v1::Worse::kTrueIsWorse:
        if (Fits(item_.type == ItemType::kBoolean, "true_is_worse",
                 "boolean items")) {
          CheckTrue("true_is_worse", message_.true_is_worse());
        }
        return;
      case v1::Worse::kUnordered:
        return compiler_.CheckText(path_.Field("unordered"),
                                   message_.unordered());
      case v1::Worse::ORDER_NOT_SET:
        break;
    }
    compiler_.AddFault(path_,
                       "required: which answers are worse, or "
                       "'unordered' with the reason");
  }

  bool Fits(bool fits, absl::string_view field, absl::string_view types) {
    if (fits) return true;
    compiler_.AddFault(
        path_.Field(field),
        absl::StrCat("only ", types, " are ordered so; this item is ",
                     TypeName(item_.type)));
    return false;
  }

  void CheckTrue(absl::string_view field, bool value) {
    if (value) return;
    compiler_.AddFault(path_.Field(field),
                       "must be true; if no answer is worse, write "
                       "'unordered' with the reason");
  }

  void CheckChains() {
    const ElementPath path = path_.Field("options");
    if (message_.options().chains().empty()) {
      compiler_.AddFault(path.Field("chains"), "required: at least one chain");
    }
    if (!compiler_.CheckCount(path.Field("chains"),
                              message_.options().chains_size(), kOptionsMax)) {
      return;
    }
    Order worse = {};
    Steps steps;
    for (int i = 0; i < message_.options().chains_size(); ++i) {
      CheckChain(path.Element("chains", i), message_.options().chains(i), worse,
                 steps);
    }
    Close(worse);
    for (const auto& [better, bad] : steps.list) {
      if ((worse[bad] >> better & 1) == 0) continue;
      return compiler_.AddFault(
          path, absl::StrCat("'", item_.options[better].code, "' and '",
                             item_.options[bad].code,
                             "' are each worse than the other; take one of the "
                             "chains apart"));
    }
  }

  void CheckChain(const ElementPath& path, const v1::OptionChain& chain,
                  Order& worse, Steps& steps) {
    if (chain.levels_size() < 2) {
      compiler_.AddFault(path.Field("levels"), "write at least 2 levels");
    }
    if (!compiler_.CheckCount(path.Field("levels"), chain.levels_size(),
                              kOptionsMax)) {
      return;
    }
    std::vector<int> before;
    for (int i = 0; i < chain.levels_size(); ++i) {
      const std::vector<int> level =
          Options(path.Element("levels", i), chain.levels(i));
      for (const int option : level) {
        for (const int equal : level) {
          worse[option] |= std::uint64_t{1} << equal;
        }
        for (const int better : before) {
          worse[better] |= std::uint64_t{1} << option;
          steps.Add(better, option);
        }
      }
      before = level;
    }
  }

  std::vector<int> Options(const ElementPath& path,
                           const v1::OptionLevel& level) {
    std::vector<int> options;
    if (level.codes().empty()) {
      compiler_.AddFault(path.Field("codes"), "required: at least one option");
    }
    if (!compiler_.CheckCount(path.Field("codes"), level.codes_size(),
                              kOptionsMax)) {
      return {};
    }
    for (int i = 0; i < level.codes_size() && !compiler_.IsFull(); ++i) {
      const ElementPath code_path = path.Element("codes", i);
      const int option = item_.OptionIndex(level.codes(i));
      if (option < 0) {
        compiler_.AddUnknown(code_path, "option", level.codes(i),
                             item_.options.size(), [this] { return Codes(); });
      } else if (item_.options[option].means_unknown) {
        compiler_.AddFault(code_path,
                           absl::StrCat("option '", level.codes(i),
                                        "' means unknown and has no order"));
      } else {
        options.push_back(option);
      }
    }
    return options;
  }

  std::vector<absl::string_view> Codes() const {
    std::vector<absl::string_view> codes;
    for (const Option& option : item_.options) codes.push_back(option.code);
    return codes;
  }

  Compiler& compiler_;
  const v1::Worse& message_;
  const ElementPath path_;
  const Item& item_;
};

}  // namespace

void CheckWorse(Compiler& compiler, const v1::Worse& message,
                const ElementPath& path, const Item& item) {
  WorseChecker(compiler, message, path, item).Run();
}

}  // namespace plumbline::pathway
