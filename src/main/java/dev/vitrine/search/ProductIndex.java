package dev.vitrine.search;

import dev.vitrine.catalog.Product;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;

/**
 * Products by their words, in memory: BM25 over name, category, brand, tags and attributes (Robertson and Zaragoza, "The
 * probabilistic relevance framework: BM25 and beyond", 2009; Lucene's parameters).
 */
final class ProductIndex implements Closeable {
    private static final String SKU = "sku";
    /** The sku in lower case, as people type it, and after a {@link #BETWEEN} as it is. */
    private static final String TYPED_SKU = "typed-sku";

    private static final char BETWEEN = '\0';
    /** From this length on a word may have one letter wrong, and from the other one two. */
    private static final int ONE_WRONG = 4;

    private static final int TWO_WRONG = 8;
    /** The first letter is right: people mistype it least, and the rest of the dictionary need not be looked through. */
    private static final int SURE = 1;
    /** A longer one is no word, and what may be meant by it takes long to find. */
    private static final int LONGEST_WRONG = 20;
    /** Words that may be meant by a mistyped one. */
    private static final int MEANT_MAX = 20;
    /** What the places of a word beside its best one count: a laptop of the category laptops. */
    private static final float OTHER_PLACES = 0.1f;

    /** Nobody searches for more words; a longer text is not a search. */
    private static final int WORDS_MAX = 8;
    /** What may be meant is looked for that often in a search: it takes a hundred times as long as a word that is there. */
    private static final int WRONG_MAX = 2;

    /** Where a word can stand, and what it counts there: a name says most of what a thing is. */
    private enum Part {
        /** The one word of the name that says what it is: a laptop is more of a laptop than a laptop stand. */
        THING(5),
        NAME(4),
        CATEGORY(3),
        BRAND(3),
        OTHER(1);

        private final float weight;

        Part(float weight) {
            this.weight = weight;
        }

        String in(Words form) {
            return name() + ' ' + form.name();
        }
    }

    /** Words that a half-written one may become; who types a letter more gets others. */
    private static final int BEGUN_WORDS_MAX = 20;
    /** Entries that are looked at for the begin of a sku, those of deleted products too. */
    private static final int BEGUN_LOOKED_AT_MAX = 5_000;

    private final IndexWriter writer;
    private final SearcherManager searchers;

    ProductIndex() throws IOException {
        Map<String, Analyzer> analyzers = new HashMap<>();
        for (Part part : Part.values()) {
            for (Words form : Words.values()) {
                analyzers.put(part.in(form), form.analyzer());
            }
        }
        writer = new IndexWriter(
                new ByteBuffersDirectory(),
                new IndexWriterConfig(new PerFieldAnalyzerWrapper(Words.PLAIN.analyzer(), analyzers)));
        searchers = new SearcherManager(writer, null);
    }

    void put(Collection<Product> products) throws IOException {
        for (Product product : products) {
            writer.updateDocument(new Term(SKU, product.sku()), document(product));
        }
        searchers.maybeRefreshBlocking();
    }

    private static Document document(Product product) {
        Document document = new Document();
        document.add(new StringField(SKU, product.sku(), Field.Store.NO));
        document.add(new StringField(
                TYPED_SKU, product.sku().toLowerCase(Locale.ROOT) + BETWEEN + product.sku(), Field.Store.NO));
        document.add(new BinaryDocValuesField(SKU, new BytesRef(product.sku())));
        add(document, Part.THING, ThingName.of(product.name(), product.brand()).word());
        add(document, Part.NAME, product.name());
        add(document, Part.CATEGORY, product.category().replace('/', ' ').replace('-', ' '));
        add(document, Part.BRAND, product.brand());
        add(
                document,
                Part.OTHER,
                String.join(" ", product.tags())
                        + ' '
                        + String.join(" ", product.attributes().values()));
        return document;
    }

    private static void add(Document document, Part part, String text) {
        for (Words form : Words.values()) {
            document.add(new TextField(part.in(form), text, Field.Store.NO));
        }
    }

    /** The products that fit best, best first. Where none fits all words, those that fit some of them. */
    List<Found> find(String text, int max) throws IOException {
        List<String> words = Words.PLAIN.of(text);
        if (words.isEmpty() || max < 1) {
            return List.of();
        }
        IndexSearcher searcher = searchers.acquire();
        try {
            List<Query> queries = new ArrayList<>();
            int wrong = 0;
            for (String word : words.subList(0, Math.min(words.size(), WORDS_MAX))) {
                Query places = anywhere(word, searcher.getIndexReader());
                if (places == null && wrong < WRONG_MAX && mayBeWrong(word)) {
                    wrong++;
                    places = searcher.rewrite(meant(word));
                }
                queries.add(places == null ? new MatchNoDocsQuery() : places);
            }
            List<Found> found = List.of();
            for (int needed = queries.size(); needed > 0 && found.isEmpty(); needed /= 2) {
                found = found(searcher, together(queries, needed), max);
            }
            return found;
        } finally {
            searchers.release(searcher);
        }
    }

    /** See {@link ProductSearch#begun}. It looks at a few entries of the sorted terms, however many products there are. */
    List<String> begun(String text, int max) throws IOException {
        IndexSearcher searcher = searchers.acquire();
        try {
            Set<String> skus = new LinkedHashSet<>();
            Set<String> sorted = new TreeSet<>();
            for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
                addSkus(leaf.reader(), text.toLowerCase(Locale.ROOT), max, sorted);
            }
            sorted.stream()
                    .limit(max)
                    .map(term -> term.substring(term.indexOf(BETWEEN) + 1))
                    .forEach(skus::add);
            if (skus.size() < max) {
                Query named = named(text, searcher.getIndexReader());
                if (named != null) {
                    for (Found found : found(searcher, named, max)) {
                        if (skus.size() < max) {
                            skus.add(found.sku());
                        }
                    }
                }
            }
            return List.copyOf(skus);
        } finally {
            searchers.release(searcher);
        }
    }

    /** Adds the first of the terms that begin so. */
    private static void addSkus(LeafReader reader, String begin, int max, Set<String> sorted) throws IOException {
        Terms terms = reader.terms(TYPED_SKU);
        if (terms == null) {
            return;
        }
        BytesRef prefix = new BytesRef(begin);
        TermsEnum each = terms.iterator();
        if (each.seekCeil(prefix) == TermsEnum.SeekStatus.END) {
            return;
        }
        Bits live = reader.getLiveDocs();
        PostingsEnum documents = null;
        int added = 0;
        int lookedAt = 0;
        for (BytesRef term = each.term();
                term != null
                        && StringHelper.startsWith(term, prefix)
                        && added < max
                        && lookedAt++ < BEGUN_LOOKED_AT_MAX;
                term = each.next()) {
            boolean there = live == null;
            if (!there) {
                documents = each.postings(documents, PostingsEnum.NONE);
                for (int one = documents.nextDoc();
                        !there && one != DocIdSetIterator.NO_MORE_DOCS;
                        one = documents.nextDoc()) {
                    there = live.get(one);
                }
            }
            if (there) {
                sorted.add(term.utf8ToString());
                added++;
            }
        }
    }

    /** Products with all these words in their name, the last of which may have just begun; null where there are none. */
    private static Query named(String text, IndexReader reader) throws IOException {
        String field = Part.NAME.in(Words.PLAIN);
        int last = text.length();
        while (last > 0 && !Character.isWhitespace(text.charAt(last - 1))) {
            last--;
        }
        List<String> words = new ArrayList<>(Words.PLAIN.of(text.substring(0, last)));
        String typed = text.substring(last);
        List<String> typedWords = Words.PLAIN.of(typed);
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        if (!typed.isEmpty()) {
            // "the" says nothing, and is the begin of "thermos"
            String begin =
                    typedWords.isEmpty() ? typed.toLowerCase(Locale.ROOT) : typedWords.get(typedWords.size() - 1);
            typedWords.stream().limit(Math.max(0, typedWords.size() - 1)).forEach(words::add);
            BooleanQuery.Builder any = new BooleanQuery.Builder();
            Terms terms = MultiTerms.getTerms(reader, field);
            TermsEnum each = terms == null ? null : terms.iterator();
            BytesRef prefix = new BytesRef(begin);
            int meant = 0;
            if (each != null && each.seekCeil(prefix) != TermsEnum.SeekStatus.END) {
                for (BytesRef term = each.term();
                        term != null && StringHelper.startsWith(term, prefix) && meant < BEGUN_WORDS_MAX;
                        term = each.next()) {
                    Query word = new ConstantScoreQuery(new TermQuery(new Term(field, BytesRef.deepCopyOf(term))));
                    // a word that is there whole is more likely what is meant
                    any.add(term.equals(prefix) ? new BoostQuery(word, 2) : word, BooleanClause.Occur.SHOULD);
                    meant++;
                }
            }
            if (meant == 0) {
                return null;
            }
            all.add(any.build(), BooleanClause.Occur.MUST);
        }
        if (words.isEmpty() && typed.isEmpty()) {
            return null;
        }
        words.stream()
                .limit(WORDS_MAX)
                .forEach(word -> all.add(new TermQuery(new Term(field, word)), BooleanClause.Occur.FILTER));
        return all.build();
    }

    private static Query together(List<Query> queries, int needed) {
        BooleanQuery.Builder together = new BooleanQuery.Builder();
        queries.forEach(query -> together.add(query, BooleanClause.Occur.SHOULD));
        return together.setMinimumNumberShouldMatch(needed).build();
    }

    /** The word in any form and part; null if it stands nowhere. */
    private static Query anywhere(String word, IndexReader reader) throws IOException {
        List<Query> places = new ArrayList<>();
        for (Words form : Words.values()) {
            for (String stem : form.of(word)) {
                for (Part part : Part.values()) {
                    Term term = new Term(part.in(form), stem);
                    if (reader.docFreq(term) > 0) {
                        places.add(new BoostQuery(new TermQuery(term), part.weight));
                    }
                }
            }
        }
        return places.isEmpty() ? null : new DisjunctionMaxQuery(places, OTHER_PLACES);
    }

    private static boolean mayBeWrong(String word) {
        return word.length() >= ONE_WRONG && word.length() <= LONGEST_WRONG;
    }

    /** The words that may be meant by a mistyped one. */
    private static Query meant(String word) {
        int wrong = word.length() >= TWO_WRONG ? 2 : 1;
        List<Query> places = new ArrayList<>();
        for (Part part : Part.values()) {
            places.add(new BoostQuery(
                    new FuzzyQuery(new Term(part.in(Words.PLAIN), word), wrong, SURE, MEANT_MAX, true), part.weight));
        }
        return new DisjunctionMaxQuery(places, OTHER_PLACES);
    }

    private static List<Found> found(IndexSearcher searcher, Query query, int max) throws IOException {
        ScoreDoc[] best = searcher.search(query, max).scoreDocs;
        List<Found> found = new ArrayList<>(best.length);
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        for (ScoreDoc one : best) {
            LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(one.doc, leaves));
            BinaryDocValues skus = DocValues.getBinary(leaf.reader(), SKU);
            if (skus.advanceExact(one.doc - leaf.docBase)) {
                found.add(new Found(skus.binaryValue().utf8ToString(), one.score / best[0].score));
            }
        }
        return found;
    }

    @Override
    public void close() throws IOException {
        searchers.close();
        writer.close();
    }
}
