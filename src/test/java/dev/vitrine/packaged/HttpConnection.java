package dev.vitrine.packaged;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** A kept-alive HTTP/1.1 connection that costs a load generator a tenth of what the client of the JDK costs. */
final class HttpConnection implements Closeable {
    /** Where the service's own clients come from. Whoever attacks it comes from elsewhere, since limits are by address. */
    static final String SHOP = "127.0.0.1";

    private static final int TIMEOUT_MILLIS = 30_000;
    private static final String LENGTH = "content-length:";

    private final Socket socket;
    private final InputStream in;

    record Answer(int status, String body) {}

    /** @param from an address of this machine */
    HttpConnection(String from, int port) throws IOException {
        socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.bind(new InetSocketAddress(from, 0));
            socket.connect(new InetSocketAddress(SHOP, port), TIMEOUT_MILLIS);
            in = new BufferedInputStream(socket.getInputStream(), 16 << 10);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** A whole request, ready to be sent any number of times. */
    static byte[] post(String path, Map<String, String> headers, String body) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        head.append("Content-Type: application/json\r\nContent-Length: " + content.length + "\r\n");
        headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        request.writeBytes(content);
        return request.toByteArray();
    }

    Answer ask(byte[] request) throws IOException {
        send(request);
        return answer();
    }

    /** Any part of a request, or what only looks like one. */
    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends no more, and still reads. */
    void endSending() throws IOException {
        socket.shutdownOutput();
    }

    /** Closes it as a client that crashes does. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    void waitAtMost(Duration most) throws IOException {
        socket.setSoTimeout((int) most.toMillis());
    }

    boolean hasAnswer() throws IOException {
        return in.available() > 0;
    }

    Answer answer() throws IOException {
        String[] status = line().split(" ", 3);
        if (status.length < 2 || !status[1].matches("\\d{3}")) {
            throw new ProtocolException("the answer begins with '" + status[0] + "'");
        }
        int length = 0;
        boolean chunked = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith(LENGTH)) {
                length = Integer.parseInt(lower.substring(LENGTH.length()).strip());
            }
            chunked |= lower.equals("transfer-encoding: chunked");
        }
        byte[] body = chunked ? chunks() : bytes(length);
        return new Answer(Integer.parseInt(status[1]), new String(body, StandardCharsets.UTF_8));
    }

    /** The service sends long answers so. */
    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int length = chunkLength(); length > 0; length = chunkLength()) {
            body.writeBytes(bytes(length));
            line();
        }
        line();
        return body.toByteArray();
    }

    private int chunkLength() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private byte[] bytes(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the answer ends after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection was closed");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
