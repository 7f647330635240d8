"""The questions and the choices of `historians` in words that a reader follows without having seen the rules."""

QUESTIONS = {  # what each rule asks
    "C06": (
        "How fast did output grow in 1952-57? It depends on what one measures. Our rule: if a rate is nearer to the "
        "official 18 percent a year than to 9, growth was rapid (supported). If it is lower: imprecise. Below 5: contradicted."
    ),
    "C08": (
        "When did the Leap end? The page says 1961. Whoever takes an event of 1961 as the end finds the page right and says "
        "supported. Whoever takes an event of 1960 or 1962 finds the page a year off and says imprecise. Scholars disagree "
        "which event to take. So our verdict is contested."
    ),
    "C09": (
        "Was it a disaster? We say yes if more than a million people died; that line is ours. Every count below is higher, even "
        "the lowest. So our verdict is supported, whichever count one takes."
    ),
    "C10": (
        "We judge the claim again, each time with one source only. Of 1958 to 1962, which were its three worst years in a row? "
        "1960-62: the page is right (supported). 1959-61: the page is a year off (imprecise). 1958-60: two years off "
        "(contradicted)."
    ),
    "C11": (
        "We judge again, each time with one source only. Of every 100 excess deaths, how many came before 1960? If at least 10 did, "
        "the recall of July 1960 cannot have begun the famine (supported). The limit of 10 is our own choice. Every source "
        "stays above it, Henan only just. This tests the recall alone, not weather against policy."
    ),
    "C12": (
        "Did Pyongyang gain? It depends on what one looks at, so we tried four tests. Test 1: were there alliances? Test 2: were "
        "there a loan and relief of debt? A yes means that the page is right: supported. Test 3: did aid fall as a part of the "
        "state's income? Test 4: did arms rise as a part of its spending? A yes means that the page is wrong: contradicted."
    ),
    "C13": (
        "Skip this at first; lesson 06, part B, explains it. There we give points to Kim's acts toward each patron. From "
        "1960 to October 1961, did he move further toward Beijing than toward Moscow? Then the page is right: supported. "
        "About as far toward both: imprecise. Further toward Moscow: contradicted. It depends on which acts count, so we try "
        "four rules. The points are ours; our verdict rests on the papers named above."
    ),
    "C15": (
        "Was the Soviet help larger than the Chinese loan, and did it come after? It depends on what counts as help, and on "
        "the dates. Larger and later: supported. Only one of the two: partly. If only new money counts, we have no Soviet "
        "sum: unverifiable."
    ),
    "C16": (
        "Did Soviet leaders attack China at a congress? We ask three times. By name, at a Soviet congress of 1962, as the page "
        "says? No: contradicted. By implication, at another party's congress of 1962? Yes, Brezhnev did in Prague, says a Chinese "
        "booklet. By implication, at the Soviet congress of 1961? Yes. Whoever accepts one of the last two as the page's meaning "
        "says: imprecise. We do not, since each of them changes two things in the page's sentence."
    ),
    "C20": (
        'Do more texts speak for "cut off" than against it? We count all papers first, then only some witnesses. With all papers, '
        'and with outsiders alone, more texts speak against "cut off" than for it. And more speak for "cut" than against it, so '
        "something became less. The verdict is: imprecise. Then we count only Pyongyang's words, and only Moscow's. Nobody there "
        'speaks of "cut off", so the verdict is: unverifiable. This is our rule, not a proof.'
    ),
    "C23": (
        "Does any text name Mao's wife as the speaker? We begin with the texts of 1967 that we saw, and add more step by step. None "
        "of them names her. In the last step we let the page be its own witness. That is not allowed, for no text can prove itself. "
        "The step only shows that nobody but the page carries the claim."
    ),
    "C24": (
        'Does any text have both words, "fat" and "revisionist"? The texts of 1967 that we saw have only "revisionist", so the '
        "verdict is: partly. Among the later texts one has both words, but it names no source. The page has both, too, but it may "
        "not be its own witness. So we stay with: partly."
    ),
    "C26": (
        "Our question: did each giant promise more help in 1960-65, during the split, than in 1953-54, before it? If both did: "
        "supported. If both promised help, but not both of them more than before: partly. We compare the sums that we know; each "
        "means: at least so much. If for one giant we know no sum at all: unverifiable. The answer depends on what counts as "
        "help, so the table tries three ways. The first number of each pair is the sum of 1953-54, the second that of 1960-65, "
        "in million old roubles, the Soviet money before 1961."
    ),
    "C27": (
        "Did North Korea's ties grow fewer? It depends on which ties one counts. If they grew fewer, the page is right: "
        "supported. If not: contradicted. Missions and memberships are compared in 1965, before the quarrel with China, "
        "and in 1970, after it. Our own verdict weighs all kinds of ties: fewer with China, not fewer with others. So it "
        "is: partly."
    ),
    "C29": (
        "Our question: had neither giant abandoned North Korea when the cold war ended? If neither had, the page is right: supported. "
        "If one of the two had: partly. The answer depends on two choices. What is it to abandon: to recognise South Korea, or to end "
        "the treaty of 1961? And when did the cold war end: with the Soviet Union in 1991, or in 1989, as others hold? We choose "
        "recognition and 1991. By then Moscow had recognised South Korea, Beijing had not. So our verdict is: partly."
    ),
}

SUMS = {  # choices that stand in a table with the sums of `historians.given`, and what is said below it
    "C26": (
        ("new money only, 2 roubles a yuan", "with relief, 2 roubles a yuan", "with relief and arms, 2 roubles a yuan"),
        "In no line did both promise more than before: China's known promises are smaller, whatever one counts. Promises "
        "without a known sum are in no line, among them Moscow's aid agreement of December 1960, China's free war materials of 1965, "
        "and the old debt that Moscow cancelled or put off in 1953, by a weak source. Their sums could change a verdict. "
        "Moscow's 900 are 760 of debts cancelled in 1960 and 140 of debts put off. "
        "Only the last line has Moscow's free arms of 1965. They were worth 150 million new roubles, the Soviet money from 1961 on, "
        "or 166.5 million dollars. One dollar was four old roubles, so the arms make 666 million old ones, and 900 becomes 1,566. "
        "China's help of 1953 was printed in yuan, its own money. We count a yuan as 2 roubles; a lower rate changes no verdict.",
    )
}

IN_WORDS = {
    "official sum": "China's own sum of all industry",
    "steel": "steel",
    "coal": "coal",
    "grain": "grain (as it should be, for grain is no industry: we tried it to see whether our rule can say no at all)",
    "twelve articles on the villages": "a letter of November 1960 that began the retreat in the villages",
    "ninth plenum": "a plenum of January 1961 that stopped the extremes",
    "canteens optional": "a conference of May and June 1961 that made canteens optional",
    "seven thousand cadres": "a conference of January 1962 at which leaders admitted faults",
    "register": "the state's register",
    "un2022": "the United Nations' rates",
    "coale": "Coale's rates",
    "banister": "Banister's rates",
    "sun": "Sun Jingxian's count, 3.66 million",
    "jiang": "Jiang Zhenghua's count, 17 million",
    "cao": "Cao Shuji's count, 32.5 million",
    "yang_jisheng": "Yang Jisheng's count, 36 million",
    "dikotter": "Dikötter's count, at least 45 million",
    "sichuan": "the rates of Sichuan province",
    "henan": "the rates of Henan province",
    "harvest": "the harvests of China, which tell of food, not of deaths (the three smallest in a row)",
    "alliances": "test 1 (the two alliances of 1961)",
    "credit and relief": "test 2 (the loan and the debt let off in 1960)",
    "aid in the budget": "test 3 (aid fell in 1954-60, but these years end when the quarrel became open, so it is no real test)",
    "arms in the budget": "test 4 (arms, as a handbook prints them: 19 percent in 1960, 19.8 on average in 1961-66, 30.4 in 1967)",
    "half a year": "the rule that of each half-year only his friendliest and his most hostile act count",
    "one year": "the rule that of each year only his friendliest and his most hostile act count",
    "every event": "the rule that every act counts",
    "without Soviet papers": "the rule that no Soviet paper is believed",
    "relief counts, announced order": "the rule that debt let off is help, with the newspapers' dates",
    "relief counts, archive order": "the rule that debt let off is help, with the files' dates (if July's letter held what was announced)",
    "new money only, announced order": "the rule that only new money is help, with the newspapers' dates",
    "new money only, archive order": "the rule that only new money is help, with the files' dates",
    "their own, 1962, by name": "only the Soviet party's congress, only 1962, only an attack by name",
    "another party's, 1962, by a hint": "another party's congress of 1962, and an attack by implication",
    "their own, 1961, by a hint": "the Soviet party's congress of 1961, and an attack by implication",
    "all papers": "all papers",
    "Koreans": "only what Pyongyang said",
    "Soviets": "only what Moscow said",
    "outsiders": "only what others said, neither Pyongyang nor Moscow",
    "texts seen, of 1967": "only the texts of 1967 that we saw",
    "and reports of texts": "also reports of texts that we did not see",
    "and later retellings": "only if we trusted a teaching text without a source, which we do not",
    "and the page itself": "if we let the page be its own witness, which is not allowed",
    "new money only, 2 roubles a yuan": "gifts and loans",
    "new money only, 1.53 roubles a yuan": "gifts and loans, with a yuan at 1.53 roubles",
    "with relief, 2 roubles a yuan": "gifts, loans, and debts cancelled or put off",
    "with relief, 1.53 roubles a yuan": "gifts, loans, and debts cancelled or put off, with a yuan at 1.53 roubles",
    "with relief and arms, 2 roubles a yuan": "gifts, loans, debts cancelled or put off, and free arms",
    "missions exchanged": "partners with a diplomatic mission (10 in 1965, 23 in 1970)",
    "memberships": "memberships of international organisations (3 in 1965, 3 in 1970)",
    "visits to and from China": "visits to and from China that we know (14 in 1962-65, 1 in 1966-69)",
    "visits to and from Moscow": "visits to and from Moscow that we know (5 in 1962-65, 7 in 1966-69)",
    "recognition of Seoul": "to abandon is to recognise South Korea, and the cold war ended in 1991"
    " (Moscow did so in 1990, Beijing in 1992)",
    "recognition of Seoul, over in 1989": "to abandon is to recognise South Korea, and the cold war ended in 1989 (before either did so)",
    "end of the treaty": "to abandon is to end the treaty of 1961, and the cold war ended in 1991"
    " (Moscow's ended in 1996, Beijing's stands)",
    "end of the treaty, earliest date": "to abandon is to end the treaty of 1961, and Moscow's ended in 1995, as a handbook says"
    " (after 1991, too)",
}

BRIEFLY = {  # where a choice stands without its rule and its sums
    "grain": "grain, which is no industry (tried to see whether this test can say no)",
    "relief counts, announced order": "a cancelled debt is help, and Moscow's promise dates from November 1960, as it was announced",
    "relief counts, archive order": "a cancelled debt is help, and Moscow's promise dates from July 1960, by its ambassador's journal",
    "new money only, announced order": "only new money is help, and Moscow's promise dates from November 1960",
    "new money only, archive order": "only new money is help, and Moscow's promise dates from July 1960",
    "without Soviet papers": "no Soviet paper is believed",
    "alliances": "the two alliances of 1961",
    "credit and relief": "the loan and the debt let off in 1960",
    "aid in the budget": "aid as a part of the state's income",
    "arms in the budget": "arms as a part of the state's spending",
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
