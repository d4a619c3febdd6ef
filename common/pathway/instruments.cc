#include "common/pathway/instruments.h"

#include <algorithm>

namespace plumbline::pathway {
namespace {

Points PointsOfItem(const v1::InstrumentItem& item) {
  Points points;
  points.first = item.minimum();
  for (int answer = item.minimum(); answer <= item.maximum(); ++answer) {
    points.by_answer.push_back(
        item.points().empty() ? answer : item.points(answer - item.minimum()));
  }
  const auto [least, most] =
      std::minmax_element(points.by_answer.begin(), points.by_answer.end());
  points.minimum = *least;
  points.maximum = *most;
  if (!item.reversed()) return points;
  for (std::int64_t& counted : points.by_answer) {
    counted = points.minimum + points.maximum - counted;
  }
  return points;
}

}  // namespace

const v1::InstrumentScale* FindScale(const v1::Instrument& instrument,
                                     absl::string_view scale_id) {
  if (scale_id.empty() && instrument.scales_size() == 1) {
    return &instrument.scales(0);
  }
  for (const v1::InstrumentScale& scale : instrument.scales()) {
    if (scale.scale_id() == scale_id && !scale_id.empty()) return &scale;
  }
  return nullptr;
}

const google::protobuf::RepeatedPtrField<v1::Band>& BandsOf(
    const v1::Pathway& message, const v1::Score& score) {
  if (!score.bands().empty()) return score.bands();
  for (const v1::Instrument& instrument : message.instruments()) {
    if (instrument.instrument_id() != score.instrument_id()) continue;
    const v1::InstrumentScale* const scale =
        FindScale(instrument, score.scale_id());
    if (scale != nullptr) return scale->bands();
  }
  return score.bands();
}

std::vector<int> NumbersOf(const v1::Instrument& instrument,
                           const v1::InstrumentScale& scale) {
  std::vector<int> numbers(scale.numbers().begin(), scale.numbers().end());
  if (!numbers.empty()) return numbers;
  for (const v1::InstrumentItem& item : instrument.items()) {
    numbers.push_back(item.number());
  }
  return numbers;
}

Score ScoreOfScale(const v1::Instrument& instrument,
                   const v1::InstrumentScale& scale) {
  Score score;
  score.method = static_cast<Score::Method>(scale.method());
  score.missing_max = scale.missing_max();
  score.follows_instrument = true;
  const std::vector<int> numbers = NumbersOf(instrument, scale);
  score.items.assign(numbers.size(), -1);
  for (const int number : numbers) {
    score.points.push_back(PointsOfItem(instrument.items(number - 1)));
  }
  if (scale.subscale_id().empty()) return score;
  const v1::InstrumentScale& subscale =
      *FindScale(instrument, scale.subscale_id());
  for (const int number : NumbersOf(instrument, subscale)) {
    const auto found = std::find(numbers.begin(), numbers.end(), number);
    score.subscale.push_back(static_cast<int>(found - numbers.begin()));
  }
  return score;
}

}  // namespace plumbline::pathway
