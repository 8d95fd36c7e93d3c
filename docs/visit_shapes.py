#!/usr/bin/env python3
"""Which shape of a visit so far goes with what outcome? Plain Python 3, no packages.

    python3 visit_shapes.py [DATA_FOLDER] [section ...]     sections: quantiles decided leaving browsing comparing saving variants dwell check

Every number is taken at a moment of the visit (a page view) from the pages up to that moment, never from later ones.
Purchase rates count a visit once: at a fixed page number, or at the moment when a condition FIRST holds. "base" is what
other visits at the same page numbers and the same cart state do (so a condition that only fires late gains nothing by it).
Intervals are Wilson's at 95 %. A/B is the same number in two halves (every other visit): a check of its steadiness only.
Hazards count page views, not visits (each is one chance to be the last).
"""
import bisect, collections, gzip, math, statistics, sys

DATA = sys.argv[1] if len(sys.argv) > 1 else "../shared/data"
PRODUCT, CART = 3, 6


def wilson(hits, n, z=1.96):
    if n == 0:
        return 0.0, 0.0, 0.0
    p = hits / n
    d = 1 + z * z / n
    mid = (p + z * z / 2 / n) / d
    half = z * math.sqrt(p * (1 - p) / n + z * z / 4 / n / n) / d
    return p, mid - half, mid + half


def pct(hits, n):
    p, lo, hi = wilson(hits, n)
    return f"{100*p:5.1f} [{100*lo:4.1f}, {100*hi:4.1f}] n={n}" if n else "   -"


def quantiles(values, at=(.05, .1, .25, .5, .75, .9, .95, .99)):
    v = sorted(values)
    return "  ".join(f"{int(100*q)}%:{v[min(len(v)-1, int(q*len(v)))]:.3g}" for q in at)


def rows(path):
    with gzip.open(f"{DATA}/{path}", "rt", errors="replace") as lines:
        next(lines)
        for line in lines:
            yield line.rstrip("\r\n")


# ---------------------------------------------------------------- the three logs, each read into visits

def shop_intent():
    """[(bought, [page type], [seconds from start])]"""
    visits = {}
    for line in rows("shop-intent/sessions-pages.csv.gz"):
        s, _, page, t, bought = line.split(",")
        v = visits.setdefault(s, (int(bought), [], []))
        v[1].append(int(page))
        v[2].append(float(t))
    return list(visits.values())


def clothing():
    """[[(category, model, colour, below the category's average price)]]"""
    visits = {}
    for line in rows("eshop-clothing/clicks.csv.gz"):
        r = line.split(";")
        visits.setdefault(r[5], []).append((r[6], r[7], r[8], r[12] == "2"))
    return list(visits.values())


def electronics():
    """[[(kind, product, category, price, seconds)]] in time order, as far as the cut log goes"""
    visits = {}
    for line in rows("rees46-electronics/events.csv.gz"):
        r = line.split(",")
        if len(r) < 9 or not r[8]:
            continue
        h, m, s = r[0][11:19].split(":")
        visits.setdefault(r[8], []).append((r[1], r[2], r[3], r[6], int(h) * 3600 + int(m) * 60 + int(s)))
    return list(visits.values())


class So_far:
    """A visit of shop-intent at one page view: only what is known then."""
    __slots__ = ("pages", "seconds", "pace", "median", "idle", "views", "types", "aba", "cart", "here", "landed", "run", "slow")

    def __init__(self, types, times, n):
        p, t = types[:n], times[:n]
        gaps = [b - a for a, b in zip(t, t[1:])]
        self.pages, self.seconds = n, t[-1] - t[0]
        self.pace = self.seconds / (n - 1) if n > 1 else 0.0
        self.idle = gaps[-1] if gaps else 0.0
        before = gaps[:-1]
        self.median = statistics.median(before) if before else 0.0
        self.slow = self.idle / max(1.0, self.median)
        self.views = p.count(PRODUCT)
        self.types = len(set(p))
        self.aba = sum(p[i] == p[i - 2] != p[i - 1] for i in range(2, n))
        self.cart = CART in p
        self.here, self.landed = p[-1], p[0]
        self.run = 0
        for x in reversed(p):
            if x != PRODUCT:
                break
            self.run += 1


class Moments:
    """All moments of shop-intent, made once; base rates per page number and cart state."""

    def __init__(self, visits, top=40):
        self.visits = [(v[0], len(v[1]), [So_far(v[1], v[2], n) for n in range(2, min(top, len(v[1])) + 1)]) for v in visits]
        self.buy, self.last = collections.defaultdict(lambda: [0, 0]), collections.defaultdict(lambda: [0, 0])
        self.gone = collections.defaultdict(lambda: [0, 0])
        for bought, length, moments in self.visits:
            for m in moments:
                for table, hit in ((self.buy, bought), (self.last, m.pages == length), (self.gone, m.pages == length and not bought)):
                    table[m.pages, m.cart][0] += hit
                    table[m.pages, m.cart][1] += 1

    def rule(self, name, holds):
        """Purchase rate of the visits in which the condition ever holds, taken when it first holds."""
        hit, n, expected, at, half = 0, 0, 0.0, [], {0: [0, 0, 0.0], 1: [0, 0, 0.0]}
        for i, (bought, _, moments) in enumerate(self.visits):
            m = next((m for m in moments if holds(m)), None)
            if m:
                b = self.buy[m.pages, m.cart]
                e = b[0] / b[1]
                hit += bought; n += 1; expected += e; at.append(m.pages)
                h = half[i % 2]
                h[0] += bought; h[1] += 1; h[2] += e
        if not n:
            return print(f"{name:62} never")
        lift = [f"{h[0]/h[2]:.2f}" if h[2] else "-" for h in half.values()]
        print(f"{name:62} {pct(hit, n)} ({100*n/len(self.visits):4.1f} % of visits, first at page {statistics.median(at):.0f})"
              f"  base {100*expected/n:4.1f}  lift {hit/expected:.2f}  A/B {'/'.join(lift)}")

    def hazard(self, name, holds, pages=range(6, 41)):
        """P(this page view is the last) and P(last, without a purchase) at page views where the condition holds."""
        last = gone = n = 0
        expected = exgone = 0.0
        half = {0: [0, 0.0], 1: [0, 0.0]}
        for i, (bought, length, moments) in enumerate(self.visits):
            for m in moments[pages[0] - 2:]:
                if m.pages <= pages[-1] and holds(m):
                    b, g = self.last[m.pages, m.cart], self.gone[m.pages, m.cart]
                    end = m.pages == length
                    n += 1; last += end; gone += end and not bought
                    expected += b[0] / b[1]; exgone += g[0] / g[1]
                    half[i % 2][0] += end; half[i % 2][1] += b[0] / b[1]
        if not n:
            return print(f"{name:62} never")
        lift = "/".join(f"{h[0]/h[1]:.2f}" if h[1] else "-" for h in half.values())
        print(f"{name:52} last {pct(last, n)} base {100*expected/n:4.1f} x{last/expected:.2f} (A/B {lift})"
              f" | leaves unbought {pct(gone, n)} base {100*exgone/n:4.1f} x{gone/exgone:.2f}")


PACE = [0, 5, 10, 20, 30, 45, 60, 90, 120, 180, 300, 600, 1e9]


def bands(edges):
    return [(edges[i], edges[i + 1]) for i in range(len(edges) - 1)]


def table(M, title, key, labels, numbers=(3, 5, 6, 8, 10, 15, 20), cart=False):
    cells = collections.defaultdict(lambda: [0, 0])
    for bought, _, moments in M.visits:
        for n in numbers:
            if len(moments) > n - 2 and moments[n - 2].cart == cart:
                for k in (key(moments[n - 2]), "all"):
                    cells[k, n][0] += bought
                    cells[k, n][1] += 1
    print(f"\n{title} (cart reached: {cart}); purchase rate by page number")
    for k in ["all"] + list(labels):
        print(f"  {str(k):16}", " | ".join(f"p{n}: {pct(*cells[k, n])}" for n in numbers if cells[k, n][1] >= 30))


def band_of(value, edges):
    i = bisect.bisect_right(edges, value) - 1
    return f"{edges[i]:.4g}-{edges[i+1]:.4g}" if edges[i + 1] < 1e9 else f">={edges[i]:.4g}"


def band_names(edges):
    return [band_of(e, edges) for e in edges[:-1]]


# ---------------------------------------------------------------- sections

def s_quantiles(M):
    print("\n==== typical values, shop-intent (every visit has 6 to 49 pages: cut so by its makers)")
    print("pages at the end      ", quantiles([v[1] for v in M.visits]))
    for n in (3, 6, 10, 20):
        ms = [v[2][n - 2] for v in M.visits if v[1] >= n]
        print(f"page {n:2}: secondsPerPage ", quantiles([m.pace for m in ms]), " n", len(ms))
        print(f"         product pages  ", quantiles([m.views for m in ms]))
    all_m = [m for v in M.visits for m in v[2]]
    print("secondsIdle (gap before a page view)", quantiles([m.idle for m in all_m]), " n", len(all_m))
    C = clothing()
    print("eshop-clothing: product clicks a visit", quantiles([len(v) for v in C]), "  different models", quantiles([len({x[1] for x in v}) for v in C]))
    E = electronics()
    views = [[x for x in v if x[0] == "view"] for v in E]
    print("rees46: views a visit", quantiles([len(v) for v in views]), "  different products", quantiles([len({x[1] for x in v}) for v in views]))
    print("rees46: secondsPerPage at the third view", quantiles([(v[2][4] - v[0][4]) / 2 for v in views if len(v) > 2]))


def s_decided(M):
    print("\n==== DECIDED, shop-intent")
    table(M, "secondsPerPage", lambda m: band_of(m.pace, PACE), band_names(PACE))
    table(M, "secondsPerPage", lambda m: band_of(m.pace, PACE), band_names(PACE), cart=True)
    SH = [0, .001, .2, .4, .6, .8, .999, 1e9]
    table(M, "share of product pages", lambda m: band_of(m.views / m.pages, SH), band_names(SH))
    table(M, "page types so far", lambda m: m.types, range(1, 7))
    table(M, "goings back A-B-A of page types", lambda m: min(4, m.aba), range(5))
    table(M, "first page's type", lambda m: m.landed, range(7))
    table(M, "cart reached", lambda m: m.cart, [], cart=True)
    cross = lambda m: (("<10" if m.pace < 10 else "10-30" if m.pace < 30 else "30-180" if m.pace < 180 else ">=180"),
                       ("<40%" if m.views < .4 * m.pages else "40-80%" if m.views < .8 * m.pages else ">=80%"),
                       "aba 0" if m.aba == 0 else "aba 1+")
    names = [(a, b, c) for a in ("<10", "10-30", "30-180", ">=180") for b in ("<40%", "40-80%", ">=80%") for c in ("aba 0", "aba 1+")]
    table(M, "pace x product share x going back", cross, names, numbers=(5, 8, 12))
    print("\nfirst time the condition holds:")
    R = M.rule
    for n in (3, 4, 5, 6):
        R(f"folklore, no cart: pages={n}, pace<10, product share>=80%", lambda m: not m.cart and m.pages == n and m.pace < 10 and m.views >= .8 * m.pages)
        R(f"no cart: pages={n}, pace<10", lambda m: not m.cart and m.pages == n and m.pace < 10)
        R(f"no cart: pages={n}, pace 30-180, share>=80%", lambda m: not m.cart and m.pages == n and 30 <= m.pace <= 180 and m.views >= .8 * m.pages)
    for lo in (10, 20, 30, 45):
        for hi in (120, 180, 300):
            R(f"no cart: pages 3..8, pace {lo}-{hi}, share>=80%", lambda m: not m.cart and 3 <= m.pages <= 8 and lo <= m.pace <= hi and m.views >= .8 * m.pages)
    R("no cart: pages 4..10, pace 20-180, share>=80%", lambda m: not m.cart and 4 <= m.pages <= 10 and 20 <= m.pace <= 180 and m.views >= .8 * m.pages)
    R("no cart: pages 4..10, pace 20-180, share>=75%", lambda m: not m.cart and 4 <= m.pages <= 10 and 20 <= m.pace <= 180 and m.views >= .75 * m.pages)
    R("no cart: pages 3..8, pace 30-180, share>=80%, landed on product", lambda m: not m.cart and 3 <= m.pages <= 8 and 30 <= m.pace <= 180 and m.views >= .8 * m.pages and m.landed == 3)
    R("no cart: pages 3..8, share>=80% (any pace)", lambda m: not m.cart and 3 <= m.pages <= 8 and m.views >= .8 * m.pages)
    R("cart page reached, first time", lambda m: m.cart)
    for a, b in ((2, 4), (5, 8), (9, 15), (16, 40)):
        R(f"cart page reached first at page {a}..{b}", lambda m: m.cart and m.here == CART and a <= m.pages <= b)
    print("against ALL visits at the same page number (cart or not):")
    allb = collections.defaultdict(lambda: [0, 0])
    for b, _, ms in M.visits:
        for m in ms:
            allb[m.pages][0] += b; allb[m.pages][1] += 1
    for name, holds in (("cart page reached", lambda m: m.cart), ("cart, pace<10", lambda m: m.cart and m.pace < 10), ("cart, pace 20-180", lambda m: m.cart and 20 <= m.pace <= 180),
                        ("straight to the cart: by page 8, pace 20-180, share>=40%", lambda m: m.cart and m.pages <= 8 and 20 <= m.pace <= 180 and m.views >= .4 * m.pages),
                        ("no cart: pages 3..8, pace 30-180, share>=80%", lambda m: not m.cart and 3 <= m.pages <= 8 and 30 <= m.pace <= 180 and m.views >= .8 * m.pages)):
        k = n = 0; e = 0.0
        for b, _, ms in M.visits:
            m = next((m for m in ms if holds(m)), None)
            if m:
                k += b; n += 1; e += allb[m.pages][0] / allb[m.pages][1]
        print(f"  {name:58} {pct(k, n)} base {100*e/n:.1f} lift {k/e:.2f}")
    print("cart reached, then k pages away from it (page number 8..20 pooled, first time):")
    for k in (1, 2, 3, 5, 8):
        hit = n = 0
        for b, length, ms in M.visits:
            away, seen = 0, False
            for m in ms:
                if m.here == CART:
                    seen, away = True, 0
                elif seen:
                    away += 1
                    if away == k:
                        hit += b; n += 1
                        break
        print(f"  {k} pages since the cart page: {pct(hit, n)}")


def s_leaving(M):
    print("\n==== LEAVING, shop-intent: P(this page view is the last), pages 6..40 (before 6 no visit of this log ends)")
    print("hazard by page number, no cart:", "  ".join(f"p{n}:{100*M.last[n, False][0]/M.last[n, False][1]:.1f}%({M.last[n, False][1]})" for n in (6, 7, 8, 10, 12, 15, 20, 25, 30, 40)))
    print("hazard by page number, cart   :", "  ".join(f"p{n}:{100*M.last[n, True][0]/M.last[n, True][1]:.1f}%({M.last[n, True][1]})" for n in (6, 7, 8, 10, 12, 15, 20, 25, 30, 40)))
    H = M.hazard
    nc = lambda m: not m.cart
    H("no cart: all", nc)
    H("cart: all", lambda m: m.cart)
    for lo, hi in bands([0, 2, 5, 10, 20, 45, 90, 180, 300, 600, 1200, 1800, 3600, 1e9]):
        H(f"no cart: secondsIdle {lo}-{hi:.0f}", lambda m: nc(m) and lo <= m.idle < hi)
    for lo, hi in bands(PACE):
        H(f"no cart: secondsPerPage {lo}-{hi:.0f}", lambda m: nc(m) and lo <= m.pace < hi)
    for lo, hi in bands([0, .1, .25, .5, 1, 2, 4, 8, 16, 32, 1e9]):
        H(f"no cart: last gap / median gap {lo}-{hi:.0f}", lambda m: nc(m) and lo <= m.slow < hi)
    for x in range(7):
        H(f"no cart: this page is of type {x}", lambda m: m.here == x and nc(m))
        if x != 6:
            H(f"cart before: this page is of type {x}", lambda m: m.here == x and m.cart)
    for lo, hi in bands([0, 1, 2, 3, 5, 8, 1e9]):
        H(f"no cart: product pages in a row {lo}-{hi:.0f}", lambda m: nc(m) and lo <= m.run < hi)
    for lo, hi in bands([0, .001, .2, .4, .6, .8, 1.01]):
        H(f"no cart: product share {lo}-{hi}", lambda m: nc(m) and lo <= m.views / m.pages < hi)
    H("no cart: idle>=300 and on product", lambda m: nc(m) and m.idle >= 300 and m.here == 3)
    H("no cart: idle>=600", lambda m: nc(m) and m.idle >= 600)
    H("no cart: idle>=1800", lambda m: nc(m) and m.idle >= 1800)
    H("no cart: idle>=1800 & share<20%", lambda m: nc(m) and m.idle >= 1800 and m.views < .2 * m.pages)
    H("no cart: idle>=600 & share<20%", lambda m: nc(m) and m.idle >= 600 and m.views < .2 * m.pages)
    H("no cart: idle>=600 & share<=20%", lambda m: nc(m) and m.idle >= 600 and m.views <= .2 * m.pages)
    H("no cart: pace>=180", lambda m: nc(m) and m.pace >= 180)
    H("no cart: pace>=300", lambda m: nc(m) and m.pace >= 300)
    H("no cart: pace>=300 & idle>=600", lambda m: nc(m) and m.pace >= 300 and m.idle >= 600)
    H("no cart: share<20%", lambda m: nc(m) and m.views < .2 * m.pages)
    H("no cart: here not product/list (0,1,4,5)", lambda m: nc(m) and m.here in (0, 1, 4, 5))
    H("no cart: share<20%, here 0/1/4/5", lambda m: nc(m) and m.views < .2 * m.pages and m.here in (0, 1, 4, 5))
    for lo, hi in ((600, 1800), (300, 1800)):
        H(f"no cart: secondsIdle {lo}-{hi}", lambda m: nc(m) and lo <= m.idle < hi)
        H(f"no cart: secondsIdle {lo}-{hi}, product share<=20%", lambda m: nc(m) and lo <= m.idle < hi and m.views <= .2 * m.pages)
    H("no cart: idle>=600 or (page type 0 and share<=20%)", lambda m: nc(m) and (m.idle >= 600 or m.here == 0 and m.views <= .2 * m.pages))
    H("no cart: page type 0 & idle>=300", lambda m: nc(m) and m.here == 0 and m.idle >= 300)
    H("no cart: page type 0 & idle<300", lambda m: nc(m) and m.here == 0 and m.idle < 300)
    ends, gaps = 0, []
    for bought, length, ms in M.visits:
        for m in ms[5:]:
            gaps += [m.idle] if not ms[m.pages - 3].cart else []
        ends += length <= 40 and not ms[-1].cart
    gaps.sort()
    print("  silence, no cart, page 6+: P(nothing more comes | silent for s seconds):", "  ".join(
        f"{s}: {pct(ends, ends + len(gaps) - bisect.bisect_left(gaps, s))}" for s in (0, 30, 60, 120, 180, 300, 600, 1200, 1800)))
    print("\npurchase rate, first time the condition holds:")
    for s in (300, 600, 1200, 1800, 3600):
        M.rule(f"no cart: secondsIdle>={s}, page>=3", lambda m: not m.cart and m.pages >= 3 and m.idle >= s)
        M.rule(f"no cart: secondsIdle>={s}, page>=6", lambda m: not m.cart and m.pages >= 6 and m.idle >= s)
    M.rule("cart: secondsIdle>=1800", lambda m: m.cart and m.pages >= 3 and m.idle >= 1800)
    M.rule("no cart: pace>=300, page>=6", lambda m: not m.cart and m.pages >= 6 and m.pace >= 300)
    M.rule("no cart: idle>=600, share<=20%, page>=6", lambda m: not m.cart and m.pages >= 6 and m.idle >= 600 and m.views <= .2 * m.pages)
    M.rule("no cart: idle>=1800, share<=20%, page>=6", lambda m: not m.cart and m.pages >= 6 and m.idle >= 1800 and m.views <= .2 * m.pages)


def s_browsing(M):
    print("\n==== BROWSING, shop-intent")
    R = M.rule
    for n in (6, 8, 10):
        for s in (.1, .2, .25, .34):
            R(f"no cart: pages>={n}, product share<={s}", lambda m: not m.cart and m.pages >= n and m.views <= s * m.pages)
    for n in (6, 8, 10):
        R(f"no cart: pages>={n}, 4+ page types", lambda m: not m.cart and m.pages >= n and m.types >= 4)
        R(f"no cart: pages>={n}, 3+ page types, share<=25%", lambda m: not m.cart and m.pages >= n and m.types >= 3 and m.views <= .25 * m.pages)
        R(f"no cart: pages>={n}, no product page yet", lambda m: not m.cart and m.pages >= n and m.views == 0)
        R(f"no cart: pages>={n}, pace<10", lambda m: not m.cart and m.pages >= n and m.pace < 10)
        R(f"no cart: pages>={n}, pace<20, share<=25%", lambda m: not m.cart and m.pages >= n and m.pace < 20 and m.views <= .25 * m.pages)
    R("no cart: (pages>=8 & share<=20%) or (pages>=6 & pace<10)", lambda m: not m.cart and (m.pages >= 8 and m.views <= .2 * m.pages or m.pages >= 6 and m.pace < 10))
    M.hazard("no cart: pages>=8 & share<=20%", lambda m: not m.cart and m.pages >= 8 and m.views <= .2 * m.pages)
    R("no cart: pages>=8, share<=20%, pace<300", lambda m: not m.cart and m.pages >= 8 and m.views <= .2 * m.pages and m.pace < 300)
    R("no cart: pages>=15", lambda m: not m.cart and m.pages >= 15)
    R("no cart: pages>=10, 8+ product pages", lambda m: not m.cart and m.pages >= 10 and m.views >= 8)
    R("no cart: pages>=20, 4+ page types", lambda m: not m.cart and m.pages >= 20 and m.types >= 4)


def clothing_moments():
    """(visit, n, clicks left, compared, goings back, products, sale pages, next click or None, seen models, best category)"""
    for i, v in enumerate(clothing()):
        by_cat, seen, back, sale = collections.defaultdict(set), set(), 0, 0
        counts = collections.Counter()
        for n in range(1, len(v) + 1):
            cat, model, _, _ = v[n - 1]
            seen.add(model); by_cat[cat].add(model); counts[cat] += 1; sale += cat == "4"
            back += n > 2 and model == v[n - 3][1] != v[n - 2][1]
            best = max(counts, key=lambda c: (counts[c], c == cat))
            yield i, n, len(v) - n, len(by_cat[best]), back, len(seen), sale, (v[n] if n < len(v) else None), seen, best, v


def s_comparing(M):
    print("\n==== COMPARING, eshop-clothing (product clicks only; no purchases, no seconds)")
    final = collections.defaultdict(lambda: [0, 0, 0])
    base = collections.defaultdict(lambda: [0, 0, 0, 0, 0, 0, 0])
    moments, visits = [], 0
    for i, n, left, comp, back, prods, sale, nxt, seen, best, v in clothing_moments():
        later = {x[1] for x in v[n:]}
        again = bool(later & seen - {v[n-1][1]})
        row = (i, n, left, comp, back, prods, nxt is not None, nxt is not None and nxt[0] == best, nxt is not None and nxt[1] in seen and nxt[1] != v[n-1][1], again)
        moments.append(row)
        b = base[min(n, 40)]
        b[0] += 1; b[1] += row[6]; b[2] += row[7]; b[3] += row[8]; b[4] += left; b[5] += again; b[6] += left >= 3
        if left == 0:
            visits += 1
            for k in range(2, 9):
                final["compared", k][0] += comp >= k
            for k in range(1, 5):
                final["goingsBack", k][0] += back >= k
            for k in (2, 3, 4, 5):
                final[f"compared>={k} & goingsBack", 1][0] += comp >= k and back >= 1
    for (name, k), (hits, *_) in sorted(final.items()):
        print(f"  visits ending with {name}>={k}: {pct(hits, visits)}")
    print("  first time the condition holds; base = visits at the same click number")

    def rule(name, holds):
        done, s, e, at = set(), [0] * 7, [0.0] * 7, []
        for r in moments:
            if r[0] in done or not holds(r):
                continue
            done.add(r[0]); at.append(r[1])
            b = base[min(r[1], 40)]
            for j, x in enumerate((1, r[6], r[7], r[8], r[2], r[9], r[2] >= 3)):
                s[j] += x; e[j] += b[j] / b[0]
        n = s[0]
        if n:
            print(f"  {name:44} {pct(n, visits)[:18]} of visits (n={n}, first at click {statistics.median(at):.0f}) goes on {100*s[1]/n:.1f} (base {100*e[1]/n:.1f}); 3+ more {pct(s[6], n)} ({100*e[6]/n:.1f}); "
                  f"next same category {100*s[2]/n:.1f} ({100*e[2]/n:.1f}); next a seen product {100*s[3]/n:.1f} ({100*e[3]/n:.1f}); "
                  f"returns later {pct(s[5], n)} ({100*e[5]/n:.1f}); clicks left {s[4]/n:.1f} ({e[4]/n:.1f})")
    for k in (2, 3, 4, 5, 6):
        rule(f"compared>={k}", lambda r: r[3] >= k)
    for k in (1, 2, 3):
        rule(f"goingsBack>={k}", lambda r: r[4] >= k)
    for k in (2, 3, 4, 5):
        rule(f"compared>={k} & goingsBack>=1", lambda r: r[3] >= k and r[4] >= 1)
    rule("compared>=2 & goingsBack>=2", lambda r: r[3] >= 2 and r[4] >= 2)
    rule("compared>=3 & goingsBack>=2", lambda r: r[3] >= 3 and r[4] >= 2)
    rule("compared>=3, pages<=12, goingsBack>=1", lambda r: r[3] >= 3 and r[4] >= 1 and r[1] <= 12)
    rule("goingsBack>=1 or compared>=8", lambda r: r[3] >= 2 and r[4] >= 1 or r[3] >= 8)
    rule("compared>=7", lambda r: r[3] >= 7)
    rule("compared>=8", lambda r: r[3] >= 8)
    for k in (3, 4, 5):
        rule(f"compared>={k} & compared>=75% of products", lambda r: r[3] >= k and r[3] >= .75 * r[5])
    rule("compared>=3, goingsBack=0, click<=8", lambda r: r[3] >= 3 and r[4] == 0 and r[1] <= 8)

    print("\n  shop-intent: many product pages, by pace (no cart yet)")
    R = M.rule
    for k in (3, 4, 6):
        R(f"no cart: {k}+ product pages, pace<20", lambda m: not m.cart and m.views >= k and m.pace < 20)
        R(f"no cart: {k}+ product pages, pace 30-180", lambda m: not m.cart and m.views >= k and 30 <= m.pace <= 180)
        R(f"no cart: {k}+ product pages, pace 30-180, aba>=1", lambda m: not m.cart and m.views >= k and 30 <= m.pace <= 180 and m.aba >= 1)
        R(f"no cart: {k}+ product pages, pace 30-180, aba>=2", lambda m: not m.cart and m.views >= k and 30 <= m.pace <= 180 and m.aba >= 2)
        R(f"no cart: {k}+ product pages, pace>=180", lambda m: not m.cart and m.views >= k and m.pace >= 180)


def s_saving(M):
    print("\n==== SAVING, eshop-clothing")
    all_clicks = [x for v in clothing() for x in v]
    print("  sale share of clicks", pct(sum(x[0] == "4" for x in all_clicks), len(all_clicks)), "| below average price", pct(sum(x[3] for x in all_clicks), len(all_clicks)))
    visits = clothing()
    for k in (1, 2, 3, 4, 5):
        print(f"  visits with {k}+ sale pages: {pct(sum(sum(x[0]=='4' for x in v) >= k for v in visits), len(visits))}")
    by_k, by_kn, share = (collections.defaultdict(lambda: [0, 0]) for _ in range(3))
    first = collections.defaultdict(lambda: [0, 0, 0, 0, 0, 0])
    cheap = collections.defaultdict(lambda: [0, 0])
    for v in visits:
        sale = low = 0
        fired = set()
        for n, x in enumerate(v, 1):
            sale += x[0] == "4"
            low += x[3]
            rest = v[n:]
            if rest:
                hit = rest[0][0] == "4"
                by_k[min(sale, 8)][0] += hit; by_k[min(sale, 8)][1] += 1
                if n in (3, 5, 8, 12):
                    by_kn[n, min(sale, 8)][0] += hit; by_kn[n, min(sale, 8)][1] += 1
                    share[n, min(4, int(5 * sale / n))][0] += hit; share[n, min(4, int(5 * sale / n))][1] += 1
                if n in (3, 5, 8):
                    cheap[n, low][0] += rest[0][3]; cheap[n, low][1] += 1
            for name, ok in [(f"salePages>={k}", sale >= k) for k in (1, 2, 3, 4, 5)] + [(f"salePages>={k} & >= half", sale >= k and 2 * sale >= n) for k in (2, 3, 4)] \
                    + [("3+ clicks, none of them sale", n >= 3 and sale == 0)]:
                if ok and name not in fired:
                    fired.add(name)
                    f = first[name]
                    f[0] += 1; f[3] += n
                    if rest:
                        f[1] += 1; f[2] += rest[0][0] == "4"
                        f[4] += sum(y[0] == "4" for y in rest[:5]); f[5] += len(rest[:5])
    print("  P(next click is sale | k sale pages so far), all clicks:", "  ".join(f"k={k}: {pct(*by_k[k])}" for k in sorted(by_k)))
    for n in (3, 5, 8, 12):
        print(f"  after click {n}:", "  ".join(f"k={k}: {pct(*by_kn[n, k])}" for k in range(9) if by_kn[n, k][1] >= 30))
        print(f"     by sale share:", "  ".join(f"{20*k}%+: {pct(*share[n, k])}" for k in range(5) if share[n, k][1] >= 30))
    for name, f in first.items():
        print(f"  {name:32} {pct(f[0], len(visits))[:18]} of visits, first at click {f[3]/f[0]:.1f}; next is sale {pct(f[2], f[1])}; of the next five {100*f[4]/f[5]:.1f} % sale")
    same, back, lowby = (collections.defaultdict(lambda: [0, 0]) for _ in range(3))
    for v in visits:
        seen, fired = collections.Counter(), set()
        for n, x in enumerate(v, 1):
            seen[x[0]] += 1
            c, rest = x[0], v[n:]
            if rest and (c, seen[c]) not in fired and seen[c] in (1, 2, 3, 4, 5):
                fired.add((c, seen[c]))
                same[c, seen[c]][0] += rest[0][0] == c; same[c, seen[c]][1] += 1
            if n > 1 and v[n - 2][0] != c and rest:              # has just left a category: will it be seen again?
                old = v[n - 2][0]
                k = min(4, seen[old])
                back[old, k][0] += any(y[0] == old for y in rest); back[old, k][1] += 1
            if rest and rest[0][0] != "4" and n >= 3:
                lowby[min(5, seen["4"])][0] += rest[0][3]; lowby[min(5, seen["4"])][1] += 1
    for c in "4123":
        print(f"  category {c}{' (sale)' if c == '4' else ''}: P(next click in it | its k-th click just made)", "  ".join(f"k={k}: {pct(*same[c, k])}" for k in (1, 2, 3, 4, 5)))
        print(f"      just left after k clicks, seen again later:", "  ".join(f"k={k}{'+' if k == 4 else ''}: {pct(*back[c, k])}" for k in (1, 2, 3, 4)))
    print("  next click outside the sale: below its category's average | k sale pages so far (click 3+):", "  ".join(f"k={k}: {pct(*lowby[k])}" for k in sorted(lowby)))
    for n in (3, 5, 8):
        print(f"  after click {n}, P(next below its category's average | k such so far):", "  ".join(f"k={k}: {pct(*cheap[n, k])}" for k in range(n + 1) if cheap[n, k][1] >= 30))


def s_variants(M):
    print("\n==== variants, eshop-clothing")
    colours, models = collections.defaultdict(set), set()
    for v in clothing():
        for cat, model, colour, _ in v:
            colours[model].add(colour); models.add(model)
    print(f"  {len(models)} models; with more than one colour: {sum(len(c) > 1 for c in colours.values())} -> a model here IS one colour: the log cannot tell variants of a family")
    same = adj = 0
    visits = clothing()
    repeat = {2: 0, 3: 0}
    for v in visits:
        longest = run = 1
        for a, b in zip(v, v[1:]):
            adj += 1; same += a[1] == b[1]
            run = run + 1 if a[1] == b[1] else 1
            longest = max(longest, run)
        for k in repeat:
            repeat[k] += longest >= k
    print("  the next click is the same model again:", pct(same, adj), " visits with 2+/3+ in a row:", {k: pct(n, len(visits)) for k, n in repeat.items()})
    k2 = sum(max(collections.Counter((x[0], x[2]) for x in {(c, m, col) for c, m, col, _ in v}).values()) >= 3 for v in visits)
    print("  visits with 3+ models of the same category AND colour (a loose cousin):", pct(k2, len(visits)))


def s_dwell(M):
    print("\n==== dwell: how long a product was looked at, until the next event of the visit (rees46-electronics)")
    looks = []
    for visit in electronics():
        for i, (kind, sku, _, _, at) in enumerate(visit[:-1]):
            seconds = visit[i + 1][4] - at
            if kind == "view" and 0 <= seconds <= 1800:
                later = visit[i + 1:]
                left = next((j for j, e in enumerate(later) if e[1] != sku), len(later))
                looks.append((seconds, any(e[0] != "view" and e[1] == sku for e in later),
                              any(e[0] == "view" and e[1] == sku for e in later[left:])))
    looks.sort()
    for k in range(8):
        part = looks[k * len(looks) // 8:(k + 1) * len(looks) // 8]
        print(f"  {part[0][0]:5}-{part[-1][0]:5} s  into the cart or bought later {pct(sum(x[1] for x in part), len(part))}"
              f"  looked at again after another {pct(sum(x[2] for x in part), len(part))}")
    print("==== looks at the cart (shop-intent, page type 6; visits that ever have as many)")
    bought = collections.defaultdict(lambda: [0, 0])
    for visit in shop_intent():
        types = visit[1]
        looks = min(5, sum(t == CART and (i == 0 or types[i - 1] != CART) for i, t in enumerate(types)))
        bought[looks][0] += visit[0]
        bought[looks][1] += 1
    for looks, (k, n) in sorted(bought.items()):
        print(f"  {looks} looks: buys {pct(k, n)}")


def s_check(M):
    print("\n==== check on rees46-electronics (product identities and purchases; only the first 2 h 50 of a day: late visits are cut)")
    E = electronics()
    E = [v for v in E if any(x[0] == "view" for x in v)]
    print("  visits", len(E), "with purchase", pct(sum(any(x[0] == "purchase" for x in v) for v in E), len(E)), "with cart", pct(sum(any(x[0] == "cart" for x in v) for v in E), len(E)))
    moments = []
    for i, v in enumerate(E):
        views, cart = [], False
        end = sum(x[0] == "view" for x in v)
        for j, x in enumerate(v):
            if x[0] == "purchase":
                break                      # nothing after the first purchase is a moment of deciding
            cart |= x[0] == "cart"
            if x[0] != "view":
                continue
            views.append(x)
            n = len(views)
            ids = [y[1] for y in views]
            cats = collections.defaultdict(set); cnt = collections.Counter()
            for y in views:
                cats[y[2]].add(y[1]); cnt[y[2]] += 1
            comp = len(cats[max(cnt, key=cnt.get)])
            back = sum(ids[k] == ids[k - 2] != ids[k - 1] for k in range(2, n))
            moments.append((i, n, any(y[0] == "purchase" for y in v[j:]), cart, len(set(ids)), comp, back, len(cats), (x[4] - views[0][4]) / (n - 1) if n > 1 else 0, n == end))
    base = collections.defaultdict(lambda: [0, 0])
    for m in moments:
        base[min(m[1], 25), m[3]][0] += m[2]; base[min(m[1], 25), m[3]][1] += 1

    def rule(name, holds):
        done, k, e = set(), 0, 0.0
        for m in moments:
            if m[0] not in done and holds(m):
                done.add(m[0]); k += m[2]
                b = base[min(m[1], 25), m[3]]; e += b[0] / b[1]
        n = len(done)
        if n:
            print(f"  {name:60} {pct(k, n)} base {100*e/n:.1f} lift {k/e if e else 0:.2f}")
    nc = lambda m: not m[3]
    rule("cart event before this view", lambda m: m[3])
    for k in (3, 4, 5):
        rule(f"no cart: {k}+ views of at most 2 products", lambda m: nc(m) and m[1] >= k and m[4] <= 2)
        rule(f"no cart: {k}+ views, all different", lambda m: nc(m) and m[1] >= k and m[4] == m[1])
        rule(f"no cart: exactly {k} views, pace<20", lambda m: nc(m) and m[1] == k and m[8] < 20)
        rule(f"no cart: exactly {k} views, pace 30-180", lambda m: nc(m) and m[1] == k and 30 <= m[8] <= 180)
        rule(f"no cart: exactly {k} views, pace 20-180, at most 2 products", lambda m: nc(m) and m[1] == k and 20 <= m[8] <= 180 and m[4] <= 2)
        rule(f"no cart: compared>={k}", lambda m: nc(m) and m[5] >= k)
        rule(f"no cart: compared>={k}, goingsBack>=1", lambda m: nc(m) and m[5] >= k and m[6] >= 1)
        rule(f"no cart: {k}+ views, {3}+ categories, no product twice", lambda m: nc(m) and m[1] >= k and m[7] >= 3 and m[4] == m[1])
    rule("no cart: compared>=2, goingsBack>=1", lambda m: nc(m) and m[5] >= 2 and m[6] >= 1)
    rule("no cart: goingsBack>=1", lambda m: nc(m) and m[6] >= 1)
    rule("no cart: 6+ views, 3+ categories, no product twice", lambda m: nc(m) and m[1] >= 6 and m[7] >= 3 and m[4] == m[1])
    rule("no cart: 8+ products", lambda m: nc(m) and m[4] >= 8)
    vis = len(E)
    for k in (2, 3, 4, 5):
        print(f"  visits that ever have compared>={k}: {pct(len({m[0] for m in moments if m[5] >= k}), vis)}; with goingsBack>=1 too: {pct(len({m[0] for m in moments if m[5] >= k and m[6] >= 1}), vis)}")
    ms = [m for m in moments if m[1] >= 3]
    print("  P(last view) at view 3+:", pct(sum(m[9] for m in ms), len(ms)))


if __name__ == "__main__":
    wanted = sys.argv[2:] or ["quantiles", "decided", "leaving", "browsing", "comparing", "saving", "variants", "dwell", "check"]
    need = {"quantiles", "decided", "leaving", "browsing", "comparing"} & set(wanted)
    M = Moments(shop_intent()) if need else None
    for name in wanted:
        globals()["s_" + name](M)
