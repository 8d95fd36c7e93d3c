package dev.vitrine.rulebook.lsp;

import static dev.vitrine.rulebook.lsp.EditorConnection.required;

import dev.vitrine.rulebook.assist.Completion;
import dev.vitrine.rulebook.assist.Completions;
import dev.vitrine.rulebook.assist.Hovers;
import dev.vitrine.rulebook.assist.ShopKnowledge;
import dev.vitrine.rulebook.lsp.OpenFiles.OpenFile;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import dev.vitrine.rulebook.source.TextFix;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.CodeActionOptions;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;
import org.eclipse.lsp4j.CompletionList;
import org.eclipse.lsp4j.CompletionOptions;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.CreateFile;
import org.eclipse.lsp4j.DidChangeConfigurationParams;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidChangeWatchedFilesParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DidSaveTextDocumentParams;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.MessageType;
import org.eclipse.lsp4j.PositionEncodingKind;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.ResourceOperation;
import org.eclipse.lsp4j.ResourceOperationKind;
import org.eclipse.lsp4j.ServerCapabilities;
import org.eclipse.lsp4j.ServerInfo;
import org.eclipse.lsp4j.TextDocumentEdit;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextDocumentPositionParams;
import org.eclipse.lsp4j.TextDocumentSyncKind;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageClientAware;
import org.eclipse.lsp4j.services.LanguageServer;
import org.eclipse.lsp4j.services.TextDocumentService;
import org.eclipse.lsp4j.services.WorkspaceService;

/** Answers an editor: what can be written at a place, what a word means, what is wrong and how to mend it. */
final class RuleLanguageServer
        implements LanguageServer,
                LanguageClientAware,
                TextDocumentService,
                WorkspaceService,
                Diagnostics.Editor,
                AutoCloseable {
    private static final List<String> ASKS_FOR_MORE = List.of("(", ",", "\"", ".", "$", "@", "/", " ", ":");

    private final OpenFiles files = new OpenFiles();
    /** Answers what may have to ask the service, in the order of the questions. */
    private final ExecutorService answers = Executors.newSingleThreadExecutor(task -> {
        Thread one = new Thread(task, "rule-answers");
        one.setDaemon(true);
        return one;
    });

    private final ShopKnowledge shop;
    private final Diagnostics diagnostics;
    private volatile LanguageClient client;
    private volatile boolean createsFiles;
    private volatile boolean initialized;
    private volatile boolean shutDown;
    private volatile Future<?> listening;

    /** @param service null if there is none */
    RuleLanguageServer(RunningShop service, ZoneId zone) {
        this.shop = service == null ? ShopKnowledge.NONE : service;
        this.diagnostics = new Diagnostics(files, service, zone, this);
    }

    @Override
    public void connect(LanguageClient editor) {
        this.client = editor;
    }

    /** @param connection is done when the editor has closed it */
    void endWith(Future<?> connection) {
        this.listening = connection;
    }

    /** Waits until the editor says so, or is gone. */
    void awaitEnd() throws InterruptedException, ExecutionException {
        try {
            listening.get();
        } catch (CancellationException asked) {
            // by exit
        }
    }

    boolean isInitialized() {
        return initialized;
    }

    boolean endedInOrder() {
        return shutDown;
    }

    @Override
    public CompletableFuture<InitializeResult> initialize(InitializeParams params) {
        createsFiles = createsFiles(required("params", params).getCapabilities());
        initialized = true;
        diagnostics.begin();
        ServerCapabilities can = new ServerCapabilities();
        can.setPositionEncoding(PositionEncodingKind.UTF16);
        can.setTextDocumentSync(TextDocumentSyncKind.Full);
        can.setCompletionProvider(new CompletionOptions(false, ASKS_FOR_MORE));
        can.setHoverProvider(true);
        can.setCodeActionProvider(new CodeActionOptions(List.of(CodeActionKind.QuickFix)));
        return CompletableFuture.completedFuture(new InitializeResult(can, new ServerInfo("vitrine")));
    }

    private static boolean createsFiles(ClientCapabilities can) {
        return can != null
                && can.getWorkspace() != null
                && can.getWorkspace().getWorkspaceEdit() != null
                && can.getWorkspace().getWorkspaceEdit().getResourceOperations() != null
                && can.getWorkspace().getWorkspaceEdit().getResourceOperations().contains(ResourceOperationKind.Create);
    }

    @Override
    public CompletableFuture<Object> shutdown() {
        shutDown = true;
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void exit() {
        Future<?> connection = listening;
        if (connection != null) {
            connection.cancel(true);
        }
    }

    @Override
    public TextDocumentService getTextDocumentService() {
        return this;
    }

    @Override
    public WorkspaceService getWorkspaceService() {
        return this;
    }

    @Override
    public void publish(PublishDiagnosticsParams found) {
        client.publishDiagnostics(found);
    }

    @Override
    public void warn(String message) {
        client.showMessage(new MessageParams(MessageType.Warning, message));
    }

    @Override
    public void didOpen(DidOpenTextDocumentParams params) {
        changed(
                params.getTextDocument().getUri(),
                params.getTextDocument().getText(),
                params.getTextDocument().getVersion());
    }

    @Override
    public void didChange(DidChangeTextDocumentParams params) {
        int last = params.getContentChanges().size() - 1;
        if (last >= 0) {
            changed(
                    params.getTextDocument().getUri(),
                    params.getContentChanges().get(last).getText(),
                    params.getTextDocument().getVersion());
        }
    }

    private void changed(String uri, String text, Integer version) {
        if (!uri.endsWith(RuleFile.RULES) && !uri.endsWith(RuleFile.EXAMPLES)) {
            // an editor that knows no rules sends all YAML and all plain text
            return;
        }
        files.put(uri, text, version);
        diagnostics.plan(files.get(uri).folder());
    }

    @Override
    public void didClose(DidCloseTextDocumentParams params) {
        OpenFile file = files.get(params.getTextDocument().getUri());
        if (file != null) {
            files.remove(file.uri());
            diagnostics.plan(file.folder());
        }
    }

    @Override
    public void didSave(DidSaveTextDocumentParams params) {
        // the change came before
    }

    @Override
    public void didChangeConfiguration(DidChangeConfigurationParams params) {
        // all settings are arguments of the command
    }

    @Override
    public void didChangeWatchedFiles(DidChangeWatchedFilesParams params) {
        // each check reads the folder
    }

    @Override
    public CompletableFuture<Either<List<CompletionItem>, CompletionList>> completion(CompletionParams params) {
        OpenFile file = at(params);
        int line = line(params);
        int column = column(params);
        if (file == null) {
            return CompletableFuture.completedFuture(Either.forLeft(List.of()));
        }
        // beside: products are asked for, and the editor sends what is typed meanwhile
        return CompletableFuture.supplyAsync(() -> Either.forRight(proposals(file, line, column)), answers);
    }

    private CompletionList proposals(OpenFile file, int line, int column) {
        List<CompletionItem> items = new ArrayList<>();
        for (Completion proposal :
                new Completions(shop, files.around(file)).at(file.path(), file.text(), line, column)) {
            items.add(item(proposal, items.size(), typed(file.text(), proposal.edit(), column)));
        }
        // what is asked for with one letter more may be others
        return new CompletionList(true, items);
    }

    /** The part of what the proposal replaces that is before the caret. */
    private static String typed(String text, TextFix.TextEdit edit, int column) {
        String line = text.lines().skip(edit.line() - 1L).findFirst().orElse("");
        int to = Math.min(column - 1, line.length());
        return line.substring(Math.min(edit.column() - 1, to), to);
    }

    private static CompletionItem item(Completion proposal, int place, String typed) {
        CompletionItem item = new CompletionItem(proposal.label());
        // an editor would drop what was found by its name
        if (!proposal.label().toLowerCase(Locale.ROOT).contains(typed.toLowerCase(Locale.ROOT))) {
            item.setFilterText(typed);
        }
        item.setKind(
                switch (proposal.kind()) {
                    case KEYWORD -> CompletionItemKind.Keyword;
                    case FACT -> CompletionItemKind.Class;
                    case WORD -> CompletionItemKind.Field;
                    case OPERATOR -> CompletionItemKind.Operator;
                    case VALUE -> CompletionItemKind.Value;
                    case VERB -> CompletionItemKind.Method;
                    case FUNCTION -> CompletionItemKind.Function;
                    case NAME -> CompletionItemKind.Variable;
                    case RULE -> CompletionItemKind.Reference;
                });
        item.setDetail(proposal.detail());
        if (!proposal.documentation().isEmpty()) {
            item.setDocumentation(new MarkupContent(MarkupKind.MARKDOWN, proposal.documentation()));
        }
        item.setSortText(String.format("%04d", place));
        item.setTextEdit(Either.forLeft(Places.edit(proposal.edit())));
        return item;
    }

    @Override
    public CompletableFuture<Hover> hover(HoverParams params) {
        OpenFile file = at(params);
        int line = line(params);
        int column = column(params);
        if (file == null) {
            return CompletableFuture.completedFuture(null);
        }
        return CompletableFuture.supplyAsync(
                () -> new Hovers(shop, files.around(file))
                        .at(file.path(), file.text(), line, column)
                        .map(found -> new Hover(
                                new MarkupContent(MarkupKind.MARKDOWN, found.text()),
                                Places.range(found.line(), found.column(), found.endColumn())))
                        .orElse(null),
                answers);
    }

    private OpenFile at(TextDocumentPositionParams params) {
        return file(required("params", params).getTextDocument());
    }

    private OpenFile file(TextDocumentIdentifier document) {
        return files.get(
                required("textDocument.uri", required("textDocument", document).getUri()));
    }

    private static int line(TextDocumentPositionParams params) {
        return fromOne(
                "position.line", required("position", params.getPosition()).getLine());
    }

    private static int column(TextDocumentPositionParams params) {
        return fromOne("position.character", params.getPosition().getCharacter());
    }

    private static int fromOne(String name, int place) {
        if (place < 0) {
            throw EditorConnection.invalid(name + " is " + place + "; the first is 0");
        }
        return Math.min(place, Integer.MAX_VALUE - 1) + 1;
    }

    @Override
    public CompletableFuture<List<Either<Command, CodeAction>>> codeAction(CodeActionParams params) {
        OpenFile file = file(required("params", params).getTextDocument());
        Range range = required("range", params.getRange());
        int from = fromOne(
                "range.start.line", required("range.start", range.getStart()).getLine());
        int to = fromOne("range.end.line", required("range.end", range.getEnd()).getLine());
        List<Either<Command, CodeAction>> actions = new ArrayList<>();
        Diagnostics.Found found = file == null ? null : diagnostics.found(file.uri());
        // places that were found in another text are those of other words
        if (found != null && found.text().equals(file.text())) {
            for (RuleProblem problem : found.problems()) {
                if (problem.line() >= from && problem.line() <= to) {
                    problem.fixes().forEach(fix -> action(file, problem, fix, actions));
                }
            }
        }
        return CompletableFuture.completedFuture(actions);
    }

    private void action(OpenFile file, RuleProblem problem, TextFix fix, List<Either<Command, CodeAction>> actions) {
        Map<String, List<TextEdit>> byUri = new LinkedHashMap<>();
        List<Either<TextDocumentEdit, ResourceOperation>> whole = new ArrayList<>();
        boolean creates = false;
        for (TextFix.TextEdit edit : fix.edits()) {
            String path = edit.file() == null ? file.path() : edit.file();
            String uri = files.uri(file.folder(), path);
            Path onDisk = file.folder().resolve(path);
            if (edit.file() != null && files.get(uri) == null && !Files.exists(onDisk)) {
                creates = true;
                whole.add(Either.forRight(new CreateFile(uri)));
            }
            byUri.computeIfAbsent(uri, one -> new ArrayList<>()).add(Places.edit(edit));
        }
        if (creates && !createsFiles) {
            return;
        }
        CodeAction action = new CodeAction(fix.title());
        action.setKind(CodeActionKind.QuickFix);
        action.setDiagnostics(List.of(Places.diagnostic(problem, file.text())));
        if (creates) {
            byUri.forEach((uri, edits) -> whole.add(Either.forLeft(new TextDocumentEdit(
                    new VersionedTextDocumentIdentifier(uri, null),
                    edits.stream()
                            .<Either<TextEdit, org.eclipse.lsp4j.SnippetTextEdit>>map(Either::forLeft)
                            .toList()))));
            action.setEdit(new WorkspaceEdit(whole));
        } else {
            action.setEdit(new WorkspaceEdit(byUri));
        }
        actions.add(Either.forRight(action));
    }

    @Override
    public void close() {
        answers.shutdownNow();
        diagnostics.close();
    }
}
