# %% [markdown]
# # How often words are used, year by year
#
# Run it cell by cell in an editor that knows `# %%`, or as a whole:
# `BAOGAO_INDEX=index python examples/trend.py`. It needs `pip install 'baogao[examples]'`.

# %%
import os

import matplotlib.pyplot as plt
import pandas as pd

import search

TERMS = ["营商环境", "放管服", "行政复议"]
FONTS = ["Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "WenQuanYi Micro Hei"]

# %% [markdown]
# A row a year, a column a term: occurrences in 10,000 characters. A year without reports has
# no value, which is not zero: the lines have a gap there. Reports whose year is not known
# have no place on an axis of years: the filter leaves them out.

# %%
with search.open_index(os.environ.get("BAOGAO_INDEX", "index")) as index:
    trend = index.trend(TERMS, by="year", filters=["year:1949.."])

years = [period.value for period in trend.periods]
rates = pd.DataFrame(
    {term.term: [use and use.rate for use in term.uses] for term in trend.terms},
    index=pd.Index(years, name="year"),
    dtype=float,
)
print(rates.round(2))

# %% [markdown]
# Where each term comes from: the report that uses it first.

# %%
for term in trend.terms:
    if term.first:
        print(f"{term.term}: {term.first.report.title} ({term.first.address})")

# %%
plt.rcParams["font.sans-serif"] = [*FONTS, *plt.rcParams["font.sans-serif"]]
plt.rcParams["svg.fonttype"] = "none"  # text stays text, set in the fonts of who looks at it
axes = rates.plot(marker="o", figsize=(9, 4), ylabel="occurrences in 10,000 characters")
axes.figure.savefig("trend.svg")
