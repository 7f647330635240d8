"""The choices of `historians` in words that a reader follows without having seen the rules."""

IN_WORDS = {
    "official sum": "China's own sum of all industry",
    "steel": "steel",
    "coal": "coal",
    "grain": "grain, as if it were industry",
    "twelve articles on the villages": "a letter of November 1960 that began the retreat in the villages",
    "ninth plenum": "a plenum of January 1961 that stopped the extremes",
    "canteens optional": "a conference of May and June 1961 that made canteens optional",
    "seven thousand cadres": "a conference of January 1962 at which leaders admitted faults",
    "register": "the state's register",
    "un2022": "the United Nations' rates",
    "coale": "Coale's rates",
    "banister": "Banister's rates",
    "sun": "Sun Jingxian's count",
    "jiang": "Jiang Zhenghua's count",
    "cao": "Cao Shuji's count",
    "yang_jisheng": "Yang Jisheng's count",
    "dikotter": "Dikötter's count",
    "sichuan": "the rates of Sichuan province",
    "henan": "the rates of Henan province",
    "harvest": "the harvest of China",
    "alliances": "the two alliances of 1961",
    "credit and relief": "the loan and the cancelled debt of 1960",
    "aid in the budget": "aid as a part of the state's income in 1954 and in 1960, too early to show what the rivalry brought",
    "arms in the budget": "arms as a part of the state's spending in 1959 and in 1967",
    "half a year": "of each half-year only the friendliest and the most hostile act counts",
    "one year": "of each year only the friendliest and the most hostile act counts",
    "every event": "every act counts",
    "without Soviet papers": "no Soviet paper is believed",
    "relief counts, announced order": "a cancelled debt counts as help, dated by the newspapers",
    "relief counts, archive order": "a cancelled debt counts as help, dated by the files",
    "new money only, announced order": "only new money counts, dated by the newspapers",
    "new money only, archive order": "only new money counts, dated by the files",
    "their own, 1962, by name": "only the Soviet party's congress, only 1962, only an attack by name",
    "another party's, 1962, by a hint": "another party's congress of 1962, and an attack that names nobody",
    "their own, 1961, by a hint": "the Soviet party's congress of 1961, and an attack that names nobody",
    "all papers": "all papers",
    "Koreans": "only what Koreans said",
    "Soviets": "only what Soviets said",
    "outsiders": "only what others said, neither Koreans nor Soviets",
    "texts seen, of 1967": "only the texts of 1967 that we saw",
    "and reports of texts": "the texts that we saw, and reports of texts that we did not see",
    "and later retellings": "the texts seen, the reports, and what was written later",
    "and the page itself": "the texts seen, the reports, what was written later, and the page itself",
    "with relief, 2 roubles a yuan": "cancelled debts count (China 3,050 then 420, USSR 1,000 then 900)",
    "with relief, 1.53 roubles a yuan": "cancelled debts count, a yuan at 1.53 instead of 2 roubles "
    "(China 2,674 then 420, USSR 1,000 then 900)",
    "new money only, 2 roubles a yuan": "only new money counts (China 1,600 then 420, USSR 1,000 then 0)",
    "new money only, 1.53 roubles a yuan": "only new money counts, a yuan at 1.53 instead of 2 roubles "
    "(China 1,224 then 420, USSR 1,000 then 0)",
    "with relief and arms, 2 roubles a yuan": "cancelled debts and arms count "
    "(China 3,050 then 420 and arms of unknown worth, USSR 1,000 then 1,566)",
    "missions exchanged": "partners with a diplomatic mission (10 in 1965, 60 in 1975)",
    "memberships": "memberships of international organisations (3 in 1965, 9 in 1975)",
    "visits to and from China": "visits to and from China that we know (14 in 1962-65, 1 in 1966-69)",
    "recognition of Seoul": "leaving is to recognise South Korea, as Moscow did in 1990 and Beijing in 1992",
    "end of the treaty": "leaving is to end the treaty of 1961, as Moscow did in 1996 and Beijing never did",
    "end of the treaty, earliest date": "leaving is to end the treaty of 1961, and Moscow ended it in 1995, as a handbook says",
}

BRIEFLY = {  # where a choice stands without its rule and its sums
    "half a year": "of each half-year only Kim's friendliest and most hostile act toward each patron count",
    "one year": "of each year only Kim's friendliest and most hostile act toward each patron count",
    "every event": "all of Kim's acts toward each patron count",
    "with relief, 2 roubles a yuan": "a cancelled debt counts as help",
    "with relief, 1.53 roubles a yuan": "a cancelled debt counts as help, and a yuan is worth 1.53 roubles, not 2",
    "new money only, 2 roubles a yuan": "only new money counts",
    "new money only, 1.53 roubles a yuan": "only new money counts, and a yuan is worth 1.53 roubles, not 2",
    "with relief and arms, 2 roubles a yuan": "a cancelled debt and arms count as help",
}


def briefly(choice: str) -> str:
    """Return a choice in a reader's words that stand without the sums beside them."""
    return BRIEFLY.get(choice, in_words(choice))


def in_words(choice: str) -> str:
    """Return a choice in a reader's words; one that is plain already stays as it is."""
    return IN_WORDS.get(choice, choice)
