"""Helpers of the course "The Sino-Soviet Split, Claim by Claim".

One small module, one idea:

data        load a table of `data/` by name, checked, with its sources
theme       colours, template and tool bar of every figure
figures     chart forms that argue, each followed by its words and its numbers
famine      the arithmetic of counting people who are not there
evidence    which papers speak for a word, which against it, which are copies
scores      judgements on dated events: a line, and how much of it survives
claims      the ledger: guesses, verdicts, source cards, document cards
exercises   questions that answer back
decisions   advice to Pyongyang, with only the papers of the day
calibration how sure the reader was, and how often right
historians  which verdicts survive another count, clock or voice
portfolio   the page rewritten, and one file with all that a reader did
start       the first greeting, and whether this computer is ready
answers     the student's own file, never lost
prose       ties every number in the text to a row of the data
pages       a lesson as its reading copy for the web
handouts    a lesson on four sheets of paper
site        all web pages, checked
environment makes `.venv`; needs nothing but Python
"""
