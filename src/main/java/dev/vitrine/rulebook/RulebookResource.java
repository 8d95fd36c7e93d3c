package dev.vitrine.rulebook;

import dev.vitrine.problem.Problem;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What the live rule book says. */
@Path("/rulebook")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
final class RulebookResource {
    private final Rulebook rulebook;

    RulebookResource(Rulebook rulebook) {
        this.rulebook = rulebook;
    }

    @Schema(name = "Rulebook", description = "The edition that decides now")
    record Shown(
            int edition,
            OffsetDateTime publishedAt,
            String author,
            String note,
            List<RuleFile> files,
            List<RuleCard> rules,
            @Schema(description = "What keeps the rules folder, as it stands, from being published")
                    List<RuleProblem> problems) {}

    @GET
    @Operation(
            summary =
                    "The live edition of the rule book: its files, its rules, and what keeps the folder from being published")
    public Shown live() {
        Edition edition = rulebook.live();
        return new Shown(
                edition.number(),
                edition.publishedAt().atOffset(ZoneOffset.UTC),
                edition.author(),
                edition.note(),
                edition.files(),
                edition.rules(),
                rulebook.problems());
    }
}
