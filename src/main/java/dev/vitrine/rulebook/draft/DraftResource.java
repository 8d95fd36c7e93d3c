package dev.vitrine.rulebook.draft;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.vitrine.access.Caller;
import dev.vitrine.idempotency.IdempotentCalls;
import dev.vitrine.problem.Check;
import dev.vitrine.problem.Json;
import dev.vitrine.problem.Problem;
import dev.vitrine.problem.ProblemException;
import dev.vitrine.rulebook.edition.EditConflictException;
import dev.vitrine.rulebook.edition.Publication;
import dev.vitrine.rulebook.publish.ProposedFiles;
import dev.vitrine.rulebook.publish.RulebookResource;
import dev.vitrine.rulebook.source.Edit;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleFile;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Drafts of the rule book, which all merchandisers share. */
@Path("/rulebook/drafts")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "drafts")
final class DraftResource {
    private static final int NAME_MAX = 100;
    private static final int NOTE_MAX = 500;
    private static final int COMMENT_MAX = 2_000;
    /** As many lines as a file may have characters. */
    private static final int LINE_MAX = RuleFile.BYTES_MAX;

    private static final String CHANGED_MEANWHILE =
            "Somebody else edited it since that version, or it was published; the answer has both texts";

    private final SharedDrafts drafts;
    private final ProposedFiles proposals;
    private final IdempotentCalls calls;
    private final Caller caller;

    DraftResource(SharedDrafts drafts, ProposedFiles proposals, IdempotentCalls calls, Caller caller) {
        this.drafts = drafts;
        this.proposals = proposals;
        this.calls = calls;
        this.caller = caller;
    }

    @Schema(name = "DraftApproval")
    record ApprovalAnswer(String by, OffsetDateTime at) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "DraftComment")
    record CommentAnswer(
            long id,
            OffsetDateTime at,
            String who,
            String text,
            @Schema(description = "The file that it is about; absent for the whole draft") String file,
            Integer line,
            @Schema(description = "The version that it was said of") int version) {
        static CommentAnswer of(DraftComment comment) {
            return new CommentAnswer(
                    comment.id(),
                    time(comment.at()),
                    comment.who(),
                    comment.text(),
                    comment.file(),
                    comment.line(),
                    comment.version());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Draft")
    record DraftAnswer(
            long id,
            String name,
            String note,
            StoredDraft.State state,
            @Schema(description = "Counts its edits; an edit names the version that it began with") int version,
            @Schema(description = "The edition that it began with") int base,
            List<String> paths,
            @Schema(description = "Names of the keys of all who edited it, the first one first") List<String> authors,
            OffsetDateTime createdAt,
            OffsetDateTime editedAt,
            String editedBy,
            @Schema(description = "Of this version; absent where nobody has approved it") ApprovalAnswer approval,
            OffsetDateTime publishedAt,
            @Schema(description = "The edition that it was published as") Integer edition,
            @Schema(description = "How many") Integer commentCount,
            @Schema(description = "Absent in the list") List<Edit> files,
            @Schema(description = "Oldest first; absent in the list") List<CommentAnswer> comments) {
        static DraftAnswer of(DraftRepository.Brief draft) {
            return new DraftAnswer(
                    draft.id(),
                    draft.name(),
                    draft.note(),
                    draft.state(),
                    draft.version(),
                    draft.base(),
                    draft.paths(),
                    draft.authors(),
                    time(draft.createdAt()),
                    time(draft.editedAt()),
                    draft.editedBy(),
                    draft.approvedBy() == null
                            ? null
                            : new ApprovalAnswer(draft.approvedBy(), time(draft.approvedAt())),
                    time(draft.endedAt()),
                    draft.edition(),
                    (int) draft.comments(),
                    null,
                    null);
        }

        static DraftAnswer of(StoredDraft draft, List<DraftComment> comments) {
            StoredDraft.Content content = draft.content();
            return new DraftAnswer(
                    draft.id(),
                    content.name(),
                    content.note(),
                    draft.state(),
                    draft.version(),
                    content.base(),
                    content.paths(),
                    draft.authors(),
                    time(draft.createdAt()),
                    time(draft.editedAt()),
                    draft.editedBy(),
                    draft.approval() == null
                            ? null
                            : new ApprovalAnswer(
                                    draft.approval().by(), time(draft.approval().at())),
                    time(draft.endedAt()),
                    draft.edition(),
                    comments.size(),
                    content.edits(),
                    comments.stream().map(CommentAnswer::of).toList());
        }
    }

    private static OffsetDateTime time(Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }

    @Schema(name = "Drafts", description = "Newest first")
    record Page(List<DraftAnswer> drafts) {}

    @GET
    @Operation(
            summary = "The drafts of everybody, newest first, without the texts of their files",
            description =
                    "Open ones; with 'state=published' the last " + SharedDrafts.OPEN_MAX + " that were published.")
    public Page list(
            @Parameter(schema = @Schema(implementation = StoredDraft.State.class, defaultValue = "open"))
                    @QueryParam("state")
                    String state) {
        return new Page(drafts.newest(state(state), SharedDrafts.OPEN_MAX).stream()
                .map(DraftAnswer::of)
                .toList());
    }

    private static StoredDraft.State state(String name) {
        return Arrays.stream(StoredDraft.State.values())
                .filter(state -> Json.wireName(state).equals(requireNonNullElse(name, "open")))
                .findAny()
                .orElseThrow(() -> new ProblemException(
                        "state",
                        "is not one of "
                                + Arrays.stream(StoredDraft.State.values())
                                        .map(Json::wireName)
                                        .collect(Collectors.joining(", "))));
    }

    @Schema(name = "NewDraft")
    record NewDraft(
            @Schema(
                            required = true,
                            description = "Unlike that of any other open draft; at most " + NAME_MAX + " characters")
                    String name,
            @Schema(description = "Why, in at most " + NOTE_MAX + " characters") String note,
            @Schema(
                            required = true,
                            description = "At most " + RuleFile.FILES_MAX
                                    + "; they may still have faults. An empty list begins a draft without files")
                    List<Edit> files,
            @Schema(description = "The edition that the editor began with; the live one when absent") Integer base) {}

    @POST
    @Consumes({MediaType.APPLICATION_JSON, MediaType.MULTIPART_FORM_DATA})
    @Operation(summary = "Keeps a draft", description = "At most " + SharedDrafts.OPEN_MAX + " may be open.")
    @APIResponse(
            responseCode = "201",
            description = "It is kept; Location has its address",
            content = @Content(schema = @Schema(implementation = DraftAnswer.class)))
    @APIResponse(responseCode = "409", description = "The name is taken, or too many are open")
    @APIResponse(
            responseCode = "422",
            description =
                    "A file is too long, has hidden characters, or is to be deleted and is not there. Or the Idempotency-Key was sent with another body")
    public Response create(
            @Parameter(description = IdempotentCalls.DESCRIPTION) @HeaderParam(IdempotentCalls.HEADER) String key,
            NewDraft asked)
            throws InvalidRulesException {
        Check.required("body", asked);
        return calls.once("POST /rulebook/drafts", key, asked, inTransaction -> create(asked, inTransaction));
    }

    private Response create(NewDraft asked, Consumer<Response> inTransaction) throws InvalidRulesException {
        SharedDrafts.Wish wish = wish(asked.name(), asked.note(), asked.base(), asked.files());
        return created(drafts.create(wish, caller, added -> inTransaction.accept(created(added))));
    }

    private static Response created(StoredDraft added) {
        return Response.created(URI.create("/rulebook/drafts/" + added.id()))
                .entity(DraftAnswer.of(added, List.of()))
                .build();
    }

    private SharedDrafts.Wish wish(String name, String note, Integer base, List<Edit> files) {
        if (base != null) {
            Check.whole("base", base, 1, Integer.MAX_VALUE);
        }
        return new SharedDrafts.Wish(
                Check.title("name", name, NAME_MAX),
                requireNonNullElse(Check.text("note", note, NOTE_MAX), ""),
                base,
                proposals.deletable(proposals.checked(files)));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "A draft with its files, its authors, its approval and what was said of it")
    public DraftAnswer draft(@PathParam("id") long id) {
        return answer(drafts.find(id));
    }

    private DraftAnswer answer(StoredDraft draft) {
        return DraftAnswer.of(draft, drafts.comments(draft.id()));
    }

    @Schema(name = "DraftEdit")
    record DraftEdit(
            @Schema(required = true, description = "The version that the editor began with") Integer version,
            @Schema(required = true) String name,
            String note,
            @Schema(required = true, description = "All its files; those that are left out are no longer in it")
                    List<Edit> files,
            @Schema(description = "Another edition to begin with; as before when absent") Integer base) {}

    @PUT
    @Path("/{id}")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.MULTIPART_FORM_DATA})
    @Operation(
            summary = "Replaces a draft whole",
            description = "Who sends it becomes one of its authors, and an approval is void. What is the same as before"
                    + " changes neither.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = DraftAnswer.class)))
    @APIResponse(
            responseCode = "409",
            description = CHANGED_MEANWHILE,
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = DraftConflictMapper.class)))
    @APIResponse(
            responseCode = "422",
            description = "A file is too long, or has hidden characters; or one is to be deleted that is not there")
    public DraftAnswer edit(@PathParam("id") long id, DraftEdit asked) throws InvalidRulesException {
        int version = version(Check.required("body", asked).version());
        return answer(drafts.edit(id, version, wish(asked.name(), asked.note(), asked.base(), asked.files()), caller));
    }

    private static int version(Integer version) {
        return Check.whole("version", version, 1, Integer.MAX_VALUE);
    }

    @DELETE
    @Path("/{id}")
    @ResponseStatus(204)
    @Operation(summary = "Deletes a draft and what was said of it", description = "The audit log keeps what it held.")
    @APIResponse(responseCode = "204", description = "It is gone")
    @APIResponse(responseCode = "409", description = "It was published")
    public void delete(@PathParam("id") long id) {
        drafts.delete(id, caller);
    }

    @Schema(name = "NewDraftComment")
    record NewComment(
            @Schema(required = true, description = "At most " + COMMENT_MAX + " characters") String text,
            @Schema(description = "A file of the draft that it is about") String file,
            @Schema(description = "A line of that file") Integer line) {}

    @POST
    @Path("/{id}/comments")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Says something of a draft, or of a line of it",
            description = "It does not change the draft, and an approval stays. At most " + SharedDrafts.COMMENTS_MAX
                    + " to a draft.")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = CommentAnswer.class)))
    @APIResponse(responseCode = "422", description = "The Idempotency-Key was sent with another body")
    public Response comment(
            @PathParam("id") long id,
            @Parameter(description = IdempotentCalls.DESCRIPTION) @HeaderParam(IdempotentCalls.HEADER) String key,
            NewComment asked) {
        Check.required("body", asked);
        return calls.once(
                "POST /rulebook/drafts/" + id + "/comments",
                key,
                asked,
                inTransaction -> comment(id, asked, inTransaction));
    }

    private Response comment(long id, NewComment asked, Consumer<Response> inTransaction) {
        String text = Check.required("text", asked.text());
        // what people say may have several lines
        Check.text("text", text.replace('\n', ' ').replace('\r', ' '), COMMENT_MAX);
        if (text.isBlank()) {
            throw new ProblemException("text", "must not be blank");
        }
        if (asked.line() != null) {
            Check.required("file", asked.file());
            Check.whole("line", asked.line(), 1, LINE_MAX);
        }
        return said(drafts.comment(
                id, text, asked.file(), asked.line(), caller, added -> inTransaction.accept(said(added))));
    }

    private static Response said(DraftComment added) {
        return Response.status(Response.Status.CREATED)
                .entity(CommentAnswer.of(added))
                .build();
    }

    @Schema(name = "DraftApproving")
    record Approving(@Schema(required = true, description = "The version that was read") Integer version) {}

    @POST
    @Path("/{id}/approve")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Approves a version of a draft",
            description = "Who has edited a draft cannot approve it. The next edit takes the approval away.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = DraftAnswer.class)))
    @APIResponse(responseCode = "403", description = "Who asks has edited the draft")
    @APIResponse(responseCode = "409", description = "It is at another version, or was published")
    public DraftAnswer approve(@PathParam("id") long id, Approving asked) {
        return answer(drafts.approve(id, version(Check.required("body", asked).version()), caller));
    }

    @DELETE
    @Path("/{id}/approval")
    @Operation(summary = "Takes the approval of a draft away")
    public DraftAnswer withdrawApproval(@PathParam("id") long id) {
        return answer(drafts.withdrawApproval(id, caller));
    }

    @Schema(name = "DraftPublication")
    record Publishing(
            @Schema(description = "Publishes this version and no other") Integer version,
            @Schema(description = "Why, in place of the draft's note") String note,
            @Schema(description = RulebookResource.ACCEPT) String accept) {}

    @POST
    @Path("/{id}/publish")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Publishing.class)))
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Publishes a draft, laid over the edition published last, as the next edition",
            description = "The body may be left out. The draft is kept, with its comments, and can be changed no more.")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = Publication.Published.class)))
    @APIResponse(responseCode = "403", description = "It is not approved, and has to be here")
    @APIResponse(
            responseCode = "409",
            description = "Somebody changed one of its files since its base; the answer has both texts. Or the draft is"
                    + " at another version, or was published")
    @APIResponse(responseCode = "422", description = "The rules have faults; the answer has all of them")
    public Publication.Published publish(@PathParam("id") long id, String body)
            throws InvalidRulesException, EditConflictException, JsonProcessingException {
        Publishing asked = body == null || body.isBlank()
                ? new Publishing(null, null, null)
                : Check.required("body", Json.MAPPER.readValue(body, Publishing.class));
        if (asked.version() != null) {
            version(asked.version());
        }
        return drafts.publish(
                id,
                asked.version(),
                Check.text("note", asked.note(), NOTE_MAX),
                RulebookResource.accepted(asked.accept()),
                caller);
    }
}
