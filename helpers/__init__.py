"""Helpers of the course "The Sino-Soviet Split, Claim by Claim". Nothing imports a room above its own.

Ground floor
    common       one clock, one escape, one Markdown table                      all lessons
    schema       is a table's file what its schema says, row by row             no lesson
    data         load a table of `data/` by name, checked, with its sources     all lessons
    sentences    what the helpers say to a reader, from one table               all lessons
    workfile     a small file of one's own: atomic, one writer at a time        all lessons
    theme        plotly's template and renderer, set once                       all lessons
    environment  makes `.venv`; needs nothing but Python                        no lesson
    remedies     what to do when the first start fails                          no lesson
figures/         draw: from a table to a plotly figure, with its words          all lessons
models/          reckon: no screen, no file, no answers
    reporting    how a harvest doubles on paper                                 03
    famine       counting people who are not there                              04
    scores       judgements on dated events: a line, and what survives          05, 06
    evidence     which papers speak for a word, which against it                07, 08
    historians   which verdicts survive another count, clock or voice           09
    choices      the choices of historians, in words                            no lesson
    decisions    advice to Pyongyang, with only the papers of the day           09
desk/            answer
    exercises    questions that answer back                                     all lessons
    reading      reads numbers, letters and verdicts as a class types them      all lessons
    slips        a slip of the fingers becomes one sentence                     no lesson
    cited        words and sources of a written text, counted                   all lessons
    verdicts     guesses, verdicts with how sure, written texts                 all lessons
    claims       the ledger: your verdict and ours                              all lessons
    marked       the page as running text, its claims marked                    00, 09
    looks        the six verdicts: a sign, a colour and a line for each         all lessons
    cards        who wrote to whom; through whose hands figures went            01, 02, 03, 04, 05, 06, 07, 08, 09
    sources      what a lesson rests on, and where to open it                   all lessons
    tables       tables whose headings stand over their columns                 01, 02, 03, 04, 05, 07, 08, 09
    people       who is who: three capitals, six names, two parties             all lessons
    answers      the reader's own file, how answers change, never lost          all lessons
    mine         the next pupil starts clean; answers taken back                00
    screen       puts words on the screen                                       all lessons
    start        the first greeting, and whether this computer is ready         00
    pieces       pieces of evidence, shown                                      07
    advice       advise Pyongyang, on the screen                                09
    voices       follow a historian, and see which verdicts fall                09
    calibration  how sure the reader was, and how often right                   09
    tasks        the written tasks in the lessons' own words                    no lesson
    portfolio    the page rewritten, and one file with all that a reader did    09
tools/           make: no lesson comes here
    build        runs the lessons, renews what is generated from the data
    seal         digests of the tables, what changed, the data's version
    prose        ties every number in the text to a row of the data
    keys         works the right answers out again
    guide        the teacher's guide
    slides       which cell begins a slide
    pages, handouts, site    a lesson as a web page, as paper; all of them
    phone        the charts of the pages once more, for a telephone
    answering, door, thumbs  pages that answer; the first page; its small pictures
    hour, drawings           a lesson's core as one class hour; its charts for paper and for a wall
    lengths      that hour in 45, 60 and 90 minutes; three hours that stand alone
    plan, sheet, deck, teach    that hour as one page for the teacher, as a sheet to copy, as slides; all of them
    pool         every question: in a lesson or in the bank, and on which paper
    bank, bank_pages, bank_exports, staff_papers    papers for teachers; the bank; Moodle and forms; key, letters, words
    class_view   what a class handed in, on one page
    conf         Sphinx's settings for the web pages
    student, kit             the course without solutions; with all its packages
    live, live_parts         JupyterLab with all lessons in a browser tab; what it is made of
    live_bundle, live_bytecode    its packages as one file; their modules compiled, as the browser's Python reads them
    live_serve               the same, shown on this computer
    release                  all that is given away
"""
