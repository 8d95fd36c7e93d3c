package dev.vitrine.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.problem.Problem;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The result for one product of a batch; {@code sku} as it was sent, null if it was not text. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "The result for one product of a batch")
public record ProductResult(String sku, Status status, Problem problem) {
    public enum Status {
        STORED,
        REFUSED
    }

    static ProductResult stored(String sku) {
        return new ProductResult(sku, Status.STORED, null);
    }

    static ProductResult refused(String sku, Problem problem) {
        // half a surrogate pair cannot be written as UTF-8; it becomes a question mark
        String written = sku == null ? null : new String(sku.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        return new ProductResult(written, Status.REFUSED, problem);
    }
}
