package dev.vitrine.rulebook.lsp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonIOException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.lsp4j.jsonrpc.Endpoint;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.jsonrpc.MessageConsumer;
import org.eclipse.lsp4j.jsonrpc.MessageIssueException;
import org.eclipse.lsp4j.jsonrpc.RemoteEndpoint;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.json.JsonRpcMethod;
import org.eclipse.lsp4j.jsonrpc.json.MessageJsonHandler;
import org.eclipse.lsp4j.jsonrpc.json.StreamMessageConsumer;
import org.eclipse.lsp4j.jsonrpc.messages.Message;
import org.eclipse.lsp4j.jsonrpc.messages.MessageIssue;
import org.eclipse.lsp4j.jsonrpc.messages.RequestMessage;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.eclipse.lsp4j.jsonrpc.services.ServiceEndpoints;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageClient;

/** Carries the messages between an editor and the server. What is wrong with one is told in words, without classes and stack traces. */
final class EditorConnection extends LSPLauncher.Builder<LanguageClient> {
    private static final String NOT_JSON = "The message is not valid JSON";
    private static final Logger LOG = Logger.getLogger(EditorConnection.class.getName());

    private final RuleLanguageServer server;

    private EditorConnection(RuleLanguageServer server) {
        this.server = server;
    }

    static Launcher<LanguageClient> of(RuleLanguageServer server, InputStream in, OutputStream out) {
        return new EditorConnection(server)
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
    protected MessageJsonHandler createJsonHandler() {
        return new StrictJson(getSupportedMethods(), configureGson == null ? gson -> {} : configureGson);
    }

    @Override
    protected RemoteEndpoint createRemoteEndpoint(MessageJsonHandler json) {
        MessageConsumer answers = wrapMessageConsumer(new StreamMessageConsumer(output, json));
        RemoteEndpoint editor = new Editor(answers, new InOrder(server, ServiceEndpoints.toEndpoint(localServices)));
        json.setMethodProvider(editor);
        editor.setJsonHandler(json);
        return editor;
    }

    /** The order that the protocol asks for: first {@code initialize}, and after {@code shutdown} nothing but {@code exit}. */
    private record InOrder(RuleLanguageServer server, Endpoint services) implements Endpoint {
        @Override
        public CompletableFuture<?> request(String method, Object params) {
            ResponseError refusal = refusal(method);
            return refusal == null
                    ? services.request(method, params)
                    : CompletableFuture.failedFuture(new ResponseErrorException(refusal));
        }

        private ResponseError refusal(String method) {
            boolean begins = method.equals("initialize");
            if (server.endedInOrder()) {
                return new ResponseError(
                        ResponseErrorCode.InvalidRequest, "After shutdown, only exit can follow, not " + method, null);
            }
            if (server.isInitialized()) {
                return begins
                        ? new ResponseError(
                                ResponseErrorCode.InvalidRequest, "initialize is sent once, and was sent", null)
                        : null;
            }
            return begins
                    ? null
                    : new ResponseError(
                            ResponseErrorCode.ServerNotInitialized, "initialize comes first, not " + method, null);
        }

        @Override
        public void notify(String method, Object params) {
            boolean open = server.isInitialized() && !server.endedInOrder();
            if (open || method.equals("exit")) {
                services.notify(method, params);
            }
        }
    }

    private static final class Editor extends RemoteEndpoint {
        private final MessageConsumer answers;

        private Editor(MessageConsumer answers, Endpoint server) {
            super(answers, server, EditorConnection::error);
            this.answers = answers;
        }

        @Override
        protected void handleRequestIssues(RequestMessage request, List<MessageIssue> issues) {
            answers.consume(createErrorResponseMessage(
                    request,
                    issues.stream()
                            .filter(issue -> issue.getCause() instanceof UnreadableMessage)
                            .findFirst()
                            .map(issue -> new ResponseError(issue.getIssueCode(), issue.getText(), null))
                            .orElseGet(() -> new ResponseError(
                                    ResponseErrorCode.InvalidParams,
                                    "The params of " + request.getMethod() + " are not what the protocol says",
                                    null))));
        }
    }

    /** What nobody can take for a message. Its id is unknown then, so the answer has none. */
    private static final class UnreadableMessage extends Exception {
        private static final long serialVersionUID = 1;

        private UnreadableMessage() {
            super(null, null, false, false);
        }

        static MessageIssueException told(ResponseErrorCode code, String message) {
            return new MessageIssueException(
                    new RequestMessage(), new MessageIssue(message, code.getValue(), new UnreadableMessage()));
        }
    }

    /** The library reads what is nearly JSON, too, drops what it cannot read, and answers nothing to that. */
    private static final class StrictJson extends MessageJsonHandler {
        private static final JsonFactory JSON = new JsonFactory();

        private StrictJson(Map<String, JsonRpcMethod> methods, Consumer<GsonBuilder> configured) {
            super(methods, configured);
        }

        @Override
        public Message parseMessage(Reader message) {
            StringWriter text = new StringWriter();
            try {
                message.transferTo(text);
            } catch (IOException e) {
                throw new JsonIOException(e);
            }
            requireObject(text.toString());
            return super.parseMessage(new StringReader(text.toString()));
        }

        private static void requireObject(String text) {
            JsonToken first;
            int values = 0;
            try (JsonParser parser = JSON.createParser(text)) {
                first = parser.nextToken();
                for (JsonToken token = first; token != null; token = parser.nextToken()) {
                    parser.finishToken();
                    values += parser.getParsingContext().inRoot() ? 1 : 0;
                }
            } catch (IOException e) {
                throw UnreadableMessage.told(ResponseErrorCode.ParseError, NOT_JSON);
            }
            if (first == null) {
                throw UnreadableMessage.told(ResponseErrorCode.ParseError, NOT_JSON);
            }
            if (first != JsonToken.START_OBJECT || values > 1) {
                throw UnreadableMessage.told(ResponseErrorCode.InvalidRequest, "A message is one JSON object");
            }
        }
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
