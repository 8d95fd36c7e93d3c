package dev.vitrine.rulebook.lsp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.lsp4j.jsonrpc.Endpoint;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.jsonrpc.MessageConsumer;
import org.eclipse.lsp4j.jsonrpc.RemoteEndpoint;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.json.MessageJsonHandler;
import org.eclipse.lsp4j.jsonrpc.json.StreamMessageConsumer;
import org.eclipse.lsp4j.jsonrpc.messages.MessageIssue;
import org.eclipse.lsp4j.jsonrpc.messages.RequestMessage;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.eclipse.lsp4j.jsonrpc.services.ServiceEndpoints;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageClient;

/** Carries the messages between an editor and the server. What is wrong with one is told in words, without classes and stack traces. */
final class EditorConnection extends LSPLauncher.Builder<LanguageClient> {
    private static final Logger LOG = Logger.getLogger(EditorConnection.class.getName());

    private EditorConnection() {}

    static Launcher<LanguageClient> of(RuleLanguageServer server, InputStream in, OutputStream out) {
        return new EditorConnection()
                .setLocalService(server)
                .setRemoteInterface(LanguageClient.class)
                .setInput(in)
                .setOutput(out)
                .create();
    }

    static ResponseErrorException invalid(String message) {
        return new ResponseErrorException(new ResponseError(ResponseErrorCode.InvalidParams, message, null));
    }

    static <T> T required(String name, T value) {
        if (value == null) {
            throw invalid(name + " is required");
        }
        return value;
    }

    @Override
    protected RemoteEndpoint createRemoteEndpoint(MessageJsonHandler json) {
        MessageConsumer answers = wrapMessageConsumer(new StreamMessageConsumer(output, json));
        RemoteEndpoint editor = new Editor(answers, ServiceEndpoints.toEndpoint(localServices));
        json.setMethodProvider(editor);
        editor.setJsonHandler(json);
        return editor;
    }

    private static final class Editor extends RemoteEndpoint {
        private final MessageConsumer answers;

        private Editor(MessageConsumer answers, Endpoint server) {
            super(answers, server, EditorConnection::error);
            this.answers = answers;
        }

        @Override
        protected void handleRequestIssues(RequestMessage request, List<MessageIssue> issues) {
            boolean json = issues.stream().noneMatch(issue -> isCausedBy(issue.getCause(), IOException.class));
            answers.consume(createErrorResponseMessage(
                    request,
                    json
                            ? new ResponseError(
                                    ResponseErrorCode.InvalidParams,
                                    "The params of " + request.getMethod() + " are not what the protocol says",
                                    null)
                            : new ResponseError(ResponseErrorCode.ParseError, "The message is not valid JSON", null)));
        }
    }

    private static boolean isCausedBy(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static ResponseError error(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ResponseErrorException told) {
                return told.getResponseError();
            }
        }
        LOG.log(Level.SEVERE, "A request of the editor failed", failure);
        return new ResponseError(
                ResponseErrorCode.InternalError,
                "The language server could not answer this; its error output says more",
                null);
    }
}
