"""The dated rules of what people ask and want, with the values they began with."""

from core.rules import DatedRule

DAY = 24 * 60

# An unanswered question is public after this long: silence doesn't hide it.
ANSWER_WITHIN = DatedRule("questions.answer_minutes", first=3 * DAY, unit="minutes")
QUESTIONS_PER_DAY = DatedRule("questions.per_day", first=10, unit="questions")
MOST_WISHES = DatedRule("wishes.most", first=200, unit="goods")
MOST_WATCHES = DatedRule("watches.most_per_person", first=50, unit="packs")
