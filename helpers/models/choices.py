"""The choices of `historians` in words that a reader follows without having seen the rules."""

IN_WORDS = {
    "official sum": "China's own sum of all industry",
    "steel": "steel",
    "coal": "coal",
    "grain": "grain, which is farming and grew slowly: we tried it to see whether this test can also say no",
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
    "credit and relief": "the loan and the debt let off in 1960",
    "aid in the budget": "the fall of aid as a part of the state's income, 1954-60 (a weak test, for 1960 is too early)",
    "arms in the budget": "the rise of arms as a part of the state's spending, 1960-67",
    "half a year": "the rule that of each half-year only his friendliest and his most hostile act count",
    "one year": "the rule that of each year only his friendliest and his most hostile act count",
    "every event": "the rule that every act counts",
    "without Soviet papers": "the rule that no Soviet paper is believed",
    "relief counts, announced order": "the rule that debt let off is help, with the newspapers' dates",
    "relief counts, archive order": "the rule that debt let off is help, with the files' dates",
    "new money only, announced order": "the rule that only new money is help, with the newspapers' dates",
    "new money only, archive order": "the rule that only new money is help, with the files' dates",
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
    "with relief, 2 roubles a yuan": "gifts, loans and cancelled debts count (then both helped in 1960-65, and each less than in 1953-54)",
    "with relief, 1.53 roubles a yuan": "the same three count, and China's gift of 1953 is turned into roubles at 1.53 a yuan "
    "(it is then smaller, but the answer stays)",
    "new money only, 2 roubles a yuan": "only gifts and loans count (then Moscow gave nothing in 1960-65)",
    "new money only, 1.53 roubles a yuan": "the same two count, and China's gift of 1953 is turned into roubles at 1.53 a yuan "
    "(the answer stays)",
    "with relief and arms, 2 roubles a yuan": "free arms count too (then Moscow gave more than in 1953-54, "
    "but the worth of China's arms we did not see)",
    "missions exchanged": "partners with a diplomatic mission (10 in 1965, before the quarrel with China, and 60 in 1975, after it)",
    "memberships": "memberships of international organisations (3 in 1965, before the quarrel with China, and 9 in 1975, after it)",
    "visits to and from China": "visits to and from China that we know (14 in 1962-65, 1 in 1966-69)",
    "recognition of Seoul": "to abandon is to recognise South Korea (Moscow did in 1990, Beijing in 1992)",
    "end of the treaty": "to abandon is to end the treaty of 1961 (Moscow's ended in 1996, Beijing's stands)",
    "end of the treaty, earliest date": "to abandon is to end the treaty of 1961 (Moscow's ended in 1995, says a handbook)",
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
