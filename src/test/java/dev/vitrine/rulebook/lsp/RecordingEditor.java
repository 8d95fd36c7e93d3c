package dev.vitrine.rulebook.lsp;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionContext;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionList;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.InitializedParams;
import org.eclipse.lsp4j.MessageActionItem;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.ResourceOperationKind;
import org.eclipse.lsp4j.ShowMessageRequestParams;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextDocumentItem;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.WorkspaceClientCapabilities;
import org.eclipse.lsp4j.WorkspaceEditCapabilities;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageServer;

/** An editor as the protocol has it: it opens, changes and closes files, asks, and keeps what it is told. */
public final class RecordingEditor implements LanguageClient {
    /** The first check of a process loads the rule engine; a machine that builds other things besides is much slower. */
    private static final long ANSWER_SECONDS_MAX = 120;

    private final LinkedBlockingQueue<PublishDiagnosticsParams> published = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final LanguageServer server;
    private final Future<Void> listening;

    public RecordingEditor(InputStream in, OutputStream out) {
        Launcher<LanguageServer> launcher = LSPLauncher.createClientLauncher(this, in, out);
        this.server = launcher.getRemoteProxy();
        this.listening = launcher.startListening();
    }

    private static <T> T got(CompletableFuture<T> answer)
            throws InterruptedException, ExecutionException, TimeoutException {
        return answer.get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
    }

    public InitializeResult start() throws Exception {
        WorkspaceEditCapabilities edits = new WorkspaceEditCapabilities();
        edits.setResourceOperations(List.of(ResourceOperationKind.Create));
        WorkspaceClientCapabilities workspace = new WorkspaceClientCapabilities();
        workspace.setWorkspaceEdit(edits);
        ClientCapabilities can = new ClientCapabilities();
        can.setWorkspace(workspace);
        InitializeParams params = new InitializeParams();
        params.setCapabilities(can);
        InitializeResult result = got(server.initialize(params));
        server.initialized(new InitializedParams());
        return result;
    }

    public static String uri(Path file) {
        return file.toUri().toString();
    }

    public void open(Path file, String text) {
        server.getTextDocumentService()
                .didOpen(new DidOpenTextDocumentParams(new TextDocumentItem(uri(file), "drl", 1, text)));
    }

    public void change(Path file, int version, String text) {
        server.getTextDocumentService()
                .didChange(new DidChangeTextDocumentParams(
                        new VersionedTextDocumentIdentifier(uri(file), version),
                        List.of(new TextDocumentContentChangeEvent(text))));
    }

    public void close(Path file) {
        server.getTextDocumentService().didClose(new DidCloseTextDocumentParams(new TextDocumentIdentifier(uri(file))));
    }

    /** What is wrong with the file, once that is as expected. */
    public List<Diagnostic> problems(Path file, Predicate<List<Diagnostic>> expected) throws InterruptedException {
        List<Object> seen = new ArrayList<>();
        while (true) {
            PublishDiagnosticsParams next = published.poll(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("was told " + seen + " and " + messages);
            }
            seen.add(next);
            if (next.getUri().equals(uri(file)) && expected.test(next.getDiagnostics())) {
                return next.getDiagnostics();
            }
        }
    }

    public String message() throws InterruptedException {
        return messages.poll(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
    }

    /** @param line from 0, as the protocol counts */
    public List<CompletionItem> complete(Path file, int line, int character) throws Exception {
        return got(server.getTextDocumentService()
                        .completion(new CompletionParams(
                                new TextDocumentIdentifier(uri(file)), new Position(line, character))))
                .map(items -> items, list -> list.getItems());
    }

    /** Whether the editor is to ask again with the next letter. */
    public boolean isIncomplete(Path file, int line, int character) throws Exception {
        return got(server.getTextDocumentService()
                        .completion(new CompletionParams(
                                new TextDocumentIdentifier(uri(file)), new Position(line, character))))
                .map(items -> false, CompletionList::isIncomplete);
    }

    public Hover hover(Path file, int line, int character) throws Exception {
        return got(server.getTextDocumentService()
                .hover(new HoverParams(new TextDocumentIdentifier(uri(file)), new Position(line, character))));
    }

    public List<CodeAction> fixes(Path file, Diagnostic problem) throws Exception {
        Range range = problem.getRange();
        return got(server.getTextDocumentService()
                        .codeAction(new CodeActionParams(
                                new TextDocumentIdentifier(uri(file)), range, new CodeActionContext(List.of(problem)))))
                .stream()
                .map(one -> one.getRight())
                .toList();
    }

    public void end() throws Exception {
        got(server.shutdown());
        server.exit();
    }

    public void hangUp() {
        listening.cancel(true);
    }

    @Override
    public void telemetryEvent(Object object) {}

    @Override
    public void publishDiagnostics(PublishDiagnosticsParams found) {
        published.add(found);
    }

    @Override
    public void showMessage(MessageParams message) {
        messages.add(message.getMessage());
    }

    @Override
    public CompletableFuture<MessageActionItem> showMessageRequest(ShowMessageRequestParams request) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void logMessage(MessageParams message) {
        messages.add(message.getMessage());
    }
}
